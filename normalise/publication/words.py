"""The words about a page's own date, and what such a date is."""

import re
from functools import cache

from normalise.dates.finding import DateMention
from normalise.text.cues import word_starts
from normalise.words import vocabulary

_LETTER = r"[^\W\d]"
_DAY = 10
_MONTH = 7

# A page's own date with its rule and confidence.
OwnDate = tuple[DateMention, str, float]


@cache
def publication_words() -> dict[str, re.Pattern[str]]:
    """The vocabulary of publication as one expression a key; a digit may be glued to a word's front."""
    words = vocabulary("publication")
    starts = {name: word_starts(entries, after=_LETTER) for name, entries in words.items()}
    return {name: re.compile(f"(?:{start})(?!\\w)") for name, start in starts.items()}


def is_day(date: DateMention) -> bool:
    """Whether a date is a single day of a known year."""
    return date.last is None and date.first.has_year and len(date.first.value) >= _DAY


def is_month(date: DateMention) -> bool:
    """Whether a date is a single month of a known year."""
    return date.last is None and date.first.has_year and len(date.first.value) == _MONTH
