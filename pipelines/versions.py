"""The versions of a page in the order of time, whatever the order in which its captures arrive."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from archive.addresses import normalise_url
from archive.capture import Capture
from archive.records import insert_facts, version_values
from normalise.facts import Record, values_of
from pipelines.changes import record_changes
from pipelines.process import Processed
from pipelines.rules import rules_version


@dataclass(frozen=True, slots=True)
class Version:
    """A stored version: when it was first and last seen, and its text."""

    id: int
    seen_at: str
    last_seen: str
    text_digest: str


def place_version(db: Database, capture: Capture, capture_id: int, processed: Processed) -> bool:
    """Put what was read where it belongs among the page's versions; True where that made a version.

    The text of the version before or after lengthens that version's time; any other text is a version of its own, and
    what changed is told against its neighbours.
    """
    before, after = _neighbours(_versions(db, processed.page_id), capture.captured_at)
    if before and before.text_digest == processed.text_digest:
        db.execute(
            "UPDATE page_versions SET last_seen = max(last_seen, ?) WHERE id = ?", [capture.captured_at, before.id]
        )
        return False
    if after and after.text_digest == processed.text_digest:
        _begin_earlier(db, processed.page_id, after, capture.captured_at)
        return False
    insert_version(db, capture, capture_id, processed)
    values = values_of(record_of(processed))
    if before:
        record_changes(db, processed.page_id, version_values(db, before.id), values, capture.captured_at)
    if after:
        _forget_changes(db, processed.page_id, after.seen_at)
        record_changes(db, processed.page_id, values, version_values(db, after.id), after.seen_at)
    return True


def choose_current(db: Database, page: str) -> None:
    """The version that was seen last is the current one, and the page's row says what it says."""
    db.execute(
        "UPDATE pages SET (current_version_id, kind, lang, title, state) ="
        " (SELECT id, kind, lang, title, state FROM page_versions WHERE page_id = pages.id"
        " ORDER BY last_seen DESC, seen_at DESC, id DESC LIMIT 1) WHERE id = ?",
        [page],
    )


def _versions(db: Database, page: str) -> list[Version]:
    rows = db.execute(
        "SELECT id, seen_at, last_seen, text_digest FROM page_versions WHERE page_id = ? ORDER BY seen_at, id",
        [page],
    )
    return [Version(*row) for row in rows]


def _neighbours(versions: Sequence[Version], seen_at: str) -> tuple[Version | None, Version | None]:
    earlier = [version for version in versions if version.seen_at <= seen_at]
    # As `choose_current` chooses, to the id: two versions may have begun in one second.
    before = max(earlier, key=lambda version: (version.last_seen, version.seen_at, version.id), default=None)
    after = next((version for version in versions if version.seen_at > seen_at), None)
    return before, after


def _begin_earlier(db: Database, page: str, version: Version, seen_at: str) -> None:
    db.execute("UPDATE page_versions SET seen_at = ? WHERE id = ?", [seen_at, version.id])
    db.execute(
        "UPDATE changes SET seen_at = ? WHERE page_id = ? AND seen_at = ? AND field <> 'state'",
        [seen_at, page, version.seen_at],
    )


def _forget_changes(db: Database, page: str, seen_at: str) -> None:
    db.execute("DELETE FROM changes WHERE page_id = ? AND seen_at = ? AND field <> 'state'", [page, seen_at])


def insert_version(db: Database, capture: Capture, capture_id: int | None, processed: Processed) -> int:
    """Store a version with its facts; returns its id."""
    record = record_of(processed)
    row = {
        "page_id": processed.page_id,
        "capture_id": capture_id,
        "seen_at": capture.captured_at,
        "last_seen": capture.captured_at,
        "state": processed.state,
        "kind": record.kind,
        "kind_confidence": record.kind_confidence,
        "lang": record.lang,
        "title": record.title or processed.reading.title,
        "format": processed.reading.format,
        "text": record.text,
        "text_digest": processed.text_digest,
        "rules_version": rules_version(),
    }
    marks = ", ".join("?" for _ in row)
    sql = f"INSERT INTO page_versions ({', '.join(row)}) VALUES ({marks}) RETURNING id"  # noqa: S608 - constants
    version = int(db.execute(sql, list(row.values())).fetchone()[0])
    insert_facts(db, version, record)
    _insert_alternates(db, processed)
    return version


def record_of(processed: Processed) -> Record:
    """The record of a text that was news. Raises ValueError for one that was known, and so was not extracted."""
    if processed.record is None:
        raise ValueError(f"{processed.url}: a text that is no stored version came without its record")
    return processed.record


def _insert_alternates(db: Database, processed: Processed) -> None:
    if not processed.reading.alternates:
        return
    rows = [(processed.page_id, lang, normalise_url(url)) for lang, url in processed.reading.alternates]
    db.conn.executemany("INSERT OR IGNORE INTO page_alternates (page_id, lang, url) VALUES (?, ?, ?)", rows)
