"""Rows as mappings, and the clock by which deadlines are told."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

Row: TypeAlias = dict[str, Any]
Params: TypeAlias = Sequence[Any] | Mapping[str, Any]
# Deadlines of Finnish calls are told in Finland's time.
ZONE = ZoneInfo("Europe/Helsinki")
# The three kinds of entity and what the tables around each are called.
TABLES: Mapping[str, str] = {"project": "projects", "call": "calls", "award": "awards"}


def rows(connection: sqlite3.Connection, sql: str, params: Params = ()) -> list[Row]:
    """All rows of a query, each as a dict by column name, whatever the connection's row factory."""
    cursor = connection.execute(sql, params)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, tuple(row), strict=True)) for row in cursor]


def row(connection: sqlite3.Connection, sql: str, params: Params = ()) -> Row | None:
    """The first row of a query, or None."""
    cursor = connection.execute(sql, params)
    found = cursor.fetchone()
    return dict(zip([column[0] for column in cursor.description], tuple(found), strict=True)) if found else None


def number(connection: sqlite3.Connection, sql: str, params: Params = ()) -> int:
    """The number that a query of one value gives; 0 where it gives none."""
    found = connection.execute(sql, params).fetchone()
    return int(found[0] or 0) if found else 0


def helsinki(now: datetime | None = None) -> str:
    """This moment in Finland to the minute (``2026-11-22T10:10``): what dates of facts are compared with."""
    return (now or datetime.now(UTC)).astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")


def marks(values: Sequence[object]) -> str:
    """Question marks for the members of an SQL list."""
    return ", ".join("?" * len(values))
