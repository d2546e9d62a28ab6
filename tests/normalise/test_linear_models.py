"""Linear models: probabilities by the softmax of weighted features, weights of a kind added to those of any page."""

import math

import pytest

from normalise.linear_models import LinearModel, weights_on


def test_probabilities_are_the_softmax_of_the_scores() -> None:
    model = LinearModel(("yes", "no"), {"bias": {"yes": 1.0}, "short": {"no": 2.0}, "long": {"yes": -0.5}})
    likely = model.probabilities({"short": 0.5, "long": 2.0, "unknown": 9.0})
    assert likely == pytest.approx({"yes": 1 / (1 + math.e), "no": math.e / (1 + math.e)})


def test_no_score_is_too_great() -> None:
    model = LinearModel(("yes", "no"), {"huge": {"yes": 1e6}})
    assert model.probabilities({"huge": 1.0}) == {"yes": 1.0, "no": 0.0}


def test_weights_of_a_kind_are_added_on_its_pages_alone() -> None:
    weights = {"count": {"yes": 1.0, "no": 0.5}, "count@call": {"yes": 2.0}, "only@call": {"no": 1.0}}
    assert weights_on("call", weights) == {"count": {"yes": 3.0, "no": 0.5}, "only": {"no": 1.0}}
    assert weights_on("award", weights) == {"count": {"yes": 1.0, "no": 0.5}}
