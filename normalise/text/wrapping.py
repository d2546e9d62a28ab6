"""Text that was broken to a line's measure, as PDFs leave it: lines of one paragraph, and words parted at their ends.

Names, labels and sentences are looked for in the whole text; `Unwrapped.place` says where a find stands in the one
that was given.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from normalise.words import joining_words

# A parted word: letters before the hyphen at the end, what goes on below. Addresses are no words.
_FRONT = re.compile(r"(?P<front>[^\s@/]*[^\W\d_])-[ \t]*$")
_REST = re.compile(r"[ \t]*(?P<rest>[^\W\d_][^\s@/]*)(?=\s|$)")
_ITEM = re.compile(r"\s*(?:[-*•·∙–‣▪○●◦■□◆✓✔✝➤▸►→»#]|\d{1,2}[.)]\s)")
_LONGEST_FRONT = 60
# Lines shorter than this are no paragraph's: columns of names and labels.
_MEASURE = 30
# A parted word shows its paragraph; without one, so many full lines do, some of which go on in lower case.
_FEWEST_FULL, _FEWEST_LOW = 3, 2
# A full line has at least this share of its paragraph's measure: a heading is shorter, whatever word follows.
_FULL = 0.7
_VOWELS = "aeiouyåäö"
_CONJUNCTIONS = joining_words("plain_and", "as_well_as", "or")


class Unwrapped(NamedTuple):
    """A text without its soft line ends: from each offset of ``cuts`` on, ``shifts`` characters are left out of it."""

    text: str
    cuts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the whole text stands in the text that was given."""
        return start + self._shift(start), end + (self._shift(end - 1) if end > start else self._shift(end))

    def _shift(self, offset: int) -> int:
        index = bisect_right(self.cuts, offset)
        return self.shifts[index - 1] if index else 0


def unwrap(text: str) -> Unwrapped:
    """Join the lines of paragraphs that were broken to a measure; a text without such paragraphs stays as it is."""
    pieces: list[str] = []
    cuts: list[int] = []
    shifts: list[int] = []
    done = length = 0
    for start, end, between in _joints(text):
        pieces += (text[done:start], between)
        length += start - done + len(between)
        cuts.append(length)
        shifts.append(end - length)
        done = end
    return Unwrapped("".join((*pieces, text[done:])), tuple(cuts), tuple(shifts)) if cuts else Unwrapped(text)


def _joints(text: str) -> Iterator[tuple[int, int, str]]:
    """What stands between two lines of a paragraph, as offsets, and what is put in its place."""
    for lines in _blocks(text):
        measure = max(end - start for start, end in lines)
        if len(lines) < 2 or measure < _MEASURE:
            continue
        joints = [_joint(text, above, below, measure) for above, below in pairwise(lines)]
        parted = any(joint and joint[2] == "" for joint in joints)
        if parted or _is_paragraph(text, lines, joints):
            yield from (joint for joint in joints if joint)


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """The lines between blank lines, each from its first to its last sign."""
    block: list[tuple[int, int]] = []
    position = 0
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        if words:
            start = position + raw.index(words[0])
            block.append((start, start + len(words)))
        elif block:
            yield block
            block = []
        position += len(raw)
    if block:
        yield block


def _joint(text: str, above: tuple[int, int], below: tuple[int, int], measure: int) -> tuple[int, int, str] | None:
    """How two lines are one: a parted word without its hyphen, or a space where the next word had no room."""
    words, following = text[slice(*above)], text[slice(*below)]
    if "\t" in words or " | " in words or _ITEM.match(following):
        return None
    front, rest = _FRONT.search(words, max(0, len(words) - _LONGEST_FRONT)), _REST.match(following)
    if front and rest and rest["rest"].casefold() not in _CONJUNCTIONS:
        kept = _keeps_hyphen(front["front"], rest["rest"])
        return above[0] + front.end("front") + kept, below[0], ""
    room = len(words) + 1 + len(following.split()[0])
    return (above[1], below[0], " ") if room > measure and len(words) > _FULL * measure else None


def _keeps_hyphen(front: str, rest: str) -> bool:
    """Whether a hyphen at a line's end is the word's own: "Itä-Suomen", "EU-hanke", "linja-auto"."""
    return rest[0].isupper() or front[-1].isupper() or (front[-1] == rest[0] and rest[0] in _VOWELS)


def _is_paragraph(text: str, lines: Sequence[tuple[int, int]], joints: Sequence[tuple[int, int, str] | None]) -> bool:
    """Whether all lines but the last are full, and enough of them go on in lower case."""
    low = sum(1 for start, _ in lines[1:] if text[start].islower())
    return len(joints) >= _FEWEST_FULL and None not in joints and low >= _FEWEST_LOW
