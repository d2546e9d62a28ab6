"""The number of partners that a text states: "mukana on 81 koulutuksen järjestäjää", "ett konsortium av sju"."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple, TypeAlias

from normalise.analysis import Analysis
from normalise.cues import word_starts
from normalise.facts import Fact, Kind
from normalise.spans import holding
from normalise.words import AND, any_of, vocabulary

# Up to two words may stand between the number and the counted noun ("81 ammatillisen koulutuksen järjestäjää").
_BETWEEN = r"(?:\s+(?!{others})[a-zåäö-]{{3,25}}(?:\s(?:{joints}))?){{0,2}}"
# Nothing of a longer number, and no number that something is more than ("more than five municipalities together").
_NUMBER_BEGINS = re.compile(
    r"(?<![\w.,/-])" + "".join(rf"(?<!\b{word} )" for word in vocabulary("partner_counts")["more_than"])
)
_MOST_DIGITS = 3
# How far before a number the words may begin that say what it counts, in characters.
_REACH = 70
# Two of something are no network but named at once; more than so many are pupils, readers or firms.
_FEWEST = 3
_MOST = 400


class _Number(NamedTuple):
    """A number in digits or words, at ``start``..``end`` (characters)."""

    start: int
    end: int
    value: int


# Where a number counts partners (characters).
Counts: TypeAlias = Callable[[Analysis, _Number], Iterator[tuple[int, int]]]


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


def find_partner_count(analysis: Analysis, kind: Kind) -> tuple[Fact, ...]:
    """The count stated of partners, else of a network; the one stated most often, then the last. At most one fact."""
    if kind != "project":
        return ()
    numbers = list(_numbers(analysis))
    found = _facts(analysis, numbers, _counts) or _facts(analysis, numbers, _counts_in_network)
    if not found:
        return ()
    values = Counter(fact.value for fact in found)
    return (max(found, key=lambda fact: (values[fact.value], fact.start)),)


def _numbers(analysis: Analysis) -> Iterator[_Number]:
    in_words: dict[str, int] = vocabulary("parties")["number_words"]
    for start, end, word in analysis.words:
        value = in_words.get(word)
        if value is None and word.isdecimal() and len(word) <= _MOST_DIGITS:
            value = int(word)
        if value is not None and _FEWEST <= value <= _MOST and _NUMBER_BEGINS.match(analysis.lowered, start):
            yield _Number(start, end, value)


def _facts(analysis: Analysis, numbers: list[_Number], counts: Counts) -> list[Fact]:
    spans = ((number, span) for number in numbers for span in counts(analysis, number))
    return [_fact(analysis.text, number.value, *span) for number, span in spans]


def _counts_in_network(analysis: Analysis, number: _Number) -> Iterator[tuple[int, int]]:
    """Where a number counts any bodies in a sentence about the network."""
    behind = _behind_in_network().match(analysis.lowered, number.end)
    if behind is None:
        return
    sentence = next((s for s in holding(analysis.sentences, number.start) if behind.end() <= s.end), None)
    if sentence and analysis.party_words.has("counting", sentence.start, sentence.end):
        yield number.start, behind.end()


def _counts(analysis: Analysis, number: _Number) -> Iterator[tuple[int, int]]:
    """Where a number counts partners, whatever else its sentence says."""
    for pattern in _behind():
        if match := pattern.match(analysis.lowered, number.end):
            yield number.start, match.end()
    for before, after in _before():
        match = before.search(analysis.lowered, max(0, number.start - _REACH), number.start)
        if match and after.match(analysis.lowered, number.end):
            yield match.start(), number.end


def _fact(text: str, number: int, start: int, end: int) -> Fact:
    return Fact("partner_count", number, start, end, text[start:end], "partner_count.stated", 0.8)
