"""What format bytes are in: their own marks decide, headers and addresses are hints for text only."""

import io
import re
import zipfile

from pipelines.readers.reading import Format

_HEAD = 2_048
_HTML_START = re.compile(rb"<!doctype html|<html|<head|<body|<title|<meta ")
_HTML_TAG = re.compile(rb"</?(?:a|b|br|div|dd|dl|dt|font|h[1-6]|li|p|script|span|strong|table|td|tr|ul)(?=[\s/>])")
# A page that lost its beginning still shows this many tags at once.
_FEWEST_TAGS = 3
_TEXT_BYTES = bytes({7, 8, 9, 10, 11, 12, 13, 27} | set(range(0x20, 0x100)))


def format_of(body: bytes, content_type: str | None, url: str) -> Format:
    """The format of a body. ``content_type`` and ``url`` only tell plain text from HTML where the bytes do not."""
    head = body[:_HEAD]
    if b"%PDF-" in head[:1_024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _office(body)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "html" if _is_html(head.replace(b"\x00", b""), content_type, url) else "text"
    if _is_html(head, content_type, url):
        return "html"
    if b"\x00" in head or len(head.translate(None, _TEXT_BYTES)) * 20 > len(head):
        return "unsupported"
    return "text"


def _is_html(head: bytes, content_type: str | None, url: str) -> bool:
    lowered = head.lower()
    if "html" in (content_type or "").lower():
        return not head or b"<" in head or b"\x00" not in head
    if (content_type or "").lower().startswith("text/plain") or url.lower().endswith(".txt"):
        return False
    if _HTML_START.search(lowered) or url.lower().endswith((".html", ".htm", ".xhtml")):
        return True
    return len(_HTML_TAG.findall(lowered)) >= _FEWEST_TAGS


def _office(body: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "unsupported"
    if "word/document.xml" in names:
        return "docx"
    return "pptx" if "ppt/presentation.xml" in names else "unsupported"
