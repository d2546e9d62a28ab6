"""The names that the register does not know, by their keys, and the order of the rules that join them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from normalise.resolution.bodies import Bodies
from normalise.resolution.clusters import Proposal
from normalise.resolution.nodes import Node
from normalise.resolution.words import Lexicon, is_head

# A word that no more names than these have is rare.
_RARE = 2

# The order in which rules are applied, the surest first.
RANKS = {
    "register id": 1,
    "oid": 1,
    "business id": 2,
    "registered": 3,
    "same name": 4,
    "kind word left out": 5,
    "inflected": 6,
    "marks left off": 7,
    "same words": 8,
    "names together": 9,
    "same domain": 10,
    "abbreviation": 11,
    "years left out": 11,
    "misspelt": 12,
    "place left out": 13,
    "short form": 14,
}


@dataclass(slots=True)
class Table:
    """The nodes that the register does not know, by their keys."""

    nodes: Sequence[Node]
    bodies: Bodies
    lexicon: Lexicon
    free: list[int] = field(default_factory=list)
    free_set: frozenset[int] = frozenset()
    keys: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Index the free nodes and count their words."""
        self.free = [place for place, node in enumerate(self.nodes) if is_free(node)]
        self.free_set = frozenset(self.free)
        for place in self.free:
            self.keys[self.nodes[place].key].append(place)
        for words in sorted({self.nodes[place].name.words for place in self.free}):
            self.lexicon.add(words)

    def others(self, key: str, place: int) -> list[int]:
        """The nodes with a key but for one; the first of each legal class stands for all."""
        found: dict[frozenset[str], int] = {}
        for other in self.keys.get(key, ()):
            if other != place:
                found.setdefault(self.nodes[other].name.classes, other)
        return list(found.values())

    def is_distinctive(self, words: tuple[str, ...]) -> bool:
        """Whether a name has a word of its own: no head of names, no known place, no word of many names."""
        own = [word for word in words if not self.bodies.is_place_word(word)]
        if any(not is_head(word) and not self.lexicon.knows(word) for word in own):
            return True
        return len(words) > 1 and any(self.lexicon.count(word) <= _RARE for word in own)


def is_free(node: Node) -> bool:
    """Whether a node is no registered body itself: unknown, a unit of one, or several bodies."""
    return node.match.hit is None or bool(node.match.rest)


def proposal(rule: str, first: int, second: int, score: float, reason: str) -> Proposal:
    """A proposal with the rank of its rule."""
    return Proposal(RANKS[rule], min(first, second), max(first, second), rule, score, reason)
