"""Names that no rule knows, where bodies stand in a row: "KGHM" between two universities, on lines or in a sentence."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from normalise.analysis import Analysis
from normalise.organisations.names import OrganisationMention, in_nominative
from normalise.organisations.words import name_words
from normalise.parties.claims import Claim
from normalise.parties.lists import listed_names
from normalise.parties.pieces import named_piece
from normalise.persons.name_forms import is_given_name
from normalise.text.contexts import by_sentence
from normalise.text.document import Line
from normalise.text.label_names import name_label
from normalise.text.sentences import Sentence
from normalise.text.spans import overlaps
from normalise.words import AND, joining

# A list has so many lines at least, and bodies on so large a share of them.
_FEWEST_LINES = 3
_SHARE = 0.34
_LONGEST_NAME = 70
_NO_NAME = re.compile(r"[@€\d]")
# The signs and words that part names in a sentence, and a run of capitals between them.
_AND = rf"(?:\s\([^()\n]{{1,40}}\))?,?\s(?:{AND})\s(?:(?:{joining('also', 'the')})\s)?"
_JOINT = rf"(?:(?:\s\([^()\n]{{1,40}}\))?,\s|{_AND})"
_CAPITAL = r"[^\W\d_a-zåäö][\w’'&-]*"
_NAME = rf"(?P<name>{_CAPITAL}(?:\s(?:(?:{joining('of', 'foreign_of', 'in', 'at')})\s)?{_CAPITAL}){{0,3}})"
_BETWEEN = re.compile(_JOINT + _NAME + _JOINT)
_BEHIND = re.compile(rf"{_AND}{_NAME}(?=[.;:)\n]|\s\(|\s[a-zåäö]|\Z)")
_BEFORE = re.compile(rf"(?:[a-zåäö]|:)\s{_NAME}{_JOINT}\Z")
_ROW = re.compile(_JOINT)
# The longest name and joint before the first body of a sentence.
_REACH = 80


def sibling_claims(analysis: Analysis) -> Iterator[Claim]:
    """Weak claims of taking part for the short capitalised lines beside lines that name bodies."""
    bodies = {line.index for m in analysis.organisations if (line := analysis.document.line_at(m.start))}
    for run in _runs(analysis):
        named = [line for line in run if line.index in bodies]
        if len(run) < _FEWEST_LINES or not _SHARE * len(run) <= len(named) < len(run):
            continue
        for line in run:
            if line.index not in bodies:
                for name in listed_names(analysis.text, line.start, line.end, analysis.organisations)[:1]:
                    yield Claim("partner", name, 1.0, "partner.sibling")


def _runs(analysis: Analysis) -> Iterator[list[Line]]:
    """Runs of short lines of one kind, each of which may be a name."""
    run: list[Line] = []
    people = {line.index for m in analysis.persons if (line := analysis.document.line_at(m.start))}
    for line in analysis.document.lines:
        fits = _may_be_name(line) and line.index not in people
        if run and (not fits or line.kind is not run[-1].kind or line.block > run[-1].block + 1):
            yield run
            run = []
        if fits:
            run.append(line)
    if run:
        yield run


def _may_be_name(line: Line) -> bool:
    text = line.text
    if len(text) > _LONGEST_NAME or not text[0].isupper() or text[-1] in ".:!?":
        return False
    return not _NO_NAME.search(text) and not name_label(text)


def series_claims(analysis: Analysis) -> Iterator[Claim]:
    """Weak claims of taking part for the capitals in a row with bodies of a sentence: "X, KGHM ja Y", "X ja KGHM"."""
    bodies = [m for m in analysis.organisations if not m.place]
    for sentence, mentions in by_sentence(analysis.sentences, bodies):
        for start, end in _unknown_in_row(analysis.text, sentence, mentions):
            if not _is_known(analysis, start, end):
                inflected = any(not in_nominative(analysis.text, m) for m in mentions[-1:])
                named = named_piece(analysis.text, start, end, (), inflected=inflected)
                if named:
                    yield Claim("partner", named, 1.0, "partner.sibling")


def _unknown_in_row(
    text: str, sentence: Sentence, mentions: Sequence[OrganisationMention]
) -> Iterator[tuple[int, int]]:
    """Where capitals stand before the first body, between two or behind the last, parted by commas or conjunctions."""
    row = len(mentions) > 1 and _ROW.fullmatch(text, mentions[0].end, mentions[1].start)
    before = _BEFORE.search(text, max(sentence.start, mentions[0].start - _REACH), mentions[0].start) if row else None
    between = [_BETWEEN.fullmatch(text, a.end, b.start) for a, b in pairwise(mentions)]
    behind = _BEHIND.match(text, mentions[-1].end, sentence.end)
    return (match.span("name") for match in (before, *between, behind) if match)


def _is_known(analysis: Analysis, start: int, end: int) -> bool:
    """Whether capitals are something else: a place, a person, or words that belong to no name."""
    words = analysis.text[start:end].split()
    if overlaps(analysis.organisations, start, end) or overlaps(analysis.persons, start, end):
        return True
    return any(word.casefold() in name_words("outside") for word in words) or is_given_name(words[0])
