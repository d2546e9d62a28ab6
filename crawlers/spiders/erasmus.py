"""Erasmus+: the Commission's lists of results, one table of up to 90 MB a call year or action, of all countries.

The page of the lists names each table in an attribute ``url`` of an element of its own; the table's address changes
with every edition. A row is a project: its coordinator, then as many groups of columns as there may be partners.
"""

import re
from collections.abc import Callable, Iterator
from typing import ClassVar
from urllib.parse import urljoin, urlsplit

from crawlers.links import parse_html
from crawlers.sources import Source
from crawlers.spiders.erasmus_columns import Columns, read_columns
from crawlers.spiders.erasmus_rows import read_rows
from crawlers.spiders.vocabulary import terms
from crawlers.steps import Alarm, Answer, Follow, PlainSpider, Step, Table
from crawlers.table_excerpt import Cells

_EDITION = re.compile(r"/(ErasmusPlus_[\w-]{1,150}?)_(\d{4}-\d\d-\d\d)\.csv$")
_ATTRIBUTES = ("url", "href")


class ErasmusSpider(PlainSpider):
    """Finds the tables, takes the rows with Finnish organisations out of them, makes one page of each."""

    name: ClassVar[str] = "erasmus"

    def start(self, source: Source) -> Iterator[Follow]:
        """The page of the lists."""
        yield from (Follow(url, "listing") for url in source.start)

    def table(self, source: Source, url: str) -> Table | None:
        """A table by the name of its file without the date."""
        edition = _EDITION.search(urlsplit(url).path)
        return Table(edition[1], finnish_rows) if edition and source.leads(url) else None

    def read(self, source: Source, answer: Answer) -> Iterator[Step]:
        """The tables from the page of the lists; projects as pages from a table."""
        if answer.role == "listing":
            yield from _tables(source, answer)
        elif answer.table is None:
            yield Alarm("not-understood", f"{answer.url}: no table")
        else:
            yield from read_rows(source, answer.url, answer.table)


def finnish_rows(heads: Cells) -> Callable[[Cells], bool] | None:
    """What tells rows with a Finnish coordinator or partner; None for a table without the columns that tell it."""
    columns = read_columns(heads)
    return columns.is_finnish if isinstance(columns, Columns) else None


def _tables(source: Source, answer: Answer) -> Iterator[Step]:
    newest: dict[str, tuple[str, str]] = {}
    for url in _addresses(answer):
        edition = _EDITION.search(urlsplit(url).path)
        if edition and source.serves(url) and source.leads(url):
            newest[edition[1]] = max(newest.get(edition[1], ("", "")), (edition[2], url))
    if not newest:
        yield Alarm("zero-cards", f"{answer.url}: no link to a list")
        return
    for kind in terms(ErasmusSpider.name)["lists"]:
        if not any(name.startswith(kind) for name in newest):
            yield Alarm("missing-label", f"{answer.url}: no list {kind}")
    yield from (Follow(url, "feed", via=answer.url) for _, url in newest.values())


def _addresses(answer: Answer) -> Iterator[str]:
    """What the elements of a page lead to; a broken address leads nowhere."""
    root = parse_html(answer.body, answer.declared_type)
    for element in root.iter() if root is not None else ():
        for name in _ATTRIBUTES:
            if value := element.get(name) if isinstance(element.tag, str) else None:
                try:
                    yield urljoin(answer.url, value.strip())
                except ValueError:
                    continue
