"""Cues in running text: the phrases that tell who pays for a project, who leads it and who takes part."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from normalise.organisations import OrganisationMention
from normalise.party_lists import ListedName, listed_names
from normalise.sentences import Sentence
from normalise.words import vocabulary

if TYPE_CHECKING:  # an analysis holds the claims of its text: the import goes the other way
    from normalise.analysis import Analysis

# A subject that follows its verb stands within this many characters ("myönsi rahoituksen X").
_NEAR = 30
# How far a word that turns a claim away reaches: characters before the name and after it.
_REACH_BEFORE = 110
_REACH_AFTER = 50
ROLES = ("funder", "coordinator", "partner")
_GAP = re.compile(
    r"^[\s,”\"')(-]*(?:(?:ja|sekä|och|samt|and)\s+|(?:joka|jotka|som|which|who)\s+(?:myös\s+|också\s+|also\s+)?)?$"
)
# Words that may stand between an organisation and the verb that follows it ("Opetushallitus on 2019 rahoittanut").
_LOOSE = re.compile(r"^\s+(?:[a-zåäö]{2,12}\s+){0,2}$")
_CLAUSE = re.compile(
    r"\s[–—]\s|[;:(]|(?<![A-ZÅÄÖ])\.\s|\s(?:jotka|jotta|joka|jossa|jonka|että|som|där|vars|which|who|that|where|kun|koska|eftersom|mutta|men|but)\s"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """That a text says an organisation has a role.

    ``weight`` is 3 for plain words, 1 for weak ones; ``against`` is a word that tells not to believe it.
    """

    role: str
    named: ListedName
    weight: float
    rule: str
    against: str | None = None


@dataclass(frozen=True, slots=True)
class _Cue:
    role: str
    side: str
    weight: float
    pattern: re.Pattern[str]


@cache
def _cues() -> tuple[_Cue, ...]:
    return tuple(
        _Cue(role, side, float(weight), phrases(words))
        for role, sides in vocabulary("parties")["cues"].items()
        for side, weights in sides.items()
        for weight, words in weights.items()
    )


def phrases(words: Sequence[str]) -> re.Pattern[str]:
    """One pattern for many phrases: whole words, case folded, * for any ending, any white space between words."""
    longest_first = sorted(map(str, words), key=len, reverse=True)
    parts = (re.escape(w).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for w in longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


@cache
def elsewhere() -> re.Pattern[str]:
    """Words that speak of another project, a wider programme, or plans."""
    return phrases(vocabulary("parties")["elsewhere"])


def cue_claims(analysis: "Analysis") -> Iterator[Claim]:
    """The claims of all sentences, in reading order of cues."""
    mentions = analysis.organisations
    for sentence in analysis.sentences:
        inside = [m for m in mentions if sentence.start <= m.start < sentence.end]
        for cue in _cues():
            for match in cue.pattern.finditer(analysis.text, sentence.start, sentence.end):
                yield from _claims(analysis.text, sentence, cue, match, inside)


def _claims(
    text: str, sentence: Sentence, cue: _Cue, match: re.Match[str], inside: Sequence[OrganisationMention]
) -> Iterator[Claim]:
    names = _before(text, match, inside) if cue.side == "before" else _after(text, sentence, match, inside)
    if cue.side == "subject":
        names = [n for n in names if n.known and text[n.start : n.end] == n.name and n.start - match.end() < _NEAR]
    if not names:
        return
    for named in names:
        role, rule = (named.role, "marked") if named.role else (cue.role, "cue")
        yield Claim(role, named, cue.weight, f"{role}.{rule}", against_near(text, sentence, named, (elsewhere(),)))


def against_near(text: str, sentence: Sentence, named: ListedName, patterns: Sequence[re.Pattern[str]]) -> str | None:
    """The word near a name, in its sentence, that turns a claim away from this project; None without one."""
    start = max(sentence.start, named.start - _REACH_BEFORE)
    bracket = text.find("(", named.end, named.end + _REACH_AFTER)
    end = min(sentence.end, named.end + _REACH_AFTER if bracket < 0 else bracket)
    found = next((match for pattern in patterns if (match := pattern.search(text, start, end))), None)
    return found[0] if found else None


def _after(
    text: str, sentence: Sentence, match: re.Match[str], inside: Sequence[OrganisationMention]
) -> list[ListedName]:
    """The run of names that follows a cue."""
    following = [m for m in inside if m.start >= match.end()]
    clause = next(
        (c.start() for c in _CLAUSE.finditer(text, match.end(), sentence.end)
         if c.start() > match.end() + 2 and not any(m.start <= c.start() < m.end for m in following)),
        sentence.end,
    )  # fmt: skip
    end = min(clause, sentence.end)
    names = listed_names(text, match.end(), end, following, inflected=match[0].casefold() in _governing())
    run: list[ListedName] = []
    for name in names:
        if _plausible(text, name) and (run or name.start - match.end() < 60):
            run.append(_narrowed(name, following))
    return run


@cache
def _governing() -> frozenset[str]:
    return frozenset({"yhteistyössä", "yhdessä"})


def _plausible(text: str, name: ListedName) -> bool:
    """Whether a piece of running text is a name: known, or nothing but capitals and the words that join them."""
    if name.known:
        return True
    words = text[name.start : name.end].split()
    capitals = sum(1 for w in words if w[0].isupper() or w in ("i", "för", "of", "på", "&"))
    return len(words) <= 6 and 2 * capitals >= len(words)


def _narrowed(name: ListedName, mentions: Sequence[OrganisationMention]) -> ListedName:
    """A piece with more words than the name in it ("jonka toteuttaa X Tampereella") cut to the name."""
    if name.entry or len(name.name.split()) <= 4:
        return name
    found = next((m for m in mentions if name.start <= m.start and m.end <= name.end), None)
    if found is None or found.end - found.start > 0.8 * (name.end - name.start):
        return name
    return ListedName(found.start, found.end, found.name, found.entry, name.role, known=True)


def _before(text: str, match: re.Match[str], inside: Sequence[OrganisationMention]) -> list[ListedName]:
    """The run of names that ends at a cue."""
    before = [m for m in inside if m.end <= match.start()]
    run: list[OrganisationMention] = []
    edge = match.start()
    for mention in reversed(before):
        gap = text[mention.end : edge]
        if not (_GAP.match(gap) or (not run and _LOOSE.match(gap))):
            break
        run.insert(0, mention)
        edge = mention.start
    return [ListedName(m.start, m.end, m.name, m.entry, None, known=True) for m in run]
