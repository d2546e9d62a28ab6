"""One archived page: its text at a version, the facts found in it, and the captures behind it."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from publish.queries.rows import Row, row, rows

_VERSION = """
    SELECT id, seen_at, last_seen, state, kind, kind_confidence, lang, title, format, text, text_digest, rules_version,
        capture_id
    FROM page_versions WHERE id = ? AND page_id = ?
"""
_FACTS = """
    SELECT facts.*, organisations.name AS organisation FROM facts
    LEFT JOIN organisations ON organisations.id = facts.organisation_id
    WHERE page_version_id = ? ORDER BY facts.start, facts.id
"""
_CAPTURES = """
    SELECT id, url, requested_url, captured_at, status, content_type, bytes, text_digest, warc_file, warc_offset
    FROM captures WHERE page_id = ? ORDER BY captured_at DESC, id DESC LIMIT 100
"""
_MOVES = """
    SELECT 'moved_to' AS way, pages.id, pages.url, moved_at FROM page_moves JOIN pages ON pages.id = moved_to_id
    WHERE page_id = :page
    UNION ALL SELECT 'moved_from', pages.id, pages.url, moved_at FROM page_moves JOIN pages ON pages.id = page_id
    WHERE moved_to_id = :page ORDER BY 4
"""
_ENTITIES = """
    SELECT 'project' AS kind, projects.id, projects.title FROM project_pages JOIN projects ON projects.id = project_id
    WHERE page_id = :page
    UNION ALL SELECT 'call', calls.id, calls.title FROM call_pages JOIN calls ON calls.id = call_id
    WHERE page_id = :page
    UNION ALL SELECT 'award', awards.id, awards.title FROM award_pages JOIN awards ON awards.id = award_id
    WHERE page_id = :page
"""


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page shows: ``version`` is the one asked for, ``versions`` are without their texts."""

    row: Row
    version: Row
    versions: list[Row]
    facts: list[Row]
    refusals: list[Row]
    fields: Mapping[str, str]
    captures: list[Row]
    entities: list[Row]
    changes: list[Row]
    alternates: list[Row]
    moves: list[Row]


def load_page(connection: sqlite3.Connection, page_id: str, version_id: str | None = None) -> Page | None:
    """A page by its id, at a version (the current one without); None where there is none."""
    found = row(
        connection,
        "SELECT pages.*, sources.name AS source FROM pages LEFT JOIN sources ON sources.id = source_id"
        " WHERE pages.id = ?",
        [page_id],
    )
    version = row(connection, _VERSION, [version_id or found["current_version_id"], page_id]) if found else None
    if found is None or version is None:
        return None
    fields = rows(connection, "SELECT field, status FROM page_fields WHERE page_version_id = ?", [version["id"]])
    return Page(
        found,
        version,
        rows(
            connection,
            "SELECT id, seen_at, last_seen, title, state FROM page_versions WHERE page_id = ? ORDER BY seen_at DESC",
            [page_id],
        ),
        rows(connection, _FACTS, [version["id"]]),
        rows(connection, "SELECT * FROM refusals WHERE page_version_id = ? ORDER BY start LIMIT 200", [version["id"]]),
        {entry["field"]: entry["status"] for entry in fields},
        rows(connection, _CAPTURES, [page_id]),
        rows(connection, _ENTITIES, {"page": page_id}),
        rows(connection, "SELECT * FROM changes WHERE page_id = ? ORDER BY seen_at DESC, id LIMIT 200", [page_id]),
        rows(
            connection,
            "SELECT pages.id, page_alternates.lang, page_alternates.url, pages.title FROM page_alternates"
            " LEFT JOIN pages ON pages.url = page_alternates.url WHERE page_id = ? ORDER BY page_alternates.lang",
            [page_id],
        ),
        rows(connection, _MOVES, {"page": page_id}),
    )


def version_texts(connection: sqlite3.Connection, page_id: str, version_id: str) -> tuple[Row | None, Row | None]:
    """A version and the one before it, each with its text; None where there is none."""
    after = row(connection, _VERSION, [version_id, page_id])
    if after is None:
        return None, None
    before = row(
        connection,
        "SELECT id, seen_at, text, title FROM page_versions WHERE page_id = ? AND (seen_at, id) < (?, ?)"
        " ORDER BY seen_at DESC, id DESC LIMIT 1",
        [page_id, after["seen_at"], after["id"]],
    )
    return before, after


def capture(connection: sqlite3.Connection, capture_id: int) -> Row | None:
    """A capture by its id."""
    return row(connection, "SELECT * FROM captures WHERE id = ?", [capture_id])
