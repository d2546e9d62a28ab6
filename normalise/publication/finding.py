"""When a page says that it was published or updated: labels and words beside a date, else the page's own date line.

Where no rule knows a day of publication, the model of date roles decides.
"""

import re
from dataclasses import replace
from functools import lru_cache

from normalise.analysis import Analysis
from normalise.dates.contexts import date_contexts
from normalise.dates.finding import DateMention
from normalise.dates.grammar import time_behind
from normalise.dates.roles import for_publication, likeliest
from normalise.facts import Fact, Findings, Kind, Refusal
from normalise.publication.date_lines import is_stamped
from normalise.publication.page_dates import may_be_own, own_date
from normalise.publication.words import OwnDate, is_day, is_month, publication_words
from normalise.text.spans import first_from

# Confidence by kind of evidence: the share of right dates on annotated pages.
_LABELLED = 0.97
_TOLD = 0.95
# The model is believed from this probability on.
_LIKELY = 0.8
# A label's date is the first thing of its value.
_VALUE_REACH = 20
# What may stand between the words and their date: "Viimeksi muokannut Saarikivi Jonna 04.10.2010".
_REACH = 45
_LONGEST_WORDS = 30
_SHORT_LINE = 90
_STAMP = "a crawler's stamp or a copyright year"
_PARTED = re.compile(r"\n\s*\n|[.!?]\s+[A-ZÅÄÖ]")
_NEW_START = re.compile(r"[.!?|/•·–—\d],?\s*\Z")
# "Rapport (pdf, 2 MB), publicerad 3.5.2022": when a file was published.
_FILE = re.compile(r"(?<!\w)(?:pdf|docx?|xlsx?|pptx?|[km]b)(?!\w)")
_PROSE = re.compile(r"[a-zåäö]{3,} [a-zåäö]{3,}")


@lru_cache(maxsize=1)
def find_publication(analysis: Analysis, kind: Kind) -> Findings:
    """`published` and `updated`, only where the page itself says so; times are kept where given."""
    published, updated = (_worded(analysis, kind, field) for field in ("published", "updated"))
    if published is None and (own := own_date(analysis) or _likeliest(analysis, kind)):
        date, rule, confidence = own
        # "Uppdaterad den 5 maj 2023" looks like a place and its date.
        if updated is None or updated.start != date.first.start:
            published = _with_posts_hour(analysis, _fact(analysis, "published", date, rule, confidence))
    facts = tuple(fact for fact in (published, updated) if fact)
    return Findings(facts, tuple(_stamps(analysis)))


def _worded(analysis: Analysis, kind: Kind, field: str) -> Fact | None:
    """The date that a label or words give for a field; of several the one with an hour."""
    found = _labelled(analysis, kind, field) or _told(analysis, field)
    return max(found, key=lambda fact: len(str(fact.value)), default=None)


def _fact(analysis: Analysis, field: str, date: DateMention, rule: str, confidence: float) -> Fact:
    first = date.first
    return Fact(field, first.value, first.start, first.end, analysis.text[first.start : first.end], rule, confidence)


def _with_posts_hour(analysis: Analysis, published: Fact) -> Fact:
    """The day with the hour that a blog gives under the post: "Lähettänyt Museo klo 9.20"."""
    signed = publication_words()["posted_by"].search(analysis.lowered, published.end)
    _, time = time_behind(analysis.text, signed.end()) if signed else (0, "")
    return published if "T" in str(published.value) else replace(published, value=f"{published.value}{time}")


def _likeliest(analysis: Analysis, kind: Kind) -> OwnDate | None:
    """The day that the model of date roles takes for the page's own, where no rule knows one."""
    dated = for_publication(date_contexts(analysis, kind))
    own = [d for d in dated if may_be_own(analysis, d.context.setting.date)]
    choice = likeliest("published", kind, own)
    if choice is None or choice.share < _LIKELY:
        return None
    return choice.context.setting.date, "published.context", choice.share


def _labelled(analysis: Analysis, kind: Kind, field: str) -> list[Fact]:
    """Dates under a label; a decision's date is the page's own only where the page is the decision."""
    words = publication_words()
    found = []
    for label in (label for label in analysis.labelled if label.field == field):
        name = analysis.lowered[label.label_start : label.label_end]
        if kind != "award" and words["decision_labels"].search(name):
            continue
        date = first_from(analysis.dates, label.start, min(label.end, label.start + _VALUE_REACH))
        if date and is_day(date):
            found.append(_fact(analysis, field, date, f"{field}.labelled", _LABELLED))
    return found


def _told(analysis: Analysis, field: str) -> list[Fact]:
    """Words such as "Päivitetty 5.6.2017" at the start of a line or sentence, or in a short line."""
    pattern = publication_words()[field]
    found = []
    for date in (date for date in analysis.dates if is_day(date) or (field == "updated" and is_month(date))):
        # One character of the date is seen by words that only count before a digit.
        told = pattern.finditer(analysis.lowered, max(0, date.start - _REACH - _LONGEST_WORDS), date.start + 1)
        if any(_belongs(analysis, match, date) for match in told):
            found.append(_fact(analysis, field, date, f"{field}.told", _TOLD))
    return found


def _belongs(analysis: Analysis, match: re.Match[str], date: DateMention) -> bool:
    """Whether the words tell of this date, and are no part of a longer sentence about something else."""
    words, lowered = publication_words(), analysis.lowered
    between = lowered[match.end() : date.start]
    if (
        len(between) > _REACH
        or _PARTED.search(analysis.text, match.end(), date.start)
        or words["elsewhere"].search(between)
        or (is_month(date) and between.strip(" :"))
    ):
        return False
    if words["deadline"].match(lowered[date.end : date.end + 20].lstrip(" ,.")):
        return False
    line = analysis.document.line_at(match.start())
    if line is None:
        return False
    head = lowered[line.start : match.start()]
    if _FILE.search(head):
        return False
    if not head.strip(" |/•·–-—,:(") or _NEW_START.search(head) or _led_in(head) or _is_capital(analysis, match):
        return True
    return line.end - line.start < _SHORT_LINE and not _PROSE.search(analysis.text, line.start, match.start())


def _is_capital(analysis: Analysis, match: re.Match[str]) -> bool:
    """Whether the words begin with a capital, which tells a new line that a printed page has lost."""
    return analysis.text[match.start()].isupper()


def _led_in(head: str) -> bool:
    return any(len(head) - match.end() <= 2 for match in publication_words()["lead_in"].finditer(head))


def _stamps(analysis: Analysis) -> list[Refusal]:
    """Crawlers' stamps and copyright years: dates that the page doesn't give as its own."""
    stamped = (date for date in analysis.dates if is_stamped(analysis.lowered, date))
    return [Refusal("published", date.first.value, date.start, date.end, _STAMP) for date in stamped]
