"""Read: the bytes of one capture become the archived text."""

from pipelines.readers.charset import decode_text
from pipelines.readers.office import read_office
from pipelines.readers.page import read_page
from pipelines.readers.pdf import read_pdf
from pipelines.readers.reading import Reading
from pipelines.readers.sniff import format_of

__all__ = ["Reading", "read"]


def read(body: bytes, content_type: str | None, url: str) -> Reading:
    """Read one body: HTML, PDF, DOCX, PPTX or plain text, told by its bytes. Never raises for what is in them.

    ``content_type`` is the header as sent, a hint only; ``url`` is the address that answered, the base of its links.
    """
    kind = format_of(body, content_type, url)
    if kind == "html":
        return read_page(body, content_type, url)
    if kind == "pdf":
        return read_pdf(body)
    if kind in ("docx", "pptx"):
        return read_office(body, kind)
    if kind == "text":
        text = decode_text(body, content_type)
        return Reading(text=text, format="text", state="ok" if text.strip() else "empty")
    return Reading(text="", format="unsupported", state="unsupported")
