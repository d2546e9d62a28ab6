"""Excerpts of tables: of a table that is too large to hold, the rows that matter, chosen while it comes in."""

import hashlib
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from crawlers.table_rows import RowError, RowSplitter, cells_of, separator_of

Cells: TypeAlias = Sequence[str]
# Given the headings, tells of each row whether it is kept; None for headings that it does not know.
Choose: TypeAlias = Callable[[Cells], Callable[[Cells], bool] | None]

# An excerpt is handed on in pieces of about this size, each with the headings before its rows: so large are records.
PIECE_BYTES = 4_000_000
_UNPACKED_BYTES = 1 << 20
_GZIP = zlib.MAX_WBITS + 16


@dataclass(frozen=True, slots=True)
class TableBounds:
    """What a table may have: ``bytes`` unpacked, of which ``kept`` in rows that matter; ``seconds`` to come.

    ``sample`` ends the reading after so many bytes, without a fault: for a trial.
    """

    bytes: int = 300_000_000
    kept: int = 50_000_000
    seconds: int = 1800
    sample: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a table is not read to its end: its class, and a line that says it to a person."""

    kind: Literal["size", "encoding", "not-understood"]
    message: str


@dataclass(frozen=True, slots=True)
class TableRead:
    """What was read of a table: its excerpt in pieces, its whole size (bytes, unpacked) and SHA-256, rows by fate.

    ``broken`` rows cannot be taken apart. ``is_whole`` is false where the reading ended before the table did.
    """

    pieces: tuple[bytes, ...]
    size: int
    digest: str
    rows: int
    kept: int
    broken: int
    is_whole: bool


class TableExcerpt:
    """Takes a table's bytes as they come. It holds one row and what is kept, whatever the table's size.

    ``is_done`` tells that no more bytes are wanted: there is a ``fault``, the headings are unknown, a sample is full.
    """

    def __init__(self, choose: Choose, bounds: TableBounds, *, packed: bool = False) -> None:
        """Nothing has come yet; ``packed`` bytes are those of gzip."""
        self.is_done = False
        self.fault: Fault | None = None
        self._choose, self._bounds = choose, bounds
        self._unpacker = zlib.decompressobj(_GZIP) if packed else None
        self._splitter = RowSplitter()
        self._digest = hashlib.sha256()
        self._size = 0
        self._kept = _Kept()

    def feed(self, data: bytes) -> None:
        """Take the next bytes; never raises: what is wrong with them becomes the fault."""
        try:
            for part in self._unpacked(data):
                self._take(part)
                if self.is_done:
                    return
        except RowError as error:
            self._fail(Fault("not-understood", str(error)))
        except zlib.error as error:
            self._fail(Fault("encoding", f"cannot be unpacked: {error}"))

    def close(self) -> TableRead:
        """The excerpt, once no more bytes come."""
        if not self.is_done:
            self._end()
        is_whole, kept = not self.is_done, self._kept
        digest = self._digest.hexdigest()
        return TableRead(kept.pieces(), self._size, digest, kept.rows, kept.chosen, kept.broken, is_whole)

    def _end(self) -> None:
        if self._unpacker and not self._unpacker.eof:
            self._fail(Fault("encoding", "ends before it is unpacked"))
            return
        try:
            for row in self._splitter.end():
                self._row(row)
        except RowError as error:
            self._fail(Fault("not-understood", str(error)))

    def _unpacked(self, data: bytes) -> Iterator[bytes]:
        if self._unpacker is None:
            yield data
            return
        while data:
            if self._unpacker.eof:  # RFC 1952, section 2.2: members follow one another
                self._unpacker = zlib.decompressobj(_GZIP)
            yield self._unpacker.decompress(data, _UNPACKED_BYTES)
            data = self._unpacker.unconsumed_tail or self._unpacker.unused_data

    def _take(self, data: bytes) -> None:
        self._size += len(data)
        self._digest.update(data)
        for row in self._splitter.feed(data):
            self._row(row)
            if self.is_done:
                return
        if self._size > self._bounds.bytes:
            self._fail(Fault("size", f"more than {self._bounds.bytes:,} bytes"))
        elif self._bounds.sample and self._size >= self._bounds.sample:
            self.is_done = True

    def _row(self, row: bytes) -> None:
        if not self._kept.heads:
            self.is_done = not self._kept.begin(row, self._choose)
        elif self._kept.add(row) > self._bounds.kept:
            self._fail(Fault("size", f"more than {self._bounds.kept:,} bytes in rows that are kept"))

    def _fail(self, fault: Fault) -> None:
        self.fault, self.is_done = fault, True


@dataclass(slots=True)
class _Kept:
    """The rows that are kept, and how many there were."""

    heads: bytes = b""
    rows: int = 0
    chosen: int = 0
    broken: int = 0
    _pieces: list[bytearray] = field(default_factory=list)
    _bytes: int = 0
    _separator: str = ","
    _width: int = 0
    _wants: Callable[[Cells], bool] | None = None

    def begin(self, heads: bytes, choose: Choose) -> bool:
        """Take the headings; whether they are known."""
        self.heads = heads if heads.endswith(b"\n") else heads + b"\n"
        self._separator = separator_of(heads)
        cells = cells_of(heads, self._separator)
        self._width = len(cells)
        self._wants = choose(cells)
        return self._wants is not None

    def add(self, row: bytes) -> int:
        """Take a row, or leave it; returns the bytes that are kept."""
        self.rows += 1
        try:
            cells = cells_of(row, self._separator)
        except RowError:
            cells = None
        if cells is None or len(cells) > self._width:
            self.broken += 1
        elif self._wants and self._wants(cells):
            self.chosen += 1
            self._bytes += len(row)
            if not self._pieces or len(self._pieces[-1]) + len(row) > PIECE_BYTES:
                self._pieces.append(bytearray(self.heads))
            self._pieces[-1] += row
        return self._bytes

    def pieces(self) -> tuple[bytes, ...]:
        """The excerpt; the headings alone where no row is kept."""
        return tuple(map(bytes, self._pieces)) or ((self.heads,) if self.heads else ())
