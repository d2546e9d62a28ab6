"""Bytes to characters: UTF-8 where the bytes are UTF-8, else what the page declares, else what its bytes speak for."""

import codecs
import re

from bs4.dammit import EncodingDetector, UnicodeDammit

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]{1,3}")
_HIGH = re.compile(rb"[\x80-\xff]")
# ISO-8859-15 differs from cp1252 in eight places; of them only the euro sign and the letters with caron occur in text.
_EURO_BEFORE_OR_AFTER_NUMBER = re.compile(rb"[0-9][ \xa0]?\xa4|\xa4[ \xa0]?[0-9]|\xa8[a-z]|[a-z]\xa8")
# The WHATWG encoding standard reads these labels as windows-1252.
_LATIN = frozenset({"ascii", "us-ascii", "latin-1", "latin1", "iso-8859-1", "iso8859-1", "iso-8859-15", "cp1252"})


def decode_html(body: bytes, content_type: str | None) -> str:
    """The characters of an HTML page. Never fails: what cannot be decoded becomes U+FFFD."""
    return _decoded(body, content_type, html=True)


def decode_text(body: bytes, content_type: str | None = None) -> str:
    """The characters of a plain-text file, its line ends kept."""
    return _decoded(body, content_type, html=False)


def _decoded(body: bytes, content_type: str | None, *, html: bool) -> str:
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(body) - 3:  # cut in the middle of a character
            return body.decode("utf-8", "replace")
    if _mostly_utf8(body):
        return _detwingled(body)
    return body.decode(_declared(body, content_type, html=html) or _latin(body), "replace")


def _mostly_utf8(body: bytes) -> bool:
    """Whether most of the bytes beyond ASCII stand in UTF-8 sequences: a few broken bytes do not change the charset."""
    high = len(_HIGH.findall(body))
    in_sequences = sum(len(found) for found in _MULTIBYTE.findall(body))
    return in_sequences * 2 > high


def _detwingled(body: bytes) -> str:
    """UTF-8 with single bytes of windows-1252 in it, the mark of pages that were pasted together."""
    return UnicodeDammit.detwingle(body).decode("utf-8", "replace")


def _declared(body: bytes, content_type: str | None, *, html: bool) -> str | None:
    """The charset of the header, else of the page; None when there is none, it is unknown, UTF-8 or a Latin one."""
    in_header = _HEADER_CHARSET.search(content_type or "")
    name = in_header[1] if in_header else None
    if name is None and html:
        name = EncodingDetector.find_declared_encoding(body[:4096], is_html=True)
    if name is None or name.lower() in _LATIN:
        return None
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    usable = found.name != "utf-8" and getattr(found, "_is_text_encoding", True)
    return found.name if usable else None


def _latin(body: bytes) -> str:
    return "iso-8859-15" if _EURO_BEFORE_OR_AFTER_NUMBER.search(body) else "cp1252"
