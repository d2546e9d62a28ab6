"""Entities from the settled joins: their ids, names, reasons, and whose units they are."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from normalise.resolution.bodies import Bodies
from normalise.resolution.clusters import Clusters, Proposal, Refused
from normalise.resolution.names import ascii_fold, clean, read_name, signed_parts
from normalise.resolution.nodes import Node
from normalise.resolution.table import is_free

_HASH_HEX = 10
_LONGEST_SLUG = 48


@dataclass(frozen=True, slots=True)
class Join:
    """Why a name is the entity's: ``other`` is the name or register id it was joined to."""

    name: str
    other: str
    rule: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Entity:
    """One body. ``names`` holds the mentions' names and how often each occurs; none where only a unit is named.

    ``register_id`` is the register's id where the body is known; ``part_of`` the id of the entity it is a unit of.
    """

    id: str
    name: str
    names: Mapping[str, int]
    register_id: str | None = None
    part_of: str | None = None
    joins: tuple[Join, ...] = ()


@dataclass(slots=True)
class EntityBuilder:
    """The numbers of registered bodies (``ids``) come first, then those of the nodes, as in ``clusters``."""

    nodes: Sequence[Node]
    ids: Sequence[str]
    clusters: Clusters
    bodies: Bodies
    _groups: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _ids: dict[int, str] = field(default_factory=dict)
    _slips: frozenset[int] = frozenset()
    _fronts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Gather the nodes of each set and name the sets."""
        for place in range(len(self.nodes)):
            self._groups[self.clusters.find(place + len(self.ids))].append(place)
            if is_free(self.nodes[place]):
                self._fronts.setdefault(self.nodes[place].key, place)
        slips = [p for p in self.clusters.accepted if p.rule in ("misspelt", "inflected", "marks left off")]
        self._slips = frozenset(self._worse(p) - len(self.ids) for p in slips)
        for root, group in self._groups.items():
            self._ids[root] = self.clusters.entries.get(root) or self._made_id(group)

    def id_of(self, place: int) -> str:
        """The entity's id of a node."""
        return self._ids[self.clusters.find(place + len(self.ids))]

    def entities(self, counts: Mapping[int, int]) -> dict[str, Entity]:
        """All entities by id, owners that only their units name included; ``counts``: mentions of each node."""
        joins: dict[int, list[Join]] = defaultdict(list)
        for proposal in self.clusters.accepted:
            joins[self.clusters.find(proposal.first)].append(self.join(proposal))
        found: dict[str, Entity] = {}
        for root, group in self._groups.items():
            entity = self._entity(root, group, counts, tuple(joins[root]))
            found[entity.id] = entity
        self._add_owners(found)
        return dict(sorted(found.items()))

    def join(self, proposal: Proposal) -> Join:
        """A proposal in the words of names."""
        first, second = self._text(proposal.first), self._text(proposal.second)
        return Join(second, first, proposal.rule, proposal.score, proposal.reason)

    def refusal(self, refused: Refused) -> Join:
        """A refused proposal with why it was refused."""
        join = self.join(refused.proposal)
        return Join(join.name, join.other, join.rule, join.score, f"refused: {refused.why}; proposed: {join.reason}")

    def _entity(self, root: int, group: list[int], counts: Mapping[int, int], joins: tuple[Join, ...]) -> Entity:
        names: Counter[str] = Counter()
        for place in group:
            names[self.nodes[place].mention.name] += counts[place]
        entry = self.bodies.entries.get(self.clusters.entries.get(root, ""))
        shown = min(names, key=lambda name: (-names[name], name))
        if entry:
            return Entity(entry.id, entry.names[0], names, entry.id, entry.part_of, joins)
        return Entity(self._ids[root], shown, names, None, self._owner(group), joins)

    def _owner(self, group: list[int]) -> str | None:
        """The registered owner of a unit, else the body whose name stands before a comma or slash in its name."""
        owners = sorted({self.nodes[place].owner for place in group} - {""})
        if owners:
            return owners[0]
        for place in group:
            parts = signed_parts(self.nodes[place].text)
            if len(parts) > 1 and not parts[1].bracketed:
                front = self._fronts.get(read_name(clean(parts[0].text)).key)
                if front is not None and self.id_of(front) != self.id_of(place):
                    return self.id_of(front)
        return None

    def _add_owners(self, found: dict[str, Entity]) -> None:
        """The owners of units, and theirs, that no mention names."""
        missing = {entity.part_of for entity in found.values() if entity.part_of} - found.keys()
        while missing:
            entries = [self.bodies.entries[id_] for id_ in sorted(missing)]
            found.update({e.id: Entity(e.id, e.names[0], {}, e.id, self._known(e.part_of)) for e in entries})
            missing = {owner for entry in entries if (owner := self._known(entry.part_of))} - found.keys()

    def _known(self, id_: str | None) -> str | None:
        return id_ if id_ in self.bodies.entries else None

    def _worse(self, proposal: Proposal) -> int:
        """Of two spellings the one that the other was read from: the rarer, then the shorter name."""
        first, second = proposal.first, proposal.second
        if first < len(self.ids):
            return second
        return min(first, second, key=lambda number: (len(self._text(number)), self._text(number)))

    def _text(self, number: int) -> str:
        if number < len(self.ids):
            return self.ids[number]
        return self.nodes[number - len(self.ids)].mention.name

    def _made_id(self, group: list[int]) -> str:
        """A readable id that depends on the best-spelt name's key alone, so that more mentions seldom change it."""
        best = min(group, key=lambda place: (place in self._slips, len(self.nodes[place].key), self.nodes[place].key))
        key = self.nodes[best].key + "".join(sorted(self.nodes[best].name.classes))
        return f"{_slug(self.nodes[best].text or key)}-{hashlib.sha256(key.encode()).hexdigest()[:_HASH_HEX]}"


def _slug(text: str) -> str:
    words = "-".join(ascii_fold(word) for word in read_name(text).words)
    kept = "".join(letter for letter in words if letter.isascii() and (letter.isalnum() or letter == "-"))
    return kept[:_LONGEST_SLUG].rstrip("-") or "x"
