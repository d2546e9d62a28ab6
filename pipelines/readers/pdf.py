"""PDF by pdfium: lines in reading order, running heads and page numbers out, wrapped lines joined."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from pipelines.readers.layout import Line, paragraphs
from pipelines.readers.lines import clean
from pipelines.readers.metadata import iso_date
from pipelines.readers.reading import Reading, State

# A programme document of 400 pages is read whole; what is longer, or has more text than a book, is cut.
_MAX_PAGES = 400
_MAX_CHARACTERS = 1_500_000
# A gap wider than this many letter heights within a line parts the cells of a table.
_CELL_GAP = 1.6
_PAGE_NUMBER = re.compile(
    r"(?:sivu|sida|page|s\.)?\s?-?\s?[0-9]{1,3}\s?-?(?:\s?[/(]\s?[0-9]{1,3}\)?|\s(?:av|of)\s[0-9]{1,3})?", re.IGNORECASE
)
_LINE_HYPHEN = re.compile("[\x02\ufffe](?=[a-zåäöéü])")
_PDF_DATE = re.compile(
    r"(?:D:)?([0-9]{4})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"
    r"(?:([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9])?(?:([Z+-])(?:([0-9]{2})'?([0-9]{2})?)?)?)?"
)
_DIGITS = re.compile(r"[0-9]+")
_MARGIN_LINES = 2


def read_pdf(body: bytes) -> Reading:
    """Read a PDF. Damaged and locked files are ``broken``, files of pictures only ``scanned``."""
    try:
        document = pypdfium2.PdfDocument(body)
    except (pypdfium2.PdfiumError, ValueError):
        return Reading(text="", format="pdf", state="broken")
    try:
        pages, pictures, cut = _pages(document)
        title = clean(document.get_metadata_value("Title")) or None
        created, changed = (_date(document.get_metadata_value(name)) for name in ("CreationDate", "ModDate"))
    finally:
        document.close()
    lines = [line for page in _without_margins(pages) for line in page]
    text = unicodedata.normalize("NFC", "\n\n".join("\n".join(block) for block in paragraphs(lines)))
    state: State = "ok" if text else ("scanned" if pictures else "empty")
    return Reading(
        text=text,
        format="pdf",
        state=state,
        title=title,
        published=created,
        updated=changed,
        dates_origin="document" if created or changed else None,
        cut=cut,
    )


def _date(value: str) -> str | None:
    """ISO 8601 of a date as PDF writes it (ISO 32000-1, 7.9.4): D:20240115093000+02'00'."""
    found = _PDF_DATE.match(value)
    if not found:
        return None
    year, month, day, hour, minute, second, sign, zone_hour, zone_minute = found.groups()
    zone = "Z" if sign == "Z" else f"{sign}{zone_hour}:{zone_minute or '00'}" if zone_hour else ""
    time = f"T{hour}:{minute}:{second or '00'}{zone}" if minute else ""
    return iso_date(f"{year}-{month}-{day}{time}")


def _pages(document: pypdfium2.PdfDocument) -> tuple[list[list[Line]], bool, bool]:
    """The lines of each page, whether any page without text shows something, and whether there is more to read."""
    pages: list[list[Line]] = []
    pictures, budget = False, _MAX_CHARACTERS
    for number in range(min(len(document), _MAX_PAGES)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            continue
        lines = _lines(page, number, budget)
        pictures = pictures or (not lines and next(page.get_objects(max_depth=1), None) is not None)
        budget -= sum(len(line.text) for line in lines)
        page.close()
        pages.append(lines)
        if budget <= 0:
            break
    return pages, pictures, budget <= 0 or len(document) > _MAX_PAGES


def _lines(page: pypdfium2.PdfPage, number: int, budget: int) -> list[Line]:
    try:
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError:
        return []
    count = min(textpage.count_chars(), max(budget, 0))
    raw = textpage.raw
    codes = [pdfium.FPDFText_GetUnicode(raw, i) for i in range(count)]
    found, start = [], 0
    for i in range(count + 1):
        if i == count or codes[i] in (10, 13):
            if i > start and (line := _line(textpage, codes, start, i, number)):
                found.append(line)
            start = i + 1
    textpage.close()
    return found


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    left: float
    right: float
    bottom: float
    height: float


def _line(textpage: pypdfium2.PdfTextPage, codes: list[int], start: int, end: int, page: int) -> Line | None:
    words = _words(textpage, codes, start, end)
    if not words:
        return None
    text = words[0].text
    for before, word in pairwise(words):
        gap = word.left - before.right
        text += (" | " if gap > _CELL_GAP * max(before.height, word.height, 4) else " ") + word.text
    size = float(pdfium.FPDFText_GetFontSize(textpage.raw, start))
    height = max(word.height for word in words)
    return Line(clean(text), words[0].left, words[-1].right, words[0].bottom, size or height, page)


def _words(textpage: pypdfium2.PdfTextPage, codes: list[int], start: int, end: int) -> list[_Word]:
    words, at = [], start
    for i in range(start, end + 1):
        if i == end or codes[i] in (32, 160, 9):
            if i > at:
                words.append(_word(textpage, codes[at:i], at, i - 1))
            at = i + 1
    return words


def _word(textpage: pypdfium2.PdfTextPage, codes: list[int], first: int, last: int) -> _Word:
    left, bottom, _, top = textpage.get_charbox(first, loose=True)
    right = textpage.get_charbox(last, loose=True)[2]
    # pdfium gives U+0002 for the hyphen of a line's end, and lone surrogates for broken fonts.
    text = "".join(chr(c) for c in codes if not 0xD800 <= c < 0xE000 and c < 0x110000)
    text = _LINE_HYPHEN.sub("", text).replace("\x02", "-").replace("\ufffe", "-")
    return _Word(text, left, right, bottom, top - bottom)


def _without_margins(pages: list[list[Line]]) -> list[list[Line]]:
    """Pages without their page numbers, and with running heads and feet on the first page only."""
    margins = Counter(key for page in pages for key in {_key(line) for line in _margin(page)})
    running = {key for key, times in margins.items() if times >= 3 and times * 2 >= len(pages)}
    kept: list[list[Line]] = []
    seen: set[str] = set()
    for page in pages:
        edge = {id(line) for line in _margin(page)}
        drop = {
            id(line)
            for line in page
            if id(line) in edge and (_key(line) in running & seen or _PAGE_NUMBER.fullmatch(line.text))
        }
        seen |= {_key(line) for line in _margin(page)}
        kept.append([line for line in page if id(line) not in drop])
    return kept


def _margin(page: list[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: line.bottom)
    return by_height[:_MARGIN_LINES] + by_height[-_MARGIN_LINES:]


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line.text)
