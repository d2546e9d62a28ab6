"""Many phrases found in one pass over a text's words: the cues of the vocabulary."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
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


class _Phrase(NamedTuple):
    """A phrase's words after the first; the last may be a stem; ``joined`` asks for a hyphen before the phrase."""

    key: str
    rest: tuple[str, ...]
    stem: bool
    joined: bool


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
        """Build the index; phrases fold to lower case and match whole words."""
        self._exact: dict[str, list[_Phrase]] = {}
        self._stems: dict[str, list[_Phrase]] = {}
        for key, group in phrases.items():
            for phrase in group:
                self._add(key, str(phrase))
        self._lengths = sorted({len(stem) for stem in self._stems})
        self._starting = lru_cache(WORDS_KEPT)(self._look_up)

    def _add(self, key: str, phrase: str) -> None:
        first, *rest = (m[0].casefold() for m in _WORD.finditer(phrase))
        stem = phrase.endswith("*")
        entry = _Phrase(key, tuple(rest), stem, phrase.startswith("-"))
        (self._stems if stem and not rest else self._exact).setdefault(first, []).append(entry)

    def find(self, text: str, words: Sequence[Word]) -> Matches:
        """All matches in a text, given its words (`words_of`); of a key's phrases that start together the longest."""
        spans: dict[str, list[tuple[int, int]]] = {}
        for index, word in enumerate(words):
            for phrase in self._starting(word.folded):  # none for most words
                end = _end(text, words, index, phrase)
                if end is not None:
                    _add_longest(spans.setdefault(phrase.key, []), word.start, end)
        return Matches(spans)

    def _look_up(self, word: str) -> tuple[_Phrase, ...]:
        """The phrases that may start with a word."""
        beginnings = [word[:length] for length in self._lengths if length <= len(word)]
        found = [phrase for beginning in beginnings for phrase in self._stems.get(beginning, ())]
        return (*self._exact.get(word, ()), *found)


def _add_longest(found: list[tuple[int, int]], start: int, end: int) -> None:
    if found and found[-1][0] == start:
        end = max(end, found.pop()[1])
    found.append((start, end))


def _end(text: str, words: Sequence[Word], index: int, phrase: _Phrase) -> int | None:
    """Where a phrase that starts with a word ends; None where its other words do not follow."""
    if phrase.joined and text[words[index].start - 1 : words[index].start] != "-":
        return None
    last = index + len(phrase.rest)
    if last >= len(words):
        return None
    for position, wanted in enumerate(phrase.rest, index + 1):
        word = words[position].folded
        fits = word.startswith(wanted) if phrase.stem and position == last else word == wanted
        if not fits or not _JOINT.fullmatch(text, words[position - 1].end, words[position].start):
            return None
    return words[last].end
