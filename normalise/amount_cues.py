"""What the words around a sum say of it: its role, or why it is none of this project's or call's money."""

import re
from dataclasses import dataclass
from functools import cache

from normalise.cues import Cue, CueFinder, ending_before
from normalise.money import MoneyMention
from normalise.words import AND, joining, vocabulary

# How far after a sum the words may stand that tell its role ("11 700 € av egna medel").
_REACH = 45
_WORDS = vocabulary("amounts")
_BREAK = re.compile(rf"[;(.]\s|\n|,\s|\s\(|\s(?:{AND}|{joining('but')}|{'|'.join(_WORDS['part_of'])})\s")
_FULL_STOP = re.compile(r"[.;]\s")
_SENTENCE_MARK = re.compile(r"[);.]")
_PART = re.compile(rf"(?<!\w)(?:{'|'.join(_WORDS['part_of'])})\s")
_PERCENT_PART = re.compile(rf"[^.\n]{{0,4}}(?:{'|'.join(_WORDS['part_of'])})\s[^.\n]{{0,40}}%")
# Ceilings and floors stand before their sums, unit prices' words right behind.
_CEILING_REACH = 12
_FLOOR_REACH = 34
_UNIT_REACH = 14
_PER_UNIT = re.compile(rf"\s?/\s?(?:{'|'.join(_WORDS['units'])})\b")
# Nothing that is priced by the unit costs more.
_DEAREST_UNIT = 100_000
# Smaller sums are prices, fees or allowances, never a project's or call's money.
_LEAST = 100
# A word this near before its sum holds against one behind it.
_ADJACENT = 6
_SHARES = ("own", "part")
# Keys of vocabulary/amounts.yml: words in a sum's own stretch that say something of it beside its role.
_SIGNS = ("rest", "trade", "spent", "supposed")
_OVER = re.compile(rf"(?<!\w)(?:{'|'.join(_WORDS['bounds_over'])})\s\Z")
_UNDER = re.compile(rf"(?<!\w)(?:{'|'.join(_WORDS['bounds_under'])})\s\Z")
_BOUNDED = re.compile(rf"\s(?:{'|'.join(_WORDS['bounded'])})")
# A row of a table of years: "2022–2023: 1 650 000 euro, 41 kommuner".
_YEAR_ROW = re.compile(
    rf"\W{{0,3}}(?:(?:{'|'.join(_WORDS['row_years'])}) )?(?:19|20)\d\d(?:\s?[-–]\s?\d{{2,4}})?\s?[:–-]\s"
)


@dataclass(frozen=True, slots=True)
class SumReading:
    """What a sentence says of one sum.

    ``role`` is a key of vocabulary/amounts.yml or "", ``near`` tells that its word stands by the sum; ``refused`` is a
    reason's key or ""; ``part`` marks a share of the sum before it; ``signs`` are keys of words that stand by it.
    """

    role: str = ""
    near: bool = False
    refused: str = ""
    whole: bool = False
    each: bool = False
    about: bool = False
    part: bool = False
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
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


@cache
def _finder() -> CueFinder:
    return CueFinder(_WORDS["roles"], _WORDS["refused"])


@cache
def _marks() -> dict[str, re.Pattern[str]]:
    marks = {name: re.compile(f"(?<!\\w)(?:{'|'.join(_WORDS[name])})(?!\\w)") for name in ("whole", "each", *_SIGNS)}
    return marks | {"about": re.compile(f"(?<!\\w)(?:{'|'.join(_WORDS['about'])})\\s\\Z")}


def role_words(lowered: str) -> bool:
    """Whether a label speaks of money."""
    roles, _ = _finder().find(lowered, 0, len(lowered))
    return any(cue.kind != "sum" for cue in roles)


def last_role_word(lowered: str, start: int, end: int) -> Cue | None:
    """The last word in ``lowered[start:end]`` that tells what a sum is."""
    roles, _ = _finder().find(lowered, start, end)
    return roles[-1] if roles else None


def read_sums(lowered: str, start: int, end: int, sums: list[MoneyMention]) -> list[SumReading]:
    """A reading for each of the sums of one sentence, ``lowered[start:end]``."""
    roles, refusals = _finder().find(lowered, start, end)
    readings: list[SumReading] = []
    for index, money in enumerate(sums):
        left = sums[index - 1].end if index else start
        right = sums[index + 1].start if index + 1 < len(sums) else end
        reach = min(right, money.end + _REACH)
        stop = _BREAK.search(lowered, money.end, reach)
        limit = stop.start() if stop else reach
        readings.append(_read(_Place(lowered, money, start, left, limit, right, right == end, roles, refusals)))
    return readings


def _read(place: _Place) -> SumReading:
    lowered, money, marks = place.lowered, place.money, _marks()
    role, near = _role(place)
    if _PERCENT_PART.match(lowered, money.end):
        role, near = "total", True
    return SumReading(
        role=role,
        near=near,
        refused=_refused(place),
        whole=bool(marks["whole"].search(lowered, place.left, money.start)),
        each=bool(marks["each"].search(lowered, place.left, place.told_until)),
        about=bool(marks["about"].search(lowered, max(place.start, money.start - 16), money.start)),
        part=bool(_PART.search(lowered, place.left, money.start)),
        signs=tuple(name for name in _SIGNS if marks[name].search(lowered, place.left, place.limit)),
    )


def _role(place: _Place) -> tuple[str, bool]:
    """The sum's role and whether its word is near: a ceiling right before it, own shares, then the nearest word."""
    before, behind, start = place.before, place.behind, place.money.start
    if any(cue.kind == "max" and start - cue.end < _CEILING_REACH for cue in before):
        return "max", True
    adjacent = before and before[-1].kind != "sum" and start - before[-1].end < _ADJACENT
    shares = [cue.kind for cue in (*_clause(place), *([] if adjacent else behind)) if cue.kind in _SHARES]
    if shares:
        return shares[0], True
    told = [cue for cue in before if cue.kind != "sum"]
    if before and before[-1].kind == "sum":
        return _summed(place, told, before[-1]), True
    if near := [*reversed(told), *behind]:
        return near[0].kind, True
    return _far_role(place), False


def _clause(place: _Place) -> list[Cue]:
    """The role words of the sum's own clause, nearest first."""
    before = place.before
    comma = place.lowered.rfind(", ", before[0].start, place.money.start) if before else -1
    return [cue for cue in reversed(before) if cue.start > comma]


def _summed(place: _Place, told: list[Cue], total: Cue) -> str:
    """The role of what is summed up ("yhteensä 50 000"): that of the word before, of the grants before, or a sum."""
    if told and not _SENTENCE_MARK.search(place.lowered, told[-1].end, total.start):
        return told[-1].kind
    kinds = {cue.kind for cue in ending_before(place.roles, place.left)}
    return "granted" if not told and kinds and kinds <= {"granted", "grant", "sum"} else "sum"


def _far_role(place: _Place) -> str:
    """The role carried on from the sums before, or told farther behind the last sum; "" for none."""
    carried = place.carried
    if carried:
        return carried[-1].kind
    reach = min(place.right, place.money.end + _REACH)
    return next((cue.kind for cue in place.roles if place.last and place.limit <= cue.start < reach), "")


def _refused(place: _Place) -> str:
    lowered, money = place.lowered, place.money
    if money.eur < _LEAST or _PER_UNIT.match(lowered, money.end):
        return "unit"
    bound = _OVER.search(lowered, place.left, money.start) and _BOUNDED.match(lowered, money.end)
    if bound or _UNDER.search(lowered, place.left, money.start):
        return "floor"
    if place.left == place.start and _YEAR_ROW.match(lowered, place.start):
        return "past"
    return next((cue.kind for cue in place.refusals if _refuses(place, cue)), "")


def _refuses(place: _Place, cue: Cue) -> bool:
    """Whether a word that speaks against sums speaks of this one: each kind has its own reach."""
    money, before = place.money, cue.end <= place.money.start
    own = cue.start >= place.left
    if cue.kind == "unit" and any(
        0 <= money.start - role.end < _CEILING_REACH for role in place.before if role.kind == "max"
    ):
        return False
    if cue.kind == "unit":
        near = (own and before) or money.end <= cue.start <= money.end + _UNIT_REACH
        return near and money.eur < _DEAREST_UNIT
    if cue.kind == "floor":
        near = own and before and money.start - cue.end < _FLOOR_REACH
        return near and not _BREAK.search(place.lowered, cue.end, money.start)
    if cue.kind in {"applied", "proposed"}:
        granted = any(role.kind in {"granted", "max"} and cue.end <= role.start < money.start for role in place.roles)
        return own and cue.start < place.limit and not granted
    if cue.kind == "elsewhere":
        return before
    return cue.start < place.limit
