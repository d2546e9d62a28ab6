"""The rows of the Erasmus+ lists as pages, and what about them is a surprise."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from urllib.parse import quote

from crawlers.sources import Source
from crawlers.spiders.composing import euros, page, sum_of
from crawlers.spiders.erasmus_columns import Body, Columns, Missing, read_columns
from crawlers.spiders.vocabulary import terms
from crawlers.steps import Alarm, Counted, Document, Step
from crawlers.table_excerpt import Cells, TableRead
from crawlers.table_rows import RowError, table_of

# Project numbers: 2021-1-FI01-KA220-VET-000012345, 2016-1-FI01-KA202-022712, 101056167, 562036-EPP-1-2015-1-FI-...
_IDENTIFIER = re.compile(r"[0-9A-Za-z][\w./-]{4,79}")
_YEAR = re.compile(r"20\d\d")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_THOUSANDS = re.compile(r"(?<=\d)[,\s](?=\d{3}(?:\D|$))")
_UNREADABLE = "\ufffd"


def read_rows(source: Source, url: str, read: TableRead) -> Iterator[Step]:
    """A page for each row of an excerpt; each kind of surprise is told once."""
    faults, states = Counter[str](), set[str]()
    columns: Columns | Missing = Missing(("project identifier",))
    for piece in read.pieces:
        try:
            rows = table_of(piece)
            columns = read_columns(next(rows, ()))
            if isinstance(columns, Columns):
                yield from _pages(source, columns, list(rows), faults, states)
        except RowError as error:
            yield Alarm("not-understood", f"{url}: {error}")
    yield from _surprises(url, columns, read)
    yield from (Alarm("missing-label", f"{url}: {n} rows without a usable {name}") for name, n in faults.items())
    yield from (Alarm("unknown-status", f"{url}: status {state!r}") for state in sorted(states))


def _surprises(url: str, columns: Columns | Missing, read: TableRead) -> Iterator[Step]:
    if isinstance(columns, Missing):
        yield Alarm("missing-label", f"{url}: no column {', '.join(columns.names)}")
        return
    yield Counted(read.rows)
    if read.is_whole and not read.kept:
        yield Alarm("zero-cards", f"{url}: none of {read.rows} rows is of Finland")
    if read.broken:
        yield Alarm("not-understood", f"{url}: {read.broken} of {read.rows} rows cannot be taken apart")
    if columns.unknown:
        names = ", ".join(repr(name[:60]) for name in columns.unknown[:5])
        yield Alarm("unknown-status", f"{url}: {len(columns.unknown)} columns that nobody has seen before: {names}")


def _pages(
    source: Source, columns: Columns, rows: list[list[str]], faults: Counter[str], states: set[str]
) -> Iterator[Document]:
    known = terms("erasmus")
    days = day_first(columns.cell(row, name) for row in rows for name in ("start", "end"))
    for row in rows:
        faults.update(_wrong(columns, row, days))
        identifier, title = columns.cell(row, "identifier"), columns.cell(row, "title")
        if _IDENTIFIER.fullmatch(identifier) and title:
            state = columns.cell(row, "status")
            states.update({state} if state and state.lower() not in known["states"] else ())
            yield Document(_address(source, columns, row), _html(columns, row, days, known))


def _wrong(columns: Columns, row: Cells, days: bool | None) -> Iterator[str]:
    """The columns whose cells are not what the column holds."""
    cell = {name: columns.cell(row, name) for name in columns.places}
    if not _IDENTIFIER.fullmatch(cell["identifier"]):
        yield "identifier"
    if not cell["title"] or _UNREADABLE in cell["title"]:
        yield "title"
    if not _YEAR.fullmatch(cell["year"]):
        yield "year"
    if not columns.at(row, columns.coordinator.name):
        yield "coordinator"
    yield from (name for name in ("start", "end") if cell.get(name) and not finnish_day(cell[name], days))
    if cell.get("grant") and sum_of(_plain(cell["grant"])) is None:
        yield "grant"


def _address(source: Source, columns: Columns, row: Cells) -> str:
    """The project's card, where the row names it; else the address that cards are known to have."""
    card, identifier = columns.cell(row, "card"), columns.cell(row, "identifier")
    if source.serves(card) and identifier in card:
        return card
    return str(terms("erasmus")["card"]).format(quote(identifier, safe=""))


def _html(columns: Columns, row: Cells, days: bool | None, known: dict[str, Any]) -> str:
    values: dict[str, str | tuple[str, ...]] = {name: columns.cell(row, name) for name in known["fields"]}
    values |= {
        "programme": known["programme"],
        "start": finnish_day(columns.cell(row, "start"), days),
        "end": finnish_day(columns.cell(row, "end"), days),
        "grant": euros(_plain(columns.cell(row, "grant"))),
        "coordinator": _name(columns, row, columns.coordinator, known["people"]),
        "partners": tuple(dict.fromkeys(filter(None, _partner_names(columns, row, known["people"])))),
    }
    place = columns.places.get("summary", len(row))
    text = row[place] if place < len(row) else ""
    summary = tuple(line for part in text.splitlines() if (line := " ".join(part.split())))
    fields = {label: values[name] for name, label in known["fields"].items()}
    return page(columns.cell(row, "title"), "en", fields, {known["section"]: summary})


def _partner_names(columns: Columns, row: Cells, people: list[str]) -> Iterator[str]:
    return (_name(columns, row, body, people) for body in columns.partners)


def _name(columns: Columns, row: Cells, body: Body, people: list[str]) -> str:
    """An organisation's name; that of a private person is not kept."""
    kind = columns.at(row, body.kind).lower()
    return "" if any(word in kind for word in people) else columns.at(row, body.name)


def _plain(amount: str) -> str:
    """A sum without what parts its thousands: "1,234,567.50" and "60 000" are written so."""
    return _THOUSANDS.sub("", amount.replace("\xa0", " "))


def day_first(days: Iterable[str]) -> bool | None:
    """Whether days such as 31/08/2026 name the day first; None where none of them tells, or they contradict.

    One list writes all its days in one order, and a number above twelve is no month.
    """
    parts = [found for day in days if (found := _DAY.fullmatch(day))]
    orders = {int(found[1]) > 12 for found in parts if int(found[1]) > 12 or int(found[2]) > 12}
    return orders.pop() if len(orders) == 1 else None


def finnish_day(text: str, first: bool | None) -> str:
    """A day as Finnish pages write it; empty for what is none, or may be one of two (see `day_first`)."""
    found = _DAY.fullmatch(text)
    try:
        if not found:
            day = date.fromisoformat(text[:10])
        elif first is None:
            return ""
        else:
            number, month = (found[1], found[2]) if first else (found[2], found[1])
            day = date(int(found[3]), int(month), int(number))
    except ValueError:
        return ""
    return f"{day.day}.{day.month}.{day.year}"
