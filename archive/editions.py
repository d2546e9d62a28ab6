"""Editions: which tables, too large to be kept, were read last, so that the same one is not read again."""

from dataclasses import dataclass

from sqlite_utils import Database

from archive.frontier import drop_visit
from archive.schema import transaction


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a table, as it was read last.

    ``length`` is that of the answer as the server says it (bytes, packed or not), None where it says none; ``digest``
    is the SHA-256 of the whole table. ``passed`` counts how often since then its length alone told that it is the same.
    """

    url: str
    length: int | None
    digest: str
    passed: int = 0


def editions(db: Database, source_id: str) -> list[Edition]:
    """The tables of a source that were read to their ends, newest first."""
    rows = db.execute(
        "SELECT url, length, text_digest, unchanged_count FROM visits"
        " WHERE source_id = ? AND role = 'feed' AND text_digest IS NOT NULL ORDER BY checked_at DESC",
        [source_id],
    )
    return [Edition(*row) for row in rows]


def keep_edition(db: Database, edition: Edition, replaced: str | None) -> None:
    """Keep what was read; the visit of an edition that it takes the place of goes."""
    with transaction(db):
        if replaced and replaced != edition.url:
            drop_visit(db, replaced)
        db.execute(
            "UPDATE visits SET length = ?, text_digest = ?, unchanged_count = ? WHERE url = ?",
            [edition.length, edition.digest, edition.passed, edition.url],
        )


def rest_edition(db: Database, url: str) -> None:
    """A table is never due by itself: its list names it again, or the edition that follows it."""
    db.execute("UPDATE visits SET due_at = NULL WHERE url = ?", [url])


def name_editions(db: Database, urls: list[str], *, now: str) -> int:
    """Make those of the addresses due that rest; returns how many."""
    marks = ", ".join("?" for _ in urls)
    sql = f"UPDATE visits SET due_at = ? WHERE role = 'feed' AND due_at IS NULL AND url IN ({marks})"  # noqa: S608 - marks only
    return int(db.execute(sql, [now, *urls]).rowcount)
