"""Slices of capture files: read apart from each other, they give together what the whole file gives."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.capture_files import read_stored
from archive.capture_reader import OnProblem, record_starts
from archive.capture_records import StoredCapture
from archive.errors import CaptureError
from archive.store_files import open_file

# Compressed bytes in one slice: some hundred pages, a quarter of a minute of reading. A slice is what is lost when a
# worker dies, and what the last worker is still busy with when the others are done.
SLICE_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class CaptureSlice:
    """The answers of a capture file from offset ``begin`` up to ``end`` (bytes; None: to the end of the file)."""

    file: Path
    begin: int = 0
    end: int | None = None

    def read(self, on_problem: OnProblem | None = None) -> Iterator[StoredCapture]:
        """Its captures, as `archive.captures.read_stored` gives them."""
        return read_stored(self.file, on_problem, self.begin, self.end)


def slices_of(file: Path, size: int = SLICE_BYTES) -> list[CaptureSlice]:
    """The slices of one file, of about ``size`` bytes each; WACZ and ARC files are one slice.

    A slice begins behind an answer, so that each answer stays with the metadata before it. What follows on damage is
    one slice: only a reader that comes from the front finds where records begin again. Raises CaptureError for a file
    that cannot be opened.
    """
    begins = [0]
    try:
        if file.name.lower().endswith((".warc", ".warc.gz")) and file.stat().st_size > size:
            begins += _begins(file, size)
    except OSError as error:
        raise CaptureError(f"{file}: {error.strerror or error}") from error
    return [CaptureSlice(file, *place) for place in zip(begins, [*begins[1:], None], strict=True)]


def _begins(file: Path, size: int) -> Iterator[int]:
    last, is_behind_answer = 0, False
    with open_file(file) as stream:
        for offset, kind in record_starts(stream, file.name):
            if is_behind_answer and offset - last >= size:
                last = offset
                yield offset
            is_behind_answer = kind in ("response", "resource", "revisit", "conversion")
