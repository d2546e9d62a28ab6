"""Erase page: everything that hangs on one address goes. Part of a transaction; entities are linked anew after it."""

from collections import Counter

from sqlite_utils import Database

from archive.addresses import page_id

# In the order in which nothing points to what is deleted. Counted as the second word says.
_OF_PAGE = (
    ("participations", ""),
    ("amounts", ""),
    ("identifiers", ""),
    ("contact_mentions", ""),
    ("project_pages", ""),
    ("call_pages", ""),
    ("award_pages", ""),
    ("facts", "facts"),
    ("changes", "changes"),
    ("page_alternates", ""),
    ("captures", ""),
)


def erase_page(db: Database, url: str) -> Counter[str]:
    """Erase the page at an address in its one form; returns how many rows of what went."""
    page = page_id(url)
    done: Counter[str] = Counter()
    for table, counted in _OF_PAGE:
        gone = db.execute(f"DELETE FROM {table} WHERE page_id = ?", [page]).rowcount  # noqa: S608 - constants
        done[counted] += gone if counted else 0
    versions = "SELECT id FROM page_versions WHERE page_id = ?"
    done["refusals"] += db.execute(f"DELETE FROM refusals WHERE page_version_id IN ({versions})", [page]).rowcount  # noqa: S608
    db.execute(f"UPDATE search_documents SET page_version_id = NULL WHERE page_version_id IN ({versions})", [page])  # noqa: S608
    db.execute("UPDATE pages SET parent_id = NULL WHERE parent_id = ?", [page])
    done["texts"] += db.execute("DELETE FROM page_versions WHERE page_id = ?", [page]).rowcount
    done["problems"] += db.execute("DELETE FROM problems WHERE page_id = ? OR url = ?", [page, url]).rowcount
    done["pages"] += db.execute("DELETE FROM pages WHERE id = ?", [page]).rowcount
    db.execute("DELETE FROM captures WHERE url = ? OR requested_url = ?", [url, url])
    db.execute("UPDATE captures SET via = NULL WHERE via = ?", [url])
    db.execute("DELETE FROM page_alternates WHERE url = ?", [url])
    done["visits"] += db.execute("DELETE FROM visits WHERE url = ?", [url]).rowcount
    db.execute("UPDATE visits SET via = NULL WHERE via = ?", [url])
    return +done
