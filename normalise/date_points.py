"""Single dates as they stand in a text: which parts (year, month, day, time) are given, and where."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from normalise.words import vocabulary

_MONTHS = vocabulary("months")
_WORDS = vocabulary("dates")
# Two-digit years: pages of the web age look back to the 1980s and ahead to the 2040s.
_LAST_SHORT_YEAR_OF_2000S = 49


class Form(Enum):
    """How a point is written, which decides what it may join with."""

    FULL = auto()
    DAY_MONTH = auto()
    MONTH_YEAR = auto()
    MONTH = auto()
    YEAR = auto()
    NUMBER = auto()


@dataclass(frozen=True, slots=True)
class Point:
    """One date as far as it is written. ``year``, ``month``, ``day`` are 0 and ``time`` is "" where not given.

    ``sure`` is False for a form that is a date only next to another ("22.10" in "22.10-5.11.2023").
    """

    start: int
    end: int
    form: Form
    year: int = 0
    month: int = 0
    day: int = 0
    time: str = ""
    sure: bool = True

    @property
    def possible(self) -> bool:
        """Whether the calendar has this day, month and year."""
        if self.form in {Form.DAY_MONTH, Form.FULL} and not (self.month and self.day):
            return False
        if self.month > 12 or self.day > 31:
            return False
        if not self.day:
            return True
        return not self.month or self.day <= monthrange(self.year or 2000, self.month)[1]

    @property
    def value(self) -> str:
        """ISO 8601 at the precision of the text; ``--03-31`` where the year is not given."""
        parts = [f"{self.year:04d}" if self.year else "-"]
        if self.month:
            parts.append(f"{self.month:02d}")
        if self.day:
            parts.append(f"{self.day:02d}")
        return "-".join(parts) + self.time


def alternatives(words: Iterable[str | None]) -> str:
    """A regular expression for any of the words, longest first; words are expressions themselves."""
    return "|".join(sorted((w for w in words if w), key=len, reverse=True))


def _month_numbers() -> dict[str, int]:
    numbers: dict[str, int] = {}
    for names in (_MONTHS["sv"]["names"], _MONTHS["sv"]["short"], _MONTHS["en"]["names"], _MONTHS["en"]["short"]):
        numbers |= {name: number for number, name in enumerate(names, 1) if name}
    return numbers


_NUMBERS = _month_numbers()
_STEMS = tuple(_MONTHS["fi"]["stems"])


def month_number(word: str) -> int:
    """The number of a month named in Finnish (any case form), Swedish or English; 0 for no month."""
    word = word.casefold().rstrip(".")
    if word in _NUMBERS:
        return _NUMBERS[word]
    if word.endswith("s") and word[:-1] in _NUMBERS:
        return _NUMBERS[word[:-1]]
    return next((number for number, stem in enumerate(_STEMS, 1) if word.startswith(stem)), 0)


_YEAR = r"(?P<y>(?:19|20)\d\d)(?![\d])"
_FI_MONTH = f"(?:{alternatives(_STEMS)})(?:{alternatives(_MONTHS['fi']['endings'])})"
_EN_MONTH = f"(?:(?:{alternatives(_MONTHS['en']['names'])})|(?:{alternatives(_MONTHS['en']['short'])})\\.?)"
_OTHER_MONTH = f"(?:{alternatives(_NUMBERS)})s?\\.?"
_MONTH = f"(?:{_FI_MONTH}|{_OTHER_MONTH})(?!\\w)"
_SEASON = f"(?:{alternatives(_WORDS['seasons'])})"
_MONTH_PART = f"(?:{alternatives(_WORDS['month_parts'])})"
_OF_YEAR = r"(?:vuonna|vuoden|år|of|/)?\s?"
_AFTER_YEAR = f"(?![.,/:]\\d|-\\d(?:-|\\d\\d(?!\\d)|\\d{{4}})|\\s?(?:{alternatives(_WORDS['not_years'])}))"

_START = re.compile(
    rf"(?<!\w)(?<!\w[/\-–])(?<!\d[.,:])(?:\d{{1,4}}(?!\d)|(?:{_MONTH}|(?:{alternatives(_STEMS)})(?=\s?[-–])|{_SEASON}(?=\s))"
    r"|(?:vuoden|vuonna)(?=\s\d))"
    rf"|(?<=[a-zåäö])(?:\d{{1,2}}\.\d{{1,2}}\.(?=(?:19|20)\d\d(?!\d))|\d{{1,2}}(?=\.?\s{_MONTH})"
    r"|(?:19|20)\d\d(?=-\d\d-\d\d|\s?[-–]\s?(?:19|20)\d\d))",
    re.IGNORECASE,
)
_UNSURE = (Form.DAY_MONTH, Form.MONTH, Form.NUMBER)
_PATTERNS: tuple[tuple[Form, re.Pattern[str]], ...] = tuple(
    (form, re.compile(pattern, re.IGNORECASE))
    for form, pattern in (
        (Form.FULL, rf"{_YEAR}[-./](?P<m>\d{{1,2}})[-./](?P<d>\d{{1,2}})(?!\d)(?:T(?P<h>\d{{2}}):(?P<i>\d{{2}})(?::\d{{2}})?Z?)?"),
        (Form.FULL, rf"(?P<d>\d{{1,2}})\s?\.\s?(?P<m>\d{{1,2}})\s?\.\s{{0,2}}{_YEAR}"),
        (Form.FULL, rf"(?P<d>\d{{1,2}})(?P<s>[/-])(?P<m>\d{{1,2}})(?P=s){_YEAR}"),
        (Form.FULL, r"(?P<d>\d{1,2})(?P<s>[./])(?P<m>\d{1,2})(?P=s)(?P<y>\d\d)(?![\d]|[.,:/]\d)"),
        (Form.FULL, rf"(?P<d>\d{{1,2}})(?!\d)(?:\.|:\w{{1,3}}|st|nd|rd|th)?\s{{0,2}}(?:of\s)?(?P<n>{_MONTH}),?\s{{1,2}}{_OF_YEAR}{_YEAR}"),
        (Form.FULL, rf"(?P<d>\d{{1,2}})\.?\späivä\w{{0,4}}\s(?P<n>{_FI_MONTH})\s{_OF_YEAR}{_YEAR}"),
        (Form.DAY_MONTH, rf"(?P<d>\d{{1,2}})\.?\späivä\w{{0,4}}\s(?P<n>{_FI_MONTH})"),
        (Form.DAY_MONTH, rf"(?P<d>\d{{1,2}})(?!\d)(?:\.|:\w{{1,3}}|st|nd|rd|th)?\s{{1,2}}(?:of\s)?(?P<n>{_MONTH})"),
        (Form.FULL, rf"(?P<n>{_FI_MONTH})\s(?P<d>\d{{1,2}})(?!\d)(?:\.|:\w{{1,6}})?(?:\späivä\w{{0,4}})?,?\s{_OF_YEAR}{_YEAR}"),
        (Form.DAY_MONTH, rf"(?P<n>{_FI_MONTH})\s(?P<d>\d{{1,2}})(?!\d)(?:\.(?!\d)|:\w{{1,6}})?(?:\späivä\w{{0,4}})"),
        (Form.FULL, rf"(?P<n>{_EN_MONTH})\s(?P<d>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?,?\s{_YEAR}"),
        (Form.DAY_MONTH, rf"(?P<n>{_EN_MONTH})\s(?P<d>\d{{1,2}})(?![\d.:])(?:st|nd|rd|th)?"),
        (Form.MONTH_YEAR, rf"(?P<n>{_MONTH})(?:,?\s{{1,2}}|\s?/\s?|-){_OF_YEAR}{_YEAR}(?!-\d\d-)"),
        (Form.MONTH_YEAR, rf"(?P<n>{_FI_MONTH})\s{_MONTH_PART}\s{_OF_YEAR}{_YEAR}"),
        (Form.MONTH_YEAR, rf"(?:vuoden|vuonna)\s{_YEAR}\s(?P<n>{_FI_MONTH})"),
        (Form.MONTH_YEAR, rf"(?P<m>\d{{1,2}})\s?/\s?{_YEAR}(?!/)"),
        (Form.MONTH_YEAR, rf"(?P<m>\d{{1,2}})\.{_YEAR}"),
        (Form.MONTH_YEAR, rf"{_YEAR}-(?P<m>0[1-9]|1[0-2])(?![\d-])"),
        (Form.MONTH_YEAR, rf"{_YEAR}/(?P<m>0?[1-9]|1[0-2])(?![\d/])"),
        (Form.YEAR, rf"{_SEASON}\s{_OF_YEAR}{_YEAR}{_AFTER_YEAR}"),
        (Form.YEAR, rf"(?:(?:vuoden|vuonna|år)\s)?{_YEAR}{_AFTER_YEAR}"),
        (Form.DAY_MONTH, r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})(?P<dot>\.)?(?!\d)"),
        (Form.MONTH_YEAR, r"(?P<m>0?[1-9]|1[0-2])/(?P<y>\d\d)(?![\d/])"),
        (Form.DAY_MONTH, r"(?P<d>\d{1,2})(?P<s>/)(?P<m>\d{1,2})(?![\d/])"),
        (Form.MONTH, rf"(?P<n>{_MONTH}|(?:{alternatives(_STEMS)})(?=\s?[-–]))"),
        (Form.NUMBER, r"(?P<d>\d{1,2})(?!\d)\.?"),
    )
)


def point_at(text: str, position: int) -> Point | None:
    """The longest-known form of a date that begins at a position; None where there is none. May be impossible."""
    for form, pattern in _PATTERNS:
        match = pattern.match(text, position)
        if match and not _is_short_year_range(match):
            return _point(form, match)
    return None


def _is_short_year_range(match: re.Match[str]) -> bool:
    """Whether what looks like an ISO month is two school years: "2009-10"."""
    if "-" not in match[0] or len(match[0]) != 7:
        return False
    year, last = match[0].split("-")
    return year.isdigit() and last.isdigit() and int(last) == (int(year) + 1) % 100


def _point(form: Form, match: re.Match[str]) -> Point:
    parts = match.groupdict()
    month = month_number(parts["n"]) if parts.get("n") else int(parts.get("m") or 0)
    written_year = parts.get("y") or ""
    time = f"T{parts['h']}:{parts['i']}" if parts.get("h") else ""
    named_day = form is Form.DAY_MONTH and "n" in parts
    sure = named_day or "dot" in parts and bool(parts["dot"]) or form not in _UNSURE and len(written_year) != 2
    if form is Form.FULL:
        sure = True
    return Point(match.start(), match.end(), form, _full_year(written_year), month, int(parts.get("d") or 0), time, sure)


def _full_year(written: str) -> int:
    if len(written) != 2:
        return int(written or 0)
    return int(written) + (2000 if int(written) <= _LAST_SHORT_YEAR_OF_2000S else 1900)


def next_candidate(text: str, position: int) -> int | None:
    """The first place from a position on where a date may begin."""
    match = _START.search(text, position)
    return match.start() if match else None
