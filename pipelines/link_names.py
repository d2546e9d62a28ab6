"""Finding the names of many projects, calls or awards in running text: one pass, whatever their number."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.link_evidence import folded_title

_WORD = re.compile(r"\w+")
# A name of one word must have so many letters to be looked for at all.
_SHORTEST_WORD = 5
Words = tuple[str, ...]


@dataclass(slots=True)
class NameIndex:
    """Names by their first word (folded, see `folded_title`), longest first."""

    _by_first: dict[str, list[tuple[Words, str]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, names: Iterable[tuple[str, str]]) -> "NameIndex":
        """The index of pairs (folded name, id). A name that two ids share tells neither and is left out."""
        owners: dict[Words, set[str]] = defaultdict(set)
        for name, owner in names:
            words = tuple(name.split())
            if len(words) > 1 or len(name) >= _SHORTEST_WORD:
                owners[words].add(owner)
        index = cls()
        for words, found in owners.items():
            if len(found) == 1:
                index._by_first[words[0]].append((words, min(found)))
        for entries in index._by_first.values():
            entries.sort(key=lambda entry: (-len(entry[0]), entry))
        return index

    def find(self, words: Sequence[str]) -> Iterator[tuple[str, int]]:
        """(id, number of the name's words) for every name in folded words; of names that begin alike the longest."""
        at = 0
        while at < len(words):
            hit = next(
                (e for e in self._by_first.get(words[at], ()) if tuple(words[at : at + len(e[0])]) == e[0]), None
            )
            if hit:
                yield hit[1], len(hit[0])
            at += len(hit[0]) if hit else 1


def folded_words(text: str) -> list[str]:
    """The words of a text as the index has them."""
    return folded_title(text).split()
