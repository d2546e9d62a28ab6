"""Funders, coordinator, partners and their stated number: claims from labels and from running text, weighed."""

from collections.abc import Iterable

from normalise.analysis import Analysis
from normalise.facts import Fact, Findings, Kind, Refusal
from normalise.organisations import OrganisationMention
from normalise.partner_counts import find_partner_count
from normalise.party_cues import Claim
from normalise.party_labels import label_claims
from normalise.party_lists import ListedName
from normalise.party_owners import owner_claims, receiver_claims, teller_claims
from normalise.party_sentences import money_claims, part_claims, programme_claims
from normalise.roles import find_roles
from normalise.words import vocabulary

# A page says whose it is in its first characters.
_TOP = 300
_FIRST_LINE = 60
_PLAIN_WORDS = 3
_NOT_PAYING = ("school", "provider", "university", "uas", "company")
_CONFIDENCE = {
    "labelled": 0.93,
    "cue": 0.85,
    "marked": 0.93,
    "money": 0.75,
    "sentence": 0.7,
    "receiver": 0.75,
    "owner": 0.6,
    "publisher": 0.75,
}


def find_parties(analysis: Analysis, kind: Kind) -> Findings:
    """The parties that a page names, each once, the coordinator at most one; refused claims with their reason."""
    if kind == "other":
        return Findings()
    claims = [
        *label_claims(analysis),
        *analysis.cue_claims,
        *money_claims(analysis),
        *part_claims(analysis),
        *programme_claims(analysis),
        *receiver_claims(analysis),
        *owner_claims(analysis),
    ]
    claims = [c for c in claims if not _is_person(analysis, c)]
    refusals = tuple(_refusal(c) for c in claims if c.against)
    believed = [c for c in claims if not c.against]
    coordinator = _coordinator(believed, kind) or _teller(analysis, believed, kind)
    funders = _funders(analysis, believed, coordinator, kind)
    partners = _partners(believed, coordinator, funders) if kind in ("project", "award") else []
    chosen = [*funders, *([coordinator] if coordinator else []), *partners]
    facts = sorted((_fact(analysis.text, claim) for claim in chosen), key=lambda f: (f.start, f.field))
    return Findings((*facts, *find_partner_count(analysis, kind)), refusals)


def _is_person(analysis: Analysis, claim: Claim) -> bool:
    """Whether a name is a person's or a job title: labels of leaders name people, too. Lists of partners seldom do."""
    named = claim.named
    if named.known:
        return False
    roles = find_roles(named.name)
    if any(role.title.casefold() == named.name.casefold() for role in roles):
        return True
    start = named.start + (roles[0].end if roles and roles[0].start == 0 else 0)
    people = any(p.is_certain and p.start <= start + 1 and p.end >= named.end - 1 for p in analysis.persons)
    return people and (claim.role != "partner" or start > named.start or "labelled" not in claim.rule)


def _coordinator(claims: Iterable[Claim], kind: Kind) -> Claim | None:
    """The best claim; on a page of awards only where one body alone received."""
    if kind == "call":
        return None
    own = [c for c in claims if c.role == "coordinator" and (kind == "project" or c.rule != "coordinator.owner")]
    if kind == "award" and len({c.named.key for c in own}) > 2:
        return None
    return max(own, key=lambda c: (c.weight, c.named.known, -c.named.start), default=None)


def _teller(analysis: Analysis, claims: Iterable[Claim], kind: Kind) -> Claim | None:
    taken = frozenset(c.named.key for c in claims if c.role in ("funder", "partner") and c.weight >= _PLAIN_WORDS)
    return next(teller_claims(analysis, taken), None) if kind == "project" else None


def _funders(analysis: Analysis, claims: Iterable[Claim], coordinator: Claim | None, kind: Kind) -> list[Claim]:
    own = [c for c in claims if c.role == "funder" and _pays(c)]
    chosen = _unique(own)
    general = vocabulary("parties")["too_general"]
    weak = [c for c in chosen if c.weight < 3 and c.named.entry and c.named.entry.id in general]
    chosen = [c for c in chosen if c not in weak] or chosen
    if not chosen and kind in ("call", "award"):
        chosen = _publisher(analysis, coordinator)
    return chosen


def _pays(claim: Claim) -> bool:
    """Whether a claim is enough: plain words, or a body whose trade it is to pay."""
    entry = claim.named.entry
    if claim.weight >= 3:
        return claim.named.known or "labelled" in claim.rule
    return entry is not None and entry.type in vocabulary("parties")["paying_types"]


def _publisher(analysis: Analysis, recipient: Claim | None) -> list[Claim]:
    """The body that a call's page belongs to: of those named, the one named most, the earlier the better."""
    taken = recipient.named.name if recipient else None
    mentions = [
        m
        for m in analysis.organisations
        if not m.place and m.name != taken and (m.entry is None or m.entry.type not in _NOT_PAYING)
    ]
    if not mentions:
        return []
    keys = [m.entry.id if m.entry else m.name.casefold() for m in mentions]
    best = max(
        range(len(mentions)),
        key=lambda i: (
            keys.count(keys[i])
            + (3 if mentions[i].start < _FIRST_LINE else 2 if mentions[i].start < _TOP else 0)
            + _trade(mentions[i]),
            -i,
        ),
    )
    mention = mentions[best]
    named = ListedName(mention.start, mention.end, mention.name, mention.entry, None, known=True)
    return [Claim("funder", named, 1.0, "funder.publisher")]


def _trade(mention: OrganisationMention) -> int:
    """How far a body's type speaks for paying: 2 for those whose trade it is, 1 for municipalities and associations."""
    if mention.entry is None:
        return 0
    return 2 if mention.entry.type in vocabulary("parties")["paying_types"] else 1


def _partners(claims: Iterable[Claim], coordinator: Claim | None, funders: list[Claim]) -> list[Claim]:
    taken = {c.named.key for c in funders} | ({coordinator.named.key} if coordinator else set())
    house = coordinator.named.entry if coordinator else None
    own = [c for c in claims if c.role == "partner" and c.named.key not in taken]
    if house:
        own = [c for c in own if not (c.named.entry and c.named.entry.id == house.part_of)]
    return _unique(own)


def _unique(claims: list[Claim]) -> list[Claim]:
    """The best claim for each body, in reading order."""
    best: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda c: (-c.weight, c.named.start)):
        best.setdefault(claim.named.key, claim)
    return sorted(best.values(), key=lambda c: c.named.start)


def _fact(text: str, claim: Claim) -> Fact:
    named = claim.named
    return Fact(
        field=claim.role,
        value=named.name,
        start=named.start,
        end=named.end,
        quote=text[named.start : named.end],
        rule=claim.rule,
        confidence=_CONFIDENCE[claim.rule.partition(".")[2]],
        aliases=named.entry.names if named.entry else (),
        register_id=named.entry.id if named.entry else None,
    )


def _refusal(claim: Claim) -> Refusal:
    named = claim.named
    return Refusal(
        claim.role, named.name, named.start, named.end, f"the sentence speaks of something else: {claim.against}"
    )
