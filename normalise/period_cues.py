"""What the words around a date say of it: whose date it is, and whether something begins or ends on it."""

import re
from dataclasses import dataclass
from functools import cache

from normalise.cues import Cue, CueFinder, ending_before
from normalise.dates import DateMention
from normalise.words import vocabulary

# How far after a date the words may stand that tell what it is: postpositions stand close, verbs at a line's start farther.
_POSTPOSITION_REACH = 28
_VERB_REACH = 70
# A date this near its sentence's start is told by what follows it ("22.3.2024 ansökan öppnas").
_LEADS = 6
_BREAK = re.compile(r"[;(:,.]\s|\n|\s(?:ja|och|and|mutta|men|but|sekä)\s")
_MONEY = re.compile(r"\d\s?(?:€|euro|milj|m€|t€)")
_CONJUNCTION = re.compile(r";|\s(?:ja|och|and|mutta|men|but)\s")


# Roles: verbs that begin, end, open or close something, and words of place in time ("from", "until") that need a subject.
_TOLD = ("start", "end", "opens", "closes", "window", "from", "until")
# "The earlier project (2019-2021)": these hold against a nearer subject of the same clause.
_DOMINANT = ("predecessor", "successor")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence says of one date: its subject and role (keys of vocabulary/periods.yml, "" where it says nothing)."""

    subject: str
    role: str
    extended: bool = False
    superseded: bool = False
    pronoun: bool = False
    granted: bool = False


@cache
def _finder() -> CueFinder:
    words = vocabulary("periods")
    return CueFinder({**words["subjects"], "pronoun": words["pronouns"]}, words["roles"])


def read_dates(lowered: str, start: int, end: int, dates: list[DateMention]) -> list[Reading]:
    """A reading for each of the dates of one sentence, ``lowered[start:end]``."""
    subjects, roles = _finder().find(lowered, start, end)
    money = bool(_MONEY.search(lowered, start, end))
    readings = []
    for index, date in enumerate(dates):
        left = dates[index - 1].end if index else start
        right = dates[index + 1].start if index + 1 < len(dates) else end
        readings.append(_read(lowered, (start, left, right), date, subjects, roles, money=money))
    return readings


def _read(
    lowered: str,
    bounds: tuple[int, int, int],
    date: DateMention,
    subjects: tuple[Cue, ...],
    roles: tuple[Cue, ...],
    *,
    money: bool,
) -> Reading:
    start, left, right = bounds
    inside = [cue for cue in roles if date.start <= cue.start < date.end]
    near = [cue for cue in ending_before(roles, date.start) if cue.start >= left] + inside
    behind = _behind(lowered, date, roles, right, leads=date.start - start <= _LEADS)
    subject = _subject(lowered, start, left, date, subjects)
    role = _role(near, behind)
    changed = next((cue.kind for cue in (*reversed(near), *behind) if cue.kind in {"extension", "superseded"}), "")
    return Reading(
        subject="" if subject == "pronoun" else subject,
        role=role,
        extended=changed == "extension" and (date.last is not None or role not in {"start", "from", "opens"}),
        superseded=changed == "superseded",
        pronoun=subject == "pronoun",
        granted=any(cue.kind == "grant" for cue in roles) or money,
    )


def _behind(lowered: str, date: DateMention, cues: tuple[Cue, ...], right: int, *, leads: bool) -> list[Cue]:
    reach = min(right, date.end + (_VERB_REACH if leads else _POSTPOSITION_REACH))
    stop = _BREAK.search(lowered, date.end, reach)
    reach = stop.start() if stop else reach
    return [cue for cue in cues if date.end <= cue.start < reach]


def _role(near: list[Cue], behind: list[Cue]) -> str:
    """The nearest word before the date that gives a role, else the first one after it; an extension is an end."""
    after = next((cue.kind for cue in behind if cue.kind in _TOLD), "")
    before = next((cue.kind for cue in reversed(near) if cue.kind in _TOLD), "")
    if after and after not in {"window", "opens"} and before in {"", "window", "opens", "from"}:
        return after
    if before == "until" and any(cue.kind in {"end", "window"} for cue in near):
        return "end"
    if before == "from" and any(cue.kind in {"start", "window"} for cue in near):
        return "start"
    if not before and not after and any(cue.kind == "extension" for cue in (*near, *behind)):
        return "end"
    return before or after


def _subject(lowered: str, start: int, left: int, date: DateMention, subjects: tuple[Cue, ...]) -> str:
    before = [cue for cue in ending_before(subjects, date.start) if cue.kind != "pronoun" or cue.end < date.start - 1]
    own = [cue for cue in before if cue.start >= left]
    behind = _behind(lowered, date, subjects, len(lowered), leads=date.start - start <= _LEADS)
    strong = [cue for cue in own if cue.kind != "pronoun"]
    for cue in before:
        if cue.kind in _DOMINANT and not _CONJUNCTION.search(lowered, cue.end, date.start):
            return cue.kind
    if strong:
        return strong[-1].kind
    if behind and (not before or date.start - start <= _LEADS):
        return behind[0].kind
    carried = [cue for cue in before if cue.kind != "pronoun"]
    if carried:
        return carried[-1].kind
    return "pronoun" if before else ""
