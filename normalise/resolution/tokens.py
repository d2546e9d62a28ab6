"""What a name's meaning depends on: names without a common token are never joined, whatever others there are.

Names that are tied by tokens, or by a page's pairs (`normalise.resolution.pages`), directly or through others, are
resolved together; the result is the same as if all names were. So a new name costs what its own group costs.
"""

import hashlib
from collections.abc import Iterator
from functools import cache

from normalise.language.inflection import genitive_adjective, nominatives
from normalise.resolution.aliases import abbreviations, aliases, place_words
from normalise.resolution.bodies import Bodies
from normalise.resolution.decisions import Decisions, decision_key
from normalise.resolution.names import ascii_fold, clean, read_name, signed_parts, without_kind_word, without_years
from normalise.resolution.nodes import Node
from normalise.resolution.table import is_free
from normalise.resolution.words import LONG, PREFIX, bag, is_opened_by_head

# SQLite's whole numbers have 64 bits and a sign.
_TOKEN_BYTES = 8
# What is left of the shortest word that can be a slip, see `normalise.resolution.words`.
_SHORTEST_SLIP = 3


def is_settled(node: Node, decisions: Decisions) -> bool:
    """Whether a name means a registered body for itself alone, and no judgement speaks of it."""
    return not is_free(node) and decision_key(node.text) not in _judged(decisions)


def tokens(node: Node, bodies: Bodies, decisions: Decisions) -> frozenset[int]:
    """The tokens of a name; none for one that `is_settled`."""
    if is_settled(node, decisions):
        return frozenset()
    # What is left of a name of one word is nothing, and ties nothing.
    words = {f"key {key}" for key in _keys(node, bodies) if key != node.within}
    words |= {f"slip {key}" for key in _slips(node) if len(key) - len(node.within) >= _SHORTEST_SLIP}
    words |= {f"marks {ascii_fold(node.key)}", f"bag {node.within} {' '.join(bag(node.name.words, bodies.lexicon))}"}
    words |= {f"identifier {value}" for value in (node.domain, node.oid, node.business_id) if value}
    if decision_key(node.text) in _judged(decisions):
        words.add("judged")
    return frozenset(map(_number, words))


def _keys(node: Node, bodies: Bodies) -> Iterator[str]:
    """The keys that a name has, and those that the rules look for from it."""
    words, within = node.name.words, node.within
    yield node.key
    if is_opened_by_head(words):
        yield within + "".join(words[1:])
    yield within + read_name(without_years(node.text) or node.text).key
    if bare := without_kind_word(node.name):
        yield within + bare.key
    places = place_words(node.name, bodies)
    yield within + "".join(word for word in words if word not in places)
    for form in nominatives(words[-1])[:-1]:
        yield within + "".join((*words[:-1], form))
        if len(words) > 1:
            yield within + "".join((*words[:-2], genitive_adjective(words[-2]), form))
    entry = bodies.entries.get(node.owner)
    if entry and entry.genitive:
        yield from (read_name(front).key + node.name.key for front in (entry.genitive, f"{entry.names[-1]}s"))
    yield from (read_name(clean(alias.text)).key for alias in aliases(node.text, bodies))
    yield from (read_name(short).key for short, _ in abbreviations(node.text))
    parts = signed_parts(node.text)
    yield from (read_name(clean(part.text)).key for part in parts[:1] if len(parts) > 1)


def _slips(node: Node) -> Iterator[str]:
    """Names one slip apart share one of these: what is left with a letter out, or a long word's beginning alone."""
    key = node.key
    yield key
    yield from (key[:at] + key[at + 1 :] for at in range(len(node.within), len(key)))
    words = node.name.words
    for at, word in enumerate(words):
        if len(word) >= LONG:
            yield " ".join((node.within, *words[:at], f"{word[:PREFIX]}*", *words[at + 1 :]))


@cache
def _judged(decisions: Decisions) -> frozenset[str]:
    every = (*decisions.same, *decisions.not_same, *decisions.part_of)
    return frozenset(decision_key(name) for decision in every for name in decision.names)


def _number(token: str) -> int:
    return int.from_bytes(hashlib.blake2b(token.encode(), digest_size=_TOKEN_BYTES).digest(), "big", signed=True)
