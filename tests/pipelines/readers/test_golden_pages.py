"""Golden pages: HTML in, archived text out. What the pages mark ``data-furniture`` must be out, all else in."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from lxml import etree

from normalise.text.document import Document, LineKind
from pipelines.read import read
from pipelines.readers.charset import decode_html
from pipelines.readers.lines import clean
from pipelines.readers.tree import parse

PAGES = sorted((Path(__file__).parents[2] / "pages" / "html").glob("*.html"))
EXPECTATIONS = sorted((Path(__file__).parents[2] / "pages" / "html").glob("*.yml"))
URL = "https://site.example/hanke"


def text_of(page: Path) -> str:
    return read(page.read_bytes(), "text/html", URL).text


def pieces(page: Path, *, furniture: bool) -> Iterator[str]:
    root = parse(decode_html(page.read_bytes(), None))
    assert root is not None
    for element in root.iter():
        inside = any("data-furniture" in e.attrib for e in [element, *element.iterancestors()])
        hidden = element.tag in ("script", "style", "title")
        after = any("data-furniture" in e.attrib for e in element.iterancestors())
        for piece, marked in ((element.text, inside), (element.tail, after)):
            line = clean(piece or "")
            if len(line) > 3 and marked == furniture and not hidden and "email protected" not in line:
                yield line


@pytest.fixture(params=PAGES, ids=lambda page: page.stem)
def page(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_archived_text(page: Path) -> None:
    assert text_of(page) == page.with_suffix(".txt").read_text("utf-8").rstrip("\n")


def test_everything_the_page_says_is_kept(page: Path) -> None:
    text = " ".join(text_of(page).split())
    assert [piece for piece in pieces(page, furniture=False) if piece not in text] == []


def test_no_furniture_is_kept(page: Path) -> None:
    lines = {line.text for line in Document(text_of(page)).lines}
    whole = " ".join(lines)
    kept = [p for p in pieces(page, furniture=True) if p in lines or (len(p) > 30 and p in whole)]
    assert kept == []


@pytest.mark.parametrize("expected", EXPECTATIONS, ids=lambda path: path.stem)
def test_expectations_read_off_the_page(expected: Path) -> None:
    lists = yaml.safe_load(expected.read_text("utf-8"))
    text = " ".join(text_of(expected.with_suffix(".html")).split())
    assert [fact for fact in lists["must"] if fact not in text] == []
    assert [piece for piece in lists["must_not"] if piece in text] == []


def test_addresses_stand_in_the_text_once(page: Path) -> None:
    addresses = re.findall(r"[\w.+-]+@[\w.-]+\.example", text_of(page))
    assert len(addresses) == len(set(addresses))


def test_change_of_furniture_changes_nothing(page: Path) -> None:
    root = parse(decode_html(page.read_bytes(), None))
    assert root is not None
    for element in root.iter("ul", "nav", "footer"):
        if any("data-furniture" in e.attrib for e in [element, *element.iterancestors()]):
            item = etree.SubElement(element, "li" if element.tag == "ul" else "span")
            etree.SubElement(item, "a", href="/uusi").text = "Uusi nosto 1.1.2031"
    changed = etree.tostring(root, method="html", encoding="utf-8")
    plain = etree.tostring(parse(decode_html(page.read_bytes(), None)), method="html", encoding="utf-8")
    assert read(changed, "text/html; charset=utf-8", URL).text == read(plain, "text/html; charset=utf-8", URL).text


def test_lines_are_clean(page: Path) -> None:
    text = text_of(page)
    assert "\n\n\n" not in text
    assert not re.search(r"[ \t]$|[\u00ad\u200b\ufeff\u00a0]|\S  +\S", text, re.MULTILINE)


def test_document_sees_the_heading() -> None:
    lines = Document(text_of(next(p for p in PAGES if p.stem == "drupal-fields-fi"))).lines
    assert (lines[0].kind, lines[0].text) == (LineKind.HEADING, "Vihreä kädenjälki ammatillisessa koulutuksessa")
