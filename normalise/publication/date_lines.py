"""A date in its line: what the line says beside it, and what that tells of the date."""

import re
from dataclasses import dataclass
from functools import cached_property

from normalise.analysis import Analysis
from normalise.dates.finding import DateMention
from normalise.persons.name_forms import is_given_name
from normalise.publication.words import is_day, publication_words
from normalise.text.document import Line
from normalise.text.spans import within

# Beside the date stand a source or an author at most (characters).
LONGEST_SOURCE = 60
# A label speaks of what follows so far (characters) from where its value begins.
_LABEL_REACH = 199
_STAMP_REACH = 16
# The rows of a table stand this near to each other (lines).
_BESIDE_LINES = 2
# So do the dates of cards, each in a line of its own.
_CARD_LINES = 4
_MONTH = 7
# Labels of bodies: where their words also mean others they are a section's name beside a date ("Järjestöt | 3.9.2018").
_NAMED = frozenset({"coordinator", "partners", "funder"})
_PARTING = "|·•"
_SIGNS = " |/•·–-—,:()*\t"
# "15.12.2021 Mary-Ann Malm", "Eija Koski (eija.koski a liitto.example), 9.2.2011": an author beside the date.
_NAME = r"[A-ZÅÄÖ][a-zåäö]+(?:-[A-ZÅÄÖ][a-zåäö]+)?"
_AUTHOR = re.compile(rf"\s*(?P<given>{_NAME})(?:\s{_NAME}){{1,2}}\s*(?:\([^()\n]{{1,60}}\))?[\s,:|]*")
# "Paimiossa tammikuussa 2015", "Åbo, maj 2015": a month with its place.
_PLACE_OF_MONTH = re.compile(r"[A-ZÅÄÖ][a-zåäö]+(?:(?:ss[aä]|ll[aä])\s|,\s)")
# "... gamla prästgård. 25.4.2018 kl. 14:05": a lede that closes with its hour.
_LEDE_BEFORE = re.compile(r"[.!?]\s+\Z")
_OPEN_RANGE = re.compile(r"[-–—]\s?\Z")


def date_line(analysis: Analysis, line: Line) -> "DateLine | None":
    """A line with the one day it tells, perhaps twice, or with a newsletter's month that is all of it; else None."""
    # A line's start lies behind a list's number, which may be the day: "6. syyskuuta 2022".
    dates = within(analysis.dates, analysis.text.rfind("\n", 0, line.start) + 1, line.end)
    if not dates or len({date.first.value for date in dates}) > 1:
        return None
    found = DateLine(analysis, line, dates[0])
    return found if is_day(found.date) or found.is_month else None


def is_stamped(lowered: str, date: DateMention) -> bool:
    """Whether a crawler's or template's word stands right before a date: "date 2025-12-29", "© 2023"."""
    head = lowered[max(0, date.start - _STAMP_REACH) : date.start]
    return any(len(head) - match.end() <= 2 for match in publication_words()["stamps"].finditer(head))


def _form(text: str, date: DateMention) -> tuple[bool, bool]:
    """Whether a date is a day, and whether it begins with a word."""
    day = len(date.first.value) > _MONTH or (not date.first.has_year and len(date.first.value) == _MONTH)
    return day, text[date.start].isalpha()


@dataclass(frozen=True)
class DateLine:
    """A date of a page and the line, or the stretch of it, that it stands in."""

    analysis: Analysis
    line: Line
    date: DateMention

    @property
    def is_last(self) -> bool:
        """Whether the date ends its line."""
        return self.date.end == self.line.end

    @property
    def is_month(self) -> bool:
        """Whether the line is a month and nothing more but a place."""
        text, line, date = self.analysis.text, self.line, self.date
        placed = self.is_last and _PLACE_OF_MONTH.fullmatch(text, line.start, date.start)
        fills = date.end - date.start == len(line.text) or bool(placed)
        by_name = any(c.isalpha() for c in text[date.start : date.end])
        return date.last is None and date.first.has_year and len(date.first.value) == _MONTH and fills and by_name

    @property
    def rest(self) -> str:
        """What the line says beside its date, in lower case; weekdays, bylines and words such as "Uutinen" are cut."""
        return self._beside[0]

    @property
    def tells_news(self) -> bool:
        """Whether a word such as "Uutinen" stands beside the date."""
        return self._beside[1]

    @cached_property
    def _beside(self) -> tuple[str, bool]:
        words, lowered, date = publication_words(), self.analysis.lowered, self.date
        around = lowered[min(self.line.start, date.start) : self.line.end]
        rest, news = words["news"].subn(" ", around.replace(lowered[date.start : date.end], " | "))
        for key in ("date_filler", "weekdays", "byline"):
            rest = words[key].sub(" ", rest)
        return rest.strip(_SIGNS), bool(news)

    @property
    def rest_behind(self) -> str:
        """What the line says behind its date, in lower case, without weekdays."""
        words = publication_words()
        behind = words["date_filler"].sub(" ", self.analysis.lowered[self.date.end : self.line.end])
        return words["weekdays"].sub(" ", behind).strip(_SIGNS)

    @property
    def says_else(self) -> bool:
        """Whether what stands beside the date tells that it is no day of publication."""
        words = publication_words()
        return bool(words["elsewhere"].search(self.rest) or words["updated"].search(self.rest))

    @property
    def speaks_of_call(self) -> bool:
        """Whether what stands beside the date tells of an application, a period or an event, not only of a topic."""
        words = publication_words()
        return any(words[key].search(self.rest) for key in ("updated", "meetings", "deadlines"))

    @property
    def is_labelled(self) -> bool:
        """Whether the line is, or holds, the value of a label that gives its date another meaning."""
        start = self.line.start
        return any(
            start < label.end
            and label.start - label.label_end < LONGEST_SOURCE
            and label.field not in {"other", "title", "published", "contact"}
            and not (label.weak and label.field in _NAMED)
            and self._is_in_block_of(label.start)
            for label in within(self.analysis.labelled, start - _LABEL_REACH, self.line.end)
        )

    def _is_in_block_of(self, start: int) -> bool:
        """Whether the value that begins at ``start`` holds for the line: no block stands between the label and it."""
        first = self.analysis.document.line_at(start)
        return first is None or first.block >= self.line.block

    @property
    def is_listed(self) -> bool:
        """Whether a line near it begins or ends with such a date, too: a calendar, a table's rows, cards of news."""
        return any(
            self._is_row_with(other) for other in self._lines_near(_BESIDE_LINES) if other.block == self.line.block
        ) or (
            self._is_alone(self.date, self.line)
            and any(
                self._is_alone(date, other)
                for other in self._lines_near(_CARD_LINES)
                for date in within(self.analysis.dates, other.start, other.end)
            )
        )

    def _lines_near(self, reach: int) -> list[Line]:
        lines, index = self.analysis.document.lines, self.line.index
        return [*lines[max(0, index - reach) : index], *lines[index + 1 : index + reach + 1]]

    def _is_row_with(self, other: Line) -> bool:
        leads, ends = self.date.start == self.line.start, self.is_last and self.date.start > self.line.start
        form = _form(self.analysis.text, self.date)
        return any(
            _form(self.analysis.text, date) == form
            for date in within(self.analysis.dates, other.start, other.end)
            if (leads and date.start == other.start) or (ends and date.end == other.end)
        )

    @staticmethod
    def _is_alone(date: DateMention, line: Line) -> bool:
        return date.start == line.start and date.end == line.end and date.last is None

    @property
    def is_open_range(self) -> bool:
        """Whether a dash before the date makes it the end of a period without a beginning: "- 31.03.2027"."""
        start = self.date.start
        return bool(_OPEN_RANGE.search(self.analysis.lowered, max(0, start - 2), start))

    @property
    def is_clock(self) -> bool:
        """Whether a weekday and its date begin the page: the site's clock, which tells the day of the visit."""
        leads = self.analysis.lowered[self.line.start : self.date.start].strip(" ,")
        alone = not self.line.index and self.is_last and "T" not in self.date.first.value
        return alone and bool(publication_words()["weekdays"].fullmatch(leads))

    @property
    def is_between_signs(self) -> bool:
        """Whether signs part the date from what stands before and behind it: "Sanomat · 3.4.2023 · Uutiset"."""
        lowered, line, date = self.analysis.lowered, self.line, self.date
        before, behind = lowered[line.start : date.start].rstrip(), lowered[date.end : line.end].lstrip()
        return before[-1:] in _PARTING and behind[:1] in _PARTING and bool(before and behind)

    @property
    def closes_lede(self) -> bool:
        """Whether the date stands with its hour behind the last sentence of the line."""
        timed = self.is_last and "T" in self.date.first.value
        return timed and bool(_LEDE_BEFORE.search(self.analysis.lowered, self.line.start, self.date.start))

    @property
    def is_authored(self) -> bool:
        """Whether nothing but a person's name stands before or behind the date."""
        line, date = self.line, self.date
        ends = (date.end, line.end) if date.start == line.start else (line.start, date.start)
        author = _AUTHOR.fullmatch(self.analysis.text, *ends) if line.end in {date.end, ends[1]} else None
        return author is not None and is_given_name(author["given"])
