"""Funders, coordinator, partners and their stated number.

The rules of labels, cues and sentences make claims (`candidates`); a linear model weighs each body's claims with
what surrounds its names (`features`, fitted on the golden pages) and gives the probability of each role.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from normalise.analysis import Analysis
from normalise.facts import Fact, Findings, Kind, Refusal
from normalise.linear_models import LinearModel, weights_on
from normalise.parties.candidates import PartyCandidate, party_candidates
from normalise.parties.context import party_context
from normalise.parties.cues import ROLES
from normalise.parties.features import Features, party_features
from normalise.partner_counts.finding import find_partner_count
from normalise.words import vocabulary

NO_PARTY = "none"
# From what probability a role is believed; chosen by cross-validation for the best F1 (0.2 to 0.55 were tried).
BELIEVED = {"funder": 0.4, "partner": 0.42, "coordinator": 0.25}
# News of grants name many receivers and the granter: fewer of them name one that leads.
_LEADS_AWARD = 0.5
# So likely at least is a leader whom a label lists as a partner and nothing else names.
_LEADS_LISTED = 0.5
# Somebody pays for a call: where nobody is likely enough, the likeliest one does from this probability.
_PAYS_CALL = 0.15
# A candidate less likely than this was hardly one: its refusal would explain nothing.
_WORTH_TELLING = 0.2


def find_parties(analysis: Analysis, kind: Kind) -> Findings:
    """The parties that a page names, each once, the coordinator at most one; refused candidates with their reason."""
    if kind == "other":
        return Findings()
    candidates = party_candidates(analysis)
    context = party_context(analysis, candidates)
    likely = [
        without_turned_roles(candidate, role_probabilities(party_features(context, candidate, kind), kind))
        for candidate in candidates
    ]
    roles = assign_roles(likely, kind)
    facts = [
        _fact(analysis.text, c, role, p[role]) for c, p, role in zip(candidates, likely, roles, strict=True) if role
    ]
    refusals = (_refusals(c, p) for c, p, role in zip(candidates, likely, roles, strict=True) if not role)
    facts.sort(key=lambda fact: (fact.start, fact.field))
    counted = find_partner_count(analysis, kind, context.title)
    return Findings(
        (*facts, *counted.facts), (*(refusal for found in refusals for refusal in found), *counted.refusals)
    )


def role_probabilities(features: Features, kind: Kind) -> dict[str, float]:
    """The probability of each role, and of none, on a page of a kind by the fitted weights; they add up to 1."""
    return _model(kind).probabilities(features)


@cache
def _model(kind: Kind) -> LinearModel[str]:
    return LinearModel((*ROLES, NO_PARTY), weights_on(kind, vocabulary("party_weights")))


def without_turned_roles(candidate: PartyCandidate, likely: Mapping[str, float]) -> dict[str, float]:
    """The probabilities without the roles that the text gives the body in a predecessor or sister project only.

    And without leading, where a label lists the body as a partner and it is less likely than not to lead.
    """
    others = tuple(vocabulary("parties")["other_projects"])
    turned = {claim.role for claim in candidate.claims if (claim.against or "").casefold().startswith(others)}
    if likely["coordinator"] < _LEADS_LISTED and any(c.rule == "partner.labelled" for c in candidate.believed):
        turned.add("coordinator")
    turned -= {claim.role for claim in candidate.believed}
    kept = {role: 0.0 if role in turned else p for role, p in likely.items()}
    return kept | {NO_PARTY: kept[NO_PARTY] + sum(likely[role] for role in turned)}


def assign_roles(likely: Sequence[Mapping[str, float]], kind: Kind) -> list[str | None]:
    """A role, or none, for each candidate: one leads at most, and a call has funders alone, one at least."""
    roles: list[str | None] = [_role(p, kind) for p in likely]
    if kind == "call" and likely and not any(roles):
        best = max(range(len(likely)), key=lambda i: likely[i]["funder"])
        if likely[best]["funder"] >= _PAYS_CALL:
            roles[best] = "funder"
    if kind != "call" and likely:
        best = max(range(len(likely)), key=lambda i: likely[i]["coordinator"])
        if likely[best]["coordinator"] >= (_LEADS_AWARD if kind == "award" else BELIEVED["coordinator"]):
            roles[best] = "coordinator"
    return roles


def _role(likely: Mapping[str, float], kind: Kind) -> str | None:
    """Funder or partner, where one of them is likely enough."""
    if likely["funder"] >= BELIEVED["funder"] and likely["funder"] >= likely["partner"]:
        return "funder"
    return "partner" if kind != "call" and likely["partner"] >= BELIEVED["partner"] else None


def _fact(text: str, candidate: PartyCandidate, role: str, likely: float) -> Fact:
    named, rule = candidate.named_as(role)
    return Fact(
        field=role,
        value=named.name,
        start=named.start,
        end=named.end,
        quote=text[named.start : named.end],
        rule=rule,
        confidence=round(likely, 3),
        aliases=named.entry.names if named.entry else (),
        register_id=named.entry.id if named.entry else None,
    )


def _refusals(candidate: PartyCandidate, likely: Mapping[str, float]) -> Iterable[Refusal]:
    """Why a body is no party: the word that turned a claim away, or how little speaks for the likeliest role."""
    turned = {claim.role: claim for claim in candidate.claims if claim.against}
    for role, claim in turned.items():
        named = claim.named
        reason = f"the sentence speaks of something else: {claim.against}"
        yield Refusal(role, named.name, named.start, named.end, reason)
    role = max(ROLES, key=lambda name: likely[name])
    if likely[role] >= _WORTH_TELLING and role not in turned:
        named = candidate.named_as(role)[0]
        yield Refusal(role, named.name, named.start, named.end, f"too little speaks for it: {likely[role]:.2f} of 1")
