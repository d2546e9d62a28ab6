"""The kind of a page: project, call, award, or none of them. A linear model over cues (kinds.yml) and word stems."""

import math
from dataclasses import dataclass
from functools import cache

from normalise.analysis import Analysis
from normalise.facts import KINDS, Kind
from normalise.party_cues import ROLES
from normalise.phrases import PhraseFinder, words_of
from normalise.titles import first_title_line
from normalise.words import vocabulary

_TOP = 400
# Finnish and Swedish words are told apart, and their inflection is not, by about this many letters.
STEM = 5
# How much all stems of a page weigh together beside the cues; 1.5 to 9 were tried by cross-validation.
_STEMS_SHARE = 4.5


@dataclass(frozen=True, slots=True)
class KindScore:
    """A kind and what spoke for it: the score is a sum of weights, no probability."""

    kind: Kind
    score: float


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
    of_title = _finder().find(title, words_of(title))
    of_text = _finder().find(analysis.text, analysis.words)
    hits = {name: len(of_title.of(name)) for name in _group_names("title")}
    hits |= {name: len(of_text.of(name)) for name in _group_names("text")}
    hits |= {name: len(of_text.of(name, 0, _TOP)) for name in _group_names("top")}
    features = {"bias": 1.0} | {name: math.log1p(count) for name, count in hits.items() if count}
    for role in ROLES:
        named = {claim.named.key for claim in analysis.cue_claims if claim.role == role and not claim.against}
        if named:
            features[f"cue.{role}"] = math.log1p(len(named))
    stems = {word.folded[:STEM] for word in analysis.words if len(word.folded) > 2 and word.folded.isalpha()}
    features |= dict.fromkeys((f"stem.{stem}" for stem in stems), _STEMS_SHARE / math.sqrt(len(stems) or 1))
    known = vocabulary("kinds")["labels"]
    seen = {label.field for label in analysis.labelled if label.end > label.start and not label.weak}
    return features | {f"label.{field}": 1.0 for field in known if field in seen}


def score_kinds(analysis: Analysis) -> tuple[KindScore, ...]:
    """Every kind with its score, best first; ties fall to the order of `KINDS`."""
    weights = vocabulary("kind_weights")
    totals = dict.fromkeys(KINDS, 0.0)
    for name, value in kind_features(analysis).items():
        for kind, weight in weights.get(name, {}).items():
            totals[kind] += weight * value
    ranked = sorted(KINDS, key=lambda kind: (-totals[kind], KINDS.index(kind)))
    return tuple(KindScore(kind, totals[kind]) for kind in ranked)


def kind_of(analysis: Analysis) -> Kind:
    """The kind that most cues speak for."""
    return score_kinds(analysis)[0].kind
