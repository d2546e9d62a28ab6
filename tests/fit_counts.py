"""Fit the weights that tell the number of partners on the golden pages and short texts: a softmax over a page's numbers.

python -m tests.fit_counts [FOLDER...]            folders of golden pages; tests/pages/facts without any
python -m tests.fit_counts --check [FOLDER...]    ten-fold cross-validation by page alone; writes nothing
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from normalise.analysis import Analysis
from normalise.partner_counts.candidates import counted_numbers
from normalise.partner_counts.features import Features, count_features
from normalise.partner_counts.finding import BELIEVED, likeliest, none_features, number_shares, rules_of
from normalise.partner_counts.rules import count_claims
from normalise.text.document import Document
from normalise.titles.finding import first_title_line
from tests.fitting import VOCABULARY, Ranking, fit_rankings, golden, golden_paths
from tests.scoring import Tally

WEIGHTS = VOCABULARY / "count_weights.yml"
SHORT_TEXTS = Path(__file__).parent / "data" / "short_counts.yml"
# How much weights are held down (L2); 0.2 to 3 were tried by cross-validation.
STRENGTH = 0.5
# A feature that fewer numbers have tells nothing; a weight under the smallest changes no decision.
FEWEST = 3
SMALLEST = 0.02
FOLDS = 10
# A page counts a half, for it is taught twice; a short text half of that.
PAGE_WEIGHT, SHORT_WEIGHT = 0.5, 0.25
HEAD = """# How much a feature of a number speaks for its counting the partners: written by `python -m tests.fit_counts`, not by hand.
# Fitted on {pages} pages of projects and {short} short texts; ten-fold cross-validation over pages of a known kind: {figures}.
# "none" stands for the answer that the page states no number of partners.
"""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's numbers that may count partners, with their features; the golden number, if any."""

    values: tuple[int, ...]
    features: list[Features]
    gold: int | None

    def rankings(self, weight: float) -> list[Ranking]:
        """What a page teaches: its right numbers, and once more as if the rules said nothing of them.

        The rules were written by these very pages, so that what they claim is right more often than on others.
        """
        right = [*(value == self.gold for value in self.values), self.gold is None]
        if not self.values or not any(right):
            return []
        none = none_features(len(self.values))
        unclaimed = [{n: v for n, v in f.items() if not n.startswith("claim.")} for f in self.features]
        return [Ranking([*features, none], right, weight) for features in (self.features, unclaimed)]

    def tally(self, weights: Mapping[str, float]) -> Tally:
        """The page's number by these weights, held against the golden one."""
        value, share = likeliest(self.values, number_shares(self.features, weights)) if self.values else (None, 0.0)
        value = value if share >= BELIEVED else None
        wrong = value is not None and value != self.gold
        return Tally(
            int(value is not None and not wrong), int(wrong), int(self.gold is not None and value != self.gold)
        )


def main(arguments: list[str]) -> int:
    """Fit and write the weights, or print what cross-validation gets."""
    paths = golden_paths([name for name in arguments if not name.startswith("--")])
    records = [golden(path) for path in paths]
    pages = [read(text, gold["partner_count"]) for gold, text in records if gold["kind"] == "project"]
    short = [read(text, number, "") for text, number in yaml.safe_load(SHORT_TEXTS.read_text("utf-8"))]
    tally = cross_validate(pages, short)
    figures = f"precision {tally.precision:.3f}, recall {tally.recall:.3f}, F1 {tally.f1:.3f}"
    sys.stdout.write(f"{len(pages)} pages of projects, {FOLDS}-fold cross-validation: {figures}\n")
    if "--check" not in arguments:
        lines = [
            f"{json.dumps(name, ensure_ascii=False)}: {weight:.2f}\n"
            for name, weight in sorted(fit(pages, short).items())
            if abs(weight) >= SMALLEST
        ]
        head = HEAD.format(pages=len(pages), short=len(short), figures=figures)
        WEIGHTS.write_text(head + "".join(lines), "utf-8")
    return 0


def cross_validate(pages: Sequence[Page], short: Sequence[Page]) -> Tally:
    """The tally of pages that the weights were not fitted on; the short texts are always taught."""
    total = Tally()
    for fold in range(FOLDS):
        weights = fit([page for n, page in enumerate(pages) if n % FOLDS != fold], short)
        for page in pages[fold::FOLDS]:
            total.add(page.tally(weights))
    return total


def fit(pages: Sequence[Page], short: Sequence[Page]) -> dict[str, float]:
    """The weights under which the right numbers get the greatest share of each page's softmax."""
    taught = [(page, PAGE_WEIGHT) for page in pages] + [(page, SHORT_WEIGHT) for page in short]
    return fit_rankings([r for page, weight in taught for r in page.rankings(weight)], STRENGTH, FEWEST)


def read(text: str, gold: int | None, title: str | None = None) -> Page:
    """A page's numbers with their features; without ``title`` the page's own line is taken."""
    analysis = Analysis(Document(text))
    numbers = counted_numbers(analysis)
    line = first_title_line(analysis) if title is None else title
    features = count_features(analysis, numbers, rules_of(count_claims(analysis, numbers)), line)
    return Page(tuple(number.value for number in numbers), features, gold)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
