"""What the first page shows."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from publish.queries.rows import Row, helsinki, number, row, rows

COUNTED = ("projects", "calls", "awards", "organisations", "pages", "captures")
# A deadline of any precision is open while the same stretch of now is not after it: "2026-11" is open all November.
IS_OPEN = "closes >= substr(:now, 1, length(closes))"
# No deadline before this year is open; the index finds those after it.
OPEN = f"closes >= substr(:now, 1, 4) AND {IS_OPEN} AND gone_at IS NULL"
_OPEN_CALLS = f"""
    SELECT id, title, opens, closes, available_eur, max_eur FROM calls WHERE {OPEN} ORDER BY closes, id
    LIMIT :limit OFFSET :offset
"""  # noqa: S608 - a constant
_NEWEST = """
    SELECT projects.id, projects.title, start, "end", projects.first_seen, organisations.name, organisations.register_id
    FROM projects LEFT JOIN organisations ON organisations.id = coordinator_id
    WHERE gone_at IS NULL AND start {side} :now ORDER BY start DESC, projects.id LIMIT :limit
"""
# What is new: pages by kind, changed values, and pages that went away. The kinds' order is that of the page.
_NEWS = """
    SELECT (SELECT count(*) FROM pages WHERE first_seen >= :since AND kind = 'project') AS project,
        (SELECT count(*) FROM pages WHERE first_seen >= :since AND kind = 'call') AS call,
        (SELECT count(*) FROM pages WHERE first_seen >= :since AND kind = 'award') AS award,
        (SELECT count(*) FROM changes WHERE seen_at >= :since) AS changed,
        (SELECT count(*) FROM pages WHERE gone_at >= :since) AS gone
"""
# Years outside this span are slips of a page's author more often than projects.
FIRST_YEAR, YEARS_AHEAD = 1990, 10


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows the archive's main tables hold."""
    return {table: number(connection, f"SELECT count(*) FROM {table}") for table in COUNTED}  # noqa: S608 - constants


def open_calls(
    connection: sqlite3.Connection, limit: int = -1, offset: int = 0, now: datetime | None = None
) -> list[Row]:
    """Calls whose deadline is ahead, the nearest first, all with a limit below 0; ``now`` for tests."""
    return rows(connection, _OPEN_CALLS, {"now": helsinki(now), "limit": limit, "offset": offset})


def newest_projects(connection: sqlite3.Connection, limit: int = 6, now: datetime | None = None) -> list[Row]:
    """The projects that started last; where there are too few, those still to start after them."""
    values = {"now": helsinki(now), "limit": limit}
    begun = rows(connection, _NEWEST.format(side="<="), values)
    return begun if len(begun) == limit else [*begun, *rows(connection, _NEWEST.format(side=">"), values)][:limit]


def news(connection: sqlite3.Connection, since: str) -> dict[str, int]:
    """How much is new since a time (UTC): pages by kind, ``changed`` values, ``gone`` pages."""
    return {name: int(count) for name, count in (row(connection, _NEWS, {"since": since}) or {}).items()}


def projects_by_year(connection: sqlite3.Connection, now: datetime | None = None) -> list[tuple[int, int]]:
    """(year, projects that start in it), without holes, oldest first."""
    last = (now or datetime.now(UTC)).year + YEARS_AHEAD
    found = rows(
        connection,
        "SELECT CAST(substr(start, 1, 4) AS INTEGER) AS year, count(*) AS projects FROM projects"
        " WHERE start IS NOT NULL GROUP BY 1",
    )
    by_year = {entry["year"]: entry["projects"] for entry in found if FIRST_YEAR <= entry["year"] <= last}
    return filled(by_year)


def filled(by_year: dict[int, int]) -> list[tuple[int, int]]:
    """(year, number) from the first year to the last, 0 where there is none."""
    return [(year, by_year.get(year, 0)) for year in range(min(by_year), max(by_year) + 1)] if by_year else []


def week_ago(now: datetime | None = None) -> str:
    """The time (UTC) a week before now."""
    return ((now or datetime.now(UTC)) - timedelta(days=7)).strftime("%Y-%m-%dT%H:%M:%SZ")


def last_run(connection: sqlite3.Connection) -> Row | None:
    """The last run that ended."""
    return row(connection, "SELECT * FROM runs WHERE ended_at IS NOT NULL ORDER BY ended_at DESC, id DESC LIMIT 1")


def titles(connection: sqlite3.Connection, table: str, ids: Sequence[str]) -> dict[str, str]:
    """The titles of entities by id; ``table`` is one of `TABLES`' values."""
    sql = f"SELECT id, title FROM {table} WHERE id IN ({', '.join('?' * len(ids))})"  # noqa: S608 - a constant table
    return {entry["id"]: entry["title"] for entry in rows(connection, sql, ids)}
