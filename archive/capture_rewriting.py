"""A capture file written anew without some captures, or with others in their place; everything else byte by byte."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import WARCIterator
from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter

from archive.capture import Capture
from archive.capture_making import make_answer
from archive.capture_reader import UNREADABLE, is_composed, quiet
from archive.capture_records import About, RefusedError, StoredCapture, make_capture, read_about

# What is to stand in a capture's place: the same object keeps it as it is, None drops it.
Change = Callable[[StoredCapture], Capture | None]
REDACTED_HEADER = ("X-Archive-Redacted", "yes")
_BLOCK = 1 << 20
_ANSWERS = ("response", "resource", "revisit")


@dataclass(slots=True)
class Rewriting:
    """What a rewriting did: old offset of each answer -> new offset, or None where it was dropped (bytes).

    ``sizes`` holds the new body sizes of the captures that were changed, by their new offset. ``damaged_at`` is where
    the old file could not be read on; what stands behind it was copied as it is.
    """

    moves: dict[int, int | None] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)
    damaged_at: int | None = None

    @property
    def dropped(self) -> int:
        """How many captures were left out."""
        return sum(place is None for place in self.moves.values())


@dataclass(slots=True)
class _Unit:
    """Records that stand together: an answer with its metadata and request before it, or any other record alone."""

    start: int
    answer_at: int = 0
    end: int = 0
    stored: StoredCapture | None = None
    record_id: str | None = None


def rewrite(old: Path, new: Path, change: Change) -> Rewriting:
    """Write ``old`` (WARC, each record a gzip member) as ``new``, which is on the disk when this returns.

    Raises OSError where a file cannot be read or written.
    """
    done = Rewriting()
    with old.open("rb") as source, old.open("rb") as raw, new.open("wb") as out:
        end = 0
        for unit in _units(source, old.name, done):
            end = unit.end
            changed = change(unit.stored) if unit.stored else None
            if unit.stored is None or changed is unit.stored.capture:
                done.moves[unit.answer_at] = out.tell() + unit.answer_at - unit.start
                _copy(raw, out, unit.start, unit.end)
            elif changed is None:
                done.moves[unit.answer_at] = None
            else:
                _copy(raw, out, unit.start, unit.answer_at)
                done.moves[unit.answer_at] = out.tell()
                done.sizes[out.tell()] = len(changed.body)
                _write(out, changed, unit)
        _copy(raw, out, end, old.stat().st_size)
        out.flush()
        os.fsync(out.fileno())
    return done


def _units(stream: BinaryIO, name: str, done: Rewriting) -> Iterator[_Unit]:
    records = WARCIterator(stream)
    try:
        while unit := _next_unit(records, name):
            yield unit
    except UNREADABLE:
        done.damaged_at = records.offset


def _next_unit(records: WARCIterator, name: str) -> _Unit | None:
    about: About = ("", {})
    unit: _Unit | None = None
    with quiet():
        while record := next(records, None):
            start = records.offset
            unit = unit or _Unit(start)
            if record.rec_type == "metadata":
                about = read_about(record)
            elif record.rec_type in _ANSWERS or is_composed(record, about):
                unit.stored = _stored(record, about, (name, start))
            unit.answer_at, unit.end = start, start + records.get_record_length()
            unit.record_id = record.rec_headers.get_header("WARC-Record-ID")
            if record.rec_type not in ("metadata", "request"):
                return unit
    return unit


def _stored(record: ArcWarcRecord, about: About, place: tuple[str, int]) -> StoredCapture | None:
    try:
        return make_capture(record, record.content_stream().read(), about, place)
    except RefusedError:
        return None


def _write(out: BinaryIO, capture: Capture, unit: _Unit) -> None:
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    headers = [pair for pair in (unit.stored.headers if unit.stored else ()) if pair[0].lower() != "content-type"]
    given = [*headers, ("Content-Type", capture.content_type or "application/octet-stream"), REDACTED_HEADER]
    answer = make_answer(writer, capture, given)
    answer.rec_headers.replace_header("WARC-Record-ID", unit.record_id)
    writer.write_record(answer)


def _copy(raw: BinaryIO, out: BinaryIO, start: int, end: int) -> None:
    raw.seek(start)
    left = end - start
    while left > 0 and (block := raw.read(min(left, _BLOCK))):
        out.write(block)
        left -= len(block)
