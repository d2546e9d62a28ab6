"""Fit the weights that tell parties on the golden pages: multinomial logistic regression, L2.

python -m tests.fit_parties [FOLDER...]            folders of golden pages; tests/pages/facts without any
python -m tests.fit_parties --check [FOLDER...]    ten-fold cross-validation by page alone; writes nothing
"""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from normalise.analysis import Analysis
from normalise.language.languages import language_of
from normalise.parties.candidates import PartyCandidate, party_candidates
from normalise.parties.context import party_context
from normalise.parties.features import Features, on_kind, party_features
from normalise.parties.finding import NO_PARTY, assign_roles, without_turned_roles
from normalise.text.document import Document
from tests.fitting import VOCABULARY, golden, golden_paths, weights_of_classes
from tests.scoring import Tally, fold, names_tally

WEIGHTS = VOCABULARY / "party_weights.yml"
# Inverse strength of the regularisation; 0.1 to 1 were tried by cross-validation.
STRENGTH = 0.3
# A feature that fewer candidates have says nothing; a weight under the smallest changes no decision.
FEWEST = 4
SMALLEST = 0.02
FOLDS = 10
HEAD = """# How much a feature speaks for or against a body's being funder, coordinator, partner or no party: written by
# `python -m tests.fit_parties`, not by hand. Fitted on {pages} golden pages.
"""


@dataclass(frozen=True)
class Page:
    """A golden page's candidates with their features and golden roles; None where readers could differ."""

    gold: dict[str, Any]
    candidates: tuple[PartyCandidate, ...]
    features: list[Features]
    roles: list[str | None]


def main(arguments: list[str]) -> int:
    """Fit and write the weights, or print what cross-validation gets."""
    paths = golden_paths([name for name in arguments if not name.startswith("--")])
    pages = [page for path in paths if (page := _page(path))]
    if "--check" in arguments:
        for field, tally in cross_validate(pages).items():
            sys.stdout.write(f"{field:12} P {tally.precision:.3f} R {tally.recall:.3f} F1 {tally.f1:.3f}\n")
        return 0
    model = Model(pages)
    WEIGHTS.write_text(HEAD.format(pages=len(pages)) + weights_of_classes(model.rows(), model.roles, SMALLEST), "utf-8")
    return 0


class Model:
    """A fitted model."""

    def __init__(self, pages: Iterable[Page]) -> None:
        """Fit on the candidates of pages."""
        # scikit-learn is for this module alone.
        from sklearn.feature_extraction import DictVectorizer
        from sklearn.linear_model import LogisticRegression

        known = [(f, role) for page in pages for f, role in zip(page.features, page.roles, strict=True) if role]
        counts = Counter(name for features, _ in known for name in features)
        rows = [{n: v for n, v in features.items() if counts[n] >= FEWEST} for features, _ in known]
        self.vectorizer = DictVectorizer()
        matrix = self.vectorizer.fit_transform(rows)
        self.regression = LogisticRegression(C=STRENGTH, max_iter=5000).fit(matrix, [role for _, role in known])
        self.roles = [str(name) for name in self.regression.classes_]

    def rows(self) -> dict[str, Sequence[float]]:
        """The weights of each feature, by role in the order of ``roles``."""
        names = self.vectorizer.get_feature_names_out()
        return {"bias": self.regression.intercept_} | dict(zip(names, self.regression.coef_.T, strict=True))

    def probabilities(self, features: list[Features]) -> list[dict[str, float]]:
        """The probability of each role for each candidate."""
        if not features:
            return []
        found = self.regression.predict_proba(self.vectorizer.transform(features))
        return [dict(zip(self.roles, row, strict=True)) for row in found]


def cross_validate(pages: Sequence[Page]) -> dict[str, Tally]:
    """Tallies of the parties on pages that the weights were not fitted on."""
    tallies = {field: Tally() for field in ("funders", "coordinator", "partners")}
    for fold_number in range(FOLDS):
        model = Model(page for i, page in enumerate(pages) if i % FOLDS != fold_number)
        for page in pages[fold_number::FOLDS]:
            likely = map(without_turned_roles, page.candidates, model.probabilities(page.features))
            _count(page, assign_roles(list(likely), page.gold["kind"]), tallies)
    return tallies


def _count(page: Page, roles: Sequence[str | None], tallies: dict[str, Tally]) -> None:
    chosen: dict[str, list[dict[str, Any]]] = {"funder": [], "coordinator": [], "partner": []}
    for candidate, role in zip(page.candidates, roles, strict=True):
        if role:
            named = candidate.named_as(role)[0]
            chosen[role].append({"name": named.name, "aliases": named.entry.names if named.entry else ()})
    gold, optional = page.gold, page.gold["optional"]
    leaders = [gold["coordinator"]] if gold["coordinator"] else []
    tallies["funders"].add(names_tally(gold["funders"], optional.get("funders", ()), chosen["funder"]))
    tallies["partners"].add(names_tally(gold["partners"], optional.get("partners", ()), chosen["partner"]))
    tallies["coordinator"].add(names_tally(leaders, optional.get("coordinator", ()), chosen["coordinator"]))


def _page(path: Path) -> Page | None:
    gold, text = golden(path)
    if gold["kind"] == "other":
        return None
    analysis = Analysis(Document(text), language_of(text).lang or "fi")
    candidates = party_candidates(analysis)
    context = party_context(analysis, candidates)
    features = [on_kind(party_features(context, candidate, gold["kind"]), gold["kind"]) for candidate in candidates]
    return Page(gold, candidates, features, [_golden_role(gold, candidate) for candidate in candidates])


def _golden_role(gold: dict[str, Any], candidate: PartyCandidate) -> str | None:
    forms = {fold(place.name) for place in candidate.places} | {fold(claim.named.name) for claim in candidate.claims}
    forms |= {fold(name) for name in (candidate.entry.names if candidate.entry else ())}
    parties = [("coordinator", gold["coordinator"] or [])]
    parties += [("funder", names) for names in gold["funders"]] + [("partner", names) for names in gold["partners"]]
    for role, names in parties:
        if forms & {fold(name) for name in names}:
            return role
    optional = (names for field in gold["optional"].values() for names in field if isinstance(names, list))
    return None if any(forms & {fold(name) for name in names} for names in optional) else NO_PARTY


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
