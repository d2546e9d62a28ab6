"""Fit the weights of the sums' roles on the golden pages and short texts: multinomial logistic regression, L2.

python -m tests.fit_amounts [FOLDER...]     folders of golden pages; tests/pages/facts without any
"""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from normalise.amounts.features import Features, Sum, read_page
from normalise.amounts.finding import NONE, by_kind
from normalise.analysis import Analysis
from normalise.facts import ROLES
from normalise.text.document import Document
from tests.fitting import VOCABULARY, golden, golden_paths, weights_of_classes

SHORT_TEXTS = Path(__file__).parent / "data" / "short_sums.yml"
WEIGHTS = VOCABULARY / "amount_weights.yml"
# Inverse strength of the regularisation; 0.1 to 3 were tried on pages that were not among those fitted on.
STRENGTH = 0.5
# A feature that fewer pages have says nothing; a weight under the smallest changes no decision.
FEWEST_PAGES = 6
SMALLEST = 0.02
# A sum that readers could differ on counts in these shares for its role and for none: a wrong role is worse than no sum.
OPTIONAL, OPTIONAL_NONE = 0.3, 0.7
# Of the words against sums, those that speak so on a call's page only.
CALL_ONLY = ("past", "floor")
# A sum of a short text weighs as much as a golden one.
SHORT_WEIGHT = 1.0
FOLDS = 10
HEAD = """# How much a feature of a sum speaks for a role, or for none: written by `python -m tests.fit_amounts`, not by hand.
# Fitted on {sums} sums of {pages} golden pages; ten-fold cross-validation over pages gets {share:.1%} of the golden sums' roles right.
# "label.funding@call" adds to "label.funding" on pages of that kind.
"""


@dataclass(frozen=True, slots=True)
class Example:
    """A sum with one of the roles that readers gave it; several examples share the weight of one sum."""

    page: str
    features: Features
    role: str
    weight: float
    accepted: frozenset[str]
    golden: bool = True


def main(folders: list[str]) -> int:
    """Fit, report the cross-validated share of right roles, write the weights."""
    # scikit-learn is for this module alone.
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    paths = golden_paths(folders)
    sums = [example for path in paths for example in _examples(path)]
    examples = [*sums, *_short_examples()]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(_without_rare(examples))
    roles, weights = [e.role for e in examples], [e.weight for e in examples]
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    folds = list(GroupKFold(FOLDS, shuffle=True, random_state=1).split(matrix, roles, [e.page for e in examples]))
    predicted = cross_val_predict(model, matrix, roles, cv=folds, params={"sample_weight": weights})
    right = [p in e.accepted for p, e in zip(predicted, examples, strict=True) if e.golden and NONE not in e.accepted]
    share = sum(right) / len(right)
    model.fit(matrix, roles, sample_weight=weights)
    rows = {"bias": model.intercept_} | dict(zip(vectorizer.get_feature_names_out(), model.coef_.T, strict=True))
    head = HEAD.format(sums=len({id(e.features) for e in sums}), pages=len(paths), share=share)
    WEIGHTS.write_text(head + weights_of_classes(rows, model.classes_, SMALLEST), "utf-8")
    sys.stdout.write(head)
    return 0


def _examples(path: Path) -> Iterator[Example]:
    gold, text = golden(path)
    if gold["kind"] == "other":
        return
    for read in read_page(Analysis(Document(text))):
        features = dict(by_kind(read.features, gold["kind"]))
        shares = _shares(gold, read)
        for role, weight in shares.items():
            yield Example(path.stem, features, role, weight, frozenset(shares))


def _short_examples() -> Iterator[Example]:
    """The sums of the short texts. Raises ValueError where a text has more or fewer sums than roles."""
    for kind, text, roles in yaml.safe_load(SHORT_TEXTS.read_text("utf-8")):
        for read, role in zip(read_page(Analysis(Document(text))), roles, strict=True):
            features = dict(by_kind(read.features, kind))
            yield Example(text, features, role, SHORT_WEIGHT, frozenset({role}), golden=False)


def _shares(gold: dict[str, Any], read: Sum) -> dict[str, float]:
    """The roles that readers gave a sum, with their weights; none where a word of the vocabulary speaks against it."""
    eur = read.money.eur
    told = [amount["role"] for amount in gold["amounts"] if amount["eur"] == eur]
    if told:
        return {role: told.count(role) / len(told) for role in ROLES if role in told}
    optional = (gold.get("optional") or {}).get("amounts") or []
    maybe = {amount["role"] for amount in optional if amount["eur"] == eur}
    against = read.reading.refused and (gold["kind"] == "call" or read.reading.refused not in CALL_ONLY)
    if maybe and against:
        return {NONE: OPTIONAL}
    if maybe:
        return {role: OPTIONAL / len(maybe) for role in ROLES if role in maybe} | {NONE: OPTIONAL_NONE}
    return {NONE: 1.0}


def _without_rare(examples: list[Example]) -> list[Features]:
    seen = {(name, example.page) for example in examples for name in example.features}
    counts = Counter(name for name, _ in seen)
    return [{n: v for n, v in e.features.items() if counts[n] >= FEWEST_PAGES} for e in examples]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
