"""Taking everything personal out of the rows of an archive."""

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256

from publish.public_ids import replace_id
from publish.redaction import PersonNames, is_office, redact

MARK = "public_copy"
# Every table that the copy keeps. One that a later version adds is left out until somebody has thought about it.
KEPT = frozenset(
    {
        "meta", "sources", "runs", "captures", "pages", "page_versions", "page_alternates", "page_moves",
        "organisations", "organisation_names", "bodies", "successions", "calls", "awards",
        "projects", "project_pages", "call_pages", "award_pages", "contacts",
        "facts", "refusals", "participations", "contact_mentions", "amounts", "identifiers", "changes", "problems",
        "relations", "search_documents", "search_index", "search_terms", "search_values", "search_vocabulary",
        "search_written",
    }
)  # fmt: skip
# What the migrations and SQLite itself need.
_OWN = ("sqlite_", "_sqlite", "search_index_", "search_terms_")
# Titles and names that a page gave: (table, column, key, which rows). What a register knows as a body's is no person's.
_TITLES = (
    ("pages", "title", "id", ""),
    ("projects", "title", "id", ""),
    ("calls", "title", "id", ""),
    ("awards", "title", "id", ""),
    ("organisations", "name", "id", " AND register_id IS NULL"),
    (
        *("organisation_names", "name", "organisation_id"),
        " AND organisation_id IN (SELECT id FROM organisations WHERE register_id IS NULL)",
    ),
)
_WITH_READABLE_IDS = frozenset({"projects", "calls", "awards", "organisations"})
Names = Mapping[str, frozenset[str]]


def redact_connection(connection: sqlite3.Connection) -> None:
    """Take everything personal out of an archive, inside the caller's transaction."""
    names = _names(connection)
    _drop_triggers(connection)
    _empty_others(connection)
    _redact_versions(connection, names)
    _redact_facts(connection)
    _redact_contacts(connection)
    _redact_changes(connection, names)
    # A given name alone is a person's on its own page; elsewhere it is anybody's, a body's or a place's.
    _redact_titles(connection, PersonNames(name for found in names.values() for name in found if " " in name))
    connection.execute("UPDATE captures SET warc_file = NULL, warc_offset = NULL")
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [MARK, now])


def _names(connection: sqlite3.Connection) -> Names:
    """The names of contact persons by page, as any of its versions writes them."""
    names: dict[str, set[str]] = {}
    for page, value, quote in connection.execute(
        "SELECT page_id, value, quote FROM facts WHERE field = 'contact.name'"
    ):
        names.setdefault(page, set()).update((value, quote))
    return {page: frozenset(found) for page, found in names.items()}


def _drop_triggers(connection: sqlite3.Connection) -> None:
    """A copy is never linked again; what triggers note of deleted rows would give them away."""
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER [{name}]")


def _empty_others(connection: sqlite3.Connection) -> None:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in tables:
        if name not in KEPT and not name.startswith(_OWN):
            connection.execute(f"DELETE FROM [{name}]")  # noqa: S608 - a table's name


def _redact_versions(connection: sqlite3.Connection, names: Names) -> None:
    """Texts and titles. The digest of the first text would let numbers be guessed, so it is taken anew."""
    for version, page in connection.execute("SELECT id, page_id FROM page_versions").fetchall():
        text, title, digest = connection.execute(
            "SELECT text, title, text_digest FROM page_versions WHERE id = ?", [version]
        ).fetchone()
        known = names.get(page, frozenset())
        shown = redact(text, known)
        new_digest = sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()
        connection.execute(
            "UPDATE page_versions SET text = ?, title = ?, text_digest = ? WHERE id = ?",
            [shown, redact(title, known) if title else title, new_digest, version],
        )
        if new_digest != digest:
            connection.execute("UPDATE captures SET text_digest = ? WHERE text_digest = ?", [new_digest, digest])


def _redact_facts(connection: sqlite3.Connection) -> None:
    """Facts about contacts go, but for offices' addresses; other quotes are cut out of the redacted text anew."""
    offices = _offices(connection)
    connection.execute("DELETE FROM facts WHERE field LIKE 'contact.%' AND field <> 'contact.email'")
    for fact, value in connection.execute("SELECT id, value FROM facts WHERE field = 'contact.email'").fetchall():
        if not is_office(value):
            connection.execute("DELETE FROM facts WHERE id = ?", [fact])
    connection.execute("DELETE FROM refusals WHERE field LIKE 'contact%'")
    for table, column in (("facts", "quote"), ("refusals", "value")):
        connection.execute(
            f"UPDATE {table} SET {column} = substr((SELECT text FROM page_versions WHERE id = page_version_id),"  # noqa: S608 - constants
            " start + 1, [end] - start)"
        )
    connection.execute(
        "UPDATE facts SET value = quote WHERE value_number IS NULL AND field <> 'contact.email' AND instr(quote, '█')"
    )
    marks = ", ".join("?" * len(offices))
    connection.execute(f"UPDATE facts SET contact_id = NULL WHERE contact_id NOT IN ({marks})", offices)  # noqa: S608 - marks


def _offices(connection: sqlite3.Connection) -> list[str]:
    """The ids of the contacts that may stay: mailboxes of offices."""
    found = connection.execute("SELECT id, email FROM contacts WHERE kind = 'mailbox' AND email IS NOT NULL")
    return [contact for contact, email in found if is_office(email)]


def _redact_contacts(connection: sqlite3.Connection) -> None:
    offices = _offices(connection)
    marks = ", ".join("?" * len(offices))
    connection.execute(f"DELETE FROM contact_mentions WHERE contact_id NOT IN ({marks})", offices)  # noqa: S608 - marks
    connection.execute(f"DELETE FROM contacts WHERE id NOT IN ({marks})", offices)  # noqa: S608 - marks
    connection.execute("UPDATE contacts SET name = NULL, title = NULL, phone = NULL")
    connection.execute("UPDATE contact_mentions SET title = NULL")


def _redact_changes(connection: sqlite3.Connection, names: Names) -> None:
    connection.execute("DELETE FROM changes WHERE field = 'contact'")
    for change, page, old, new in connection.execute("SELECT id, page_id, old, new FROM changes").fetchall():
        known = names.get(page, frozenset())
        shown = [redact(value, known) if value else value for value in (old, new)]
        if shown != [old, new]:
            connection.execute("UPDATE changes SET old = ?, new = ? WHERE id = ?", [*shown, change])
    for problem, message in connection.execute("SELECT id, message FROM problems").fetchall():
        connection.execute("UPDATE problems SET message = ? WHERE id = ?", [redact(message), problem])


def _redact_titles(connection: sqlite3.Connection, names: PersonNames) -> None:
    """Titles that are or hold a contact person's name, and ids made of them; also names of bodies no register knows."""
    for table, column, key, where in _TITLES:
        rows = connection.execute(
            f"SELECT {key}, {column} FROM {table} WHERE {column} IS NOT NULL{where}"  # noqa: S608 - constants
        ).fetchall()
        for row, value in rows:
            shown = redact(value, names)
            if shown != value:
                # Two names of a body may look the same in black: one of them is enough.
                connection.execute(
                    f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {key} = ? AND {column} = ?",  # noqa: S608 - constants
                    [shown, row, value],
                )
                if table in _WITH_READABLE_IDS:
                    replace_id(connection, table, row)
