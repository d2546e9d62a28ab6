"""The rows of an Excel workbook (ECMA-376, Part 1, section 18), read part by part within bounds."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from lxml import etree

# A sheet of 27,000 rows has 20 MB of XML; a bomb has more.
_MOST_UNPACKED = 120_000_000
_MOST_SHEETS = 20
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK = "xl/workbook.xml"
_COLUMN = re.compile(r"[A-Z]{1,3}")
_MOST_COLUMNS = 200
_BROKEN = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, NotImplementedError, RuntimeError, OSError, EOFError,
           etree.XMLSyntaxError)  # fmt: skip


class WorkbookError(ValueError):
    """The bytes are no workbook that can be read; the message says why in one line."""


def sheets(body: bytes) -> Iterator[Iterator[tuple[str, ...]]]:
    """The sheets of a workbook in their order, each as its rows, each row as its cells' texts.

    Numbers are given as they are stored (``2024``, ``80000.5``), formulas by their last value, empty cells as "".
    A sheet must be read before the next one is asked for. Raises WorkbookError, also between two rows.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST_UNPACKED:
                raise WorkbookError(f"unpacks to more than {_MOST_UNPACKED:,} bytes")
            texts = _shared_texts(archive)
            for part in _parts(archive)[:_MOST_SHEETS]:
                with archive.open(part) as stream:
                    yield _rows(stream, texts)
    except _BROKEN as error:
        raise WorkbookError(f"no workbook that can be read: {error}") from error


def _parts(archive: zipfile.ZipFile) -> list[str]:
    with archive.open("xl/_rels/workbook.xml.rels") as stream:
        targets = {e.get("Id"): e.get("Target", "") for e in _elements(stream, "Relationship")}
    with archive.open(_BOOK) as stream:
        ids = [e.get(_RELATION) for e in _elements(stream, "sheet")]
    paths = (posixpath.normpath(posixpath.join("/xl", targets[key])).lstrip("/") for key in ids if key in targets)
    return [path for path in paths if path in archive.namelist()]


def _shared_texts(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    with archive.open("xl/sharedStrings.xml") as stream:
        return [_text(element) for element in _elements(stream, "si")]


def _rows(stream: IO[bytes], texts: list[str]) -> Iterator[tuple[str, ...]]:
    try:
        for row in _elements(stream, "row"):
            cells: list[str] = []
            for cell in row.iter("{*}c"):
                place = _place(cell.get("r"), len(cells))
                cells += [""] * (place - len(cells)) + [_value(cell, texts)]
            yield tuple(cells)
    except (*_BROKEN, IndexError) as error:
        raise WorkbookError(f"a damaged sheet: {error}") from error


def _place(reference: str | None, following: int) -> int:
    """The column of a cell, from 0: by its reference (``AB12``), or the following one where it has none."""
    letters = _COLUMN.match(reference or "")
    if not letters:
        return following
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    if not following < number <= _MOST_COLUMNS:
        raise WorkbookError(f"a cell out of place: {reference}")
    return number - 1


def _value(cell: etree._Element, texts: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _text(cell)
    value = " ".join((cell.findtext("{*}v") or "").split())
    if cell.get("t") != "s" or not value:
        return value
    if not value.isdecimal():
        raise WorkbookError(f"a text without a number: {value[:20]!r}")
    return texts[int(value)]


def _text(element: etree._Element) -> str:
    """The text of a string item without its phonetic runs."""
    texts = (
        t for t in element.iter("{*}t") if (parent := t.getparent()) is None or not str(parent.tag).endswith("rPh")
    )
    return " ".join("".join(t.text or "" for t in texts).split())


def _elements(stream: IO[bytes], name: str) -> Iterator[etree._Element]:
    """The elements of that name, each forgotten when the next one is asked for; entities are not expanded."""
    for _, element in etree.iterparse(
        stream, tag=f"{{*}}{name}", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    ):
        yield element
        element.clear()
        while element.getprevious() is not None and (parent := element.getparent()) is not None:
            del parent[0]
