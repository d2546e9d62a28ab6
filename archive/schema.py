"""Opening archive.db: the migrations in archive/migrations/*.sql make its schema and keep it up to date, in order."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from archive.errors import ArchiveError
from archive.faults import fault_sentence

MIGRATION_SET = "hankearkisto"
# One writer at a time: another waits this long for its turn before it gives up.
BUSY_TIMEOUT_S = 30.0
# Ids of pages are digests: their rows and keys lie anywhere, and SQLite's own 2 MB would be read over and over.
CACHE_KIB = 32_768
# Of runs that write all over a large archive. It is taken as it is needed, so that a small archive takes none of it.
# Storing a page among 1,000,000 takes 1.58 times what it takes among 10,000 with 32 MB, 1.36 times with 128, 1.33 with
# 256 (measured beside other work; alone 1.29).
LARGE_CACHE_KIB = 262_144


def open_archive(path: Path | str, *, create: bool = False) -> Database:
    """Open an archive for reading and writing; with ``create`` a missing one is made.

    An archive of an older version is upgraded after a copy of it was put beside it. Raises ArchiveError for a missing
    file, one that is no archive, and one made by a newer version of this program.
    """
    path = Path(path)
    is_new = not path.exists()
    if is_new and not create:
        raise ArchiveError(f"no archive at {path}: make one with 'hankearkisto crawl' or 'hankearkisto ingest'")
    try:
        db = connect(path)
        _check(db, path)
        db.enable_wal()
        _upgrade(db, path)
    except sqlite3.Error as error:
        raise ArchiveError(f"{path} cannot be opened as an archive: {fault_sentence(error) or error}") from error
    return db


def connect(path: Path | str) -> Database:
    """A connection with the settings that every writer and reader of an archive shares.

    Foreign keys are enforced. An archive is in write-ahead mode (readers never wait for the writer) with
    synchronous=NORMAL: a power cut may cost the last transactions, whose captures are on the disk, and never corrupts.
    """
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
    db = Database(connection)
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    return db


def use_large_cache(db: Database) -> None:
    """Let a connection hold 256 MB of an archive: for writing all over it, with nothing else to keep in memory."""
    db.execute(f"PRAGMA cache_size = -{LARGE_CACHE_KIB}")


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """One write transaction: all of it is stored, or nothing.

    Raises ArchiveError if another writer does not yield, the disk is full, or the file cannot be written.
    """
    try:
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.conn.commit()
        except BaseException:
            db.conn.rollback()
            raise
    except sqlite3.Error as error:
        if sentence := fault_sentence(error):
            raise ArchiveError(sentence) from error
        raise


@cache
def migrations() -> Migrations:
    """The project's migrations in order; each name is the name of its file."""
    found = Migrations(MIGRATION_SET)
    folder = files("archive").joinpath("migrations")
    scripts = sorted(
        (entry.name, entry.read_text("utf-8")) for entry in folder.iterdir() if entry.name.endswith(".sql")
    )
    for name, script in scripts:
        found(name=name.removesuffix(".sql"))(_runner(script))
    return found


def schema_version() -> int:
    """The number of this program's newest migration; an archive holds its own in ``meta`` and ``user_version``."""
    return len(migrations().pending(Database(memory=True)))


def _runner(script: str) -> Callable[[Database], None]:
    def run(db: Database) -> None:
        # One statement at a time: executescript would commit the transaction that the migration runs in.
        for statement in _statements(script):
            db.conn.execute(statement)

    return run


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _check(db: Database, path: Path) -> None:
    applied = {migration.name for migration in migrations().applied(db)}
    tables = set(db.table_names())
    # Making an archive that was cut off before its first migration leaves the list of migrations, empty.
    if tables - {migrations().migrations_table} and not applied:
        raise ArchiveError(f"{path} is a database, but no archive of this program")
    known = applied | {migration.name for migration in migrations().pending(db)}
    own = {migration.name for migration in migrations().pending(Database(memory=True))}
    if known - own or _stored_version(db, tables) > schema_version():
        raise ArchiveError(f"{path} was made by a newer version of Hankearkisto: upgrade the program")


def _stored_version(db: Database, tables: set[str]) -> int:
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    if "meta" in tables:
        row = db.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
        if row and str(row[0]).isdecimal():
            version = max(version, int(row[0]))
    return version


def _upgrade(db: Database, path: Path) -> None:
    if not migrations().pending(db):
        return
    version = _stored_version(db, set(db.table_names()))
    if version:
        _copy(db, path.with_name(f"{path.name}.v{version}.bak"))
    migrations().apply(db)
    with transaction(db):
        db.execute(f"PRAGMA user_version = {schema_version()}")
        db.execute("INSERT OR REPLACE INTO meta VALUES ('schema_version', ?)", [str(schema_version())])


def _copy(db: Database, target: Path) -> None:
    copy = sqlite3.connect(target)
    try:
        db.conn.backup(copy)
    finally:
        copy.close()
