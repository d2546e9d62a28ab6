"""What the words around a date say of it: whose date it is, and whether something begins or ends on it."""

import re
from dataclasses import dataclass
from functools import cache

from normalise.dates.finding import DateMention
from normalise.text.cues import Cue, CueFinder, ending_before
from normalise.words import AND, any_of, joining, vocabulary

# How far after a date the words may stand that tell what it is: postpositions stand close, verbs at a line's start
# farther.
_POSTPOSITION_REACH = 28
_VERB_REACH = 70
# A date this near its sentence's start is told by what follows it ("22.3.2024 ansökan öppnas").
_LEADS = 6
_WORDS = vocabulary("periods")
_BREAK = re.compile(rf"[;(:,.]\s|\n|\s(?:{AND}|{joining('but')})\s")
# "and" with the spaces around it is no longer than this.
_LONGEST_AND = 12
_AND_BEFORE = re.compile(rf"\s{joining('plain_and')}\s\Z")
_NEW_SUBJECT = re.compile(rf";|\s(?:{joining('plain_and', 'but')})\s")
# What stands in a bracket that closes before a date says nothing of it: "Suomen Akatemia (päätös 356712) 1.9.2023–".
_CLOSED = re.compile(r"[^()]*\)")
_MONEY = re.compile(rf"\d\s?(?:{any_of(_WORDS['money'])})")
_DECIDED_ON = re.compile(rf"(?:{'|'.join(_WORDS['decided_on'])})\W{{1,3}}\Z")
_TURNED_DOWN = re.compile(rf"(?<!\w)(?:{'|'.join(_WORDS['turned_down'])})(?!\w)")
_HAPPENED = re.compile("|".join(_WORDS["happened"]))
_HAPPENED_IN = re.compile(rf"(?<!\w)(?:{any_of(_WORDS['happened_in'])})\s\Z")
# Roles: verbs that begin, end, open or close something; "from" and "until" say no more than a place in time.
_TOLD = ("start", "end", "opens", "closes", "window", "from", "until")
_VERBS = ("start", "end", "window")
_CHANGES = ("extension", "superseded")
_BEGINNINGS = ("start", "from", "opens")
# "The earlier project (2019-2021)": these hold against a nearer subject of the same clause.
_DOMINANT = ("predecessor", "successor")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence says of one date.

    ``subject`` and ``role`` are keys of vocabulary/periods.yml, "" where it says nothing; ``pronoun`` tells that the
    subject is carried on from the sentence before, ``granted`` that the sentence speaks of money.
    """

    subject: str
    role: str
    extended: bool = False
    superseded: bool = False
    pronoun: bool = False
    granted: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """A date in its sentence ``start``..: after the date before (``left``), before the next (``right``)."""

    lowered: str
    date: DateMention
    start: int
    left: int
    right: int

    @property
    def leads(self) -> bool:
        """Whether the sentence begins with the date."""
        return self.date.start - self.start <= _LEADS

    def behind(self, cues: tuple[Cue, ...]) -> list[Cue]:
        """The cues right behind the date, in its clause."""
        end = self.date.end
        reach = min(self.right, end + (_VERB_REACH if self.leads else _POSTPOSITION_REACH))
        stop = _BREAK.search(self.lowered, end, reach)
        reach = stop.start() if stop else reach
        bracket = self.lowered.find("(", end, reach)
        opens_date = self.lowered[self.right : self.right + 1].isdigit()
        if bracket >= 0 and opens_date and self.lowered.find(")", bracket, self.right) < 0:
            reach = bracket
        return [cue for cue in cues if end <= cue.start < reach]


@cache
def _finder() -> CueFinder:
    return CueFinder({**_WORDS["subjects"], "pronoun": _WORDS["pronouns"]}, _WORDS["roles"])


def read_dates(lowered: str, start: int, end: int, dates: list[DateMention]) -> list[Reading]:
    """A reading for each of the dates of one sentence, ``lowered[start:end]``."""
    subjects, roles = _finder().find(lowered, start, end)
    granted = any(cue.kind == "grant" for cue in roles) or bool(_MONEY.search(lowered, start, end))
    readings = []
    for index, date in enumerate(dates):
        left = dates[index - 1].end if index else start
        right = dates[index + 1].start if index + 1 < len(dates) else end
        readings.append(_read(_Place(lowered, date, start, left, right), subjects, roles, granted=granted))
    return readings


def _read(place: _Place, subjects: tuple[Cue, ...], roles: tuple[Cue, ...], *, granted: bool) -> Reading:
    date = place.date
    inside = [cue for cue in roles if date.start <= cue.start < date.end]
    near = [cue for cue in ending_before(roles, date.start) if cue.start >= place.left] + inside
    near = [cue for cue in near if cue.kind != "extension" or _reaches(place, cue, near)]
    behind = place.behind(roles)
    subject, role = _subject(place, subjects, near), _role(place, near, behind)
    changed = next((cue.kind for cue in (*reversed(near), *behind) if cue.kind in _CHANGES), "")
    return Reading(
        subject="" if subject == "pronoun" else subject,
        role=role,
        extended=changed == "extension" and _may_be_new(place, role) and not _is_turned_down(place),
        superseded=changed == "superseded",
        pronoun=subject == "pronoun",
        granted=granted,
    )


def _may_be_new(place: _Place, role: str) -> bool:
    """Whether a date of that role may be an extension's: no beginning, nor the day on which it was decided."""
    if place.date.last is None and role in _BEGINNINGS:
        return False
    # "myönsi jatkoaikaa päätöksellään 4.11.2013", but "jatkettu päätöksellä 30.6.2014 asti".
    return role == "until" or not _is_day_of_decision(place)


def _is_turned_down(place: _Place) -> bool:
    """Whether the words behind a date say that the extension was not given."""
    return bool(_TURNED_DOWN.search(place.lowered, place.date.end, place.right))


def _is_day_of_decision(place: _Place) -> bool:
    """Whether an extension was decided then: "muutospäätöksen (4.11.2013)", "myönnettiin helmikuussa", "i februari"."""
    date, lowered = place.date, place.lowered
    if _DECIDED_ON.search(lowered, place.left, date.start) or _HAPPENED.fullmatch(lowered, date.start, date.end):
        return True
    return bool(date.last is None and _HAPPENED_IN.search(lowered, place.left, date.start))


def _reaches(place: _Place, extension: Cue, near: list[Cue]) -> bool:
    """Whether a word of extension holds for the date: across "ja" only where the date's clause tells its role."""
    if not _NEW_SUBJECT.search(place.lowered, extension.end, place.date.start):
        return True
    return any(cue.kind in _TOLD and cue.start >= extension.end for cue in near)


def _role(place: _Place, near: list[Cue], behind: list[Cue]) -> str:
    """The nearest word before the date that gives a role, else the first one after it; an extension is an end."""
    if behind and behind[0].kind == "idiom":
        return ""  # "vuodesta 2021 alkaen myös X": who joined later begins nothing
    after = next((cue.kind for cue in behind if cue.kind in _TOLD), "")
    before = next((cue.kind for cue in reversed(near) if cue.kind in _TOLD), "")
    told = after if after not in {"", "window", "opens"} and before in {"", "window", "opens", "from"} else before
    kinds = {cue.kind for cue in near}
    if told == "until" and kinds & {"end", "window"}:
        return "end"
    if told == "until" and near and near[-1].kind == "from" and near[-1].end >= place.date.start - 1:
        return "start" if kinds & {"start", "window"} else "from"  # "vuodesta 2019 asti": ever since
    if before == "from" and kinds & {"start", "window"}:
        return "start"
    if not before and not after and any(cue.kind == "extension" for cue in (*near, *behind)):
        return "" if _is_day_of_decision(place) else "end"
    return told or after


def _goes_on(place: _Place, decision: Cue, near: list[Cue]) -> bool:
    """Whether the sentence returns to its subject: "Projektet fick sitt beslut i mars och pågår till 2024"."""
    return any(
        cue.start >= decision.end
        and _AND_BEFORE.search(place.lowered, max(decision.end, cue.start - _LONGEST_AND), cue.start)
        for cue in near
        if cue.kind in _VERBS
    )


def _subject(place: _Place, subjects: tuple[Cue, ...], near: list[Cue]) -> str:
    """The kind of the nearest subject: before the date, behind a date that leads, or carried on in the sentence."""
    start = place.date.start
    before = [cue for cue in ending_before(subjects, start) if cue.kind != "pronoun" or cue.end < start - 1]
    before = [cue for cue in before if not _CLOSED.match(place.lowered, cue.end, start)]
    for cue in before:
        if cue.kind in _DOMINANT and not _NEW_SUBJECT.search(place.lowered, cue.end, start):
            return cue.kind
    named = [cue for cue in before if cue.kind != "pronoun"]
    if len(named) > 1 and named[-1].kind == "decision" and _goes_on(place, named[-1], near):
        named.pop()
    if named and named[-1].start >= place.left:
        return named[-1].kind
    behind = place.behind(subjects)
    if behind and (not before or place.leads):
        return behind[0].kind
    if named:
        return named[-1].kind
    return "pronoun" if before else ""
