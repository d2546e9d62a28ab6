"""One entity for each body, from all the names that pages give it; each join with its rule, score and reason.

    resolution = resolve([Mention("Turun kaupungin"), Mention("Åbo stad")])
    resolution.entity(Mention("Åbo stad")).id  # "turun-kaupunki"

The rules, their order and their measured precision and recall stand in docs/entities.md.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from normalise.resolution.bodies import Bodies, registered_bodies
from normalise.resolution.buckets import propose_alike
from normalise.resolution.clusters import Clusters, Proposal
from normalise.resolution.decisions import Decisions, human_decisions
from normalise.resolution.entities import Entity, EntityBuilder, Join
from normalise.resolution.judgements import (
    decided_ids,
    decided_owners,
    forbidden,
    places_by_key,
    second_thoughts,
    told_the_same,
)
from normalise.resolution.names import kind_classes
from normalise.resolution.nodes import Mention, Node, read_node, read_nodes
from normalise.resolution.pages import Habit, Pair, pairs_on_page, propose_together
from normalise.resolution.proposals import propose
from normalise.resolution.table import RANKS, Table, is_free
from normalise.resolution.words import Lexicon

__all__ = ["Entity", "Join", "Mention", "Resolution", "resolve"]

# After all other joins: a name that a person told apart from another of the same body.
_LAST_RANK = 99


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
    counted = Counter(iter(mentions))
    nodes, places = read_nodes(counted, bodies)
    nodes = decided_owners(nodes, decisions, bodies)
    scopes: dict[str, set[int]] = defaultdict(set)
    for mention, place in places.items():
        if mention.scope:
            scopes[mention.scope].add(place)
    pairs = [pair for members in scopes.values() for pair in _pairs(nodes, sorted(members), bodies)]
    counts: Counter[int] = Counter()
    for mention, number in counted.items():
        counts[places[mention]] += number
    entities, of_node, refused = _resolve(nodes, pairs, counts, bodies, decisions)
    return Resolution(entities, {mention: of_node[places[mention]] for mention in sorted(counted)}, refused)


def resolve_nodes(
    counts: Mapping[Node, int], pairs: Iterable[tuple[Habit, Node, Node]], bodies: Bodies, decisions: Decisions
) -> Resolution:
    """As `resolve`, for names whose nodes are known (`known_node`) and that no others are tied to.

    ``counts`` holds the mentions of each node, ``pairs`` what `pairs_on_page` found on pages; see
    `normalise.resolution.tokens`.
    """
    nodes = sorted(counts, key=lambda node: node.mention)
    places = {node.mention: place for place, node in enumerate(nodes)}
    placed = [Pair(habit, places[short.mention], places[long.mention]) for habit, short, long in pairs]
    by_place = {places[node.mention]: number for node, number in counts.items()}
    entities, of_node, refused = _resolve(nodes, placed, by_place, bodies, decisions)
    return Resolution(entities, {node.mention: of_node[places[node.mention]] for node in nodes}, refused)


def known_node(mention: Mention, bodies: Bodies, decisions: Decisions) -> Node:
    """What a mention means by itself, with what a person said of its name."""
    return decided_owners([read_node(mention, bodies)], decisions, bodies)[0]


def _resolve(
    nodes: Sequence[Node], pairs: Sequence[Pair], counts: Mapping[int, int], bodies: Bodies, decisions: Decisions
) -> tuple[Mapping[str, Entity], Sequence[str], tuple[Join, ...]]:
    ids = sorted({*_ids_of(nodes), *decided_ids(decisions, bodies)})
    clusters = _settled(nodes, ids, bodies, decisions, pairs)
    builder = EntityBuilder(nodes, ids, clusters, bodies)
    of_node = [builder.id_of(place) for place in range(len(nodes))]
    return builder.entities(counts), of_node, tuple(map(builder.refusal, clusters.refused))


def _pairs(nodes: Sequence[Node], members: Sequence[int], bodies: Bodies) -> Iterator[Pair]:
    for habit, short, long in pairs_on_page([nodes[place] for place in members], bodies):
        yield Pair(habit, members[short], members[long])


def _ids_of(nodes: Sequence[Node]) -> Iterator[str]:
    return (node.match.hit.id for node in nodes if node.match.hit)


def _settled(
    nodes: Sequence[Node], ids: Sequence[str], bodies: Bodies, decisions: Decisions, pairs: Iterable[Pair]
) -> Clusters:
    """The sets of numbers that are one body: registered bodies first (0..len(ids)-1), then the nodes."""
    places = places_by_key(nodes, ids)
    clusters = Clusters(
        entries=dict(enumerate(ids)),
        classes={number: kind_classes(node.name) for number, node in enumerate(nodes, len(ids))},
        apart=forbidden(decisions, places),
        parent=list(range(len(ids) + len(nodes))),
    )
    clusters.settle(told_the_same(decisions, places), decided=True)
    table = Table(nodes, bodies, Lexicon(bodies.lexicon))
    among_nodes = (*propose(table), *propose_alike(table), *propose_together(table, pairs))
    shifted = (_shifted(proposal, len(ids)) for proposal in among_nodes)
    clusters.settle([*_registered(nodes, ids, second_thoughts(decisions, places)), *shifted])
    return clusters


def _registered(nodes: Sequence[Node], ids: Sequence[str], later: frozenset[int]) -> Iterator[Proposal]:
    """The joins of names with the registered bodies that they mean."""
    numbers = {id_: number for number, id_ in enumerate(ids)}
    for number, node in enumerate(nodes, len(ids)):
        if node.match.hit and not is_free(node):
            hit = node.match.hit
            rank = _LAST_RANK if number in later else RANKS.get(hit.rule, RANKS["registered"])
            yield Proposal(rank, numbers[hit.id], number, hit.rule, hit.score, hit.reason)


def _shifted(proposal: Proposal, by: int) -> Proposal:
    first, second = proposal.first + by, proposal.second + by
    return Proposal(proposal.rank, first, second, proposal.rule, proposal.score, proposal.reason)
