"""Candidates for the title: lines at the top, their parts, names under labels, and names in running text."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from normalise.analysis import Analysis
from normalise.document import LineKind
from normalise.labels import Labelled
from normalise.title_features import line_features, top_context, without_section_names
from normalise.title_parts import parts_of
from normalise.title_sheets import find_sheet_names
from normalise.title_words import surroundings, word_features
from normalise.words import vocabulary

# The title stands near the top; menus before it seldom take more lines than this.
_TOP_LINES = 30
# Names and quotations of a longer text are those of what it cites.
_MOST_NAMES = 200
_LONGEST_TITLE = 220
# A longer line is a title with all that follows in a transcript without line breaks, or prose, which stands lower.
_FIRST_LINES = 8
_CAPITAL_LABEL = re.compile(r"\s[A-ZÅÄÖ]{4,30}:")
_NEWS_PREFIX = re.compile(r"^(?:uutinen|tiedote|nyhet|pressmeddelande|news)\s*[|:–-]\s*", re.IGNORECASE)
_QUOTED = re.compile(r"[\"”“»](?P<name>[A-ZÅÄÖ0-9][^\"”“»\n.!?]{2,70})[\"”“»]")
# Stands for each letter that was erased on request (pipelines/withhold.py).
_BLACKED_OUT = "█"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may be the title, the rule that found it, and what speaks for and against it."""

    start: int
    end: int
    rule: str
    features: tuple[tuple[str, float], ...]


@lru_cache(maxsize=1)
def title_candidates(analysis: Analysis) -> tuple[Candidate, ...]:
    """All candidates of a text, each cut to the name, in no order."""
    found = (*_top(analysis), *_labelled(analysis), *_sheets(analysis), *_named(analysis), *_quoted(analysis))
    if _BLACKED_OUT in analysis.text:
        found = tuple(c for c in found if _BLACKED_OUT not in analysis.text[c.start : c.end])
    return tuple(_with_agreement(analysis, found))


def clean(title: str) -> str:
    """A title without the signs and spaces around it."""
    return re.sub(r"\s+", " ", title).strip(" |–-:•\"”“'")


def _top(analysis: Analysis) -> Iterator[Candidate]:
    context = top_context(analysis, _TOP_LINES)
    for line in analysis.document.lines[:_TOP_LINES]:
        if not any(c.isalpha() for c in line.text):
            continue
        if 3 <= len(line.text) <= _LONGEST_TITLE:
            prefix = _NEWS_PREFIX.match(line.text)
            features = line_features(analysis, line, context) | {"is_top": 1.0}
            start, end = line.start + (prefix.end() if prefix else 0), line.end
            yield Candidate(*without_section_names(analysis.text, start, end), "title.top", tuple(features.items()))
        for part in parts_of(line.text) if len(line.text) <= _LONGEST_TITLE or line.index < _FIRST_LINES else ():
            cut = replace(
                line, text=line.text[part.start : part.end], start=line.start + part.start, end=line.start + part.end
            )
            features = line_features(analysis, cut, context) | {"is_part": 1.0, f"part.{part.sort}": 1.0}
            yield Candidate(cut.start, cut.end, "title.part", tuple(features.items()))


def _labelled(analysis: Analysis) -> Iterator[Candidate]:
    """Names under a label: "Hankkeen nimi: X", "Asia" over the subject of a letter."""
    for label in analysis.labelled:
        if label.field != "title" or label.form == "juxtaposed" or label.start >= label.end:
            continue
        line = analysis.document.line_at(label.label_start)
        end = _first_line_end(analysis.text, label)
        if not 2 <= end - label.start <= _LONGEST_TITLE or line is None or line.kind is LineKind.ROW:
            continue
        plain = analysis.text[label.label_start : label.label_end].casefold() in vocabulary("titles")["plain_labels"]
        sort = f"is_labelled.{'plain' if plain else 'full'}.{'headed' if label.form == 'headed' else 'beside'}"
        start, end = without_section_names(analysis.text, label.start, end)
        yield Candidate(start, end, "title.labelled", (("is_labelled", 1.0), (sort, 1.0)))


def _first_line_end(text: str, label: Labelled) -> int:
    """Where a labelled title ends: at its line's end, or before another label in capitals of a flattened sheet."""
    line_end = text.find("\n", label.start, label.end)
    end = label.end if line_end < 0 else line_end
    unknown_label = _CAPITAL_LABEL.search(text, label.start, end)
    return unknown_label.start() if unknown_label else end


def _sheets(analysis: Analysis) -> Iterator[Candidate]:
    """Names under the labels of a form whose lines were run together."""
    for sheet in find_sheet_names(analysis.text):
        bare = "sheet.bare" if sheet.is_bare else "sheet.full"
        features = {"is_sheet": 1.0, bare: 1.0, **_place(analysis, sheet.start)}
        yield Candidate(sheet.start, sheet.end, "title.sheet", tuple(features.items()))


def _named(analysis: Analysis) -> Iterator[Candidate]:
    """A name that running text gives to its project, the more often the better."""
    counts = Counter(name.name.casefold() for name in analysis.project_names)
    for found in analysis.project_names[:_MOST_NAMES]:
        features = {
            "is_named": 1.0,
            f"named.{found.sort}": 1.0,
            "named.count": math.log1p(counts[found.name.casefold()]),
        }
        yield _of_name(analysis, found.start, found.end, features)


def _quoted(analysis: Analysis) -> Iterator[Candidate]:
    """Quoted words that begin with a capital letter."""
    for count, match in enumerate(_QUOTED.finditer(analysis.text)):
        if count >= _MOST_NAMES:
            return
        yield _of_name(analysis, *match.span("name"), {"is_quoted": 1.0})


def _of_name(analysis: Analysis, start: int, end: int, features: dict[str, float]) -> Candidate:
    name = analysis.text[start:end]
    features |= {
        "named.text": math.log1p(analysis.text.count(name)),
        "named.words": math.log1p(name.count(" ")),
        **_place(analysis, start),
    }
    if name.casefold() in analysis.title_hint.casefold():
        features["in_title_element"] = 1.0
    if name[:1].islower():
        features["starts_low"] = 1.0
    return Candidate(start, end, "title.named", tuple(features.items()))


def _place(analysis: Analysis, start: int) -> dict[str, float]:
    return {"named.early": 1.0} if start < len(analysis.text) / 4 else {}


def _with_agreement(analysis: Analysis, found: tuple[Candidate, ...]) -> Iterator[Candidate]:
    """Candidates with what their words say, and what other rules found in the same words."""
    around = surroundings(analysis)
    rules: dict[str, set[str]] = defaultdict(set)
    keys = [clean(analysis.text[c.start : c.end]).casefold() for c in found]
    for key, candidate in zip(keys, found, strict=True):
        rules[key].add(candidate.rule)
    of_words: dict[tuple[int, int], dict[str, float]] = {}
    for key, candidate in zip(keys, found, strict=True):
        span = (candidate.start, candidate.end)
        if span not in of_words:
            of_words[span] = word_features(analysis, *span, around)
        agreed = {f"also.{rule.removeprefix('title.')}": 1.0 for rule in rules[key] - {candidate.rule}}
        features = {**dict(candidate.features), **of_words[span], **agreed}
        yield replace(candidate, features=tuple(sorted(features.items())))
