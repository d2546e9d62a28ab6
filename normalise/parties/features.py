"""What speaks for and against a body's being a party: features for a linear model (vocabulary/party_weights.yml)."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from normalise.facts import Kind
from normalise.parties.candidates import PartyCandidate
from normalise.parties.context import PartyContext, body_sort, has_address, stems_of
from normalise.parties.cues import ROLES
from normalise.parties.names import ABOUT
from normalise.parties.pieces import ListedName
from normalise.text.document import Line
from normalise.text.spans import holding
from normalise.words import vocabulary

Features = dict[str, float]

# A page's first characters say whose it is; what stands in its last part is often a footer.
_TOP = 300
_LATE = 0.85
# A row of a budget: "Lapin liitto 47 300", "valtio 35 %"; no date, year or business id.
_SUM_BEHIND = re.compile(
    rf"[\s:;,|(–-]{{1,4}}{ABOUT}(?:\d{{1,3}}(?:[ .\u00a0]\d{{3}})+(?!\d)(?!-\d)|\d{{1,3}}(?:,\d)?\s?%)"
)
# A postal address on the lines below a name: letters begin with the receiver's, pages end with their owner's.
_ADDRESS_BELOW = re.compile(r"[^\n]{0,40}(?:\n[^\n]{2,50}){0,2}\n?[\s,](?:FI-)?\d{5}\s[A-ZÅÄÖ]")
# Words stand beside a name within this many characters.
_BESIDE = 40
# A page often says whose a project is on one of the first lines below its name.
_BELOW_TITLE = 3
# A body named more often than this adds nothing new by the further places.
_MOST_PLACES = 8
# The strongest claims weigh 4: weights are brought to 0..1.
_FULL_WEIGHT = 4
_PLAIN = 3
# The rules that tell whose page it is.
_OWNING = ("coordinator.owner",)
# Words of the vocabulary near a name, in its sentence, that tell what the sentence speaks of.
_SPOKEN_OF = ("elsewhere", "part_against", "money_against", "part_words", "money_words", "receiving")
# Features that mean something else on pages of another kind, by their beginnings.
_BY_KIND = (
    "type.", "weight.", "behind.", "block.", "label.", "first", "top", "late", "in_title", "count", "fills_line",
    "contact_line", "near_contact", "others.", "rule.", "most", "unclaimed", "first_doer", "has_address", "below_title",
    "sole_payer", "unpaid_owner", "sum_behind", "address_below",
)  # fmt: skip


def party_features(context: PartyContext, candidate: PartyCandidate, kind: Kind) -> Features:
    """The features of one candidate by name, absent ones zero; `on_kind` adds what they mean on a page of a kind."""
    features: Features = {f"kind.{kind}": 1.0}
    features |= _of_claims(context, candidate)
    features |= _of_body(context, candidate)
    features |= _of_row(context, candidate)
    places = candidate.places[:_MOST_PLACES]
    for place in places:
        features |= _of_place(context, candidate, place)
    _add_words(features, context, places)
    return features


def on_kind(features: Features, kind: Kind) -> Features:
    """The features with those again, as "count@call", that mean something else on pages of another kind."""
    return features | {f"{name}@{kind}": value for name, value in features.items() if name.startswith(_BY_KIND)}


def _of_claims(context: PartyContext, candidate: PartyCandidate) -> Features:
    """What the rules say: the strongest claim of each role, which rules spoke, who else has the role."""
    weights: dict[str, float] = defaultdict(float)
    for claim in candidate.believed:
        weights[claim.role] = max(weights[claim.role], claim.weight)
    features: Features = {f"rule.{claim.rule}": 1.0 for claim in candidate.believed}
    features |= {f"against.{claim.role}": 1.0 for claim in candidate.claims if claim.against}
    for role in ROLES:
        strongest = context.strongest[role]
        if role in weights:
            features[f"weight.{role}"] = weights[role] / _FULL_WEIGHT
            if weights[role] == strongest:
                features[f"best.{role}"] = 1.0
            elif strongest >= _PLAIN:
                features[f"behind.{role}"] = 1.0
        elif strongest >= _PLAIN:
            features[f"others.{role}" if weights else f"unclaimed.others.{role}"] = 1.0
    if not weights:
        features["unclaimed"] = 1.0
    return features


def _of_body(context: PartyContext, candidate: PartyCandidate) -> Features:
    """What the body is, how often and where on the page it is named."""
    length = len(context.analysis.text) or 1
    entry, first, last = candidate.entry, candidate.places[0].start, candidate.places[-1].start
    features: Features = {
        f"type.{entry.type if entry else body_sort(candidate.places[0].name)}": 1.0,
        "count": math.log1p(len(candidate.mentions)),
        "first": first / length,
    }
    flags = {
        "general": entry is not None and entry.id in vocabulary("parties")["too_general"],
        "unknown": not candidate.mentions and not any(claim.named.known for claim in candidate.claims),
        "most": len(candidate.mentions) == context.most_named > 1,
        "top": first < _TOP,
        "late": last > _LATE * length,
        "in_title": any(place.name.casefold() in context.title for place in candidate.places),
        "first_doer": candidate.key == context.first_doer,
        "sole_payer": context.payers == {candidate.key},
        "has_address": has_address(candidate, context.mail_hosts),
        "unpaid_owner": not context.strongest["funder"] and any(c.rule in _OWNING for c in candidate.claims),
        "below_title": 0 < _line_index(context, first) - context.title_line <= _BELOW_TITLE,
    }
    return features | {name: 1.0 for name, holds in flags.items() if holds}


def _line_index(context: PartyContext, offset: int) -> int:
    line = context.analysis.document.line_at(offset)
    return line.index if line else 0


def _of_place(context: PartyContext, candidate: PartyCandidate, place: ListedName) -> Features:
    """What surrounds one place: its line, its block, the labels over it."""
    line = context.analysis.document.line_at(place.start)
    if line is None:
        return {}
    flags = {
        f"line.{line.kind}": True,
        "contact_line": line.index in context.contact_lines,
        "near_contact": not context.contact_lines.isdisjoint((line.index - 1, line.index + 1)),
        "fills_line": place.start <= line.start + 2 and place.end >= line.end - 2,
        "sum_behind": _SUM_BEHIND.match(context.analysis.text, place.end) is not None,
        "address_below": _ADDRESS_BELOW.match(context.analysis.text, place.end) is not None,
        "inflected": context.analysis.text[place.start : place.end] != place.name,
    }
    features = {name: 1.0 for name, holds in flags.items() if holds}
    sentence = context.sentence_at(place.start)
    words = context.analysis.party_words
    features |= {f"near.{key}": 1.0 for key in _SPOKEN_OF if words.has(key, sentence.start, sentence.end)}
    project = context.project_near(context.sentence_at(place.start))
    features |= {f"{project}_project": 1.0} if project else {}
    features |= {f"label.{label.field}": 1.0 for label in holding(context.labels, place.start)}
    return features | _of_block(context, candidate, line)


def _of_block(context: PartyContext, candidate: PartyCandidate, line: Line) -> Features:
    others = context.in_block[line.block] - {candidate.key}
    if not others:
        return {}
    shares = {role: len(context.claimed_in_block[line.block, role] - {candidate.key}) / len(others) for role in ROLES}
    return {f"block.{role}": share for role, share in shares.items() if share} | {"block.size": math.log1p(len(others))}


def _of_row(context: PartyContext, candidate: PartyCandidate) -> Features:
    """How many bodies stand in a row with one, and the shares of them that the rules give each role."""
    others = len(context.rows[candidate.key]) - 1
    if not others:
        return {}
    shares = {role: context.claimed_beside(candidate.key, role) / others for role in ROLES}
    return {f"row.{role}": share for role, share in shares.items() if share} | {"row.size": math.log1p(others)}


def _add_words(features: Features, context: PartyContext, places: Sequence[ListedName]) -> None:
    """Add the stems of all places' sentences and right beside the names, each place's by its share.

    Wider windows, headings above, what opens a list and case endings were tried, and add nothing to the claims.
    """
    share = 1 / math.sqrt(len(places))
    text = context.analysis.text
    for place in places:
        sentence = context.sentence_at(place.start)
        start, end = min(sentence.start, place.start), max(sentence.end, place.end)
        stems = context.sentence_stems(start, end)
        _raise(features, stems, share / math.sqrt(len(stems) or 1))
        left = stems_of(text[max(start, place.start - _BESIDE) : place.start])[-2:]
        right = stems_of(text[place.end : min(end, place.end + _BESIDE)])[:2]
        _raise(features, [*(f"left.{stem}" for stem in left), *(f"right.{stem}" for stem in right)], share)


def _raise(features: Features, names: Iterable[str], value: float) -> None:
    for name in names:
        features[name] = features.get(name, 0.0) + value
