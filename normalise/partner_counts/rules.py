"""Rules that say that a number counts partners: "mukana on 81 koulutuksen järjestäjää", "ett konsortium av sju"."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from normalise.analysis import Analysis
from normalise.partner_counts.candidates import CountedNumber
from normalise.text.cues import word_starts
from normalise.text.spans import holding
from normalise.words import AND, any_of, vocabulary

# Up to two words may stand between the number and the counted noun ("81 ammatillisen koulutuksen järjestäjää").
_BETWEEN = r"(?:\s+(?!{others})[a-zåäö-]{{3,25}}(?:\s(?:{joints}))?){{0,2}}"
_PARAGRAPH = "\n\n"
# How far before a number the words may begin that say what it counts, in characters.
_REACH = 70


class Claim(NamedTuple):
    """A verdict at ``start``..``end`` (characters): *sure*, or *network*, of any bodies, in a sentence about one."""

    start: int
    end: int
    rule: str


@cache
def _behind_in_network() -> re.Pattern[str]:
    """What follows a number that counts partners where the sentence is about the network."""
    behind = "|".join(vocabulary("parties")["counted_behind"])
    return re.compile(rf"{_between()}\s+(?:{_counted()})(?!\w)|\s(?:{behind})(?!\w)")


@cache
def _behind() -> tuple[re.Pattern[str], ...]:
    """What follows a number that counts partners in any sentence.

    Nouns of partners, those who are with it ("i dag är 33 kommuner med"), those whose joint undertaking it is ("viiden
    toteuttajan yhteishanke").
    """
    words = vocabulary("partner_counts")
    nouns, associated = "|".join(words["sure"]), "|".join(words["associated"])
    closing, joint = "|".join(words["with"]), "|".join(words["joint"])
    return (
        re.compile(rf"{_between()}\s+(?!{associated})[a-zåäö-]*(?:{nouns})(?!\w)"),
        re.compile(rf"{_between()}\s+(?:{_counted()})\s(?:{closing})(?=[.,;!]|$)", re.MULTILINE),
        re.compile(rf"(?!\s(?:{_no_partners()})){_between()}\s+(?:{joint})"),
    )


@cache
def _before() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """What stands before a number that counts partners, each with what must follow the number.

    Words that say what it counts, "we are" only where nothing else is counted, and "ett samarbete mellan".
    """
    words = vocabulary("partner_counts")
    told = rf"(?:{word_starts(words['before'])})(?:\s(?:{'|'.join(words['between'])}))*(?::\s?|\s)\Z"
    we = rf"(?:{word_starts(words['we'])})(?:\s(?:{'|'.join(words['we_between'])}))*\s\Z"
    joint_of = rf"(?:{word_starts(words['joint_of'])})\s(?:{words['article']}\s)?\Z"
    no_other = rf"(?![\w/-]|[.,]\d|\s?(?:{_no_partners()}))"
    return (
        (re.compile(told), re.compile(no_other)),
        (re.compile(we), re.compile(r"(?=[.,:;!]\s|[.,:;!]?$)", re.MULTILINE)),
        (re.compile(joint_of), re.compile(rf"(?!\s(?:{_no_partners()}))(?=\s[a-zåäö])")),
    )


def _between() -> str:
    others = f"(?:{'|'.join(vocabulary('parties')['counted_others'])})\\b"
    return _BETWEEN.format(others=others, joints=AND)


def _counted() -> str:
    """The nouns of bodies that may be partners."""
    return any_of(vocabulary("parties")["counted"])


def _no_partners() -> str:
    return "|".join(vocabulary("partner_counts")["no_partners"])


def count_claims(analysis: Analysis, numbers: Sequence[CountedNumber]) -> dict[int, Claim]:
    """The strongest verdict on each number that the rules know, by the number's start."""
    claims: dict[int, Claim] = {}
    for number in numbers:
        spans = [(span, "sure") for span in _sure(analysis, number)] + [
            (span, "network") for span in _in_network(analysis, number)
        ]
        for (start, end), rule in spans:
            if _PARAGRAPH not in analysis.text[start:end]:
                claims.setdefault(number.start, Claim(start, end, rule))
    return claims


def _in_network(analysis: Analysis, number: CountedNumber) -> Iterator[tuple[int, int]]:
    """Where a number counts any bodies in a sentence about the network."""
    behind = _behind_in_network().match(analysis.lowered, number.end)
    if behind is None:
        return
    sentence = next((s for s in holding(analysis.sentences, number.start) if behind.end() <= s.end), None)
    if sentence and analysis.party_words.has("counting", sentence.start, sentence.end):
        yield number.start, behind.end()


def _sure(analysis: Analysis, number: CountedNumber) -> Iterator[tuple[int, int]]:
    """Where a number counts partners, whatever else its sentence says."""
    for pattern in _behind():
        if match := pattern.match(analysis.lowered, number.end):
            yield number.start, match.end()
    for before, after in _before():
        match = before.search(analysis.lowered, max(0, number.start - _REACH), number.start)
        if match and after.match(analysis.lowered, number.end):
            yield match.start(), number.end
