"""Why a sum is none of this project's or call's money, by the words around it."""

import re

from normalise.amounts.cues import CLAUSE_END, SumInSentence
from normalise.text.cues import Cue
from normalise.words import vocabulary

_WORDS = vocabulary("amounts")
# Floors stand before their sums, unit prices' words right behind.
_FLOOR_REACH = 34
_UNIT_REACH = 14
_PER_UNIT = re.compile(rf"\s?/\s?(?:{'|'.join(_WORDS['units'])})\b")
# Nothing that is priced by the unit costs more.
_DEAREST_UNIT = 100_000
# Smaller sums are prices, fees or allowances, never a project's or call's money.
_LEAST = 100
_OVER = re.compile(rf"(?<!\w)(?:{'|'.join(_WORDS['bounds_over'])})\s\Z")
_UNDER = re.compile(rf"(?<!\w)(?:{'|'.join(_WORDS['bounds_under'])})\s\Z")
_BOUNDED = re.compile(rf"\s(?:{'|'.join(_WORDS['bounded'])})")
# A row of a table of years: "2022–2023: 1 650 000 euro, 41 kommuner".
_YEAR_ROW = re.compile(
    rf"\W{{0,3}}(?:(?:{'|'.join(_WORDS['row_years'])}) )?(?:19|20)\d\d(?:\s?[-–]\s?\d{{2,4}})?\s?[:–-]\s"
)


def reason_against(place: SumInSentence) -> str:
    """The key of why a sum is turned down (vocabulary/amounts.yml, ``refused``); "" where nothing speaks against it."""
    lowered, money = place.lowered, place.money
    if money.eur < _LEAST or _PER_UNIT.match(lowered, money.end):
        return "unit"
    bound = _OVER.search(lowered, place.left, money.start) and _BOUNDED.match(lowered, money.end)
    if bound or _UNDER.search(lowered, place.left, money.start):
        return "floor"
    if place.left == place.start and _YEAR_ROW.match(lowered, place.start):
        return "past"
    return next((cue.kind for cue in place.refusals if _refuses(place, cue)), "")


def _refuses(place: SumInSentence, cue: Cue) -> bool:
    """Whether a word that speaks against sums speaks of this one: each kind has its own reach."""
    money, before = place.money, cue.end <= place.money.start
    own = cue.start >= place.left
    if cue.kind == "unit":
        near = (own and before) or money.end <= cue.start <= money.end + _UNIT_REACH
        return near and money.eur < _DEAREST_UNIT and not place.has_ceiling
    if cue.kind == "floor":
        near = own and before and money.start - cue.end < _FLOOR_REACH
        return near and not CLAUSE_END.search(place.lowered, cue.end, money.start)
    if cue.kind in {"applied", "proposed"}:
        granted = any(role.kind in {"granted", "max"} and cue.end <= role.start < money.start for role in place.roles)
        return own and cue.start < place.limit and not granted
    if cue.kind == "elsewhere":
        return before
    return cue.start < place.limit
