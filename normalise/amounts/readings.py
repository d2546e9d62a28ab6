"""What a sentence says of each of its sums: its role, how near that is told, or why it is none of the page's money."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from normalise.amounts.cues import SumInSentence, sums_in_sentence
from normalise.amounts.money import MoneyMention
from normalise.amounts.refusals import reason_against
from normalise.text.cues import Cue, ending_before
from normalise.words import vocabulary

_WORDS = vocabulary("amounts")
_SENTENCE_MARK = re.compile(r"[);.]")
_PART = re.compile(rf"(?<!\w)(?:{'|'.join(_WORDS['part_of'])})\s")
_PERCENT_PART = re.compile(rf"[^.\n]{{0,4}}(?:{'|'.join(_WORDS['part_of'])})\s[^.\n]{{0,40}}%")
# A word this near before its sum holds against one behind it.
_ADJACENT = 6
_SHARES = ("own", "part")
# A sum in a Finnish case that a noun follows, which says what the sum is: "120 000 euron avustus".
_GENITIVE = re.compile(r"(?:euron|e:n|eur:n|€:n)\Z")
_NEXT_WORD_REACH = 2
# "Tuki on 70 % kustannuksista, yhteensä ...": what a share in per cent is of.
_PER_CENT_REACH = 40
_PER_CENT_OF = re.compile(rf"(?:{'|'.join(_WORDS['per_cent'])}\w*)\s(?:\w+\s){{0,2}}\Z")
# Keys of vocabulary/amounts.yml: words in a sum's own stretch that say something of it beside its role.
_SIGNS = ("rest", "trade", "spent", "supposed")


@dataclass(frozen=True, slots=True)
class SumReading:
    """What a sentence says of one sum.

    ``role`` is a key of vocabulary/amounts.yml or "", ``near`` tells that its word stands by the sum; ``refused`` is a
    reason's key or ""; ``part`` marks a share of the sum before it; ``signs`` are keys of words that stand by it;
    ``bounded`` is the role of what a ceiling bounds ("omarahoitus on enintään 5 000 euroa") or "".
    """

    role: str = ""
    near: bool = False
    refused: str = ""
    whole: bool = False
    each: bool = False
    about: bool = False
    part: bool = False
    signs: tuple[str, ...] = ()
    bounded: str = ""


@cache
def _marks() -> dict[str, re.Pattern[str]]:
    marks = {name: re.compile(f"(?<!\\w)(?:{'|'.join(_WORDS[name])})(?!\\w)") for name in ("whole", "each", *_SIGNS)}
    return marks | {"about": re.compile(f"(?<!\\w)(?:{'|'.join(_WORDS['about'])})\\s\\Z")}


def read_sums(lowered: str, start: int, end: int, sums: Sequence[MoneyMention]) -> list[SumReading]:
    """A reading for each of the sums of one sentence, ``lowered[start:end]``."""
    return [_read(place) for place in sums_in_sentence(lowered, start, end, sums)]


def _read(place: SumInSentence) -> SumReading:
    lowered, money, marks = place.lowered, place.money, _marks()
    role, near = _role(place)
    if _PERCENT_PART.match(lowered, money.end):
        role, near = "total", True
    return SumReading(
        role=role,
        near=near,
        refused=reason_against(place),
        whole=bool(marks["whole"].search(lowered, place.left, money.start)),
        each=bool(marks["each"].search(lowered, place.left, place.told_until)),
        about=bool(marks["about"].search(lowered, max(place.start, money.start - 16), money.start)),
        part=bool(_PART.search(lowered, place.left, money.start)),
        signs=tuple(name for name in _SIGNS if marks[name].search(lowered, place.left, place.limit)),
        bounded=_bounded(place) if role == "max" else "",
    )


def _bounded(place: SumInSentence) -> str:
    """The role of what the ceiling before a sum bounds."""
    told = [cue.kind for cue in _clause(place) if cue.kind not in {"max", "sum"}] if place.has_ceiling else []
    return told[0] if told else ""


def _role(place: SumInSentence) -> tuple[str, bool]:
    """The sum's role and whether its word is near: a ceiling right before it, own shares, then the nearest word."""
    if place.has_ceiling:
        return "max", True
    before, behind, start = place.before, place.behind, place.money.start
    if behind and behind[0].start - place.money.end < _NEXT_WORD_REACH and _is_genitive(place):
        return behind[0].kind, True
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


def _is_genitive(place: SumInSentence) -> bool:
    return _GENITIVE.search(place.lowered, place.money.start, place.money.end) is not None


def _clause(place: SumInSentence) -> list[Cue]:
    """The role words of the sum's own clause, nearest first."""
    before = place.before
    comma = place.lowered.rfind(", ", before[0].start, place.money.start) if before else -1
    return [cue for cue in reversed(before) if cue.start > comma]


def _summed(place: SumInSentence, told: list[Cue], total: Cue) -> str:
    """The role of what is summed up ("yhteensä 50 000"): that of the word before, of the grants before, or a sum."""
    if len(told) > 1 and _is_per_cent_of(place, told[-1]):
        told = told[:-1]
    if told and not _SENTENCE_MARK.search(place.lowered, told[-1].end, total.start):
        return told[-1].kind
    kinds = {cue.kind for cue in ending_before(place.roles, place.left)}
    return "granted" if not told and kinds and kinds <= {"granted", "grant", "sum"} else "sum"


def _is_per_cent_of(place: SumInSentence, cue: Cue) -> bool:
    return _PER_CENT_OF.search(place.lowered, max(place.left, cue.start - _PER_CENT_REACH), cue.start) is not None


def _far_role(place: SumInSentence) -> str:
    """The role carried on from the sums before, or told farther behind the last sum; "" for none."""
    carried = place.carried[-1:] or place.far_behind[:1]
    return carried[0].kind if carried else ""
