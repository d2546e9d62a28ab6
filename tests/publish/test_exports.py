import csv
import io
import json
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.errors import ArchiveError
from publish.export_csv import TABLES, safe_cell
from publish.exports import export
from tests.conftest import Take
from tests.plain_rules import capture

PAGE = """kind: project
title: =Hanke; "yksi", kaksi
funder: Opetushallitus
partner: Yritys Oy
partner: Axxell
amount: 1200.5 grant
identifier: S12345
contact: Anna Esimerkki; ; anna@site.example; +358401234567
"""


@pytest.fixture
def archive(tmp_path: Path, db: Database, take: Take) -> Path:
    take(
        capture("http://b.example/", "kind: call\ntitle: Haku\ncloses: 2026-05-01\n"),
        capture("http://a.example/", PAGE),
        capture("http://c.example/", "", status=404),
    )
    return tmp_path / "archive.db"


def exported(name: str, archive: Path) -> str:
    out = io.StringIO(newline="")
    export(name, archive, None, out)
    return out.getvalue()


def test_records_are_one_object_a_line_by_id(archive: Path) -> None:
    lines = exported("records", archive).splitlines()
    records = [json.loads(line) for line in lines]
    assert [record["id"] for record in records] == sorted(record["id"] for record in records)
    assert {record["kind"] for record in records} == {"project", "call"}


def test_a_row_for_each_project_and_call(archive: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(exported("csv", archive), newline="")))
    assert [row["kind"] for row in rows] == ["call", "project"]
    (project,) = [row for row in rows if row["kind"] == "project"]
    assert project["title"] == '\'=Hanke; "yksi", kaksi'
    assert project["partners"] == "Axxell; Yritys Oy"
    assert (project["grant_eur"], project["identifiers"], project["urls"]) == ("1200.5", "S12345", "http://a.example/")
    assert "anna@site.example" not in exported("csv", archive)


@pytest.mark.parametrize(("bom", "first"), [(False, b"kind"), (True, b"\xef\xbb\xbfkind")])
def test_a_file_for_spreadsheets(archive: Path, tmp_path: Path, bom: bool, first: bytes) -> None:
    export("csv", archive, tmp_path / "out.csv", io.StringIO(), bom=bom)
    content = (tmp_path / "out.csv").read_bytes()
    assert content.startswith(first)
    assert content.count(b"\r\n") == 3


def test_a_folder_with_a_file_for_each_table(archive: Path, tmp_path: Path) -> None:
    export("csv", archive, tmp_path / "tables", io.StringIO())
    assert {path.name for path in (tmp_path / "tables").iterdir()} == {f"{table}.csv" for table in TABLES}
    (contact,) = csv.DictReader(io.StringIO((tmp_path / "tables" / "contacts.csv").read_text("utf-8"), newline=""))
    assert contact["phone"] == "'+358401234567"


def test_exports_are_the_same_each_time(archive: Path) -> None:
    assert exported("records", archive) == exported("records", archive)
    assert exported("csv", archive) == exported("csv", archive)


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+358", "'+358"),
        ("-x", "'-x"),
        ("@a", "'@a"),
        ("\ta", "'\ta"),
        ("a=b", "a=b"),
        ("", ""),
        (None, None),
        (-5.5, -5.5),
        (3.0, 3),
    ],
)
def test_no_cell_is_a_formula(cell: str | float | None, safe: str | float | None) -> None:
    assert safe_cell(cell) == safe


def test_what_cannot_be_written_is_one_line(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="nowhere"):
        export("records", archive, tmp_path / "nowhere" / "x.jsonl", io.StringIO())
    with pytest.raises(ArchiveError, match="no archive at"):
        export("records", tmp_path / "none.db", None, io.StringIO())
    assert list(tmp_path.glob("*.part")) == []
