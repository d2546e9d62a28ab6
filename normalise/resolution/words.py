"""How much a word of a name tells, which words are slips of each other, and which are forms of one word."""

import math
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz.distance import OSA

from normalise.language.inflection import nominatives
from normalise.persons.name_forms import possible_nominatives, surnames
from normalise.resolution.names import ascii_fold
from normalise.words import vocabulary

# Shorter words have too many neighbours: "Salo", "Sala"; "luko" is a slip of "lukio", "koli" of nothing.
_SHORTEST_SLIP = 4
# An unknown word this long with one letter replaced is a slip of an official name's word: "Helsinky".
_SHORTEST_REPLACED = 8
_SOUND_ALIKE = tuple(map(set, ("iy", "vw", "kc", "sz", "pb", "td", "kg", "åo")))
# Words this long are told apart well enough for two slips: "elinkeinomininisteriö".
LONG = 12
# The first letters that two spellings of a long word share: blocks for the search with two slips.
PREFIX = 3
_VOWEL_MARKS = str.maketrans("åäö", "aao")


@dataclass(frozen=True, slots=True)
class Slip:
    """A word that another may be a slip of; ``similarity`` is 1 minus the share of letters that differ."""

    word: str
    similarity: float


@dataclass(slots=True)
class Lexicon:
    """The words of a set of names with the number of names that have each.

    ``base``: the words of the official names. Where it is given, it alone tells how common a word is: what two names
    are to each other never depends on how many others there are. ``registered``: the names are official themselves, so
    that a word unknown to them one letter off is a slip of theirs.
    """

    base: "Lexicon | None" = None
    registered: bool = False
    names: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    _deletes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _long: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, words: Iterable[str]) -> None:
        """Count the words of one name."""
        self.names += 1
        for word in sorted(set(words)):
            self.counts[word] += 1
            if self.counts[word] == 1:
                self._index(word)

    def __contains__(self, word: object) -> bool:
        """Whether a name has the word."""
        return word in self.counts or (self.base is not None and word in self.base)

    def count(self, word: str) -> int:
        """The number of official names that have a word."""
        return self.base.count(word) if self.base else self.counts[word]

    def size(self) -> int:
        """The number of official names."""
        return self.base.size() if self.base else self.names

    def weight(self, word: str) -> float:
        """Inverse document frequency, smoothed: about 1 for a word of every name, more for a rare one."""
        return math.log((self.size() + 1) / (self.count(word) + 1)) + 1

    def knows(self, word: str) -> bool:
        """Whether a word, or the nominative that it is a form of, is no slip: of an official name, or a surname."""
        if self.base is not None:
            return self.base.knows(word)
        return any(form in self.counts for form in nominatives(word)) or _is_surname(word)

    def slips(self, word: str) -> list[Slip]:
        """The words of the names that a word may be a slip of, the likeliest first."""
        if len(word) < _SHORTEST_SLIP or not word.isalpha():
            return []
        near = self._near(word) - {word}
        found = [
            Slip(other, similarity(word, other)) for other in near if is_slip(word, other) or self._is_off(word, other)
        ]
        if len(word) >= LONG and (self.base is not None or not found):
            found += [Slip(other, similarity(word, other)) for other in self._two_off(word) - near]
        return sorted(found, key=lambda slip: (-slip.similarity, -self.count(slip.word), slip.word))

    def _near(self, word: str) -> set[str]:
        """The words that one letter dropped, added, swapped or replaced makes of a word."""
        found = {other for key in _deleted(word) for other in self._deletes.get(key, ())}
        found = {other for other in found if OSA.distance(word, other, score_cutoff=1) <= 1 or _marks_only(word, other)}
        return found | self.base._near(word) if self.base else found

    def _two_off(self, word: str) -> set[str]:
        """The long heads of names that two letters off make a word of."""
        block = self._long.get(word[:PREFIX], ())
        found = {other for other in block if OSA.distance(word, other, score_cutoff=2) <= 2}
        return found | self.base._two_off(word) if self.base else found

    def _is_off(self, word: str, other: str) -> bool:
        """Whether a word is an official name's word with one letter replaced by one that sounds like it."""
        if not self.registered or len(word) < _SHORTEST_REPLACED or len(word) != len(other):
            return False
        return all({one, two} in _SOUND_ALIKE for one, two in zip(word, other, strict=True) if one != two)

    def _index(self, word: str) -> None:
        if len(word) >= _SHORTEST_SLIP and word.isalpha():
            for key in _deleted(word):
                self._deletes[key].append(word)
            if len(word) >= LONG and is_head(word):
                self._long[word[:PREFIX]].append(word)


def is_slip(word: str, other: str) -> bool:
    """Whether two words differ as typing does: a letter dropped, doubled or added, two swapped, marks left off.

    Another letter in a letter's place makes another name ("Lehtosen", "Lehtisen") unless the word is a head of names.
    """
    distance = OSA.distance(word, other, score_cutoff=1)
    if distance == 1 and word[0] != other[0] and not _marks_only(word, other):
        # Nobody misspells the first letter: "Ahtola", "Lahtola".
        return False
    if distance != 1:
        return ascii_fold(word) == ascii_fold(other)
    if len(word) != len(other):
        return True
    return sorted(word) == sorted(other) or _marks_only(word, other) or is_head(word) or is_head(other)


def similarity(word: str, other: str) -> float:
    """1 for equal words, less by each slip's share of the longer word; marks left off count half a slip."""
    if ascii_fold(word) == ascii_fold(other):
        return 1 - 0.5 / max(len(word), len(other)) if word != other else 1.0
    return OSA.normalized_similarity(word, other)


def is_head(word: str) -> bool:
    """Whether a word is, or ends as, the head of organisations' names: "koulutuskuntayhtymä"."""
    return word in _heads() or word.endswith(_long_heads())


def is_opened_by_head(words: Sequence[str]) -> bool:
    """Whether a head stands before a name of two words or more: "Nuorisojärjestö Mahdin Nuoret"."""
    return len(words) > 2 and is_head(words[0])


def stem(word: str, known: Container[str]) -> str:
    """The nominative that a word in the genitive comes from, where that is a known word; else the word itself."""
    if word[-1] in "ns" and len(word) > 3:
        for form in nominatives(word):
            if form != word and form in known:
                return form
    return word


def bag(words: Iterable[str], known: Container[str]) -> tuple[str, ...]:
    """The words in alphabetical order in the nominative; of unknown ones only the Swedish genitive is undone.

    "Dahlin" may be Dahl's, or a name of its own.
    """
    return tuple(sorted(_bare(word, known) for word in words))


def _bare(word: str, known: Container[str]) -> str:
    nominative = stem(word, known)
    return word[:-1] if nominative == word and word[-1] == "s" and len(word) > 1 else nominative


def _is_surname(word: str) -> bool:
    return word in surnames() or any(form.casefold() in surnames() for form in possible_nominatives(word))


def _marks_only(word: str, other: str) -> bool:
    return word.translate(_VOWEL_MARKS) == other.translate(_VOWEL_MARKS)


def _deleted(word: str) -> Iterator[str]:
    """A word and what is left of it with one letter out: words one slip apart share one of these."""
    yield word
    yield from {word[:at] + word[at + 1 :] for at in range(len(word))}


@cache
def _heads() -> frozenset[str]:
    return frozenset(head for heads in vocabulary("organisation_words")["heads_last"].values() for head in heads)


@cache
def _long_heads() -> tuple[str, ...]:
    return tuple(sorted(head for head in _heads() if len(head) >= 6))
