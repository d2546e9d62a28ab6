"""Cue words: expressions grouped by what they tell about a date or a sum, found in one pass over a stretch of text."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"\w+")
# Expressions that can match within one word: no white space and no sign outside of a class.
_ONE_WORD = re.compile(r"(?:\\w(?:[*+?]|\{\d,?\d*\})|\(\?[:!=]|[\w|()?*+$]|\[[^\]]*\]|\{\d,?\d*\})+")
# An expression that begins with a letter that has to be there.
_PLAIN_START = re.compile(r"[a-zåäö](?![?*{])")
# Distinct words remembered; a crawl's pages share most of theirs.
_WORDS_KEPT = 20_000
# Letters by which a word is known to begin no phrase.
_PREFIX = 2


class Cue(NamedTuple):
    """A cue word: its kind, and where it stands (characters)."""

    kind: str
    start: int
    end: int


class _Group:
    """The expressions of one vocabulary, parted into single words and phrases."""

    def __init__(self, kinds: Mapping[str, Iterable[str]]) -> None:
        words: dict[str, list[str]] = {}
        phrases: dict[str, list[str]] = {}
        for kind, entries in kinds.items():
            for part in (part for entry in entries for part in alternatives_of(entry)):
                (words if _ONE_WORD.fullmatch(part) else phrases).setdefault(kind, []).append(part)
        self._words = _compiled(words)
        self._phrases = _by_prefix(phrases)

    def phrase(self, prefix: str, lowered: str, position: int, end: int) -> Cue | None:
        """The longest phrase that begins at a position, with these letters."""
        best: Cue | None = None
        for kind, pattern in self._phrases.get(prefix, ()):
            match = pattern.match(lowered, position, end)
            if match and (best is None or match.end() > best.end):
                best = Cue(kind, position, match.end())
        return best

    def begins_phrase(self, prefix: str) -> bool:
        """Whether any phrase begins with these letters."""
        return prefix in self._phrases

    def kind_of(self, word: str) -> str:
        """The first kind that knows a word; "" for none."""
        return next((kind for kind, pattern in self._words if pattern.match(word)), "")


class CueFinder:
    """Finds the cue words of one or more vocabularies in one pass; phrases win over the words in them."""

    def __init__(self, *groups: Mapping[str, Iterable[str]]) -> None:
        """Take the vocabularies: expressions by kind over lower-cased text, each matched at the start of a word."""
        self._groups = tuple(_Group(kinds) for kinds in groups)
        self._look_up = lru_cache(maxsize=_WORDS_KEPT)(self._tell)

    def _tell(self, word: str) -> tuple[tuple[str, bool], ...] | None:
        """For each vocabulary, the word's kind and whether it may begin a phrase; None where it tells nothing."""
        told = tuple((group.kind_of(word), group.begins_phrase(word[:_PREFIX])) for group in self._groups)
        return told if any(kind or begins for kind, begins in told) else None

    def find(self, lowered: str, start: int, end: int) -> tuple[tuple[Cue, ...], ...]:
        """The cues in ``lowered[start:end]`` for each vocabulary, in reading order, never overlapping."""
        found: list[list[Cue]] = [[] for _ in self._groups]
        for word in _WORD.finditer(lowered, start, end):
            told = self._look_up(word[0])
            if told is None:
                continue
            for group, cues, (kind, begins) in zip(self._groups, found, told, strict=True):
                if cues and word.start() < cues[-1].end:
                    continue
                cue = group.phrase(word[0][:_PREFIX], lowered, word.start(), end) if begins else None
                if cue or kind:
                    cues.append(cue or Cue(kind, word.start(), word.end()))
        return tuple(tuple(cues) for cues in found)


def _compiled(kinds: dict[str, list[str]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(f"(?:{'|'.join(parts)})(?!\\w)")) for kind, parts in kinds.items())


def _by_prefix(kinds: dict[str, list[str]]) -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    table: dict[str, dict[str, list[str]]] = {}
    for kind, phrases in kinds.items():
        for phrase in phrases:
            for prefix in _prefixes(phrase):
                table.setdefault(prefix, {}).setdefault(kind, []).append(phrase)
    return {prefix: _compiled(phrases) for prefix, phrases in table.items()}


def _prefixes(phrase: str) -> Iterator[str]:
    """The letters that a phrase can begin with. Raises ValueError where they are not plain."""
    inner = re.match(r"\(\?:([^()]*)\)", phrase)
    for part in inner[1].split("|") if inner else [phrase]:
        letters = re.match(r"[a-zåäö\d]{2}(?![?*])|[a-zåäö\d](?=[\\ -])", part)
        if letters is None:
            msg = f"a phrase must begin with letters: {phrase}"
            raise ValueError(msg)
        yield letters[0]


def alternatives_of(entry: str) -> Iterator[str]:
    """The alternatives of an expression, parted at the bars outside of its brackets."""
    depth = start = 0
    for position, sign in enumerate(entry):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            yield entry[start:position]
            start = position + 1
    yield entry[start:]


def word_starts(expressions: Iterable[str], after: str = r"\w") -> str:
    """One expression for any of some that begin a word: nothing that ``after`` matches stands before it.

    Alternatives are grouped by the letter that they begin with, which lets the search skip to one of these letters: it
    is many times faster than looking behind at every place. Of those that match, the first in order does.
    """
    groups: dict[str, list[str]] = {}
    for part in (part for expression in expressions for part in alternatives_of(expression)):
        plain = _PLAIN_START.match(part)
        groups.setdefault(part[0] if plain else "", []).append(part[1:] if plain else part)
    others = groups.pop("", [])
    branches = [f"{letter}(?<!{after}{letter})(?:{'|'.join(rests)})" for letter, rests in groups.items()]
    return "|".join([*branches, *([f"(?<!{after})(?:{'|'.join(others)})"] if others else [])])


def lower_case(text: str) -> str:
    """The text in lower case, of the same length (a few capitals of other alphabets have longer lower cases)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def ending_before(cues: tuple[Cue, ...], position: int) -> tuple[Cue, ...]:
    """The cues that end at or before a position, nearest last."""
    return tuple(cue for cue in cues[: bisect_left(cues, position, key=lambda c: c.start)] if cue.end <= position)
