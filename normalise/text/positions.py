"""Sorted offsets and spans of a text, searched by halving: so that pages of any length cost linear time."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate


class Positions:
    """Offsets in ascending order."""

    def __init__(self, offsets: Iterable[int]) -> None:
        """Take offsets that ascend already."""
        self._offsets = list(offsets)

    def first_from(self, offset: int) -> int:
        """Index of the first one at or after an offset; the number of all where there is none."""
        return bisect_left(self._offsets, offset)

    def last_before(self, offset: int) -> int:
        """Index of the last one before or at an offset; -1 where there is none."""
        return bisect_right(self._offsets, offset) - 1

    def any_within(self, start: int, end: int) -> bool:
        """Whether one stands in ``start`` <= offset < ``end``."""
        index = self.first_from(start)
        return index < len(self._offsets) and self._offsets[index] < end


class Spans:
    """Spans that may lie in one another, by their beginnings in ascending order."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        """Take (start, end) pairs that ascend by their start."""
        self._starts = Positions(start for start, _ in spans)
        self._ends = [end for _, end in spans]
        self._farthest = list(accumulate(self._ends, max))

    def around(self, offset: int) -> int | None:
        """Index of the last span that begins before an offset and holds it; None where no span does."""
        index = self._starts.last_before(offset)
        while index >= 0 and self._farthest[index] > offset:
            if self._ends[index] > offset:
                return index
            index -= 1
        return None
