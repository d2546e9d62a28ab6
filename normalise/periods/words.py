"""Dates told in sentences: "Hanke käynnistyi 1.1.2021", "Ansökningstiden går ut den 31 mars 2024"."""

import re
from functools import cache

from normalise.periods.evidence import (
    BARE,
    CARRIED,
    CUED,
    FUNDED,
    LESS,
    MONTH_LENGTH,
    MUCH_LESS,
    REFUSED,
    SAID,
    SUPERSEDED,
    UNTOLD,
    USED,
    YEAR_LENGTH,
    YEARS,
    PeriodCandidate,
    Setting,
)
from normalise.text.document import LineKind
from normalise.words import vocabulary

_NEVER_OPEN = ("project", "recruitment")
_PERIOD = ("start", "end")
_APPLICATION = ("opens", "closes")
# An extension is told even where the nearest noun is the decision, the programme or the time of use.
_EXTENDED_OF = {"call": {"", "decision"}, "project": {"", "decision", "programme", "usage", "call"}}
_LONGEST_BARE_LINE = 70
_HEAD_LINES = 8
_ALONE = 6
_BESIDE = 24
_BULLETS = " \t•*–-"
_HEADLINE = re.compile(r"[:.]?\s[A-ZÅÄÖ]")
# A name before its years in brackets.
_LONGEST_NAME = 120
# What began before projects of the EU's funds did is a school, a club or a person: "founded in 1909".
_FIRST_YEAR = "1990"
# Courses, trials and terms are shorter than this many months.
_SHORTEST_PROJECT = 9


def told(setting: Setting) -> list[PeriodCandidate]:
    """What the words of its sentence make a date a candidate for."""
    if _is_programme_period(setting):
        return []
    subject, kind = _subject(setting), setting.kind
    if kind == "call" and subject == "programme" and setting.reading.role in _APPLICATION:
        # "The sub-programme opens on 1 March": on a call's page what opens and closes is the call.
        subject = "call"
    if kind == "call" and subject in _NEVER_OPEN and setting.reading.role == "opens" and setting.date.last:
        # "Haku koskee hankkeita, ja se on auki 1.-28.2.", "Tjänsten är öppen 1-30.4": no project or post is open.
        subject = ""
    if subject == "call" or (kind == "call" and not subject):
        return [] if kind == "project" else _application(setting, explicit=subject == "call")
    if subject == "usage" and setting.date.last is not None:
        return setting.both(_PERIOD, USED, "period.use")
    if subject in REFUSED or kind == "call" or _is_no_projects(setting):
        return []
    return _project(setting, explicit=subject == "project")


def is_no_period(setting: Setting) -> bool:
    """Whether a date is a programme's years, too old for a project, or the years of a report on a part of its time."""
    return _is_programme_period(setting) or _is_no_projects(setting)


def _subject(setting: Setting) -> str:
    about = "call" if setting.kind == "call" else "project"
    reading = setting.reading
    if reading.extended and reading.subject in _EXTENDED_OF[about]:
        return about
    if reading.subject == "processing" and reading.role in SAID["closes"]:
        return "call"
    if setting.date.last and _tells_own_time(setting):
        return about
    # "X-hankkeen loppuraportti 12.4.2011–31.8.2013": a report's heading bears its project's period.
    heads_report = reading.subject == "reporting" and setting.date.last and _is_bare(setting)
    return about if heads_report and setting.line.index < _HEAD_LINES else reading.subject


def _tells_own_time(setting: Setting) -> bool:
    """Whether years are those of a final report's project, or those for which an award's money was granted."""
    if setting.reading.subject == "reporting":
        own = setting.kind == "project" and _any_word("final_reports").search(setting.sentence)
        return bool(own and _is_long(setting) and _ends_before(setting, "reported_time"))
    granted = setting.kind == "award" and setting.reading.subject == "programme" and setting.reading.granted
    return granted and _ends_before(setting, "granted_for")


def _ends_before(setting: Setting, key: str) -> bool:
    """Whether one of these words stands right before the date."""
    before = setting.text[max(0, setting.date.start - _BESIDE) : setting.date.start].lower()
    return bool(re.search(rf"(?<!\w)(?:{'|'.join(vocabulary('periods')[key])})\s\Z", before))


def _is_programme_period(setting: Setting) -> bool:
    years = [end.value for end in setting.date.ends]
    if len(years) != 2 or any(len(year) != YEAR_LENGTH for year in years):
        return False
    return [int(year) for year in years] in vocabulary("periods")["programme_years"]


def _is_no_projects(setting: Setting) -> bool:
    """Whether a date is too old for a project, or the years of a report on a part of its time."""
    first = setting.date.first
    old = first.has_year and first.value[:YEAR_LENGTH] < _FIRST_YEAR
    return old or (_is_bare(setting) and bool(_any_word("yearly_reports").search(setting.sentence)))


def _application(setting: Setting, *, explicit: bool) -> list[PeriodCandidate]:
    reading, date = setting.reading, setting.date
    score = CUED if explicit else BARE
    if any(word in setting.sentence for word in vocabulary("periods")["exceptions"]):
        score -= MUCH_LESS
    if reading.superseded:
        score = SUPERSEDED
    if setting.kind == "award" and not (explicit and _is_own_round(setting)):
        return []
    if date.last is not None:
        return _window(setting, score, explicit=explicit)
    # A year alone is no day of an application; a month alone ("--06") opens one at most.
    vague = len(date.first.value) == YEAR_LENGTH
    if vague and (date.first.has_year or reading.role not in SAID["opens"]):
        return []
    if not explicit and reading.role not in _APPLICATION:
        return []
    if reading.role in SAID["closes"]:
        make = setting.extension if reading.extended else setting.candidate
        return [make("closes", score, "closes.cue")]
    return [setting.candidate("opens", score, "opens.cue")] if reading.role in SAID["opens"] else []


def _is_own_round(setting: Setting) -> bool:
    """Whether an award's page tells of the call that it decided: closed by now, or a window not of the next round."""
    if _any_word("next_call").search(setting.sentence):
        return False
    return setting.date.last is not None or bool(_any_word("past_call").search(setting.sentence))


@cache
def _any_word(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(vocabulary('periods')[key])})(?!\w)")


def _window(setting: Setting, score: float, *, explicit: bool) -> list[PeriodCandidate]:
    """Both ends of an application period: surer than two single dates."""
    last = setting.date.ends[-1]
    told_of = explicit or setting.reading.role or _heads_call(setting)
    if len(last.value) < MONTH_LENGTH or not told_of:
        return []
    make = setting.extension if setting.reading.extended else setting.candidate
    return [make(field, score + LESS * explicit, "application.cue") for field in _APPLICATION]


def _project(setting: Setting, *, explicit: bool) -> list[PeriodCandidate]:
    reading, date = setting.reading, setting.date
    score = CUED if explicit else CARRIED if reading.pronoun or reading.extended else BARE
    if reading.superseded:
        score = SUPERSEDED
    if date.last is not None:
        return _project_range(setting, score) if date.first.has_year else []
    told_apart = explicit or reading.extended or reading.role not in {"from", "until"}
    if not told_apart or (setting.kind == "award" and _any_word("limits").search(setting.sentence)):
        return []
    if _heads_news(setting):
        score = min(score, BARE)
    if reading.role in SAID["start"]:
        return [setting.candidate("start", score, "start.cue")]
    if reading.role in SAID["end"]:
        make = setting.extension if reading.extended else setting.candidate
        return [make("end", score, "end.cue")]
    if reading.role == "window" and explicit and len(date.first.value) == YEAR_LENGTH:
        return setting.both(_PERIOD, BARE, "period.year")
    return []


def _heads_news(setting: Setting) -> bool:
    """Whether a line begins with a day and goes on with a headline: "11.2.2021 Hanke käynnistyi!" tells when that was
    written, which need not be the day on which it began.
    """
    before = setting.text[setting.line.start : setting.date.start]
    return not before.strip(_BULLETS) and bool(_HEADLINE.match(setting.text, setting.date.end))


def _project_range(setting: Setting, score: float) -> list[PeriodCandidate]:
    reading, date = setting.reading, setting.date
    if not reading.role and not reading.superseded:
        told_of = reading.subject == "project" or _is_bare(setting) or _is_named(setting)
        score = YEARS if len(date.ends[-1].value) == YEAR_LENGTH else BARE
        if told_of:
            return setting.both(_PERIOD, score, "period.bare")
        return setting.both(_PERIOD, UNTOLD, "period.untold") if _is_long(setting) else []
    if reading.granted and not reading.extended and not reading.superseded:
        return setting.both(_PERIOD, FUNDED if score < CUED else CARRIED, "period.funded")
    if _is_bracketed(setting) and reading.role in {"", "until"} and not _is_named(setting):
        score = YEARS
    return setting.both(_PERIOD, score, "period.cue")


def _is_long(setting: Setting) -> bool:
    """Whether a project's page gives a period of days or months that is too long for anything but the project."""
    first, last = (end.value for end in setting.date.ends)
    if setting.kind != "project" or min(len(first), len(last)) < MONTH_LENGTH:
        return False
    months = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7])
    return months >= _SHORTEST_PROJECT


def _heads_call(setting: Setting) -> bool:
    """A window of days in a line of its own at a call's head: "23.4.2024 → 30.8.2024 klo 16:15"."""
    line, date = setting.line, setting.date
    alone = len(line.text) - (date.end - date.start) <= _ALONE
    return setting.kind == "call" and alone and line.index < _HEAD_LINES and len(date.ends[-1].value) > MONTH_LENGTH


def _is_bare(setting: Setting) -> bool:
    """A period in a short line: days anywhere, years alone only among the first lines or in a line of their own."""
    line, date = setting.line, setting.date
    if len(line.text) > _LONGEST_BARE_LINE:
        return False
    days = len(date.first.value) > YEAR_LENGTH and line.kind is not LineKind.ITEM
    return days or line.index < _HEAD_LINES or len(line.text) - (date.end - date.start) <= _ALONE


def _is_named(setting: Setting) -> bool:
    """A period in brackets after a name at the page's head: "Valoa vuorotyöhön (2023–2025) on ..."."""
    line, date = setting.line, setting.date
    return line.index < _HEAD_LINES and date.start - line.start < _LONGEST_NAME and _is_bracketed(setting)


def _is_bracketed(setting: Setting) -> bool:
    text, date = setting.text, setting.date
    return text[date.start - 1 : date.start] + text[date.end : date.end + 1] == "()"
