"""Snippets: the piece of a text in which a question's words stand closest, with the words as written marked."""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.search.match import Match, phrase_pattern
from normalise.language.lemmas import terms, word_list
from normalise.language.lexicon import LANGUAGES
from normalise.language.search_terms import Block

# Characters of a snippet, two lines of a page of results, and of what stands before its first match.
_LENGTH = 200
_BEFORE = 60
# A match early in a long document says as much as one further on, and is found sooner.
_SEARCHED = 60_000
# Inflection leaves the first letters of a word alone (käsi: käden), in short words only the first (työ: töiden).
_FIRM_LETTERS = 2
_SHORT = 3
# The words of a page of results, as it is leafed through.
_CACHED_WORDS = 1 << 12
_ELLIPSIS = "…"
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text; ``marks`` are (start, end) of the words found, in characters of ``text``."""

    text: str
    marks: tuple[Span, ...] = ()

    def html(self) -> str:
        """The snippet as safe HTML, what was found in ``<mark>``."""
        return self._joined("<mark>", "</mark>", html.escape)

    def plain(self, before: str = "[", after: str = "]") -> str:
        """The snippet as plain text, what was found between ``before`` and ``after``."""
        return self._joined(before, after, str)

    def _joined(self, before: str, after: str, shown: Callable[[str], str]) -> str:
        pieces, at = [], 0
        for start, end in self.marks:
            pieces += [shown(self.text[at:start]), before, shown(self.text[start:end]), after]
            at = end
        return "".join((*pieces, shown(self.text[at:])))


def snippet(text: str, blocks: Sequence[Block], match: Match) -> Snippet:
    """The best piece of a text for what was looked up; its beginning where the words stand elsewhere (in the title)."""
    searched = text[:_SEARCHED]
    marks = sorted(set(marks_of(searched, blocks, match)))
    start, end = _window(searched, marks)
    piece = _flat(text[start:end])
    before = _ELLIPSIS if start else ""
    after = _ELLIPSIS if end < len(text) else ""
    shift = len(before) - start
    inside = tuple((s + shift, e + shift) for s, e in marks if s >= start and e <= end)
    return Snippet(f"{before}{piece}{after}", inside)


def marks_of(text: str, blocks: Sequence[Block], match: Match) -> Iterator[Span]:
    """Where the words of a question stand in a text, whatever their form: (start, end) in characters."""
    for phrase in match.phrases:
        yield from ((found.start(), found.end()) for found in phrase_pattern(phrase).finditer(text))
    if not match.terms and not match.prefixes:
        return
    may_match, small = _firm_letters(match.terms, match.prefixes).search, _in_small_letters(text)
    ends = [block.start for block in blocks[1:]] + [len(text)]
    for block, end in zip(blocks, ends, strict=True):
        lang = block.lang if block.lang in LANGUAGES else LANGUAGES[0]
        for word in dict.fromkeys(word_list(small[block.start : end])):
            if may_match(word) and _is_match(word, lang, match.terms, match.prefixes):
                yield from _places(word, small, block.start, end)


def _in_small_letters(text: str) -> str:
    """A text in small letters, every one in its place: "İ" in small letters would be two."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(one if len(one.lower()) > 1 else one.lower() for one in text)


def _places(word: str, text: str, start: int, end: int) -> Iterator[Span]:
    """Where a word stands in a piece of a text by itself."""
    at = text.find(word, start, end)
    while at >= 0:
        after = at + len(word)
        if not (text[at - 1 : at].isalnum() or text[after : after + 1].isalnum()):
            yield at, after
        at = text.find(word, after, end)


@lru_cache(maxsize=_CACHED_WORDS)
def _is_match(word: str, lang: str, looked_up: frozenset[str], prefixes: frozenset[str]) -> bool:
    if word in looked_up or not looked_up.isdisjoint(terms(word, lang)):
        return True
    return any(word.startswith(prefix) for prefix in prefixes)


@lru_cache(maxsize=256)
def _firm_letters(looked_up: frozenset[str], prefixes: frozenset[str]) -> re.Pattern[str]:
    """Letters of which some stand in every form of what is looked up: other words are not worth analysing."""
    words = {word for term in looked_up for word in term.split()}
    firm = {word[:_FIRM_LETTERS] if len(word) > _SHORT else word[:1] for word in words} | prefixes
    return re.compile("|".join(map(re.escape, sorted(firm))))


def _window(text: str, marks: Sequence[Span]) -> Span:
    """The piece with the most different matches, cut at white space."""
    if not marks:
        return _cut(text, 0)
    best = max(range(len(marks)), key=lambda i: (_worth(text, marks, i), -i))
    return _cut(text, max(0, marks[best][0] - _BEFORE))


def _worth(text: str, marks: Sequence[Span], first: int) -> tuple[int, int]:
    limit = marks[first][0] - _BEFORE + _LENGTH
    inside = [text[s:e].lower() for s, e in marks[first : first + _LENGTH] if e <= limit]
    return len(set(inside)), len(inside)


def _cut(text: str, start: int) -> Span:
    if start and not text[start - 1].isspace():
        space = re.search(r"\s", text[start : start + _BEFORE])
        start += space.end() if space else 0
    end = min(len(text), start + _LENGTH)
    if end < len(text):
        space_at = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
        end = space_at if space_at > start + _LENGTH // 2 else end
    return start, end


def _flat(piece: str) -> str:
    """One line; every character of white space becomes one space, so that places stay."""
    return re.sub(r"\s", " ", piece)
