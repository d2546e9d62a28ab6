"""Fit the weights that give the dates of a page their roles: a softmax over each page's dates, L2.

On the golden pages, and short texts of dates that are no project's or call's.

python -m tests.fit_dates [FOLDER...]     folders of golden pages; tests/pages/facts without any
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from normalise.analysis import Analysis
from normalise.dates.contexts import date_contexts
from normalise.dates.roles import MODEL_FIELDS, Dated, for_period, for_publication, none_features
from normalise.dates.years import page_year
from normalise.facts import Kind
from normalise.text.document import Document
from tests.fitting import VOCABULARY, Ranking, fit_rankings, golden, golden_paths, weights_of_classes

WEIGHTS = VOCABULARY / "date_weights.yml"
# How much weights are held down (L2); 0.3 to 5 were tried by cross-validation.
STRENGTH = 1.0
# A feature that fewer dates have tells nothing; a weight under the smallest changes no decision.
FEWEST = 5
SMALLEST = 0.05
FOLDS = 10
# A page counts a half, for it is taught twice; a short text, made up for its dates, a quarter of that.
PAGE_WEIGHT, SHORT_WEIGHT = 0.5, 0.125
SHORT_TEXTS = Path(__file__).parent / "data" / "short_dates.yml"
HEAD = """# How much a feature of a date speaks for its being a field's value: written by `python -m tests.fit_dates`, not by hand.
# Fitted on {pages} golden pages; ten-fold cross-validation where the kind is known gets {shares}.
# "none" stands for the answer that no date of the page is the field's; "X@call" counts on pages of that kind.
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A field of a page: its dates as the model ranks them; the value that counts, if the page has one."""

    ranking: Ranking
    values: tuple[str | None, ...]
    right: str | None

    def is_right(self, weights: Mapping[str, float]) -> bool:
        """Whether the model's choice is the golden value."""
        scores = [sum(v * weights.get(n, 0.0) for n, v in features.items()) for features in self.ranking.features]
        chosen = self.values[max(range(len(scores)), key=lambda i: scores[i])]
        return _as_scored(chosen) == _as_scored(self.right)


def main(folders: list[str]) -> int:
    """Fit, report the cross-validated share of right answers by field, write the weights."""
    paths = golden_paths(folders)
    pages = [questions(*golden(path)) for path in paths]
    short = [questions(gold, text, SHORT_WEIGHT) for gold, text in _short()]
    rows: dict[str, list[float]] = {}
    shares = []
    for number, field in enumerate(MODEL_FIELDS):
        asked = [page.get(field) for page in pages]
        made_up = [page[field] for page in short if field in page]
        right = 0
        for fold in range(FOLDS):
            weights = fit([*made_up, *(q for n, q in enumerate(asked) if q and n % FOLDS != fold)])
            right += sum(q.is_right(weights) for q in asked[fold::FOLDS] if q)
        shares.append(f"{field} {right / sum(1 for q in asked if q):.1%}")
        for name, weight in fit([*made_up, *(q for q in asked if q)]).items():
            rows.setdefault(name, [0.0] * len(MODEL_FIELDS))[number] = weight
    head = HEAD.format(pages=len(paths), shares=", ".join(shares))
    WEIGHTS.write_text(head + weights_of_classes(rows, MODEL_FIELDS, SMALLEST), "utf-8")
    sys.stdout.write(f"{len(paths)} pages, right in {FOLDS}-fold cross-validation: {', '.join(shares)}\n")
    return 0


def fit(asked: Sequence[Question]) -> dict[str, float]:
    """The weights of one field.

    The rules were improved on these very pages, so that what they claim is right more often than on others: each page
    is taught once more as if they claimed nothing, that the model learns to do without them.
    """
    # What no date of a page gives cannot be taught.
    taught = [q.ranking for q in asked if any(q.ranking.right)]
    unclaimed = [Ranking([_unclaimed(f) for f in c.features], c.right, c.weight) for c in taught]
    return fit_rankings([*taught, *unclaimed], STRENGTH, FEWEST)


def _unclaimed(features: Mapping[str, float]) -> dict[str, float]:
    return {name: value for name, value in features.items() if not name.startswith("claim.")}


def _short() -> list[tuple[dict[str, Any], str]]:
    """The short texts, each with its record."""
    nothing = dict.fromkeys(MODEL_FIELDS)
    texts = yaml.safe_load(SHORT_TEXTS.read_text("utf-8"))
    return [({**nothing, "kind": kind, **{f: str(v) for f, v in told.items()}}, text) for kind, text, told in texts]


def questions(gold: Mapping[str, Any], text: str, weight: float = PAGE_WEIGHT) -> dict[str, Question]:
    """What is asked of a page, by field; nothing of fields that its kind has not."""
    kind: Kind = gold["kind"]
    analysis = Analysis(Document(text))
    contexts = date_contexts(analysis, kind)
    asked = {"published": _question(gold, "published", kind, for_publication(contexts), weight)}
    if kind != "other":
        page = page_year(analysis, gold["published"])
        for field in MODEL_FIELDS:
            if field != "published":
                asked[field] = _question(
                    gold, field, kind, for_period(field, contexts, page, gold["published"]), weight
                )
    return {field: question for field, question in asked.items() if question.values}


def _question(gold: Mapping[str, Any], field: str, kind: Kind, dated: Sequence[Dated], weight: float) -> Question:
    right = gold[field]
    values = tuple(d.date.value for d in dated)
    features = [*(d.features for d in dated), none_features(kind, len(dated))]
    marks = [*(right is not None and _as_scored(value) == _as_scored(right) for value in values), right is None]
    return Question(Ranking(features, marks, weight), (*values, None), right)


def _as_scored(value: str | None) -> str | None:
    """A value without its hour, which other rules find."""
    return value and value.partition("T")[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
