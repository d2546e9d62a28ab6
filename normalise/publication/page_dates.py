"""The date that a page bears without a word: a date line at its head or foot, else its signature or letterhead."""

import re
from dataclasses import replace

from normalise.analysis import Analysis
from normalise.dates.finding import DateMention
from normalise.publication.date_lines import LONGEST_SOURCE, DateLine, date_line, is_stamped
from normalise.publication.letter_dates import letterhead, signature
from normalise.publication.words import OwnDate, is_day, publication_words
from normalise.text.document import Line, LineKind
from normalise.text.spans import first_from

# Confidence by place: the share of right dates on annotated pages.
_AT_HEAD, _AT_FOOT, _BELOW_HEADING = 0.9, 0.75, 0.7
# A page's date line stands among its first lines, above or below the heading, or among its last.
_HEAD_LINES, _HEAD_CHARACTERS, _FOOT_LINES = 9, 700, 6
_LEADS = 12
# What is said so far (characters) from a date may tell that it is something else.
_NEAR = 200
_BESIDE = re.compile(r"[^\n]{0,12}?(?:[|/•·]|[–—](?!\d))")
_COLUMN = re.compile(r"(?: {2,}|\t| [|•] )\Z")
_PLACE = re.compile(r"[A-ZÅÄÖ][a-zåäö]+(?:\s?[–/-]\s?[A-ZÅÄÖ][a-zåäö]+)?,?\s+")
# "6.4.2024 / Marika": a date signed by a name.
_SIGNED_BY = re.compile(r"\s?/\s?[A-ZÅÄÖ][a-zåäö]+(?:[ -][A-ZÅÄÖ][a-zåäö]+){0,2}\s*")
# "Raasepori 9.1.2023 Raseborg": the place in both languages.
_PLACE_BEHIND = re.compile(r"\s[A-ZÅÄÖ][a-zåäö]+\s*")
# A date alone under its heading stands before prose; a list of news or files has one at each of its lines.
_DEEPEST_HEAD, _SHORTEST_HEADING, _SHORTEST_PROSE = 40, 12, 80


def own_date(analysis: Analysis) -> OwnDate | None:
    """The page's own date with its rule and confidence."""
    places = (_at_head, _at_foot, _below_heading, signature, letterhead)
    return next((own for place in places if (own := place(analysis))), None)


def may_be_own(analysis: Analysis, date: DateMention) -> bool:
    """Whether nothing where a date stands speaks against its being the page's own."""
    line, words, lowered = analysis.document.line_at(date.start), publication_words(), analysis.lowered
    if line is None or is_stamped(lowered, date):
        return False
    dated = DateLine(analysis, line, date)
    if dated.is_labelled or dated.is_open_range or dated.is_clock:
        return False
    # In a text that lost its lines, what stands far off tells nothing of the date.
    near = replace(line, start=max(line.start, date.start - _NEAR), end=min(line.end, date.end + _NEAR))
    if words["minutes"].search(lowered, near.start, near.end) or words["decision_labels"].match(lowered, line.start):
        return False
    if date.start - line.start > _LEADS and DateLine(analysis, near, date).says_else:
        return False
    # Below "read also" stand other pages, and "read more" below a date makes a card of it.
    around = analysis.document.lines[max(0, line.index - _FOOT_LINES) : line.index + 2]
    return not any(_leads_on(analysis, other) for other in around)


def _at_head(analysis: Analysis) -> OwnDate | None:
    for line in analysis.document.lines[:_HEAD_LINES]:
        dated = date_line(analysis, line) if line.start < _HEAD_CHARACTERS else None
        if (
            dated
            and not is_stamped(analysis.lowered, dated.date)
            and not (dated.is_labelled or dated.is_listed)
            and (_heads_page(dated) or _is_sent(dated))
        ):
            return dated.date, "published.head", _AT_HEAD
    return None


def _at_foot(analysis: Analysis) -> OwnDate | None:
    for line in analysis.document.lines[_HEAD_LINES:][-_FOOT_LINES:]:
        if _leads_on(analysis, line):
            return None
        dated = date_line(analysis, line)
        if dated and line.kind is not LineKind.ITEM and _ends_page(dated):
            return dated.date, "published.foot", _AT_FOOT
    return None


def _leads_on(analysis: Analysis, line: Line) -> bool:
    """Whether a line says "read also" and nothing more: other pages follow."""
    return bool(publication_words()["read_also"].fullmatch(analysis.lowered[line.start : line.end].strip(" :.")))


def _below_heading(analysis: Analysis) -> OwnDate | None:
    """A date alone between a heading and prose, below a page's navigation."""
    lines = analysis.document.lines
    for above, line, below in zip(lines, lines[1:], lines[2:_DEEPEST_HEAD], strict=False):
        dated = date_line(analysis, line)
        if not dated or not is_day(dated.date) or dated.rest:
            continue
        framed = len(above.text) >= _SHORTEST_HEADING and len(below.text) >= _SHORTEST_PROSE
        if framed and above.block != line.block != below.block and not dated.is_labelled:
            return dated.date, "published.heading", _BELOW_HEADING
    return None


def _is_sent(dated: DateLine) -> bool:
    """Whether nothing but a body's name stands before a date: "Länsi-Suomen aluehallintovirasto 12.10.2018"."""
    text, line, date = dated.analysis.text, dated.line, dated.date
    body = first_from(dated.analysis.organisations, line.start, date.start) if dated.is_last else None
    return (
        body is not None and not text[line.start : body.start].strip() and not text[body.end : date.start].strip(" ,")
    )


def _heads_page(dated: DateLine) -> bool:
    """Whether a line at a page's head tells when the page is from: it says no more, or whose page it is."""
    if dated.is_open_range or dated.is_clock:
        return False
    if not dated.rest or dated.closes_lede:
        return True
    if publication_words()["minutes"].search(dated.analysis.lowered, dated.line.start, dated.line.end):
        return False
    authored = dated.is_authored and not dated.says_else
    return authored or (len(dated.rest) <= LONGEST_SOURCE and _is_beside_source(dated))


def _is_beside_source(dated: DateLine) -> bool:
    """Whether a section of the site or the source of the news stands beside a date."""
    lowered, line, date = dated.analysis.lowered, dated.line, dated.date
    # "Tutkimus ja tiede   13.2.2024", "Webbtidning • Pressmeddelande • 13.2.2024": a section or source, then the date.
    ends = dated.is_last or not dated.rest_behind
    if ends and (dated.tells_news or _COLUMN.search(lowered, line.start, date.start)) and not dated.speaks_of_call:
        return True
    if dated.says_else:
        return False
    if dated.is_between_signs:
        return True
    # A source beside it: "29.12.2025 12:40 | Kanta-Hämeen hyvinvointialue", "Högskolan på Åland    2.5.2024".
    if date.start - line.start <= _LEADS and (dated.tells_news or _BESIDE.match(lowered, date.end, line.end)):
        return True
    return dated.is_last and lowered[date.start - 2 : date.start] in {"  ", "| ", " |"}


def _ends_page(dated: DateLine) -> bool:
    """Whether a line at a page's foot tells when the page is from: it says no more, or a place, or who signs."""
    if dated.is_labelled or dated.is_listed or dated.is_open_range:
        return False
    if not dated.rest:
        return True
    text, line, date = dated.analysis.text, dated.line, dated.date
    behind = dated.is_last or _PLACE_BEHIND.fullmatch(text, date.end, line.end)
    placed = behind and _PLACE.fullmatch(text, line.start, date.start)
    signed = date.start == line.start and _SIGNED_BY.fullmatch(text, date.end, line.end)
    return bool(placed or signed) and not dated.says_else
