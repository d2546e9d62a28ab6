"""Joins that only the company of names allows: short forms beside the written-out name, on one page or in all names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from normalise.resolution_aliases import abbreviations
from normalise.resolution_clusters import Proposal
from normalise.resolution_names import is_organ, read_name, without_years
from normalise.resolution_nodes import Node
from normalise.resolution_table import Table, proposal
from normalise.resolution_words import is_head

Scopes = Mapping[str, Iterable[int]]


def propose_together(table: Table, scopes: Scopes) -> Iterator[Proposal]:
    """Short forms that stand for one written-out name and no other."""
    yield from _only_one(table, "abbreviation", _abbreviations(table), 0.92, "the abbreviation that the name carries")
    yield from _only_one(table, "years left out", _years(table), 0.93, "the same name with and without its years")
    for places in scopes.values():
        free = sorted(place for place in places if place in table.free_set)
        yield from _units(table, free)
    shortened = (pair for places in scopes.values() for pair in _shortened(table, sorted(places)))
    yield from _only_one(table, "short form", shortened, 0.9, "a short form beside the written-out name on a page")


def _only_one(
    table: Table, rule: str, pairs: Iterable[tuple[int, int]], score: float, reason: str
) -> Iterator[Proposal]:
    """Joins of short with written-out names, where all written-out names of a short one are the same."""
    long_of: dict[int, set[int]] = defaultdict(set)
    for short, long in pairs:
        long_of[short].add(long)
    for short, longs in long_of.items():
        if len({table.nodes[long].key for long in longs}) == 1:
            yield proposal(rule, short, min(longs), score, reason)


def _abbreviations(table: Table) -> Iterator[tuple[int, int]]:
    names: dict[str, dict[str, int]] = defaultdict(dict)
    for place in table.free:
        if not table.nodes[place].match.several:
            for short, long in abbreviations(table.nodes[place].text):
                names[read_name(short).key].setdefault(long, place)
    for short, by_long in names.items():
        if len(by_long) == 1:
            (place,) = by_long.values()
            yield from ((other, place) for other in table.keys.get(short, ()))


def _years(table: Table) -> Iterator[tuple[int, int]]:
    for place in table.free:
        node = table.nodes[place]
        bare = without_years(node.text)
        if bare and bare != node.text:
            yield from ((other, place) for other in table.keys.get(node.within + read_name(bare).key, ()))


def _units(table: Table, places: Sequence[int]) -> Iterator[Proposal]:
    """ "Sivistyslautakunta" beside "Heinäveden kunnan sivistyslautakunta": the one unit of that name on the page."""
    units: dict[str, list[int]] = defaultdict(list)
    for place in places:
        if table.nodes[place].match.rest:
            units[table.nodes[place].name.key].append(place)
    for place in places:
        node = table.nodes[place]
        found = units.get(node.name.key, [])
        if not node.owner and len({table.nodes[unit].key for unit in found}) == 1:
            yield proposal("short form", place, found[0], 0.92, "the one unit of this name on the page")


def _shortened(table: Table, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Names of a page whose words all stand in one longer name of the page: "Inex" and "Inex Partners Oy"."""
    having: dict[str, set[int]] = defaultdict(set)
    for place in places:
        for word in table.nodes[place].name.words:
            having[word].add(place)
    for place in places:
        node = table.nodes[place]
        if place in table.free_set and not node.owner and _may_be_short(table, node):
            # From the rarest word on, so that a common one ("lukio") costs nothing.
            rarest, *others = sorted((having[word] for word in node.name.words), key=len)
            longer = rarest.intersection(*others) - {place}
            longer = {other for other in longer if table.nodes[other].key != node.key}
            # A registered body's name has its short forms in the register.
            if longer and longer <= table.free_set and not any(table.nodes[other].owner for other in longer):
                yield from ((place, other) for other in longer)


def _may_be_short(table: Table, node: Node) -> bool:
    """Whether a name has a word of its own: neither a head of names, a place, nor an organ's name."""
    return not is_organ(node.name.words) and any(
        not is_head(word) and not table.bodies.is_place_word(word) and not table.bodies.lexicon.knows(word)
        for word in node.name.words
    )
