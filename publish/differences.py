"""A readable difference of two texts: by lines first, then by words inside the lines that changed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Change = Literal["same", "deleted", "inserted", "gap"]
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
CONTEXT_LINES = 2
# Beyond this the comparison of words would take longer than a reader waits; such lines are shown whole.
_MOST_WORDS = 2_000
_MOST_LINES = 1_500


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stayed, went or came; a gap stands for unchanged lines that are left out."""

    change: Change
    text: str


def difference(before: str, after: str) -> list[list[Stretch]]:
    """The lines of two texts that differ with a little of what stands around them, each as stretches."""
    old, new = before.split("\n")[:_MOST_LINES], after.split("\n")[:_MOST_LINES]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    lines: list[list[Stretch]] = []
    for group in matcher.get_grouped_opcodes(CONTEXT_LINES):
        if lines:
            lines.append([Stretch("gap", "")])
        for tag, i1, i2, j1, j2 in group:
            lines += _changed(tag, old[i1:i2], new[j1:j2])
    return lines


def words_difference(before: str, after: str) -> list[Stretch]:
    """Two short texts as the words that stayed, went and came."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > _MOST_WORDS:
        return [Stretch("deleted", before), Stretch("inserted", after)]
    return list(_words(old, new))


def _changed(tag: str, old: Sequence[str], new: Sequence[str]) -> Iterator[list[Stretch]]:
    if tag == "equal":
        yield from ([Stretch("same", line)] for line in old)
    elif tag == "replace" and len(old) == len(new):
        yield from (words_difference(one, other) for one, other in zip(old, new, strict=True))
    else:
        yield from ([Stretch("deleted", line)] for line in old if line.strip())
        yield from ([Stretch("inserted", line)] for line in new if line.strip())


def _words(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Stretch("same", "".join(old[i1:i2]))
            continue
        if i1 < i2:
            yield Stretch("deleted", "".join(old[i1:i2]))
        if j1 < j2:
            yield Stretch("inserted", "".join(new[j1:j2]))
