"""Joins that only the company of names allows: short forms beside the written-out name, on one page or in all names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from normalise.resolution.aliases import abbreviations
from normalise.resolution.bodies import Bodies
from normalise.resolution.clusters import Proposal
from normalise.resolution.names import is_organ, read_name, without_years
from normalise.resolution.nodes import Node
from normalise.resolution.table import Table, is_free, proposal
from normalise.resolution.words import is_head

Habit: TypeAlias = Literal["unit", "short form"]
_REASONS = {
    "unit": (0.92, "the one unit of this name on the page"),
    "short form": (0.9, "a short form beside the written-out name on a page"),
}


class Pair(NamedTuple):
    """The places of a short name and of a written-out one that one page has side by side, and by which habit."""

    habit: Habit
    short: int
    long: int


def pairs_on_page(nodes: Sequence[Node], bodies: Bodies) -> list[Pair]:
    """The short forms among the names of one page. Depends on no other page."""
    return [*_units(nodes), *_shortened(nodes, bodies)]


def propose_together(table: Table, pairs: Iterable[Pair]) -> Iterator[Proposal]:
    """Short forms that stand for one written-out name and no other."""
    yield from _only_one(table, "abbreviation", _abbreviations(table), 0.92, "the abbreviation that the name carries")
    yield from _only_one(table, "years left out", _years(table), 0.93, "the same name with and without its years")
    found = list(pairs)
    for habit, (score, reason) in _REASONS.items():
        of_habit = ((pair.short, pair.long) for pair in found if pair.habit == habit)
        yield from _only_one(table, "short form", of_habit, score, reason)


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


def _units(nodes: Sequence[Node]) -> Iterator[Pair]:
    """ "Sivistyslautakunta" beside "Heinäveden kunnan sivistyslautakunta": the one unit of that name on the page."""
    units: dict[str, list[int]] = defaultdict(list)
    for place, node in enumerate(nodes):
        if node.match.rest:
            units[node.name.key].append(place)
    for place, node in enumerate(nodes):
        found = units.get(node.name.key, [])
        if is_free(node) and not node.owner and len({nodes[unit].key for unit in found}) == 1:
            yield Pair("unit", place, found[0])


def _shortened(nodes: Sequence[Node], bodies: Bodies) -> Iterator[Pair]:
    """Names of a page whose words all stand in one longer name of the page: "Inex" and "Inex Partners Oy"."""
    having: dict[str, set[int]] = defaultdict(set)
    for place, node in enumerate(nodes):
        for word in node.name.words:
            having[word].add(place)
    for place, node in enumerate(nodes):
        if is_free(node) and not node.owner and _may_be_short(node, bodies):
            # From the rarest word on, so that a common one ("lukio") costs nothing.
            rarest, *others = sorted((having[word] for word in node.name.words), key=len)
            longer = rarest.intersection(*others) - {place}
            longer = {other for other in longer if nodes[other].key != node.key}
            # A registered body's name has its short forms in the register.
            if all(is_free(nodes[other]) and not nodes[other].owner for other in longer):
                yield from (Pair("short form", place, other) for other in sorted(longer))


def _may_be_short(node: Node, bodies: Bodies) -> bool:
    """Whether a name has a word of its own: neither a head of names, a place, nor an organ's name."""
    return not is_organ(node.name.words) and any(
        not is_head(word) and not bodies.is_place_word(word) and not bodies.lexicon.knows(word)
        for word in node.name.words
    )
