"""Calls by their deadlines."""

import sqlite3
from datetime import datetime

from normalise.parties.applicants import find_applicants
from publish.queries.home import IS_OPEN, OPEN, open_calls
from publish.queries.rows import Row, helsinki, rows

_IN_LANGUAGE = f"""
    SELECT id, title, opens, closes, available_eur, max_eur FROM calls
    WHERE {OPEN} AND EXISTS (SELECT 1 FROM call_pages JOIN pages ON pages.id = page_id
        WHERE call_id = calls.id AND pages.lang IN (:lang, 'mul'))
    ORDER BY closes, id LIMIT :limit OFFSET :offset
"""  # noqa: S608 - a constant
_CLOSED = f"""
    SELECT id, title, closes FROM calls WHERE closes IS NOT NULL AND NOT ({IS_OPEN})
    ORDER BY closes DESC, id LIMIT :limit
"""  # noqa: S608 - a constant
# CROSS JOIN keeps the order: few changes are moved deadlines, and each has few calls.
_MOVES = """
    SELECT call_id AS id, count(*) AS moves, max(changes.seen_at) AS moved_at
    FROM changes CROSS JOIN call_pages ON call_pages.page_id = changes.page_id
    WHERE changes.field = 'closes' GROUP BY call_id
"""


_TEXTS = """
    SELECT pages.id AS page_id, pages.lang, page_versions.id AS version_id, page_versions.text
    FROM call_pages JOIN pages ON pages.id = call_pages.page_id
        JOIN page_versions ON page_versions.id = pages.current_version_id
    WHERE call_id = :call ORDER BY pages.lang = :lang DESC, pages.gone_at IS NOT NULL, score DESC, pages.url LIMIT 10
"""


def applicants(connection: sqlite3.Connection, call_id: str, lang: str) -> Row | None:
    """The passage that says who may apply for a call, of a page in ``lang`` where one has it; None where none does.

    ``text``, its ``start`` and ``end`` in the version ``version_id`` of ``page_id``, the page's ``lang``.
    """
    for page in rows(connection, _TEXTS, {"call": call_id, "lang": lang}):
        found = find_applicants(page["text"])
        if found:
            return {**page, "text": page["text"][found.start : found.end], "start": found.start, "end": found.end}
    return None


def calls_in_language(
    connection: sqlite3.Connection, lang: str = "", limit: int = -1, offset: int = 0, now: datetime | None = None
) -> list[Row]:
    """Open calls by deadline, all with a limit below 0; with a language those that a page in it tells of."""
    if not lang:
        return open_calls(connection, limit, offset, now)
    return rows(connection, _IN_LANGUAGE, {"now": helsinki(now), "lang": lang, "limit": limit, "offset": offset})


def recently_closed(connection: sqlite3.Connection, limit: int = 10, now: datetime | None = None) -> list[Row]:
    """The calls that closed last."""
    return rows(connection, _CLOSED, {"now": helsinki(now), "limit": limit})


def moved_deadlines(connection: sqlite3.Connection) -> dict[str, Row]:
    """How often the deadline of each call has moved, on whichever of its pages: ``moves`` and ``moved_at`` by call id.

    A deadline that moves back has moved once more: a calendar that counts on it must never see the same number twice.
    """
    return {move["id"]: move for move in rows(connection, _MOVES)}
