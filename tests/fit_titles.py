"""Fit the weights that rank title candidates on the golden pages: a softmax over each page's candidates, L2.

python -m tests.fit_titles [FOLDER...]     folders of golden pages; tests/pages/facts without any
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from normalise.analysis import Analysis
from normalise.text.document import Document
from normalise.titles.candidates import Candidate, clean, title_candidates
from tests.fitting import VOCABULARY, Ranking, fit_rankings, golden, golden_paths
from tests.scoring import same_title

WEIGHTS = VOCABULARY / "title_weights.yml"
# How much weights are held down (L2), and how much less a feature counts for one kind than for all: 0.1 to 4 and 0 to 1
# were tried by cross-validation.
STRENGTH = 0.5
KIND_SHARE = 0.6
SMALLEST = 0.02
FOLDS = 10
HEAD = """# How much a feature of a line, label or name speaks for its being the title: written by `python -m tests.fit_titles`, not by hand.
# Fitted on {pages} golden pages; ten-fold cross-validation finds {share:.1%} of their titles where the kind is known.
# "newsy@award" adds to "newsy" on pages of that kind.
"""

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate: whether it is a right title, and whether it is taught as one.

    A part of a right line that is right, too, is taught neither as right nor as wrong.
    """

    features: Features
    right: bool
    taught: bool


Page = list[Example]


def main(folders: list[str]) -> int:
    """Fit, report the cross-validated share of right titles, write the weights."""
    paths = golden_paths(folders)
    pages = [page for page in map(_examples, paths) if page]
    right = 0
    for fold in range(FOLDS):
        weights = fit([page for n, page in enumerate(pages) if n % FOLDS != fold])
        right += sum(_first_is_right(page, weights) for page in pages[fold::FOLDS])
    share = right / len(pages)
    weights = fit(pages)
    lines = [f"{json.dumps(name)}: {w:.2f}" for name, w in sorted(weights.items()) if abs(w) >= SMALLEST]
    WEIGHTS.write_text(HEAD.format(pages=len(pages), share=share) + "\n".join(lines) + "\n", "utf-8")
    sys.stdout.write(f"{len(pages)} pages, {share:.3f} of titles right in {FOLDS}-fold cross-validation\n")
    return 0


def fit(pages: Sequence[Page]) -> Features:
    """The weights under which the right candidates of each page get the greatest share of its softmax."""
    taught = [page for page in pages if any(example.taught for example in page)]
    told = [[example for example in page if example.taught or not example.right] for page in taught]
    rankings = [Ranking([e.features for e in page], [e.taught for e in page]) for page in told]
    weights = fit_rankings(rankings, STRENGTH)
    return {name: weight * (KIND_SHARE if "@" in name else 1.0) for name, weight in weights.items()}


def _first_is_right(page: Page, weights: Features) -> bool:
    def score(example: Example) -> float:
        values = example.features.items()
        return sum(value / (KIND_SHARE if "@" in name else 1.0) * weights.get(name, 0.0) for name, value in values)

    return max(page, key=score).right


def _examples(path: Path) -> Page:
    """The candidates of one page with their features and whether each is the title; none for a page without title."""
    gold, text = golden(path)
    if gold["kind"] == "other" or not gold["title"]:
        return []
    analysis = Analysis(Document(text))
    found = title_candidates(analysis)
    texts = [clean(analysis.text[candidate.start : candidate.end]) for candidate in found]
    by_text = {text: same_title(gold["title"], text) for text in set(texts)}
    right = [by_text[text] for text in texts]
    whole = [c for c, is_right in zip(found, right, strict=True) if is_right and c.rule == "title.top"]
    return [
        Example(_with_kind(dict(c.features), gold["kind"]), is_right, is_right and not _is_part(c, whole))
        for c, is_right in zip(found, right, strict=True)
    ]


def _is_part(candidate: Candidate, lines: Sequence[Candidate]) -> bool:
    inside = any(line.start <= candidate.start and candidate.end <= line.end for line in lines)
    return candidate.rule == "title.part" and inside


def _with_kind(features: Features, kind: str) -> Features:
    return features | {f"{name}@{kind}": value * KIND_SHARE for name, value in features.items()}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
