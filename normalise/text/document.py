"""The document model: a text as lines with their kind, block and heading. Serves archived and plain texts alike."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

_MARKS = re.compile(r"(?P<heading>#{1,6})[ \t]+|(?P<item>[-*•·∙–‣▪○●◦■□◆✓✔✝➤▸►→»][ \t]+|[0-9]{1,2}[.)][ \t]+(?=\D))|")
_INVISIBLE = " \t\u00a0\u200b\ufeff"
# A plain text's heading is a short line without a sentence's end; 90 characters hold every heading but run-on titles.
_LONGEST_HEADING = 90


class LineKind(StrEnum):
    """What a line is, as far as its own marks tell."""

    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``text`` without marks and outer white space stands at ``start``..``end`` (characters).

    ``block`` counts groups of lines between blank lines; ``level`` is 1-6 for marked headings, the indent for items.
    """

    index: int
    start: int
    end: int
    text: str
    kind: LineKind
    level: int
    block: int


class Document:
    """A text and its lines. Offsets are characters of ``text``; nothing is ever changed in it."""

    def __init__(self, text: str) -> None:
        """Take the archived text, or any plain text."""
        self.text = text

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines that hold anything but white space and marks."""
        found: list[Line] = []
        position, block, blank = 0, -1, True
        for raw in self.text.splitlines(keepends=True):
            line_start, position = position, position + len(raw)
            if not raw.strip().strip(_INVISIBLE):
                blank = True
                continue
            block += blank
            blank = False
            found.append(_line(raw, line_start, len(found), block))
        return tuple(found)

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> Line | None:
        """The line that holds the character at an offset, or the last one before it; None before the first line."""
        index = bisect_right(self._starts, offset) - 1
        return self.lines[index] if index >= 0 else None

    def block_lines(self, block: int) -> tuple[Line, ...]:
        """The lines of one block, in order."""
        return self._blocks[block] if block < len(self._blocks) else ()

    @cached_property
    def _blocks(self) -> tuple[tuple[Line, ...], ...]:
        groups: list[list[Line]] = []
        for line in self.lines:
            if line.block == len(groups):
                groups.append([])
            groups[line.block].append(line)
        return tuple(tuple(group) for group in groups)

    def is_heading(self, line: Line) -> bool:
        """Whether a line heads what follows: marked so, or short, alone in its block and without a sentence's end."""
        if line.kind is LineKind.HEADING:
            return True
        if line.kind is not LineKind.TEXT or len(line.text) > _LONGEST_HEADING:
            return False
        if line.text[-1] in ".!,;" or len(self.block_lines(line.block)) > 1:
            return False
        return line.index + 1 < len(self.lines) and any(c.isalpha() for c in line.text)


def _line(raw: str, offset: int, index: int, block: int) -> Line:
    body = raw.lstrip().lstrip(_INVISIBLE)
    indent = len(raw) - len(body)
    mark = _MARKS.match(body)
    taken = mark.end() if mark else 0
    if not body[taken:].strip():
        taken = 0
    text = body[taken:].rstrip().rstrip(_INVISIBLE)
    start = offset + indent + taken
    if taken and mark and mark["heading"]:
        return Line(index, start, start + len(text), text, LineKind.HEADING, len(mark["heading"]), block)
    if taken and mark and mark["item"]:
        return Line(index, start, start + len(text), text, LineKind.ITEM, indent // 2, block)
    kind = LineKind.ROW if " | " in text else LineKind.TEXT
    return Line(index, start, start + len(text), text, kind, 0, block)
