"""The kind of a page: project, call, award, or none of them. Scores add up the cues of vocabulary/kinds.yml."""

import math
import re
from dataclasses import dataclass
from functools import cache

from normalise.analysis import Analysis
from normalise.facts import KINDS, Kind
from normalise.party_cues import ROLES
from normalise.title_lines import first_title_line
from normalise.words import vocabulary

_TOP = 400


@dataclass(frozen=True, slots=True)
class KindScore:
    """A kind and what spoke for it: the score is a sum of weights, no probability."""

    kind: Kind
    score: float


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    where: str
    pattern: re.Pattern[str]


@cache
def _groups() -> tuple[_Group, ...]:
    groups = vocabulary("kinds")["groups"]
    return tuple(_Group(name, group["where"], _stems(group["words"])) for name, group in groups.items())


def _stems(words: list[str]) -> re.Pattern[str]:
    parts = sorted((_stem(word) for word in words), key=len, reverse=True)
    return re.compile("|".join(parts))


def _stem(word: str) -> str:
    """A stem as a pattern: it starts a word unless it starts with a hyphen, and ends one where $ says so."""
    start = "" if word.startswith("-") else r"(?<!\w)"
    return start + re.escape(word.removesuffix("$")) + (r"\b" if word.endswith("$") else "")


def kind_features(analysis: Analysis) -> dict[str, float]:
    """The values of all cues that a page has, by the names that the weights use."""
    folded = analysis.text.casefold()
    where = {"title": first_title_line(analysis).casefold(), "top": folded[:_TOP], "text": folded}
    features = {"bias": 1.0}
    for group in _groups():
        hits = sum(1 for _ in group.pattern.finditer(where[group.where]))
        if hits:
            features[group.name] = math.log1p(hits)
    for role in ROLES:
        named = {claim.named.key for claim in analysis.cue_claims if claim.role == role and not claim.against}
        if named:
            features[f"cue.{role}"] = math.log1p(len(named))
    known = vocabulary("kinds")["labels"]
    seen = {label.field for label in analysis.labelled if label.end > label.start and not label.weak}
    return features | {f"label.{field}": 1.0 for field in known if field in seen}


def score_kinds(analysis: Analysis) -> tuple[KindScore, ...]:
    """Every kind with its score, best first; ties fall to the order of `KINDS`."""
    weights = vocabulary("kinds")["weights"]
    totals = dict.fromkeys(KINDS, 0.0)
    for name, value in kind_features(analysis).items():
        for kind, weight in weights.get(name, {}).items():
            totals[kind] += weight * value
    ranked = sorted(KINDS, key=lambda kind: (-totals[kind], KINDS.index(kind)))
    return tuple(KindScore(kind, totals[kind]) for kind in ranked)


def kind_of(analysis: Analysis) -> Kind:
    """The kind that most cues speak for."""
    return score_kinds(analysis)[0].kind
