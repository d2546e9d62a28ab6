"""The number of partners that a text states: "mukana on 81 koulutuksen järjestäjää", "ett konsortium av sju"."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from normalise.analysis import Analysis
from normalise.cues import word_starts
from normalise.facts import Fact, Kind
from normalise.words import AND, any_of, vocabulary

# Up to two words may stand between the number and the counted noun ("81 ammatillisen koulutuksen järjestäjää").
_BETWEEN = r"(?:\s+(?!{others})[a-zåäö-]{{3,25}}(?:\s(?:{joints}))?){{0,2}}"
# A number that something is more than is none ("more than five municipalities together").
_NUMBER = r"(?<![\w.,/-])(?<!kuin )(?<! än )(?<!than )(?P<number>\d{{1,3}}|(?i:{numbers}))"
# How far before a noun its number may begin, in characters.
_REACH = 70
# Two of something are no network but named at once; more than so many are pupils, readers or firms.
_FEWEST = 3
_MOST = 400


def _number_pattern() -> str:
    return _NUMBER.format(numbers="|".join(sorted(vocabulary("parties")["number_words"], key=len, reverse=True)))


def _between_pattern() -> str:
    others = f"(?:{'|'.join(vocabulary('parties')['counted_others'])})\\b"
    return _BETWEEN.format(others=others, joints=AND)


def _counted() -> str:
    """The nouns of bodies that may be partners."""
    return any_of(vocabulary("parties")["counted"])


@cache
def _in_network() -> re.Pattern[str]:
    """A number with a noun that counts partners where the sentence is about the network."""
    behind = "|".join(vocabulary("parties")["counted_behind"])
    return re.compile(rf"{_number_pattern()}(?:{_between_pattern()}\s+(?:{_counted()})(?!\w)|\s(?:{behind})(?!\w))")


@cache
def _with() -> re.Pattern[str]:
    """A number of those who are with it: "today 33 municipalities are in", "i dag är 33 kommuner med"."""
    closing = "|".join(vocabulary("partner_counts")["with"])
    return re.compile(
        rf"{_number_pattern()}{_between_pattern()}\s+(?:{_counted()})\s(?:{closing})(?=[.,;!]|$)", re.MULTILINE
    )


@cache
def _sure() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A noun that counts partners in any sentence, and the number before it."""
    words = vocabulary("partner_counts")
    nouns, associated = "|".join(words["sure"]), "|".join(words["associated"])
    before = rf"{_number_pattern()}{_between_pattern()}\s+(?!{associated})[a-zåäö-]*\Z"
    return re.compile(rf"(?:{nouns})(?!\w)"), re.compile(before)


@cache
def _joint() -> re.Pattern[str]:
    """A number of those whose joint undertaking it is: "viiden toteuttajan yhteishanke", "ett samarbete mellan fem"."""
    words = vocabulary("partner_counts")
    no_partners = rf"(?!\s(?:{'|'.join(words['no_partners'])}))"
    before = rf"{_number_pattern()}{no_partners}{_between_pattern()}\s+(?:{'|'.join(words['joint'])})"
    behind = _number_pattern().replace("<number>", "<of_us>") + no_partners
    return re.compile(
        rf"{before}|(?:{word_starts(words['joint_of'])})\s(?:{words['article']}\s)?{behind}(?=\s[a-zåäö])"
    )


@cache
def _led() -> re.Pattern[str]:
    """A number behind words that say what it counts; "we are seven" only where nothing else is counted."""
    words = vocabulary("partner_counts")
    told = rf"(?:{word_starts(words['before'])})(?:\s(?:{'|'.join(words['between'])}))*(?::\s?|\s)"
    we = rf"(?:{word_starts(words['we'])})(?:\s(?:{'|'.join(words['we_between'])}))*\s"
    number = _number_pattern().replace("<number>", "<of_us>")
    other = rf"(?![\w/-]|[.,]\d|\s?(?:{'|'.join(words['no_partners'])}))"
    return re.compile(rf"{told}{_number_pattern()}{other}|{we}{number}(?=[.,;:!]\s|[.,;:!]?$)", re.MULTILINE)


def find_partner_count(analysis: Analysis, kind: Kind) -> tuple[Fact, ...]:
    """The count stated of partners, else of a network; the one stated most often, then the last. At most one fact."""
    if kind != "project":
        return ()
    found = _facts(analysis, _counts(analysis)) or _facts(analysis, _counts_in_network(analysis))
    if not found:
        return ()
    values = Counter(fact.value for fact in found)
    return (max(found, key=lambda fact: (values[fact.value], fact.start)),)


def _facts(analysis: Analysis, counts: Iterator[tuple[int, int, str]]) -> list[Fact]:
    return [fact for count in counts if (fact := _fact(analysis.text, *count))]


def _counts_in_network(analysis: Analysis) -> Iterator[tuple[int, int, str]]:
    """Where a number of any bodies stands in a sentence about the network, with its word."""
    for sentence in analysis.sentences:
        if analysis.party_words.has("counting", sentence.start, sentence.end):
            for match in _in_network().finditer(analysis.text, sentence.start, sentence.end):
                yield *match.span(), match["number"]


def _counts(analysis: Analysis) -> Iterator[tuple[int, int, str]]:
    """Where a number of partners stands, whatever else its sentence says, with its word."""
    nouns, before = _sure()
    for noun in nouns.finditer(analysis.lowered):
        if number := before.search(analysis.lowered, max(0, noun.start() - _REACH), noun.start()):
            yield number.start(), noun.end(), number["number"]
    for match in _with().finditer(analysis.lowered):
        yield *match.span(), match["number"]
    for pattern in (_led(), _joint()):
        for match in pattern.finditer(analysis.lowered):
            yield *match.span(), match["number"] or match["of_us"]


def _fact(text: str, start: int, end: int, word: str) -> Fact | None:
    number = int(word) if word.isdigit() else int(vocabulary("parties")["number_words"][word.casefold()])
    if not _FEWEST <= number <= _MOST:
        return None
    return Fact("partner_count", number, start, end, text[start:end], "partner_count.stated", 0.8)
