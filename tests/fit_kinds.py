"""Fit the weights of the kinds on golden and made-up pages: multinomial logistic regression, L2, balanced.

python -m tests.fit_kinds [FOLDER...]     folders of golden pages; tests/pages/facts without any
"""

import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from normalise.analysis import Analysis
from normalise.kinds.features import STEM_BLOCKS, kind_features
from normalise.kinds.finding import OTHER_COUNTS
from normalise.text.document import Document
from pipelines.first_look import SURELY_OTHER
from tests.fitting import VOCABULARY, golden, golden_paths, weights_of_classes

MADE_UP_PAGES = Path(__file__).parent / "data" / "made_up_pages.yml"
WEIGHTS = VOCABULARY / "kind_weights.yml"
# Inverse strength of the regularisation; 0.2 to 4 were tried by cross-validation.
STRENGTH = 2.0
# Cues, labels and counts are brought to this standard deviation before they are held down; 0.2 to 0.8 were tried.
DEVIATION = 0.3
# Ways to fold the pages: the figures of one differ by a hundredth from another's.
SEEDS = (1, 2, 3, 4)
# Where the bands of confidence begin by which the cross-validated probabilities are held against what is right.
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
# A page made up for its kind counts as half a golden one; a quarter to a whole were tried.
MADE_UP_WEIGHT = 0.5
# A stem that fewer pages have says nothing of a kind; a weight under the smallest changes no decision.
FEWEST_PAGES = 4
SMALLEST = 0.03
HEAD = """# How much a cue, a label or a word's stem speaks for or against a kind: written by `python -m tests.fit_kinds`, not by hand.
# Fitted on {pages} golden pages; ten-fold cross-validation gets {share:.1%} of their kinds right.
"""


def main(folders: list[str]) -> int:
    """Fit, report the cross-validated share of right kinds, write the weights."""
    # scikit-learn is for this module alone.
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler
    from sklearn.utils.class_weight import compute_sample_weight

    pairs = [golden(path) for path in golden_paths(folders)]
    made_up = yaml.safe_load(MADE_UP_PAGES.read_text("utf-8"))
    kinds = [gold["kind"] for gold, _ in pairs] + [kind for kind, _ in made_up]
    texts = [text for _, text in pairs] + [_as_page(text) for _, text in made_up]
    pages = _without_rare_stems([kind_features(Analysis(Document(text))) for text in texts])
    vectorizer = DictVectorizer()
    counted = vectorizer.fit_transform(pages)
    names = vectorizer.get_feature_names_out()
    deviations = StandardScaler(with_mean=False).fit(counted).scale_
    scales = [1.0 if name.startswith(STEM_BLOCKS) else DEVIATION / d for name, d in zip(names, deviations, strict=True)]
    matrix = counted.multiply(scales).tocsr()
    weights = compute_sample_weight("balanced", kinds)
    weights[len(pairs) :] *= MADE_UP_WEIGHT
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    chances = _cross_validated(model, matrix, kinds, weights)
    classes = sorted(set(kinds))
    right = [[classes[of.argmax()] == kind for of, kind in zip(run, kinds, strict=True)] for run in chances]
    golden_right = [ok for run in right for ok in run[: len(pairs)]]
    share = sum(golden_right) / len(golden_right)
    sure = [float(of.max()) for run in chances for of in run[: len(pairs)]]
    sys.stdout.writelines(_reliability(sure, golden_right))
    sys.stdout.writelines(_doubts([run[: len(pairs)] for run in chances], classes, kinds))
    model.fit(matrix, kinds, sample_weight=weights)
    rows = {"bias": model.intercept_} | {
        name: row * scale for name, row, scale in zip(names, model.coef_.T, scales, strict=True)
    }
    WEIGHTS.write_text(
        HEAD.format(pages=len(pairs), share=share) + weights_of_classes(rows, model.classes_, SMALLEST), "utf-8"
    )
    sys.stdout.write(f"{len(pairs)} pages, {share:.3f} of kinds right in ten-fold cross-validation\n")
    return 0


def _cross_validated(model: Any, matrix: Any, kinds: Sequence[str], weights: Any) -> list[Any]:
    """For each way to fold the pages in ten: every page's probabilities by a model that has not seen it."""
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    return [
        cross_val_predict(
            model,
            matrix,
            kinds,
            cv=StratifiedKFold(10, shuffle=True, random_state=seed),
            params={"sample_weight": weights},
            method="predict_proba",
        )
        for seed in SEEDS
    ]


def _reliability(confidences: Sequence[float], right: Sequence[bool]) -> Iterator[str]:
    """A line a band of confidence: how many pages, how sure of their kind the model is on average, and how often rightly."""
    for low, high in pairwise((*BANDS, math.inf)):
        band = [(sure, ok) for sure, ok in zip(confidences, right, strict=True) if low <= sure < high]
        if band:
            sure, ok = (sum(values) / len(band) for values in zip(*band, strict=True))
            pages = len(band) // len(SEEDS)
            yield f"confidence from {low:.2f}: {pages:3} pages, {sure:.2f} expected, {ok:.2f} right\n"


def _doubts(chances: Sequence[Any], classes: Sequence[str], kinds: Sequence[str]) -> Iterator[str]:
    """A line a threshold: what of the pages that are taken for `other` would be kept by `pipelines.first_look`."""
    other = classes.index("other")
    taken: dict[bool, list[float]] = {True: [], False: []}
    for run in chances:
        for of, kind in zip(run, kinds, strict=False):  # those made up come behind the golden ones
            if float(of[other]) * OTHER_COUNTS >= max(chance for at, chance in enumerate(of) if at != other):
                taken[kind == "other"].append(float(of[other]))
    for least in sorted({*BANDS[1:-1], SURELY_OTHER}):
        kept, saved = (
            f"{sum(p < least for p in taken[is_right]) / len(taken[is_right]):.0%}" for is_right in (True, False)
        )
        yield f"`other` from {least:.2f} on passed over: {saved} of those taken for it wrongly kept, {kept} rightly\n"
    wrong, right = (len(taken[is_right]) / len(chances) for is_right in (False, True))
    yield f"taken for `other`: {wrong:.1f} pages wrongly, {right:.1f} rightly\n"


def _as_page(text: str) -> str:
    """A page; one in a single line has its first sentence as its heading."""
    if "\n" in text:
        return text
    heading, _, rest = text.partition(". ")
    return f"# {heading}\n\n{rest}"


def _without_rare_stems(pages: list[dict[str, float]]) -> list[dict[str, float]]:
    counts = Counter(name for page in pages for name in page)
    return [
        {
            name: value
            for name, value in page.items()
            if not name.startswith(STEM_BLOCKS) or counts[name] >= FEWEST_PAGES
        }
        for page in pages
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
