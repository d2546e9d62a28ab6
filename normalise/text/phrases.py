"""Many phrases found in one pass over a text's words: the cues of the vocabulary."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from normalise.words import WORDS_KEPT

_WORD = re.compile(r"\w+|€")
# Between the words of a phrase: white space, a hyphen or an apostrophe, never a sentence's or a clause's end.
_JOINT = re.compile(r"\s*[-’']?\s*")


class Word(NamedTuple):
    """A word, folded to lower case, at ``start``..``end`` (characters)."""

    start: int
    end: int
    folded: str


class _Ending(NamedTuple):
    """A phrase that ends here; ``joined`` asks for a hyphen before its first word."""

    key: str
    joined: bool


@dataclass(slots=True)
class _Node:
    """A step in the tree of phrases, word by word: what may follow, as whole words and as stems, and what ends here."""

    steps: dict[str, "_Node"] = field(default_factory=dict)
    stems: list[tuple[str, _Ending]] = field(default_factory=list)
    endings: list[_Ending] = field(default_factory=list)


def written_out(template: str, parts: Mapping[str, Sequence[str | None]]) -> Iterator[str]:
    """The phrases that a template stands for: ``"{who} is"`` with each phrase of ``who``; None leaves it out."""
    before, brace, rest = template.partition("{")
    if not brace:
        yield template
        return
    name, _, after = rest.partition("}")
    for part in parts[name]:
        phrase = f"{before}{part}{after}" if part else f"{before.rstrip()} {after.lstrip()}".strip()
        yield from written_out(phrase, parts)


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order; hyphenated ones are several."""
    return tuple([Word(*match.span(), match[0].casefold()) for match in _WORD.finditer(text)])


class Matches:
    """Where the phrases of each key stand: spans in reading order."""

    def __init__(self, spans: Mapping[str, Sequence[tuple[int, int]]]) -> None:
        """Take spans that are sorted by their start."""
        self._spans = spans
        self._starts = {key: [start for start, _ in found] for key, found in spans.items()}

    def of(self, key: str, start: int = 0, end: int | None = None) -> Sequence[tuple[int, int]]:
        """The spans of a key that start at ``start`` or later and end by ``end``."""
        found = self._spans.get(key)
        if not found:
            return ()
        first = bisect_left(self._starts[key], start)
        if end is None:
            return found[first:]
        last = bisect_right(self._starts[key], end)
        return [span for span in found[first:last] if span[1] <= end]

    @property
    def keys(self) -> Iterable[str]:
        """The keys that have a match."""
        return self._spans.keys()

    def has(self, key: str, start: int = 0, end: int | None = None) -> bool:
        """Whether a phrase of the key stands wholly within ``start``..``end``."""
        return bool(self.of(key, start, end))


class PhraseFinder:
    """Phrases by key. ``*`` ending a phrase makes its last word a stem; a hyphen in front asks for one in the text."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        """Build the tree; phrases fold to lower case and match whole words."""
        self._root = _Node()
        for key, group in phrases.items():
            for phrase in group:
                self._add(key, str(phrase))
        self._starting = lru_cache(WORDS_KEPT)(self._look_up)

    def _add(self, key: str, phrase: str) -> None:
        *front, last = (m[0].casefold() for m in _WORD.finditer(phrase))
        ending = _Ending(key, phrase.startswith("-"))
        node = self._root
        for word in front:
            node = node.steps.setdefault(word, _Node())
        if phrase.endswith("*"):
            node.stems.append((last, ending))
        else:
            node.steps.setdefault(last, _Node()).endings.append(ending)

    def find(self, text: str, words: Sequence[Word]) -> Matches:
        """All matches in a text, given its words (`words_of`); of a key's phrases that start together the longest."""
        spans: dict[str, list[tuple[int, int]]] = {}
        for index, word in enumerate(words):
            node, stems = self._starting(word.folded)
            if node is None and not stems:  # most words
                continue
            for end, ending in (*((word.end, stem) for stem in stems), *_endings(text, words, index, node)):
                if not ending.joined or text[word.start - 1 : word.start] == "-":
                    _add_longest(spans.setdefault(ending.key, []), word.start, end)
        return Matches(spans)

    def _look_up(self, word: str) -> tuple[_Node | None, tuple[_Ending, ...]]:
        """The node that a word leads to, and the phrases of one stem that it starts with."""
        return self._root.steps.get(word), tuple(end for stem, end in self._root.stems if word.startswith(stem))


def _endings(text: str, words: Sequence[Word], index: int, node: _Node | None) -> Iterator[tuple[int, _Ending]]:
    """The phrases that start with a word, by whose ``node`` they go on, each with its end in the text."""
    while node:
        yield from ((words[index].end, ending) for ending in node.endings)
        if index + 1 == len(words) or not _JOINT.fullmatch(text, words[index].end, words[index + 1].start):
            return
        index += 1
        following = words[index]
        yield from ((following.end, ending) for stem, ending in node.stems if following.folded.startswith(stem))
        node = node.steps.get(following.folded)


def _add_longest(found: list[tuple[int, int]], start: int, end: int) -> None:
    if found and found[-1][0] == start:
        end = max(end, found.pop()[1])
    found.append((start, end))
