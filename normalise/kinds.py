"""The kind of a page: project, call, award, or none of them.

A linear model over cues (kinds.yml), the page's shape and its word stems; the weights are in kind_weights.yml.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from normalise.analysis import Analysis
from normalise.facts import KINDS, Kind
from normalise.linear_models import LinearModel
from normalise.page_shape import shape_features
from normalise.phrases import PhraseFinder, Word, words_of
from normalise.titles import first_title_line
from normalise.words import vocabulary

# What stands first says what the page is: the words of so many characters count once more.
_TOP = 400
# Finnish and Swedish words are told apart, and their inflection is not, by about this many letters.
STEM = 5
# How much all stems of a page, and all of its top, weigh together beside a cue; 3 to 9 were tried by cross-validation.
_STEMS_SHARE = 5.0
# The same for the stems of the title line.
_TITLE_SHARE = 2.0
# A project, call or award taken for `other` loses all its facts, the reverse only its kind. By cross-validation a half
# loses 3 pages of 325 for 8, and shows 29 pages of 55 that are `other` for 23.
_OTHER_COUNTS = 0.5


@dataclass(frozen=True, slots=True)
class KindScore:
    """A kind and its probability by the model."""

    kind: Kind
    probability: float


@cache
def _finder() -> PhraseFinder:
    return PhraseFinder({name: map(_phrase, group["words"]) for name, group in vocabulary("kinds")["groups"].items()})


def _phrase(stem: str) -> str:
    """A cue of kinds.yml as a phrase: a stem unless $ says that the word ends there."""
    return stem.removesuffix("$") if stem.endswith("$") else f"{stem}*"


@cache
def _group_names(where: str) -> tuple[str, ...]:
    return tuple(name for name, group in vocabulary("kinds")["groups"].items() if group["where"] == where)


def kind_features(analysis: Analysis) -> dict[str, float]:
    """The values of all cues that a page has, by the names that the weights use."""
    title = first_title_line(analysis)
    title_words = words_of(title)
    of_title = _finder().find(title, title_words)
    of_text = _finder().find(analysis.text, analysis.words)
    hits = {name: len(of_title.of(name)) for name in _group_names("title")}
    hits |= {name: len(of_text.of(name)) for name in _group_names("text")}
    hits |= {name: len(of_text.of(name, 0, _TOP)) for name in _group_names("top")}
    features = {name: math.log1p(count) for name, count in hits.items() if count}
    known = vocabulary("kinds")["labels"]
    seen = {label.field for label in analysis.labelled if label.end > label.start and not label.weak}
    features |= {f"label.{field}": 1.0 for field in known if field in seen}
    features |= shape_features(analysis, title)
    features |= _stems("stem", analysis.words, _STEMS_SHARE)
    features |= _stems("title", title_words, _TITLE_SHARE)
    return features | _stems("top", takewhile(lambda word: word.start < _TOP, analysis.words), _STEMS_SHARE)


def _stems(block: str, words: Iterable[Word], weight: float) -> dict[str, float]:
    """The stems of words, each with its share of what all of them weigh."""
    stems = {word.folded[:STEM] for word in words if len(word.folded) > 2 and word.folded.isalpha()}
    return dict.fromkeys((f"{block}.{stem}" for stem in stems), weight / math.sqrt(len(stems) or 1))


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
    return max(score_kinds(analysis), key=lambda s: s.probability * (_OTHER_COUNTS if s.kind == "other" else 1.0))
