"""Features of a date for the model of date roles: its line, its sentence, its label, the words beside it, its form.

Names are those of vocabulary/date_weights.yml. A value says how much a feature counts before it is weighed: words come
many at once and count less each.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from normalise.analysis import Analysis
from normalise.dates.finding import Date, DateMention
from normalise.periods.evidence import MONTH_LENGTH, YEAR_LENGTH, Setting
from normalise.text.document import Line
from normalise.text.spans import holding
from normalise.words import STEM

if TYPE_CHECKING:
    from normalise.dates.contexts import PageDates, Place

_WORD = re.compile(r"[^\W\d_]+")
# Words are looked for so far (characters), and so many taken: before the date, behind it, in its sentence.
_BEFORE, _BEHIND, _SENTENCE = (90, 6), (60, 4), 40
_HEADING_LINES, _HEADING_WORDS = 5, 6
# What a word counts: right beside the date, near it, in its sentence, in the heading above.
_BESIDE, _NEAR, _INSIDE, _ABOVE = 0.7, 0.5, 0.25, 0.4
_LEADS, _TRAILS = 3, 2
_LINE_STEPS = (1, 3, 8, 15, 30)
_REST_STEPS = (3, 15, 40, 80, 200)
_LABEL_STEPS = (15, 80)
_MONTH_STEPS = (1, 2, 4, 9, 14, 26, 50, 80)
_MOST_YEARS = 4

Named = Iterator[tuple[str, float]]


def date_features(analysis: Analysis, setting: Setting) -> dict[str, float]:
    """What holds for a date or for both ends of a period."""
    return {
        **dict(_of_sentence(setting)),
        **dict(_of_line(analysis, setting)),
        **dict(_of_label(analysis, setting)),
        **dict(_of_words(analysis, setting)),
    }


def end_features(setting: Setting, end: Date, place: "Place", page: "PageDates") -> dict[str, float]:
    """What holds for one end: its form and its place among the dates of the page."""
    reading = setting.reading
    form = _form(end.value)
    features = {
        f"form.{place}.{form}": 1.0,
        f"form.{place}.{form}@{setting.kind}": 1.0,
        f"{place}.role.{reading.role}": 1.0,
        f"{place}.subject.{reading.subject}": 1.0,
    }
    if page.times[end.value] > 1:
        features["repeated"] = 1.0
    if not end.has_year:
        return features | {"implied": 1.0}
    if end.value == page.earliest:
        features["earliest"] = 1.0
    if end.value == page.latest:
        features["latest"] = 1.0
    years = int(end.value[:YEAR_LENGTH]) - page.usual_year
    features[f"years.{max(-_MOST_YEARS, min(_MOST_YEARS, years))}"] = 1.0
    return features


def _of_sentence(setting: Setting) -> Named:
    reading, kind = setting.reading, setting.kind
    subject, role = reading.subject or "none", reading.role or "none"
    yield f"subject.{subject}", 1.0
    yield f"role.{role}", 1.0
    yield f"role.{subject}.{role}", 1.0
    yield f"subject.{subject}@{kind}", 1.0
    yield f"role.{role}@{kind}", 1.0
    yield f"role.{subject}.{role}@{kind}", 1.0
    for name in ("extended", "superseded", "pronoun", "granted"):
        if getattr(reading, name):
            yield name, 1.0
    if months := _months(setting.date):
        yield f"months.{_step(months, _MONTH_STEPS)}", 1.0
        yield f"months.{_step(months, _MONTH_STEPS)}@{kind}", 1.0


def _of_line(analysis: Analysis, setting: Setting) -> Named:
    line, date = setting.line, setting.date
    yield f"line.{_step(line.index, _LINE_STEPS)}", 1.0
    yield f"quarter.{4 * date.start // len(analysis.text)}", 1.0
    yield f"line.{line.kind}", 1.0
    yield f"rest.{_step(len(line.text) - (date.end - date.start), _REST_STEPS)}", 1.0
    if date.start - line.start <= _LEADS:
        yield "leads", 1.0
    if line.end - date.end <= _TRAILS:
        yield "trails", 1.0
    if analysis.text[date.start - 1 : date.start] == "(":
        yield "bracket", 1.0


def _of_label(analysis: Analysis, setting: Setting) -> Named:
    labels = holding(analysis.labelled, setting.date.start)
    if not labels:
        yield "label.none", 1.0
        return
    label = labels[-1]
    distance = f"{label.field}.{_step(setting.date.start - label.start, _LABEL_STEPS)}"
    yield f"label.{distance}", 1.0
    yield f"label.{distance}@{setting.kind}", 1.0
    yield f"label.{label.form}", 1.0
    if label.weak:
        yield "label.weak", 1.0


def _of_words(analysis: Analysis, setting: Setting) -> Named:
    line, date, lowered = setting.line, setting.date, analysis.lowered
    reach, most = _BEFORE
    # A date that leads its line is told of by the line above.
    start = line.start if date.start - line.start > _LEADS else 0
    before = _WORD.findall(lowered, max(start, date.start - reach), date.start)[-most:]
    reach, most = _BEHIND
    behind = _WORD.findall(lowered, date.end, min(max(line.end, date.end), date.end + reach))[:most]
    for word in _WORD.findall(setting.sentence)[:_SENTENCE]:
        yield f"inside.{word[:STEM]}", _INSIDE
    for word in before:
        yield f"before.{word[:STEM]}", _NEAR
    for word in behind:
        yield f"behind.{word[:STEM]}", _NEAR
    beside = (("next.before", before[-1:]), ("second.before", before[-2:-1]), ("next.behind", behind[:1]))
    for name, word in ((name, words[0]) for name, words in beside if words):
        yield f"{name}.{word[:STEM]}", _BESIDE
    for word in _WORD.findall(_heading(analysis, line))[:_HEADING_WORDS]:
        yield f"above.{word[:STEM]}", _ABOVE


def _heading(analysis: Analysis, line: Line) -> str:
    """The nearest heading over a line, in lower case; empty where none is near."""
    lines = analysis.document.lines
    for above in reversed(lines[max(0, line.index - _HEADING_LINES) : line.index]):
        if analysis.document.is_heading(above) or above.text.endswith(":"):
            return analysis.lowered[above.start : above.end]
    return ""


def _form(value: str) -> str:
    if "T" in value:
        return "time"
    if value.startswith("-"):
        return "yearless"
    return {YEAR_LENGTH: "year", MONTH_LENGTH: "month"}.get(len(value), "day")


def _months(date: DateMention) -> int:
    """How many months a period takes; 0 for a single date and where an end has no year."""
    if date.last is None or not all(end.has_year for end in date.ends):
        return 0
    first, last = date.first.value, date.last.value
    years = int(last[:YEAR_LENGTH]) - int(first[:YEAR_LENGTH])
    return max(1, 12 * years + int(last[5:7] or 12) - int(first[5:7] or 1))


def _step(number: int, steps: tuple[int, ...]) -> int:
    return bisect_right(steps, number)
