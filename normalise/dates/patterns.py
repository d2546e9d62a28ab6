"""The written forms of single dates in Finnish, Swedish and English, as tables of regular expressions.

Groups: ``y`` year, ``m`` month in digits, ``n`` month by name, ``d`` day, ``w`` day in words, ``h`` and ``i`` hour and
minute, ``dot`` a closing stop.
"""

import re
from collections.abc import Iterable
from enum import Enum, auto

from normalise.words import vocabulary

_MONTHS = vocabulary("months")
_WORDS = vocabulary("dates")


class DateForm(Enum):
    """How a point is written, which decides what it may join with."""

    FULL = auto()
    DAY_MONTH = auto()
    MONTH_YEAR = auto()
    MONTH = auto()
    YEAR = auto()
    NUMBER = auto()


Table = tuple[tuple[DateForm, re.Pattern[str]], ...]


def alternatives(words: Iterable[str | None]) -> str:
    """A regular expression for any of the words, longest first; words are expressions themselves."""
    return "|".join(sorted((w for w in words if w), key=len, reverse=True))


def _numbers() -> dict[str, int]:
    lists = (_MONTHS["sv"]["names"], _MONTHS["sv"]["short"], _MONTHS["en"]["names"], _MONTHS["en"]["short"])
    return {name: number for names in lists for number, name in enumerate(names, 1) if name}


_NUMBERS = _numbers()
_STEMS = tuple(_MONTHS["fi"]["stems"])
_DAYS: dict[int, list[str]] = _WORDS["days_in_words"]
# The first three letters of all words that begin a date: a quick look before the tables.
FIRST_LETTERS = frozenset(
    word[:3]
    for word in (*_NUMBERS, *_STEMS, *_WORDS["season_letters"], *(w for words in _DAYS.values() for w in words))
)


def month_number(word: str) -> int:
    """The number of a month named in Finnish (any case form), Swedish or English; 0 for no month."""
    word = word.casefold().rstrip(".")
    if word in _NUMBERS:
        return _NUMBERS[word]
    if word.endswith("s") and word[:-1] in _NUMBERS:
        return _NUMBERS[word[:-1]]
    return next((number for number, stem in enumerate(_STEMS, 1) if word.startswith(stem)), 0)


def day_number(words: str) -> int:
    """The number of a day in words; 0 for a month's last day. Raises ValueError for other words."""
    for number, pattern in _DAY_PATTERNS:
        if pattern.fullmatch(words):
            return number
    msg = f"no day: {words}"
    raise ValueError(msg)


_YEAR = r"(?P<y>(?:19|20)\d\d)(?!\d)"
_FI_MONTH = f"(?:{alternatives(_STEMS)})(?:{alternatives(_MONTHS['fi']['endings'])})"
_EN_MONTH = f"(?:(?:{alternatives(_MONTHS['en']['names'])})|(?:{alternatives(_MONTHS['en']['short'])})\\.?)"
_MONTH = f"(?:{_FI_MONTH}|(?:{alternatives(_NUMBERS)})s?\\.?)(?!\\w)"
_CLIPPED = rf"(?:{alternatives(_STEMS)})(?=\s?[-–])"
# "loka 30, 2018", "Okt 30, 2018", "Maj 30, 2018": how blogs and newsrooms write the day in a translated American order.
_SV_MONTHS = alternatives([*_MONTHS["sv"]["short"], *_MONTHS["sv"]["names"]])
_SHORT_MONTH_DAY = rf"(?P<n>(?:{alternatives(_STEMS)}|{_SV_MONTHS})\.?)\s(?P<d>\d{{1,2}}),\s"
_SEASON = f"(?:{alternatives(_WORDS['seasons'])})"
_MONTH_PART = f"(?:{alternatives(_WORDS['month_parts'])})"
_OF_YEAR = rf"(?:{alternatives(_WORDS['year_words'])})?\s?"
_YEAR_LEAD = f"(?:{alternatives(_WORDS['year_leads'])})"
_DAY_WORD = rf"\s{_WORDS['day_word']}"
# "3rd of May"
_OF_MONTH = rf"(?:(?:{alternatives(_WORDS['behind_english_ordinals'])})\s)?"
_ENGLISH_ORDINAL = alternatives(_WORDS["english_ordinals"])
_ORDINAL = f"(?:{alternatives(_WORDS['ordinals'])}|{_ENGLISH_ORDINAL})?"
_FI_MONTH_DAY = rf"(?P<n>{_FI_MONTH})\s(?P<d>\d{{1,2}})(?!\d)(?:\.(?!\d)|:\w{{1,6}})?"
_DAY_PATTERNS = tuple((day, re.compile(alternatives(words), re.IGNORECASE)) for day, words in _DAYS.items())
_IN_WORDS = alternatives(word for words in _DAYS.values() for word in words)
_FI_DAY_IN_WORDS = rf"(?P<n>{_FI_MONTH})\s(?P<w>{_IN_WORDS}){_DAY_WORD}"
_DAY_IN_WORDS = rf"(?P<w>{_IN_WORDS})\s(?P<n>{_MONTH})"
_ISO_TIME = r"(?:T(?P<h>\d{2}):(?P<i>\d{2})(?::\d{2})?Z?)?"
_AFTER_YEAR = rf"(?![.,/:]\d|-\d(?:-|\d\d(?!\d)|\d{{4}})|\s?(?:{alternatives(_WORDS['not_years'])}))"

# A date glued to the word before it: "Projekttid1 januari 2023", "Tidsperiod2010-09-01".
GLUED = re.compile(
    rf"\d{{1,2}}([./])\d{{1,2}}\1(?:19|20)\d\d(?!\d)|\d{{1,2}}\.?\s{_MONTH}"
    r"|(?:19|20)\d\d(?:-\d\d-\d\d|\s?[-–]\s?(?:19|20)\d\d)",
    re.IGNORECASE,
)


def _table(*forms: tuple[DateForm, str]) -> Table:
    return tuple((form, re.compile(pattern, re.IGNORECASE)) for form, pattern in forms)


# All words that a date can begin with: one look instead of the whole table.
WORD_GATE = re.compile(
    rf"{_MONTH}|{_CLIPPED}|{_SHORT_MONTH_DAY}\d{{4}}|{_SEASON}\s|{_YEAR_LEAD}\s\d|(?:{_IN_WORDS})\s{_MONTH}",
    re.IGNORECASE,
)
YEAR_FIRST = _table(
    (DateForm.FULL, rf"{_YEAR}[-./](?P<m>\d{{1,2}})[-./](?P<d>\d{{1,2}})(?!\d){_ISO_TIME}"),
    (DateForm.MONTH_YEAR, rf"{_YEAR}-(?P<m>0[1-9]|1[0-2])(?![\d-])"),
    (DateForm.MONTH_YEAR, rf"{_YEAR}/(?P<m>0?[1-9]|1[0-2])(?![\d/])"),
    (DateForm.YEAR, rf"{_YEAR}{_AFTER_YEAR}"),
)
DAY_FIRST = _table(
    (DateForm.FULL, rf"(?P<d>\d{{1,2}})\s?\.\s?(?P<m>\d{{1,2}})\s?\.\s{{0,2}}{_YEAR}"),
    (DateForm.FULL, rf"(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\s{_YEAR}{_AFTER_YEAR}"),
    (DateForm.FULL, rf"(?P<d>\d{{1,2}})(?P<s>[/-])(?P<m>\d{{1,2}})(?P=s){_YEAR}"),
    (DateForm.FULL, rf"(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})(?:\s{{1,2}}|\s?-\s?){_YEAR}"),
    (DateForm.FULL, rf"(?P<d>\d{{1,2}})\s/\s(?P<m>\d{{1,2}})\s/\s{_YEAR}"),
    (DateForm.FULL, r"(?P<d>\d{1,2})(?P<s>[./])(?P<m>\d{1,2})(?P=s)(?P<y>\d\d)(?!\d|[.,:/]\d)"),
    (DateForm.FULL, rf"(?P<d>\d{{1,2}}){_ORDINAL}\s{{0,2}}{_OF_MONTH}(?P<n>{_MONTH}),?\s{{1,2}}{_OF_YEAR}{_YEAR}"),
    (DateForm.FULL, rf"(?P<d>\d{{1,2}})\.?\s(?P<n>{alternatives(_STEMS)})\.?,?\s{_YEAR}"),
    (DateForm.FULL, rf"(?P<d>\d{{1,2}})\.?{_DAY_WORD}\s(?P<n>{_FI_MONTH})\s{_OF_YEAR}{_YEAR}"),
    (DateForm.DAY_MONTH, rf"(?P<d>\d{{1,2}})\.?{_DAY_WORD}\s(?P<n>{_FI_MONTH})"),
    (DateForm.DAY_MONTH, rf"(?P<d>\d{{1,2}}){_ORDINAL}\s{{1,2}}{_OF_MONTH}(?P<n>{_MONTH})"),
    (DateForm.MONTH_YEAR, rf"(?P<m>\d{{1,2}})\s?/\s?{_YEAR}(?!/)"),
    (DateForm.MONTH_YEAR, rf"(?P<m>\d{{1,2}})\.{_YEAR}"),
    (DateForm.DAY_MONTH, r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})(?P<dot>\.)?(?!\d)"),
    (DateForm.MONTH_YEAR, r"(?P<m>0?[1-9]|1[0-2])/(?P<y>\d\d)(?![\d/])"),
    (DateForm.DAY_MONTH, r"(?P<d>\d{1,2})(?P<s>/)(?P<m>\d{1,2})(?![\d/])"),
    (DateForm.NUMBER, r"(?P<d>\d{1,2})(?!\d)\.?"),
)
WORD_FIRST = _table(
    (DateForm.FULL, rf"{_FI_MONTH_DAY}(?:{_DAY_WORD})?,?\s{_OF_YEAR}{_YEAR}"),
    (DateForm.DAY_MONTH, rf"{_FI_MONTH_DAY}{_DAY_WORD}"),
    (DateForm.FULL, rf"{_FI_DAY_IN_WORDS},?\s{_OF_YEAR}{_YEAR}"),
    # "marraskuun viimeisenä päivänä 30.11." says it once more.
    (DateForm.DAY_MONTH, rf"{_FI_DAY_IN_WORDS}(?!\w|,?\s\(?\d)"),
    (DateForm.FULL, rf"{_DAY_IN_WORDS},?\s{_OF_YEAR}{_YEAR}"),
    (DateForm.DAY_MONTH, _DAY_IN_WORDS),
    (DateForm.FULL, rf"{_SHORT_MONTH_DAY}{_YEAR}"),
    (DateForm.FULL, rf"(?P<n>{_EN_MONTH})\s(?P<d>\d{{1,2}})(?!\d)(?:{_ENGLISH_ORDINAL})?[.,]?\s{_YEAR}"),
    (DateForm.DAY_MONTH, rf"(?P<n>{_EN_MONTH})\s(?P<d>\d{{1,2}})(?![\d.:])(?:{_ENGLISH_ORDINAL})?"),
    (DateForm.MONTH_YEAR, rf"(?P<n>{_MONTH})(?:,?\s{{1,2}}|\s?/\s?|-){_OF_YEAR}{_YEAR}(?!-\d\d-)"),
    (DateForm.MONTH_YEAR, rf"(?P<n>{_FI_MONTH})\s{_MONTH_PART}\s{_OF_YEAR}{_YEAR}"),
    (DateForm.MONTH_YEAR, rf"{_YEAR_LEAD}\s{_YEAR}\s(?P<n>{_FI_MONTH})"),
    (DateForm.YEAR, rf"{_SEASON}\s{_OF_YEAR}{_YEAR}{_AFTER_YEAR}"),
    (DateForm.YEAR, rf"(?:{alternatives(_WORDS['year_words'])})\s{_YEAR}{_AFTER_YEAR}"),
    (DateForm.MONTH, rf"(?P<n>{_MONTH}|{_CLIPPED})"),
)
