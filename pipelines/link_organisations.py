"""Which names mean the same body: `normalise.resolution` joins them, and here the bodies get their dates and rows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlite_utils import Database

from archive.register_names import known_bodies
from archive.sync import Row
from normalise.register import Entry
from normalise.resolution import Entity as Body
from normalise.resolution import Mention, resolve
from normalise.resolution_bodies import Bodies, registered_bodies
from pipelines.link_pages import LinkedFact
from pipelines.slugs import slug

PARTY_FIELDS = frozenset({"funder", "coordinator", "partner"})
# A label of a host shorter than this names too many bodies ("tem", "ely").
_SHORTEST_LABEL = 4


@dataclass(slots=True)
class Organisation:
    """A body with its mentions: how often each name stands, and on which pages."""

    id: str
    name: str
    entry: Entry | None = None
    part_of: str | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    names: Counter[str] = field(default_factory=Counter)
    pages: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    first_seen: str = "9999"
    last_seen: str = ""

    def add(self, fact: LinkedFact) -> None:
        """Count one mention."""
        self.names[fact.value] += 1
        self.pages[fact.value].add(fact.page_id)
        self.first_seen = min(self.first_seen, fact.seen_at)
        self.last_seen = max(self.last_seen, fact.last_seen)


def load_bodies(db: Database) -> Bodies:
    """The registered bodies: the shipped register, with the public registers where they were imported."""
    is_imported = db["register_bodies"].exists() and db["register_bodies"].count
    return known_bodies(db) if is_imported else registered_bodies()


def resolve_organisations(
    facts: Iterable[LinkedFact], bodies: Bodies
) -> tuple[dict[str, Organisation], dict[int, str]]:
    """All organisations by id, and the organisation of each fact that names one (by the fact's id)."""
    naming = [fact for fact in facts if fact.field in PARTY_FIELDS]
    resolution = resolve(map(_mention, naming), bodies=bodies)
    organisations: dict[str, Organisation] = {}
    of_fact: dict[int, str] = {}
    for fact in naming:
        key = resolution.of_mention[_mention(fact)]
        if key not in organisations:
            organisations[key] = _organisation(resolution.entities[key], bodies)
        organisations[key].add(fact)
        of_fact[fact.id] = key
    return organisations, of_fact


def organisation_rows(organisations: Mapping[str, Organisation]) -> list[Row]:
    """The rows of `organisations`."""
    return [_row(body, organisations) for body in organisations.values()]


def name_rows(organisations: Mapping[str, Organisation]) -> list[Row]:
    """The rows of `organisation_names`: the names that pages use, then those that only the register knows."""
    rows: list[Row] = []
    for body in organisations.values():
        known = frozenset(body.entry.names if body.entry else ())
        for name in sorted(body.names):
            plain = "the register has this name" if name in known else "the same name but for case and punctuation"
            rows.append(_name_row(body.id, name, "page", len(body.pages[name]), body.reasons.get(name, plain)))
        unused = sorted(known - body.names.keys())
        rows += [_name_row(body.id, name, "register", 0, "the register has this name") for name in unused]
    return rows


def _mention(fact: LinkedFact) -> Mention:
    return Mention(fact.value, register_id=fact.register_id or "", scope=fact.page_id)


def _organisation(body: Body, bodies: Bodies) -> Organisation:
    reasons = {join.name: join.reason for join in body.joins}
    return Organisation(body.id, body.name, bodies.entries.get(body.register_id or ""), body.part_of, reasons)


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
    return {
        "id": body.id,
        "name": body.name,
        "type": entry.type if entry else None,
        "register_id": entry.id if entry else None,
        "business_id": entry.business_id if entry else None,
        "part_of_id": body.part_of if body.part_of in organisations else None,
        "first_seen": body.first_seen,
        "last_seen": body.last_seen,
    }


def _name_row(body: str, name: str, origin: str, pages: int, reason: str) -> Row:
    return {"organisation_id": body, "name": name, "origin": origin, "pages": pages, "reason": reason}
