"""By which rules an archive was linked, and starting anew where they are others now."""

import hashlib
import json

from sqlite_utils import Database

from pipelines.rules import linking_version

_KEY = "linked_by"
_IMPORTED = (
    "SELECT count(*), max(fetched_at) FROM register_bodies",
    "SELECT count(*) FROM register_names",
    "SELECT count(*) FROM register_mergers",
)
_MADE = (
    *("participations", "amounts", "identifiers", "contact_mentions", "relations", "project_pages", "call_pages"),
    *("award_pages", "projects", "awards", "calls", "contacts", "organisation_names", "organisations"),
    *("link_names", "link_name_tokens", "link_name_pairs", "link_blocks", "link_people", "link_mailboxes"),
    *("link_titles", "link_unindexed", "link_losses"),
)


def is_linked_by(db: Database) -> bool:
    """Whether what is linked was linked by these rules and registers, and nothing was erased that others hung on."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", [_KEY]).fetchone()
    return bool(row) and row[0] == _version(db)


def start_anew(db: Database) -> None:
    """Forget all links, and queue all pages. Rows come back under the ids that they had."""
    db.execute(
        "UPDATE facts SET organisation_id = NULL, contact_id = NULL"
        " WHERE organisation_id IS NOT NULL OR contact_id IS NOT NULL"
    )
    for table in _MADE:
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - constants
    db.execute("DELETE FROM link_queue")
    db.execute("INSERT INTO link_queue SELECT id, 1 FROM pages WHERE current_version_id IS NOT NULL")


def mark_linked(db: Database) -> None:
    """Note the rules and registers; part of the transaction that linked."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [_KEY, _version(db)])


def _version(db: Database) -> str:
    return f"{linking_version()} {_registers(db)}"


def _registers(db: Database) -> str:
    """Changes with every import of a register."""
    if not db["register_bodies"].exists():
        return "shipped"
    rows = [db.execute(sql).fetchone() for sql in _IMPORTED]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:12]
