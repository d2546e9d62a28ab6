"""Pages that moved: the address answers elsewhere now, and what it said is the earlier history of what stands there."""

from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from archive.addresses import page_id
from archive.capture import Capture
from archive.records import version_values
from pipelines.changes import record_changes, record_move

# A text of fewer characters than this may well stand on several pages ("Sivua päivitetään").
_TELLING_TEXT = 200
# CROSS JOIN keeps this order: from the text to the pages that have it, not through all pages of the source.
_SAME_TEXT = """
    SELECT others.id FROM pages CROSS JOIN page_versions AS mine ON mine.id = pages.current_version_id
    CROSS JOIN page_versions AS theirs ON substr(theirs.text_digest, 1, 12) = substr(mine.text_digest, 1, 12)
    CROSS JOIN pages AS others ON others.current_version_id = theirs.id
    WHERE pages.id = ? AND others.id <> pages.id AND theirs.text_digest = mine.text_digest
    AND length(mine.text) >= ? AND others.source_id IS pages.source_id AND {condition} ORDER BY others.id
"""
_GONE_BEFORE = _SAME_TEXT.format(condition="others.gone_at IS NOT NULL AND others.last_seen <= pages.last_seen")
_STANDS_ELSEWHERE = _SAME_TEXT.format(condition="others.gone_at IS NULL AND others.last_seen > pages.last_seen")


@dataclass(frozen=True, slots=True)
class Move:
    """That a page went to another's address; both are page ids."""

    old: str
    new: str
    how: Literal["redirect", "same text"]
    moved_at: str


def note_redirect(db: Database, old_url: str, new_url: str, moved_at: str) -> bool:
    """Keep that an address leads to another, where the archive has a page for both; returns whether that is news."""
    return _note(db, Move(page_id(old_url), page_id(new_url), "redirect", moved_at))


def note_arrival(db: Database, page: str, capture: Capture, *, is_new: bool) -> None:
    """A page was stored: it may be where another one went, by a redirect, or by its text where that one is gone."""
    seen_at = capture.captured_at
    if capture.requested_url and page_id(capture.requested_url) != page:
        is_news = note_redirect(db, capture.requested_url, capture.url, seen_at)
        if is_news and is_new:
            _tell_what_changed(db, page_id(capture.requested_url), page, seen_at)
    if is_new:
        for (old,) in db.execute(_GONE_BEFORE, [page, _TELLING_TEXT]).fetchall():
            _note(db, Move(old, page, "same text", seen_at))


def note_departure(db: Database, page: str, moved_at: str) -> None:
    """A page is gone: where its text stands on one other page of the source, it went there."""
    found = db.execute(_STANDS_ELSEWHERE, [page, _TELLING_TEXT]).fetchall()
    if len(found) == 1:
        _note(db, Move(page, found[0][0], "same text", moved_at))


def note_return(db: Database, page: str, seen_at: str) -> None:
    """A page answers under its own address; where it had moved before that, it is back."""
    db.execute("DELETE FROM page_moves WHERE page_id = ? AND moved_at < ?", [page, seen_at])


def _note(db: Database, move: Move) -> bool:
    urls = dict(db.execute("SELECT id, url FROM pages WHERE id IN (?, ?)", [move.old, move.new]).fetchall())
    known = db.execute("SELECT moved_to_id FROM page_moves WHERE page_id = ?", [move.old]).fetchone()
    seen = db.execute("SELECT 1 FROM pages WHERE id = ? AND last_seen > ?", [move.old, move.moved_at]).fetchone()
    if len(urls) < 2 or seen or (known and known[0] == move.new):
        return False
    db.execute("INSERT OR REPLACE INTO page_moves VALUES (?, ?, ?, ?)", [move.old, move.new, move.how, move.moved_at])
    record_move(db, move.new, urls[move.old], urls[move.new], move.moved_at)
    return True


def _tell_what_changed(db: Database, old: str, new: str, moved_at: str) -> None:
    """What the first version under the new address says otherwise than the last one under the old."""
    sql = "SELECT current_version_id FROM pages WHERE id = ? AND current_version_id IS NOT NULL"
    before, after = (db.execute(sql, [page]).fetchone() for page in (old, new))
    if before and after:
        record_changes(db, new, version_values(db, before[0]), version_values(db, after[0]), moved_at)
