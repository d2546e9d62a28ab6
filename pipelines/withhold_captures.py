"""Captures without what was erased: a page's bytes with the value blacked out, any other document as its text."""

import re
from collections.abc import Iterable
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import quote

from archive.capture import Capture
from archive.tombstones import Tombstones
from pipelines.read import read
from pipelines.readers.charset import decode_html
from pipelines.withhold import MARK, blacken, find_withheld, is_forgotten_url

_GAP = r"(?:\s|&nbsp;|&#160;|<[^<>]{0,200}>){1,8}"
_TEXT_TYPE = "text/plain; charset=utf-8"


def is_forgotten(capture: Capture, tombstones: Tombstones) -> bool:
    """Whether a capture is of a page that was erased as a whole."""
    return any(is_forgotten_url(url, tombstones) for url in (capture.url, capture.requested_url) if url)


def withhold_capture(capture: Capture, tombstones: Tombstones) -> Capture:
    """The capture itself, or one whose body no longer says what was erased.

    A web page keeps its markup. Of a document, and of a page that hides the value too well, the text alone is kept.
    """
    if not tombstones or not capture.body or capture.status != HTTPStatus.OK:
        return capture
    if is_forgotten(capture, tombstones):
        return replace(capture, body=b"", content_type=_TEXT_TYPE)
    reading = read(capture.body, capture.content_type, capture.url)
    told = [text for text in (reading.text, reading.title or "") if find_withheld(text, tombstones)]
    if not told:
        return capture
    if reading.format == "html":
        page = _withhold_page(capture, _values(told, tombstones))
        again = read(page.body, page.content_type, page.url)
        if not find_withheld(f"{again.title}\n{again.text}", tombstones):
            return page
    text = blacken(reading.text, find_withheld(reading.text, tombstones))
    return replace(capture, body=text.encode("utf-8", "replace"), content_type=_TEXT_TYPE)


def _values(texts: Iterable[str], tombstones: Tombstones) -> list[str]:
    """The erased values as the texts write them, longest first."""
    found = {text[start:end] for text in texts for start, end in find_withheld(text, tombstones)}
    return sorted(found, key=lambda value: (-len(value), value))


def _withhold_page(capture: Capture, values: Iterable[str]) -> Capture:
    markup = decode_html(capture.body, capture.content_type)
    for value in values:
        markup = _pattern(value).sub(lambda found: _marks(found[0]), markup)
    # The reader takes UTF-8 for what it is, whatever charset the page names.
    return replace(capture, body=markup.encode("utf-8", "replace"))


def _marks(written: str) -> str:
    """As many marks as the value has letters; the spaces and tags between its words stay."""
    parts = re.split(f"({_GAP})", written)
    return "".join(part if at % 2 else MARK * _letters(part) for at, part in enumerate(parts))


def _letters(written: str) -> int:
    return len(re.sub(r"&#?\w{1,8};|%[0-9A-Fa-f]{2}", "x", written))


def _pattern(value: str) -> re.Pattern[str]:
    """A value as markup may write it: as it is, with character references, or percent-encoded."""
    words = ("".join(_letter(letter) for letter in word) for word in value.split())
    return re.compile(_GAP.join(words), re.IGNORECASE)


def _letter(letter: str) -> str:
    forms = (re.escape(letter), f"&#0{{0,3}}{ord(letter)};?", f"&#x0{{0,3}}{ord(letter):x};?", re.escape(quote(letter)))
    return f"(?:{'|'.join(dict.fromkeys(forms))})"
