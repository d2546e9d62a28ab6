"""Human judgements applied to nodes: who is a unit of whom, who are one body, who are told apart."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import product

from normalise.resolution.bodies import Bodies
from normalise.resolution.clusters import Proposal
from normalise.resolution.decisions import Decision, Decisions, decision_key
from normalise.resolution.nodes import Node
from normalise.resolution.units import NOTHING

Places = Mapping[str, Sequence[int]]


def decided_owners(nodes: Sequence[Node], decisions: Decisions, bodies: Bodies) -> list[Node]:
    """The nodes, those that a person called a unit of a registered body as its units.

    Raises ValueError for an owner that the register does not know.
    """
    units = _units(decisions)
    owners = {key: _owner(decision, bodies) for key, decision in units.items()}
    return [
        replace(node, match=NOTHING, owner=owners[key]) if (key := decision_key(node.text)) in owners else node
        for node in nodes
    ]


def told_the_same(decisions: Decisions, places: Places) -> Iterator[Proposal]:
    """Joins that a person decided."""
    for decision in decisions.same:
        found = sorted({place for name in decision.names for place in _places(name, places)})
        for other in found[1:]:
            yield Proposal(0, found[0], other, "decision", 1.0, decision.reason)


def forbidden(decisions: Decisions, places: Places) -> dict[int, set[int]]:
    """For each node the nodes that a person told apart from it."""
    apart: dict[int, set[int]] = defaultdict(set)
    for decision in decisions.not_same:
        for first, second in product(*(_places(name, places) for name in decision.names)):
            if first != second:
                apart[first].add(second)
                apart[second].add(first)
    return dict(apart)


def second_thoughts(decisions: Decisions, places: Places) -> frozenset[int]:
    """Nodes that stand second in a "not same": where both names seem to mean one body, the first keeps it."""
    return frozenset(place for decision in decisions.not_same for place in _places(decision.names[1], places))


def places_by_key(nodes: Sequence[Node], ids: Sequence[str]) -> Places:
    """The numbers of nodes by the key of their text, and of registered bodies (which come first) by their id."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, node in enumerate(nodes, len(ids)):
        places[decision_key(node.text)].append(number)
    for number, id_ in enumerate(ids):
        places[f"id:{id_}"].append(number)
    return places


def decided_ids(decisions: Decisions, bodies: Bodies) -> Iterable[str]:
    """The register ids that judgements name."""
    every = (*decisions.same, *decisions.not_same, *decisions.part_of)
    return {name for decision in every for name in decision.names if name in bodies.entries}


@cache
def _units(decisions: Decisions) -> Mapping[str, Decision]:
    return {decision_key(unit.names[0]): unit for unit in decisions.part_of}


def _places(name: str, places: Places) -> Sequence[int]:
    return (*places.get(f"id:{name}", ()), *places.get(decision_key(name), ()))


def _owner(decision: Decision, bodies: Bodies) -> str:
    name = decision.names[1]
    if name not in bodies.entries:
        raise ValueError(f"decisions.yml: part_of: {name} is no id of the register")
    return name
