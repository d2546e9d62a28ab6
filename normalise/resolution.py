"""One entity for each body, from all the names that pages give it; each join with its rule, score and reason."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from normalise.resolution_bodies import Bodies, registered_bodies
from normalise.resolution_clusters import Clusters, Proposal, Refused
from normalise.resolution_decisions import Decisions, human_decisions
from normalise.resolution_judgements import decided_owners, forbidden, told_the_same
from normalise.resolution_names import ascii_fold
from normalise.resolution_nodes import Mention, Node, read_nodes
from normalise.resolution_proposals import RANKS, is_free, propose

__all__ = ["Entity", "Join", "Mention", "Resolution", "resolve"]

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
    """One body. ``names`` holds the mentions' names by how often each occurs; none for an owner named only by its units.

    ``register_id`` is the register's id where the body is known; ``part_of`` the id of the entity it is a unit of.
    """

    id: str
    name: str
    names: Mapping[str, int]
    register_id: str | None = None
    part_of: str | None = None
    joins: tuple[Join, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities by id, the entity's id of each mention, and the joins that were refused."""

    entities: Mapping[str, Entity]
    of_mention: Mapping[Mention, str]
    refused: tuple[Join, ...] = field(default=(), repr=False)

    def entity(self, mention: Mention) -> Entity:
        """The body that a mention means. Raises KeyError for a mention that was not resolved."""
        return self.entities[self.of_mention[mention]]


def resolve(
    mentions: Iterable[Mention], *, bodies: Bodies | None = None, decisions: Decisions | None = None
) -> Resolution:
    """The bodies that mentions mean; the same whatever the mentions' order.

    ``bodies`` are the registered ones (the shipped register where none are given), ``decisions`` the human judgements.
    The cost grows with the number of different mentions, a little more than linearly.
    """
    bodies = bodies or registered_bodies()
    decisions = decisions or human_decisions()
    counted = Counter(mentions)
    nodes, places = read_nodes(counted, bodies)
    nodes = decided_owners(nodes, decisions, bodies)
    ids = _registered_ids(nodes, decisions, bodies)
    clusters = _clusters(nodes, ids, bodies, decisions)
    builder = EntityBuilder(nodes, ids, clusters, bodies)
    entities = builder.entities({places[mention]: 0 for mention in counted}, _counts(counted, places))
    of_mention = {mention: builder.id_of(place) for mention, place in places.items()}
    return Resolution(entities, of_mention, tuple(map(builder.refusal, clusters.refused)))
