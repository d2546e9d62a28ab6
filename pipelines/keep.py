"""What a rebuild takes over from the old archive, because no capture holds it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from archive.register_names import create_register_tables
from archive.schema import transaction
from archive.tombstones import SALT_KEY
from pipelines.flow import STATE_MESSAGES

# When to visit what again, how hosts behaved, how earlier runs went.
_CRAWL_TABLES = ("sources", "runs", "visits", "hosts", "tombstones")
# What public registers said; made by the first `register update`.
_REGISTER_TABLES = ("register_bodies", "register_names", "register_mergers", "register_areas")
# Problems that reading the captures again finds again; all others (unreachable hosts, refusals) are kept.
FOUND_AGAIN = (*STATE_MESSAGES, "rule", "http", "capture")


def keep_crawl_state(new: Database, old_path: Path) -> None:
    """Copy the sources, the crawl's state, runs, tombstones and imported registers into an empty archive."""
    with _attached(new, old_path), transaction(new):
        has_registers = bool(
            new.execute("SELECT 1 FROM old.sqlite_master WHERE name = ?", _REGISTER_TABLES[:1]).fetchone()
        )
        if has_registers:
            create_register_tables(new)
        for table in (*_CRAWL_TABLES, *(_REGISTER_TABLES if has_registers else ())):
            names = ", ".join(new[table].columns_dict)
            new.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM old.{table}")  # noqa: S608 - constants
        new.execute("INSERT INTO meta SELECT key, value FROM old.meta WHERE key = ?", [SALT_KEY])
        new.execute(
            "INSERT INTO problems (run_id, url, class, message, seen_at, settled_at)"
            " SELECT run_id, url, class, message, seen_at, settled_at FROM old.problems"
            " WHERE class NOT IN (SELECT value FROM json_each(?)) ORDER BY id",
            [json.dumps(FOUND_AGAIN)],
        )


def keep_sightings(new: Database, old_path: Path) -> None:
    """Take over when pages were seen or missed by answers that left no capture (304, a page that says it is gone)."""
    with _attached(new, old_path), transaction(new):
        new.execute(
            "UPDATE pages SET last_seen = was.last_seen, misses = was.misses, missed_at = was.missed_at,"
            " gone_at = was.gone_at FROM old.pages AS was WHERE was.id = pages.id"
            " AND (was.last_seen > pages.last_seen OR coalesce(was.missed_at, '') > coalesce(pages.missed_at, ''))"
        )
        new.execute(
            "UPDATE page_versions SET last_seen = max(page_versions.last_seen, pages.last_seen) FROM pages"
            " WHERE pages.current_version_id = page_versions.id AND pages.last_seen > page_versions.last_seen"
        )
        # Going and coming back is told by sightings alone.
        new.execute("DELETE FROM changes WHERE field = 'state' AND page_id IN (SELECT id FROM old.pages)")
        new.execute(
            "INSERT INTO changes (page_id, field, old, new, seen_at) SELECT page_id, field, old, new, seen_at"
            " FROM old.changes WHERE field = 'state' AND page_id IN (SELECT id FROM pages) ORDER BY id"
        )


@contextmanager
def _attached(db: Database, path: Path) -> Iterator[None]:
    db.execute("ATTACH DATABASE ? AS old", [str(path)])
    try:
        yield
    finally:
        db.execute("DETACH DATABASE old")
