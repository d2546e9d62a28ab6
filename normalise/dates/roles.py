"""Which date of a page is the start, the end, the opening, the deadline, the day of publication: a model's choice.

For each field a softmax over the dates of the page and the answer that none of them is it (vocabulary/date_weights.yml,
fitted on the golden pages).
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from normalise.dates.contexts import DateContext
from normalise.dates.finding import Date
from normalise.dates.years import PageYear, with_year
from normalise.facts import Kind
from normalise.periods.evidence import MONTH_LENGTH
from normalise.words import vocabulary

MODEL_FIELDS = ("start", "end", "opens", "closes", "published")
# The places in a period that a field's date may have.
PLACES = {
    "start": ("single", "first"),
    "opens": ("single", "first"),
    "end": ("single", "last"),
    "closes": ("single", "last"),
    "published": ("single",),
}
_COUNT_STEPS = (1, 2, 4, 8, 16)


class Dated(NamedTuple):
    """A context as a candidate for a field, with its value's year where the text or the page gives it."""

    context: DateContext
    date: Date
    features: Mapping[str, float]


class Choice(NamedTuple):
    """The date that a field most likely has, and the model's probability of its value."""

    context: DateContext
    date: Date
    share: float


def for_publication(contexts: Sequence[DateContext]) -> list[Dated]:
    """The days and months of a page that may be its own date."""
    return [
        Dated(context, context.date, context.features)
        for context in contexts
        if context.place in PLACES["published"] and context.date.has_year and len(context.date.value) >= MONTH_LENGTH
    ]


def for_period(field: str, contexts: Sequence[DateContext], page: PageYear, published: str | None) -> list[Dated]:
    """The dates that may be an end of a period; one without a year has the page's, or is left out.

    ``published`` is the day of publication (ISO).
    """
    found = []
    for context in contexts:
        date = context.date
        if not date.has_year:
            value = with_year(date.value, page, field, context.setting.sentence)
            date = replace(date, value=value) if value else date
        if context.place in PLACES[field] and date.has_year and not _is_refused(field, context):
            found.append(
                Dated(context, date, {**context.features, **dict(_beside(published, date, context.setting.kind))})
            )
    return found


def _is_refused(field: str, context: DateContext) -> bool:
    """Whether a date's words or form speak against a field: no project ends at an hour, no extension begins it."""
    hourly = "T" in context.date.value and field in {"start", "end"}
    new_end = context.place == "single" and context.setting.reading.extended and field in {"start", "opens"}
    return hourly or new_end or context.is_refused


def _beside(published: str | None, date: Date, kind: Kind) -> Iterator[tuple[str, float]]:
    """How a date lies to the page's own."""
    if not published:
        return
    width = min(len(published), len(date.value), MONTH_LENGTH)
    order = "same" if published[:width] == date.value[:width] else "earlier" if date.value < published else "later"
    yield f"published.{order}", 1.0
    yield f"published.{order}@{kind}", 1.0
    if date.value == published:
        yield "published.day", 1.0


def likeliest(field: str, kind: Kind, dated: Sequence[Dated]) -> Choice | None:
    """The likeliest value of a field among dates at its places; None where that none is it is likelier."""
    if not dated:
        return None
    weights = _weights()[field]
    scores = [_score(weights, d.features) for d in dated]
    none = _score(weights, none_features(kind, len(dated)))
    highest = max(*scores, none)
    shares: dict[str, float] = defaultdict(float)
    for d, score in zip(dated, scores, strict=True):
        shares[d.date.value] += math.exp(score - highest)
    value = max(shares, key=lambda v: shares[v])
    if shares[value] <= math.exp(none - highest):
        return None
    total = sum(shares.values()) + math.exp(none - highest)
    best = max((i for i, d in enumerate(dated) if d.date.value == value), key=lambda i: scores[i])
    return Choice(dated[best].context, dated[best].date, shares[value] / total)


def none_features(kind: Kind, count: int) -> dict[str, float]:
    """What speaks for a field's having no value on a page of a kind with so many dates."""
    steps = sum(count >= step for step in _COUNT_STEPS)
    return {"none": 1.0, f"none@{kind}": 1.0, f"none.{steps}": 1.0}


def _score(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    return sum([value * weights[name] for name, value in features.items() if name in weights])


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    """By field the weight of each feature."""
    rows: Iterable[tuple[str, Mapping[str, float]]] = vocabulary("date_weights").items()
    weights: dict[str, dict[str, float]] = {field: {} for field in MODEL_FIELDS}
    for name, of in rows:
        for field, weight in of.items():
            weights[field][name] = weight
    return weights
