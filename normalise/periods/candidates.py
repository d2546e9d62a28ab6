"""All dates of a page as candidates for its periods, and those turned down with the reason."""

import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from normalise.analysis import Analysis
from normalise.dates.finding import Date, DateMention
from normalise.dates.years import in_year, is_this_year, only_year, year_beside
from normalise.facts import Kind, Refusal
from normalise.periods.cues import Reading, read_dates
from normalise.periods.evidence import CARRIED, REFUSED, YEAR_LENGTH, PeriodCandidate, Setting
from normalise.periods.labels import label_of_date, labelled, period_labels
from normalise.periods.words import told
from normalise.text.contexts import by_sentence, flowing_sentences
from normalise.text.document import Line
from normalise.words import vocabulary

# A page with so many sums tells of many recipients, each with its own time.
_MANY_SUMS = 5
# A phase's name stands this near before its dates; one phase alone is no project's period.
_PHASE_REACH = 60
_FEWEST_PHASES = 2
_LONGEST_HEADING = 60
# The words that make a year a limit begin this near before it.
_LIMIT_REACH = 30


@lru_cache(maxsize=2)
def period_candidates(analysis: Analysis, kind: Kind) -> tuple[tuple[PeriodCandidate, ...], tuple[Refusal, ...]]:
    """The candidates for start, end, opens and closes, and the dates turned down with the reason."""
    found: list[PeriodCandidate] = []
    refused: list[Refusal] = []
    labels = period_labels(analysis.labelled, analysis.dates)
    first, last = _other_projects(analysis)
    own = [setting for setting in settings(analysis, kind) if not first <= setting.date.start < last]
    for setting in own:
        label = label_of_date(labels, setting.date.start)
        judged = (labelled(label, setting) if label else []) or told(setting)
        found.extend(candidate for candidate in judged if not _is_anothers(analysis, kind, candidate))
        if not judged and setting.reading.subject in REFUSED:
            refused.append(_refusal(setting))
    return (*found, *_phases(analysis, own)), tuple(refused)


def _other_projects(analysis: Analysis) -> tuple[int, int]:
    """The section on other projects in a page's latter half: from its heading to the next label of this project's."""
    end = len(analysis.text)
    latter = (line for line in analysis.document.lines if line.start > end // 2 and len(line.text) < _LONGEST_HEADING)
    start = next((x.start for x in latter if _other().fullmatch(analysis.lowered, x.start, x.end)), end)
    labels = (x.label_start for x in analysis.labelled if x.label_start > start and x.field != "other" and not x.weak)
    return start, next(labels, end)


@cache
def _other() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(vocabulary('periods')['other_projects'])})\W*")


def _is_anothers(analysis: Analysis, kind: Kind, candidate: PeriodCandidate) -> bool:
    """Whether a date is one recipient's of an award to many, or an hour's: no project begins at five o'clock."""
    if candidate.field not in {"start", "end"}:
        return False
    alone = kind == "award" and candidate.rule in {"period.bare", "period.funded"}
    return "T" in candidate.date.value or (alone and len({money.eur for money in analysis.money}) >= _MANY_SUMS)


def _phases(analysis: Analysis, own: list[Setting]) -> list[PeriodCandidate]:
    """A period told in phases ("Fas 1 1.8.2014–31.12.2014. Fas 2 ..."): the first one's start, the last one's end."""
    text = analysis.lowered
    told_apart = [
        setting
        for setting in own
        if setting.kind == "project"
        and setting.date.last
        and setting.reading.subject not in REFUSED
        and _phase().search(text, max(0, setting.date.start - _PHASE_REACH), setting.date.start)
    ]
    if len({setting.date.first.value for setting in told_apart}) < _FEWEST_PHASES:
        return []
    first = min(told_apart, key=lambda setting: setting.date.first.value)
    last = max(told_apart, key=lambda setting: setting.date.ends[-1].value)
    return [first.candidate("start", CARRIED, "period.phases"), last.candidate("end", CARRIED, "period.phases")]


@cache
def _phase() -> re.Pattern[str]:
    words = "|".join(vocabulary("periods")["phases"])
    return re.compile(
        rf"(?<!\w)(?:(?:{words})\s?(?:\d|[ivx]{{1,3}}(?!\w))|\d\.\s?(?:{words})(?!\w))[^\n.;]{{0,{_PHASE_REACH}}}\Z"
    )


class ReadDate(NamedTuple):
    """A date of a page: its line, its sentence in lower case, and how that reads."""

    line: Line
    sentence: str
    date: DateMention
    reading: Reading


@lru_cache(maxsize=2)
def settings(analysis: Analysis, kind: Kind) -> tuple[Setting, ...]:
    """All dates of a page in reading order, each where it stands on a page of that kind."""
    return tuple(Setting(analysis.text, kind, *read) for read in dates_read(analysis))


@lru_cache(maxsize=1)
def dates_read(analysis: Analysis) -> tuple[ReadDate, ...]:
    """All dates of a page in reading order, whatever its kind."""
    lowered = analysis.lowered
    found = []
    for sentence, written in by_sentence(flowing_sentences(analysis), analysis.dates):
        words = lowered[sentence.start : sentence.end]
        dates = written if is_this_year(words) else _with_years(lowered, written)
        for date, reading in zip(dates, read_dates(lowered, sentence.start, sentence.end, dates), strict=True):
            line = analysis.document.line_at(date.start)
            if line is not None:
                found.append(ReadDate(line, words, date, reading))
    return tuple(found)


def _with_years(lowered: str, dates: list[DateMention]) -> list[DateMention]:
    """The dates of a sentence, one without a year completed by the next that has one or the sentence's only one."""
    completed = []
    following: list[str] = []
    for date in reversed(dates):
        value = None if date.first.has_year or date.last else year_beside(date.first.value, following)
        completed.append(replace(date, first=replace(date.first, value=value)) if value else date)
        following = [end.value for end in date.ends] if date.first.has_year else following
    completed.reverse()
    year = only_year([end.value for date in dates for end in date.ends if not _is_limit(lowered, end)])
    return [_in_year(date, int(year)) for date in completed] if year else completed


def _is_limit(lowered: str, end: Date) -> bool:
    """Whether something goes on to the end of a year or ends in it: "jatkuu vuoden 2024 loppuun"."""
    before, behind = _year_limits()
    window = max(0, end.start - _LIMIT_REACH)
    if len(end.value) != YEAR_LENGTH:
        return False
    return bool(behind.match(lowered, end.end) or before.search(lowered, window, end.start))


@cache
def _year_limits() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Before a year that is a limit, and behind it."""
    words = vocabulary("periods")["year_limits"]
    before, behind = ("|".join(words[key]) for key in ("before", "behind"))
    years = "|".join(vocabulary("dates")["year_words"])
    return re.compile(rf"(?<!\w)(?:{before})\s(?:(?:{years})\s)?\Z"), re.compile(rf"\s(?:{behind})(?!\w)")


def _in_year(date: DateMention, year: int) -> DateMention:
    """A date with its sentence's year where nothing nearer gives one."""
    values = (end.value if end.has_year else in_year(end.value, year) or end.value for end in date.ends)
    first, *last = (replace(end, value=value) for end, value in zip(date.ends, values, strict=True))
    return replace(date, first=first, last=last[0] if last else None)


def _refusal(setting: Setting) -> Refusal:
    date = setting.date
    field = "closes" if setting.kind == "call" else "end" if date.last else "start"
    return Refusal(field, date.ends[-1].value, date.start, date.end, REFUSED[setting.reading.subject])
