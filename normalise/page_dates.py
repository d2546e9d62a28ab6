"""The date that a page bears without a word: a date line at its head or foot, else its signature or letterhead."""

import re
from dataclasses import replace

from normalise.analysis import Analysis
from normalise.dates import DateMention
from normalise.document import Line, LineKind
from normalise.letter_dates import letterhead, signature
from normalise.name_forms import is_given_name
from normalise.publication_words import OwnDate, is_day, publication_words
from normalise.spans import first_from, within

# Confidence by place: the share of right dates on annotated pages.
_AT_HEAD, _AT_FOOT, _BELOW_HEADING = 0.9, 0.75, 0.7
_MONTH = 7
# A page's date line stands among its first lines, above or below the heading, or among its last.
_HEAD_LINES, _HEAD_CHARACTERS, _FOOT_LINES = 9, 700, 6
# Beside the date stand a source or an author at most.
_LONGEST_SOURCE = 60
# A label speaks of what follows so far (characters) from where its value begins.
_LABEL_REACH = 199
_LEADS = 12
# What is said so far (characters) from a date may tell that it is something else.
_NEAR = 200
_STAMP_REACH = 16
_BESIDE = re.compile(r"[^\n]{0,12}?(?:[|/•·]|[–—](?!\d))")
_COLUMN = re.compile(r"(?: {2,}|\t| [|•] )\Z")
_PLACE = re.compile(r"[A-ZÅÄÖ][a-zåäö]+(?:\s?[–/-]\s?[A-ZÅÄÖ][a-zåäö]+)?,?\s+")
# "6.4.2024 / Marika": a date signed by a name.
_SIGNED_BY = re.compile(r"\s?/\s?[A-ZÅÄÖ][a-zåäö]+(?:[ -][A-ZÅÄÖ][a-zåäö]+){0,2}\s*")
# "15.12.2021 Mary-Ann Malm", "Eija Koski (eija.koski a liitto.example), 9.2.2011": an author beside the date.
_NAME = r"[A-ZÅÄÖ][a-zåäö]+(?:-[A-ZÅÄÖ][a-zåäö]+)?"
_AUTHOR = re.compile(rf"\s*(?P<given>{_NAME})(?:\s{_NAME}){{1,2}}\s*(?:\([^()\n]{{1,60}}\))?[\s,:|]*")
# "Raasepori 9.1.2023 Raseborg": the place in both languages.
_PLACE_BEHIND = re.compile(r"\s[A-ZÅÄÖ][a-zåäö]+\s*")
# "Paimiossa tammikuussa 2015": a month with its place.
_PLACE_OF_MONTH = re.compile(r"[A-ZÅÄÖ][a-zåäö]+(?:ss[aä]|ll[aä])\s")
# "... gamla prästgård. 25.4.2018 kl. 14:05": a lede that closes with its hour.
_LEDE_BEFORE = re.compile(r"[.!?]\s+\Z")
_OPEN_RANGE = re.compile(r"[-–—]\s?\Z")
# A date alone under its heading stands before prose; a list of news or files has one at each of its lines.
_DEEPEST_HEAD, _SHORTEST_HEADING, _SHORTEST_PROSE = 40, 12, 80


def is_stamped(lowered: str, date: DateMention) -> bool:
    """Whether a crawler's or template's word stands right before a date: "date 2025-12-29", "© 2023"."""
    head = lowered[max(0, date.start - _STAMP_REACH) : date.start]
    return any(len(head) - match.end() <= 2 for match in publication_words()["stamps"].finditer(head))


def own_date(analysis: Analysis, lowered: str) -> OwnDate | None:
    """The page's own date with its rule and confidence; ``lowered`` is its text in lower case."""
    return _date_line(analysis, lowered) or signature(analysis) or letterhead(analysis, lowered)


def may_be_own(analysis: Analysis, lowered: str, date: DateMention) -> bool:
    """Whether nothing where a date stands speaks against its being the page's own."""
    line, words = analysis.document.line_at(date.start), publication_words()
    if line is None or is_stamped(lowered, date) or _inside_label(analysis, line):
        return False
    if _is_open_range(lowered, date) or _is_clock(lowered, line, date):
        return False
    # In a text that lost its lines, what stands far off tells nothing of the date.
    near = replace(line, start=max(line.start, date.start - _NEAR), end=min(line.end, date.end + _NEAR))
    if words["minutes"].search(lowered, near.start, near.end) or words["decision_labels"].match(lowered, line.start):
        return False
    if date.start - line.start > _LEADS and _says_else(_rest(lowered, near, date)[0]):
        return False
    # Below "read also" stand other pages, and "read more" below a date makes a card of it.
    around = analysis.document.lines[max(0, line.index - _FOOT_LINES) : line.index + 2]
    return not any(_fullmatch("read_also", lowered, other) for other in around)


def _date_line(analysis: Analysis, lowered: str) -> OwnDate | None:
    lines = analysis.document.lines
    for line in lines[:_HEAD_LINES]:
        date = _line_date(analysis, line) if line.start < _HEAD_CHARACTERS else None
        if (
            date
            and not is_stamped(lowered, date)
            and not _inside_label(analysis, line)
            and (_heads_page(analysis, lowered, line, date) or _is_sent(analysis, line, date))
        ):
            return date, "published.head", _AT_HEAD
    return _foot_line(analysis, lowered) or _below_heading(analysis, lowered)


def _foot_line(analysis: Analysis, lowered: str) -> OwnDate | None:
    for line in analysis.document.lines[_HEAD_LINES:][-_FOOT_LINES:]:
        if _fullmatch("read_also", lowered, line):
            return None
        date = _line_date(analysis, line)
        if date and line.kind is not LineKind.ITEM and _ends_page(analysis, lowered, line, date):
            return date, "published.foot", _AT_FOOT
    return None


def _fullmatch(key: str, lowered: str, line: Line) -> bool:
    return bool(publication_words()[key].fullmatch(lowered[line.start : line.end].strip(" :.")))


def _below_heading(analysis: Analysis, lowered: str) -> OwnDate | None:
    """A date alone between a heading and prose, below a page's navigation."""
    lines = analysis.document.lines
    for above, line, below in zip(lines, lines[1:], lines[2:_DEEPEST_HEAD], strict=False):
        date = _line_date(analysis, line)
        if not date or not is_day(date) or _rest(lowered, line, date)[0]:
            continue
        framed = len(above.text) >= _SHORTEST_HEADING and len(below.text) >= _SHORTEST_PROSE
        if framed and above.block != line.block != below.block and not _inside_label(analysis, line):
            return date, "published.heading", _BELOW_HEADING
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
    month = date.last is None and len(date.first.value) == _MONTH and _fills(analysis.text, line, date)
    return date if is_day(date) or month else None


def _fills(text: str, line: Line, date: DateMention) -> bool:
    """Whether a date is all of its line but for a place."""
    placed = date.end == line.end and _PLACE_OF_MONTH.fullmatch(text, line.start, date.start)
    return date.end - date.start == len(line.text) or bool(placed)


def _inside_label(analysis: Analysis, line: Line) -> bool:
    """Whether a line is the value of a label that gives its date another meaning."""
    return any(
        line.start < label.end
        and label.start - label.label_end < _LONGEST_SOURCE
        and label.field not in {"other", "title", "published", "contact"}
        for label in within(analysis.labelled, line.start - _LABEL_REACH, line.start + 1)
    )


def _rest(lowered: str, line: Line, date: DateMention) -> tuple[str, bool]:
    """What a line says beside its date, and whether a word such as "Uutinen" was among it."""
    words = publication_words()
    around = lowered[min(line.start, date.start) : line.end].replace(lowered[date.start : date.end], " | ")
    rest, named = words["news"].subn(" ", around)
    for key in ("date_filler", "weekdays", "byline"):
        rest = words[key].sub(" ", rest)
    rest = rest.strip(" |/•·–-—,:()*\t")
    return rest, bool(named)


def _heads_page(analysis: Analysis, lowered: str, line: Line, date: DateMention) -> bool:
    rest, named = _rest(lowered, line, date)
    if _is_open_range(lowered, date) or _is_clock(lowered, line, date):
        return False
    if not rest or _closes_lede(lowered, line, date):
        return True
    if publication_words()["minutes"].search(lowered, line.start, line.end):
        return False
    authored = _is_authored(analysis.text, line, date) and not _says_else(rest)
    return authored or (len(rest) <= _LONGEST_SOURCE and _is_beside_source(lowered, line, date, rest, named=named))


def _is_beside_source(lowered: str, line: Line, date: DateMention, rest: str, *, named: bool) -> bool:
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


def _is_open_range(lowered: str, date: DateMention) -> bool:
    """Whether a dash before a date makes it the end of a period without a beginning: "- 31.03.2027"."""
    return bool(_OPEN_RANGE.search(lowered, max(0, date.start - 2), date.start))


def _closes_lede(lowered: str, line: Line, date: DateMention) -> bool:
    timed = date.end == line.end and "T" in date.first.value
    return timed and bool(_LEDE_BEFORE.search(lowered, line.start, date.start))


def _is_clock(lowered: str, line: Line, date: DateMention) -> bool:
    """Whether a page begins with a weekday and its date: the site's clock, which tells the day of the visit."""
    leads = lowered[line.start : date.start].strip(" ,")
    alone = not line.index and date.end == line.end and "T" not in date.first.value
    return alone and bool(publication_words()["weekdays"].fullmatch(leads))


def _is_authored(text: str, line: Line, date: DateMention) -> bool:
    ends = (date.end, line.end) if date.start == line.start else (line.start, date.start)
    author = _AUTHOR.fullmatch(text, *ends) if line.end in {date.end, ends[1]} else None
    return author is not None and is_given_name(author["given"])


def _rest_behind(lowered: str, line: Line, date: DateMention) -> str:
    words = publication_words()
    behind = words["weekdays"].sub(" ", words["date_filler"].sub(" ", lowered[date.end : line.end]))
    return behind.strip(" |/•·–-—,:()*\t")


def _of_call(rest: str) -> bool:
    """Whether words beside a date tell of an application, a period or an event, and not only of a topic."""
    words = publication_words()
    return any(words[key].search(rest) for key in ("updated", "meetings")) or bool(words["deadlines"].search(rest))


def _ends_page(analysis: Analysis, lowered: str, line: Line, date: DateMention) -> bool:
    if _inside_label(analysis, line) or _is_open_range(lowered, date):
        return False
    rest, _ = _rest(lowered, line, date)
    if not rest:
        return True
    behind = date.end == line.end or _PLACE_BEHIND.fullmatch(analysis.text, date.end, line.end)
    placed = behind and _PLACE.fullmatch(analysis.text, line.start, date.start)
    signed = date.start == line.start and _SIGNED_BY.fullmatch(analysis.text, date.end, line.end)
    return bool(placed or signed) and not _says_else(rest)


def _says_else(rest: str) -> bool:
    words = publication_words()
    return bool(words["elsewhere"].search(rest) or words["updated"].search(rest))
