"""Backup: a copy of the archive made while it is read and written, checked before it gets its name."""

import sqlite3
from contextlib import closing
from pathlib import Path

from archive.errors import ArchiveError
from archive.schema import open_archive


def backup(db_path: Path, target: Path) -> int:
    """Write a checked copy of an archive; returns its size in bytes.

    Captures are files that are never changed once they are full: they are copied by any tool. Raises ArchiveError for a
    missing archive, a file that is there already, one that cannot be written, and a copy that is not sound.
    """
    if target.exists():
        raise ArchiveError(f"{target} is there already; it is left alone")
    db = open_archive(db_path)
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        db.conn.execute("VACUUM INTO ?", [str(part)])
        fault = fault_of(part)
        if fault:
            raise ArchiveError(f"the copy of {db_path} is not sound: {fault}")
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise ArchiveError(f"{target} cannot be written: {error}") from error
    finally:
        part.unlink(missing_ok=True)
        db.conn.close()
    return target.stat().st_size


def fault_of(path: Path) -> str | None:
    """The first thing that SQLite's own checks find wrong with a database; None for a sound one."""
    return damage_of(path) or _broken_link(path)


def damage_of(path: Path) -> str | None:
    """What makes a database's file unusable, as SQLite says it; None for a file that is whole."""
    with closing(_opened(path)) as connection:
        try:
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            return str(error)
    return None if found == "ok" else " ".join(str(found).split())


def _broken_link(path: Path) -> str | None:
    with closing(_opened(path)) as connection:
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    return f"a row of {broken[0]} points to a missing row of {broken[2]}" if broken else None


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
