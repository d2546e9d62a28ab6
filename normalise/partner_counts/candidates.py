"""Numbers that may count a project's partners: three to 400, in digits and in words, with the noun that they count."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from normalise.analysis import Analysis
from normalise.language.number_words import number_words
from normalise.text.phrases import Word
from normalise.text.spans import overlaps
from normalise.words import WORDS_KEPT, vocabulary

# Two of something are no network but named at once; more than so many are pupils, readers or firms.
FEWEST, MOST = 3, 400
_TENS = 10
# Nothing of a longer number, date, code or range stands before or behind, and no word that something is more than.
_BEGINS = re.compile(
    r"(?<![\w.,/:+#§&–-])(?<!\d[ \u00a0])"
    + "".join(rf"(?<!\b{word} )" for word in vocabulary("partner_counts")["more_than"])
)
_ENDS = re.compile(r"(?![\d%/§]|[.,:]\d|[ \u00a0]\d{3}|[ \u00a0]?[%€§]|[-–]\d|\.\s?[a-zåäö])")
# The counted noun stands within so many words behind its number, and the clause goes on to it.
_NOUN_REACH = 4
_CLAUSE_ENDS = re.compile(r"[.,;:()|–]|\n\s*\W")
# The words that tell of a number stand so many before and behind it, and no farther than the sentence goes.
_MOST_BEFORE, _MOST_BEHIND = 12, 10
_STOPS = re.compile(r"\n\s*\n|[.!?…][\"”’)\]]*\s|\n\s*\W")


class CountedNumber(NamedTuple):
    """A number at ``start``..``end`` (characters) in its sentence.

    ``noun`` is the class of the noun that it counts, or "", and ``noun_end`` where that ends; ``before`` and ``behind``
    are the words around it, the nearest first.
    """

    start: int
    end: int
    value: int
    in_words: bool
    noun: str
    noun_end: int
    before: tuple[Word, ...]
    behind: tuple[Word, ...]


class _Number(NamedTuple):
    """A number with the indices of the words before and behind it."""

    start: int
    end: int
    value: int
    before: int
    behind: int


def counted_numbers(analysis: Analysis) -> list[CountedNumber]:
    """The numbers of a page that may count partners, in reading order."""
    return [counted for number in _numbers(analysis) if (counted := _counted(analysis, number))]


def _numbers(analysis: Analysis) -> list[_Number]:
    table = _table()
    places = [index for index, word in enumerate(analysis.words) if word.folded in table]
    found = (_read(analysis, index, table[analysis.words[index].folded]) for index in places)
    return sorted([*(number for number in found if number), *_compounds(analysis)])


@cache
def _table() -> dict[str, int]:
    digits = {str(number): number for number in range(FEWEST, MOST + 1)}
    return digits | {word: number for word, number in number_words().items() if number >= FEWEST}


def _read(analysis: Analysis, index: int, value: int) -> _Number | None:
    """The number that a word begins, "twenty-one" with two; None for a part of a date, a sum or a code."""
    word = analysis.words[index]
    if not _BEGINS.match(analysis.lowered, word.start):
        return None
    if word.folded.isalpha():
        return _with_ones(analysis, index, value)
    if not _ENDS.match(analysis.lowered, word.end):
        return None
    taken = overlaps(analysis.dates, word.start, word.end) or overlaps(analysis.money, word.start, word.end)
    return None if taken else _Number(word.start, word.end, value, index - 1, index + 1)


def _with_ones(analysis: Analysis, index: int, value: int) -> _Number:
    word, after = analysis.words[index], analysis.words[index + 1 : index + 2]
    if value % _TENS == 0 and after and analysis.lowered[word.end : after[0].start] == "-":
        ones = number_words().get(after[0].folded, _TENS)
        if ones < _TENS:
            return _Number(word.start, after[0].end, value + ones, index - 1, index + 2)
    return _Number(word.start, word.end, value, index - 1, index + 1)


def _compounds(analysis: Analysis) -> Iterator[_Number]:
    """The numbers in words of so many members: "kuusijäseninen"."""
    marks = vocabulary("partner_counts")["compounds"]
    if not any(mark in analysis.lowered for mark in marks):
        return
    for index, word in enumerate(analysis.words):
        match = _compound().fullmatch(word.folded)
        value = number_words().get(match[1]) if match else None
        if match and value and value >= FEWEST:
            yield _Number(word.start, word.start + match.end(1), value, index - 1, index)


@cache
def _compound() -> re.Pattern[str]:
    return re.compile(rf"(\w{{4,}}?)(?:{'|'.join(vocabulary('partner_counts')['compounds'])})\w*")


def _counted(analysis: Analysis, number: _Number) -> CountedNumber | None:
    """A number with what stands around it; None where it counts none that could be partners."""
    noun, noun_end = _noun(analysis, number)
    if noun in vocabulary("partner_counts")["never_partners"]:
        return None
    before = tuple(_words_before(analysis, number))
    behind = tuple(_words_behind(analysis, number))
    told = vocabulary("partner_counts")["tell_without_noun"]
    if not noun and not any(word_class(word.folded) in told for word in (*before, *behind)):
        return None
    in_words = not analysis.text[number.start].isdigit()
    return CountedNumber(number.start, number.end, number.value, in_words, noun, noun_end, before, behind)


def _noun(analysis: Analysis, number: _Number) -> tuple[str, int]:
    """The class of the counted noun and where it ends; ("", the number's end) where none of the vocabulary follows.

    In a Finnish genitive stand modifiers of the noun: "ammatillisen koulutuksen järjestäjää".
    """
    words = vocabulary("partner_counts")
    nouns, bodies, alone, others = (words[key] for key in ("nouns", "bodies", "no_modifiers", "before_another"))
    found, found_end, end = "", number.end, number.end
    for word in analysis.words[number.behind : number.behind + _NOUN_REACH]:
        if word.folded in others or _CLAUSE_ENDS.search(analysis.lowered, end, word.start):
            break
        end = word.end
        name = word_class(word.folded)
        modified = found and found not in alone and analysis.lowered[found_end - 1] == "n"
        if (name in nouns and not found) or (name in bodies and modified):
            found, found_end = name, end
    return found, found_end


def _words_before(analysis: Analysis, number: _Number) -> Iterator[Word]:
    edge = number.start
    for index in range(number.before, max(-1, number.before - _MOST_BEFORE), -1):
        word = analysis.words[index]
        if _is_stopped(analysis, word.end, edge):
            return
        yield word
        edge = word.start


def _words_behind(analysis: Analysis, number: _Number) -> Iterator[Word]:
    edge = number.end
    for word in analysis.words[number.behind : number.behind + _MOST_BEHIND]:
        if _is_stopped(analysis, edge, word.start):
            return
        yield word
        edge = word.end


def _is_stopped(analysis: Analysis, start: int, end: int) -> bool:
    """Whether a sentence, paragraph or item ends between two words; full stops before small letters shorten words."""
    if end - start <= 1:
        return False
    stop = _STOPS.search(analysis.lowered, start, end)
    following = analysis.text[end]
    return stop is not None and (stop[0][0] == "\n" or following.isupper() or following.isdigit())


@lru_cache(WORDS_KEPT)
def word_class(word: str) -> str:
    """The first class of the vocabulary that a word (in small letters) has; "" for none."""
    return next((name for name, pattern in _classes() if pattern.search(word)), "")


@cache
def _classes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each class's beginnings of words or of compounds' last parts: so many letters may follow."""
    return tuple(
        (name, re.compile(rf"(?:{'|'.join(stems)})\w{{0,9}}$"))
        for name, stems in vocabulary("partner_counts")["classes"].items()
    )
