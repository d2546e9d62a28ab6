"""The title: the name of the project or call as the page gives it.

A linear model ranks the candidates (vocabulary/title_weights.yml, fitted on the golden pages).
"""

import math
from collections.abc import Sequence

from normalise.analysis import Analysis
from normalise.facts import Fact, Findings, Kind
from normalise.title_candidates import Candidate, clean, title_candidates
from normalise.words import vocabulary


def find_title(analysis: Analysis, kind: Kind) -> Findings:
    """The candidate that the model ranks first; none for a page of nothing in particular."""
    found = title_candidates(analysis) if kind != "other" else ()
    best = max(found, key=lambda c: (score(c, kind), -c.start), default=None)
    if best is None:
        return Findings()
    quote = analysis.text[best.start : best.end]
    sure = _share(analysis, best, found, kind)
    return Findings((Fact("title", clean(quote), best.start, best.end, quote, best.rule, round(sure, 3)),))


def first_title_line(analysis: Analysis) -> str:
    """The best line at the top of the page, whatever the page's kind; empty where there is none."""
    lines = [c for c in title_candidates(analysis) if c.rule == "title.top"]
    best = max(lines, key=lambda c: (score(c, None), -c.start), default=None)
    return analysis.text[best.start : best.end] if best else ""


def score(candidate: Candidate, kind: Kind | None) -> float:
    """How much speaks for a candidate among those of its page, on a page of a kind: a sum of weights."""
    weights = vocabulary("title_weights")
    total = 0.0
    for name, value in candidate.features:
        total += value * weights.get(name, 0.0)
        if kind:
            total += value * weights.get(f"{name}@{kind}", 0.0)
    return total


def _share(analysis: Analysis, best: Candidate, found: Sequence[Candidate], kind: Kind) -> float:
    """The model's probability of a candidate's words among all that the page offers."""
    words = clean(analysis.text[best.start : best.end]).casefold()
    top = score(best, kind)
    odds = [(math.exp(score(c, kind) - top), clean(analysis.text[c.start : c.end]).casefold() == words) for c in found]
    return sum(odd for odd, same in odds if same) / sum(odd for odd, _ in odds)
