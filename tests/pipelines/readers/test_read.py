"""What `read` makes of bytes of every kind."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.read import read
from tests.pipelines.readers.documents import docx, pdf

PAGES = sorted((Path(__file__).parents[2] / "pages" / "html").glob("*.html"))
URL = "https://site.example/hanke"


@pytest.mark.parametrize(
    ("body", "content_type", "kind", "state"),
    [
        (b"<p>Hei</p>", "text/html", "html", "ok"),
        ("<p>Hei ä</p>".encode("utf-16"), "text/html", "html", "ok"),
        (b"<html><body></body></html>", None, "html", "empty"),
        (b"Hanke <alkaa> 1.1.2024", "text/plain", "text", "ok"),
        (b"", None, "text", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png", "unsupported", "unsupported"),
        (b"PK\x03\x04rubbish", None, "unsupported", "unsupported"),
        (b"%PDF-1.7 rubbish", "application/pdf", "pdf", "broken"),
        (pdf(["Hanke alkaa"]), "text/html", "pdf", "ok"),
        (pdf([]), None, "pdf", "empty"),
        (docx("<w:p><w:r><w:t>Hei</w:t></w:r></w:p>"), None, "docx", "ok"),
        (docx("<w:p>")[:-30], None, "unsupported", "unsupported"),
        (docx("<w:p>"), None, "docx", "broken"),
    ],
)
def test_format_and_state(body: bytes, content_type: str | None, kind: str, state: str) -> None:
    reading = read(body, content_type, URL)
    assert (reading.format, reading.state) == (kind, state)


def test_attachment_address_with_html_is_missing() -> None:
    assert read(b"<html><p>Sivua ei ole</p>", "text/html", "https://site.example/a.pdf").state == "missing"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "iso-8859-15"])
def test_plain_text_is_untouched(encoding: str) -> None:
    text = "Avustus  5 000 €\r\n\r\nÅbo\u00a0– hanke\n" if encoding != "iso-8859-15" else "Avustus 5 000 €\r\nÅbo\n"
    assert read(text.encode(encoding), "text/plain", "file:///a.txt").text == text


def test_markup_hints() -> None:
    page = next(p for p in PAGES if p.stem == "drupal-fields-fi")
    reading = read(page.read_bytes(), None, "https://opisto.example/x")
    assert reading.published == "2023-02-14T09:30:00+02:00"
    assert reading.updated == "2024-05-02T12:00:00+03:00"
    assert reading.dates_origin == "meta article:published_time"
    assert reading.canonical == "https://opisto.example/hankkeet/vihrea-kadenjalki"
    assert reading.alternates == (("sv", "https://opisto.example/sv/projekt/gront-handavtryck"),)
    assert reading.html_lang == "fi"
    assert not reading.reserved


def test_reservation_of_text_mining() -> None:
    page = next(p for p in PAGES if p.stem == "aside-facts-sv")
    assert read(page.read_bytes(), None, URL).reserved


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ('href="/a.pdf?x=1"', "https://site.example/a.pdf?x=1"),
        ('rel="NEXT" href="?p=2#top"', "https://site.example/h/?p=2"),
        ('rel="noopener" href=" //muu.example "', "https://muu.example"),
        ('href="mailto:a@b.example"', None),
        ('href="#top"', None),
        ('href=""', None),
        ('rel="noopener NoFollow" href="/b"', None),
    ],
)
def test_links_that_lead_on_are_absolute(link: str, address: str | None) -> None:
    page = f'<p><a {link}>Ohje</a> <a href="/z">Z</a> <a href="/z#a">Z</a> <a {link}>Ohje</a></p>'
    found = read(page.encode(), "text/html", "https://site.example/h/").links
    assert found == (*filter(None, [address]), "https://site.example/z")


def test_a_list_of_pages_keeps_its_links() -> None:
    items = "".join(f'<li><a href="/h/{n}">Hanke numero {n}</a></li>' for n in range(4))
    page = f"<nav><a href='/'>Etusivu</a></nav><div><h1>Hankkeet</h1><ul>{items}</ul></div><footer>Vaihde</footer>"
    assert read(page.encode(), "text/html", URL).text.splitlines()[2:] == [f"- Hanke numero {n}" for n in range(4)]


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 10_000 + b"hei " * 20 + b"</div>" * 10_000 + b"<p>loppu</p>",
        b"<ul><li>x" * 9_000,
        b"<table><tr><td>x" * 5_000,
        b"<p " + b"a=b " * 200_000 + b">x</p>",
        b"<a href='http://[x'>x</a><p>&#0;&#xD800;&#x110000;</p>",
    ],
)
def test_hostile_pages_are_read(body: bytes) -> None:
    assert read(b"<html><body>" + body, "text/html", URL).format == "html"


@given(st.sampled_from(PAGES), st.data())
@settings(max_examples=60, deadline=None)
def test_mutated_pages_are_read_and_read_alike(page: Path, data: st.DataObject) -> None:
    body = bytearray(page.read_bytes())
    for at in data.draw(st.lists(st.integers(0, len(body) - 1), max_size=30)):
        body[at] = data.draw(st.integers(0, 255))
    cut = bytes(body[: data.draw(st.integers(0, len(body)))])
    first = read(cut, "text/html", URL)
    assert first == read(cut, "text/html", URL)
    assert first.text == first.text.strip("\n")


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read(body: bytes) -> None:
    assert read(body, None, URL).state in ("ok", "empty", "unsupported", "broken")
