"""Cues in running text: the phrases that tell who pays for a project, who leads it and who takes part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from normalise.organisations.names import OrganisationMention
from normalise.parties.claims import Claim, against_near
from normalise.parties.pieces import ListedName
from normalise.parties.runs import end_of_leaders, names_before, names_behind, subjects
from normalise.parties.words import cue_keys
from normalise.text.phrases import Matches
from normalise.text.sentences import Sentence
from normalise.text.spans import overlaps, within

if TYPE_CHECKING:  # an analysis holds the claims of its text: the import goes the other way
    from normalise.analysis import Analysis

ROLES = ("funder", "coordinator", "partner")


@dataclass(frozen=True, slots=True)
class _Cue:
    """Where a cue stands, the role that it speaks of, and the side on which the names are."""

    role: str
    side: str
    weight: float
    start: int
    end: int


def cue_claims(analysis: "Analysis") -> Iterator[Claim]:
    """The claims of all sentences, in reading order of cues."""
    found = analysis.party_words
    keys = [key for key in cue_keys() if key in found.keys]
    for sentence in analysis.sentences if keys else ():
        cues = _cues_in(found, sentence, keys)
        inside = within(analysis.organisations, sentence.start, sentence.end) if cues else ()
        for cue in cues:
            yield from _claims(analysis, sentence, cue, inside)


def _cues_in(found: Matches, sentence: Sentence, keys: Sequence[str]) -> list[_Cue]:
    """The cues of a sentence, without those that lie within a longer one of another role."""
    cues = []
    for key in keys:
        role, side, weight = cue_keys()[key]
        cues += [_Cue(role, side, float(weight), *span) for span in found.of(key, sentence.start, sentence.end)]
    by_start = sorted(cues, key=attrgetter("start"))
    longest = max((cue.end - cue.start for cue in cues), default=0)
    return [
        cue
        for cue in cues
        if not any(_swallows(other, cue) for other in within(by_start, cue.end - longest, cue.start + 1))
    ]


def _swallows(longer: _Cue, cue: _Cue) -> bool:
    """Whether one cue says more than another within it: "co-financing partners are" names no partners, and who "is
    with us and pays" stands before.
    """
    inside = longer.start <= cue.start and cue.end <= longer.end and longer.end - longer.start > cue.end - cue.start
    return inside and (longer.role != cue.role or cue.side == "subject")


def _claims(
    analysis: "Analysis", sentence: Sentence, cue: _Cue, inside: Sequence[OrganisationMention]
) -> Iterator[Claim]:
    text = analysis.text
    before = names_before(text, cue.start, inside) if cue.side in ("before", "subject") else []
    limit = end_of_leaders(text, cue.end, sentence.end) if cue.role == "coordinator" else sentence.end
    names = before if cue.side == "before" else names_behind(text, cue.start, cue.end, limit, inside)
    if cue.side == "subject":
        taken = before or overlaps(inside, cue.start, cue.end)
        names = [] if taken else subjects(text, cue.end, names)
    if cue.role == "funder":
        names = [n for n in names if not _receives(text, n)]
    for named in names:
        role, rule = (named.role, "marked") if named.role else (cue.role, "cue")
        keys = ("elsewhere", "in_kind") if role == "funder" and cue.side != "after" else ("elsewhere",)
        against = against_near(analysis, sentence, named, keys)
        yield Claim(role, named, cue.weight, f"{role}.{rule}", against)


def _receives(text: str, name: ListedName) -> bool:
    """Whether a name stands in the case of those who are given something: "X ry:lle avustusta"."""
    written = text[name.start : name.end]
    return written != name.name and written.endswith("lle")
