"""Which nodes may be one body: each rule proposes joins; `Clusters` accepts them in the order of their ranks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from normalise.inflection import genitive_adjective, nominatives
from normalise.resolution_aliases import aliases, place_words
from normalise.resolution_clusters import Proposal
from normalise.resolution_matching import MISSPELT_SCORE
from normalise.resolution_names import Name, ascii_fold, clean, initials, read_name, without_kind_word
from normalise.resolution_nodes import Node
from normalise.resolution_words import is_head, similarity, stem

_SHORTEST_FOLDED = 8
_SHORTEST_LABEL = 4


def propose(table: Table) -> Iterator[Proposal]:
    """All proposals that need no more than the names themselves."""
    nodes = table.nodes
    yield from _by_identifiers(table)
    for group in table.keys.values():
        yield from _same_name(table, group)
    for place in table.free:
        if not nodes[place].match.several:
            for rule in (_kind_word, _opening_head, _town_left_out, _inflected, _together, _misspelt):
                yield from rule(table, place)
    yield from _by_buckets(table)


def _same_name(table: Table, group: list[int]) -> Iterator[Proposal]:
    """The same name; a name without a legal form joins one with it only where there is one kind of them."""
    by_class: dict[frozenset[str], list[int]] = defaultdict(list)
    for place in group:
        by_class[table.nodes[place].name.classes].append(place)
    reason = "the same name but for case, punctuation and legal form"
    for places in by_class.values():
        yield from (proposal("same name", places[0], other, 1.0, reason) for other in places[1:])
    bare, formed = by_class.pop(frozenset(), []), sorted(places[0] for places in by_class.values())
    for place in formed[1:]:
        yield proposal("same name", formed[0], place, 0.99, reason)
    shared = frozenset.intersection(*by_class) if by_class else frozenset()
    if bare and shared:
        yield proposal("same name", formed[0], bare[0], 0.98, reason)


def _kind_word(table: Table, place: int) -> Iterator[Proposal]:
    """ "Föreningen Hästen i Väst" and "Hästen i Väst": the rest must not be words that others share."""
    node = table.nodes[place]
    bare = without_kind_word(node.name)
    if bare is None or not _is_distinctive(table, bare.words):
        return
    for other in _others(table, node.within + bare.key, place):
        classes = table.nodes[other].name.classes
        if not classes or classes & bare.classes:
            reason = "the same name with and without the word for its kind"
            yield proposal("kind word left out", place, other, 0.96, reason)


def _opening_head(table: Table, place: int) -> Iterator[Proposal]:
    """ "Nuorisojärjestö Mahdin Nuoret" and "Mahdin Nuoret": a head before a name of two words or more."""
    node = table.nodes[place]
    words = node.name.words
    if len(words) > 2 and is_head(words[0]) and _is_distinctive(table, words[1:]):
        for other in _others(table, node.within + "".join(words[1:]), place):
            yield proposal("kind word left out", place, other, 0.93, f"the same name with and without {words[0]}")


def _town_left_out(table: Table, place: int) -> Iterator[Proposal]:
    """ "Rauman kaupungin taidemuseo" and "Rauman taidemuseo": a unit of a town by the place's name alone."""
    node = table.nodes[place]
    entry = table.bodies.entries.get(node.owner)
    if entry and entry.genitive and node.within:
        for front in (entry.genitive, f"{entry.names[-1]}s"):
            for other in _others(table, read_name(front).key + node.name.key, place):
                reason = "a town's unit with and without the word for the town"
                yield proposal("kind word left out", place, other, 0.93, reason)


def _inflected(table: Table, place: int) -> Iterator[Proposal]:
    """A form whose nominative is among the names; the first that is counts."""
    node = table.nodes[place]
    words = node.name.words
    for form in nominatives(words[-1])[:-1]:
        adjective = (genitive_adjective(words[-2]),) if len(words) > 1 else ()
        for front in dict.fromkeys((words[:-1], words[:-2] + adjective)):
            others = _others(table, node.within + "".join((*front, form)), place)
            if others:
                reason = f"an inflected form of {table.nodes[others[0]].text}"
                yield from (proposal("inflected", place, other, 0.97, reason) for other in others)
                return


def _together(table: Table, place: int) -> Iterator[Proposal]:
    """The other names that a name carries beside it."""
    node = table.nodes[place]
    for alias in aliases(node.text, table.bodies) if not node.owner else ():
        key = read_name(clean(alias.text)).key
        yield from (
            proposal("names together", place, other, alias.score, alias.reason) for other in _others(table, key, place)
        )


def _misspelt(table: Table, place: int) -> Iterator[Proposal]:
    """One word a slip of another, all else equal; two known words are never slips of each other."""
    node = table.nodes[place]
    words = node.name.words
    total = sum(map(table.lexicon.weight, words))
    for at, word in enumerate(words):
        for slip in table.lexicon.slips(word):
            if table.lexicon.knows(word) and table.lexicon.knows(slip.word):
                continue
            weight = max(table.lexicon.weight(slip.word), 1.0)
            score = 1 - weight * (1 - similarity(word, slip.word)) / (total - table.lexicon.weight(word) + weight)
            if score < MISSPELT_SCORE:
                continue
            key = node.within + "".join((*words[:at], slip.word, *words[at + 1 :]))
            reason = f"{word} and {slip.word} are slips of one word, all else agrees"
            yield from (
                proposal("misspelt", place, other, round(score, 3), reason) for other in _others(table, key, place)
            )


def _by_buckets(table: Table) -> Iterator[Proposal]:
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
            words = sorted(stem(word, table.lexicon) for word in node.name.words)
            bags[(node.within, *words)].append(place)
        if node.domain and _owns(node):
            domains[node.domain].append(place)
    yield from _chain("marks left off", marks.values(), 0.97, "the same name but for its marks (å, ä, ö)")
    yield from _chain("same words", bags.values(), 0.95, "the same words in another order or case")
    yield from _chain("same domain", domains.values(), 0.92, "the same web or mail domain, named after the body")
    yield from _place_left_out(table)


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
        if places and len(rest) > 1 and not node.match.several and _is_distinctive(table, rest):
            placed[node.within + "".join(rest)].append((tuple(sorted(places)), place))
    for key, found in placed.items():
        if len({places for places, _ in found}) == 1:
            for other in _others(table, key, found[0][1]):
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


def _is_distinctive(table: Table, words: tuple[str, ...]) -> bool:
    """Whether a name has a word that is neither a head of names, a known place nor a word of many names."""
    places = place_words(Name(words), table.bodies)
    return any(not is_head(word) and word not in places and not table.lexicon.knows(word) for word in words) or (
        len(words) > 1 and any(table.lexicon.count(word) <= 2 and word not in places for word in words)
    )


def _others(table: Table, key: str, place: int) -> list[int]:
    """The nodes with a key; the first of each legal class stands for all."""
    found: dict[frozenset[str], int] = {}
    for other in table.keys.get(key, ()):
        if other != place:
            found.setdefault(table.nodes[other].name.classes, other)
    return list(found.values())
