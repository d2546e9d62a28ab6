"""Cue words: expressions grouped by what they tell about a date or a sum, found in one pass over a stretch of text."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"\w+")
# Expressions that can match within one word: no white space and no sign outside of a class.
_ONE_WORD = re.compile(r"(?:\\w[*+?]|\(\?[:!=]|[\w|()?*+$]|\[[^\]]*\]|\{\d,?\d*\})+")
# Distinct words remembered; a crawl's pages share most of theirs.
_WORDS_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue word: its kind, and where it stands (characters)."""

    kind: str
    start: int
    end: int


class CueFinder:
    """Finds the cue words of one vocabulary; of two that begin at one word the longer wins, then the first kind."""

    def __init__(self, kinds: Mapping[str, Iterable[str]]) -> None:
        """Take the expressions of every kind, over lower-cased text; each is matched at the start of a word."""
        words: dict[str, list[str]] = {}
        phrases: dict[str, list[str]] = {}
        for kind, entries in kinds.items():
            for part in (part for entry in entries for part in alternatives_of(entry)):
                (words if _ONE_WORD.fullmatch(part) else phrases).setdefault(kind, []).append(part)
        self._words = _compiled(words)
        self._phrases = _compiled(phrases)
        # One look for all phrases: most words begin none.
        self._begins_phrase = re.compile("|".join(part for parts in phrases.values() for part in parts) or r"(?!)")
        self._kind_of_word = lru_cache(maxsize=_WORDS_KEPT)(self._look_up)

    def find(self, lowered: str, start: int, end: int) -> tuple[Cue, ...]:
        """The cues in ``lowered[start:end]``, in reading order, never overlapping."""
        found: list[Cue] = []
        for word in _WORD.finditer(lowered, start, end):
            if found and word.start() < found[-1].end:
                continue
            phrase = self._begins_phrase.match(lowered, word.start(), end)
            cue = (self._phrase(lowered, word.start(), end) if phrase else None) or self._word(word)
            if cue:
                found.append(cue)
        return tuple(found)

    def _phrase(self, lowered: str, position: int, end: int) -> Cue | None:
        best: Cue | None = None
        for kind, pattern in self._phrases:
            match = pattern.match(lowered, position, end)
            if match and (best is None or match.end() > best.end):
                best = Cue(kind, position, match.end())
        return best

    def _word(self, word: re.Match[str]) -> Cue | None:
        kind = self._kind_of_word(word[0])
        return Cue(kind, word.start(), word.end()) if kind else None

    def _look_up(self, word: str) -> str | None:
        return next((kind for kind, pattern in self._words if pattern.match(word)), None)


def _compiled(kinds: dict[str, list[str]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(f"(?:{'|'.join(parts)})(?!\\w)")) for kind, parts in kinds.items())


def alternatives_of(entry: str) -> Iterator[str]:
    """The alternatives of an expression, parted at the bars outside of its brackets."""
    depth = start = 0
    for position, sign in enumerate(entry):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            yield entry[start:position]
            start = position + 1
    yield entry[start:]


def lower_case(text: str) -> str:
    """The text in lower case, of the same length (a few capitals of other alphabets have longer lower cases)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def ending_before(cues: tuple[Cue, ...], position: int) -> tuple[Cue, ...]:
    """The cues that end at or before a position, nearest last."""
    return tuple(cue for cue in cues[: bisect_left(cues, position, key=lambda c: c.start)] if cue.end <= position)
