"""Capture files against the digests that their records carry."""

from collections.abc import Iterator
from pathlib import Path

from warcio.archiveiterator import WARCIterator

from archive.capture_reader import UNREADABLE, quiet
from archive.errors import CaptureError

_ANSWERS = ("response", "resource", "revisit")
_BLOCK = 1 << 16


def answer_digests(path: Path) -> Iterator[tuple[int, bool]]:
    """The offset of every answer in a WARC file (bytes), and whether it is what its digests say.

    A torn last record ends the list: it was never stored. Raises CaptureError for a file that cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            records = WARCIterator(stream, check_digests=True)
            while found := _next(records):
                if found[0]:
                    yield found[1], found[2]
    except OSError as error:
        raise CaptureError(f"{path}: {error.strerror}") from error


def _next(records: WARCIterator) -> tuple[bool, int, bool] | None:
    """Whether the next record is an answer, its offset, and whether its digests are right; None at the end."""
    try:
        with quiet():
            record = next(records, None)
            if record is None:
                return None
            offset = records.offset
            while record.content_stream().read(_BLOCK):
                pass
            return record.rec_type in _ANSWERS, offset, record.digest_checker.passed is not False
    except UNREADABLE:
        return None
