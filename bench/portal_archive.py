"""A made-up archive of any size, for measuring the portal: every table that its pages read, filled in proportion.

The texts are those of `bench.search_archive`, some analysed and multiplied. A page tells of a project, call, award or
nothing; every second one shares its entity with the page before. Bodies take part in projects as real ones do: few in
many, most in a few.
"""

import itertools
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from archive.schema import open_archive
from archive.search.store import ANALYSER_KEY
from bench.portal_rows import (
    BASE_TEXTS,
    BATCH,
    INDEX_COLUMNS,
    MOST_PAGES,
    PAGES_A_BODY,
    SOURCES,
    TABLES,
    TEXT_CHARACTERS,
    YEARS,
    Rows,
    Values,
    entity_document,
    home_facets,
    page_rows,
)
from bench.search_archive import texts
from normalise.language.search_terms import Block, analyser_version, text_terms
from normalise.organisations.register import register


def make_archive(path: Path, pages: int) -> None:
    """Write an archive of ``pages`` pages to a file that is not there yet."""
    db = open_archive(path, create=True)
    connection = db.conn
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    bodies = _write_bodies(connection, max(300, pages // PAGES_A_BODY))
    values = _write_frame(connection, bodies)
    _write_body_documents(connection, bodies, values)
    base = [(lang, text[:TEXT_CHARACTERS]) for lang, text in texts(BASE_TEXTS)]
    words = [" ".join(text_terms(text, [Block(0, lang)]).terms) for lang, text in base]
    for start in range(0, pages, BATCH):
        connection.execute("BEGIN")
        filled = page_rows(range(start, min(start + BATCH, pages)), base, words, bodies, values)
        for table, found in filled.items():
            _insert(connection, table, found)
        connection.execute("COMMIT")
    for table in INDEX_COLUMNS:
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 - constants
    connection.execute(
        "INSERT INTO runs (kind, started_at, ended_at, state)"
        " VALUES ('crawl', '2026-11-20T01:00:00Z', '2026-11-20T02:00:00Z', 'done')"
    )
    connection.execute("ANALYZE")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _insert(connection: sqlite3.Connection, table: str, found: Sequence[tuple[Any, ...]]) -> None:
    if not found:
        return
    marks = ", ".join("?" * len(found[0]))
    columns = INDEX_COLUMNS.get(table, "")
    connection.executemany(f"INSERT INTO {table} {columns} VALUES ({marks})", found)  # noqa: S608 - constants


def _write_bodies(connection: sqlite3.Connection, count: int) -> list[tuple[str, str]]:
    """(id, name) of every body: the register's first, then schools by number."""
    known = [(entry.id, entry.names[0], entry.type, entry.id) for entry in register().values()]
    made = [(f"oppilaitos-{n}", f"Oppilaitos {n}", "school", None) for n in range(max(0, count - len(known)))]
    bodies = [*known, *made][:count]
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO organisations (id, name, type, register_id, first_seen, last_seen)"
        " VALUES (?, ?, ?, ?, '2020-01-01T00:00:00Z', '2026-11-20T00:00:00Z')",
        bodies,
    )
    connection.executemany(
        "INSERT INTO organisation_names (organisation_id, name, origin, pages, reason)"
        " VALUES (?, ?, 'page', 2, 'the same name')",
        [body[:2] for body in bodies],
    )
    connection.execute("COMMIT")
    return [body[:2] for body in bodies]


def _write_frame(connection: sqlite3.Connection, bodies: Sequence[tuple[str, str]]) -> Values:
    """Sources and the facets' values; returns the values' ids."""
    sources = [(f"s{n}", f"Lähde {n}", f"https://s{n}.example/") for n in range(SOURCES)]
    facets = [("type", "page"), ("state", "live"), ("state", "gone"), ("language", "fi"), ("language", "sv")]
    facets += [("kind", kind) for kind in ("project", "call", "award", "other")]
    facets += [("year", str(year)) for year in YEARS] + [("source", source) for source, _, _ in sources]
    facets += [(facet, name) for facet in ("funder", "organisation") for _, name in bodies]
    facets += [("type", kind) for kind in ("project", "call", "award", "organisation")]
    facets += [facet for _, name in bodies for facet in home_facets(name)]
    facets = list(dict.fromkeys(facets))
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO sources (id, name, start_url, every_s, first_seen) VALUES (?, ?, ?, 604800, '2020-01-01')", sources
    )
    connection.executemany("INSERT INTO search_values (facet, value) VALUES (?, ?)", facets)
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [ANALYSER_KEY, analyser_version()])
    connection.execute("COMMIT")
    found = connection.execute("SELECT facet, value, id FROM search_values")
    return {(facet, value): key for facet, value, key in found}


def _write_body_documents(connection: sqlite3.Connection, bodies: Sequence[tuple[str, str]], values: Values) -> None:
    connection.execute("BEGIN")
    for place, (key, name) in enumerate(bodies):
        found: Rows = {name: [] for name in TABLES}
        facets = {("type", "organisation"), ("organisation", name), *home_facets(name)}
        entity_document(found, 3 * MOST_PAGES + place, ("organisation", key, name), (None, None), (facets, values))
        for table, filled in found.items():
            _insert(connection, table, filled)
    connection.execute("COMMIT")


def some_ids(path: Path, count: int) -> dict[str, list[str]]:
    """Ids of every kind of thing, spread over the archive."""
    connection = sqlite3.connect(path)
    tables = ("projects", "calls", "awards", "organisations", "pages")
    found = {
        table: [key for (key,) in connection.execute(f"SELECT id FROM {table} ORDER BY rowid")]  # noqa: S608 - constants
        for table in tables
    }
    connection.close()
    return {table: list(itertools.islice(keys, 0, None, max(1, len(keys) // count))) for table, keys in found.items()}
