"""Single dates as they stand in a text: which parts (year, month, day, time) are given, and where."""

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import NamedTuple

from normalise.dates.patterns import (
    DAY_FIRST,
    FIRST_LETTERS,
    GLUED,
    WORD_FIRST,
    WORD_GATE,
    YEAR_FIRST,
    DateForm,
    day_number,
    month_number,
)

# Two-digit years: pages of the web age look back to the 1980s and ahead to the 2040s.
_LAST_SHORT_YEAR_OF_2000S = 49
_FEBRUARY = 2
_DAYLESS = (DateForm.MONTH, DateForm.NUMBER)
_YEAR_DIGITS = 4
_FOUR_DIGITS = re.compile(r"\d{4}")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
# What may stand right before a date's beginning: no letter or digit, no part of a case number, no decimal.
_BARRED = re.compile(r"(?:\w|\w[/\-–]|\d[.,:])\Z")


class Point(NamedTuple):
    """One date as far as it is written. ``year``, ``month``, ``day`` are 0 and ``time`` is "" where not given.

    ``sure`` is False for a form that is a date only next to another ("22.10" in "22.10-5.11.2023").
    """

    start: int
    end: int
    form: DateForm
    year: int = 0
    month: int = 0
    day: int = 0
    time: str = ""
    sure: bool = True

    @property
    def possible(self) -> bool:
        """Whether the calendar has this day, month and year."""
        if self.form in {DateForm.DAY_MONTH, DateForm.FULL} and not (self.month and self.day):
            return False
        if self.month > 12 or self.day > 31:
            return False
        return not (self.day and self.month) or self.day <= monthrange(self.year or 2000, self.month)[1]

    @property
    def value(self) -> str:
        """ISO 8601 at the precision of the text; ``--03-31`` where the year is not given."""
        parts = [f"{self.year:04d}" if self.year else "-"]
        if self.month:
            parts.append(f"{self.month:02d}")
        if self.day:
            parts.append(f"{self.day:02d}")
        return "-".join(parts) + self.time


def date_starts(text: str) -> Iterator[int]:
    """The places where a date may begin, in order."""
    for token in _TOKEN.finditer(text):
        word, start = token[0], token.start()
        if word[0].isdigit():
            if len(word) <= _YEAR_DIGITS and _may_begin(text, start):
                yield start
        elif word[:3].casefold() in FIRST_LETTERS and _is_date_word(text, start):
            yield start


def _is_date_word(text: str, start: int) -> bool:
    return bool(WORD_GATE.match(text, start)) and not _BARRED.search(text, max(0, start - 2), start)


def _may_begin(text: str, start: int) -> bool:
    if not _BARRED.search(text, max(0, start - 2), start):
        return True
    return text[start - 1].islower() and bool(GLUED.match(text, start))


def point_at(text: str, position: int) -> Point | None:
    """The fullest form of a date that begins at a position; None where there is none. It may be impossible."""
    table = WORD_FIRST
    if text[position : position + 1].isdigit():
        table = YEAR_FIRST if _FOUR_DIGITS.match(text, position) else DAY_FIRST
    for form, pattern in table:
        match = pattern.match(text, position)
        if match and not _is_short_year_range(match):
            return _point(form, match)
    return None


def _is_short_year_range(match: re.Match[str]) -> bool:
    """Whether what looks like an ISO month is two school years: "2009-10"."""
    year, mark, last = match[0].partition("-")
    if not mark or len(match[0]) != 7 or not (year.isdigit() and last.isdigit()):
        return False
    return int(last) == (int(year) + 1) % 100


def _point(form: DateForm, match: re.Match[str]) -> Point:
    parts = match.groupdict()
    named = parts.get("n")
    month = month_number(named) if named else int(parts.get("m") or 0)
    year = parts.get("y") or ""
    day = _day_in_words(parts["w"], month, _full_year(year)) if parts.get("w") else int(parts.get("d") or 0)
    if parts.get("w") and not day:
        form = DateForm.MONTH
    time = f"T{parts['h']}:{parts['i']}" if parts.get("h") else ""
    sure = bool(named or parts.get("dot")) if form is DateForm.DAY_MONTH else form not in _DAYLESS
    if form is DateForm.MONTH_YEAR and len(year) != _YEAR_DIGITS:
        sure = False
    return Point(match.start(), match.end(), form, _full_year(year), month, day, time, sure)


def _day_in_words(words: str, month: int, year: int) -> int:
    """The day of the month; 0 for the last one of a February of which the year is not told."""
    day = day_number(words)
    if day or (month == _FEBRUARY and not year):
        return day
    return monthrange(year or 2000, month)[1]


def _full_year(written: str) -> int:
    if len(written) != 2:
        return int(written or 0)
    return int(written) + (2000 if int(written) <= _LAST_SHORT_YEAR_OF_2000S else 1900)
