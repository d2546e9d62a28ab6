"""The title: the name of the project or call as the page gives it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from normalise.analysis import Analysis
from normalise.document import Line, LineKind
from normalise.facts import Fact, Findings, Kind
from normalise.labels import Labelled, name_label
from normalise.words import vocabulary

# The title stands near the top; menus before it seldom take more lines than this.
_TOP_LINES = 30
_LONGEST_TITLE = 220
_DATE_LINE = re.compile(r"^\W*(?:\w+\W+){0,2}\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b|^\W*\d{1,2}\.?\s\w+\s\d{4}\W*$")
_CRUMBS = re.compile(r"\s[›»>→/]\s|\s[|•·]\s|\s{2,}|[›»]")
_CONTACT = re.compile(r"@|\(at\)|\b(?:puh|tfn|tel)\b|www\.|https?:", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^\s*\d{1,3}\s*(?:\(\d{1,3}\)|/\s?\d{1,3})?\s*$|\b\d{1,3}\s?\(\d{1,3}\)$")
_NEWS_PREFIX = re.compile(r"^(?:uutinen|tiedote|nyhet|pressmeddelande|news)\s*[|:–-]\s*", re.IGNORECASE)
_CAPITAL_LABEL = re.compile(r"\s[A-ZÅÄÖ]{4,30}:")
_PARTS = re.compile(r"\s+[|–-]\s+")
_SENTENCE_END = re.compile(r"[.!,;:]$")


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    score: float
    rule: str


def find_title(analysis: Analysis, kind: Kind) -> Findings:
    """The best candidate among labelled names, the lines at the top, and names in running text."""
    if kind == "other":
        return Findings()
    candidates = [*_labelled(analysis), *_top(analysis, newsy=-2.0 if kind == "project" else 0.0)]
    if kind == "project":
        candidates.extend(_named(analysis))
    if not candidates:
        return Findings()
    best = max(candidates, key=lambda c: (c.score, -c.start))
    if best.score <= 0:
        return Findings()
    text = analysis.text
    start, end = _without_section_names(text, best.start, best.end)
    quote = text[start:end]
    return Findings((Fact("title", _clean(quote), start, end, quote, best.rule, min(0.95, 0.5 + best.score / 20)),))


def _without_section_names(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut "Name – Project description" and "News | Name" to the name, by the words for sorts of pages."""
    cuts = [start, *(cut for m in _PARTS.finditer(text, start, end) for cut in m.span()), end]
    parts = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if a < b]
    named = [(a, b) for a, b in parts if not _names_section(text[a:b])]
    if not named or len(named) == len(parts):
        return start, end
    return named[0][0], named[-1][1]


def _names_section(words: str) -> bool:
    return words.casefold().strip() in _types() or bool(name_label(words))


def first_title_line(analysis: Analysis) -> str:
    """The best line at the top of the page, whatever the page's kind; empty where none will do."""
    best = max(_top(analysis, newsy=0.0), key=lambda c: (c.score, -c.start), default=None)
    return analysis.text[best.start : best.end] if best else ""


def _clean(title: str) -> str:
    return re.sub(r"\s+", " ", title).strip(" |–-:•\"”“'")


@cache
def _furniture() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in vocabulary("titles")["furniture"])
    return re.compile(rf"^\W*(?:{words})\b", re.IGNORECASE)


@cache
def _types() -> frozenset[str]:
    return frozenset(vocabulary("titles")["types"])


def _labelled(analysis: Analysis) -> Iterator[_Candidate]:
    for label in analysis.labelled:
        if label.field != "title" or label.form == "juxtaposed" or label.start >= label.end:
            continue
        end = _first_line_end(analysis.text, label)
        if label.form == "headed" or not 2 <= end - label.start <= _LONGEST_TITLE:
            continue
        words = analysis.text[label.label_start : label.label_end].casefold()
        plain = words in ("nimi", "title", "otsikko", "rubrik", "haku", "avustus", "hanke", "projekt", "projekti")
        yield _Candidate(label.start, end, 4.0 if plain else 9.0, "title.labelled")


def _first_line_end(text: str, label: Labelled) -> int:
    """Where a labelled title ends: at its line's end, or before another label in capitals of a flattened sheet."""
    line_end = text.find("\n", label.start, label.end)
    end = label.end if line_end < 0 else line_end
    unknown_label = _CAPITAL_LABEL.search(text, label.start, end)
    return unknown_label.start() if unknown_label else end


def _top(analysis: Analysis, newsy: float) -> Iterator[_Candidate]:
    lines = analysis.document.lines
    counts = Counter(line.text.casefold() for line in lines)
    rank = 0
    for line in lines[:_TOP_LINES]:
        score = _line_score(analysis, line, counts)
        if score is None:
            continue
        prefix = _NEWS_PREFIX.match(line.text)
        start = line.start + (prefix.end() if prefix else 0)
        score += newsy if _newsy().search(line.text) else 0.0
        yield _Candidate(start, line.end, score - 0.7 * rank, "title.top")
        rank += 1


def _line_score(analysis: Analysis, line: Line, counts: Counter[str]) -> float | None:
    """How much a line looks like a title; None for lines that cannot be one."""
    text = line.text
    if not 3 <= len(text) <= _LONGEST_TITLE or not any(c.isalpha() for c in text):
        return None
    folded = text.casefold().strip(" :|")
    if folded.endswith(" logo") or _is_name_of_somebody(analysis, line):
        return None
    if folded in _types() or _DATE_LINE.match(text) or _PAGE_NUMBER.search(text):
        return None
    if _furniture().match(text) or _CONTACT.search(text) or name_label(text):
        return None
    score = 4.0 + (3.0 if line.kind is LineKind.HEADING and line.level == 1 else 0.0)
    score += 1.0 if line.kind is LineKind.HEADING else 0.0
    score += 1.0 if counts[text.casefold()] > 1 else 0.0
    score += 3.0 if text.casefold() in analysis.title_hint.casefold() else 0.0
    score -= 2.5 if _SENTENCE_END.search(text) else 0.0
    score -= 2.0 if line.kind is LineKind.ITEM else 0.0
    score -= 3.0 if _CRUMBS.search(text) else 0.0
    score -= 1.5 if len(text) > 120 else 0.0
    score -= 1.0 if len(analysis.document.block_lines(line.block)) > 3 else 0.0
    return score


def _is_name_of_somebody(analysis: Analysis, line: Line) -> bool:
    """Whether a line is nothing but a person's or an organisation's name: a site's or an author's, not a project's."""
    mentions = (*analysis.persons, *analysis.organisations)
    return any(m.start <= line.start and m.end >= line.end - 1 for m in mentions)


@cache
def _newsy() -> re.Pattern[str]:
    """Words of headlines that tell news of a project rather than name it."""
    words = "|".join(vocabulary("titles")["newsy"])
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)|\d\s?(?:€|euro)", re.IGNORECASE)


@cache
def _name_patterns() -> tuple[re.Pattern[str], ...]:
    words = vocabulary("titles")
    after = "|".join(words["project_after"])
    before = "|".join(re.escape(word) for word in words["project_before"])
    token = r"(?:[A-ZÅÄÖ0-9][\w.+&!–-]{0,40}|2\.0)"
    quoted = r"[\"”“»'’](?P<name>[^\"”“»'’\n]{2,90})[\"”“»'’]"
    return (
        re.compile(rf"{quoted}\s?-?\s?(?:{after})\w*"),
        re.compile(rf"(?i:\b(?:{before}))\s+{quoted}"),
        re.compile(rf"(?P<name>{token}(?:\s{token}){{0,5}}?)(?:\s-|-|\s–\s?)(?:{after})\w{{0,8}}"),
        re.compile(rf"\b(?:projektet|[Pp]roject|hanke)\s(?P<name>{token}(?:\s(?:{token}|för|i|och|av|på|ja|for|of|the)){{0,7}})"),
    )


def _named(analysis: Analysis) -> Iterator[_Candidate]:
    """A name that running text gives to its project, the more often the better."""
    text = analysis.text
    found = [m for pattern in _name_patterns() for m in pattern.finditer(text)]
    counts = Counter(m["name"].casefold() for m in found)
    for match in found:
        name = match["name"]
        weight = 1.6 + min(counts[name.casefold()], 4) * 0.6 + min(text.count(name), 6) * 0.2
        yield _Candidate(match.start("name"), match.end("name"), weight, "title.named")
