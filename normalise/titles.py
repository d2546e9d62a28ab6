"""The title: the name of the project or call as the page gives it.

Candidates are the lines at the top, names under labels, and names in running text; a linear model ranks them
(vocabulary/title_weights.yml, fitted on the golden pages).
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from normalise.analysis import Analysis
from normalise.document import LineKind
from normalise.facts import Fact, Findings, Kind
from normalise.labels import Labelled
from normalise.title_features import line_features, top_context, without_section_names
from normalise.words import vocabulary

# The title stands near the top; menus before it seldom take more lines than this.
_TOP_LINES = 30
_LONGEST_TITLE = 220
_CAPITAL_LABEL = re.compile(r"\s[A-ZÅÄÖ]{4,30}:")
_NEWS_PREFIX = re.compile(r"^(?:uutinen|tiedote|nyhet|pressmeddelande|news)\s*[|:–-]\s*", re.IGNORECASE)
# Stands for each letter that was erased on request (pipelines/withhold.py).
_BLACKED_OUT = "█"
# Features that weigh differently by the page's kind: an award's title is news, a project's seldom is.
_BY_KIND = ("newsy", "is_named", "money", "year", "is_top", "exclamation")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may be the title, the rule that found it, and what speaks for and against it."""

    start: int
    end: int
    rule: str
    features: tuple[tuple[str, float], ...]


def find_title(analysis: Analysis, kind: Kind) -> Findings:
    """The candidate that the model ranks first; none for a page of nothing in particular."""
    found = title_candidates(analysis) if kind != "other" else ()
    best = max(found, key=lambda c: (score(c, kind), -c.start), default=None)
    if best is None:
        return Findings()
    text = analysis.text
    start, end = without_section_names(text, best.start, best.end)
    quote = text[start:end]
    sure = 1 / (1 + math.exp(-score(best, kind)))
    return Findings((Fact("title", clean(quote), start, end, quote, best.rule, round(sure, 3)),))


def first_title_line(analysis: Analysis) -> str:
    """The best line at the top of the page, whatever the page's kind; empty where there is none."""
    lines = [c for c in title_candidates(analysis) if c.rule == "title.top"]
    best = max(lines, key=lambda c: (score(c, None), -c.start), default=None)
    return analysis.text[best.start : best.end] if best else ""


def score(candidate: Candidate, kind: Kind | None) -> float:
    """The log-odds that a candidate is the title, of a page of a kind."""
    weights = vocabulary("title_weights")
    total = float(weights["bias"])
    for name, value in candidate.features:
        total += value * weights.get(name, 0.0)
        if kind and name in _BY_KIND:
            total += value * weights.get(f"{name}@{kind}", 0.0)
    return total


def clean(title: str) -> str:
    """A title without the signs and spaces around it."""
    return re.sub(r"\s+", " ", title).strip(" |–-:•\"”“'")


@lru_cache(maxsize=1)
def title_candidates(analysis: Analysis) -> tuple[Candidate, ...]:
    """All candidates of a text, in no order."""
    found = (*_top(analysis), *_labelled(analysis), *_named(analysis))
    if _BLACKED_OUT not in analysis.text:
        return found
    return tuple(c for c in found if _BLACKED_OUT not in analysis.text[c.start : c.end])


def _top(analysis: Analysis) -> Iterator[Candidate]:
    context = top_context(analysis, _TOP_LINES)
    for line in analysis.document.lines[:_TOP_LINES]:
        if not 3 <= len(line.text) <= _LONGEST_TITLE or not any(c.isalpha() for c in line.text):
            continue
        prefix = _NEWS_PREFIX.match(line.text)
        features = line_features(analysis, line, context) | {"is_top": 1.0}
        yield Candidate(line.start + (prefix.end() if prefix else 0), line.end, "title.top", tuple(features.items()))


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
        yield Candidate(label.start, end, "title.labelled", ((sort, 1.0),))


def _first_line_end(text: str, label: Labelled) -> int:
    """Where a labelled title ends: at its line's end, or before another label in capitals of a flattened sheet."""
    line_end = text.find("\n", label.start, label.end)
    end = label.end if line_end < 0 else line_end
    unknown_label = _CAPITAL_LABEL.search(text, label.start, end)
    return unknown_label.start() if unknown_label else end


def _named(analysis: Analysis) -> Iterator[Candidate]:
    """A name that running text gives to its project, the more often the better."""
    counts = Counter(name.name.casefold() for name in analysis.project_names)
    for found in analysis.project_names:
        features = {
            "is_named": 1.0,
            "named.count": math.log1p(counts[found.name.casefold()]),
            "named.text": math.log1p(analysis.text.count(found.name)),
            "named.words": math.log1p(found.name.count(" ")),
            "named.early": 1.0 if found.start < len(analysis.text) / 4 else 0.0,
        }
        yield Candidate(found.start, found.end, "title.named", tuple(features.items()))
