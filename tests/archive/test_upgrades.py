"""Archives of every schema so far, kept as files: each is upgraded to today's, with its rows, and goes on working."""

import gzip
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.backup import fault_of
from archive.schema import open_archive, schema_version
from archive.search.asking import search
from pipelines.flow import Flow
from tests.keep_schema import ARCHIVES, TEXT
from tests.plain_rules import capture, plain_extract, plain_read

VERSIONS = range(1, schema_version() + 1)


@pytest.fixture
def old(tmp_path: Path, version: int) -> Path:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress((ARCHIVES / f"v{version}.db.gz").read_bytes()))
    return path


def test_every_schema_is_kept() -> None:
    kept = {path.name for path in ARCHIVES.glob("*.gz")}
    assert kept == {f"v{version}.db.gz" for version in VERSIONS}, "run python -m tests.keep_schema"


@pytest.mark.parametrize("version", VERSIONS)
def test_an_upgrade_keeps_the_rows(old: Path, version: int, db: Database) -> None:
    upgraded = open_archive(old)
    assert upgraded.execute("SELECT title, text FROM page_versions").fetchall() == [("Valo-hanke", TEXT)]
    assert upgraded.execute("SELECT value, substr(quote, 1, 4) FROM facts").fetchall() == [("2025", "2025")]
    assert upgraded.execute("SELECT url FROM visits").fetchall() == [("https://a.example/hanke",)]
    assert _schema(upgraded) == _schema(db)
    upgraded.close()
    assert fault_of(old) is None
    copies = list(old.parent.glob("old.db.v*.bak"))
    assert [path.name for path in copies] == ([f"old.db.v{version}.bak"] if version < schema_version() else [])
    assert all(fault_of(path) is None for path in copies)


def _schema(db: Database) -> list[tuple[str, ...]]:
    """Tables, indexes, triggers and views as they were made."""
    return db.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()


@pytest.mark.parametrize("version", [14])
def test_an_upgrade_keeps_links(old: Path) -> None:
    """Migration 0015 makes the tables of links anew."""
    rows = {
        "organisation_names": ("a", "Omnian koulu", "page", 3, "named", "2020", None),
        **{f"{thing}_pages": ("a", "0123456789ab", 0.5, "same title") for thing in ("project", "call", "award")},
    }
    connection = sqlite3.connect(old)
    connection.execute(
        "INSERT INTO organisations (id, name, type, first_seen, last_seen) VALUES ('a', 'Omnia', 'other', '2026', '2026')"
    )
    for table in ("projects", "calls", "awards"):
        columns = "(id, title, first_seen, last_seen)"
        connection.execute(f"INSERT INTO {table} {columns} VALUES ('a', 'Valo', '2026', '2026')")  # noqa: S608 - constants
    for table, row in rows.items():
        connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608 - constants
    connection.commit()
    connection.close()
    upgraded = open_archive(old)
    assert {table: upgraded.execute(f"SELECT * FROM {table}").fetchall() for table in rows} == {  # noqa: S608 - constants
        table: [row] for table, row in rows.items()
    }


@pytest.mark.parametrize("version", VERSIONS)
def test_an_upgraded_archive_goes_on(old: Path, version: int) -> None:
    flow = Flow(open_archive(old), read=plain_read, extract=plain_extract)
    flow.take(capture("http://b.example/", "kind: project\ntitle: Uusi hanke\n"))
    flow.finish()
    flow.db.close()
    connection = sqlite3.connect(old)
    assert {hit.title for hit in search(connection, "hanke").hits} >= {"Valo-hanke", "Uusi hanke"}
    connection.close()
    assert fault_of(old) is None
