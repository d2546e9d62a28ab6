"""The hour of a deadline where it stands apart from the day: in a bracket or a sentence behind it."""

import re
from dataclasses import replace
from functools import cache

from normalise.analysis import Analysis
from normalise.dates.patterns import alternatives
from normalise.periods.evidence import YEAR_LENGTH, PeriodCandidate
from normalise.text.spans import within
from normalise.words import vocabulary

# A closing hour may stand in the sentences after its date.
_CLOCK_REACH = 320
# Where month and day begin in a day without its year ("--03-31").
_MONTH_DAY = 1
_HOUR = r"(?P<h>[01]?\d|2[0-4])"
_MINUTE = r"[.:](?P<m>[0-5]\d)"
_TIME = rf"(?<!\w)(?:{alternatives(vocabulary('dates')['clock'])})\s?{_HOUR}(?:{_MINUTE})?(?![\d–-])"
_CLOCK = re.compile(_TIME)
# "(16:00 Finnish time)": four digits in a bracket right behind a deadline need no word.
_PLAIN_CLOCK = re.compile(rf"\s?\({_HOUR}{_MINUTE}(?![\d.:–-])[^()\n]{{0,30}}\)")
# "1–30 november 2025 (den 30 klockan 23.59)": an hour in the bracket that follows the deadline is the deadline's.
_BRACKETED_CLOCK = re.compile(rf"\s?\([^()\n]{{0,30}}?{_TIME}[^()\n]{{0,30}}\)")


def with_closing_hour(analysis: Analysis, chosen: PeriodCandidate) -> PeriodCandidate:
    """The deadline with its hour, where that stands apart: "... ja se päättyy klo 16.00"."""
    if "T" in chosen.date.value or len(chosen.date.value) < 10:
        return chosen
    lowered, end = analysis.lowered, chosen.date.end
    if bracketed := _BRACKETED_CLOCK.match(lowered, end) or _PLAIN_CLOCK.match(lowered, end):
        return _at(chosen, bracketed)
    for sentence in analysis.sentences:
        start = max(sentence.start, chosen.date.end)
        far = sentence.start > chosen.date.end + _CLOCK_REACH
        if sentence.end <= start or (far and not _last_day().search(lowered, start, sentence.end)):
            continue
        clock = _CLOCK.search(lowered, start, sentence.end)
        if (
            clock
            and _closing().search(lowered, start, sentence.end)
            and not _other_day_between(analysis, chosen.date.value, start, sentence.end)
        ):
            return _at(chosen, clock)
    return _told_again(analysis, chosen)


def _told_again(analysis: Analysis, chosen: PeriodCandidate) -> PeriodCandidate:
    """The deadline with the hour that stands where the page tells its day again: "Lomake sulkeutuu 8.9. klo 15"."""
    day = chosen.date.value
    for end in (end for date in analysis.dates for end in date.ends if "T" in end.value):
        told, _, hour = end.value.partition("T")
        if told == day or (not end.has_year and told[_MONTH_DAY:] == day[YEAR_LENGTH:]):
            return replace(chosen, date=replace(chosen.date, value=f"{day}T{hour}"))
    return chosen


def _at(chosen: PeriodCandidate, clock: re.Match[str]) -> PeriodCandidate:
    value = f"{chosen.date.value}T{int(clock['h']):02d}:{clock['m'] or '00'}"
    return replace(chosen, date=replace(chosen.date, value=value))


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(vocabulary('periods')['closing_clock'])})(?!\w)")


@cache
def _last_day() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(vocabulary('periods')['last_day'])})(?!\w)")


def _other_day_between(analysis: Analysis, day: str, start: int, end: int) -> bool:
    """Whether another day stands there: the clock is that day's."""
    days = (date.ends[-1].value for date in within(analysis.dates, start, end))
    return any(value != day for value in days if len(value) > YEAR_LENGTH)
