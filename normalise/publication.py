"""When a page says that it was published or updated: labels, a date line at its head, a signature at its foot."""

import re
from functools import cache

from normalise.analysis import Analysis
from normalise.cues import lower_case
from normalise.dates import DateMention
from normalise.document import Line, LineKind
from normalise.facts import Fact, Findings, Kind, Refusal
from normalise.spans import first_from, within
from normalise.words import vocabulary

# A page's date line stands among its first lines, above or below the heading.
_HEAD_LINES = 9
_HEAD_CHARACTERS = 700
# A letter's or report's text without line breaks has its date within its first words.
_FLAT_LINE = 120
_FLAT_HEAD = 330
_SIGNED = re.compile(r"(?:^|[\n.!?]\s*|[a-z]\s)[A-ZÅÄÖ][a-zåäö]+(?:ss[aä],? | ?ll[aä],? |,? den |, )$")
_AFTER_SIGNED = re.compile(r"\s*(?:\n|$|[A-ZÅÄÖ])")
# A label and its date: what may stand between ("Viimeksi muokannut Saarikivi Jonna 04.10.2010").
_LABEL_REACH = 45
_LONGEST_WORDS = 30
_VALUE_REACH = 20
_DAY, _MONTH = 10, 7
_LEADS = 12
_LONGEST_SOURCE = 60
_PARTED = re.compile(r"[^\n]{0,12}?[|/•·–—]")
_PLACE = re.compile(r"[A-ZÅÄÖ][a-zåäö]+,?\s+")


@cache
def _words() -> dict[str, re.Pattern[str]]:
    words = vocabulary("publication")
    return {name: re.compile(f"(?<![^\\W\\d])(?:{'|'.join(entries)})(?!\\w)") for name, entries in words.items()}


def find_publication(analysis: Analysis, kind: Kind) -> Findings:
    """`published` and `updated`, only where the page itself says so; times are kept where given."""
    lowered = lower_case(analysis.text)
    facts = []
    refusals: list[Refusal] = []
    for field in ("published", "updated"):
        found = list(_labelled(analysis, kind, field)) + _told(analysis, lowered, field)
        if field == "published" and not found:
            found = _date_lines(analysis, lowered) or _signatures(analysis) or _flat_heads(analysis, lowered)
        if found:
            facts.append(max(found, key=lambda fact: (fact.confidence, len(str(fact.value)))))
    refusals += _stamps(analysis, lowered)
    return Findings(tuple(facts), tuple(refusals))


def _fact(analysis: Analysis, field: str, date: DateMention, rule: str, confidence: float) -> Fact:
    first = date.first
    return Fact(field, first.value, first.start, first.end, analysis.text[first.start : first.end], rule, confidence)


def _labelled(analysis: Analysis, kind: Kind, field: str) -> list[Fact]:
    found = []
    for label in analysis.labelled:
        if label.field != field:
            continue
        words = lower_case(analysis.text[label.label_start : label.label_end])
        if _words()["decision_labels"].search(words) and kind != "award":
            continue
        date = first_from(analysis.dates, label.start, min(label.end, label.start + _VALUE_REACH))
        if date and _is_day(date):
            found.append(_fact(analysis, field, date, f"{field}.labelled", 0.97))
    return found


def _is_day(date: DateMention) -> bool:
    return date.last is None and date.first.has_year and len(date.first.value) >= _DAY


def _told(analysis: Analysis, lowered: str, field: str) -> list[Fact]:
    """Words such as "Päivitetty 5.6.2017" at the start of a line or sentence, or in a short line."""
    found = []
    for date in analysis.dates:
        if not _is_day(date):
            continue
        window = max(0, date.start - _LABEL_REACH - _LONGEST_WORDS)
        told = [match for match in _words()[field].finditer(lowered, window, date.start)]
        if told and any(_belongs(analysis, lowered, match, date) for match in told):
            found.append(_fact(analysis, field, date, f"{field}.told", 0.95))
    return found


def _belongs(analysis: Analysis, lowered: str, match: re.Match[str], date: DateMention) -> bool:
    between = lowered[match.end() : date.start]
    if _words()["deadline"].match(lowered[date.end :].lstrip(" ,.")):
        return False
    if len(between) > _LABEL_REACH or re.search(r"\n\s*\n|[.!?]\s", between) or _words()["elsewhere"].search(between):
        return False
    line = analysis.document.line_at(match.start())
    head = lowered[line.start : match.start()] if line else ""
    leads = not head.strip(" |/•·–-—,:(") or bool(re.search(r"[.!?|/•·–—\d]\s*$", head)) or any(len(head) - m.end() <= 2 for m in _words()["lead_in"].finditer(head))
    return leads or (line is not None and line.end - line.start < 90 and not re.search(r"[a-zåäö]{3,} [a-zåäö]{3,}", head))


def _date_lines(analysis: Analysis, lowered: str) -> list[Fact]:
    """A line that holds a day and little else, at the head of the page or as its last words."""
    lines = analysis.document.lines
    head = [line for line in lines[:_HEAD_LINES] if line.start < _HEAD_CHARACTERS]
    found = []
    for line in [*head, *lines[-6:]]:
        dates = within(analysis.dates, line.start, line.end)
        if dates and len({d.first.value for d in dates}) == 1 and _is_dated(dates[0], line) and _only_date(analysis, lowered, line, dates[0], line in head):
            place = "head" if line in head else "foot"
            found.append(_fact(analysis, "published", dates[0], f"published.{place}", 0.9 if place == "head" else 0.75))
    return found[:1]


def _only_date(analysis: Analysis, lowered: str, line: Line, date: DateMention, at_head: bool) -> bool:
    if line.kind is LineKind.ITEM and not at_head:
        return False
    if _inside_label(analysis, line):
        return False
    written = lowered[date.start : date.end]
    around = lowered[line.start : line.end].replace(written, " | ")
    rest, named = _words()["news"].subn(" ", around)
    rest = _words()["byline"].sub(" ", _words()["date_filler"].sub(" ", rest)).strip(" |/•·–-—,:()*\t")
    if not rest:
        return True
    if _words()["elsewhere"].search(rest) or _words()["updated"].search(rest):
        return False
    if not at_head:
        return bool(_PLACE.fullmatch(analysis.text, line.start, date.start)) and date.end == line.end
    if len(rest) > _LONGEST_SOURCE:
        return False
    # Source or author beside the date: "29.12.2025 12:40 | Kanta-Hämeen hyvinvointialue", "Högskolan på Åland    2.5.2024".
    leads = date.start - line.start <= _LEADS and bool(named or _PARTED.match(lowered, date.end, line.end))
    return leads or date.end == line.end and lowered[date.start - 2 : date.start] in {"  ", "| ", " |"}


def _is_dated(date: DateMention, line: Line) -> bool:
    """A day, or a newsletter's month in a line of its own."""
    return _is_day(date) or date.last is None and len(date.first.value) == _MONTH and date.end - date.start == len(line.text)


def _inside_label(analysis: Analysis, line: Line) -> bool:
    return any(
        label.start <= line.start < label.end and label.field not in {"other", "title", "published", "contact"}
        and label.start - label.label_end < 80 and line.start - label.start < 200
        for label in analysis.labelled
    )


def _signatures(analysis: Analysis) -> list[Fact]:
    """A place and a day where a letter is signed: "Helsingissä 26.3.2012", "Åbo den 3 maj 2021"."""
    found = []
    for date in analysis.dates:
        if not _is_day(date) or date.start < len(analysis.text) * 0.4:
            continue
        head = analysis.text[max(0, date.start - 40) : date.start]
        tail = analysis.text[date.first.end : date.first.end + 3]
        if _SIGNED.search(head) and _AFTER_SIGNED.match(tail) and not _words()["meetings"].search(head.lower()):
            found.append(_fact(analysis, "published", date, "published.signature", 0.8))
    return found[:1]


def _flat_heads(analysis: Analysis, lowered: str) -> list[Fact]:
    """The day in the head of a letter or report whose line breaks were lost, or the day of a decision made "today"."""
    lines = analysis.document.lines
    for line in lines[:25]:
        if line.end - line.start < _FLAT_LINE and line.index > 2:
            continue
        date = first_from(analysis.dates, line.start, line.start + _FLAT_HEAD)
        if date is None or not _is_day(date):
            continue
        head, tail = lowered[line.start : date.start], analysis.text[date.first.end : date.first.end + 2]
        if re.search(r"[.!?]\s+\S", head.replace("1.", "")) or not re.match(r"\s[A-ZÅÄÖ\d]", tail):
            continue
        near = head[-90:] + " | " + lowered[date.first.end : date.first.end + 40]
        if _words()["documents"].search(near) and not _words()["elsewhere"].search(_words()["documents"].sub(" ", head[-60:])):
            return [_fact(analysis, "published", date, "published.letterhead", 0.7)]
    return []


def _stamps(analysis: Analysis, lowered: str) -> list[Refusal]:
    """Crawlers' stamps and copyright years: dates that the page itself doesn't give as its own."""
    refusals = []
    for date in analysis.dates:
        head = lowered[max(0, date.start - 16) : date.start]
        if any(len(head) - match.end() <= 3 for match in _words()["stamps"].finditer(head)):
            refusals.append(Refusal("published", date.first.value, date.start, date.end, "crawler stamp or copyright"))
    return refusals
