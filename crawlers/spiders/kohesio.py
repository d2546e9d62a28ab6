"""Kohesio: Finland's projects of the EU's cohesion funds, asked for in SPARQL from the graph behind its pages.

SPARQL 1.1 Protocol, section 2.1.2 (query via POST), and SPARQL 1.1 Query Results JSON Format.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar
from urllib.parse import urldefrag, urlencode

from archive.json_answers import read_json
from crawlers.sources import Source
from crawlers.spiders.composing import euros, page
from crawlers.spiders.vocabulary import terms
from crawlers.steps import Advertised, Alarm, Answer, Counted, Document, Follow, Form, PlainSpider, Step

# Projects an answer: the graph joins a dozen properties for each.
SIZE = 500
TOTAL = "total"
_PAGE = "https://kohesio.ec.europa.eu/en/projects/"
_ENTITY = re.compile(r"https?://linkedopendata\.eu/entity/(Q\d{1,12})")
_PREFIXES = """
PREFIX p: <https://linkedopendata.eu/prop/direct/>
PREFIX e: <https://linkedopendata.eu/entity/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
# Q9934: a project of Kohesio; P32: its country; P173: a country's code.
_PROJECTS = '?project p:P35 e:Q9934 ; p:P32 ?country . ?country p:P173 "FI" .'
_COUNT = f"SELECT (COUNT(DISTINCT ?project) AS ?total) WHERE {{ {_PROJECTS} }}"
_ROWS = """
SELECT ?project (SAMPLE(?fi) AS ?name_fi) (SAMPLE(?sv) AS ?name_sv) (SAMPLE(?en) AS ?name_en)
  (SAMPLE(?text_fi) AS ?summary_fi) (SAMPLE(?text_en) AS ?summary_en) (SAMPLE(?number) AS ?code)
  (MIN(?starts) AS ?start) (MAX(?ends) AS ?end) (MAX(?costs) AS ?budget) (MAX(?gets) AS ?contribution)
  (GROUP_CONCAT(DISTINCT ?fund_name; separator="|") AS ?funds)
  (GROUP_CONCAT(DISTINCT ?programme_name; separator="|") AS ?programmes)
  (GROUP_CONCAT(DISTINCT ?body; separator="|") AS ?beneficiaries)
WHERE {
  { SELECT DISTINCT ?project WHERE { %(projects)s } ORDER BY ?project LIMIT %(size)d OFFSET %(offset)d }
  OPTIONAL { ?project rdfs:label ?fi FILTER(LANG(?fi) = "fi") }
  OPTIONAL { ?project rdfs:label ?sv FILTER(LANG(?sv) = "sv") }
  OPTIONAL { ?project rdfs:label ?en FILTER(LANG(?en) = "en") }
  OPTIONAL { ?project p:P836 ?text_fi FILTER(LANG(?text_fi) = "fi") }
  OPTIONAL { ?project p:P836 ?text_en FILTER(LANG(?text_en) = "en") }
  OPTIONAL { ?project p:P1367 ?number }
  OPTIONAL { ?project p:P20 ?starts }
  OPTIONAL { ?project p:P33 ?ends }
  OPTIONAL { ?project p:P474 ?costs }
  OPTIONAL { ?project p:P835 ?gets }
  OPTIONAL { ?project p:P1584 ?fund . ?fund rdfs:label ?fund_name FILTER(LANG(?fund_name) = "en") }
  OPTIONAL { ?project p:P1368 ?programme . ?programme rdfs:label ?programme_name FILTER(LANG(?programme_name) = "en") }
  OPTIONAL { ?project p:P841 ?body }
}
GROUP BY ?project ORDER BY ?project
"""


class KohesioSpider(PlainSpider):
    """Asks how many projects there are, then for all of them; the fragment of an address names the window."""

    name: ClassVar[str] = "kohesio"

    def start(self, source: Source) -> Iterator[Follow]:
        """How many projects there are."""
        yield from (Follow(f"{url}#{TOTAL}", "feed") for url in source.start)

    def form(self, source: Source, url: str) -> Form | None:  # noqa: ARG002 - the protocol's signature
        """The query of one window."""
        window = urldefrag(url).fragment
        rows = _COUNT if window == TOTAL else _ROWS % {"projects": _PROJECTS, "size": SIZE, "offset": int(window)}
        body = urlencode({"query": _PREFIXES + rows}).encode()
        return Form(body, "application/x-www-form-urlencoded", "application/sparql-results+json")

    def read(self, source: Source, answer: Answer) -> Iterator[Step]:
        """The windows from the number of projects; projects as pages from a window."""
        rows = _bindings(answer.body)
        address, window = urldefrag(answer.url)
        if rows is None:
            yield Alarm("not-understood", f"{answer.url}: no result of a query")
        elif window != TOTAL:
            yield Counted(len(rows))
            yield from _projects(source, rows)
        elif len(rows) != 1 or not (total := rows[0].get("total", "")).isdecimal():
            yield Alarm("not-understood", f"{answer.url}: no number of projects")
        else:
            yield from _windows(address, int(total))


def _windows(address: str, total: int) -> Iterator[Step]:
    yield Advertised(total)
    if not total:
        yield Alarm("zero-cards", f"{address}: there are no projects")
    yield from (Follow(f"{address}#{offset}", "feed") for offset in range(0, total, SIZE))


def _bindings(body: bytes) -> list[dict[str, str]] | None:
    """The rows of a query's result, values by variable; None for what is no result."""
    try:
        found = read_json(body)
        return [
            {name: str(cell["value"]).strip() for name, cell in row.items()} for row in found["results"]["bindings"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _projects(source: Source, rows: list[dict[str, str]]) -> Iterator[Step]:
    """A page for each row that has what every project has; each kind of surprise is told once."""
    known = terms(KohesioSpider.name)
    missing: dict[str, int] = {}
    for row in rows:
        entity = _ENTITY.fullmatch(row.get("project", ""))
        name = next((row[key] for key in known["names"] if row.get(key)), "")
        has = {"project": entity, "name": name, "start": _day(row.get("start")), "funds": row.get("funds")}
        for label in (label for label, value in has.items() if not value):
            missing[label] = missing.get(label, 0) + 1
        if entity and name:
            yield Document(_PAGE + entity[1], _html(row, name, known))
    yield from (Alarm("missing-label", f"{source.id}: {n} projects without {label}") for label, n in missing.items())
    funds = {fund for row in rows for fund in _several(row.get("funds"))}
    yield from (Alarm("unknown-status", f"{source.id}: fund {fund!r}") for fund in sorted(funds - set(known["funds"])))


def _html(row: Mapping[str, str], name: str, known: Mapping[str, Any]) -> str:
    values = {
        "code": row.get("code", ""),
        "beneficiary": "; ".join(_several(row.get("beneficiaries"))),
        "start": _day(row.get("start")),
        "end": _day(row.get("end")),
        "fund": "; ".join(known["funds"].get(fund, fund) for fund in _several(row.get("funds"))),
        "programme": "; ".join(_several(row.get("programmes"))),
        "budget": euros(row.get("budget")),
        "contribution": euros(row.get("contribution")),
    }
    summary = row.get("summary_fi") or row.get("summary_en") or ""
    lines = tuple(line for part in summary.splitlines() if (line := " ".join(part.split())))
    fields = {label: values[key] for key, label in known["fields"].items()}
    return page(name, "fi", fields, {known["section"]: lines})


def _several(joined: str | None) -> list[str]:
    return sorted({part.strip() for part in (joined or "").split("|")} - {""})


def _day(stamp: str | None) -> str:
    """The day of a time, as Finnish pages write it: the graph keeps days as midnights without a zone of their own."""
    try:
        day = date.fromisoformat((stamp or "")[:10])
    except ValueError:
        return ""
    return f"{day.day}.{day.month}.{day.year}"
