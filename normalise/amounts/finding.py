"""Sums of money with their role: what a call has to give, what a project was granted, costs in all, puts in itself.

A linear model over the words, labels and other sums around a sum (`features`) gives the probability of each
role, and of its being none of this project's or call's money (vocabulary/amount_weights.yml, fitted on golden pages).
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from normalise.amounts.features import Features, Sum, read_page
from normalise.analysis import Analysis
from normalise.facts import ROLES, Fact, Findings, Kind, Refusal, Role
from normalise.linear_models import LinearModel
from normalise.words import vocabulary

_REASONS = {
    "earlier": "a sum of another year or round",
    "past": "a sum of another year or round",
    "applied": "a sum applied for",
    "floor": "a least sum",
    "programme": "money of the wider programme",
    "unit": "a unit price",
    "elsewhere": "money told of beside the page's matter",
    "proposed": "a sum only proposed or aimed at",
    "": "by the words around it no money of this project or call",
}
NONE = "none"
# A sum is left out where it is this much likelier to be none of the page's money than to have its likeliest role: on
# pages that were not fitted on, a lower bound loses sums, and a higher one gives wrong roles.
_LIKELIER = 1.6
# Features that weigh the same whatever the page's kind: words are too many to be told apart by it.
_ANY_KIND = "stem."
# Features that speak of a kind's pages alone: what a call's page tells in the past tense is another round's.
_ONE_KIND = "against."
# Two sums this near each other are one, once exact and once rounded.
_ROUNDING = 0.05


@dataclass(frozen=True, slots=True)
class _Judged:
    sum: Sum
    role: Role
    confidence: float

    @property
    def rule(self) -> str:
        names = self.sum.features
        if any(name.startswith("label.") for name in names):
            return "amount.labelled"
        return "amount.cue" if self.sum.reading.role else "amount.place"


def find_amounts(analysis: Analysis, kind: Kind) -> Findings:
    """The page's sums in euros, each once, with its role; the sums turned down with the reason."""
    found: list[_Judged] = []
    refused: list[Refusal] = []
    for read in read_page(analysis) if kind != "other" else ():
        chances = role_chances(read.features, kind)
        role = max(ROLES, key=lambda name: chances[name])
        if chances[role] * _LIKELIER < chances[NONE]:
            reason, money = _REASONS[read.reading.refused], read.money
            refused.append(Refusal("amount", f"{money.eur:.2f}", money.start, money.end, reason))
        else:
            found.append(_Judged(read, role, chances[role]))
    return Findings(tuple(_fact(analysis, best) for best in _best(found)), tuple(refused))


def role_chances(features: Features, kind: Kind) -> dict[str, float]:
    """The probability of each role and of `none` for a sum with these features on a page of this kind."""
    return _model().probabilities(dict(by_kind(features, kind)))


@cache
def _model() -> LinearModel[str]:
    return LinearModel((*ROLES, NONE), vocabulary("amount_weights"))


def by_kind(features: Features, kind: Kind) -> Iterator[tuple[str, float]]:
    """The features as the weights name them: each alone, and together with the page's kind ("label.funding@call")."""
    yield f"bias@{kind}", 1.0
    for name, value in features.items():
        if not name.startswith(_ONE_KIND):
            yield name, value
        if not name.startswith(_ANY_KIND):
            yield f"{name}@{kind}", value


def _best(found: list[_Judged]) -> list[_Judged]:
    """Each sum once, by its best evidence, labels apart; rounded sums give way to exact ones of the same role."""
    best: dict[float, _Judged] = {}
    twice: list[_Judged] = []
    for candidate in found:
        known = best.get(candidate.sum.money.eur)
        if known and _is_second(candidate, known):
            twice.append(candidate)
        elif known is None or candidate.confidence > known.confidence:
            best[candidate.sum.money.eur] = candidate
    exact: dict[Role, list[float]] = {}
    for known in sorted(best.values(), key=lambda s: s.sum.money.eur):
        if not known.sum.reading.about:
            exact.setdefault(known.role, []).append(known.sum.money.eur)
    kept = [
        s for s in best.values() if not (s.sum.reading.about and _is_rounded(s.sum.money.eur, exact.get(s.role, [])))
    ]
    return sorted([*kept, *twice[:1]], key=lambda s: s.sum.money.start)


def _is_second(candidate: _Judged, known: _Judged) -> bool:
    """Whether two labels give one sum two roles: a grant that covers all of the costs."""
    return candidate.rule == known.rule == "amount.labelled" and {candidate.role, known.role} == {"total", "grant"}


def _is_rounded(eur: float, exact: list[float]) -> bool:
    """Whether an exact sum (of those given in order) lies so near that this one is its rounded form."""
    nearest = bisect_left(exact, eur * (1 - _ROUNDING))
    return nearest < len(exact) and exact[nearest] <= eur * (1 + _ROUNDING)


def _fact(analysis: Analysis, best: _Judged) -> Fact:
    start, end = best.sum.money.start, best.sum.money.end
    quote, confidence = analysis.text[start:end], round(best.confidence, 3)
    return Fact("amount", best.sum.money.eur, start, end, quote, best.rule, confidence, role=best.role)
