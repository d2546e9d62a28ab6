"""The number of partners that a text states: "mukana on 81 koulutuksen järjestäjää"."""

import re
from collections.abc import Iterator
from functools import cache

from normalise.analysis import Analysis
from normalise.facts import Fact, Kind
from normalise.words import vocabulary

# Up to two words may stand between the number and the counted noun ("81 ammatillisen koulutuksen järjestäjää").
_BETWEEN = r"(?:\s+(?!{others})[a-zåäö-]{{3,25}}){{0,2}}"
# Two of something are no network but named at once; more than so many are pupils, readers or firms.
_FEWEST = 3
_MOST = 400


@cache
def _pattern() -> re.Pattern[str]:
    words = vocabulary("parties")
    numbers = "|".join(sorted(words["number_words"], key=len, reverse=True))
    nouns = "|".join(re.escape(noun) for noun in sorted(words["counted"], key=len, reverse=True))
    between = _BETWEEN.format(others=f"(?:{'|'.join(words['counted_others'])})\\b")
    after = rf"{between}\s+(?P<noun>{nouns})(?!\w)"
    behind = "|".join(words["counted_behind"])
    return re.compile(rf"(?<![\w.,/-])(?P<number>\d{{1,3}}|(?i:{numbers}))(?:{after}|\s(?:{behind})(?!\w))")


def find_partner_count(analysis: Analysis, kind: Kind) -> tuple[Fact, ...]:
    """The count stated in a sentence about the network; the one stated most often, then the last. At most one fact."""
    if kind != "project":
        return ()
    found = list(_counts(analysis))
    if not found:
        return ()
    values = [fact.value for fact in found]
    return (max(found, key=lambda fact: (values.count(fact.value), fact.start)),)


def _counts(analysis: Analysis) -> Iterator[Fact]:
    text = analysis.text
    for sentence in analysis.sentences:
        if not analysis.party_words.has("counting", sentence.start, sentence.end):
            continue
        for match in _pattern().finditer(text, sentence.start, sentence.end):
            number = _number(match["number"])
            if _FEWEST <= number <= _MOST:
                start, end = match.span()
                yield Fact("partner_count", number, start, end, match[0], "partner_count.stated", 0.8)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else int(vocabulary("parties")["number_words"][word.casefold()])
