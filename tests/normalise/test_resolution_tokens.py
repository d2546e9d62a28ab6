"""Names that are tied by nothing are resolved apart as they are together."""

import random
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from normalise.resolution.bodies import registered_bodies
from normalise.resolution.decisions import human_decisions
from normalise.resolution.nodes import Node
from normalise.resolution.pages import Habit, pairs_on_page
from normalise.resolution.resolving import Mention, known_node, resolve, resolve_nodes
from normalise.resolution.tokens import is_settled, tokens

PAIRS = Path(__file__).parent.parent / "data" / "organisation_pairs.yml"


def mentions(rng: random.Random) -> list[Mention]:
    """The labelled names, some misspelt, cut short or with more around them, on common pages."""
    found = []
    for number, (one, other) in enumerate(
        pair for group in yaml.safe_load(PAIRS.read_text()) for pair in group["pairs"]
    ):
        for name in (one, other):
            found.append(Mention(name, scope=f"p{number // 3}"))
            at = rng.randrange(1, len(name))
            slip = name[:at] + rng.choice("aeiouäs") + name[at + rng.randint(0, 1) :]
            more = (slip, name[:at] + name[at + 1 :], name.split()[0], f"{name} Oy", f"{name}n", f"{name} 2021–2027")
            found += [Mention(rng.choice(more), scope=f"q{rng.randrange(300)}")] if rng.random() < 0.7 else []
            found += [Mention(name.split()[-1], scope=f"p{number // 3}")] if rng.random() < 0.2 else []
    return found


def pairs_of(nodes: Mapping[Mention, Node]) -> list[tuple[Habit, Node, Node]]:
    pages: dict[str, dict[Mention, Node]] = defaultdict(dict)
    for mention, node in nodes.items():
        pages[mention.scope][node.mention] = node
    found = []
    for page in pages.values():
        members = [page[key] for key in sorted(page)]
        pairs = pairs_on_page(members, registered_bodies())
        found += [(habit, members[short], members[long]) for habit, short, long in pairs]
    return found


def groups(nodes: Mapping[Mention, Node], pairs: list[tuple[Habit, Node, Node]]) -> list[list[Node]]:
    """The nodes that are tied to each other."""
    parent = {node.mention: node.mention for node in nodes.values()}

    def find(key: Mention) -> Mention:
        while parent[key] != key:
            key = parent[key]
        return key

    first: dict[int, Mention] = {}
    for node in nodes.values():
        for token in tokens(node, registered_bodies(), human_decisions()):
            parent[find(node.mention)] = find(first.setdefault(token, node.mention))
    for _, short, long in pairs:
        parent[find(short.mention)] = find(long.mention)
    found: dict[Mention, dict[Mention, Node]] = defaultdict(dict)
    for node in nodes.values():
        found[find(node.mention)][node.mention] = node
    return [list(group.values()) for group in found.values()]


@pytest.mark.parametrize("seed", range(2))
def test_groups_apart_give_what_all_together_give(seed: int) -> None:
    said = mentions(random.Random(seed))  # noqa: S311 - a test
    together = resolve(said)
    nodes = {mention: known_node(mention, registered_bodies(), human_decisions()) for mention in said}
    counts = Counter(nodes[mention].mention for mention in said)
    pairs = pairs_of(nodes)
    apart = {}
    found = groups(nodes, pairs)
    for group in found:
        mine = {node.mention for node in group}
        own = [pair for pair in pairs if pair[1].mention in mine]
        resolution = resolve_nodes({n: counts[n.mention] for n in group}, own, registered_bodies(), human_decisions())
        apart.update({key: resolution.entities[resolution.of_mention[key]] for key in mine})
    assert len(found) > 1000
    for mention in said:
        one, other = apart[nodes[mention].mention], together.entity(mention)
        assert one.id == other.id, mention.name
        if not other.register_id:
            assert (one.name, dict(one.names), one.part_of) == (other.name, dict(other.names), other.part_of)


def test_a_registered_name_hangs_on_no_other() -> None:
    node = known_node(Mention("Opetushallitus"), registered_bodies(), human_decisions())
    assert is_settled(node, human_decisions())
    assert tokens(node, registered_bodies(), human_decisions()) == frozenset()
