"""What the words around a sum say of it: its role, or why it is none of this project's or call's money."""

import re
from dataclasses import dataclass
from functools import cache

from normalise.cues import Cue, CueFinder, ending_before
from normalise.money import MoneyMention
from normalise.words import vocabulary

# How far after a sum the words may stand that tell its role ("11 700 € av egna medel").
_REACH = 45
_BREAK = re.compile(r"[;(.]\s|\n|,\s|\s\(|\s(?:ja|och|and|sekä|samt|mutta|men|but|josta|varav|av vilka)\s")
_PART = re.compile(r"(?:josta|joista|siitä|tästä|varav|av vilka|av vilket|av detta|of which)\s")
_PERCENT_PART = re.compile(r"[^.\n]{0,4}(?:josta|mistä|varav|av vilket|of which)\s[^.\n]{0,40}%")
_PER_UNIT = re.compile(r"\s?/\s?(?:h|t|hlö|henkilö|tunti|kk|op|km|ha|timme|person|dag|pv|päivä|kpl|vuosi|år|opiskelija)\b")
# Smaller sums are prices, fees or allowances, never a project's or call's money.
_LEAST = 100
# Unit prices follow their sum at once; floors stand right before theirs.
_UNIT_REACH = 14
_FLOOR_REACH = 12
_CEILING_REACH = 12
# A word this near before its sum holds against one behind it.
_ADJACENT = 6
_SHARES = ("own", "part")
_BOUND = re.compile(r"(?:yli|alle|över|under|over|below)\s$")
_BOUNDED = re.compile(r"\s(?:avustu|hank|tuet|tuki|bidrag|understöd|projekt|grant)")
_YEAR_ROW = re.compile(r"\W{0,3}(?:vuo\w+ |år )?(?:19|20)\d\d(?:\s?[-–]\s?\d{2,4})?\s?[:–-]\s")


@dataclass(frozen=True, slots=True)
class SumReading:
    """What a sentence says of one sum. ``role`` is a key of vocabulary/amounts.yml or "", ``near`` tells that its word
    stands by the sum; ``refused`` is a reason's key or ""; ``part`` marks a share of the sum before it."""

    role: str = ""
    near: bool = False
    refused: str = ""
    whole: bool = False
    each: bool = False
    about: bool = False
    part: bool = False


@cache
def _finder() -> CueFinder:
    words = vocabulary("amounts")
    return CueFinder(words["roles"], words["refused"])


@cache
def _marks() -> dict[str, re.Pattern[str]]:
    words = vocabulary("amounts")
    marks = {name: re.compile(f"(?<!\\w)(?:{'|'.join(words[name])})(?!\\w)") for name in ("whole", "each")}
    return marks | {"about": re.compile(f"(?<!\\w)(?:{'|'.join(words['about'])})\\s$")}


def role_words(lowered: str) -> bool:
    """Whether a label speaks of money."""
    roles, _ = _finder().find(lowered, 0, len(lowered))
    return any(cue.kind != "sum" for cue in roles)


def read_sums(lowered: str, start: int, end: int, sums: list[MoneyMention]) -> list[SumReading]:
    """A reading for each of the sums of one sentence, ``lowered[start:end]``."""
    roles, refusals = _finder().find(lowered, start, end)
    readings: list[SumReading] = []
    for index, money in enumerate(sums):
        left = sums[index - 1].end if index else start
        right = sums[index + 1].start if index + 1 < len(sums) else end
        stop = _BREAK.search(lowered, money.end, min(right, money.end + _REACH))
        limit = stop.start() if stop else min(right, money.end + _REACH)
        readings.append(_read(lowered, (start, left, limit, right), money, roles, refusals, last=right == end))
    return readings


def _read(
    lowered: str,
    bounds: tuple[int, int, int, int],
    money: MoneyMention,
    roles: tuple[Cue, ...],
    refusals: tuple[Cue, ...],
    *,
    last: bool,
) -> SumReading:
    start, left, _, right = bounds
    role, near = _role(lowered, bounds, money, roles, last=last)
    marks = _marks()
    if _PERCENT_PART.match(lowered, money.end):
        role, near = "total", True
    return SumReading(
        role=role,
        near=near,
        refused=_refused(lowered, bounds, money, refusals, roles),
        whole=bool(marks["whole"].search(lowered, left, money.start)),
        each=bool(marks["each"].search(lowered, left, right)),
        about=bool(marks["about"].search(lowered, max(start, money.start - 16), money.start)),
        part=bool(_PART.search(lowered, left, money.start)),
    )


def _role(
    lowered: str, bounds: tuple[int, int, int, int], money: MoneyMention, roles: tuple[Cue, ...], *, last: bool
) -> tuple[str, bool]:
    """The sum's role and whether its word is near: a ceiling right before it, own shares, then the nearest word."""
    _, left, limit, right = bounds
    before = [cue for cue in ending_before(roles, money.start) if cue.start >= left]
    behind = [cue for cue in roles if money.end <= cue.start < limit and (last or cue.start - money.end < right - cue.end)]
    if any(cue.kind == "max" and money.start - cue.end < _CEILING_REACH for cue in before):
        return "max", True
    close = before and before[-1].kind != "sum" and money.start - before[-1].end < _ADJACENT
    shares = [cue.kind for cue in (*_clause(lowered, before, money), *([] if close else behind)) if cue.kind in _SHARES]
    if shares:
        return shares[0], True
    if before and before[-1].kind == "sum":
        told = [cue for cue in before if cue.kind != "sum"]
        carried = {cue.kind for cue in ending_before(roles, left)}
        if not told and carried and carried <= {"granted", "grant", "sum"}:
            return "granted", True
        alone = not told or bool(re.search(r"[);.]", lowered[told[-1].end : before[-1].start]))
        return ("sum", True) if alone else (told[-1].kind, True)
    if near := [*reversed([cue for cue in before if cue.kind != "sum"]), *behind]:
        return near[0].kind, True
    carried = [cue for cue in ending_before(roles, money.start) if cue.kind != "sum"]
    farther = [cue for cue in roles if limit <= cue.start < min(right, money.end + _REACH)] if last else []
    if carried:
        return carried[-1].kind, False
    return (farther[0].kind, False) if farther else ("", False)


def _clause(lowered: str, before: list[Cue], money: MoneyMention) -> list[Cue]:
    """The cues of the sum's own clause, nearest first."""
    comma = lowered.rfind(", ", before[0].start if before else money.start, money.start)
    return [cue for cue in reversed(before) if cue.start > comma]


def _refused(
    lowered: str,
    bounds: tuple[int, int, int, int],
    money: MoneyMention,
    refusals: tuple[Cue, ...],
    roles: tuple[Cue, ...],
) -> str:
    start, left, limit, _ = bounds
    if _PER_UNIT.match(lowered, money.end) or money.eur < _LEAST:
        return "unit"
    if _BOUND.search(lowered, left, money.start) and _BOUNDED.match(lowered, money.end):
        return "floor"
    if _YEAR_ROW.match(lowered, start) and left == start:
        return "past"
    told = [cue for cue in roles if cue.kind in {"granted", "max"} and cue.end <= money.start]
    for cue in refusals:
        before = cue.end <= money.start
        if cue.kind == "unit":
            fits = left <= cue.start and before or money.end <= cue.start <= money.end + _UNIT_REACH
        elif cue.kind == "floor":
            fits = before and money.start - cue.end < _FLOOR_REACH and cue.start >= left
        elif cue.kind in {"applied", "proposed"}:
            fits = left <= cue.start < limit and not any(cue.end <= role.start for role in told)
        else:
            fits = start <= cue.start < limit
        if fits:
            return cue.kind
    return ""
