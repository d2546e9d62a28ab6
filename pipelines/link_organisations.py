"""Which names mean the same body: a name in the register is its entry, others meet by normalised name."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from archive.sync import Row
from normalise.facts import Party
from normalise.register import Entry, find_entry, register
from normalise.words import vocabulary
from pipelines.link_pages import LinkedFact
from pipelines.slugs import slug

PARTY_FIELDS = frozenset({"funder", "coordinator", "partner"})
_PUNCTUATION = re.compile(r"[^\w]+")
# An abbreviation in brackets after a name says nothing that the name does not: "Opetushallitus (OPH)".
_BRACKET = re.compile(r"\s*\([^()]{1,24}\)\s*$")
_HASH_HEX = 6
# A label of a host shorter than this names too many bodies ("tem", "ely").
_SHORTEST_LABEL = 4


@dataclass(slots=True)
class Organisation:
    """A body while its mentions are gathered."""

    id: str
    entry: Entry | None = None
    names: Counter[str] = field(default_factory=Counter)
    pages: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    first_seen: str = "9999"
    last_seen: str = ""

    @property
    def name(self) -> str:
        """The register's official name, else the name used most (of equals, the first in the alphabet)."""
        if self.entry:
            return self.entry.names[0]
        return min(self.names, key=lambda name: (-self.names[name], name))


def organisation_key(party: Party) -> str:
    """What the same body always gives: its register id, else its name without case, punctuation, legal form."""
    entry = register().get(party.id) if party.id else find_entry(party.name)
    if party.id or entry:
        return entry.id if entry else str(party.id)
    # "r.y." is "ry": full stops go without a trace, other signs part words.
    words = _PUNCTUATION.sub(" ", _BRACKET.sub("", party.name).casefold().replace(".", "")).split()
    bare = [word for word in words if word not in _legal_forms()]
    return " ".join(bare or words)


def organisation_id(key: str) -> str:
    """The id of the body with a key: a register's id as it is, else a readable slug and a hash."""
    if key in register():
        return key
    return f"{slug(key)}-{hashlib.sha256(key.encode()).hexdigest()[:_HASH_HEX]}"


def resolve_organisations(facts: Iterable[LinkedFact]) -> tuple[dict[str, Organisation], dict[int, str]]:
    """All organisations by id, and the organisation of each fact that names one (by the fact's id)."""
    organisations: dict[str, Organisation] = {}
    of_fact: dict[int, str] = {}
    for fact in facts:
        if fact.field in PARTY_FIELDS:
            key = organisation_key(Party(fact.value, fact.aliases, fact.register_id))
            body = organisations.setdefault(
                organisation_id(key), Organisation(organisation_id(key), register().get(key))
            )
            of_fact[fact.id] = body.id
            body.names[fact.value] += 1
            body.pages[fact.value].add(fact.page_id)
            body.first_seen = min(body.first_seen, fact.seen_at)
            body.last_seen = max(body.last_seen, fact.last_seen)
    return organisations, of_fact


def organisation_rows(organisations: Mapping[str, Organisation]) -> list[Row]:
    """The rows of `organisations`."""
    return [_row(body, organisations) for body in organisations.values()]


def name_rows(organisations: Mapping[str, Organisation]) -> list[Row]:
    """The rows of `organisation_names`: the names that pages use, then those that only the register knows."""
    rows: list[Row] = []
    for body in organisations.values():
        reason = (
            "the register has this name" if body.entry else "the same name but for case, punctuation and legal form"
        )
        known = body.entry.names if body.entry else ()
        rows += [_name_row(body.id, name, "page", len(body.pages[name]), reason) for name in sorted(body.names)]
        rows += [_name_row(body.id, name, "register", 0, reason) for name in sorted({*known} - {*body.names})]
    return rows


class SiteOwners:
    """Whose site a host or a mail domain is: by the register's domains, else by a word of one body's name alone."""

    def __init__(self, organisations: Mapping[str, Organisation]) -> None:
        """Index the bodies by their domains and by the words of their names."""
        self._domains: dict[str, set[str]] = defaultdict(set)
        self._words: dict[str, set[str]] = defaultdict(set)
        for body in organisations.values():
            for domain in body.entry.domains if body.entry else ():
                self._domains[domain].add(body.id)
            for name in body.names:
                for word in slug(name, longest=len(name)).split("-"):
                    self._words[word].add(body.id)

    def owner(self, host: str, source_id: str | None = None) -> str | None:
        """The id of the one body that a host belongs to; ``source_id`` (the site's short name) may tell it too."""
        labels = host.split(".")
        for start in range(len(labels) - 1):
            if owners := self._domains.get(".".join(labels[start:])):
                return min(owners)
        for label in (*labels[:-1], *(source_id or "").split("-")):
            owners = self._words.get(label, set())
            if len(label) >= _SHORTEST_LABEL and len(owners) == 1:
                return min(owners)
        return None


def _row(body: Organisation, organisations: Mapping[str, Organisation]) -> Row:
    entry = body.entry
    part_of = entry.part_of if entry and entry.part_of in organisations else None
    return {
        "id": body.id,
        "name": body.name,
        "type": entry.type if entry else None,
        "register_id": entry.id if entry else None,
        "business_id": entry.business_id if entry else None,
        "part_of_id": part_of,
        "first_seen": body.first_seen,
        "last_seen": body.last_seen,
    }


def _name_row(body: str, name: str, origin: str, pages: int, reason: str) -> Row:
    return {"organisation_id": body, "name": name, "origin": origin, "pages": pages, "reason": reason}


@cache
def _legal_forms() -> frozenset[str]:
    forms = (_PUNCTUATION.sub("", form.casefold()) for form in vocabulary("organisation_words")["legal_forms"])
    return frozenset(forms)
