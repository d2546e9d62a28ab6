"""Documents that may have changed since they were indexed: triggers of the schema queue them by type and key."""

from collections.abc import Iterable
from typing import TypeAlias

from sqlite_utils import Database

from archive.search.documents import DocumentType

# By which rules all documents were last compared with the index.
_COMPARED_KEY = "search_compared_by"
# A page waits as a page, also where it has become an attachment, or is indexed as one.
_PAGES = """
    SELECT key FROM index_queue LEFT JOIN pages ON pages.id = key WHERE type = 'page' AND (
        (parent_id IS NOT NULL) = :is_attachment OR EXISTS (
            SELECT 1 FROM search_documents AS d WHERE d.type = :type AND d.key = index_queue.key
        )
    ) ORDER BY last_seen, key
"""
# (type, key, changes) of what waits: the number grows with each change.
Waiting: TypeAlias = tuple[str, str, int]


def waiting(db: Database) -> list[Waiting]:
    """All that waits now."""
    return [tuple(row) for row in db.execute("SELECT type, key, changes FROM index_queue")]


def waiting_keys(db: Database, type_: DocumentType) -> list[str]:
    """The keys of a type that wait, the newest last, as `archive.search.rows.keys_of` has them."""
    if type_ in ("page", "attachment"):
        rows = db.execute(_PAGES, {"type": type_, "is_attachment": type_ == "attachment"})
    else:
        rows = db.execute("SELECT key FROM index_queue WHERE type = ? ORDER BY key", [type_])
    return [key for (key,) in rows]


def drop_waiting(db: Database, done: Iterable[Waiting]) -> None:
    """Take out what was indexed, but for what has changed again since `waiting`; part of the caller's transaction."""
    db.conn.executemany("DELETE FROM index_queue WHERE type = ? AND key = ? AND changes = ?", done)


def is_compared_by(db: Database, rules: str) -> bool:
    """Whether all documents have been compared by these rules, so that those that wait are the only ones to look at."""
    return _compared_by(db) == rules


def was_compared(db: Database) -> bool:
    """Whether all documents have been compared by any rules: the index holds every text but those that wait."""
    return _compared_by(db) is not None


def _compared_by(db: Database) -> str | None:
    row = db.execute("SELECT value FROM meta WHERE key = ?", [_COMPARED_KEY]).fetchone()
    return row[0] if row else None


def unmark_compared(db: Database) -> None:
    """Note that the index lacks documents that do not wait; part of the caller's transaction."""
    db.execute("DELETE FROM meta WHERE key = ?", [_COMPARED_KEY])


def mark_compared(db: Database, rules: str) -> None:
    """Note by which rules all documents were compared; part of the caller's transaction."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [_COMPARED_KEY, rules])
