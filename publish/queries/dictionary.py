"""The data dictionary: the archive's tables with what metadata.yml says of them."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from publish.queries.rows import rows

# Tables that serve the program, not the reader: bookkeeping of migrations and the shadow tables of the search index.
_INTERNAL = ("sqlite_", "_sqlite", "search_index_", "search_terms_", "meta")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its SQLite type, what it means, and the table that it refers to."""

    name: str
    type: str
    description: str
    refers: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view and its columns."""

    name: str
    description: str
    columns: tuple[Column, ...]


def tables(connection: sqlite3.Connection, metadata: Mapping[str, Any]) -> list[Table]:
    """Every table and view that metadata.yml does not hide, by name."""
    described = (metadata.get("databases") or {}).get("archive", {}).get("tables") or {}
    names = rows(connection, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name")
    shown = (entry["name"] for entry in names if not entry["name"].startswith(_INTERNAL))
    return [
        _table(connection, name, described.get(name) or {})
        for name in shown
        if not (described.get(name) or {}).get("hidden")
    ]


def _table(connection: sqlite3.Connection, name: str, described: Mapping[str, Any]) -> Table:
    refers = {key["from"]: key["table"] for key in rows(connection, "SELECT * FROM pragma_foreign_key_list(?)", [name])}
    columns = described.get("columns") or {}
    return Table(
        name,
        str(described.get("description") or ""),
        tuple(
            Column(column["name"], column["type"], str(columns.get(column["name"]) or ""), refers.get(column["name"]))
            for column in rows(connection, "SELECT name, type FROM pragma_table_info(?)", [name])
        ),
    )
