"""An archived text cut into pieces for reading: lines, and in them the quotes of its facts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

# A page of evidence shows this many characters; a longer text is cut into parts, so that no page grows without bound.
PART_CHARACTERS = 60_000
# What the public copy puts in the place of each character that it takes out.
REDACTED = "\u2588"
_MARKS = re.compile(r"(?P<heading>#{1,6}) |(?P<indent> *)- ")
_REDACTION = re.compile(f"{REDACTED}[{REDACTED} ]*")


@dataclass(frozen=True, slots=True)
class Span:
    """A fact's place in the text, in characters."""

    id: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line under the same facts. ``opens`` are the facts that begin with it."""

    text: str
    facts: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()
    redacted: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text: ``kind`` is heading, item, blank or text; ``level`` that of a heading or a nested item."""

    kind: str
    level: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a text: its lines, its number (from 1) and how many parts there are."""

    lines: tuple[Line, ...]
    number: int
    parts: int


def part_of(offset: int) -> int:
    """The number of the part in which a character stands."""
    return offset // PART_CHARACTERS + 1


def cut(text: str, spans: Iterable[Span], number: int = 1) -> Part:
    """One part of a text in lines and pieces; spans that reach outside it are cut, empty ones dropped."""
    parts = max(1, -(-len(text) // PART_CHARACTERS))
    number = min(max(number, 1), parts)
    begin, end = (number - 1) * PART_CHARACTERS, min(number * PART_CHARACTERS, len(text))
    inside = sorted(
        (
            Span(span.id, max(span.start, begin), min(span.end, end))
            for span in spans
            if span.start < end and span.end > begin
        ),
        key=lambda span: (span.start, span.id),
    )
    return Part(tuple(_lines(text, begin, end, [span for span in inside if span.start < span.end])), number, parts)


def _lines(text: str, begin: int, end: int, spans: Sequence[Span]) -> Iterator[Line]:
    position = begin
    while position < end:
        stop = text.find("\n", position, end)
        stop = end if stop < 0 else stop
        touching = [span for span in spans if span.start < stop and span.end > position]
        yield _line(text, position, stop, touching)
        spans = [span for span in spans if span.end > stop]
        position = stop + 1


def _line(text: str, start: int, stop: int, spans: Sequence[Span]) -> Line:
    found = _MARKS.match(text, start, stop)
    first_fact = min((span.start for span in spans), default=stop)
    kind, level = "text", 0
    if found and found.end() <= first_fact:
        kind = "heading" if found["heading"] else "item"
        level = len(found["heading"] or "") or len(found["indent"] or "") // 2
        start = found.end()
    elif not text[start:stop].strip():
        kind = "blank"
    return Line(kind, level, tuple(_pieces(text, start, stop, spans)))


def _pieces(text: str, start: int, stop: int, spans: Sequence[Span]) -> Iterator[Piece]:
    cuts = {start, stop}
    for span in spans:
        cuts |= {max(span.start, start), min(span.end, stop)}
    for gap in _REDACTION.finditer(text, start, stop):
        cuts |= {gap.start(), min(gap.end(), stop)}
    places = sorted(cuts)
    for left, right in pairwise(places):
        over = tuple(span.id for span in spans if span.start <= left and span.end >= right)
        opens = tuple(span.id for span in spans if span.start == left and span.end >= right)
        yield Piece(text[left:right], over, opens, text[left] == REDACTED)
