import sqlite3
import threading
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive import schema
from archive.errors import ArchiveError
from archive.schema import migrations, open_archive, schema_version, transaction


def test_a_new_archive_has_the_whole_schema(db: Database) -> None:
    assert migrations().pending(db) == []
    assert db.execute("PRAGMA user_version").fetchone() == (schema_version(),)
    assert db.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone() == (str(schema_version()),)


def test_settings_of_a_connection(db: Database) -> None:
    names = ("journal_mode", "foreign_keys", "busy_timeout")
    read = {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in names}
    assert read == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30_000}


def test_every_foreign_key_has_an_index(db: Database) -> None:
    missing = []
    for table in db.tables:
        led = {index.columns[0] for index in table.indexes} | {table.pks[0]}
        missing += [(table.name, key.column) for key in table.foreign_keys if key.column not in led]
    # Facts are read by their version; an index by page would take a fifth of their space.
    assert missing == [("runs", "source_id"), ("facts", "page_id")]


def test_opening_again_changes_nothing(tmp_path: Path, db: Database) -> None:
    before = db.schema
    assert open_archive(tmp_path / "archive.db").schema == before
    assert [path.name for path in tmp_path.glob("*.bak")] == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE meta SET value = '999' WHERE key = 'schema_version'",
        "PRAGMA user_version = 999",
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('hankearkisto', '0999_later', '')",
    ],
)
def test_a_newer_archive_is_refused(tmp_path: Path, db: Database, change: str) -> None:
    db.execute(change)
    with pytest.raises(ArchiveError, match="newer version"):
        open_archive(tmp_path / "archive.db")


def test_an_older_archive_is_copied_and_upgraded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.db"
    first = migrations().pending(Database(memory=True))[0].name
    with sqlite3.connect(path) as connection:
        old = Database(connection)
        later = [migration.name for migration in migrations().pending(old)][1:] or ["none"]
        migrations().apply(old, stop_before=later)
        old.execute("PRAGMA user_version = 1")
        old.execute("INSERT INTO meta VALUES ('schema_version', '1'), ('mark', 'kept')")
    connection.close()
    monkeypatch.setattr(schema, "migrations", _with_one_more())
    upgraded = open_archive(path)
    assert upgraded.execute("SELECT value FROM meta WHERE key = 'mark'").fetchone() == ("kept",)
    assert "later_table" in upgraded.table_names()
    copy = Database(path.with_name("old.db.v1.bak"))
    assert [migration.name for migration in migrations().applied(copy)] == [first]
    assert "later_table" not in copy.table_names()
    copy.conn.close()


def _with_one_more():  # type: ignore[no-untyped-def]  # stands in for a cached function
    more = schema.Migrations(schema.MIGRATION_SET)
    for migration in migrations().pending(Database(memory=True)):
        more(name=migration.name)(migration.fn)
    more(name="9999_later")(lambda db: db.conn.execute("CREATE TABLE later_table (id INTEGER)") and None)
    return lambda: more


@pytest.mark.parametrize("content", [b"x" * 5000, b"SQLite format 3\0" + b"x" * 5000])
def test_what_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.db").write_bytes(content)
    with pytest.raises(ArchiveError, match=r"x\.db cannot be opened"):
        open_archive(tmp_path / "x.db")


def test_a_database_of_others_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="no archive of this program"):
        open_archive(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("create", [False, True])
def test_a_missing_archive_or_folder_is_one_line(tmp_path: Path, create: bool) -> None:
    with pytest.raises(ArchiveError, match=r"archive\.db"):
        open_archive(tmp_path / "nowhere" / "archive.db", create=create)


def test_a_transaction_is_all_or_nothing(db: Database) -> None:
    def fail() -> None:
        with transaction(db):
            db.execute("INSERT INTO meta VALUES ('a', '1')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with transaction(db):
        db.execute("INSERT INTO meta VALUES ('b', '1')")
    assert db.execute("SELECT key FROM meta WHERE key IN ('a', 'b')").fetchall() == [("b",)]


def test_a_second_writer_waits_and_then_gives_up_in_one_line(tmp_path: Path, db: Database) -> None:
    other = open_archive(tmp_path / "archive.db")
    other.execute("PRAGMA busy_timeout = 50")
    with transaction(db), pytest.raises(ArchiveError, match="busy"), transaction(other):
        pass
    with transaction(other):
        other.execute("INSERT INTO meta VALUES ('late', '1')")


def test_readers_never_wait_for_the_writer(tmp_path: Path, db: Database) -> None:
    seen: list[int] = []
    with transaction(db):
        db.execute("INSERT INTO meta VALUES ('x', '1')")
        reader = threading.Thread(
            target=lambda: seen.extend(
                open_archive(tmp_path / "archive.db").execute("SELECT count(*) FROM meta WHERE key = 'x'").fetchone()
            )
        )
        reader.start()
        reader.join(5)
    assert seen == [0]


@pytest.mark.parametrize(
    ("table", "change"), [("facts", "INSERT INTO facts DEFAULT VALUES"), ("pages", "UPDATE pages SET title = ''")]
)
def test_waiting_for_the_index_makes_no_tables(db: Database, table: str, change: str) -> None:
    """A list of ``IN`` in a trigger, or in a CHECK of what it writes, is made into a table for every row that is stored."""
    steps = [(row[1], str(row[5])) for row in db.execute(f"EXPLAIN {change}").fetchall()]
    first = next(at for at, (step, said) in enumerate(steps) if step == "Init" and "TRIGGER index_" in said)
    assert [step for step, _ in steps[first:] if step == "OpenEphemeral"] == [], table


def test_what_waits_goes_on_waiting(tmp_path: Path) -> None:
    """Migration 0019 makes the queue of the index anew."""
    db = Database(tmp_path / "old.db")
    migrations().apply(db, stop_before="0019_cheaper_queue")
    waiting = [("call", "a", 1), ("page", "b", 7)]
    db.conn.executemany("INSERT INTO index_queue VALUES (?, ?, ?)", waiting)
    migrations().apply(db)
    assert db.execute("SELECT * FROM index_queue").fetchall() == waiting
