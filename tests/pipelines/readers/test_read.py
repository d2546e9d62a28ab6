"""What `read` makes of bytes of every kind."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.read import Link, read

PAGES = sorted((Path(__file__).parents[2] / "pages" / "html").glob("*.html"))
URL = "https://site.example/hanke"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
SHOW = "http://schemas.openxmlformats.org/presentationml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return buffer.getvalue()


def docx(body: str) -> bytes:
    xml = f'<w:document xmlns:w="{WORD}" xmlns:r="{RELATION}"><w:body>{body}</w:body></w:document>'
    rels = '<Relationships><Relationship Id="r1" Target="mailto:anna@site.example"/></Relationships>'
    return packed(**{"word/document.xml": xml, "word/_rels/document.xml.rels": rels})


def pdf(*pages: list[str]) -> bytes:
    """A PDF of one font; each line stands 14 points below the one before."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for lines in pages:
        stream = "BT /F1 10 Tf 14 TL 50 800 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        objects.append(f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\n"
    tail += f"startxref\n{len(body)}\n%%EOF"
    return (body + tail).encode("latin-1")


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


def test_docx_structure() -> None:
    style = '<w:pPr><w:pStyle w:val="Otsikko2"/></w:pPr>'
    item = "<w:pPr><w:numPr/></w:pPr>"
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    body = (
        f"<w:p>{style}<w:r><w:t>Rahoitus</w:t></w:r></w:p><w:p>{item}<w:r><w:t>OPH</w:t></w:r></w:p>"
        f"<w:tbl><w:tr>{cell.format('Kesto:')}{cell.format('2024-2025')}</w:tr></w:tbl>"
        '<w:p><w:hyperlink r:id="r1"><w:r><w:t>Anna</w:t></w:r></w:hyperlink></w:p>'
    )
    assert read(docx(body), None, URL).text == "## Rahoitus\n\n- OPH\n\nKesto: 2024-2025\n\nAnna <anna@site.example>"


def test_pptx_slides_in_the_order_of_the_show() -> None:
    shape = '<p:sp><p:ph type="title"/><a:p><a:t>{}</a:t></a:p></p:sp>'
    slide = f'<p:sld xmlns:p="{SHOW}" xmlns:a="{DRAWING}">{shape}</p:sld>'
    show = f'<p:p xmlns:p="{SHOW}" xmlns:r="{RELATION}"><p:sldId r:id="b"/><p:sldId r:id="a"/></p:p>'
    targets = [("a", "slides/slide1.xml"), ("b", "slides/slide2.xml")]
    relations = "".join(f'<Relationship Id="{i}" Target="{t}"/>' for i, t in targets)
    body = packed(
        **{
            "ppt/presentation.xml": show,
            "ppt/_rels/presentation.xml.rels": f"<R>{relations}</R>",
            "ppt/slides/slide1.xml": slide.format("Toinen"),
            "ppt/slides/slide2.xml": slide.format("Ensimmäinen"),
        }
    )
    assert read(body, None, URL).text == "## Ensimmäinen\n\n## Toinen"


def test_docx_bomb_and_entities_are_refused() -> None:
    assert read(docx("<w:p/>" + " " * 21_000_000), None, URL).state == "broken"
    bomb = f'<!DOCTYPE x [<!ENTITY a "boom">]><w:document xmlns:w="{WORD}"><w:t>&a;</w:t></w:document>'
    assert "boom" not in read(packed(**{"word/document.xml": bomb}), None, URL).text


def test_pdf_running_heads_and_page_numbers_go() -> None:
    names = ("Talous", "Tavoite", "Tulos", "Kumppanit")
    pages = [["Virasto 12/2024", f"{name} alkaa", "ja jatkuu", f"{n} (4)"] for n, name in enumerate(names, 1)]
    text = read(pdf(*pages), None, URL).text
    assert text.count("Virasto 12/2024") == 1
    assert "(4)" not in text
    assert all(f"{name} alkaa" in text for name in names)


def test_pdf_joins_hyphenated_lines() -> None:
    text = read(pdf(["Kehittamis-", "hanke alkaa", "1.1.2024"]), None, URL).text
    assert "Kehittamishanke alkaa" in text


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


def test_links_are_absolute_and_attachments_flagged() -> None:
    page = (
        b'<p><a href="/a.pdf?x=1">Ohje</a> <a rel="NEXT" href="?p=2#top">2</a> <a href="mailto:a@b.example">x</a></p>'
    )
    assert read(page, "text/html", "https://site.example/h/").links == (
        Link("https://site.example/a.pdf?x=1", "Ohje", "", attachment=True),
        Link("https://site.example/h/?p=2", "2", "next"),
    )


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
