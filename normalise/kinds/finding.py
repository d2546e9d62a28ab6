"""The kind of a page: project, call, award, or none of them.

A linear model over cues (kinds.yml), the page's shape and its word stems; the weights are in kind_weights.yml.
"""

from dataclasses import dataclass
from functools import cache

from normalise.analysis import Analysis
from normalise.facts import KINDS, Kind
from normalise.kinds.features import kind_features
from normalise.linear_models import LinearModel
from normalise.words import vocabulary

# A project, call or award taken for `other` loses all its facts, the reverse only its kind. By cross-validation the
# facts of all pages are best with 0.5 to 0.7; the kinds themselves are with 1, by four pages in a thousand.
OTHER_COUNTS = 0.7


@dataclass(frozen=True, slots=True)
class KindScore:
    """A kind and its probability by the model."""

    kind: Kind
    probability: float


def score_kinds(analysis: Analysis) -> tuple[KindScore, ...]:
    """Every kind with its probability, best first; ties fall to the order of `KINDS`."""
    likely = _model().probabilities(kind_features(analysis))
    ranked = sorted(KINDS, key=lambda kind: (-likely[kind], KINDS.index(kind)))
    return tuple(KindScore(kind, likely[kind]) for kind in ranked)


@cache
def _model() -> LinearModel[Kind]:
    return LinearModel(KINDS, vocabulary("kind_weights"))


def kind_of(analysis: Analysis) -> KindScore:
    """The kind to expect most of: `other` must be the likelier by far, for it gives up all facts of the page."""
    return max(score_kinds(analysis), key=lambda s: s.probability * (OTHER_COUNTS if s.kind == "other" else 1.0))
