"""The public copy: the archive without people's contact details, as a database of its own.

Permissions on tables are not enough: views, full-text indexes, old versions and free pages of a file all give away what
a permission hides. So the copy is made anew, redacted, and vacuumed; what is not in it cannot leak from it.
"""

import json
import sqlite3
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from archive.errors import ArchiveError
from archive.schema import BUSY_TIMEOUT_S, open_archive
from pipelines.index import rebuild_index
from publish.public_ids import replace_id
from publish.redaction import PersonNames, is_office, redact, redact_all

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
# Titles and names that a page gave: (table, column, which rows). What a register knows as a body's is no person's.
_TITLES = (
    ("pages", "title", ""),
    ("projects", "title", ""),
    ("calls", "title", ""),
    ("awards", "title", ""),
    ("organisation_names", "name", " AND organisation_id IN (SELECT id FROM organisations WHERE register_id IS NULL)"),
    ("organisations", "name", " AND register_id IS NULL"),
)
_WITH_READABLE_IDS = frozenset({"projects", "calls", "awards", "organisations"})
Names = Mapping[str, frozenset[str]]


def is_public(path: Path) -> bool:
    """Whether a database is a public copy. Raises ArchiveError where it cannot be read."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        return is_public_connection(connection)
    except sqlite3.Error as error:
        raise ArchiveError(f"{path} cannot be read as an archive: {error}") from error
    finally:
        connection.close()


def is_public_connection(connection: sqlite3.Connection) -> bool:
    """Whether the archive behind a connection is a public copy."""
    return connection.execute("SELECT 1 FROM meta WHERE key = ?", [MARK]).fetchone() is not None


def publish(db_path: Path | str, out_path: Path | str) -> None:
    """Write the public copy of an archive; one that is being served is renewed without a break.

    Raises ArchiveError for a missing archive, and where something else than a public copy stands at ``out_path``.
    """
    source, target = Path(db_path), Path(out_path)
    if not source.exists():
        raise ArchiveError(f"no archive at {source}")
    if target.exists() and (target.samefile(source) or not is_public(target)):
        raise ArchiveError(f"{target} is no public copy; it is left alone")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".public-") as folder:
            copy = Path(folder) / "copy.db"
            _copy(source, copy)
            _redact_file(copy)
            _put(copy, target)
    except (OSError, sqlite3.Error) as error:
        raise ArchiveError(f"the public copy {target} cannot be written: {error}") from error


def _copy(source: Path, copy: Path) -> None:
    connection = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)
    try:
        connection.execute("VACUUM INTO ?", [str(copy)])
    finally:
        connection.close()


def _put(copy: Path, target: Path) -> None:
    """Through SQLite itself where the file is there: replacing a served file mixes old and new answers."""
    if not target.exists():
        copy.replace(target)
        return
    new, old = sqlite3.connect(copy), sqlite3.connect(target, timeout=BUSY_TIMEOUT_S)
    try:
        new.backup(old)
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        new.close()
        old.close()


def _redact_file(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("BEGIN")
        redact_connection(connection)
        connection.execute("COMMIT")
    finally:
        connection.close()
    db = open_archive(path)
    rebuild_index(db)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.execute("PRAGMA journal_mode = DELETE")
    # Erased rows stay in a file's free pages until it is written anew.
    db.execute("VACUUM")
    db.conn.close()


def redact_connection(connection: sqlite3.Connection) -> None:
    """Take everything personal out of an archive, inside the caller's transaction."""
    names = _names(connection)
    _drop_triggers(connection)
    _empty_others(connection)
    _redact_versions(connection, names)
    _redact_facts(connection)
    _redact_contacts(connection)
    _redact_changes(connection, names)
    _redact_titles(connection, PersonNames(name for found in names.values() for name in found))
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
    """Texts, titles and records. The digest of the first text would let numbers be guessed, so it is taken anew."""
    for version, page in connection.execute("SELECT id, page_id FROM page_versions").fetchall():
        text, title, record, digest = connection.execute(
            "SELECT text, title, record, text_digest FROM page_versions WHERE id = ?", [version]
        ).fetchone()
        known = names.get(page, frozenset())
        shown = redact(text, known)
        new_digest = sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()
        connection.execute(
            "UPDATE page_versions SET text = ?, title = ?, record = ?, text_digest = ? WHERE id = ?",
            [shown, redact(title, known) if title else title, _record(record, known), new_digest, version],
        )
        if new_digest != digest:
            connection.execute("UPDATE captures SET text_digest = ? WHERE text_digest = ?", [new_digest, digest])


def _record(record: str, names: frozenset[str]) -> str:
    values = json.loads(record)
    offices = [
        contact for contact in values.get("contacts") or () if contact.get("email") and is_office(contact["email"])
    ]
    rest = redact_all({name: value for name, value in values.items() if name != "contacts"}, names)
    kept = [{"name": None, "title": None, "email": contact["email"], "phone": None} for contact in offices]
    return json.dumps({**rest, "contacts": kept}, ensure_ascii=False, separators=(",", ":"))


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
    for table, column, where in _TITLES:
        rows = connection.execute(
            f"SELECT rowid, {column} FROM {table} WHERE {column} IS NOT NULL{where}"  # noqa: S608 - constants
        ).fetchall()
        for row, value in rows:
            shown = redact(value, names)
            if shown != value:
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", [shown, row])  # noqa: S608 - constants
                _hide_id(connection, table, row)


def _hide_id(connection: sqlite3.Connection, table: str, row: int) -> None:
    if table in _WITH_READABLE_IDS:
        (id_,) = connection.execute(f"SELECT id FROM {table} WHERE rowid = ?", [row]).fetchone()  # noqa: S608 - constants
        replace_id(connection, table, id_)
