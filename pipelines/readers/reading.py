"""What a reader makes of the bytes of one capture."""

from dataclasses import dataclass, field
from typing import Literal

Format = Literal["html", "pdf", "docx", "pptx", "text", "unsupported"]
State = Literal["ok", "empty", "scanned", "unsupported", "broken", "missing"]


@dataclass(frozen=True, slots=True)
class Reading:
    """The archived text of one capture and what its bytes say beside the text.

    ``state``: ``ok`` (there is text), ``empty`` (none), ``scanned`` (a PDF of pictures), ``unsupported`` (a format
    without a reader), ``broken`` (a format that could not be parsed), ``missing`` (a page of HTML under an attachment's
    address). ``title`` is a hint from the markup or the document's properties. ``published`` and ``updated`` are ISO
    8601 dates or times as the markup gives them, from where ``dates_origin`` says (``json-ld``, ``meta NAME``,
    ``document``: when a PDF, DOCX or PPTX file says it was made and last changed, which is no date of publication by
    itself). ``links`` are the absolute http(s) addresses that the page leads to and does not ask crawlers to leave
    alone (rel=nofollow), each once. ``reserved`` tells that the page reserves text and data mining (TDMRep's meta
    element). ``cut`` tells that the bytes hold more than was read: the reader's bounds stand in docs/reading.md.
    """

    text: str
    format: Format
    state: State
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    dates_origin: str | None = None
    html_lang: str | None = None
    canonical: str | None = None
    alternates: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = field(default=(), repr=False)
    reserved: bool = False
    cut: bool = False
