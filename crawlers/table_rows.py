"""The rows of a table in delimited text (RFC 4180), also of one that comes in bit by bit.

A line break between quotation marks belongs to its cell.
"""

import csv
from collections.abc import Iterator
from io import StringIO

# Fifty organisations with addresses and a summary take 30 KB; a quotation mark that is never closed takes the rest.
LONGEST_ROW = 1_000_000
_SEPARATORS = ",;\t"


class RowError(ValueError):
    """The bytes cannot be taken apart into rows; the message says why in one line."""


class RowSplitter:
    """Parts bytes into rows as they come; holds one unfinished row."""

    def __init__(self) -> None:
        """Nothing has come yet."""
        self._row: list[bytes] = []
        self._length = 0
        self._tail = b""
        self._is_quoted = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The rows that end in these bytes, each with its line break. Raises RowError for one that is too long."""
        lines = (self._tail + data).split(b"\n")
        self._tail = lines.pop()
        for line in lines:
            yield from self._line(line + b"\n")
        self._check(len(self._tail))

    def end(self) -> Iterator[bytes]:
        """The last row, where no line break ends it. Raises RowError where a quotation mark is left open."""
        tail, self._tail = self._tail, b""
        yield from self._line(tail)
        if self._row:
            raise RowError("the last row has no end")

    def _line(self, line: bytes) -> Iterator[bytes]:
        self._row.append(line)
        self._length += len(line)
        self._check()
        self._is_quoted ^= bool(line.count(b'"') & 1)
        if not self._is_quoted:
            row = b"".join(self._row)
            self._row, self._length = [], 0
            if row.strip():
                yield row

    def _check(self, more: int = 0) -> None:
        if self._length + more > LONGEST_ROW:
            raise RowError(f"a row of more than {LONGEST_ROW:,} bytes")


def separator_of(heads: bytes) -> str:
    """What parts the cells of a table, by its headings: a comma, a semicolon or a tab."""
    text = heads.decode("utf-8", "replace")
    return max(_SEPARATORS, key=text.count)


def cells_of(row: bytes, separator: str) -> list[str]:
    """The cells of one row, without white space around them; bytes that are no UTF-8 become U+FFFD.

    Raises RowError for what is no row: a cell may have 131,072 characters.
    """
    try:
        found = next(csv.reader(StringIO(row.decode("utf-8-sig", "replace"), newline=""), delimiter=separator), [])
    except csv.Error as error:
        raise RowError(f"no row: {error}") from error
    return [cell.strip() for cell in found]


def table_of(content: bytes) -> Iterator[list[str]]:
    """The rows of a small table, its headings first. Raises RowError, also between two rows."""
    splitter, separator = RowSplitter(), None
    for part in (splitter.feed(content), splitter.end()):
        for row in part:
            separator = separator or separator_of(row)
            yield cells_of(row, separator)
