"""Lines of a printed page become headings, paragraphs, items and rows."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_ITEM = re.compile(r"(?:[•▪●○◦‣·]|[-–](?=\s))\s*")
_LEADERS = re.compile(r"(?:\.\s?){4}")
# Lines this much larger than the body are headings, as far as they are short.
_HEADING_SIZE = 1.15
_LONGEST_HEADING = 120
# A step down wider than the usual one by this much begins a paragraph.
_PARAGRAPH_STEP = 1.35
# A line that ends before this share of the text's width ends its paragraph.
_FULL_LINE = 0.82
# After these words a hyphen at a line's end is a suspended one: "työ- ja elinkeinoministeriö".
_SUSPENDED = frozenset({"ja", "tai", "sekä", "eli", "och", "eller", "samt", "and", "or"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its place: ``left``, ``right``, ``bottom`` and ``size`` in points, ``page`` from 0."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    page: int


def paragraphs(lines: list[Line]) -> list[list[str]]:
    """Blocks of lines as the archived text has them."""
    lines = [line for line in lines if line.text]
    if not lines:
        return []
    body = _body_size(lines)
    levels = _levels(lines, body)
    width = max(line.right for line in lines) - min(line.left for line in lines)
    edge = min(line.left for line in lines) + width * _FULL_LINE
    step = _usual_step(lines)
    blocks: list[list[str]] = []
    before: Line | None = None
    for line in lines:
        level = (
            levels.get(round(line.size, 1), 0)
            if len(line.text) <= _LONGEST_HEADING and not _LEADERS.search(line.text)
            else 0
        )
        if level:
            _add_heading(blocks, line, before, level)
        elif before is None or levels.get(round(before.size, 1)) or _begins_block(before, line, step):
            blocks.append([_marked(line.text)])
        elif _runs_on(before, line, edge):
            blocks[-1][-1] = _joined(blocks[-1][-1], line.text)
        else:
            blocks[-1].append(_marked(line.text))
        before = line
    return blocks


def _body_size(lines: list[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0]


def _levels(lines: list[Line], body: float) -> dict[float, int]:
    """Heading levels by font size: the largest is 1, no more than four."""
    larger = sorted({round(line.size, 1) for line in lines if line.size >= body * _HEADING_SIZE}, reverse=True)
    return {size: min(rank, 4) for rank, size in enumerate(larger, start=1)}


def _usual_step(lines: list[Line]) -> float:
    steps = [a.bottom - b.bottom for a, b in pairwise(lines) if a.page == b.page and a.bottom > b.bottom]
    return median(steps) if steps else 0.0


def _begins_block(before: Line, line: Line, step: float) -> bool:
    if before.page != line.page:
        return not line.text[:1].islower()
    down = before.bottom - line.bottom
    return down < 0 or down > step * _PARAGRAPH_STEP


def _runs_on(before: Line, line: Line, edge: float) -> bool:
    """Whether a line continues the sentence of the one before."""
    if " | " in before.text or " | " in line.text or _ITEM.match(line.text) or _LEADERS.search(before.text):
        return False
    return before.right >= edge or (before.text.endswith("-") and line.text[:1].islower())


def _joined(text: str, following: str) -> str:
    if not text.endswith("-") or len(text) < 2 or not text[-2].isalpha():
        return f"{text} {following}"
    word = following.split(maxsplit=1)[0].lower()
    if word in _SUSPENDED:
        return f"{text} {following}"
    return (text[:-1] if following[:1].islower() else text) + following


def _marked(text: str) -> str:
    mark = _ITEM.match(text)
    return f"- {text[mark.end() :]}" if mark and text[mark.end() :] else text


def _add_heading(blocks: list[list[str]], line: Line, before: Line | None, level: int) -> None:
    """A heading of several lines is one heading."""
    marks = "#" * level + " "
    same = before is not None and before.page == line.page and round(before.size, 1) == round(line.size, 1)
    if same and blocks and blocks[-1][0].startswith(marks):
        blocks[-1][0] = _joined(blocks[-1][0], line.text)
    else:
        blocks.append([marks + line.text])
