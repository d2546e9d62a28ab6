"""Where fuzzing begins: pieces of the golden pages, small files of every format, and the words of the vocabulary."""

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from archive.capture import Capture
from archive.captures import CaptureWriter, capture_files
from normalise.words import vocabulary

TESTS = Path(__file__).parents[1]
_PIECE = 1_500
# Words that rules look for; lists of names would crowd them out.
_VOCABULARIES = (
    *("amounts", "contacts", "dates", "emails", "identifiers", "kinds", "labels", "legal_forms", "money", "months"),
    *("parties", "periods", "persons", "phones", "publication", "roles", "titles", "search_terms"),
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TEXT_TARGETS = frozenset(
    {"dates", "money", "details", "names", "structure", "tongues", "kinds", "records", "withholding"}
)
_FIELD_TARGETS = frozenset({"titles", "periods", "publication", "parties", "contacts", "amounts", "identifiers"})


def seeds(target: str) -> Iterator[bytes]:
    """Inputs of a target that do something."""
    if target in _TEXT_TARGETS:
        yield from _texts()
    elif target in _FIELD_TARGETS:
        yield from (bytes([number % 16]) + text for number, text in enumerate(_texts()))
    else:
        yield from _SEEDS[target]()


def words() -> Iterator[str]:
    """Every word of the vocabulary, for the fuzzer's dictionary."""
    for name in _VOCABULARIES:
        yield from _strings(vocabulary(name))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield str(key)
            yield from _strings(entry)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for entry in value:
            yield from _strings(entry)


def _texts() -> Iterator[bytes]:
    for number, path in enumerate(sorted((TESTS / "pages" / "facts").glob("*.txt"))):
        if number % 3 == 0:
            text = path.read_text("utf-8")
            yield text[:_PIECE].encode()
            yield text[-_PIECE:].encode()


def _pages() -> Iterator[bytes]:
    yield from (path.read_bytes()[:20_000] for path in sorted((TESTS / "pages" / "html").rglob("*.html")))
    yield b"<html lang=fi><title>Valo</title><table><tr><th>Kesto<td>1.1.2025-31.12.2026</table><dl><dt>A<dd>B</dl>"


def _pdf() -> Iterator[bytes]:
    yield (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj "
        b"4 0 obj<</Length 40>>stream\nBT /F1 12 Tf 50 700 Td (Hanke 2025) Tj ET\nendstream endobj "
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj 6 0 obj<</Title(Valo)/ModDate(D:20250101)>>endobj "
        b"trailer<</Root 1 0 R/Info 6 0 R>>"
    )


def _package(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return out.getvalue()


def _word_xml() -> Iterator[bytes]:
    yield (
        f"<w:document {_W}><w:body><w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>Valo</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Kesto</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2025</w:t></w:r></w:p>"
        "</w:tc></w:tr></w:tbl><w:p><w:pPr><w:numPr/></w:pPr><w:hyperlink><w:r><w:t>a</w:t></w:r></w:hyperlink></w:p>"
        "</w:body></w:document>"
    ).encode()
    yield b"<s:sld xmlns:s='urn:s'><s:sp><s:ph type='title'/><s:p><s:t>Valo</s:t></s:p></s:sp></s:sld>"
    yield b"<c xmlns='urn:c'><title>Valo</title><created>2025-01-01T08:00:00Z</created><modified>x</modified></c>"


def _office() -> Iterator[bytes]:
    for body in _word_xml():
        yield _package({"word/document.xml": body.decode(), "docProps/core.xml": body.decode()})


def _whole() -> Iterator[bytes]:
    for body in (*_pdf(), *_office(), *_pages()):
        yield b"text/html; charset=iso-8859-15\n" + body
    yield "text/plain; charset=utf-16\nHanke äö €".encode("latin-1", "replace")


def _captures() -> Iterator[bytes]:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        with CaptureWriter(folder, "fuzz") as writer:
            writer.write(Capture("https://a.example/", "2026-01-01T08:00:00Z", b"<p>a", content_type="text/html"))
            writer.write(Capture("file:///a.txt", "2026-01-01T08:00:00Z", b"a"))
        packed = capture_files(folder)[0].read_bytes()
    yield packed
    yield gzip.decompress(packed)
    yield _package({"archive/a.warc": gzip.decompress(packed).decode("latin-1"), "datapackage.json": "{}"})


def _ways() -> Iterator[bytes]:
    yield from list(_pages())[:5]
    yield b"<urlset><url><loc>https://hankkeet.example/hanke/1</loc><lastmod>2026-01-01</lastmod></url></urlset>"
    yield b"<rss><channel><item><link>/hanke/2</link><pubDate>Tue, 01 Apr 2025 10:00:00 +0300</pubDate></item></channel></rss>"
    yield b"User-agent: *\nDisallow: /*?sivu=*$\nCrawl-delay: 2\nSitemap: https://hankkeet.example/s.xml"
    yield b'[{"location": "/hanke/*$", "tdm-reservation": 1}]'
    yield b"https://user:pw@HANKKEET.example:443/a/../hanke;jsessionid=1?utm_source=x&b=%C3%A4#c"


def _answers() -> Iterator[bytes]:
    yield b'{"totalResults": 1, "results": [{"metadata": {"identifier": ["A-1"], "title": ["T"], "status": ["31094501"], "startDate": ["2025-01-01T00:00:00.000+0000"], "descriptionByte": ["<p>a</p>"]}}]}'
    yield b'{"hakuilmoitukset": [{"hakuasianAsianumero": "VN-1", "tila": "x"}], "pageCount": 2, "totalCount": 3}'
    yield b'{"nimi": {"fi": "Haku", "sv": "A"}, "hakuAlkaaDateTimeUtc": "2025-01-01T00:00:00Z", "richFi": "{\\"children\\": [{\\"text\\": \\"a\\"}]}"}'
    yield b'[{"link": "https://hankkeet.example/hanke/1", "modified_gmt": "2025-01-01T00:00:00", "content": {"rendered": "<p>a"}}]'
    yield b'<script type="__PREACT_CLI_DATA__">%7B%22preRenderData%22%3A%7B%22hankehaku%22%3A%5B%7B%22id%22%3A%221%22%7D%5D%7D%7D</script>'
    yield b"<p>Projektikoodi: S1</p><p>Projektin nimi: A</p>"
    yield (
        b"Call year,Project Identifier,Project Title,Coordinating organisation name,Coordinating organisation type,"
        b"Coordinator's country,Partner 1 name,Partner 1 organisation type,Partner 1 country,Start date\r\n"
        b'2024,2024-1-FI01-KA1,"A ""b"" c",C,School,FI,D,,SE,31/12/2024\r\n'
    )


def _registers() -> Iterator[bytes]:
    for path in sorted((TESTS / "data" / "registers").rglob("*.json")):
        yield json.dumps(json.loads(path.read_text("utf-8")))[:20_000].encode()
    yield b'[{"oid": "1.2.246.562.10.1", "nimi": {"fi": "A"}, "tyypit": ["x"], "alkuPvm": "2000-01-01"}]'


_SEEDS = {
    "html": _pages,
    "pdf": _pdf,
    "office": _office,
    "word-xml": _word_xml,
    "whole": _whole,
    "captures": _captures,
    "ways": _ways,
    "answers": _answers,
    "registers": _registers,
}
