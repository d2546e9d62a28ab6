"""All dates of a page as candidates for its periods, and those turned down with the reason."""

from dataclasses import replace

from normalise.analysis import Analysis
from normalise.contexts import by_sentence, flowing_sentences
from normalise.dates import DateMention
from normalise.facts import Kind, Refusal
from normalise.period_cues import read_dates
from normalise.period_evidence import REFUSED, Candidate, Setting
from normalise.period_labels import label_of, labelled, period_labels
from normalise.period_words import told
from normalise.years import is_this_year, year_beside


def candidates(analysis: Analysis, kind: Kind) -> tuple[list[Candidate], list[Refusal]]:
    """The candidates for start, end, opens and closes, and the dates turned down with the reason."""
    found: list[Candidate] = []
    refused: list[Refusal] = []
    labels = period_labels(analysis.labelled)
    for setting in _settings(analysis, kind):
        label = label_of(labels, setting.date.start)
        judged = (labelled(label, setting) if label else []) or told(setting)
        found.extend(judged)
        if not judged and setting.reading.subject in REFUSED:
            refused.append(_refusal(setting))
    return found, refused


def _settings(analysis: Analysis, kind: Kind) -> list[Setting]:
    lowered = analysis.lowered
    settings = []
    for sentence, written in by_sentence(flowing_sentences(analysis), analysis.dates):
        words = lowered[sentence.start : sentence.end]
        dates = written if is_this_year(words) else _with_years(written)
        for date, reading in zip(dates, read_dates(lowered, sentence.start, sentence.end, dates), strict=True):
            line = analysis.document.line_at(date.start)
            if line is not None:
                settings.append(Setting(analysis.text, kind, line, words, date, reading))
    return settings


def _with_years(dates: list[DateMention]) -> list[DateMention]:
    """The dates of a sentence, one without a year completed by the next that has one."""
    completed = []
    following: list[str] = []
    for date in reversed(dates):
        value = None if date.first.has_year or date.last else year_beside(date.first.value, following)
        completed.append(replace(date, first=replace(date.first, value=value)) if value else date)
        following = [end.value for end in date.ends] if date.first.has_year else following
    return completed[::-1]


def _refusal(setting: Setting) -> Refusal:
    date = setting.date
    field = "closes" if setting.kind == "call" else "end" if date.last else "start"
    return Refusal(field, date.ends[-1].value, date.start, date.end, REFUSED[setting.reading.subject])
