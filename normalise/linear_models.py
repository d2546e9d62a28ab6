"""Linear models over named features: a class's score is the sum of weights, its probability the softmax of scores."""

import math
from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

Class = TypeVar("Class", bound=str)
Weights = Mapping[str, Mapping[str, float]]


class LinearModel(Generic[Class]):
    """The weights of some features for each class, as a vocabulary file has them; absent weights are zero."""

    def __init__(self, classes: Sequence[Class], weights: Weights) -> None:
        """Take the classes and, for each feature, its weights by class; "bias" counts whatever the features."""
        self.classes = tuple(classes)
        self._rows = {name: tuple(of.get(c, 0.0) for c in self.classes) for name, of in weights.items()}
        self._bias = self._rows.pop("bias", (0.0,) * len(self.classes))

    def probabilities(self, features: Mapping[str, float]) -> dict[Class, float]:
        """The probability of each class, in the order of the classes; they add up to 1."""
        rows = self._rows
        hits = [(rows[name], value) for name, value in features.items() if name in rows]
        scores = [bias + sum([row[i] * value for row, value in hits]) for i, bias in enumerate(self._bias)]
        highest = max(scores)
        odds = [math.exp(score - highest) for score in scores]
        total = sum(odds)
        return {name: odd / total for name, odd in zip(self.classes, odds, strict=True)}


def weights_on(kind: str, weights: Weights) -> Weights:
    """The weights on pages of a kind, where those of "count@call" are added to those of "count"."""
    rows: dict[str, dict[str, float]] = {}
    for written, of in weights.items():
        name, _, only_on = written.partition("@")
        if only_on in ("", kind):
            row = rows.setdefault(name, {})
            row.update({c: row.get(c, 0.0) + weight for c, weight in of.items()})
    return rows
