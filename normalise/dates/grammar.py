"""Periods: two points joined by a mark or a word, with the parts they share; and the times of day beside them."""

import re

from normalise.dates.patterns import DateForm, alternatives
from normalise.dates.points import Point, point_at
from normalise.words import joining, vocabulary

_WORDS = vocabulary("dates")
_FILLER = f"(?:(?:{alternatives([*_WORDS['fillers'], *_WORDS['weekdays']])})(?!\\w)[.,]?\\s+)"
_FILLERS = f"{_FILLER}{{0,3}}"
_PLURAL_YEARS = re.compile(f"(?:{alternatives(_WORDS['plural_years'])})\\s$", re.IGNORECASE)
_PAIR_OPENER = re.compile(f"(?:{alternatives(_WORDS['pair_openers'])})\\s{_FILLERS}$", re.IGNORECASE)
_PAIR_CLOSER = re.compile(rf"\s(?:{alternatives(_WORDS['pair_closers'])})", re.IGNORECASE)
_JOIN = re.compile(
    rf"[ \t]{{0,2}}(?:(?P<mark>{alternatives(_WORDS['range_marks'])})\s{{0,2}}"
    rf"|\s(?P<slash>/)\s"
    rf"|\s(?P<word>{alternatives(_WORDS['range_words'])})\s"
    rf"|\s(?P<pair>{joining('plain_and')})\s"
    rf"|(?P<case>,?\s))(?P<fillers>{_FILLERS})",
    re.IGNORECASE,
)
_FROM = re.compile(rf"(?:^|\s)(?:{alternatives(_WORDS['from_case'])})(?!\w)", re.IGNORECASE)
_TO = re.compile(rf"(?:^|\s)(?:{alternatives(_WORDS['to_case'])})(?!\w)", re.IGNORECASE)
_DECIMAL = re.compile(r"[.:,]\d")
# The turn of a year is one day, though it names two years: "vuodenvaihteessa 2024–2025".
_TURN = re.compile(f"(?:{alternatives(_WORDS['turns'])})", re.IGNORECASE)
# How far before and after two points the words that frame them may stand.
_REACH = 24
# Spaces between two dates whose dash was lost.
_BARE_GAP = 3
# A project or a programme that runs longer than this is two unrelated years.
_LONGEST_YEARS = 60


def joined(text: str, first: Point) -> tuple[Point, Point] | None:
    """The period that a point opens, both ends completed from each other; None where it stands alone."""
    match = _JOIN.match(text, first.end)
    if match is None or _TURN.match(text, first.start):
        return None
    second = point_at(text, match.end())
    if second is None or not _joins(text, first, second, match):
        return None
    second = with_time(text, second)
    ends = _completed(text, first, second)
    if ends is None or not all(end.possible for end in ends) or not _in_order(*ends):
        return None
    return ends


def _joins(text: str, first: Point, second: Point, join: re.Match[str]) -> bool:
    if join["mark"] or join["word"]:
        return True
    if join["slash"]:
        return first.form is second.form is DateForm.FULL
    if join["pair"]:
        before, after = text[max(0, first.start - _REACH) : first.start], second.end
        if first.form is second.form is DateForm.YEAR and _PLURAL_YEARS.search(before):
            return True
        return bool(_PAIR_OPENER.search(before) or _PAIR_CLOSER.match(text, after))
    head = text[max(0, first.start - _REACH) : join.end()]
    years = first.form is second.form is DateForm.YEAR and _PLURAL_YEARS.search(head[: first.start - join.end()])
    if (years or first.form is second.form is DateForm.FULL) and _is_bare_gap(text, join.start(), second.start):
        return True
    tail = text[join.start() : second.end + _REACH]
    return bool(_FROM.search(head) and _TO.search(tail))


def _is_bare_gap(text: str, start: int, end: int) -> bool:
    """Whether two dates stand side by side on one line: a printed page's dash is lost, "1.8.2011 31.12.2014"."""
    return end - start <= _BARE_GAP and not text[start:end].strip(" \t\xa0")


def _completed(text: str, first: Point, second: Point) -> tuple[Point, Point] | None:
    if first.form is DateForm.NUMBER:
        first = _number(first, second)
    elif first.form is DateForm.YEAR and second.form is DateForm.NUMBER:
        return _short_years(text, first, second)
    if DateForm.NUMBER in (first.form, second.form):
        return None
    if second.year and not first.year:
        first = _earlier(first._replace(year=second.year), second)
    elif first.year and not second.year:
        second = _later(first, second._replace(year=first.year))
    if not _same_kind(first, second):
        return None
    return first, second


def _number(first: Point, second: Point) -> Point:
    """A bare number takes the month of a day ("1.–15.3.2024") or the year of a month ("1–12/2020")."""
    if second.day:
        return first._replace(form=second.form, month=second.month, year=second.year)
    if second.form is DateForm.MONTH_YEAR:
        return first._replace(form=DateForm.MONTH_YEAR, month=first.day, day=0, year=second.year)
    return first


def _short_years(text: str, first: Point, second: Point) -> tuple[Point, Point] | None:
    """The second year without its century: "2022–23"."""
    end = second.start + 2
    if not text[second.start : end].isdigit() or _DECIMAL.match(text, end):
        return None
    year = first.year - first.year % 100 + second.day
    return first, second._replace(form=DateForm.YEAR, year=year, day=0, end=end)


def _same_kind(first: Point, second: Point) -> bool:
    if not first.year:
        return bool(first.day and second.day)
    if not first.month or not second.month:
        return first.sure or second.sure
    return True


def _earlier(first: Point, second: Point) -> Point:
    return first if _in_order(first, second) else first._replace(year=first.year - 1)


def _later(first: Point, second: Point) -> Point:
    return second if _in_order(first, second) else second._replace(year=second.year + 1)


def _in_order(first: Point, second: Point) -> bool:
    if second.year - first.year > _LONGEST_YEARS:
        return False
    earliest = (first.year, first.month, first.day, first.time)
    latest = (second.year, second.month or 13, second.day or 32, second.time or "U")
    return earliest <= latest


_CLOCK = f"(?:{alternatives(_WORDS['clock'])})"
_AROUND = f"(?:(?:{alternatives(_WORDS['around_clock'])})(?!\\w)[.,]?\\s){{0,3}}"
_HOUR = r"(?P<h>[01]?\d|2[0-4])(?:[.:](?P<i>[0-5]\d)(?::\d\d)?)?(?!\d)"
_HALF = r"(?:\s?(?P<half>[ap])\.?m\b\.?)"
_AFTER = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"[\s,(|]{{1,3}}{_AROUND}{_CLOCK}\s?{_AROUND}{_HOUR}{_HALF}?",
        rf"[\s,(]{{1,3}}{_AROUND}{_HOUR}{_HALF}",
        rf"(?:,?\s|\s?[-–|/]\s)(?:(?:{alternatives(_WORDS['stamped'])})\s)?(?P<h>[01]?\d|2[0-3]):(?P<i>[0-5]\d)(?::\d\d)?(?![\d:])",
        rf"(?:,?\s|\s?[-–|/]\s)(?P<h>[01]?\d|2[0-3])\.(?P<i>[0-5]\d)(?:\.[0-5]\d)?(?![\d.]|[-–]\d|\s?(?:{alternatives(_WORDS['no_hours'])}))",
        rf"\s{_AROUND}(?P<noon>{alternatives(_WORDS['noon'])})",
    )
)
# A zone in brackets after the hour, as in "16.15 (Finnish time) on 3 March".
_ZONE = r"(?:\s\(\w{2,12}(?:\s\w{2,12})?\))?,?\s"
_BEFORE = re.compile(rf"(?<!\w){_CLOCK}\s?{_HOUR}{_HALF}?{_ZONE}{_AROUND}{_FILLERS}\Z", re.IGNORECASE)
_BEFORE_HALF = re.compile(rf"(?<!\w){_HOUR}{_HALF}{_ZONE}{_AROUND}{_FILLERS}\Z", re.IGNORECASE)


def with_time(text: str, point: Point) -> Point:
    """The point with the time of day that follows it, if one does; only days have times."""
    if not point.day or point.time:
        return point
    end, time = time_behind(text, point.end)
    return point._replace(end=end, time=time)


def time_behind(text: str, start: int) -> tuple[int, str]:
    """Where a time of day that begins at an offset ends, and the time ("T09:20"); "" where there is none."""
    for pattern in _AFTER:
        if match := pattern.match(text, start):
            return match.end(), _clock(match)
    return start, ""


def with_time_before(text: str, point: Point) -> Point:
    """The point with the time of day that stands before it ("kl. 16.15 den 15 mars")."""
    if not point.day or point.time:
        return point
    window = max(0, point.start - 2 * _REACH)
    head = text[window : point.start]
    if match := _BEFORE.search(head) or _BEFORE_HALF.search(head):
        return point._replace(start=window + match.start(), time=_clock(match))
    return point


def _clock(match: re.Match[str]) -> str:
    parts = match.groupdict()
    if parts.get("noon"):
        return "T12:00"
    hour, half = int(parts["h"]), (parts.get("half") or "").casefold()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"T{hour:02d}:{parts.get('i') or '00'}"
