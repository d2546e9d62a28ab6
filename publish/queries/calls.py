"""Calls by their deadlines."""

import sqlite3
from datetime import datetime

from publish.queries.home import IS_OPEN, open_calls
from publish.queries.rows import Row, helsinki, rows

_IN_LANGUAGE = f"""
    SELECT id, title, opens, closes, available_eur, max_eur FROM calls
    WHERE {IS_OPEN} AND gone_at IS NULL AND id IN (SELECT call_id FROM call_pages JOIN pages ON pages.id = page_id
        WHERE pages.lang IN (:lang, 'mul'))
    ORDER BY closes, id LIMIT 500
"""  # noqa: S608 - a constant
_CLOSED = f"""
    SELECT id, title, closes FROM calls WHERE closes IS NOT NULL AND NOT ({IS_OPEN})
    ORDER BY closes DESC, id LIMIT :limit
"""  # noqa: S608 - a constant
_MOVES = """
    SELECT call_id AS id, count(DISTINCT new) AS moves, max(changes.seen_at) AS moved_at FROM call_pages
    JOIN changes ON changes.page_id = call_pages.page_id AND field = 'closes' GROUP BY call_id
"""


def calls_in_language(connection: sqlite3.Connection, lang: str = "", now: datetime | None = None) -> list[Row]:
    """Open calls by deadline; with a language those that a page in it tells of."""
    if not lang:
        return open_calls(connection, now=now)
    return rows(connection, _IN_LANGUAGE, {"now": helsinki(now), "lang": lang})


def recently_closed(connection: sqlite3.Connection, limit: int = 10, now: datetime | None = None) -> list[Row]:
    """The calls that closed last."""
    return rows(connection, _CLOSED, {"now": helsinki(now), "limit": limit})


def moved_deadlines(connection: sqlite3.Connection) -> dict[str, Row]:
    """How often the deadline of each call has moved: ``moves`` and ``moved_at`` by call id."""
    return {move["id"]: move for move in rows(connection, _MOVES)}
