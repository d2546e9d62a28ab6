"""Excerpts of tables: which rows are kept, how a table comes to its end, and that nothing else is held in memory."""

import gzip
import hashlib
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest

from crawlers import table_excerpt as module
from crawlers.table_excerpt import Cells, TableBounds, TableExcerpt, TableRead
from crawlers.table_rows import LONGEST_ROW, RowError, table_of

HEADS = b"number,name,country\r\n"


def choose(heads: Cells) -> Any:
    return (lambda cells: cells[2] == "FI") if "country" in heads else None


def read(content: bytes, size: int = 7, *, packed: bool = False, **bounds: int) -> tuple[TableExcerpt, TableRead]:
    excerpt = TableExcerpt(choose, TableBounds(**bounds), packed=packed)
    for place in range(0, len(content), size):
        excerpt.feed(content[place : place + size])
        if excerpt.is_done:
            break
    return excerpt, excerpt.close()


@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize(
    ("rows", "kept", "broken"),
    [
        (b"1,Ahjo,FI\r\n2,Smedja,SE\r\n3,Paja,FI\r\n", b"1,Ahjo,FI\r\n3,Paja,FI\r\n", 0),
        (b"1,Ahjo,FI\n2,Smedja,SE\n3,Paja,FI", b"1,Ahjo,FI\n3,Paja,FI", 0),
        (b'1,"Ahjo,\r\nin two lines",FI\r\n', b'1,"Ahjo,\r\nin two lines",FI\r\n', 0),
        (b'1,"the ""old"" forge",FI\n\n\n', b'1,"the ""old"" forge",FI\n', 0),
        (b"1,Ahjo,FI,\xe4,more\n2,Paja,FI\n", b"2,Paja,FI\n", 1),
        (b'1,"' + b"a" * 140_000 + b'",FI\n2,Paja,FI\n', b"2,Paja,FI\n", 1),
        (b"1,\xe4\xff,FI\n", b"1,\xe4\xff,FI\n", 0),
        (b"", b"", 0),
    ],
)
def test_rows_that_are_kept(rows: bytes, kept: bytes, broken: int, size: int) -> None:
    excerpt, found = read(HEADS + rows, size)
    assert excerpt.fault is None
    assert found.pieces == (HEADS + kept,)
    assert (found.is_whole, found.broken, found.size) == (True, broken, len(HEADS + rows))
    assert found.digest == hashlib.sha256(HEADS + rows).hexdigest()


@pytest.mark.parametrize(
    ("content", "bounds", "fault"),
    [
        (HEADS + b"1,Smedja,SE\n" * 20, {"bytes": 100}, "size"),
        (HEADS + b"1,Ahjo,FI\n" * 20, {"kept": 100}, "size"),
        (HEADS + b'1,"Ahjo,FI\n', {}, "not-understood"),
        (HEADS + b"a" * (LONGEST_ROW + 1), {}, "not-understood"),
        (HEADS + b'1,"' + b"a\n" * LONGEST_ROW, {}, "not-understood"),
    ],
)
def test_tables_that_are_not_read_to_their_end(content: bytes, bounds: dict[str, int], fault: str) -> None:
    excerpt, found = read(content, 4096, **bounds)
    assert excerpt.fault is not None
    assert (excerpt.fault.kind, found.is_whole) == (fault, False)


def test_unknown_headings_end_the_reading() -> None:
    excerpt, found = read(b"id;land\n1;FI\n" * 1000)
    assert (excerpt.fault, excerpt.is_done, found.is_whole) == (None, True, False)
    assert (found.pieces, found.rows) == ((b"id;land\n",), 0)


def test_a_sample_is_the_beginning() -> None:
    excerpt, found = read(HEADS + b"1,Ahjo,FI\n" * 1000, sample=100)
    assert (excerpt.fault, found.is_whole) == (None, False)
    assert 5 < found.kept < 20


@pytest.mark.parametrize("members", [1, 3])
def test_a_packed_table(members: int) -> None:
    rows = [b"%d,Ahjo,FI\n" % number for number in range(9)]
    parts = [HEADS + b"".join(rows[:3]), b"".join(rows[3:6]), b"".join(rows[6:])] if members == 3 else [HEADS, *rows]
    packed = b"".join(map(gzip.compress, parts)) if members == 3 else gzip.compress(b"".join(parts))
    excerpt, found = read(packed, 11, packed=True)
    assert excerpt.fault is None
    assert found.pieces == (HEADS + b"".join(rows),)
    assert found.is_whole


@pytest.mark.parametrize("damage", [lambda packed: packed[:-9], lambda packed: b"no gzip" + packed])
def test_a_packed_table_that_is_damaged(damage: Any) -> None:
    excerpt, found = read(damage(gzip.compress(HEADS + b"1,Ahjo,FI\n")), 1000, packed=True)
    assert excerpt.fault is not None
    assert (excerpt.fault.kind, found.is_whole) == ("encoding", False)


def test_pieces_have_the_headings_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PIECE_BYTES", 60)
    rows = [b"%d,Ahjo,FI\n" % number for number in range(20)]
    _, found = read(HEADS + b"".join(rows))
    assert len(found.pieces) > 4
    assert all(piece.startswith(HEADS) and len(piece) <= 60 for piece in found.pieces)
    assert b"".join(piece.removeprefix(HEADS) for piece in found.pieces) == b"".join(rows)


def _foreign(megabytes: int) -> Iterator[bytes]:
    row = b"1,%s,SE\n" % (b"Smedja " * 140)
    for _ in range(megabytes):
        yield row * (1_000_000 // len(row))


@pytest.mark.parametrize("megabytes", [5, 25])
def test_only_what_is_kept_is_held(megabytes: int) -> None:
    excerpt = TableExcerpt(choose, TableBounds())
    excerpt.feed(HEADS)
    tracemalloc.start()
    for part in _foreign(megabytes):
        for place in range(0, len(part), 65_536):
            excerpt.feed(part[place : place + 65_536])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3_000_000
    assert excerpt.close().rows > 900 * megabytes


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"a;b\n1;2\n", [["a", "b"], ["1", "2"]]),
        (b"\xef\xbb\xbfa\tb\r\n1,5\t 2 \r\n", [["a", "b"], ["1,5", "2"]]),
        (b"", []),
    ],
)
def test_small_tables(content: bytes, rows: list[list[str]]) -> None:
    assert list(table_of(content)) == rows


def test_what_is_no_table() -> None:
    with pytest.raises(RowError, match="no end"):
        list(table_of(b'a,b\n1,"2\n'))
