"""STEA: grants to social and health organisations, from the sheet that a page of the centre links to."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlencode

from crawlers.links import page_links
from crawlers.sources import Source
from crawlers.spiders.composing import euros, page, sum_of
from crawlers.spiders.vocabulary import terms
from crawlers.steps import Alarm, Answer, Counted, Document, Follow, PlainSpider, Step
from crawlers.workbook import WorkbookError, sheets

_BUSINESS_ID = re.compile(r"\d{7}-\d")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\.0)?")
# The headings stand under a title and notes at most.
_HEAD_ROWS = 30


class SteaSpider(PlainSpider):
    """Finds the sheet, and makes one page of each organisation's grants: the sheet says no address of theirs."""

    name: ClassVar[str] = "stea"

    def start(self, source: Source) -> Iterator[Follow]:
        """The page that links to the sheet."""
        yield from (Follow(url, "listing") for url in source.start)

    def read(self, source: Source, answer: Answer) -> Iterator[Step]:
        """The sheet from the page; organisations' pages from the sheet."""
        if answer.role == "listing":
            yield from _sheet(source, answer)
        elif answer.role == "feed":
            try:
                yield from _read_sheet(source, answer)
            except WorkbookError as error:
                yield Alarm("not-understood", f"{answer.url}: {error}")


def _sheet(source: Source, answer: Answer) -> Iterator[Step]:
    links = page_links(answer.body, answer.url, answer.declared_type).all
    found = [url for url in links if source.serves(url) and source.leads(url)]
    if not found:
        yield Alarm("zero-cards", f"{answer.url}: no link to a sheet")
    elif len(found) > 1:
        yield Alarm("not-understood", f"{answer.url}: {len(found)} sheets, 'listing' must fit one of them")
    else:
        yield Follow(found[0], "feed")


@dataclass(slots=True)
class _Organisation:
    """The rows of one business id: its newest name, and by year what was asked for and granted."""

    name: str = ""
    newest: str = ""
    grants: dict[str, list[str]] = field(default_factory=dict)


def _read_sheet(source: Source, answer: Answer) -> Iterator[Step]:
    known = terms(SteaSpider.name)
    columns, rows = _table(answer.body, known["columns"])
    if columns is None:
        yield Alarm("missing-label", f"{answer.url}: no sheet with the columns {', '.join(known['columns'])}")
        return
    found: dict[str, _Organisation] = {}
    faults, kinds, number = Counter[str](), set[str](), 0
    for number, cells in enumerate(rows, 1):  # noqa: B007 - counted
        row = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
        kinds.add(row["kind"])
        if wrong := _wrong(row):
            faults[wrong] += 1
        else:
            _add(found.setdefault(row["business_id"], _Organisation()), row, known)
    yield Counted(number)
    if not found:
        yield Alarm("zero-cards", f"{answer.url}: the sheet has no grant")
    yield from (Alarm("missing-label", f"{source.id}: {n} rows without {name}") for name, n in faults.items())
    yield from (Alarm("unknown-status", f"{source.id}: kind {k!r}") for k in sorted(kinds - set(known["kinds"])))
    for business_id, organisation in found.items():
        yield _document(source, business_id, organisation, known)


def _table(body: bytes, known: Mapping[str, Sequence[str]]) -> tuple[dict[str, int] | None, Iterable[tuple[str, ...]]]:
    """The places of the columns in the first sheet that has them all, and the rows under them that hold anything."""
    for rows in sheets(body):
        for _, cells in zip(range(_HEAD_ROWS), rows, strict=False):
            heads = [cell.lower() for cell in cells]
            places = {name: heads.index(word) for name, words in known.items() for word in words if word in heads}
            if len(places) == len(known):
                return places, [row for row in rows if any(row)]
    return None, ()


def _wrong(row: Mapping[str, str]) -> str | None:
    """The column whose cell is not what the column holds."""
    if not row["name"]:
        return "name"
    if not _BUSINESS_ID.fullmatch(row["business_id"]):
        return "business_id"
    if not _YEAR.fullmatch(row["year"]):
        return "year"
    return next((name for name in ("asked", "granted") if row[name] and sum_of(row[name]) is None), None)


def _add(organisation: _Organisation, row: Mapping[str, str], known: Mapping[str, Any]) -> None:
    year = row["year"][:4]
    if year >= organisation.newest:
        organisation.name, organisation.newest = row["name"], year
    sums = (f"{known[name]} {euros(row[name])}" for name in ("asked", "granted") if row[name])
    kind = known["kinds"].get(row["kind"], row["kind"])
    line = ": ".join(filter(None, (kind, row["purpose"], ", ".join(sums))))
    organisation.grants.setdefault(year, []).append(line)


def _document(source: Source, business_id: str, organisation: _Organisation, known: Mapping[str, Any]) -> Document:
    url = f"{source.start[0]}?{urlencode({known['parameter']: business_id})}"
    fields = {known["fields"]["name"]: organisation.name, known["fields"]["business_id"]: business_id}
    years = {
        f"{known['section']} {y}": tuple(organisation.grants[y]) for y in sorted(organisation.grants, reverse=True)
    }
    return Document(url, page(known["title"].format(organisation.name), "fi", fields, years))
