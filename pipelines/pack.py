"""Pack: the archive's file without the room that linking and indexing leave free in it."""

import sqlite3

from sqlite_utils import Database

from pipelines.report import say

# A file with a smaller share of free pages is left as it is: what comes next fills them.
_FREE = 1 / 20


def pack(db: Database) -> None:
    """Write the file anew where a twentieth of it or more is free; who reads it meanwhile sees the same rows.

    The caller is the only writer, outside of a transaction. Where the disk has no room for a copy, that is said, and
    the archive stays as it is: a larger one is as good.
    """
    free, pages = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_count"))
    if free < _FREE * pages:
        return
    try:
        db.execute("VACUUM")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError as error:
        say(f"the archive is left as large as it is: {error}")
