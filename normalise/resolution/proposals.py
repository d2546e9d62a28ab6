"""Which names may be one body, each name compared with those that another spelling of it would be."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from normalise.language.inflection import genitive_adjective, nominatives
from normalise.resolution.aliases import aliases
from normalise.resolution.clusters import Proposal
from normalise.resolution.matching import MISSPELT_SCORE
from normalise.resolution.names import clean, read_name, without_kind_word
from normalise.resolution.table import Table, proposal
from normalise.resolution.words import is_head, is_opened_by_head, similarity


def propose(table: Table) -> Iterator[Proposal]:
    """The proposals of the rules that look from one name for others."""
    nodes = table.nodes
    for group in table.keys.values():
        yield from _same_name(table, group)
    for place in table.free:
        if not nodes[place].match.several:
            for rule in (_kind_word, _opening_head, _town_left_out, _inflected, _together):
                yield from rule(table, place)
    yield from _misspelt(table)


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
    if bare is None or not table.is_distinctive(bare.words):
        return
    for other in table.others(node.within + bare.key, place):
        classes = table.nodes[other].name.classes
        if not classes or classes & bare.classes:
            reason = "the same name with and without the word for its kind"
            yield proposal("kind word left out", place, other, 0.96, reason)


def _opening_head(table: Table, place: int) -> Iterator[Proposal]:
    """ "Nuorisojärjestö Mahdin Nuoret" and "Mahdin Nuoret": a head before a name of two words or more."""
    node = table.nodes[place]
    words = node.name.words
    if is_opened_by_head(words) and table.is_distinctive(words[1:]):
        for other in table.others(node.within + "".join(words[1:]), place):
            yield proposal("kind word left out", place, other, 0.93, f"the same name with and without {words[0]}")


def _town_left_out(table: Table, place: int) -> Iterator[Proposal]:
    """ "Rauman kaupungin taidemuseo" and "Rauman taidemuseo": a unit of a town by the place's name alone."""
    node = table.nodes[place]
    entry = table.bodies.entries.get(node.owner)
    if entry and entry.genitive and node.within:
        for front in (entry.genitive, f"{entry.names[-1]}s"):
            for other in table.others(read_name(front).key + node.name.key, place):
                reason = "a town's unit with and without the word for the town"
                yield proposal("kind word left out", place, other, 0.93, reason)


def _inflected(table: Table, place: int) -> Iterator[Proposal]:
    """A form whose nominative is among the names; the first that is counts."""
    node = table.nodes[place]
    words = node.name.words
    for form in nominatives(words[-1])[:-1]:
        adjective = (genitive_adjective(words[-2]),) if len(words) > 1 else ()
        for front in dict.fromkeys((words[:-1], words[:-2] + adjective)):
            others = table.others(node.within + "".join((*front, form)), place)
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
            proposal("names together", place, other, alias.score, alias.reason) for other in table.others(key, place)
        )


def _misspelt(table: Table) -> Iterator[Proposal]:
    """Names that differ in one word, a slip of the other; of two unknown words, only where no third is as near."""
    near = {place: list(_slips(table, place)) for place in table.free if not table.nodes[place].match.several}
    keys = {place: {table.nodes[slip.place].key for slip in slips if not slip.known} for place, slips in near.items()}
    for place, slips in near.items():
        best = max((slip.score for slip in slips if slip.known), default=0.0)
        for slip in slips:
            alone = len(keys[place]) == 1 and len(keys.get(slip.place, ())) == 1
            if (slip.known and slip.score == best) or (not slip.known and not best and alone):
                yield proposal("misspelt", place, slip.place, round(slip.score, 3), slip.reason)


@dataclass(frozen=True, slots=True)
class _Slip:
    """A name with another spelling of one word; ``known``: that spelling is a known word."""

    place: int
    score: float
    known: bool
    reason: str


def _slips(table: Table, place: int) -> Iterator[_Slip]:
    node, lexicon = table.nodes[place], table.lexicon
    words = node.name.words
    total = sum(map(lexicon.weight, words))
    for at, word in enumerate(words):
        if lexicon.knows(word):
            continue
        for slip in lexicon.slips(word):
            if is_head(word) and not is_head(slip.word):
                # The head of a name is no slip of what is none: "yhdistys", "yhdisys".
                continue
            weight = max(lexicon.weight(slip.word), 1.0)
            score = 1 - weight * (1 - similarity(word, slip.word)) / (total - lexicon.weight(word) + weight)
            if score < MISSPELT_SCORE:
                continue
            reason = f"{word} is a slip of {slip.word}, all else agrees"
            reading = (*words[:at], slip.word, *words[at + 1 :])
            for other in table.others(node.within + "".join(reading), place):
                # Two slips are believed only in a word for itself, not in a part of a glued one.
                if OSA.distance(word, slip.word) < 2 or table.nodes[other].name.words == reading:
                    is_known = lexicon.knows(slip.word) or is_head(slip.word)
                    yield _Slip(other, score, is_known, reason)
