"""Captures on disk: gzipped WARC/1.1, one record a gzip member, readable by any other web-archive tool.

Fields are those of WARC/1.1 (ISO 28500:2017), https://iipc.github.io/warc-specifications/. Each capture is written as
three records: its metadata and its request first, its answer last, so that an answer on disk is always complete.
"""

import os
import secrets
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from io import BytesIO, FileIO
from pathlib import Path
from types import TracebackType
from typing import Self

from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter

from archive.capture import Capture
from archive.capture_files import capture_files, read_captures, read_stored
from archive.capture_making import Headers, has_request, make_answer, make_metadata, make_request
from archive.capture_reader import CaptureProblem
from archive.capture_records import StoredCapture
from archive.durable import append, sync_folder, sync_handle
from archive.errors import CaptureError

__all__ = ["CaptureProblem", "CaptureWriter", "StoredCapture", "capture_files", "read_captures", "read_stored"]

# About the size that the WARC standard recommends for a file (ISO 28500, annex C).
ROTATE_AT_BYTES = 1_000_000_000
# Of gzip's nine levels: pages come out up to 2 % larger than at the highest, in a quarter of its time where they are
# large. The level below would spare 0.4 ms of 1.2 for a page of 85 kB and make captures up to 2 % larger, and they are
# kept for good.
_LEVEL = 5
_GZIP = zlib.MAX_WBITS + 16
SOFTWARE = "Hankearkisto"


class CaptureWriter:
    """Writes the captures of one run to ``{timestamp}-{run}-{number}.warc.gz`` files in a folder.

    A file is opened with the first capture. One writer serves one thread. Raises CaptureError where the folder cannot
    be written.
    """

    def __init__(
        self,
        folder: Path | str,
        run: str | None = None,
        *,
        rotate_at: int = ROTATE_AT_BYTES,
        withhold: Callable[[Capture], Capture] | None = None,
    ) -> None:
        """Prepare to write; ``run`` (default: random) is part of the file names, ``rotate_at`` is in bytes.

        ``withhold`` gives the capture that is written for one: itself, or one without what was erased.
        """
        self._folder = Path(folder)
        # With milliseconds: files are read in the order of their names, and two runs may start in one second.
        now = datetime.now(UTC)
        started = f"{now:%Y%m%d%H%M%S}{now.microsecond // 1000:03}"
        self._stem = f"{started}-{run or secrets.token_hex(3)}"
        self._rotate_at = rotate_at
        self._withhold = withhold
        self._number = 0
        self._file: FileIO | None = None
        self._is_waited_for = False

    def write(  # noqa: PLR0913 - what there is to say of an answer
        self,
        capture: Capture,
        request_headers: Headers = (),
        response_headers: Headers = (),
        *,
        page: bool = True,
        judged: int | None = None,
        about: Mapping[str, str] | None = None,
        wait: bool = True,
    ) -> tuple[str, int]:
        """Write a capture and return (file name in the folder, offset in bytes of its answer) once it is on the disk.

        Without ``wait`` the caller waits itself, for many captures at once (`syncing`).

        ``page`` is False for an answer that only shows the way (robots.txt, sitemaps, listings): it is kept like any
        other, and no page of the archive is made of it. ``judged`` is the status that an answer amounts to where it
        has another: 404 for a page that only says that it is missing. ``about`` are further fields of its metadata.
        A 304 is kept as a revisit, a file:// address as a resource, what was made of data as a conversion of them.
        Headers are kept as given, but for those that were true of the wire only. Without ``response_headers`` those
        that the capture itself knows are written.
        """
        if self._withhold:
            capture = self._withhold(capture)
        try:
            out = self._open()
            records = BytesIO()
            writer = WARCWriter(records, warc_version="1.1")
            answer = make_answer(writer, capture, response_headers)
            answer_id = answer.rec_headers.get_header("WARC-Record-ID")
            _write(records, make_metadata(writer, capture, answer_id, page=page, judged=judged, more=about))
            if has_request(capture):
                _write(records, make_request(writer, capture, answer_id, request_headers))
            before = records.tell()
            _write(records, answer)
            self._is_waited_for |= not wait
            return self._name(), append(out, records.getbuffer(), wait=wait) + before
        except OSError as error:
            raise self._fault(error) from error

    def syncing(self) -> Callable[[], None]:
        """What returns once all that was written so far is on the disk; to be called once, from any thread."""
        if not self._file or not self._is_waited_for:
            return _nothing
        self._is_waited_for = False
        return partial(self._sync, os.dup(self._file.fileno()))

    def _sync(self, handle: int) -> None:
        try:
            sync_handle(handle)
        except OSError as error:
            raise self._fault(error) from error

    def _fault(self, error: OSError) -> CaptureError:
        return CaptureError(f"captures cannot be written to {self._folder}: {error.strerror}")

    def note_unmodified(self, capture: Capture, response_headers: Headers = ()) -> None:
        """Write that a page was as it had been (a 304), so that an archive made anew knows when it was last seen.

        One small record without the request. It is not waited for until it is on the disk: all that a power cut may
        cost is a date.
        """
        if self._withhold:
            capture = self._withhold(capture)
        record = BytesIO()
        writer = WARCWriter(record, warc_version="1.1")
        _write(record, make_answer(writer, capture, response_headers))
        try:
            append(self._open(), record.getbuffer(), wait=False)
        except OSError as error:
            raise self._fault(error) from error

    def close(self) -> None:
        """Close the current file; the next capture would open another."""
        if self._file:
            self.syncing()()
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        """The writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file, whatever happened."""
        self.close()

    def _name(self) -> str:
        return f"{self._stem}-{self._number:05}.warc.gz"

    def _open(self) -> FileIO:
        if self._file and self._file.tell() < self._rotate_at:
            return self._file
        self.close()
        self._number += 1
        self._folder.mkdir(parents=True, exist_ok=True)
        # Another run of the same second may have begun this name: ours come after its.
        while (self._folder / self._name()).exists():
            self._number += 1
        self._file = (self._folder / self._name()).open("xb", buffering=0)
        records = BytesIO()
        writer = WARCWriter(records, warc_version="1.1")
        fields = {"software": SOFTWARE, "format": "WARC File Format 1.1"}
        _write(records, writer.create_warcinfo_record(self._name(), fields))
        append(self._file, records.getbuffer())
        sync_folder(self._folder)
        return self._file


def _nothing() -> None:
    """All is on the disk."""


def _write(out: BytesIO, record: ArcWarcRecord) -> None:
    """Write a record as a gzip member of its own; warcio's own packing is always at the slowest level."""
    plain = BytesIO()
    WARCWriter(plain, gzip=False, warc_version="1.1").write_record(record)
    out.write(zlib.compress(plain.getbuffer(), _LEVEL, _GZIP))
