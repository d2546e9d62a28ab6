"""The cue words of sums, and each sum of a sentence among them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from normalise.amounts.money import MoneyMention
from normalise.text.cues import Cue, CueFinder, ending_before
from normalise.words import AND, joining, vocabulary

_WORDS = vocabulary("amounts")
# How far after a sum the words may stand that tell its role ("11 700 € av egna medel").
_REACH = 45
# Ceilings stand before their sums, this near.
_CEILING_REACH = 12
CLAUSE_END = re.compile(rf"[;(.]\s|\n|,\s|\s\(|\s(?:{AND}|{joining('but')}|{'|'.join(_WORDS['part_of'])})\s")
_FULL_STOP = re.compile(r"[.;]\s")


@cache
def _finder() -> CueFinder:
    return CueFinder(_WORDS["roles"], _WORDS["refused"])


@dataclass(frozen=True, slots=True)
class SumInSentence:
    """A sum in its sentence: where that starts, where the sum before ends, where its own clause and stretch end.

    ``roles`` and ``refusals`` are the cues of the whole sentence; ``last`` tells that no other sum follows.
    """

    lowered: str
    money: MoneyMention
    start: int
    left: int
    limit: int
    right: int
    last: bool
    roles: tuple[Cue, ...]
    refusals: tuple[Cue, ...]

    @property
    def before(self) -> list[Cue]:
        """The role words between the sum before and this one."""
        return [cue for cue in ending_before(self.roles, self.money.start) if cue.start >= self.left]

    @property
    def behind(self) -> list[Cue]:
        """The role words behind the sum in its clause, without those that stand nearer to the next sum."""
        end = self.money.end
        within = [cue for cue in self.roles if end <= cue.start < self.limit]
        return [cue for cue in within if self.last or cue.start - end < self.right - cue.end]

    @property
    def told_until(self) -> int:
        """Where the words behind the sum go over to the next sentence ("30.000 e. Yksi yhdistys voi saada ...")."""
        stop = _FULL_STOP.search(self.lowered, self.money.end, self.right)
        return stop.start() if stop else self.right

    @property
    def carried(self) -> list[Cue]:
        """The role words of the sentence before the sum."""
        return [cue for cue in ending_before(self.roles, self.money.start) if cue.kind != "sum"]

    @property
    def far_behind(self) -> list[Cue]:
        """The role words behind the clause of the sentence's last sum, within reach."""
        reach = min(self.right, self.money.end + _REACH)
        return [cue for cue in self.roles if self.last and self.limit <= cue.start < reach]

    @property
    def has_ceiling(self) -> bool:
        """Whether a word such as "enintään" stands right before the sum."""
        return any(cue.kind == "max" and self.money.start - cue.end < _CEILING_REACH for cue in self.before)


def sums_in_sentence(lowered: str, start: int, end: int, sums: Sequence[MoneyMention]) -> list[SumInSentence]:
    """The sums of the sentence ``lowered[start:end]``, each among its cue words."""
    roles, refusals = _finder().find(lowered, start, end)
    found: list[SumInSentence] = []
    for index, money in enumerate(sums):
        left = sums[index - 1].end if index else start
        right = sums[index + 1].start if index + 1 < len(sums) else end
        reach = min(right, money.end + _REACH)
        stop = CLAUSE_END.search(lowered, money.end, reach)
        limit = stop.start() if stop else reach
        found.append(SumInSentence(lowered, money, start, left, limit, right, right == end, roles, refusals))
    return found


def speaks_of_money(lowered: str) -> bool:
    """Whether a label, in lower case, says what a sum is, or that one is summed up."""
    roles, _ = _finder().find(lowered, 0, len(lowered))
    return bool(roles)


def last_role_word(lowered: str, start: int, end: int) -> Cue | None:
    """The last word in ``lowered[start:end]`` that tells what a sum is."""
    roles, _ = _finder().find(lowered, start, end)
    return roles[-1] if roles else None
