"""What a single word tells of a title, by vocabulary/titles.yml, remembered for each word: lines share most of theirs.

Expressions of several words are looked for only in lines that hold the first of them.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from normalise.text.label_names import first_words_of_labels
from normalise.words import STEM, WORDS_KEPT, any_of, vocabulary

_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")
# Stems tell whether the text comes back to a word; shorter words are those of grammar.
_SHORTEST_STEMMED = 5
_LONG_WORD, _SHORTEST_CAPITALISED = 4, 3

# What a word tells, as bits: those of a line are the union of its words'.
NEWSY, VERB, MENU, FURNITURE, REPORT, REPORT_START, TYPE, LABEL = (1 << n for n in range(8))
CONTACT, YEAR, FOUR_DIGITS, CLOCK, EURO, IMAGE, DIGIT, OTHER_VERB, FUNDING, APPLYING, DOCKET = (
    1 << n for n in range(8, 19)
)
_YEAR = re.compile(r"20\d\d")
_FOUR_DIGITS = re.compile(r"\d{4}")


class WordSense(NamedTuple):
    """A word without capitals and what it tells: bits, its stem, what its runs of letters say of headings.

    ``stem`` is empty for short words. ``heading`` holds, for each long run, whether headings on any site have it;
    ``capitals`` of ``capitalisable`` runs begin with a capital.
    """

    folded: str
    tells: int
    stem: str
    runs: int
    heading: tuple[bool, ...]
    capitals: int
    capitalisable: int


def senses_of(text: str) -> list[WordSense]:
    """What each word of a text tells, in order."""
    return [sense_of(word) for word in _WORD.findall(text)]


@lru_cache(WORDS_KEPT)
def sense_of(word: str) -> WordSense:
    """What one word tells; letters' case counts for its capitals alone."""
    folded = word.casefold()
    runs = (word,) if word.isalpha() else tuple(_LETTERS.findall(word))
    capitalisable = [run for run in runs if len(run) >= _SHORTEST_CAPITALISED]
    return WordSense(
        folded,
        _tells(folded),
        folded[:STEM] if len(folded) >= _SHORTEST_STEMMED else "",
        len(runs),
        tuple(_heading_words().match(run.casefold()) is not None for run in runs if len(run) >= _LONG_WORD),
        sum(run[0].isupper() for run in capitalisable),
        len(capitalisable),
    )


def _tells(folded: str) -> int:
    words = (
        (NEWSY, folded in _words("newsy")),
        (VERB, folded in _words("is_verbs")),
        (MENU, folded in _first_words("menu")),
        (FURNITURE, folded in _first_words("furniture")),
        (REPORT, folded in _report_starts()),
        (REPORT_START, folded.startswith(tuple(_report_starts()))),
        (TYPE, folded in _first_words("types")),
        (LABEL, folded in first_words_of_labels()),
        (CONTACT, folded in _words("contact_words") or _stems("address_words").search(folded) is not None),
        (YEAR, _YEAR.fullmatch(folded) is not None),
        (FOUR_DIGITS, _FOUR_DIGITS.match(folded) is not None),
        (CLOCK, folded in _words("clock_words")),
        (EURO, _stems("euro_words").search(folded) is not None),
        (IMAGE, folded in _words("image_words")),
        (DIGIT, not folded.isalpha() and _has_digit(folded)),
        (OTHER_VERB, folded in other_verbs()),
        (FUNDING, _stems("funding_stems").search(folded) is not None),
        (APPLYING, _stems("applying_stems").search(folded) is not None),
        (DOCKET, _stems("docket_stems").match(folded) is not None),
    )
    return sum(bit for bit, true in words if true)


def types() -> frozenset[str]:
    """Words that name the sort of a page."""
    return _words("types")


def furniture_lines() -> frozenset[str]:
    """Lines that are furniture where they hold nothing else."""
    return _words("furniture_lines")


def plain_labels() -> frozenset[str]:
    """Labels so bare that they also head other things."""
    return _words("plain_labels")


def begins_as_furniture(text: str) -> bool:
    """Whether a line begins as furniture does."""
    return _furniture().match(text) is not None


def count_menu_words(text: str) -> int:
    """How many words of menus a line has."""
    return len(_menu().findall(text))


@lru_cache(WORDS_KEPT)
def is_menu_word(word: str) -> bool:
    """Whether a folded word says nothing beside a site's name: one of menus, of sorts of pages, or a short one."""
    return len(word) < _LONG_WORD or word in types() or word in furniture_lines() or word in _words("menu")


def names_sort_of_page(folded: str) -> bool:
    """Whether a short line ends with a word for sorts of pages: "Kirjastojen hanketietokanta", "SeAMK Projektit"."""
    last = folded.rpartition(" ")[2]
    if last not in types() and not _has_digit(last):
        return False
    words = [word for word in folded.split() if not _has_digit(word)]
    return 0 < len(words) <= 3 and words[-1] in types()


def alternatives(*keys: str) -> str:
    """An expression for any entry of some lists of vocabulary/titles.yml."""
    return any_of(word for key in keys for word in vocabulary("titles")[key])


def _has_digit(word: str) -> bool:
    return any(c.isdigit() for c in word)


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(vocabulary("titles")[key])


@cache
def other_verbs() -> frozenset[str]:
    """Verbs that headlines and sentences have and names seldom."""
    return frozenset(vocabulary("titles")["other_verbs"].split())


@cache
def _stems(key: str) -> re.Pattern[str]:
    return re.compile(any_of(_words(key)))


@cache
def _first_words(key: str) -> frozenset[str]:
    return frozenset(_WORD.findall(entry)[0] for entry in vocabulary("titles")[key])


@cache
def _report_starts() -> frozenset[str]:
    return _first_words("report_words") | _words("image_words")


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{alternatives('furniture')})\b", re.IGNORECASE)


@cache
def _menu() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives('menu')})\b", re.IGNORECASE)


@cache
def _heading_words() -> re.Pattern[str]:
    return re.compile(any_of(_words("heading_words")))
