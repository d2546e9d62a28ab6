"""Snippets: the piece of a text in which a question's words stand closest, with the words as written marked."""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.search_match import Match, phrase_pattern
from normalise.lemmas import terms
from normalise.lexicon import LANGUAGES
from normalise.search_terms import Block

# Characters of a snippet, two lines of a page of results, and of what stands before its first match.
_LENGTH = 200
_BEFORE = 60
# A match early in a long document says as much as one further on, and is found sooner.
_SEARCHED = 60_000
# Inflection leaves the first letters of a word alone (käsi: käden), in short words only the first (työ: töiden).
_FIRM_LETTERS = 2
_SHORT = 3
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
    end = 0
    for found in _firm_letters(match.terms, match.prefixes).finditer(text):
        if found.start() < end:
            continue
        start, end = _word_around(text, found.start())
        if _is_match(text[start:end].lower(), _language(blocks, start), match):
            yield start, end


def _word_around(text: str, at: int) -> Span:
    """The word that a place is in, cut where the index cuts words."""
    start, end = at, at + 1
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


def _is_match(word: str, lang: str, match: Match) -> bool:
    found = {word, *terms(word, lang)}
    if found & match.terms:
        return True
    return any(word.startswith(prefix) for prefix in match.prefixes)


def _language(blocks: Sequence[Block], at: int) -> str:
    lang = next((block.lang for block in reversed(blocks) if block.start <= at), "")
    return lang if lang in LANGUAGES else LANGUAGES[0]


@lru_cache(maxsize=256)
def _firm_letters(looked_up: frozenset[str], prefixes: frozenset[str]) -> re.Pattern[str]:
    """Letters of which some stand in every form of what is looked up: other words are not worth analysing."""
    words = {word for term in looked_up for word in term.split()}
    firm = {word[:_FIRM_LETTERS] if len(word) > _SHORT else word[:1] for word in words} | prefixes
    return re.compile("|".join(map(re.escape, sorted(firm))), re.IGNORECASE)


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
