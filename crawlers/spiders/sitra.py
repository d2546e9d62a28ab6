"""Sitra's calls: a WordPress index of their own type leads to the pages; each row says the call's state."""

from collections.abc import Iterator
from typing import ClassVar

from crawlers.links import parse_html
from crawlers.sources import Source
from crawlers.spiders.vocabulary import terms
from crawlers.steps import Advertised, Alarm, Answer, Counted, Follow, PlainSpider, Step
from crawlers.wordpress import Row, WordPressError, read_index

_STATE = ".//*[contains(concat(' ', @class, ' '), ' single-meta--status ')]"
_DATA = ".//*[contains(concat(' ', @class, ' '), ' single-meta__data ')]"


class SitraSpider(PlainSpider):
    """Reads the index; the pages that it names are archived as they are."""

    name: ClassVar[str] = "sitra"

    def start(self, source: Source) -> Iterator[Follow]:
        """The index of calls."""
        yield from (Follow(url, "feed") for url in source.wordpress)

    def read(self, source: Source, answer: Answer) -> Iterator[Step]:  # noqa: ARG002 - the protocol's signature
        """Pages from the index, with alarms for rows without a state that is known."""
        if answer.role != "feed":
            return
        try:
            index = read_index(answer)
        except WordPressError as error:
            yield Alarm("not-understood", f"{answer.url}: {error}")
            return
        if index.is_first and index.total is not None:
            yield Advertised(index.total)
        yield Counted(len(index.rows))
        if not index.rows and index.is_first:
            yield Alarm("zero-cards", f"{answer.url}: the index is empty")
        for row in index.rows:
            yield from _row(row)
        if index.next_url:
            yield Follow(index.next_url, "feed")


def _row(row: Row) -> Iterator[Step]:
    yield Follow(row.url, lastmod=row.modified)
    state = _state(row.content)
    if state is None:
        yield Alarm("missing-label", f"{row.url}: no state of the call")
    elif state.lower() not in terms(SitraSpider.name)["states"]:
        yield Alarm("unknown-status", f"{row.url}: the call's state is {state!r}")


def _state(content: str) -> str | None:
    root = parse_html(content.encode(), "text/html; charset=utf-8")
    if root is None:
        return None
    for element in root.xpath(_STATE):
        for data in element.xpath(_DATA):
            return " ".join(data.text_content().split()) or None
    return None
