"""Reading the records of one stream: our own and other crawlers' captures, whatever state it is in."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator, WARCIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParserException

from archive.capture_records import (
    MAX_BODY_BYTES,
    About,
    Head,
    RefusedError,
    StoredCapture,
    make_capture,
    read_about,
    read_head,
)

# What warcio raises on bytes that are no record (its header parsers also let ValueError and AttributeError through).
UNREADABLE = (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError, AttributeError, OSError)
# What answers begin with; warcio knows the first two.
_PROTOCOLS = ("HTTP/1.0", "HTTP/1.1", "HTTP/2.0", "HTTP/2", "HTTP/3")
_ANSWERS = ("response", "resource", "revisit")
# Where a record may begin again after a damaged one: a gzip member, or a WARC version line.
_RECORD_START = re.compile(rb"\x1f\x8b\x08|\r\n\r\nWARC/1\.")
_SCAN_BYTES = 1 << 20
_STRADDLE = 10  # bytes by which a record's start may straddle two scanned blocks


@dataclass(frozen=True, slots=True)
class CaptureProblem:
    """A record, or the tail of a file, that could not be read: its file, its offset in bytes, and why."""

    file: str
    offset: int
    reason: str


OnProblem = Callable[[CaptureProblem], None]
# Whether an answer is to be unpacked; one that is not is passed over as if it were not there.
IsWanted = Callable[[Head], bool]


@dataclass(frozen=True, slots=True)
class StreamReader:
    """Reads streams of records between two offsets, whatever state they are in."""

    report: OnProblem
    is_wanted: IsWanted
    begin: int
    end: int | None

    def read(self, stream: BinaryIO, name: str) -> Iterator[StoredCapture]:
        """The captures of a stream; ``name`` is what they and problems are said to be of."""
        start: int | None = self.begin
        while start is not None and (self.end is None or start < self.end):
            stream.seek(start)
            try:
                yield from self._read_records(_records(stream, name), name)
            except _DamagedError as damage:
                # Bytes in a damaged record may look like a start; only the damage itself is worth a line.
                if damage.offset != start or start == self.begin:
                    self.report(CaptureProblem(name, damage.offset, str(damage)))
                # Never back: what a broken header says of offsets may lead in circles.
                start = _next_start(stream, max(damage.offset, start) + 1)
            else:
                start = None

    def _read_records(self, records: ArchiveIterator, name: str) -> Iterator[StoredCapture]:
        about: About = ("", {})
        while record := _next_record(records):
            offset = records.offset
            if self.end is not None and offset >= self.end:
                return
            if record.rec_type == "metadata":
                about = read_about(record)
            elif record.rec_type in _ANSWERS or is_composed(record, about):
                try:
                    if self.is_wanted(read_head(record)):
                        yield make_capture(record, _body(record, offset), about, (name, offset))
                except RefusedError as refusal:
                    self.report(CaptureProblem(name, offset, str(refusal)))


def is_composed(record: ArcWarcRecord, about: About) -> bool:
    """Whether a record is a page that a crawl of ours put together from data; others convert pages to texts."""
    return record.rec_type == "conversion" and "page" in about[1] and about[0] == _id(record)


def _id(record: ArcWarcRecord) -> str | None:
    found: str | None = record.rec_headers.get_header("WARC-Record-ID")
    return found


def _records(stream: BinaryIO, name: str) -> ArchiveIterator:
    """warcio's reader. The ARC format is so loose that it would see records in any damaged WARC file."""
    is_arc = name.lower().endswith((".arc", ".arc.gz"))
    records = ArchiveIterator(stream, arc2warc=True) if is_arc else WARCIterator(stream)
    # To parse the headers of a request costs as much as to parse those of its answer, and nobody asks for them.
    records.loader.HTTP_RECORDS = ("response", "revisit")
    records.loader.http_parser.statuslist = _PROTOCOLS
    return records


def record_starts(stream: BinaryIO, name: str) -> Iterator[tuple[int, str]]:
    """The offset in bytes and the type of every record of a WARC file, up to the first one that is damaged."""
    records = _records(stream, name)
    try:
        while record := _next_record(records):
            yield records.offset, record.rec_type
    except _DamagedError:
        return


def _next_record(records: ArchiveIterator) -> ArcWarcRecord | None:
    try:
        with quiet():
            record = next(records, None)
    except UNREADABLE as error:
        one_gzip_stream = "non-chunked gzip" in str(error)
        reason = "one gzip stream; run 'warcio recompress'" if one_gzip_stream else "no web-archive record"
        raise _DamagedError(records.offset, reason) from error
    if record and record.length is None:
        raise _DamagedError(records.offset, "the record is cut short")
    return record


def _body(record: ArcWarcRecord, offset: int) -> bytes:
    try:
        with quiet():
            body: bytes = record.content_stream().read(MAX_BODY_BYTES + 1)
            whole = len(body) > MAX_BODY_BYTES or _is_read_to_its_end(record)
    except UNREADABLE as error:
        raise _DamagedError(offset, "the record cannot be unpacked") from error
    if not whole:
        raise _DamagedError(offset, "the record is cut short")
    return body


def _is_read_to_its_end(record: ArcWarcRecord) -> bool:
    record.raw_stream.read()  # what a chunked body leaves behind
    missing: int = getattr(record.raw_stream, "limit", 0)
    return missing == 0


@contextmanager
def quiet() -> Iterator[None]:
    """Without warcio's own words about damaged bytes: what is wrong is reported in one line."""
    with redirect_stderr(io.StringIO()):
        yield


def _next_start(stream: BinaryIO, position: int) -> int | None:
    """The next offset from ``position`` on where a record may begin; None at the end of the file."""
    stream.seek(position)
    tail = b""
    while block := stream.read(_SCAN_BYTES):
        window = tail + block
        if found := _RECORD_START.search(window):
            blank_lines = 4 if found[0].startswith(b"\r") else 0
            return position - len(tail) + found.start() + blank_lines
        tail = window[-_STRADDLE:]
        position += len(block)
    return None


class _DamagedError(Exception):
    """The stream cannot be read on from this offset."""

    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(reason)
        self.offset = offset
