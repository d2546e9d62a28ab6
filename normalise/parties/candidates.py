"""The bodies that may be a page's parties: each once, with every claim about it and every place that names it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from normalise.analysis import Analysis
from normalise.language.inflection import nominatives
from normalise.organisations.names import OrganisationMention
from normalise.organisations.register import Entry
from normalise.parties.claims import Claim
from normalise.parties.labels import label_claims
from normalise.parties.marks import marked_claims
from normalise.parties.money import money_claims, programme_claims, share_claims
from normalise.parties.owners import owner_claims, receiver_claims
from normalise.parties.participants import part_claims
from normalise.parties.parts import Listed
from normalise.parties.people import is_of_person, is_person
from normalise.parties.pieces import ListedName, as_named
from normalise.parties.siblings import series_claims, sibling_claims
from normalise.parties.spellings import abbreviations, bare_name
from normalise.text.spans import overlaps
from normalise.words import vocabulary

_PLACED = "{} i "
_NAME_PART = re.compile(r"[\s-]+")


@dataclass(eq=False)
class PartyCandidate:
    """A body: what the text claims of it, and where it is named. ``key`` is the register's id or the folded name."""

    key: str
    claims: list[Claim] = field(default_factory=list)
    mentions: list[OrganisationMention] = field(default_factory=list)

    @cached_property
    def believed(self) -> tuple[Claim, ...]:
        """The claims that no word nearby turns away."""
        return tuple(claim for claim in self.claims if not claim.against)

    @cached_property
    def places(self) -> tuple[ListedName, ...]:
        """Where the body stands in the text, in reading order; a list's piece where no mention is known."""
        named = [as_named(mention) for mention in self.mentions] or [claim.named for claim in self.claims]
        return tuple(sorted({name.start: name for name in named}.values(), key=lambda name: name.start))

    @cached_property
    def entry(self) -> Entry | None:
        """The register's body, where one is known."""
        return next((place.entry for place in self.places if place.entry), None)

    def named_as(self, role: str) -> tuple[ListedName, str]:
        """The place that tells best that the body has a role, and the rule that found it."""
        claims = [claim for claim in self.believed if claim.role == role]
        if claims:
            best = max(claims, key=lambda claim: (claim.weight, -claim.named.start))
            return best.named, best.rule
        others = max(self.believed, key=lambda claim: (claim.weight, -claim.named.start), default=None)
        return (others.named if others else self.places[0]), f"{role}.context"


def party_candidates(analysis: Analysis) -> tuple[PartyCandidate, ...]:
    """All bodies of a page, in reading order. A municipality's bare place name counts only where a claim lists it."""
    found: dict[str, PartyCandidate] = {}
    claims = tuple(_claims(analysis))
    listed = Listed(claims)
    for claim in claims:
        if listed.ends_longer(claim.named):
            continue
        found.setdefault(claim.named.key, PartyCandidate(claim.named.key)).claims.append(claim)
    for mention in analysis.organisations:
        named = as_named(mention)
        key = named.key
        if is_of_person(analysis, mention) or overlaps(analysis.emails, mention.start, mention.end):
            continue
        if listed.ends_longer(named) or listed.is_within(analysis, mention):
            continue
        if key in found or not mention.place:
            found.setdefault(key, PartyCandidate(key)).mentions.append(mention)
    merged = _without_short_names(_without_umbrellas(_merged(analysis.text, found.values())))
    return tuple(sorted(merged, key=lambda candidate: (candidate.places[0].start, candidate.key)))


def _without_umbrellas(candidates: tuple[PartyCandidate, ...]) -> tuple[PartyCandidate, ...]:
    """Bodies without the bare name of their sort ("ELY-keskus") where one of the sort is named: it is meant."""
    kept = list(candidates)
    for umbrella in [c for c in candidates if c.entry and c.entry.id in vocabulary("parties")["umbrellas"]]:
        named = [c for c in candidates if c.entry and c.entry.part_of == umbrella.key]
        named = named or [c for c in candidates if c is not umbrella and _named_after(c, umbrella)]
        if len(named) == 1:
            place = named[0].places[0]
            named[0].claims.extend(replace(claim, named=place) for claim in umbrella.claims)
            kept.remove(umbrella)
    return tuple(kept)


def _without_short_names(candidates: tuple[PartyCandidate, ...]) -> tuple[PartyCandidate, ...]:
    """Bodies without the bare noun that a page calls one of them by: "Länsstyrelsen" is "Länsstyrelsen i Y län"."""
    kept = list(candidates)
    for short in [c for c in candidates if c.entry is None and " " not in c.places[0].name]:
        front = _PLACED.format(short.places[0].name)
        long = [c for c in candidates if c is not short and c.places[0].name.startswith(front)]
        if len(long) == 1:
            place = long[0].places[0]
            long[0].claims.extend(replace(claim, named=place) for claim in short.claims)
            kept.remove(short)
    return tuple(kept)


def _named_after(candidate: PartyCandidate, umbrella: PartyCandidate) -> bool:
    """Whether a body's name tells that it is one of a sort: "Leader Purola", "Purola-Leader"."""
    name = candidate.entry.names[0] if candidate.entry else candidate.places[0].name
    return umbrella.entry is not None and umbrella.entry.names[0].casefold() in _NAME_PART.split(name.casefold())


def _merged(text: str, candidates: Iterable[PartyCandidate]) -> tuple[PartyCandidate, ...]:
    """Bodies that a page names in several ways as one: with and without legal form, country, years, by abbreviation."""
    merged: dict[str, PartyCandidate] = {}
    short: dict[str, str] = {}
    for candidate in _in_nominative(tuple(candidates)):
        bare = bare_name(candidate.places[0].name) if candidate.entry is None else candidate.key
        bare = short.get(bare, bare) or candidate.key
        into = merged.setdefault(bare, candidate)
        if into is not candidate:
            into.claims.extend(candidate.claims)
            into.mentions.extend(candidate.mentions)
        short |= dict.fromkeys(abbreviations(text, candidate.places), bare)
    return tuple(merged.values())


def _in_nominative(candidates: Sequence[PartyCandidate]) -> Iterator[PartyCandidate]:
    """Bodies, each whose name is a case of another's as that one: "Leader Gutes kansli" is of "Leader Gute"."""
    names = {candidate.key: candidate.places[0].name for candidate in candidates}
    for candidate in candidates:
        front, space, last = names[candidate.key].rpartition(" ")
        forms = nominatives(last)[:-1] if candidate.entry is None else ()
        base = next((name for form in forms if (name := names.get(f"{front}{space}{form}".casefold()))), None)
        yield _renamed(candidate, base) if base else candidate


def _renamed(candidate: PartyCandidate, name: str) -> PartyCandidate:
    claims = [replace(claim, named=claim.named._replace(name=name)) for claim in candidate.claims]
    return PartyCandidate(name.casefold(), claims, [replace(mention, name=name) for mention in candidate.mentions])


def _claims(analysis: Analysis) -> Iterable[Claim]:
    claims = (
        *label_claims(analysis),
        *analysis.cue_claims,
        *money_claims(analysis),
        *share_claims(analysis),
        *part_claims(analysis),
        *programme_claims(analysis),
        *receiver_claims(analysis),
        *marked_claims(analysis),
        *owner_claims(analysis),
        *sibling_claims(analysis),
        *series_claims(analysis),
    )
    return (claim for claim in claims if not is_person(analysis, claim))
