"""PDF, DOCX and PPTX files."""

import pytest

from pipelines.read import read
from tests.pipelines.readers.documents import WORD, docx, packed, pdf, pptx

URL = "https://site.example/liite"
SHAPE = '<p:sp><p:ph type="{kind}"/>{paragraphs}</p:sp>'
PARAGRAPH = "<a:p><a:r><a:t>{}</a:t></a:r></a:p>"
RECTANGLE = " 0 0 1 rg 50 50 400 300 re f"


def shape(kind: str, *lines: str) -> str:
    return SHAPE.format(kind=kind, paragraphs="".join(PARAGRAPH.format(line) for line in lines))


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
    body = pptx(shape("title", "Ensimmäinen"), shape("title", "Toinen"))
    assert read(body, None, URL).text == "## Ensimmäinen\n\n## Toinen"


def test_pptx_text_and_tables() -> None:
    cells = "".join(
        f"<a:tc><a:txBody>{PARAGRAPH.format(text)}</a:txBody></a:tc>" for text in ("Hankeaika:", "2024–2026")
    )
    body = pptx(
        shape("ctrTitle", "Satama oppii")
        + shape("body", "Kumppanit", "Opisto")
        + f"<a:tbl><a:tr>{cells}</a:tr></a:tbl>"
    )
    assert read(body, None, URL).text == "## Satama oppii\n\nKumppanit\n\nOpisto\n\nHankeaika: 2024–2026"


def test_office_dates_are_hints() -> None:
    properties = "<t:created>2024-02-01T08:30:00Z</t:created><t:modified>2024-03-04T10:00:00Z</t:modified>"
    reading = read(pptx(shape("body", "Hei"), properties=properties), None, URL)
    assert (reading.published, reading.updated) == ("2024-02-01T08:30:00Z", "2024-03-04T10:00:00Z")
    assert reading.dates_origin == "document"


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


def test_pdf_of_pictures_is_scanned() -> None:
    reading = read(pdf([], [], drawing=RECTANGLE), None, URL)
    assert (reading.text, reading.state) == ("", "scanned")


def test_pdf_with_one_page_of_text_is_read() -> None:
    assert read(pdf(["Hanke alkaa"], [], drawing=RECTANGLE), None, URL).state == "ok"


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("D:20240115093000+02'00'", "2024-01-15T09:30:00+02:00"),
        ("D:20240115093000Z", "2024-01-15T09:30:00Z"),
        ("D:202401150930", "2024-01-15T09:30:00"),
        ("D:20240115", "2024-01-15"),
        ("20240115", "2024-01-15"),
        ("D:2024", None),
        ("D:20241315", None),
        ("tammikuu", None),
    ],
)
def test_pdf_dates_are_hints(written: str, iso: str | None) -> None:
    reading = read(pdf(["Hanke alkaa"], info=f"/CreationDate({written})"), None, URL)
    assert (reading.published, reading.dates_origin) == (iso, "document" if iso else None)


def test_files_beyond_the_bounds_are_marked_as_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = pdf(["Sivu yksi"], ["Sivu kaksi"])
    show = pptx(shape("title", "Yksi"), shape("title", "Kaksi"))
    assert not read(pages, None, URL).cut
    assert not read(show, None, URL).cut
    monkeypatch.setattr("pipelines.readers.pdf._MAX_PAGES", 1)
    monkeypatch.setattr("pipelines.readers.office._MAX_SLIDES", 1)
    assert (read(pages, None, URL).text, read(pages, None, URL).cut) == ("Sivu yksi", True)
    assert (read(show, None, URL).text, read(show, None, URL).cut) == ("## Yksi", True)
