"""The date of a letter, report or decision: beside its signature, or in its head, in texts without lines too."""

import re

from normalise.analysis import Analysis
from normalise.publication.date_lines import DateLine
from normalise.publication.words import OwnDate, is_day, publication_words
from normalise.text.document import LineKind
from normalise.text.spans import first_from, within
from normalise.words import any_of, vocabulary

# Confidence by place: the share of right dates on annotated pages.
_SIGNED, _LETTERHEAD = 0.8, 0.7
# "Helsingissä 26.3.2012", "Åbo den 3 maj 2021": a place in the inessive or adessive, or parted from the date.
_PLACE_BEFORE = re.compile(
    r"(?:\A|[\n.!?]\s*|[a-z]\s)[A-ZÅÄÖ][a-zåäö]+"
    rf"(?:ss[aä],? |ll[aä],? |,? (?:{any_of(vocabulary('dates')['behind_places'])}) |, )\Z"
)
_NAME_AFTER = re.compile(r"\s*(?:\n|\Z|[A-ZÅÄÖ])")
# "Pargas 12.2.2020 Anna Malmlund": any place that begins a sentence or follows capitals, where a person's name follows.
_BARE_PLACE_BEFORE = re.compile(r"(?:\A|[\n.!?]\s*|[A-ZÅÄÖ]{4,}\s)[A-ZÅÄÖ][a-zåäö]+,? \Z")
_PERSON_AFTER = re.compile(r"\s+[A-ZÅÄÖ][a-zåäö]+(?:-[A-ZÅÄÖ][a-zåäö]+)?\s[A-ZÅÄÖ][a-zåäö]+")
# Letters are signed in their latter part.
_SIGNATURES_FROM = 0.4
# A letter's or report's text without line breaks has its date within its first words.
_FLAT_LINES, _FLAT_LINE, _FLAT_HEAD = 25, 120, 330
_FIRST_LINES = 2
_SENTENCE = re.compile(r"[^\d][.!?]\s+\S")
_CAPITAL_AFTER = re.compile(r"\s+[A-ZÅÄÖ\d]")
# "24.3.2015     LSAVI/412/2015": the date before the case number in the columns of a decision's head.
_CASE_BEHIND = re.compile(r"(?: {2,}|\t)[A-ZÅÄÖ]{2,12}[/-]\d")


def signature(analysis: Analysis) -> OwnDate | None:
    """The day beside a signature in a text's latter part: "Helsingissä 26.3.2012", "Pargas 12.2.2020 Anna Malmlund"."""
    text = analysis.text
    for date in within(analysis.dates, int(len(text) * _SIGNATURES_FROM), len(text)):
        head, tail = text[max(0, date.start - 40) : date.start], text[date.end : date.end + 3]
        placed = _PLACE_BEFORE.search(head) and _NAME_AFTER.match(tail)
        signed = _BARE_PLACE_BEFORE.search(head) and _PERSON_AFTER.match(text, date.end)
        if not is_day(date) or not (placed or signed):
            continue
        if not publication_words()["meetings"].search(head.lower()):
            return date, "published.signature", _SIGNED
    return _preface(analysis)


def _preface(analysis: Analysis) -> OwnDate | None:
    """The month under a report's preface, in a line of its own with a place: "Oulussa toukokuussa 2019"."""
    for date in analysis.dates:
        line = analysis.document.line_at(date.start)
        if line is None or line.start == date.start or line.kind is LineKind.ITEM:
            continue
        dated = DateLine(analysis, line, date)
        if dated.is_month and not dated.is_listed:
            return date, "published.signature", _SIGNED
    return None


def letterhead(analysis: Analysis) -> OwnDate | None:
    """The day in the head of a document whose kind stands there too."""
    words, lowered = publication_words(), analysis.lowered
    for line in analysis.document.lines[:_FLAT_LINES]:
        date = first_from(analysis.dates, line.start, line.start + _FLAT_HEAD)
        if date and is_day(date) and _CASE_BEHIND.match(analysis.text, date.end, line.end):
            return date, "published.letterhead", _LETTERHEAD
        if line.end - line.start < _FLAT_LINE and line.index > _FIRST_LINES:
            continue
        if date is None or not is_day(date) or not _CAPITAL_AFTER.match(analysis.text, date.end):
            continue
        head, tail = lowered[line.start : date.start], lowered[date.end : date.end + 40]
        if _SENTENCE.search(head) or not words["documents"].search(f"{head[-90:]} | {tail}"):
            continue
        if not words["elsewhere"].search(words["documents"].sub(" ", head[-60:])):
            return date, "published.letterhead", _LETTERHEAD
    return None
