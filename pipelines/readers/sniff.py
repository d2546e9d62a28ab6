"""What format bytes are in: their own marks decide, headers and addresses are hints for text only."""

import io
import zipfile

from pipelines.readers.reading import Format

_HEAD = 2_048
_HTML_MARKS = (
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<title",
    b"<div",
    b"<table",
    b"<meta",
    b"<p>",
    b"<h1",
    b"<script",
)
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
    return any(mark in lowered for mark in _HTML_MARKS) or url.lower().endswith((".html", ".htm", ".xhtml"))


def _office(body: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "unsupported"
    if "word/document.xml" in names:
        return "docx"
    return "pptx" if "ppt/presentation.xml" in names else "unsupported"
