"""What kind of document some bytes are, by their first bytes and the name they came under."""

from pathlib import PurePosixPath

HTML = "text/html"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TEXT = "text/plain"

SUFFIXES = {
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": "application/xhtml+xml",
    ".pdf": PDF,
    ".docx": DOCX,
    ".pptx": PPTX,
    ".txt": TEXT,
}
# What other crawlers' captures are searched for. Their plain texts are robots.txt and the like.
DOCUMENT_TYPES = frozenset(SUFFIXES.values()) - {TEXT}
# Content types that say nothing.
_UNTOLD = frozenset({None, "application/octet-stream", "binary/octet-stream", "application/force-download"})


class FormatError(ValueError):
    """A file that cannot be read as what it claims to be; the message says why in one line."""


def media_type(name: str, body: bytes) -> str:
    """The media type of a file: by its name, and for a name that tells nothing by its first bytes."""
    return SUFFIXES.get(PurePosixPath(name).suffix.lower()) or _sniffed(body)


def declared_type(content_type: str | None) -> str | None:
    """The media type of a Content-Type header without its parameters, lower case; None where there is none."""
    return (content_type or "").partition(";")[0].strip().lower() or None


def is_document(name: str, content_type: str | None, body: bytes) -> bool:
    """Whether an answer is a page or a document that the archive can hold, by what it is declared or looks to be."""
    kind = declared_type(content_type)
    return (media_type(name, body) if kind in _UNTOLD else kind) in DOCUMENT_TYPES


def may_be_document(content_type: str | None) -> bool:
    """Whether an answer whose body is not known yet can be a page or a document that the archive can hold."""
    kind = declared_type(content_type)
    return kind in _UNTOLD or kind in DOCUMENT_TYPES


def decode_text(body: bytes) -> str:
    """A plain-text file as a string, byte for byte: no line end is changed. Raises FormatError unless it is UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(f"not UTF-8 text (byte {error.start})") from error


def _sniffed(body: bytes) -> str:
    head = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return DOCX
    return HTML if head[:1] == b"<" else TEXT
