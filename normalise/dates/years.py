"""The year of a date that is given without one: by the page's own date, its heading, or the other dates of the page."""

import re
from calendar import isleap
from dataclasses import dataclass
from functools import cache

from normalise.analysis import Analysis
from normalise.words import vocabulary

_YEAR = re.compile(r"(?<![\d.,/-])(20\d\d|19\d\d)(?![\d])")
# A deadline more than this many months before the page's date is the next year's.
_MONTHS_BACK = 6
_MONTH = 7
_LEAP_DAY = "--02-29"


@dataclass(frozen=True, slots=True)
class PageYear:
    """What fixes a year: the page's own date (ISO), or a year that its heading or all its dates agree on."""

    written: str | None = None
    year: int | None = None


@cache
def _this_year() -> re.Pattern[str]:
    return re.compile("|".join(vocabulary("periods")["this_year"]), re.IGNORECASE)


def is_this_year(sentence: str) -> bool:
    """Whether a sentence says "this year"."""
    return bool(_this_year().search(sentence))


@cache
def _past_start() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(vocabulary('periods')['past_start'])})(?!\w)", re.IGNORECASE)


def is_past_start(sentence: str) -> bool:
    """Whether a sentence tells of something that has begun: "Hanke käynnistyi elokuussa"."""
    return bool(_past_start().search(sentence))


def page_year(analysis: Analysis, written: str | None) -> PageYear:
    """The year that a page fixes: its date of publication, else the one year of its first heading lines."""
    if written:
        return PageYear(written)
    head = " ".join(line.text for line in analysis.document.lines[:4])
    years = set(_YEAR.findall(head)) or {end.value[:4] for date in analysis.dates for end in date.ends if end.has_year}
    return PageYear(year=int(years.pop())) if len(years) == 1 else PageYear()


def year_beside(value: str, others: list[str]) -> str | None:
    """A yearless value with the year of the next full date of its sentence: "alkoi 15.1. ja päättyy 28.2.2022"."""
    later = next((other for other in others if not other.startswith("-") and len(other) >= _MONTH), None)
    if later is None:
        return None
    return in_year(value, int(later[:4]) - (value[2:7] > later[5:10]))


def in_year(value: str, year: int) -> str | None:
    """A yearless value (``--03-31``) in a year; None for 29 February where that year has none."""
    return None if value[:7] == _LEAP_DAY and not isleap(year) else f"{year}{value[1:]}"


def only_year(values: list[str]) -> str | None:
    """The year that a sentence gives by itself: "Syksyn 2020 hakuaika on 28.10.–28.11.", "Två gånger under 2021"."""
    years = {value[:4] for value in values if not value.startswith("-")}
    return years.pop() if len(years) == 1 else None


def with_year(value: str, page: PageYear, field: str, sentence: str) -> str | None:
    """A yearless value with the page's year; None where nothing fixes it.

    Deadlines lie ahead of the page's date, beginnings that are told in the past behind it.
    """
    if page.year:
        return in_year(value, page.year)
    if not page.written:
        return None
    year, month = int(page.written[:4]), int(page.written[5:7] or 1)
    if is_this_year(sentence):
        return in_year(value, year)
    months_back = month - int(value[2:4])
    if field == "closes" and months_back > _MONTHS_BACK:
        year += 1
    if field == "start" and (-months_back > _MONTHS_BACK or (months_back < 0 and is_past_start(sentence))):
        year -= 1
    return in_year(value, year)


def latest_before(value: str, page: PageYear) -> str:
    """A day or month that lies behind the page's date, in the latest year that does: its sentence gave it the year of
    the next date ("käynnistyi elokuussa ja jatkuu heinäkuuhun 2025").
    """
    written = page.written or ""
    if len(written) < _MONTH or value[:_MONTH] <= written[:_MONTH]:
        return value
    year = int(written[:4]) - (value[4:_MONTH] > written[4:_MONTH])
    return in_year(f"-{value[4:]}", year) or value


def with_year_of(value: str, other: str, *, before: bool) -> str | None:
    """A yearless value with the year that puts it next ``before`` or after the other end of its period (ISO date)."""
    year, width = int(other[:4]), min(len(value) - 2, len(other) - 5)
    mine, others = value[2 : 2 + width], other[5 : 5 + width]
    if before:
        year -= mine > others
    else:
        year += mine < others
    return in_year(value, year)
