"""The date that a page bears without a word: a date line at its head or foot, a signature, a letter's head."""

import re
from functools import cache

from normalise.analysis import Analysis
from normalise.cues import word_starts
from normalise.dates import DateMention
from normalise.document import Line, LineKind
from normalise.spans import first_from, within
from normalise.words import vocabulary

# Confidence by place: the share of right dates on annotated pages.
_AT_HEAD, _SIGNED, _LETTERHEAD, _AT_FOOT = 0.9, 0.8, 0.7, 0.75
_DAY, _MONTH = 10, 7
# A page's date line stands among its first lines, above or below the heading, or among its last.
_HEAD_LINES, _HEAD_CHARACTERS, _FOOT_LINES = 9, 700, 6
# Beside the date stand a source or an author at most.
_LONGEST_SOURCE = 60
_LEADS = 12
_STAMP_REACH = 16
_BESIDE = re.compile(r"[^\n]{0,12}?[|/•·–—]")
_COLUMN = re.compile(r"(?: {2,}|\t| [|•] )\Z")
_PLACE = re.compile(r"[A-ZÅÄÖ][a-zåäö]+(?:\s?[–/-]\s?[A-ZÅÄÖ][a-zåäö]+)?,?\s+")
# "6.4.2024 / Marika": a date signed by a name.
_SIGNED_BY = re.compile(r"\s?/\s?[A-ZÅÄÖ][a-zåäö]+(?:[ -][A-ZÅÄÖ][a-zåäö]+){0,2}\s*")
# "Helsingissä 26.3.2012", "Åbo den 3 maj 2021": a place in the inessive or adessive, or parted from the date.
_PLACE_BEFORE = re.compile(r"(?:\A|[\n.!?]\s*|[a-z]\s)[A-ZÅÄÖ][a-zåäö]+(?:ss[aä],? |ll[aä],? |,? den |, )\Z")
_NAME_AFTER = re.compile(r"\s*(?:\n|\Z|[A-ZÅÄÖ])")
# Letters are signed in their latter part.
_SIGNATURES_FROM = 0.4
# A letter's or report's text without line breaks has its date within its first words.
_FLAT_LINES, _FLAT_LINE, _FLAT_HEAD = 25, 120, 330
_FIRST_LINES = 2
_SENTENCE = re.compile(r"[^\d][.!?]\s+\S")
_CAPITAL_AFTER = re.compile(r"\s[A-ZÅÄÖ\d]")

_LETTER = r"[^\W\d]"

OwnDate = tuple[DateMention, str, float]


@cache
def publication_words() -> dict[str, re.Pattern[str]]:
    """The vocabulary of publication as one expression a key; a digit may be glued to a word's front."""
    words = vocabulary("publication")
    starts = {name: word_starts(entries, after=_LETTER) for name, entries in words.items()}
    return {name: re.compile(f"(?:{start})(?!\\w)") for name, start in starts.items()}


def is_day(date: DateMention) -> bool:
    """Whether a date is a single day of a known year."""
    return date.last is None and date.first.has_year and len(date.first.value) >= _DAY


def is_stamped(lowered: str, date: DateMention) -> bool:
    """Whether a crawler's or template's word stands right before a date: "date 2025-12-29", "© 2023"."""
    head = lowered[max(0, date.start - _STAMP_REACH) : date.start]
    return any(len(head) - match.end() <= 2 for match in publication_words()["stamps"].finditer(head))


def own_date(analysis: Analysis, lowered: str) -> OwnDate | None:
    """The page's own date with its rule and confidence; ``lowered`` is its text in lower case."""
    return _date_line(analysis, lowered) or _signature(analysis) or _letterhead(analysis, lowered)


def _date_line(analysis: Analysis, lowered: str) -> OwnDate | None:
    lines = analysis.document.lines
    for line in lines[:_HEAD_LINES]:
        date = _line_date(analysis, line) if line.start < _HEAD_CHARACTERS else None
        if (
            date
            and not is_stamped(lowered, date)
            and not _inside_label(analysis, line)
            and (_heads_page(lowered, line, date) or _is_sent(analysis, line, date))
        ):
            return date, "published.head", _AT_HEAD
    for line in lines[_HEAD_LINES:][-_FOOT_LINES:]:
        date = _line_date(analysis, line)
        if date and line.kind is not LineKind.ITEM and _ends_page(analysis, lowered, line, date):
            return date, "published.foot", _AT_FOOT
    return None


def _is_sent(analysis: Analysis, line: Line, date: DateMention) -> bool:
    """Whether nothing but a body's name stands before a date: "Länsi-Suomen aluehallintovirasto 12.10.2018"."""
    body = first_from(analysis.organisations, line.start, date.start)
    if body is None or date.end != line.end:
        return False
    return not analysis.text[line.start : body.start].strip() and not analysis.text[body.end : date.start].strip(" ,")


def _line_date(analysis: Analysis, line: Line) -> DateMention | None:
    """The one day of a line, perhaps told twice, or a newsletter's month in a line of its own."""
    # A line's start lies behind a list's number, which may be the day: "6. syyskuuta 2022".
    dates = within(analysis.dates, analysis.text.rfind("\n", 0, line.start) + 1, line.end)
    if not dates or len({date.first.value for date in dates}) > 1:
        return None
    date = dates[0]
    month = date.last is None and len(date.first.value) == _MONTH and date.end - date.start == len(line.text)
    return date if is_day(date) or month else None


def _inside_label(analysis: Analysis, line: Line) -> bool:
    """Whether a line is the value of a label that gives its date another meaning."""
    return any(
        label.start <= line.start < min(label.end, label.start + 200)
        and label.start - label.label_end < _LONGEST_SOURCE
        and label.field not in {"other", "title", "published", "contact"}
        for label in analysis.labelled
    )


def _rest(lowered: str, line: Line, date: DateMention) -> tuple[str, bool]:
    """What a line says beside its date, and whether a word such as "Uutinen" was among it."""
    words = publication_words()
    around = lowered[min(line.start, date.start) : line.end].replace(lowered[date.start : date.end], " | ")
    rest, named = words["news"].subn(" ", around)
    rest = words["byline"].sub(" ", words["date_filler"].sub(" ", rest)).strip(" |/•·–-—,:()*\t")
    return rest, bool(named)


def _heads_page(lowered: str, line: Line, date: DateMention) -> bool:
    rest, named = _rest(lowered, line, date)
    if not rest:
        return True
    if len(rest) > _LONGEST_SOURCE:
        return False
    # "Tutkimus ja tiede   13.2.2024", "Webbtidning • Pressmeddelande • 13.2.2024": a section or source, then the date.
    ends = date.end == line.end or not _rest_behind(lowered, line, date)
    if ends and (named or _COLUMN.search(lowered, line.start, date.start)) and not _of_call(rest):
        return True
    if _says_else(rest):
        return False
    # A source beside it: "29.12.2025 12:40 | Kanta-Hämeen hyvinvointialue", "Högskolan på Åland    2.5.2024".
    if date.start - line.start <= _LEADS and (named or _BESIDE.match(lowered, date.end, line.end)):
        return True
    return date.end == line.end and lowered[date.start - 2 : date.start] in {"  ", "| ", " |"}


def _rest_behind(lowered: str, line: Line, date: DateMention) -> str:
    return publication_words()["date_filler"].sub(" ", lowered[date.end : line.end]).strip(" |/•·–-—,:()*\t")


def _of_call(rest: str) -> bool:
    """Whether words beside a date tell of an application, a period or an event, and not only of a topic."""
    words = publication_words()
    return any(words[key].search(rest) for key in ("updated", "meetings")) or bool(words["deadlines"].search(rest))


def _ends_page(analysis: Analysis, lowered: str, line: Line, date: DateMention) -> bool:
    if _inside_label(analysis, line):
        return False
    rest, _ = _rest(lowered, line, date)
    if not rest:
        return True
    placed = date.end == line.end and _PLACE.fullmatch(analysis.text, line.start, date.start)
    signed = date.start == line.start and _SIGNED_BY.fullmatch(analysis.text, date.end, line.end)
    return bool(placed or signed) and not _says_else(rest)


def _says_else(rest: str) -> bool:
    words = publication_words()
    return bool(words["elsewhere"].search(rest) or words["updated"].search(rest))


def _signature(analysis: Analysis) -> OwnDate | None:
    text = analysis.text
    for date in within(analysis.dates, int(len(text) * _SIGNATURES_FROM), len(text)):
        head, tail = text[max(0, date.start - 40) : date.start], text[date.end : date.end + 3]
        if not is_day(date) or not _PLACE_BEFORE.search(head) or not _NAME_AFTER.match(tail):
            continue
        if not publication_words()["meetings"].search(head.lower()):
            return date, "published.signature", _SIGNED
    return None


def _letterhead(analysis: Analysis, lowered: str) -> OwnDate | None:
    words = publication_words()
    for line in analysis.document.lines[:_FLAT_LINES]:
        if line.end - line.start < _FLAT_LINE and line.index > _FIRST_LINES:
            continue
        date = first_from(analysis.dates, line.start, line.start + _FLAT_HEAD)
        if date is None or not is_day(date) or not _CAPITAL_AFTER.match(analysis.text, date.end):
            continue
        head, tail = lowered[line.start : date.start], lowered[date.end : date.end + 40]
        if _SENTENCE.search(head) or not words["documents"].search(f"{head[-90:]} | {tail}"):
            continue
        if not words["elsewhere"].search(words["documents"].sub(" ", head[-60:])):
            return date, "published.letterhead", _LETTERHEAD
    return None
