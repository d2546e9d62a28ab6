"""Store what a capture says of its page. Every function is called inside one transaction."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

from sqlite_utils import Database

from archive.addresses import normalise_url, page_id
from archive.capture import Capture
from pipelines.changes import record_state
from pipelines.moves import note_arrival, note_departure, note_redirect, note_return
from pipelines.process import Processed
from pipelines.versions import choose_current, insert_version, place_version, record_of

Action = Literal["new", "changed", "unchanged", "missed", "skipped", "failed"]
MISSING = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
# A page is gone when it was missing this many times in a row: once may be an accident of the site.
MISSES_UNTIL_GONE = 2
# States of a page whose text could be read.
READABLE = frozenset({"ok", "foreign"})


@dataclass(frozen=True, slots=True)
class Page:
    """A page's row, as far as storing needs it."""

    id: str
    state: str
    last_seen: str
    misses: int
    missed_at: str | None
    gone_at: str | None
    version_state: str | None
    text_digest: str | None

    @property
    def is_readable(self) -> bool:
        """Whether the current version is one whose text could be read."""
        return self.version_state in READABLE


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that failed or was not understood: its class (``kind``), and a line that says it to a person."""

    url: str
    kind: str
    message: str
    seen_at: str


def known_digest(db: Database, capture: Capture) -> str | None:
    """The text digest that makes a new capture of a page no news: that of its current version."""
    page = find_page(db, capture.url)
    return page.text_digest if page and capture.captured_at >= page.last_seen else None


def insert_capture(
    db: Database, capture: Capture, run_id: int | None, processed: Processed | None = None
) -> int | None:
    """Store a capture's row; None where the archive has it already (the same place in the same file)."""
    row = db.execute(
        "INSERT OR IGNORE INTO captures (page_id, run_id, url, requested_url, via, captured_at, status, content_type,"
        " bytes, text_digest, warc_file, warc_offset) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        [
            processed.page_id if processed else None,
            run_id,
            processed.url if processed else normalise_url(capture.url),
            capture.requested_url,
            normalise_url(capture.via) if capture.via else None,
            capture.captured_at,
            capture.status,
            capture.content_type,
            capture.length,
            processed.text_digest if processed else None,
            capture.warc_file,
            capture.warc_offset,
        ],
    ).fetchone()
    return int(row[0]) if row else None


def store_page(db: Database, capture: Capture, run_id: int | None, processed: Processed) -> Action:
    """Store a page that was read, with its capture. One that can no longer be read keeps its last good version."""
    page = _find(db, processed.page_id)
    if page is None:
        return _store_new(db, capture, run_id, processed)
    capture_id = insert_capture(db, capture, run_id, processed)
    if capture_id is None:
        return "skipped"
    _see_again(db, capture.captured_at, page)
    if capture.captured_at >= page.last_seen:
        record_state(db, page.id, page.state, processed.state, capture.captured_at)
    if page.is_readable and processed.state not in READABLE:
        return _keep_last_good(db, capture, page, processed)
    added = place_version(db, capture, capture_id, processed)
    choose_current(db, processed.page_id)
    note_arrival(db, processed.page_id, capture, is_new=False)
    return "changed" if added else "unchanged"


def _store_new(db: Database, capture: Capture, run_id: int | None, processed: Processed) -> Action:
    """Store a page that was never seen: each of its rows once, parents first."""
    if _is_stored(db, capture):
        return "skipped"
    _insert_page(db, capture, processed)
    capture_id = insert_capture(db, capture, run_id, processed)
    version = insert_version(db, capture, capture_id, processed)
    db.execute("UPDATE pages SET current_version_id = ? WHERE id = ?", [version, processed.page_id])
    note_arrival(db, processed.page_id, capture, is_new=True)
    return "new"


def _is_stored(db: Database, capture: Capture) -> bool:
    sql = "SELECT 1 FROM captures WHERE warc_file = ? AND warc_offset = ?"
    return db.execute(sql, [capture.warc_file, capture.warc_offset]).fetchone() is not None


def store_unmodified(db: Database, capture: Capture) -> Action:
    """A 304 or a revisit: the page stands as it stood."""
    page = find_page(db, capture.url)
    if page is None or capture.captured_at <= page.last_seen:
        return "skipped"
    _see_again(db, capture.captured_at, page)
    db.execute(
        "UPDATE page_versions SET last_seen = max(last_seen, ?)"
        " WHERE id = (SELECT current_version_id FROM pages WHERE id = ?)",
        [capture.captured_at, page.id],
    )
    return "unchanged"


def store_miss(db: Database, capture: Capture) -> Action:
    """A 404 or 410: one more miss. A page that is missed often enough is marked as gone, and kept."""
    page = find_page(db, capture.url)
    if page is None or capture.captured_at <= max(page.last_seen, page.missed_at or ""):
        return "skipped"
    misses = page.misses + 1
    gone_at = page.gone_at or (capture.captured_at if misses >= MISSES_UNTIL_GONE else None)
    db.execute(
        "UPDATE pages SET misses = ?, missed_at = ?, gone_at = ? WHERE id = ?",
        [misses, capture.captured_at, gone_at, page.id],
    )
    if gone_at and not page.gone_at:
        record_state(db, page.id, page.state, "gone", capture.captured_at)
        note_departure(db, page.id, capture.captured_at)
    return "missed"


def store_move(db: Database, capture: Capture) -> Action:
    """An address leads to another one for good, or its page calls another one its own: both pages are kept."""
    if capture.moved_to:
        note_redirect(db, capture.url, capture.moved_to, capture.captured_at)
    return "skipped"


def find_page(db: Database, url: str) -> Page | None:
    """The page at an address, if the archive has it."""
    return _find(db, page_id(url))


def _find(db: Database, page: str) -> Page | None:
    row = db.execute(
        "SELECT pages.id, pages.state, pages.last_seen, misses, missed_at, gone_at, page_versions.state, text_digest"
        " FROM pages LEFT JOIN page_versions ON page_versions.id = current_version_id WHERE pages.id = ?",
        [page],
    ).fetchone()
    return Page(*row) if row else None


def store_problem(db: Database, problem: Problem, run_id: int | None) -> None:
    """Keep what failed or was not understood, so that it can be counted and looked into."""
    page = find_page(db, problem.url)
    db.execute(
        "INSERT INTO problems (page_id, run_id, url, class, message, seen_at) VALUES (?, ?, ?, ?, ?, ?)",
        [page.id if page else None, run_id, problem.url, problem.kind, problem.message, problem.seen_at],
    )


def _insert_page(db: Database, capture: Capture, processed: Processed) -> None:
    record = record_of(processed)
    if capture.source_id:
        db.execute(
            "INSERT OR IGNORE INTO sources (id, name, first_seen) VALUES (?, ?, ?)",
            [capture.source_id, capture.source_id, capture.captured_at],
        )
    db.execute(
        "INSERT INTO pages (id, url, source_id, kind, lang, title, state, first_seen, last_seen)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            processed.page_id,
            processed.url,
            capture.source_id,
            record.kind,
            record.lang,
            record.title or processed.reading.title,
            processed.state,
            capture.captured_at,
            capture.captured_at,
        ],
    )


def _see_again(db: Database, seen_at: str, page: Page) -> None:
    db.execute(
        "UPDATE pages SET first_seen = min(first_seen, ?), last_seen = max(last_seen, ?) WHERE id = ?",
        [seen_at, seen_at, page.id],
    )
    note_return(db, page.id, seen_at)
    if page.missed_at and seen_at > page.missed_at:
        db.execute("UPDATE pages SET misses = 0, missed_at = NULL, gone_at = NULL WHERE id = ?", [page.id])
        if page.gone_at:
            record_state(db, page.id, "gone", page.state, seen_at)


def _keep_last_good(db: Database, capture: Capture, page: Page, processed: Processed) -> Action:
    if capture.captured_at >= page.last_seen:
        db.execute("UPDATE pages SET state = ? WHERE id = ?", [processed.state, page.id])
    return "unchanged" if page.state == processed.state else "changed"
