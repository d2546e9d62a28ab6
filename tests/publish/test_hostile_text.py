"""Titles, names and quotes that are made to harm whoever reads them on: control characters, formulas, megabytes."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pytest
from lxml import etree

from pipelines.ingest import ingest
from publish.export_formats import FORMATS
from publish.exports import WRITERS, export
from publish.public import publish
from publish.site import Site
from tests.publish.conftest import client

NASTY = '=HYPERLINK("http://a.example")\x00\x01\x0b\x0c\x1b\x7f\u0085\u2028\u202e\ufffe<b>&amp;]]>'
PROJECT = """# {title}

Hankkeen nimi: {title}
Hankkeen toteutusaika: 1.1.2024–31.12.2026
Rahoittaja: Opetushallitus
Kokonaisbudjetti: 100 000 euroa
Toteuttaja: {name} Oy, Tampereen kaupunki

Hankkeessa kehitetään maaseudun yritysten osaamista yhdessä oppilaitosten kanssa. {filler}
"""
CALL = """# Avustus {title}

Opetushallitus julistaa haettavaksi avustuksen. Hakuaika: 1.1.2026–31.3.2099 klo 16.15.
Määräraha: 1 000 000 euroa. Rahoittaja: Opetushallitus. {filler}
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    pages = folder / "pages"
    pages.mkdir()
    for number, mark in enumerate((NASTY, "+1+cmd|' /C calc'!A0", "-2", "@SUM(1)", "\tx", "Pitkä " + "x" * 1_000_000)):
        texts = {"title": f"{mark} hanke {number}", "name": f"{mark[:60]} Paha", "filler": mark * (1 + number % 2)}
        (pages / f"hanke-{number}.txt").write_text(PROJECT.format(**texts), "utf-8")
        (pages / f"haku-{number}.txt").write_text(CALL.format(**texts), "utf-8")
    ingest([pages], db_path=folder / "a.db", captures=folder / "captures")
    return folder


def _exported(hostile: Path, name: str, tmp_path: Path) -> bytes:
    target = tmp_path / f"out.{name}"
    export(name, hostile / "a.db", target, io.StringIO(), captures=hostile / "captures")
    return target.read_bytes()


def _check(name: str, body: bytes) -> None:
    """Another program of its kind can read it, and no cell of it is a formula."""
    if name in ("atom", "graphml"):
        etree.fromstring(body, etree.XMLParser(huge_tree=True))
    elif name == "records":
        for line in body.decode().splitlines():
            json.loads(line)
    elif name in ("360giving", "jsonfeed", "jsonld", "dcat"):
        json.loads(body)
    elif name == "csv":
        for row in csv.reader(io.StringIO(body.decode("utf-8-sig"))):
            assert not any(re.match(r"[=+@-](?!\d)|[\t\r]", cell) for cell in row), row
    elif name == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(body))
        assert [
            cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
        ] == []
    elif name == "ics":
        icalendar.Calendar.from_ical(body)
    elif body.startswith(b"PK"):
        assert zipfile.ZipFile(io.BytesIO(body)).testzip() is None


@pytest.mark.parametrize("name", sorted({*WRITERS, *FORMATS}))
def test_every_export_can_be_read(hostile: Path, name: str, tmp_path: Path) -> None:
    body = _exported(hostile, name, tmp_path)
    assert body
    _check(name, body)


def test_pages_and_feeds(hostile: Path, loop: Any) -> None:
    get = client(Site(hostile / "a.db"), loop)
    ids = [row["id"] for row in get("/archive/projects.json?_shape=array&_size=50").json()]
    assert ids
    paths = [
        "/fi",
        "/sv/search?q=hanke",
        "/en/organisations",
        "/fi/calls",
        "/fi/changes",
        "/fi/network",
        "/archive/projects",
    ]
    for path in (*paths, *(f"/fi/projects/{key}" for key in ids)):
        response = get(path)
        assert response.status_code == 200, path
        assert len(response.content) < 3_000_000, path
        assert "\x00" not in response.text
    for path in ("/fi/search.atom?q=hanke", "/fi/calls.atom"):
        response = get(path)
        if response.status_code == 200:
            etree.fromstring(response.content, etree.XMLParser(huge_tree=True))


@pytest.mark.parametrize(
    "query",
    [
        '"', "'", "NEAR(", "a AND", "OR OR OR", "*", "^", "a:b:c", "-", "title:", "(((", "{x}", "a\x00b", "\u202e", "%", "'; DROP TABLE pages; --",
        '" UNION SELECT 1 --', "a" * 100_000, "a " * 50_000, '"a' * 2_000, "\ud7ff\U0010ffff", "search_index MATCH 'x'", "rank:1",
    ],
)  # fmt: skip
def test_search_takes_any_question(hostile: Path, loop: Any, query: str) -> None:
    get = client(Site(hostile / "a.db"), loop)
    assert get("/fi/search", params={"q": query[:8_000]}).status_code == 200


def test_the_public_copy_of_it(hostile: Path, tmp_path: Path) -> None:
    publish(hostile / "a.db", tmp_path / "public.db")
    assert (tmp_path / "public.db").stat().st_size > 0
