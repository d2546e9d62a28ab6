import io
import sqlite3
from pathlib import Path

import pytest

from archive.backup import backup
from archive.captures import capture_files
from archive.errors import ArchiveError
from archive.schema import open_archive
from pipelines.ingest import ingest
from pipelines.verify import verify

PAGE = """<html lang="fi"><head><title>Valo-hanke</title></head><body><main><h1>Valo-hanke</h1>
<p>Hankkeessa kehitetään maaseudun yritysten osaamista yhdessä oppilaitosten kanssa.</p>
<dl><dt>Toteutusaika</dt><dd>1.1.2025–31.12.2026</dd><dt>Rahoittaja</dt><dd>Opetushallitus</dd></dl></main></body></html>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "valo.html").write_text(PAGE, "utf-8")
    ingest([tmp_path / "valo.html"], db_path=tmp_path / "a.db", captures=tmp_path / "captures")
    return tmp_path


def findings(folder: Path) -> list[str]:
    out = io.StringIO()
    number = verify(folder / "a.db", folder / "captures", out)
    lines = out.getvalue().splitlines()
    assert len(lines) == number + 1
    return lines[:-1]


def test_a_sound_archive_has_no_findings(folder: Path) -> None:
    assert findings(folder) == []


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("UPDATE facts SET quote = 'x' WHERE field = 'start'", "evidence: fact"),
        ("UPDATE facts SET start = start + 1, end = end + 1 WHERE field = 'end'", "evidence: fact"),
        ("INSERT INTO refusals VALUES (9, 1, 'end', 'x', 5, 5000, 'r')", "evidence: refusal 9 stands outside"),
        ("UPDATE page_versions SET text_digest = 'x'", "text: page version 1 is not what"),
        ("UPDATE search_documents SET text_check = 0 WHERE type = 'page'", "is indexed with another text"),
        ("UPDATE search_documents SET key = 'x' WHERE type = 'project'", "index: project x is found and is not there"),
        ("UPDATE captures SET warc_offset = 7", "captures: "),
        ("UPDATE captures SET warc_file = 'gone.warc.gz'", "no such file"),
        ("UPDATE facts SET organisation_id = 'nobody'", "a row of facts points to a missing row of organisations"),
        ("INSERT INTO erasures (kind, value) VALUES ('email', 'a@b.example')", "forgotten: 1 orders (email)"),
    ],
)
def test_what_does_not_hold_is_named(folder: Path, sql: str, found: str) -> None:
    db = sqlite3.connect(folder / "a.db")
    db.execute(sql)
    db.commit()
    db.close()
    lines = findings(folder)
    assert any(found in line for line in lines), lines


def test_a_changed_capture_is_found(folder: Path) -> None:
    (path,) = capture_files(folder / "captures")
    import gzip

    body = gzip.decompress(path.read_bytes()).replace(b"yritysten", b"yritysteN")
    path.write_bytes(b"".join(gzip.compress(part) for part in _records(body)))
    assert any(line.startswith("captures: ") for line in findings(folder))


def _records(body: bytes) -> list[bytes]:
    return [b"WARC/1.1" + part for part in body.split(b"WARC/1.1")[1:]]


def test_a_damaged_database_is_one_finding(folder: Path) -> None:
    path = folder / "a.db"
    body = bytearray(path.read_bytes())
    body[8192:40960] = b"\x55" * (40960 - 8192)
    path.write_bytes(bytes(body))
    lines = findings(folder)
    assert len(lines) == 1
    assert lines[0].startswith("database: ")
    assert "restore a backup" in lines[0]


def test_a_backup_is_the_same_archive(folder: Path) -> None:
    writer = open_archive(folder / "a.db")
    writer.conn.execute("BEGIN")
    writer.execute("SELECT * FROM pages").fetchall()
    assert backup(folder / "a.db", folder / "copy.db") == (folder / "copy.db").stat().st_size
    writer.conn.rollback()
    old, new = open_archive(folder / "a.db"), open_archive(folder / "copy.db")
    for table in ("pages", "page_versions", "facts", "projects", "captures", "search_documents"):
        assert list(old[table].rows) == list(new[table].rows)
    assert verify(folder / "copy.db", folder / "captures", io.StringIO()) == 0


def test_a_backup_overwrites_nothing(folder: Path) -> None:
    (folder / "copy.db").write_text("mine")
    with pytest.raises(ArchiveError, match="there already"):
        backup(folder / "a.db", folder / "copy.db")
    with pytest.raises(ArchiveError, match="cannot be written"):
        backup(folder / "a.db", folder / "no" / "copy.db")
    assert sorted(path.name for path in folder.glob("*.part")) == []


def test_a_backup_of_a_damaged_archive_is_refused(folder: Path) -> None:
    db = sqlite3.connect(folder / "a.db")
    db.execute("UPDATE facts SET organisation_id = 'nobody'")
    db.commit()
    db.close()
    with pytest.raises(ArchiveError, match="is not sound"):
        backup(folder / "a.db", folder / "copy.db")
    assert not (folder / "copy.db").exists()
