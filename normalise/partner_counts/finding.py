"""The number of partners that a text states: "mukana on 81 koulutuksen järjestäjää", "ett konsortium av sju".

A softmax over the page's numbers that may count partners, and the answer that none of them does, by the words around
them and the verdicts of rules (`features`; vocabulary/count_weights.yml, fitted on the golden pages).
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from normalise.analysis import Analysis
from normalise.facts import Fact, Findings, Kind, Refusal
from normalise.partner_counts.candidates import CountedNumber, counted_numbers
from normalise.partner_counts.features import Features, count_features
from normalise.partner_counts.rules import Claim, count_claims
from normalise.words import vocabulary

# From what probability a number is believed; 0.3 to 0.6 were tried by cross-validation.
BELIEVED = 0.5
# A number less likely than this was hardly one: its refusal would explain nothing.
_WORTH_TELLING = 0.1
_COUNT_STEPS = (1, 2, 4, 8)


def find_partner_count(analysis: Analysis, kind: Kind, title: str = "") -> Findings:
    """The number of partners that a project's page states, at most one fact; other likely numbers with why not.

    ``title`` is the page's title line: a sentence with its words is about the project.
    """
    numbers = counted_numbers(analysis) if kind == "project" else []
    if not numbers:
        return Findings()
    claims = count_claims(analysis, numbers)
    shares = number_shares(count_features(analysis, numbers, rules_of(claims), title), _weights())
    value, share = likeliest([number.value for number in numbers], shares)
    if share < BELIEVED:
        return Findings(refusals=tuple(_refusals(numbers, shares, None)))
    best = max((i for i, number in enumerate(numbers) if number.value == value), key=lambda i: shares[i])
    fact = _fact(analysis.text, numbers[best], claims.get(numbers[best].start), share)
    return Findings((fact,), tuple(_refusals(numbers, shares, value)))


def likeliest(values: Sequence[int], shares: Sequence[float]) -> tuple[int, float]:
    """The likeliest value of some numbers, at least one, and its probability: that of all its places together."""
    known: dict[int, float] = defaultdict(float)
    for value, share in zip(values, shares, strict=True):
        known[value] += share
    return max(known.items(), key=lambda pair: pair[1])


def rules_of(claims: Mapping[int, Claim]) -> dict[int, str]:
    """The names of the rules that know a number, by its start."""
    return {start: claim.rule for start, claim in claims.items()}


def number_shares(features: Sequence[Features], weights: Mapping[str, float]) -> list[float]:
    """The probability of each number, at least one, with these features; what they leave to 1 is that of none."""
    scores = [_score(f, weights) for f in features]
    none = _score(none_features(len(features)), weights)
    highest = max(*scores, none)
    odds = [math.exp(score - highest) for score in scores]
    total = sum(odds) + math.exp(none - highest)
    return [odd / total for odd in odds]


def none_features(count: int) -> Features:
    """What speaks for a page's stating no number of partners, with so many numbers that might be it."""
    return {"none": 1.0, f"none.{sum(count >= step for step in _COUNT_STEPS)}": 1.0}


def _score(features: Features, weights: Mapping[str, float]) -> float:
    return sum([value * weights[name] for name, value in features.items() if name in weights])


@cache
def _weights() -> Mapping[str, float]:
    weights: Mapping[str, float] = vocabulary("count_weights")
    return weights


def _fact(text: str, number: CountedNumber, claim: Claim | None, share: float) -> Fact:
    start = min(number.start, claim.start) if claim else number.start
    end = max(number.noun_end, claim.end) if claim else number.noun_end
    rule = "partner_count.stated" if claim else "partner_count.told"
    return Fact("partner_count", number.value, start, end, text[start:end], rule, round(share, 3))


def _refusals(numbers: Sequence[CountedNumber], shares: Sequence[float], found: int | None) -> Iterator[Refusal]:
    for number, share in zip(numbers, shares, strict=True):
        if share >= _WORTH_TELLING and number.value != found:
            reason = f"too little speaks for it: {share:.2f} of 1"
            yield Refusal("partner_count", str(number.value), number.start, number.end, reason)
