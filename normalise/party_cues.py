"""Cues in running text: the phrases that tell who pays for a project, who leads it and who takes part."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING

from normalise.organisation_names import OrganisationMention
from normalise.party_lists import listed_names
from normalise.party_pieces import ListedName, as_named
from normalise.phrases import Matches, PhraseFinder, written_out
from normalise.sentences import Sentence
from normalise.spans import overlaps, within
from normalise.words import AND, any_of, joining, joining_words, vocabulary

if TYPE_CHECKING:  # an analysis holds the claims of its text: the import goes the other way
    from normalise.analysis import Analysis

# Between a verb and the subject that follows it stand no more characters than this ("myönsi rahoituksen X").
_NEAR = re.compile(r"\D{0,29}")
# The first name after a cue stands within this many characters.
_FIRST_NAME = 60
# And the last one within this many: thirty long names, more than any sentence lists.
_LAST_NAME = 1500
# How far a word that turns a claim away reaches: characters before the name and after it.
_REACH_BEFORE = 110
_REACH_AFTER = 50
ROLES = ("funder", "coordinator", "partner")
_GAP = re.compile(rf"^[\s,”\"')(-]*(?:(?:{AND})\s+|(?:{joining('who')})\s+(?:(?:{joining('also')})\s+)?)?$")
_WITHIN_NAMES = joining_words("of", "in", "at") | {"&"}
# Words that may stand between an organisation and the verb that follows it ("Opetushallitus on 2019 rahoittanut").
_LOOSE = re.compile(r"^\s+(?:[a-zåäö]{2,12}\s+){0,2}$")
# A bracket between two names of a row ends no clause.
_CLAUSE = re.compile(
    rf"\s[–—]\s|[;:]|\((?![^()\n\d]{{1,60}}\)(?:,|\s(?:{AND})\s))|(?<![A-ZÅÄÖ])\.\s"
    rf"|\s(?:{joining('who', 'but')}|{any_of(vocabulary('parties')['clause_openers'])})\s"
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
    """Where a cue stands, the role that it speaks of, and the side on which the names are."""

    role: str
    side: str
    weight: float
    start: int
    end: int


# Lists of context words in parties.yml that the finder looks for, too.
_CONTEXTS = (
    "elsewhere",
    "in_kind",
    "money_words",
    "money_against",
    "part_words",
    "part_against",
    "with_words",
    "coming",
    "counting",
    "receiving",
    "owned",
    "own_project",
    "paid",
)


@cache
def party_finder() -> PhraseFinder:
    """The finder of all cues of vocabulary/party_cues.yml (``funder.after.3``) and context words of parties.yml."""
    words, cues = vocabulary("parties"), vocabulary("party_cues")
    found = {
        key: [
            phrase for template in cues["cues"][role][side][weight] for phrase in written_out(template, cues["parts"])
        ]
        for key, (role, side, weight) in _cue_keys().items()
    }
    return PhraseFinder(found | {name: words[name] for name in _CONTEXTS})


@cache
def _cue_keys() -> dict[str, tuple[str, str, float]]:
    """The keys of all cues, each with its role, the side of the names, and its weight."""
    return {
        f"{role}.{side}.{weight}": (role, side, weight)
        for role, sides in vocabulary("party_cues")["cues"].items()
        for side, weights in sides.items()
        for weight in weights
    }


def cue_claims(analysis: "Analysis") -> Iterator[Claim]:
    """The claims of all sentences, in reading order of cues."""
    found = analysis.party_words
    keys = [key for key in _cue_keys() if key in found.keys]
    for sentence in analysis.sentences if keys else ():
        cues = _cues_in(found, sentence, keys)
        inside = within(analysis.organisations, sentence.start, sentence.end) if cues else ()
        for cue in cues:
            yield from _claims(analysis, sentence, cue, inside)


def _cues_in(found: Matches, sentence: Sentence, keys: Sequence[str]) -> list[_Cue]:
    """The cues of a sentence, without those that lie within a longer one of another role."""
    cues = []
    for key in keys:
        role, side, weight = _cue_keys()[key]
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
    names = _before(text, cue, inside) if cue.side == "before" else _after(text, sentence, cue, inside)
    if cue.side == "subject":
        taken = overlaps(inside, cue.start, cue.end) or _before(text, cue, inside)
        names = [] if taken else _subjects(text, cue, names)
    if cue.role == "funder":
        names = [n for n in names if not _receives(text, n)]
    for named in names:
        role, rule = (named.role, "marked") if named.role else (cue.role, "cue")
        keys = ("elsewhere", "in_kind") if role == "funder" and cue.side != "after" else ("elsewhere",)
        against = against_near(analysis, sentence, named, keys)
        yield Claim(role, named, cue.weight, f"{role}.{rule}", against)


def _subjects(text: str, cue: _Cue, names: Sequence[ListedName]) -> list[ListedName]:
    """The names that can be the subject of a verb before them: known ones in the nominative, in a row that begins right
    behind it, or near it with no sum between ("kunnat maksavat 20 % ja X 10 %").
    """
    plain = [name for name in names if name.known and text[name.start : name.end] == name.name]
    row = bool(plain) and plain[0] == names[0] and text[cue.end : names[0].start] == " "
    return [name for name in plain if row or _NEAR.fullmatch(text, cue.end, name.start)]


def _receives(text: str, name: ListedName) -> bool:
    """Whether a name stands in the case of those who are given something: "X ry:lle avustusta"."""
    written = text[name.start : name.end]
    return written != name.name and written.endswith("lle")


def against_near(analysis: "Analysis", sentence: Sentence, named: ListedName, keys: Sequence[str]) -> str | None:
    """The word near a name, in its sentence, that turns a claim away from this project; None without one."""
    text = analysis.text
    start = max(sentence.start, named.start - _REACH_BEFORE)
    bracket = text.find("(", named.end, named.end + _REACH_AFTER)
    end = min(sentence.end, named.end + _REACH_AFTER if bracket < 0 else bracket)
    spans = (span for key in keys for span in analysis.party_words.of(key, start, end))
    found = [span for span in spans if not overlaps(analysis.organisations, *span)]
    return text[slice(*found[0])] if found else None


def _after(text: str, sentence: Sentence, cue: _Cue, inside: Sequence[OrganisationMention]) -> list[ListedName]:
    """The run of names that follows a cue."""
    reach = min(sentence.end, cue.end + _LAST_NAME)
    following = within(inside, cue.end, reach)
    end = _clause_end(text, cue, following, reach)
    inflected = text[cue.start : cue.end].casefold() in vocabulary("parties")["with_words"]
    run: list[ListedName] = []
    for name in listed_names(text, cue.end, end, following, inflected=inflected):
        if _plausible(text, name) and (run or name.start - cue.end < _FIRST_NAME):
            run.append(_narrowed(name, following))
    return run


def _clause_end(text: str, cue: _Cue, following: Sequence[OrganisationMention], reach: int) -> int:
    """Where the clause of a cue ends: at a sign or word that opens another, none of them inside a name.

    A colon before the first name opens its list: "rahoitus tulee kolmelta kunnalta: A, B ja C".
    """
    for clause in _CLAUSE.finditer(text, cue.end, reach):
        start = clause.start()
        if clause[0] == ":" and not any(text[m.start : m.end] == m.name and m.end <= start for m in following):
            continue
        if start > cue.end + 2 and not overlaps(following, start, start + 1):
            return start
    return reach


def _plausible(text: str, name: ListedName) -> bool:
    """Whether a piece of running text is a name: known, or nothing but capitals and the words that join them."""
    if name.known:
        return True
    words = text[name.start : name.end].split()
    capitals = sum(1 for w in words if w[0].isupper() or w in _WITHIN_NAMES)
    return len(words) <= 6 and 2 * capitals >= len(words)


def _narrowed(name: ListedName, mentions: Sequence[OrganisationMention]) -> ListedName:
    """A piece with more words than the name in it ("jonka toteuttaa X Tampereella") cut to the name."""
    if name.entry or len(name.name.split()) <= 4:
        return name
    found = next((m for m in mentions if name.start <= m.start and m.end <= name.end), None)
    if found is None or found.end - found.start > 0.8 * (name.end - name.start):
        return name
    return as_named(found, name.role)


def _before(text: str, cue: _Cue, inside: Sequence[OrganisationMention]) -> list[ListedName]:
    """The run of names that ends at a cue."""
    before = within(inside, 0, cue.start)
    run: list[OrganisationMention] = []
    edge = cue.start
    for mention in reversed(before):
        if mention.end > cue.start:
            continue
        gap = text[mention.end : edge]
        if not (_GAP.match(gap) or (not run and _LOOSE.match(gap))):
            break
        run.insert(0, mention)
        edge = mention.start
    return [as_named(mention) for mention in run]
