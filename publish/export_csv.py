"""CSV for analysts: one row a project, call or award, or a folder with one file a table."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TextIO

from sqlite_utils import Database

# A cell that starts so is a formula to a spreadsheet (OWASP, "CSV Injection"); an apostrophe makes it text.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_SEPARATOR = "; "
# The tables of the folder, each with the order of its rows.
TABLES = {
    "projects": "id",
    "calls": "id",
    "awards": "id",
    "organisations": "id",
    "organisation_names": "organisation_id, name",
    "bodies": "id",
    "successions": "body_id, successor_id",
    "participations": "project_id, call_id, award_id, role, organisation_id",
    "contacts": "id",
    "amounts": "project_id, call_id, award_id, role, eur",
    "identifiers": "project_id, call_id, award_id, value",
    "project_pages": "project_id, page_id",
    "call_pages": "call_id, page_id",
    "award_pages": "award_id, page_id",
    "pages": "id",
    "changes": "page_id, seen_at, field, old, new",
}
# Row numbers inside the archive, which say nothing outside it.
_LEFT_OUT = frozenset({"fact_id", "current_version_id"})

_KINDS = {"award": "awards", "call": "calls", "project": "projects"}
_VALUES = ("start", "end", "opens", "closes", "published", "partner_count")
_SUMS = ("total_eur", "grant_eur", "available_eur", "max_eur")
_COLUMNS = (
    *("kind", "id", "title", *_VALUES, "funders", "coordinator", "partners", *_SUMS, "identifiers", "call_id"),
    *("languages", "urls", "first_seen", "last_seen", "gone_at"),
)

Cell = str | int | float | None
Open = Callable[[str], AbstractContextManager[TextIO]]


def write_entities_csv(db: Database, out: TextIO) -> None:
    """One row a project, call and award, by kind and id; lists are joined by semicolons, addresses by spaces."""
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(_COLUMNS)
    for kind, table in _KINDS.items():
        lists = _lists(db, kind)
        for entity in db.query(f"SELECT * FROM {table} ORDER BY id"):  # noqa: S608 - constants
            values = {**entity, **lists.get(entity["id"], {}), "kind": kind}
            rows.writerow(safe_cell(values.get(column)) for column in _COLUMNS)


def write_tables_csv(db: Database, open_file: Open) -> None:
    """One file a table, opened by its name; rows in the order of their keys."""
    for table, order in TABLES.items():
        columns = [name for name in db[table].columns_dict if name not in _LEFT_OUT]
        with open_file(table) as out:
            rows = csv.writer(out, lineterminator="\r\n")
            rows.writerow(columns)
            for row in db.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}"):  # noqa: S608 - constants
                rows.writerow(safe_cell(cell) for cell in row)


def safe_cell(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers, whole ones without a decimal point."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _lists(db: Database, kind: str) -> dict[str, dict[str, str]]:
    """The cells of each entity that hold several values, by entity and column."""
    cells: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for entity, column, value in _list_values(db, kind):
        if value not in cells[entity][column]:
            cells[entity][column].append(value)
    return {
        entity: {name: (" " if name == "urls" else _SEPARATOR).join(values) for name, values in columns.items()}
        for entity, columns in cells.items()
    }


def _list_values(db: Database, kind: str) -> Iterator[tuple[str, str, str]]:
    """(entity, column, value), the values of each in the order of the alphabet."""
    names = {"funder": "funders", "coordinator": "coordinator", "partner": "partners"}
    for entity, role, name in db.execute(
        f"SELECT {kind}_id, role, name FROM participations JOIN organisations ON organisations.id = organisation_id"  # noqa: S608 - constants
        f" WHERE {kind}_id IS NOT NULL ORDER BY name, organisations.id"
    ):
        yield entity, names[role], name
    yield from db.execute(
        f"SELECT {kind}_id, 'identifiers', value FROM identifiers WHERE {kind}_id IS NOT NULL ORDER BY value"  # noqa: S608 - ditto
    )
    yield from db.execute(
        f"SELECT {kind}_id, 'languages', lang FROM {kind}_pages JOIN pages ON pages.id = page_id"  # noqa: S608 - ditto
        " WHERE lang IS NOT NULL ORDER BY lang"
    )
    yield from db.execute(
        f"SELECT {kind}_id, 'urls', url FROM {kind}_pages JOIN pages ON pages.id = page_id ORDER BY url"  # noqa: S608 - ditto
    )
