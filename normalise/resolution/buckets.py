"""Which names may be one body because they share a key: marks left off, word order, domain, identifier, place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from normalise.resolution.aliases import place_words
from normalise.resolution.clusters import Proposal
from normalise.resolution.names import ascii_fold, initials
from normalise.resolution.nodes import Node
from normalise.resolution.table import Table, proposal
from normalise.resolution.words import bag

# Shorter keys are not compared without their marks: "säde" (ray) is not "sade" (rain).
_SHORTEST_FOLDED = 8
# A shorter label of a domain says too little: "tem", "ely".
_SHORTEST_LABEL = 4


def propose_alike(table: Table) -> Iterator[Proposal]:
    """Rules whose keys are computed for every free node: marks left off, word order, spelling, domain, place."""
    marks: dict[str, list[int]] = defaultdict(list)
    bags: dict[tuple[str, ...], list[int]] = defaultdict(list)
    domains: dict[str, list[int]] = defaultdict(list)
    for place in table.free:
        node = table.nodes[place]
        if node.match.several:
            continue
        if len(node.name.key) >= _SHORTEST_FOLDED:
            marks[ascii_fold(node.key)].append(place)
        if len(node.name.words) > 1:
            bags[(node.within, *bag(node.name.words, table.bodies.lexicon))].append(place)
        if node.domain and _owns(node):
            domains[node.domain].append(place)
    yield from _by_identifiers(table)
    without_marks = (group for groups in marks.values() for group in _spelt_alike(table, groups))
    yield from _chain("marks left off", without_marks, 0.97, "the same name but for its marks (å, ä, ö)")
    yield from _chain("same words", bags.values(), 0.95, "the same words in another order or case")
    yield from _chain("same domain", domains.values(), 0.92, "the same web or mail domain, named after the body")
    yield from _place_left_out(table)


def _spelt_alike(table: Table, group: list[int]) -> Iterator[list[int]]:
    """Pairs of a group of which not both have known words where they differ: "Backman" and "Bäckman" are two names."""
    first = table.nodes[group[0]].name.words
    for other in group[1:]:
        words = table.nodes[other].name.words
        pairs = [pair for pair in zip(first, words, strict=False) if pair[0] != pair[1]]
        if not any(table.lexicon.knows(one) and table.lexicon.knows(two) for one, two in pairs):
            yield [group[0], other]


def _chain(rule: str, groups: Iterable[list[int]], score: float, reason: str) -> Iterator[Proposal]:
    for group in groups:
        yield from (proposal(rule, group[0], other, score, reason) for other in group[1:])


def _place_left_out(table: Table) -> Iterator[Proposal]:
    """ "Kokkolan pelikerho Noppa ry" and "Pelikerho Noppa ry", where no other place has a body of that name."""
    placed: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
    for place in table.free:
        node = table.nodes[place]
        places = place_words(node.name, table.bodies)
        rest = tuple(word for word in node.name.words if word not in places)
        if places and len(rest) > 1 and not node.match.several and table.is_distinctive(rest):
            placed[node.within + "".join(rest)].append((tuple(sorted(places)), place))
    for key, found in placed.items():
        if len({places for places, _ in found}) == 1:
            for other in table.others(key, found[0][1]):
                yield proposal("place left out", found[0][1], other, 0.9, "the same name with and without its place")


def _by_identifiers(table: Table) -> Iterator[Proposal]:
    """The same OID, or the same business id where both names can be a company's."""
    oids: dict[str, list[int]] = defaultdict(list)
    numbers: dict[str, list[int]] = defaultdict(list)
    for place in table.free:
        node = table.nodes[place]
        if node.oid:
            oids[node.oid].append(place)
        if node.business_id and not node.owner:
            numbers[node.business_id].append(place)
    yield from _chain("oid", oids.values(), 1.0, "the same OID")
    yield from _chain("business id", numbers.values(), 0.98, "the same business id")


def _owns(node: Node) -> bool:
    """Whether a domain is named after the body: its label opens the name, or is its initials."""
    if not node.text:
        return True
    label = node.domain.split(".")[-2].replace("-", "")
    key = ascii_fold(node.name.key)
    return (len(label) >= _SHORTEST_LABEL and label in key) or label == ascii_fold(initials(node.name.words))
