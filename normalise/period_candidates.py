"""Candidates for the dates of a project and of an application, each with the evidence that speaks for it."""

import re
from dataclasses import dataclass, replace

from normalise.analysis import Analysis
from normalise.contexts import by_sentence, flowing_sentences
from normalise.cues import lower_case
from normalise.dates import Date, DateMention
from normalise.document import Line, LineKind
from normalise.facts import Kind, Refusal
from normalise.labels import Labelled
from normalise.period_cues import Reading, read_dates
from normalise.spans import holding
from normalise.words import vocabulary
from normalise.years import is_this_year, year_beside

# Scores: the shares of right candidates by their kind of evidence, as counted on annotated pages.
LABELLED = 0.97
CUED = 0.85
CARRIED = 0.7
BARE = 0.55
FUNDED = 0.45
USED = 0.4
SUPERSEDED = 0.2
EXTENDED = 0.02

_FIELDS = {"period": ("start", "end"), "start": ("start", "start"), "end": ("end", "end"),
           "application": ("opens", "closes"), "opens": ("opens", "opens"), "closes": ("closes", "closes"),
           "use_period": ("start", "end")}
_PAIRS = {("start", "end"): "period", ("opens", "closes"): "application"}
_REFUSED = {
    "event": "date of an event", "registration": "registration for an event", "recruitment": "recruitment",
    "decision": "date of a decision", "reporting": "reporting", "predecessor": "an earlier project or round",
    "successor": "a later or planned project", "programme": "period of the wider programme",
    "usage": "time for which the money may be used", "exception": "an exception to the general dates",
}
# A value's dates are those that stand this near its start; a section headed by a label goes on to other things.
_VALUE_REACH = 160
_FIRST_REACH = 12
_LONGEST_BARE_LINE = 70
_HEAD_LINES = 8
_OPEN_END = re.compile(r"\s?[-–—→]\s*(?:$|\n|[,;.)])|\s(?:alkaen|lähtien|eteenpäin|och framåt|onwards|tills vidare|toistaiseksi)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date that may be a field's value. ``extended`` marks a value that the text calls the new one."""

    field: str
    date: Date
    score: float
    rule: str
    sentence: str
    extended: bool = False


def candidates(analysis: Analysis, kind: Kind) -> tuple[list[Candidate], list[Refusal]]:
    """All candidates for start, end, opens and closes, and the dates turned down with the reason."""
    lowered = lower_case(analysis.text)
    labels = _paired([label for label in analysis.labelled if label.field in _FIELDS])
    found: list[Candidate] = []
    refused: list[Refusal] = []
    for sentence, written in by_sentence(flowing_sentences(analysis), analysis.dates):
        dates = written
        if not is_this_year(lowered[sentence.start : sentence.end]):
            dates = [_with_sentence_year(date, written[index + 1 :]) for index, date in enumerate(written)]
        readings = read_dates(lowered, sentence.start, sentence.end, dates)
        for date, reading in zip(dates, readings, strict=True):
            words = lowered[sentence.start : sentence.end]
            label = _label_of(labels, date)
            judged = _labelled(label, kind, date, reading, words, analysis.text) if label else []
            if not judged:
                judged = _told(analysis, kind, date, reading, words)
            found.extend(judged)
            if not judged and reading.subject in _REFUSED:
                refused.append(_refusal(kind, date, _REFUSED[reading.subject]))
    return found, refused


def _with_sentence_year(date: DateMention, following: list[DateMention]) -> DateMention:
    if date.first.has_year or not following:
        return date
    value = year_beside(date.first.value, [end.value for other in following for end in other.ends])
    if value is None or date.last is not None:
        return date
    return replace(date, first=replace(date.first, value=value))


def _paired(labels: list[Labelled]) -> list[Labelled]:
    """The labels, "Alkaa / päättyy" over one value taken as one label of a period."""
    merged: list[Labelled] = []
    for label in labels:
        known = merged[-1] if merged else None
        if known and (known.start, known.end) == (label.start, label.end) and (pair := _PAIRS.get((known.field, label.field))):
            merged[-1] = replace(known, field=pair)
        else:
            merged.append(label)
    return merged


def _refusal(kind: Kind, date: DateMention, reason: str) -> Refusal:
    field = "closes" if kind == "call" else "end" if date.last else "start"
    last = date.ends[-1]
    return Refusal(field, last.value, date.start, date.end, reason)


def _label_of(labels: list[Labelled], date: DateMention) -> Labelled | None:
    """The nearest label whose value holds the date near its start."""
    over = [label for label in holding(labels, date.start) if date.start < label.start + _VALUE_REACH]
    return max(over, key=lambda label: (label.start, label.field in {"start", "end", "opens", "closes"}), default=None)


def _fields_of(label: Labelled, kind: Kind) -> tuple[str, str]:
    """The fields that a label's first and last date give; "Milloin?" and "Alkaa" on a call's page are its application's."""
    first, last = _FIELDS[label.field]
    if kind == "call" and (label.weak or label.field in {"start", "end"}):
        applied = {"start": "opens", "end": "closes"}
        return applied.get(first, first), applied.get(last, last)
    return first, last


def _labelled(
    label: Labelled, kind: Kind, date: DateMention, reading: Reading, words: str, text: str
) -> list[Candidate]:
    first, last = _fields_of(label, kind)
    distance = date.start - label.start
    score = LABELLED - (0.05 if label.weak else 0) - (0.05 if label.form == "headed" else 0)
    if label.field == "use_period":
        score = USED + 0.05 if date.last else 0
    rule = "application.labelled" if first in {"opens", "closes"} else "period.labelled"
    if reading.extended and date.last is None and last in {"end", "closes"}:
        return [Candidate(last, date.first, score + EXTENDED, rule, words, extended=True)]
    refused = reading.subject in _REFUSED and reading.subject != "decision"
    if distance > 0 and (refused and label.form == "headed" or distance > 60 and not reading.role and date.last is None):
        return []
    if date.last is not None:
        if any(not end.has_year for end in date.ends) and first == "start":
            return []
        score -= 0.3 * reading.superseded + 0.2 * (distance > 60)
        return [Candidate(first, date.first, score, rule, words), Candidate(last, date.last, score, rule, words)]
    return _labelled_single(first, last, date, reading, (score, rule, words, distance), text)


def _labelled_single(
    first: str, last: str, date: DateMention, reading: Reading, told: tuple[float, str, str, int], text: str
) -> list[Candidate]:
    score, rule, words, distance = told
    if first == last:
        return _single(first, date, reading, (score, rule, words, distance))
    score -= 0.07
    open_end = bool(_OPEN_END.match(text, date.end))
    if reading.role in _SAID[first] or open_end:
        return [Candidate(first, date.first, score, rule, words)]
    if reading.role in _SAID[last] or first == "opens":
        return [Candidate(last, date.first, score, rule, words)]
    if len(date.first.value) == 4:
        return [Candidate(field, date.first, score - 0.1, rule, words) for field in (first, last)]
    return []


_SAID = {"start": {"start", "from"}, "opens": {"start", "from", "opens"}, "end": {"end", "until"}, "closes": {"end", "until", "closes"}}


def _single(field: str, date: DateMention, reading: Reading, told: tuple[float, str, str, int]) -> list[Candidate]:
    """The value of a label such as "Alkaa": its first date, or a later one whose words say the same."""
    score, rule, words, distance = told
    if reading.superseded:
        score = SUPERSEDED
    elif distance > _FIRST_REACH and reading.role not in _SAID[field]:
        return []
    return [Candidate(field, date.first, score, rule, words)]


def _told(analysis: Analysis, kind: Kind, date: DateMention, reading: Reading, words: str) -> list[Candidate]:
    """Candidates from the words of a sentence."""
    if _is_programme(date):
        return []
    subject = reading.subject
    if reading.extended and subject in ({"", "decision"} if kind == "call" else {"decision", "programme", "usage", ""}):
        subject = "call" if kind == "call" else "project"
    if subject == "call":
        return _application(kind, date, reading, words)
    if subject in _REFUSED:
        return _usage(kind, date, reading, words) if subject == "usage" else []
    if kind == "call":
        return _application(kind, date, reading, words) if not subject else []
    return _project(analysis, date, reading, words, explicit=subject == "project")


def _is_programme(date: DateMention) -> bool:
    years = [end.value for end in date.ends]
    return len(years) == 2 and all(len(y) == 4 for y in years) and [int(y) for y in years] in vocabulary("periods")["programme_years"]


def _application(kind: Kind, date: DateMention, reading: Reading, words: str) -> list[Candidate]:
    explicit = reading.subject == "call"
    score = CUED if explicit else BARE
    score -= 0.3 * ("poikkeu" in words or "undantag" in words)
    if kind == "project":
        return []
    if reading.superseded:
        score = SUPERSEDED
    if date.last is not None:
        if not explicit and not reading.role or len(date.last.value) < 7:
            return []
        score += 0.03 * explicit
        return [Candidate("opens", date.first, score, "application.cue", words, reading.extended),
                Candidate("closes", date.last, score, "application.cue", words, reading.extended)]
    if kind == "award" or len(date.first.value) == 4 or not explicit and reading.role not in {"closes", "opens"}:
        return []
    if reading.role in {"closes", "end", "until"}:
        return [Candidate("closes", date.first, score, "closes.cue", words, reading.extended)]
    if reading.role in {"opens", "start", "from"}:
        return [Candidate("opens", date.first, score, "opens.cue", words)]
    return []


def _usage(kind: Kind, date: DateMention, reading: Reading, words: str) -> list[Candidate]:
    """The time of the money's use, where both ends are told."""
    if date.last is None or kind == "other":
        return []
    return [Candidate("start", date.first, USED, "period.use", words), Candidate("end", date.last, USED, "period.use", words)]


def _project(analysis: Analysis, date: DateMention, reading: Reading, words: str, *, explicit: bool) -> list[Candidate]:
    score = CUED if explicit else CARRIED if reading.pronoun or reading.extended else BARE
    if reading.superseded:
        score = SUPERSEDED
    if date.last is not None:
        return _project_range(analysis, date, reading, words, score) if date.first.has_year else []
    if not explicit and not reading.extended and reading.role in {"from", "until"}:
        return []
    if reading.role in {"start", "from"}:
        return [Candidate("start", date.first, score, "start.cue", words)]
    if reading.role in {"end", "until"}:
        return [Candidate("end", date.first, score, "end.cue", words, reading.extended)]
    if reading.role == "window" and explicit and len(date.first.value) == 4:
        return [Candidate(field, date.first, BARE, "period.year", words) for field in ("start", "end")]
    return []


def _is_bare(line: Line, date: DateMention) -> bool:
    """A period in a short line: days anywhere, years alone only among the first lines or in a line of their own."""
    if len(line.text) > _LONGEST_BARE_LINE:
        return False
    alone = len(line.text) - (date.end - date.start) <= _FIRST_REACH // 2
    return len(date.first.value) > 4 and line.kind is not LineKind.ITEM or line.index < _HEAD_LINES or alone


def _is_named(text: str, line: Line, date: DateMention) -> bool:
    """A period in brackets after a name at the page's head: "Valoa vuorotyöhön (2023–2025) on ..."."""
    return line.index < _HEAD_LINES and text[date.start - 1 : date.start] == "(" and text[date.end : date.end + 1] == ")"


def _project_range(
    analysis: Analysis, date: DateMention, reading: Reading, words: str, score: float
) -> list[Candidate]:
    assert date.last is not None
    rule = "period.cue"
    if not reading.role and not reading.superseded:
        line = analysis.document.line_at(date.start)
        short = line is not None and (_is_bare(line, date) or _is_named(analysis.text, line, date))
        if reading.subject == "project" or short:
            rule, score = "period.bare", BARE
        else:
            return []
    elif reading.granted and not reading.extended:
        rule, score = "period.funded", FUNDED if score < CUED else CARRIED
    return [Candidate("start", date.first, score, rule, words), Candidate("end", date.last, score, rule, words)]
