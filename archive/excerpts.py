"""Excerpts: what a crawl of some sources needs of an archive, as a file for another machine, and what comes back."""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from archive.schema import open_archive, transaction
from archive.tombstones import SALT_KEY

# Which rows of which tables; ``:sources`` is a JSON list of source ids. Of a page its current version is enough.
_PAGES = "SELECT id FROM whole.pages WHERE source_id IN (SELECT value FROM json_each(:sources))"
_ROWS = {
    "sources": "id IN (SELECT value FROM json_each(:sources))",
    "visits": "source_id IN (SELECT value FROM json_each(:sources))",
    "hosts": "1",
    "tombstones": "1",
    "meta": f"key = '{SALT_KEY}'",
    "pages": f"id IN ({_PAGES})",
    "page_versions": f"id IN (SELECT current_version_id FROM whole.pages WHERE id IN ({_PAGES}))",  # noqa: S608 - constants
    "changes": f"field = 'state' AND page_id IN ({_PAGES})",
}
# Tables whose rows know others that are left behind.
_WITHOUT = {"pages": ("parent_id",), "page_versions": ("capture_id",), "changes": ("id",)}
_RUN_COLUMNS = (
    *("due", "fetched", "new", "changed", "unchanged", "gone", "skipped", "failed"),
    *("ended_at", "state", "message"),
)


def write_excerpt(whole: Path, path: Path, sources: Collection[str]) -> None:
    """Make an archive of what a crawl of the sources (ids) looks up: their frontier, hosts, pages, tombstones."""
    excerpt = open_archive(path, create=True)
    excerpt.execute("PRAGMA foreign_keys = OFF")
    with _attached(excerpt, whole, "whole"), transaction(excerpt):
        for table, rows in _ROWS.items():
            names = ", ".join(name for name in excerpt[table].columns_dict if name not in _WITHOUT.get(table, ()))
            excerpt.execute(
                f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM whole.{table} WHERE {rows}",  # noqa: S608 - constants
                {"sources": json.dumps(sorted(sources))},
            )
    excerpt.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    excerpt.conn.close()


def merge_crawl_state(
    db: Database, excerpt: Path, runs: Mapping[str, int], hosts: Collection[str], known: Collection[str]
) -> None:
    """Take over what a crawl left in its excerpt: visits, hosts, how the runs went, problems that no capture tells.

    ``runs`` gives each source's run in ``db``, ``hosts`` are those that the crawl had to itself, ``known`` are the
    classes of problems that storing its captures finds again.
    """
    with _attached(db, excerpt, "part"), transaction(db):
        for table, column, values in (("visits", "source_id", runs), ("hosts", "host", hosts)):
            names = ", ".join(db[table].columns_dict)
            db.execute(
                f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM part.{table}"  # noqa: S608 - constants
                f" WHERE {column} IN (SELECT value FROM json_each(?))",
                [json.dumps(sorted(values))],
            )
        db.execute(
            "DELETE FROM visits WHERE source_id IN (SELECT value FROM json_each(?))"
            " AND url NOT IN (SELECT url FROM part.visits)",
            [json.dumps(sorted(runs))],
        )
        for source, run in runs.items():
            _take_run(db, source, run)
        db.execute(
            "INSERT INTO problems (run_id, url, class, message, seen_at)"
            " SELECT mine.value, found.url, found.class, found.message, found.seen_at FROM part.problems AS found"
            " LEFT JOIN part.runs AS theirs ON theirs.id = found.run_id"
            " LEFT JOIN json_each(?) AS mine ON mine.key = theirs.source_id"
            " WHERE found.class NOT IN (SELECT value FROM json_each(?)) ORDER BY found.id",
            [json.dumps(dict(runs)), json.dumps(sorted(known))],
        )


def _take_run(db: Database, source: str, run: int) -> None:
    columns = ", ".join(_RUN_COLUMNS)
    db.execute(
        f"UPDATE runs SET ({columns}) = (SELECT {columns} FROM part.runs"  # noqa: S608 - constants
        " WHERE source_id = ? ORDER BY id DESC LIMIT 1) WHERE id = ?",
        [source, run],
    )


@contextmanager
def _attached(db: Database, path: Path, name: str) -> Iterator[None]:
    db.execute(f"ATTACH DATABASE ? AS {name}", [str(path)])
    try:
        yield
    finally:
        db.execute(f"DETACH DATABASE {name}")
