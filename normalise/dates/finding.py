"""Dates and periods in Finnish, Swedish and English text, at the precision that the text gives.

An own grammar: general parsers invent missing days and read phone numbers as years.
"""

import re
from dataclasses import dataclass

from normalise.dates.grammar import joined, with_time, with_time_before
from normalise.dates.patterns import DateForm, alternatives
from normalise.dates.points import Point, date_starts, point_at
from normalise.words import vocabulary

_WORDS = vocabulary("dates")

# A month without a year or day is told by its case or preposition ("tammikuussa", "i mars"): else it may be another
# word.
_MONTH_ALONE = re.compile(
    rf"(?:{alternatives(_WORDS['lone_month_endings'])})\Z"
    rf"|(?:\A|\s)(?:{alternatives(_WORDS['lone_month_prepositions'])}) \w+\.?\Z",
    re.IGNORECASE,
)
_DIGIT_GROUP = re.compile(r"\d[ \u00a0-]\Z")
_CLOCK = re.compile(rf"(?<!\w)(?:{alternatives(_WORDS['clock'])})\s?\Z", re.IGNORECASE)
_LINE_START = re.compile(r"(?:\A|\n)[ \t#]{0,4}\Z")
_SECTION_TITLE = re.compile(r"\s{1,3}[A-ZÅÄÖ]")


@dataclass(frozen=True, slots=True)
class Date:
    """One end of a period, or a day: ISO 8601 ``value`` (``--03-31`` without a year) and the span that says so."""

    value: str
    start: int
    end: int

    @property
    def has_year(self) -> bool:
        """Whether the text gives the year right there."""
        return not self.value.startswith("-")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date, or a period with its two ends; ``last`` is None for a single date. Offsets count characters."""

    start: int
    end: int
    first: Date
    last: Date | None = None

    @property
    def ends(self) -> tuple[Date, ...]:
        """The date, or both ends of the period."""
        return (self.first,) if self.last is None else (self.first, self.last)


def find_dates(text: str) -> tuple[DateMention, ...]:
    """Dates and periods in reading order, never overlapping; impossible days (31.2.2024) are no dates."""
    found: list[DateMention] = []
    taken = 0
    for position in date_starts(text):
        if position < taken:
            continue
        mention, taken = _mention_at(text, position)
        if mention is not None:
            found.append(mention)
    return tuple(found)


def _mention_at(text: str, position: int) -> tuple[DateMention | None, int]:
    """The mention at a candidate position, and where to go on."""
    point = point_at(text, position)
    if point is None:
        return None, position + 1
    timed = with_time(text, point)
    pair = joined(text, timed) or (joined(text, point) if timed is not point else None)
    if pair:
        return _period(*pair), pair[1].end
    after, point = point.end, timed
    if not point.possible or not _stands_alone(text, point):
        return None, after
    timed = with_time_before(text, point)
    date = Date(timed.value, timed.start, timed.end)
    return DateMention(date.start, date.end, date), timed.end


def _stands_alone(text: str, point: Point) -> bool:
    """Whether a point that joins with no other is a date: the poorer its form, the more its surroundings must tell."""
    head = text[max(0, point.start - 8) : point.start]
    if point.form is DateForm.YEAR:
        return not _DIGIT_GROUP.search(head)
    if point.form is DateForm.MONTH:
        return bool(_MONTH_ALONE.search(head + text[point.start : point.end]))
    if point.form is DateForm.DAY_MONTH:
        section = _LINE_START.search(head) and _SECTION_TITLE.match(text, point.end)
        return not section and not _CLOCK.search(head) and (point.sure or bool(point.time))
    return point.form is not DateForm.NUMBER and point.sure


def _period(first: Point, last: Point) -> DateMention:
    ends = [Date(point.value, point.start, point.end) for point in (first, last)]
    return DateMention(first.start, last.end, ends[0], ends[1])
