"""What the fits of the models share: the golden pages they are fitted on, and the file that a fit writes."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import normalise
from normalise.text.wrapping import unwrap
from tests.accuracy import PAGES

VOCABULARY = Path(normalise.__file__).parent / "vocabulary"


def golden_paths(folders: Sequence[str]) -> list[Path]:
    """The golden records (ID.json) of some folders in the order of their names; of tests/pages/facts without any."""
    return [path for folder in map(Path, folders or [str(PAGES)]) for path in sorted(folder.glob("*.json"))]


def golden(path: Path) -> tuple[dict[str, Any], str]:
    """A golden record and its page's text as it is read for facts, paragraphs unwrapped."""
    return json.loads(path.read_text("utf-8")), unwrap(path.with_suffix(".txt").read_text("utf-8")).text


def weights_of_classes(rows: Mapping[str, Sequence[float]], classes: Sequence[str], smallest: float) -> str:
    """Weights as YAML, a line a feature with its weight for each class; ``rows`` holds them by feature, "bias" among them.

    A weight under ``smallest`` is left out: it changes no decision.
    """
    lines = []
    for name, row in sorted(rows.items()):
        weights = (f"{c}: {round(float(w), 2)}" for c, w in zip(classes, row, strict=True) if abs(w) >= smallest)
        if shown := ", ".join(weights):
            lines.append(f"{json.dumps(name, ensure_ascii=False)}: {{{shown}}}\n")
    return "".join(lines)


@dataclass(frozen=True, slots=True)
class Ranking:
    """One question with its candidates: the features of each, whether each is right, how much the question counts."""

    features: Sequence[Mapping[str, float]]
    right: Sequence[bool]
    weight: float = 1.0


def fit_rankings(rankings: Sequence[Ranking], strength: float, fewest: int = 1) -> dict[str, float]:
    """The weights under which right candidates get the greatest share of each softmax; held down (L2) by ``strength``.

    Features that fewer than ``fewest`` candidates have are left out.
    """
    # scikit-learn and SciPy are for fitting alone.
    import numpy as np
    from scipy.optimize import minimize
    from sklearn.feature_extraction import DictVectorizer

    counts = Counter(name for ranking in rankings for features in ranking.features for name in features)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [
            {name: value for name, value in features.items() if counts[name] >= fewest}
            for ranking in rankings
            for features in ranking.features
        ]
    ).tocsr()
    sizes = np.array([len(ranking.features) for ranking in rankings])
    right = np.array([is_right for ranking in rankings for is_right in ranking.right], dtype=float)
    loss = _softmax_loss(matrix, sizes, right, np.array([ranking.weight for ranking in rankings]), strength)
    best = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {name: float(w) for name, w in zip(vectorizer.get_feature_names_out(), best.x, strict=True)}


def _softmax_loss(
    matrix: Any, sizes: Any, is_right: Any, counts: Any, strength: float
) -> Callable[[Any], tuple[float, Any]]:
    """The negative log-likelihood with its gradient, as a function of the weights.

    ``sizes``: candidates of each ranking; ``counts``: how much each ranking counts.
    """
    import numpy as np

    starts = np.cumsum(sizes) - sizes
    by_feature = matrix.T.tocsr()
    each = np.repeat(counts, sizes)

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        total = np.add.reduceat(odds, starts)
        right = np.add.reduceat(odds * is_right, starts) + 1e-300
        value = counts @ (np.log(total) - np.log(right)) + strength / 2 * weights @ weights
        slope = (odds / np.repeat(total, sizes) - odds * is_right / np.repeat(right, sizes)) * each
        return float(value), by_feature @ slope + strength * weights

    return loss
