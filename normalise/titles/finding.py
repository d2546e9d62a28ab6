"""The title: the name of the project or call as the page gives it.

A linear model ranks the candidates (vocabulary/title_weights.yml, fitted on the golden pages).
"""

import math
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from normalise.analysis import Analysis
from normalise.facts import Fact, Findings, Kind
from normalise.titles.candidates import Candidate, clean, title_candidates
from normalise.words import vocabulary

# What a page's title element says speaks for a candidate by this much. Golden pages are texts, which have none, so it
# is not fitted. Where they are given what sites write there (the site's name, and before it nine times in ten a line),
# 0.907 of the titles are right in cross-validation if that line is a right one wherever there is one, 0.895 if it is
# what looks most like a headline, and 0.894 without. More of it puts headlines before projects' own names.
_IN_TITLE_ELEMENT = {"in_title_element": 2.0}


def find_title(analysis: Analysis, kind: Kind) -> Findings:
    """The candidate that the model ranks first; none for a page of nothing in particular."""
    found = title_candidates(analysis) if kind != "other" else ()
    if not found:
        return Findings()
    scores = [score(candidate, kind) for candidate in found]
    best = _best(found, scores)
    top = found[best]
    quote = analysis.text[top.start : top.end]
    sure = _share(found, scores, best)
    return Findings((Fact("title", clean(quote), top.start, top.end, quote, top.rule, round(sure, 3)),))


@lru_cache(maxsize=1)
def first_title_line(analysis: Analysis) -> str:
    """The best line at the top of the page, whatever the page's kind; empty where there is none."""
    lines = [candidate for candidate in title_candidates(analysis) if candidate.rule == "title.top"]
    if not lines:
        return ""
    best = lines[_best(lines, [score(candidate, None) for candidate in lines])]
    return analysis.text[best.start : best.end]


def score(candidate: Candidate, kind: Kind | None) -> float:
    """How much speaks for a candidate among those of its page, on a page of a kind: a sum of weights."""
    weights = _weights(kind)
    return sum([value * weights[name] for name, value in candidate.features.items() if name in weights])


@cache
def _weights(kind: Kind | None) -> Mapping[str, float]:
    """The weight of each feature: on any page, with what it counts more or less on a page of a kind."""
    plain = {name: weight for name, weight in vocabulary("title_weights").items() if "@" not in name}
    if kind is None:
        return plain | _IN_TITLE_ELEMENT
    added = {
        name.removesuffix(f"@{kind}"): weight
        for name, weight in vocabulary("title_weights").items()
        if name.endswith(f"@{kind}")
    }
    return {name: plain.get(name, 0.0) + added.get(name, 0.0) for name in plain | added} | _IN_TITLE_ELEMENT


def _best(found: Sequence[Candidate], scores: Sequence[float]) -> int:
    """Index of the candidate with the highest score, of several the first in the text."""
    return max(range(len(found)), key=lambda index: (scores[index], -found[index].start))


def _share(found: Sequence[Candidate], scores: Sequence[float], best: int) -> float:
    """The model's probability of a candidate's words among all that the page offers."""
    odds = [math.exp(score - scores[best]) for score in scores]
    same = (odd for odd, candidate in zip(odds, found, strict=True) if candidate.words == found[best].words)
    return sum(same) / sum(odds)
