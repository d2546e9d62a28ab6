"""PDF."""

from pipelines.readers.reading import Reading


def read_pdf(body: bytes) -> Reading:
    """Read a PDF."""
    return Reading(text="", format="pdf", state="empty" if body else "broken")
