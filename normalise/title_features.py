"""What speaks for and against a line at a page's top being its title: features for a linear model."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeVar

from normalise.analysis import Analysis
from normalise.document import Line, LineKind
from normalise.label_names import is_known_label, name_label
from normalise.organisations import OrganisationMention
from normalise.persons import PersonMention
from normalise.words import vocabulary

_Mention = TypeVar("_Mention", PersonMention, OrganisationMention)
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.?\s\w+\s\d{4}")
# A line of a date has no more letters than "Julkaistu", "Viimeksi muokattu" or an author's signature beside it.
_DATE_LETTERS = 18
CRUMBS = re.compile(r"\s[›»>→]\s|\s/\s.*\s/\s|\s[|•·∙]\s|\s{2,}|\t|[›»]|^\w+\s[/>-]\s\w+$")
_PARTS = re.compile(r"\s+[|–-]\s+")
_WORD = re.compile(r"\w+")
# What signs and words in a line tell, by name; the weights say how much.
_SIGNS = {
    "stop": re.compile(r"[.,;]$"),
    "colon": re.compile(r":$"),
    "question": re.compile(r"\?$"),
    "exclamation": re.compile(r"!$"),
    "crumbs": CRUMBS,
    "clock": re.compile(r"\bkl(?:o|\.)?\s\d"),
    "date": re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}"),
    "year": re.compile(r"\b20\d\d\b"),
    "number_first": re.compile(r"^\d{1,2}\.?\s\D"),
    "brackets": re.compile(r"^[\[(<]"),
    "contact": re.compile(r"@|\(at\)|\b(?:puh|tfn|tel)\b|www\.|https?:", re.IGNORECASE),
    "page_number": re.compile(r"^\s*\d{1,3}\s*(?:\(\d{1,3}\)|/\s?\d{1,3})?\s*$|\b\d{1,3}\s?\(\d{1,3}\)$"),
    "dash": re.compile(r"\s[–-]\s"),
    "quoted": re.compile(r"[\"”“»]"),
    "hyphen_project": re.compile(r"-(?:hanke|projekt|projekti|projektet|project)\b", re.IGNORECASE),
    "money": re.compile(r"\d\s?(?:€|euro)", re.IGNORECASE),
}
_LENGTHS = (12, 30, 60, 90, 130)
_LONG_LINE = 120
# Lines whose words and signs are remembered: each is asked for with its neighbours, and a site repeats its furniture.
_LINES_KEPT = 1 << 12


@dataclass(frozen=True, slots=True)
class TopContext:
    """What the lines at the top are held against: repeated lines, labelled lines, breadcrumbs, names in the text."""

    counts: Counter[str]
    labelled: frozenset[int]
    crumbs: str
    names: Counter[str]
    words: Counter[str]
    people: Mapping[int, Sequence[PersonMention]]
    bodies: Mapping[int, Sequence[OrganisationMention]]


def top_context(analysis: Analysis, top: int) -> TopContext:
    """The context of one text's first ``top`` lines."""
    lines = analysis.document.lines
    return TopContext(
        Counter(line.text.casefold() for line in lines),
        frozenset(label.label_start for label in analysis.labelled if label.form == "inline"),
        " ".join(line.text.casefold() for line in lines[:top] if CRUMBS.search(line.text)),
        Counter(name.name.casefold() for name in analysis.project_names),
        Counter(word.folded[:6] for word in analysis.words),
        _by_line(analysis, analysis.persons),
        _by_line(analysis, analysis.organisations),
    )


def _by_line(analysis: Analysis, mentions: Sequence[_Mention]) -> Mapping[int, Sequence[_Mention]]:
    """Mentions by the index of the line that they start in."""
    found: dict[int, list[_Mention]] = defaultdict(list)
    for mention in mentions:
        line = analysis.document.line_at(mention.start)
        if line:
            found[line.index].append(mention)
    return found


def line_features(analysis: Analysis, line: Line, context: TopContext) -> dict[str, float]:
    """The features of a line by name; absent ones are zero."""
    features = dict.fromkeys(_flags(analysis, line, context), 1.0)
    features["index"] = min(line.index, 25) / 10
    return features | _degrees(line, context)


def _flags(analysis: Analysis, line: Line, context: TopContext) -> Iterator[str]:
    folded = line.text.casefold().strip(" :|")
    yield f"length.{next((n for n in _LENGTHS if len(line.text) <= n), 'more')}"
    yield from _signs(line.text)
    yield from _shape(analysis, line)
    yield from _words(line.text)
    yield from _names(analysis, line, context)
    yield from _surroundings(analysis, line, context)
    if folded and folded in context.crumbs and not CRUMBS.search(line.text):
        yield "in_crumbs"
    if folded and folded in analysis.title_hint.casefold():
        yield "in_title_element"
    if context.counts[line.text.casefold()] > 1:
        yield "repeated"


def _shape(analysis: Analysis, line: Line) -> Iterator[str]:
    yield f"kind.{line.kind}"
    if line.kind is LineKind.HEADING:
        yield f"heading.{min(line.level, 3)}"
    block = len(analysis.document.block_lines(line.block))
    yield "alone" if block == 1 else "in_small_block" if block <= 3 else "in_block"
    if line.text.isupper():
        yield "capitals"
    if line.text[0].islower():
        yield "starts_low"
    if line.index == 0:
        yield "first"


@lru_cache(_LINES_KEPT)
def _signs(text: str) -> tuple[str, ...]:
    return tuple(name for name, sign in _SIGNS.items() if sign.search(text))


@lru_cache(_LINES_KEPT)
def _words(text: str) -> tuple[str, ...]:
    """What a line's words say of it, by vocabulary/titles.yml and labels.yml."""
    return tuple(_word_flags(text, text.casefold().strip(" :|")))


def _word_flags(text: str, folded: str) -> Iterator[str]:
    if folded in types():
        yield "type"
    elif _names_sort_of_page(folded):
        yield "type_last"
    if _furniture().match(text) or folded in _furniture_lines():
        yield "furniture"
    if is_known_label(text):
        yield "label"
    menu = len(_menu().findall(text))
    if menu:
        yield "menu.1" if menu == 1 else "menu.2"
    if newsy().search(text):
        yield "newsy"
    if _is_date_line(text):
        yield "date_line"


def _names(analysis: Analysis, line: Line, context: TopContext) -> Iterator[str]:
    people, bodies = context.people.get(line.index, ()), context.bodies.get(line.index, ())
    if any(line.start <= p.start < line.end for p in people):
        yield "person"
    if _is_all_of(line, people) or _is_all_of(line, bodies):
        yield "is_name"
    elif bodies and _names_site(analysis, line, bodies):
        yield "site"


def _surroundings(analysis: Analysis, line: Line, context: TopContext) -> Iterator[str]:
    lines = analysis.document.lines
    if line.start in context.labelled:
        yield "labelled"
    if line.index + 1 < len(lines):
        following = lines[line.index + 1]
        yield from (f"before.{name}" for name in _sort(following.text))
    if line.index:
        yield from (f"after.{name}" for name in _sort(lines[line.index - 1].text))


@lru_cache(_LINES_KEPT)
def _sort(text: str) -> tuple[str, ...]:
    """What a neighbouring line is."""
    tests = (
        ("prose", len(text) > _LONG_LINE),
        ("label", bool(name_label(text))),
        ("date", _is_date_line(text)),
        ("type", text.casefold().strip(" :|") in types()),
        ("crumbs", CRUMBS.search(text) is not None),
    )
    return tuple(name for name, true in tests if true)


def _degrees(line: Line, context: TopContext) -> dict[str, float]:
    folded = line.text.casefold()
    named = max((count for name, count in context.names.items() if name in folded), default=0)
    stems = {word[:6] for word in _WORD.findall(folded) if len(word) > 4}
    told = sum(1 for stem in stems if context.words[stem] > 1) / len(stems) if stems else 0.0
    return {"named": math.log1p(named), "told": told}


def without_section_names(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut "Name – Project description" and "News | Name" to the name, by the words for sorts of pages."""
    cuts = [start, *(cut for m in _PARTS.finditer(text, start, end) for cut in m.span()), end]
    parts = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if a < b]
    named = [(a, b) for a, b in parts if not _names_section(text[a:b])]
    if not named or len(named) == len(parts):
        return start, end
    return named[0][0], named[-1][1]


def _names_section(words: str) -> bool:
    return words.casefold().strip() in types() or bool(name_label(words))


@cache
def types() -> frozenset[str]:
    """Words that name the sort of a page."""
    return frozenset(vocabulary("titles")["types"])


@cache
def newsy() -> re.Pattern[str]:
    """Words of headlines that tell news of a project rather than name it."""
    words = "|".join(vocabulary("titles")["newsy"])
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _furniture() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in vocabulary("titles")["furniture"])
    return re.compile(rf"^\W*(?:{words})\b", re.IGNORECASE)


@cache
def _furniture_lines() -> frozenset[str]:
    return frozenset(vocabulary("titles")["furniture_lines"])


@cache
def _menu() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in vocabulary("titles")["menu"])
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def _names_sort_of_page(folded: str) -> bool:
    """Whether a short line ends with a word for sorts of pages: "Kirjastojen hanketietokanta", "SeAMK Projektit"."""
    last = folded.rpartition(" ")[2]
    if last not in types() and not any(c.isdigit() for c in last):
        return False
    words = [word for word in folded.split() if not any(c.isdigit() for c in word)]
    return 0 < len(words) <= 3 and words[-1] in types()


@lru_cache(_LINES_KEPT)
def _is_date_line(text: str) -> bool:
    rest = _DATE.sub("", text)
    if rest == text:
        return False
    return _DATE.match(text.lstrip(" |")) is not None or sum(c.isalpha() for c in rest) <= _DATE_LETTERS


def _is_all_of(line: Line, mentions: Sequence[PersonMention] | Sequence[OrganisationMention]) -> bool:
    """Whether a line is nothing but one name."""
    return any(m.start <= line.start and m.end >= line.end - 1 for m in mentions)


def _names_site(analysis: Analysis, line: Line, bodies: Sequence[OrganisationMention]) -> bool:
    """Whether a line says whose site this is: names of bodies and places, and no other word but those of menus."""
    start, end = without_section_names(analysis.text, line.start, line.end)
    inside = [m for m in bodies if start <= m.start and m.end <= end]
    if not inside:
        return False
    words = (m for m in _WORD.finditer(analysis.text, start, end) if not _is_within(m.start(), inside))
    return all(_menu_word(m[0].casefold()) for m in words)


def _is_within(offset: int, mentions: Sequence[OrganisationMention]) -> bool:
    return any(m.start <= offset < m.end for m in mentions)


@cache
def _menu_word(word: str) -> bool:
    return len(word) < 4 or word in types() or word in _furniture_lines() or word in vocabulary("titles")["menu"]
