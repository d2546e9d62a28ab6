"""Which pages' current texts may hold words, by the search index: for stages that look for names in all texts."""

import re

from sqlite_utils import Database

from archive.search.queue import was_compared
from archive.search.store import is_current

_WORD = re.compile(r"\w+")


def note_unindexed(db: Database, pages: list[str]) -> None:
    """Note pages whose texts the index does not hold yet, and drop those that it has come to hold."""
    db.execute(
        "DELETE FROM link_unindexed WHERE page_id IN (SELECT key FROM link_unindexed JOIN search_documents"
        " ON type IN ('page', 'attachment') AND key = link_unindexed.page_id"
        " JOIN pages ON pages.id = key AND page_version_id = current_version_id)"
        " OR page_id NOT IN (SELECT id FROM pages)"
    )
    db.conn.executemany("INSERT OR IGNORE INTO link_unindexed VALUES (?)", [(page,) for page in pages])


def is_usable(db: Database) -> bool:
    """Whether the index holds all pages but those that are noted; not after another analyser, or a kill midway.

    What has changed since all were compared was queued for linking, and so noted. Nothing is counted, so that it costs
    the same in an archive of any size.
    """
    return is_current(db.conn) and was_compared(db)


def pages_with(db: Database, name: str) -> list[str]:
    """The indexed pages whose text has all words of a name, in any order: whether it has the name, the text says."""
    words = " AND ".join(f'"{word}"' for word in _WORD.findall(name))
    if not words:
        return []
    rows = db.execute(
        "SELECT key FROM search_documents WHERE type IN ('page', 'attachment') AND id IN"
        " (SELECT rowid FROM search_index WHERE search_index MATCH ?)",
        [f"text : ({words})"],
    )
    return [key for (key,) in rows]
