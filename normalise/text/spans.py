"""Looking up mentions by offset: all mentions of a text come in reading order and never overlap."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import Protocol, TypeVar


class Span(Protocol):
    """Anything that stands at ``start``..``end`` (characters)."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


S = TypeVar("S", bound=Span)
_START = attrgetter("start")
# Labels whose values hold one place: a text nests no more than a few.
_NESTED = 8


def within(spans: Sequence[S], start: int, end: int) -> Sequence[S]:
    """The spans that begin at ``start`` or after it, and before ``end``."""
    first = bisect_left(spans, start, key=_START)
    return spans[first : bisect_left(spans, end, lo=first, key=_START)]


def first_from(spans: Sequence[S], start: int, end: int) -> S | None:
    """The first span that begins in ``start``..``end``."""
    return next(iter(within(spans, start, end)), None)


def overlaps(spans: Sequence[S], start: int, end: int) -> S | None:
    """A span that shares a character with ``start``..``end``, or None."""
    before = bisect_left(spans, end, key=_START) - 1
    return spans[before] if before >= 0 and spans[before].end > start else None


def holding(spans: Sequence[S], offset: int) -> list[S]:
    """Of spans sorted by their start that may nest, those that hold an offset, innermost last."""
    after = bisect_right(spans, offset, key=_START)
    return [span for span in spans[max(0, after - _NESTED) : after] if offset < span.end]
