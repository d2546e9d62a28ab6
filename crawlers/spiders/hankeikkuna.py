"""Hankeikkuna: projects of the ministries from the open service's search, whose documented form is a POST."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar
from urllib.parse import quote, unquote, urldefrag

from crawlers.sources import Source
from crawlers.spiders.composing import finnish_time, localised, page, paragraphs
from crawlers.spiders.vocabulary import terms
from crawlers.steps import Advertised, Alarm, Answer, Counted, Document, Follow, Form, PlainSpider, Step

# Rows an answer: far under the service's 10,000, so that answers stay under the crawl's size limit.
_SIZE = 500
_PAGE = "https://valtioneuvosto.fi/en/project?tunnus="


class HankeikkunaSpider(PlainSpider):
    """Searches by type and state; the fragment of an address names both, and where to go on, and is never sent."""

    name: ClassVar[str] = "hankeikkuna"

    def start(self, source: Source) -> Iterator[Follow]:
        """The first answer for each state."""
        kind = source.api.get("type", "HANKE")
        for url in source.start:
            yield from (Follow(f"{url}#{kind}/{state}/", "feed") for state in terms(self.name)["states"])

    def form(self, source: Source, url: str) -> Form | None:  # noqa: ARG002 - the protocol's signature
        """The search of one window as JSON."""
        kind, state, after = urldefrag(url).fragment.split("/", 2)
        query: dict[str, Any] = {"tyyppi": [kind], "tila": [state], "size": _SIZE}
        if after:
            query["searchAfter"] = json.loads(unquote(after))
        return Form(json.dumps(query).encode(), "application/json")

    def read(self, source: Source, answer: Answer) -> Iterator[Step]:
        """Projects as pages, and the next answer of the search."""
        try:
            found = json.loads(answer.body)
        except (ValueError, RecursionError):
            found = None
        total = found.get("totalHits") if isinstance(found, dict) else None
        rows = found.get("result") if isinstance(found, dict) else None
        if not isinstance(found, dict) or not isinstance(total, int) or not isinstance(rows, list):
            yield Alarm("not-understood", f"{answer.url}: no search result")
            return
        address, window = urldefrag(answer.url)
        kind, state, after = window.split("/", 2)
        if not after:
            yield Advertised(total)
        yield Counted(len(rows))
        for row in rows:
            yield _step(source, row, state)
        # Where the service does not say how to go on, the rows that are missing are an alarm by their number.
        if len(rows) == _SIZE and found.get("searchAfter"):
            yield Follow(f"{address}#{kind}/{state}/{quote(json.dumps(found['searchAfter']), safe='')}", "feed")


def _step(source: Source, row: object, state: str) -> Step:
    project = row.get("kohde") if isinstance(row, Mapping) else None
    number = project.get("tunnus") if isinstance(project, Mapping) else None
    title = localised(project.get("nimi"), "fi") if isinstance(project, Mapping) else ""
    if not isinstance(project, Mapping) or not isinstance(number, str) or not number or not title:
        return Alarm("missing-label", f"{source.id}: a project without number or name")
    if (told := project.get("tila", state)) not in terms(HankeikkunaSpider.name)["states"]:
        return Alarm("unknown-status", f"{source.id}: state {told!r}")
    return Document(_PAGE + quote(number, safe=":/"), _html(project, number, title, str(told)))


def _html(project: Mapping[str, Any], number: str, title: str, state: str) -> str:
    words = terms(HankeikkunaSpider.name)
    cases = project.get("asianumerot")
    begins, ends = (finnish_time(project.get(key)) or "" for key in words["period"])
    fields = {
        words["fields"]["number"]: number,
        words["fields"]["cases"]: ", ".join(map(str, cases)) if isinstance(cases, list) else "",
        words["fields"]["state"]: words["states"][state],
        words["fields"]["period"]: f"{begins} – {ends}" if begins or ends else "",
    }
    used = {"tunnus", "nimi", "asianumerot", "tila", "tyyppi", "uuid", *words["period"]}
    texts = {key: value for key, value in project.items() if key not in used}
    return page(title, "fi", fields, {words["section"]: tuple(dict.fromkeys(paragraphs(texts, "fi")))})
