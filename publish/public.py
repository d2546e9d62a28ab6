"""The public copy: the archive without people's contact details, as a database of its own.

Permissions on tables are not enough: views, full-text indexes, old versions and free pages of a file all give away what
a permission hides. So the copy is made anew, redacted, and vacuumed; what is not in it cannot leak from it.
"""

import sqlite3
import tempfile
from pathlib import Path

from archive.errors import ArchiveError
from archive.schema import BUSY_TIMEOUT_S, open_archive
from pipelines.index import rebuild_index
from publish.public_rows import MARK, redact_connection


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
