"""Erase page: everything that hangs on one address goes. Part of a transaction; entities are linked anew after it."""

from collections import Counter

from sqlite_utils import Database

from archive.addresses import page_id

_LINKED = (
    *("participations", "amounts", "identifiers", "contact_mentions", "project_pages", "call_pages", "award_pages"),
    "page_alternates",
)
_VERSIONS = "SELECT id FROM page_versions WHERE page_id = ?"


def erase_page(db: Database, url: str) -> Counter[str]:
    """Erase the page at an address in its one form; returns how many rows of what went."""
    page = page_id(url)
    done: Counter[str] = Counter()
    for table in _LINKED:
        db.execute(f"DELETE FROM {table} WHERE page_id = ?", [page])  # noqa: S608 - constants
    done["facts"] += db.execute(f"DELETE FROM facts WHERE page_version_id IN ({_VERSIONS})", [page]).rowcount  # noqa: S608 - a constant
    done["changes"] += db.execute("DELETE FROM changes WHERE page_id = ?", [page]).rowcount
    done["refusals"] += db.execute(f"DELETE FROM refusals WHERE page_version_id IN ({_VERSIONS})", [page]).rowcount  # noqa: S608 - a constant
    db.execute(f"UPDATE search_documents SET page_version_id = NULL WHERE page_version_id IN ({_VERSIONS})", [page])  # noqa: S608 - ditto
    done["texts"] += db.execute("DELETE FROM page_versions WHERE page_id = ?", [page]).rowcount
    done["problems"] += db.execute("DELETE FROM problems WHERE page_id = ? OR url = ?", [page, url]).rowcount
    db.execute("DELETE FROM captures WHERE page_id = ? OR (page_id IS NULL AND url = ?)", [page, url])
    db.execute("UPDATE pages SET parent_id = NULL WHERE parent_id = ?", [page])
    db.execute("DELETE FROM page_moves WHERE page_id = ? OR moved_to_id = ?", [page, page])
    done["pages"] += db.execute("DELETE FROM pages WHERE id = ?", [page]).rowcount
    done["visits"] += db.execute("DELETE FROM visits WHERE url = ?", [url]).rowcount
    _erase_mentions(db, url)
    return +done


def _erase_mentions(db: Database, url: str) -> None:
    """The address where other pages name it."""
    db.execute("DELETE FROM page_alternates WHERE url = ?", [url])
    db.execute("DELETE FROM changes WHERE field = 'address' AND (old = ? OR new = ?)", [url, url])
    for table, column in (("captures", "via"), ("captures", "requested_url"), ("visits", "via")):
        db.execute(f"UPDATE {table} SET {column} = NULL WHERE {column} = ?", [url])  # noqa: S608 - constants
