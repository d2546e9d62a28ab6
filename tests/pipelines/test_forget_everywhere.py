"""What was forgotten is nowhere: not in a table, the index, an export, a backup, a capture, the public copy, nor after a rebuild."""

import gzip
import io
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.backup import backup
from archive.search.asking import search
from pipelines.forget import forget
from pipelines.ingest import ingest
from pipelines.rebuild import rebuild
from publish.export_formats import FORMATS
from publish.exports import WRITERS, export
from publish.public import publish

PAGE = """<html lang="fi"><head><title>{title}</title></head><body><main><h1>{title}</h1>
<p>Hankkeessa kehitetään maaseudun yritysten osaamista. Hanketta vetää Anna Esimerkki, kysy Anna Esimerkiltä.</p>
<dl><dt>Toteutusaika</dt><dd>1.1.2025–31.12.2026</dd><dt>Rahoittaja</dt><dd>Opetushallitus</dd></dl>
<h2>Yhteystiedot</h2><p>Anna Esimerkki, projektipäällikkö, <a href="mailto:anna.esimerkki@opisto.example">anna.esimerkki@opisto.example</a>,
p.&nbsp;040 123 4567</p><p>Berit Exempel, koordinator, berit.exempel@opisto.example, 050 765 4321</p></main></body></html>"""
ANNA = ("anna esimerk", "anna.esimerkki", "esimerkilt", "040 123 4567", "401234567")
BERIT = "berit exempel"


@pytest.fixture(scope="module")
def forgotten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three pages that name Anna, one of them in two versions and under a title that does; then she is forgotten."""
    folder = tmp_path_factory.mktemp("forgotten")
    (folder / "pages").mkdir()
    for title in ("Valo-hanke", "Anna Esimerkki johtaa hanketta", "Sähkö-hanke"):
        (folder / "pages" / f"{len(title)}.html").write_text(PAGE.format(title=title), "utf-8")
    place = {"db_path": folder / "a.db", "captures": folder / "captures"}
    ingest([folder / "pages"], **place)
    (folder / "pages" / "10.html").write_text(
        PAGE.format(title="Valo-hanke").replace("31.12.2026", "30.6.2027"), "utf-8"
    )
    ingest([folder / "pages"], **place)
    assert _traces(_database(folder / "a.db"))
    forget("person", "Anna Esimerkki", folder / "a.db", folder / "captures", io.StringIO())
    return folder


def _traces(texts: Iterator[str]) -> list[str]:
    return sorted({value for text in texts for value in ANNA if value in text.casefold()})


def _database(path: Path) -> Iterator[str]:
    """Every value of every table that can be read, the words of the full-text indexes, and the bytes of the file."""
    connection = sqlite3.connect(path)
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
    ).fetchall():
        yield from (str(value) for row in connection.execute(f"SELECT * FROM [{name}]") for value in row)  # noqa: S608 - names of the schema
    connection.close()
    yield path.read_bytes().decode("utf-8", "ignore")


def _unpacked(body: bytes) -> Iterator[str]:
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            for name in package.namelist():
                yield from _unpacked(package.read(name))
    elif body.startswith(b"\x1f\x8b"):
        yield gzip.decompress(body).decode("utf-8", "ignore")
    else:
        yield body.decode("utf-8", "ignore")


def test_the_database_and_its_backup(forgotten: Path, tmp_path: Path) -> None:
    assert _traces(_database(forgotten / "a.db")) == []
    backup(forgotten / "a.db", tmp_path / "b.db")
    assert _traces(_database(tmp_path / "b.db")) == []
    assert any(BERIT in text.casefold() for text in _database(tmp_path / "b.db"))


def test_the_index(forgotten: Path) -> None:
    connection = sqlite3.connect(forgotten / "a.db")
    for question in ("anna", "esimerkki", '"anna esimerkki"', "4567"):
        assert not search(connection, question, limit=5).hits, question
    assert search(connection, "berit", limit=5).hits
    connection.close()


def test_the_captures(forgotten: Path) -> None:
    files = [path for path in (forgotten / "captures").iterdir() if path.is_file()]
    assert files
    assert _traces(text for path in files for text in _unpacked(path.read_bytes())) == []


@pytest.mark.parametrize("name", sorted({*WRITERS, *FORMATS}))
def test_every_export(forgotten: Path, name: str, tmp_path: Path) -> None:
    export(name, forgotten / "a.db", tmp_path / "out", io.StringIO(), captures=forgotten / "captures")
    files = [path for path in [tmp_path / "out", *tmp_path.rglob("*")] if path.is_file()]
    assert files
    assert _traces(text for path in files for text in _unpacked(path.read_bytes())) == []


def test_the_public_copy(forgotten: Path, tmp_path: Path) -> None:
    publish(forgotten / "a.db", tmp_path / "public.db")
    assert _traces(_database(tmp_path / "public.db")) == []


def test_a_rebuild_and_another_ingest_of_the_same_pages(forgotten: Path, tmp_path: Path) -> None:
    rebuild(forgotten / "a.db", forgotten / "captures", workers=1, out=io.StringIO())
    assert _traces(_database(forgotten / "a.db")) == []
    ingest([forgotten / "pages"], db_path=forgotten / "a.db", captures=forgotten / "captures")
    assert _traces(_database(forgotten / "a.db")) == []
