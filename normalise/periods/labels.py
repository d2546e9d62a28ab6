"""Dates under labels: "Toteutusaika: 1.1.2021–31.12.2022", "Alkaa / päättyy", "Kesto" as a heading."""

import re
from collections.abc import Sequence
from dataclasses import replace

from normalise.dates.finding import DateMention
from normalise.facts import Kind
from normalise.periods.evidence import (
    BARE,
    LABELLED,
    LESS,
    REFUSED,
    SAID,
    SUPERSEDED,
    USED,
    YEAR_LENGTH,
    PeriodCandidate,
    Setting,
)
from normalise.text.labels import Labelled
from normalise.text.spans import holding, within
from normalise.words import vocabulary

_FIELDS_OF_LABELS = {
    "period": ("start", "end"),
    "start": ("start", "start"),
    "end": ("end", "end"),
    "application": ("opens", "closes"),
    "opens": ("opens", "opens"),
    "closes": ("closes", "closes"),
    "use_period": ("start", "end"),
}
_PAIRS = {("start", "end"): "period", ("opens", "closes"): "application"}
# What labels of a project's time mean on a call's page, where they say no more than "when".
_OF_CALL = {"start": "opens", "end": "closes"}
# A value's dates stand this near its start; a section under a label goes on to other things.
_VALUE_REACH = 160
_NEAR = 60
# Between two labels, and between their two dates, stands no more than their lines' ends.
_APART = 4
# The first date of a value may follow a word or a weekday.
_FIRST = 12
_OPEN_END = re.compile(rf"\s?[-–—→]\s*(?:\Z|\n|[,;.)])|\s(?:{'|'.join(vocabulary('periods')['open_ends'])})")


def period_labels(labels: tuple[Labelled, ...], dates: Sequence[DateMention]) -> list[Labelled]:
    """The labels of periods, "Alkaa / päättyy" over one value taken as one label of a period.

    Of two labels above two of the page's ``dates`` ("Alkaa", "Päättyy", "1.8.2015", "31.7.2017") each has its own.
    """
    merged: list[Labelled] = []
    for label in (label for label in labels if label.field in _FIELDS_OF_LABELS):
        known = merged[-1] if merged else None
        pair = _PAIRS.get((known.field, label.field)) if known else None
        if known and pair and (known.start, known.end) == (label.start, label.end):
            merged[-1] = replace(known, field=pair)
        elif known and pair and (second := _second_below(known, label, dates)):
            merged[-1] = replace(known, start=label.start, end=second.start)
            merged.append(replace(label, start=second.start))
        else:
            merged.append(label)
    return merged


def _second_below(first: Labelled, label: Labelled, dates: Sequence[DateMention]) -> DateMention | None:
    """The second of two dates that stand right below two labels, of which the first has no value of its own."""
    if first.start != first.end or label.label_start - first.label_end > _APART:
        return None
    below = [date for date in within(dates, label.start, label.end) if date.last is None][:2]
    if len(below) < len(_FIELDS_OF_LABELS["period"]) or below[0].start != label.start:
        return None
    return below[1] if below[1].start - below[0].end <= _APART else None


def label_of_date(labels: list[Labelled], offset: int) -> Labelled | None:
    """The nearest label whose value holds an offset near its start; a label of one date before that of a period."""
    over = [label for label in holding(labels, offset) if offset < label.start + _VALUE_REACH]
    return max(over, key=lambda label: (label.start, len({*_FIELDS_OF_LABELS[label.field]}) == 1), default=None)


def fields_of(label: Labelled, kind: Kind) -> tuple[str, str]:
    """The fields of a label's first and last date; "Milloin?" and "Alkaa" on a call's page mean its application."""
    first, last = _FIELDS_OF_LABELS[label.field]
    if kind == "call" and (label.weak or label.field in {"start", "end"}):
        return _OF_CALL.get(first, first), _OF_CALL.get(last, last)
    return first, last


def labelled(label: Labelled, setting: Setting) -> list[PeriodCandidate]:
    """What a date under a label is a candidate for; empty where the words around it speak against that."""
    fields, reading, date = fields_of(label, setting.kind), setting.reading, setting.date
    score = _worth(label, setting)
    rule = "application.labelled" if fields[0] in {"opens", "closes"} else "period.labelled"
    if reading.extended and date.last is None and fields[1] in SAID and fields[1] not in {"start", "opens"}:
        return [setting.extension(fields[1], score, rule)]
    if _spoken_against(label, setting):
        return []
    if date.last is None and reading.superseded:
        return [setting.candidate(fields[1], SUPERSEDED, rule)]
    if date.last is None:
        return _single(fields, date.start - label.start, setting, score, rule)
    if fields[0] == "start" and not date.first.has_year:
        return []
    return setting.both(fields, BARE - LESS if reading.superseded else score, rule)


def _worth(label: Labelled, setting: Setting) -> float:
    if label.field == "use_period":
        return USED + LESS if setting.date.last else 0
    far = setting.date.last is not None and setting.date.start - label.start > _NEAR
    return LABELLED - LESS * (label.weak + (label.form == "headed") + 4 * far)


def _spoken_against(label: Labelled, setting: Setting) -> bool:
    distance, reading = setting.date.start - label.start, setting.reading
    if not distance:
        return False
    if label.form == "headed" and reading.subject in REFUSED and reading.subject != "decision":
        return True
    return distance > _NEAR and not reading.role and setting.date.last is None


def _single(fields: tuple[str, str], distance: int, setting: Setting, score: float, rule: str) -> list[PeriodCandidate]:
    """One date: the value of "Alkaa", or one end of a period told by its words, or a year that is all of it."""
    first, last = fields
    role = setting.reading.role
    if first == last:
        return [setting.candidate(first, score, rule)] if distance <= _FIRST or role in SAID[first] else []
    score -= LESS
    if role in SAID[first] or _OPEN_END.match(setting.text, setting.date.end):
        return [setting.candidate(first, score, rule)]
    if role in SAID[last] or (first == "opens" and len(setting.date.first.value) > YEAR_LENGTH):
        return [setting.candidate(last, score, rule)]
    if len(setting.date.first.value) == YEAR_LENGTH and "closes" not in fields:
        return setting.both(fields, score - 2 * LESS, rule)
    return []
