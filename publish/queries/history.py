"""Changes, gone pages, and the state of sources and runs."""

import sqlite3

from archive.alarms import STANDING
from publish.queries.rows import Row, rows

_CHANGES = """
    SELECT changes.id, changes.page_id, changes.field, changes.old, changes.new, changes.seen_at, pages.title,
        pages.url, pages.lang,
        (SELECT id FROM page_versions WHERE page_id = changes.page_id AND seen_at = changes.seen_at LIMIT 1)
            AS version_id
    FROM changes JOIN pages ON pages.id = changes.page_id WHERE {wheres}
    ORDER BY changes.seen_at DESC, changes.id DESC LIMIT :limit
"""
_BEFORE = "(changes.seen_at, changes.id) < ((SELECT seen_at FROM changes WHERE id = :before), :before)"
_NEW_PAGES = """
    SELECT id, title, url, kind, lang, first_seen FROM pages WHERE first_seen >= ? AND kind <> 'other'
    ORDER BY first_seen DESC, id LIMIT ?
"""
_GONE = """
    SELECT pages.id, pages.title, pages.url, pages.kind, pages.lang, pages.first_seen, pages.last_seen, pages.gone_at,
        sources.name AS source
    FROM pages LEFT JOIN sources ON sources.id = pages.source_id WHERE gone_at IS NOT NULL
    ORDER BY gone_at DESC, pages.id LIMIT ? OFFSET ?
"""
_SOURCES = """
    SELECT sources.id, sources.name, sources.start_url, sources.expected_pages, sources.every_s,
        (SELECT count(*) FROM pages WHERE source_id = sources.id AND gone_at IS NULL) AS pages,
        (SELECT count(*) FROM pages WHERE source_id = sources.id AND gone_at IS NOT NULL) AS gone,
        (SELECT max(last_seen) FROM pages WHERE source_id = sources.id) AS last_seen
    FROM sources ORDER BY sources.name
"""
_RUNS = """
    SELECT runs.*, sources.name AS source FROM runs LEFT JOIN sources ON sources.id = source_id
    ORDER BY runs.id DESC LIMIT ?
"""


def changes(
    connection: sqlite3.Connection, since: str = "", field: str = "", *, before: int = 0, limit: int = 100
) -> list[Row]:
    """Changes seen since a time, newest first; of one field, or below an id (to page on), where given."""
    wheres = [
        "changes.seen_at >= :since",
        *(["changes.field = :field"] if field else []),
        *([_BEFORE] if before else []),
    ]
    values = {"since": since, "field": field, "before": before, "limit": limit}
    return rows(connection, _CHANGES.format(wheres=" AND ".join(wheres)), values)


def new_pages(connection: sqlite3.Connection, since: str, limit: int = 50) -> list[Row]:
    """Pages of projects, calls and awards first seen since a time, newest first."""
    return rows(connection, _NEW_PAGES, [since, limit])


def changed_fields(connection: sqlite3.Connection) -> list[str]:
    """The fields that have ever changed."""
    return [entry["field"] for entry in rows(connection, "SELECT DISTINCT field FROM changes ORDER BY field")]


def gone_pages(connection: sqlite3.Connection, limit: int, offset: int) -> list[Row]:
    """Pages that are no longer there, the latest loss first."""
    return rows(connection, _GONE, [limit, offset])


def sources(connection: sqlite3.Connection) -> list[Row]:
    """The sources with what is held of each."""
    return rows(connection, _SOURCES)


def alarms(connection: sqlite3.Connection) -> dict[str, list[Row]]:
    """The alarms that stand, by source: ``class``, ``message``, ``seen_at``."""
    found: dict[str, list[Row]] = {}
    for alarm in rows(connection, f"{STANDING} ORDER BY problems.id DESC"):
        found.setdefault(alarm["source_id"], []).append(alarm)
    return found


def source_names(connection: sqlite3.Connection) -> dict[str, str]:
    """The names of the sources by id."""
    return {source["id"]: source["name"] for source in rows(connection, "SELECT id, name FROM sources")}


def runs(connection: sqlite3.Connection, limit: int = 30) -> list[Row]:
    """The latest runs, each with the name of its ``source`` where it is of one."""
    return rows(connection, _RUNS, [limit])


def problem_classes(connection: sqlite3.Connection) -> list[Row]:
    """How often each class of problem was met: ``class``, ``problems``, ``last_seen``, an example's ``message``."""
    return rows(
        connection,
        "SELECT class, count(*) AS problems, max(seen_at) AS last_seen, message FROM problems"
        " GROUP BY class ORDER BY problems DESC, class",
    )
