"""Fit the weights that rank title candidates on the golden pages: logistic regression, L2, classes balanced.

python -m tests.fit_titles [FOLDER...]     folders of golden pages; tests/pages/facts without any
"""

import json
import sys
from pathlib import Path

import normalise
from normalise.analysis import Analysis
from normalise.document import Document
from normalise.title_features import without_section_names
from normalise.titles import Candidate, clean, title_candidates
from tests.accuracy import PAGES
from tests.scoring import same_title

WEIGHTS = Path(normalise.__file__).parent / "vocabulary" / "title_weights.yml"
# Inverse strength of the regularisation; 0.1 to 3 were tried on held-out pages.
STRENGTH = 0.5
SMALLEST = 0.02
BY_KIND = ("newsy", "is_named", "money", "year", "is_top", "exclamation")
HEAD = """# How much a feature of a line, label or name speaks for its being the title: log-odds, written by `python -m tests.fit_titles`.
# Fitted on {pages} golden pages. "newsy@award" adds to "newsy" on pages of that kind.
"""


def main(folders: list[str]) -> int:
    """Fit and write the weights."""
    # scikit-learn is for this module alone.
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows: list[dict[str, float]] = []
    right: list[bool] = []
    paths = [path for folder in map(Path, folders or [str(PAGES)]) for path in sorted(folder.glob("*.json"))]
    for path in paths:
        for features, is_title in _examples(path):
            rows.append(features)
            right.append(is_title)
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=STRENGTH, max_iter=5000, class_weight="balanced")
    model.fit(vectorizer.fit_transform(rows), right)
    weights = dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    lines = [f"bias: {model.intercept_[0]:.2f}"]
    lines += [f"{json.dumps(name)}: {w:.2f}" for name, w in sorted(weights.items()) if abs(w) >= SMALLEST]
    WEIGHTS.write_text(HEAD.format(pages=len(paths)) + "\n".join(lines) + "\n", "utf-8")
    return 0


def _examples(path: Path) -> list[tuple[dict[str, float], bool]]:
    """The candidates of one page with their features and whether each is the title; pages without one teach nothing."""
    gold = json.loads(path.read_text("utf-8"))
    if gold["kind"] == "other" or not gold["title"]:
        return []
    analysis = Analysis(Document(path.with_suffix(".txt").read_text("utf-8")))
    found = [
        (_with_kind(candidate, gold["kind"]), _is_title(analysis, candidate, gold["title"]))
        for candidate in title_candidates(analysis)
    ]
    return found if any(right for _, right in found) else []


def _with_kind(candidate: Candidate, kind: str) -> dict[str, float]:
    features = dict(candidate.features)
    return features | {f"{name}@{kind}": features[name] for name in BY_KIND if name in features}


def _is_title(analysis: Analysis, candidate: Candidate, accepted: list[str]) -> bool:
    start, end = without_section_names(analysis.text, candidate.start, candidate.end)
    return same_title(accepted, clean(analysis.text[start:end]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
