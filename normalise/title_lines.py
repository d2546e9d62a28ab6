"""The lines at a page's top, scored by how much they look like its title."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from normalise.analysis import Analysis
from normalise.document import Line, LineKind
from normalise.label_names import is_known_label, name_label
from normalise.organisations import OrganisationMention
from normalise.persons import PersonMention
from normalise.words import vocabulary

# The title stands near the top; menus before it seldom take more lines than this.
_TOP_LINES = 30
LONGEST_TITLE = 220
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.?\s\w+\s\d{4}")
# A line of a date has no more letters than "Julkaistu", "Viimeksi muokattu" or an author's signature beside it.
_DATE_LETTERS = 18
_CRUMBS = re.compile(r"\s[›»>→]\s|\s/\s.*\s/\s|\s[|•·]\s|\s{2,}|\t|[›»]|^\w+\s[/>-]\s\w+$")
_CONTACT = re.compile(r"@|\(at\)|\b(?:puh|tfn|tel)\b|www\.|https?:", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^\s*\d{1,3}\s*(?:\(\d{1,3}\)|/\s?\d{1,3})?\s*$|\b\d{1,3}\s?\(\d{1,3}\)$")
_NEWS_PREFIX = re.compile(r"^(?:uutinen|tiedote|nyhet|pressmeddelande|news)\s*[|:–-]\s*", re.IGNORECASE)
_PARTS = re.compile(r"\s+[|–-]\s+")
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.,;:]$")
# What speaks against a line being a title, and how much: a sentence's end, menus, questions, dates, page numbers.
_AGAINST = (
    (_SENTENCE_END, 2.5),
    (_CRUMBS, 6.0),
    (re.compile(r"\?$"), 1.5),
    (re.compile(r"!$"), 0.7),
    (re.compile(r"\bkl(?:o|\.)?\s\d"), 2.0),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}"), 1.5),
    (re.compile(r"^\d{1,2}\s\D"), 1.5),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may be the title; ``score`` ranks candidates of one page, ``rule`` tells where it came from."""

    start: int
    end: int
    score: float
    rule: str


def without_section_names(text: str, start: int, end: int) -> tuple[int, int]:
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
    best = max(top_lines(analysis, newsy=0.0), key=lambda c: (c.score, -c.start), default=None)
    return analysis.text[best.start : best.end] if best else ""


@cache
def _furniture() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in vocabulary("titles")["furniture"])
    return re.compile(rf"^\W*(?:{words})\b", re.IGNORECASE)


@cache
def _furniture_lines() -> frozenset[str]:
    return frozenset(vocabulary("titles")["furniture_lines"])


@cache
def _types() -> frozenset[str]:
    return frozenset(vocabulary("titles")["types"])


def top_lines(analysis: Analysis, newsy: float) -> Iterator[Candidate]:
    """The lines at the top that may be the title; ``newsy`` is added for headlines of news."""
    for candidate, is_news in _scored_lines(analysis):
        yield replace(candidate, score=candidate.score + newsy) if is_news else candidate


@lru_cache(maxsize=1)
def _scored_lines(analysis: Analysis) -> tuple[tuple[Candidate, bool], ...]:
    """Candidates with whether they are news, once a text. Menus and site names before a line cost it little."""
    lines = analysis.document.lines
    context = _TopContext(
        Counter(line.text.casefold() for line in lines),
        frozenset(label.label_start for label in analysis.labelled if label.form == "inline"),
        " ".join(line.text.casefold() for line in lines[:_TOP_LINES] if _CRUMBS.search(line.text)),
        Counter(name.name.casefold() for name in analysis.project_names),
    )
    rank, found = 0.0, []
    for line in lines[:_TOP_LINES]:
        score = _line_score(analysis, line, context)
        if score is None:
            continue
        prefix = _NEWS_PREFIX.match(line.text)
        start = line.start + (prefix.end() if prefix else 0)
        found.append((Candidate(start, line.end, score - rank, "title.top"), _newsy().search(line.text) is not None))
        rank += 0.7 if score > 2 else 0.1
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _TopContext:
    """What the lines at the top are held against: repeated lines, labelled lines, breadcrumbs, names in the text."""

    counts: Counter[str]
    labelled: frozenset[int]
    crumbs: str
    names: Counter[str]


def _line_score(analysis: Analysis, line: Line, context: _TopContext) -> float | None:
    """How much a line looks like a title; None for lines that cannot be one."""
    text = line.text
    folded = text.casefold().strip(" :|")
    if not _can_be_title(analysis, line, folded) or line.start in context.labelled:
        return None
    score = 4.0 + (3.0 if line.kind is LineKind.HEADING and line.level == 1 else 0.0)
    score += 1.0 if line.kind is LineKind.HEADING else 0.0
    score += 1.0 if context.counts[text.casefold()] > 1 else 0.0
    score += 3.0 if folded in analysis.title_hint.casefold() else 0.0
    score += 1.5 if folded in context.crumbs and not _CRUMBS.search(text) else 0.0
    score += max((min(n, 4) * 0.5 for name, n in context.names.items() if name in folded), default=0.0)
    score -= sum(weight for pattern, weight in _AGAINST if pattern.search(text))
    score -= 2.0 if line.kind is LineKind.ITEM else 0.0
    score -= 5.0 if _menu().search(text) and len(text.split()) > 1 else 0.0
    score += 1.0 if len(analysis.document.block_lines(line.block)) == 1 else 0.0
    score -= 4.0 if _names_sort_of_page(folded) else 0.0
    score -= 0.1 * line.index
    score -= 4.0 if any(line.start <= p.start < line.end for p in analysis.persons) else 0.0
    score -= 5.0 if _names_site(analysis, line) else 0.0
    score -= 1.5 if len(text) > 120 else 0.0
    return score - (1.0 if len(analysis.document.block_lines(line.block)) > 3 else 0.0)


def _can_be_title(analysis: Analysis, line: Line, folded: str) -> bool:
    text = line.text
    if not 3 <= len(text) <= LONGEST_TITLE or not any(c.isalpha() for c in text) or text[0].islower():
        return False
    if folded in _types() or folded.endswith(" logo") or _is_date_line(text) or _PAGE_NUMBER.search(text):
        return False
    if _furniture().match(text) or folded in _furniture_lines() or _CONTACT.search(text) or is_known_label(text):
        return False
    return not (_is_all_of(line, analysis.persons) or _is_all_of(line, analysis.organisations))


def _is_all_of(line: Line, mentions: Sequence[PersonMention] | Sequence[OrganisationMention]) -> bool:
    """Whether a line is nothing but one name."""
    return any(m.start <= line.start and m.end >= line.end - 1 for m in mentions)


def _is_date_line(text: str) -> bool:
    rest = _DATE.sub("", text)
    if rest == text:
        return False
    return _DATE.match(text.lstrip(" |")) is not None or sum(c.isalpha() for c in rest) <= _DATE_LETTERS


def _names_site(analysis: Analysis, line: Line) -> bool:
    """Whether a line says whose site this is: names of bodies and places, and no other word but those of menus."""
    start, end = without_section_names(analysis.text, line.start, line.end)
    inside = [m for m in analysis.organisations if start <= m.start and m.end <= end]
    words = (m for m in _WORD.finditer(analysis.text, start, end) if not _is_within(m.start(), inside))
    return bool(inside) and all(_menu_word(m[0].casefold()) for m in words)


def _is_within(offset: int, mentions: Sequence[OrganisationMention]) -> bool:
    return any(m.start <= offset < m.end for m in mentions)


@cache
def _menu_word(word: str) -> bool:
    return len(word) < 4 or word in _types() or word in _furniture_lines() or word in vocabulary("titles")["menu"]


@cache
def _menu() -> re.Pattern[str]:
    """Words of menus; two of them make a line one, as does one of the way home at its start."""
    words = "|".join(re.escape(word) for word in vocabulary("titles")["menu"])
    return re.compile(rf"^(?:etusivu|hem|home|start)\b|\b(?:{words})\b.*\b(?:{words})\b", re.IGNORECASE)


def _names_sort_of_page(folded: str) -> bool:
    """Whether a short line ends with a word for sorts of pages: "Kirjastojen hanketietokanta", "SeAMK Projektit"."""
    words = [word for word in folded.split() if not any(c.isdigit() for c in word)]
    return 0 < len(words) <= 3 and words[-1] in _types()


@cache
def _newsy() -> re.Pattern[str]:
    """Words of headlines that tell news of a project rather than name it."""
    words = "|".join(vocabulary("titles")["newsy"])
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)|\d\s?(?:€|euro)", re.IGNORECASE)
