"""What the words around a sum say of it: its role, or why it is none of this project's or call's money."""

import re
from dataclasses import dataclass
from functools import cache

from normalise.cues import Cue, CueFinder, ending_before
from normalise.money import MoneyMention
from normalise.words import vocabulary

# How far after a sum the words may stand that tell its role ("11 700 € av egna medel").
_REACH = 45
_BREAK = re.compile(r"[;(.]\s|\n|,\s|\s(?:ja|och|and|sekä|samt|mutta|men|but|josta|varav|av vilka)\s")
# Unit prices follow their sum at once.
_UNIT_REACH = 14
_PER_UNIT = re.compile(r"\s?/\s?(?:h|t|hlö|henkilö|tunti|kk|op|km|timme|person|dag|pv|päivä|kpl|vuosi|år|opiskelija)\b")
_FLOOR_REACH = 12


@dataclass(frozen=True, slots=True)
class SumReading:
    """What a sentence says of one sum: its role ("" where it says none), how near the word stands, and the refusals."""

    role: str
    near: bool
    refused: str
    whole: bool
    each: bool
    about: bool


@cache
def _roles() -> CueFinder:
    return CueFinder(vocabulary("amounts")["roles"])


@cache
def _refusals() -> CueFinder:
    return CueFinder(vocabulary("amounts")["refused"])


@cache
def _marks() -> dict[str, re.Pattern[str]]:
    words = vocabulary("amounts")
    marks = {name: re.compile(f"(?<!\\w)(?:{'|'.join(words[name])})(?!\\w)") for name in ("whole", "each")}
    return marks | {"about": re.compile(f"(?<!\\w)(?:{'|'.join(words['about'])})\\s$")}


def read_sums(lowered: str, start: int, end: int, sums: list[MoneyMention]) -> list[SumReading]:
    """A reading for each of the sums of one sentence, ``lowered[start:end]``."""
    roles, refusals = _roles().find(lowered, start, end), _refusals().find(lowered, start, end)
    readings: list[SumReading] = []
    for index, money in enumerate(sums):
        left = sums[index - 1].end if index else start
        right = sums[index + 1].start if index + 1 < len(sums) else end
        readings.append(_read(lowered, (start, left, right), money, roles, refusals))
    return readings


def _read(
    lowered: str, bounds: tuple[int, int, int], money: MoneyMention, roles: tuple[Cue, ...], refusals: tuple[Cue, ...]
) -> SumReading:
    start, left, right = bounds
    role, near = _role(lowered, left, right, money, roles)
    marks = _marks()
    return SumReading(
        role=role,
        near=near,
        refused=_refused(lowered, bounds, money, refusals, roles),
        whole=bool(marks["whole"].search(lowered, left, money.start)),
        each=bool(marks["each"].search(lowered, left, right)),
        about=bool(marks["about"].search(lowered, max(start, money.start - 16), money.start)),
    )


def _role(
    lowered: str, left: int, right: int, money: MoneyMention, roles: tuple[Cue, ...]
) -> tuple[str, bool]:
    before = [cue for cue in ending_before(roles, money.start) if cue.start >= left]
    stop = _BREAK.search(lowered, money.end, min(right, money.end + _REACH))
    limit = stop.start() if stop else min(right, money.end + _REACH)
    behind = [cue for cue in roles if money.end <= cue.start < limit]
    if ceiling := next((cue for cue in reversed(before) if cue.kind == "max" and money.start - cue.end < 12), None):
        return ceiling.kind, True
    own = next((cue for cue in behind if cue.kind == "own"), None)
    if own:
        return "own", True
    summed = bool(before) and before[-1].kind == "sum"
    before = [cue for cue in before if cue.kind != "sum"]
    if before:
        return before[-1].kind, True
    if behind:
        return behind[0].kind, True
    carried = [cue for cue in ending_before(roles, money.start) if cue.kind != "sum"]
    if carried:
        return carried[-1].kind, False
    return ("total", True) if summed else ("", False)


def _refused(
    lowered: str, bounds: tuple[int, int, int], money: MoneyMention, refusals: tuple[Cue, ...], roles: tuple[Cue, ...]
) -> str:
    start, left, right = bounds
    if _PER_UNIT.match(lowered, money.end):
        return "unit"
    for cue in refusals:
        if cue.kind == "unit" and not (left <= cue.start < money.start or money.end <= cue.start <= money.end + _UNIT_REACH):
            continue
        if cue.kind == "floor" and not (left <= cue.start < money.start and money.start - cue.end < _FLOOR_REACH):
            continue
        if cue.kind in {"applied", "proposed"} and not left <= cue.start < min(right, money.end + _REACH):
            continue
        if cue.kind == "applied" and any(cue.end <= role.start < money.start and role.kind in {"grant", "max"} for role in roles):
            continue
        if cue.kind == "earlier" and not start <= cue.start < min(right, money.end + _REACH):
            continue
        return cue.kind
    return ""
