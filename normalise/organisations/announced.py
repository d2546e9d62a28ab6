"""Bodies that a common noun announces: "kommunerna Korsholm och Vörå", "konsultbyrån Citec", "puolalainen KGHM".

Names of companies and bare place names say nothing of what they are; the noun before them does.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from normalise.organisations.words import Token, head_base, legal_base, name_words
from normalise.persons.name_forms import is_given_name
from normalise.words import CONJUNCTIONS, WORDS_KEPT, joining_words, vocabulary

# Between a plural noun and its names there are no more words than in "kuntaa on ollut mukana alusta asti:".
_MOST_BETWEEN = 5
_MOST_WORDS = 4
# No announced list on real pages is longer.
_MOST_NAMES = 20


class Announced(NamedTuple):
    """A name at ``start``..``end``; ``is_place`` where municipalities are announced, by their place names."""

    start: int
    end: int
    name: str
    is_place: bool


def find_announced(text: str, tokens: Sequence[Token]) -> Iterator[Announced]:
    """The names that follow an announcing noun, in reading order; ``tokens`` are the text's."""
    reached = 0
    announcing = [(index, sort) for index, token in enumerate(tokens) if (sort := announces(token.folded))]
    for index, sort in announcing:
        token = tokens[index]
        if index < reached or (sort == "single" and token.capital and "-" not in token.text):
            continue
        found = list(_listed(text, tokens, index, sort) if sort in ("places", "plural") else _next(text, tokens, index))
        if sort == "plural" and len(found) < 2:
            continue
        for first, last in found:
            name = text[tokens[first].start : tokens[last].end]
            yield Announced(tokens[first].start, tokens[last].end, name, sort == "places")
            reached = last + 1


def _next(text: str, tokens: Sequence[Token], index: int) -> Iterator[tuple[int, int]]:
    """The one name right behind a noun, as positions of its first and last word."""
    if index + 1 < len(tokens) and text[tokens[index].end : tokens[index + 1].start] == " ":
        last = _run(text, tokens, index + 1)
        if last is not None:
            yield index + 1, last


def _listed(text: str, tokens: Sequence[Token], index: int, sort: str) -> Iterator[tuple[int, int]]:
    """The names of a list behind a plural noun, after a few words in lower case.

    "Kunnat:" is a label: forms have the places that a project reaches under it. Where bodies are says no name of
    theirs, nor does their part of the country: "föreningar i Vasa", "municipalities of Eastern Lapland".
    """
    position = 0 if text[tokens[index].end : tokens[index].end + 1] == ":" else _list_start(text, tokens, index)
    regional = position and (_is_in(tokens[position - 1]) or tokens[position].folded in name_words("directions"))
    for _ in range(_MOST_NAMES if position and not regional else 0):
        last = position if sort == "places" and tokens[position].capital else _run(text, tokens, position)
        if last is None:
            return
        yield position, last
        position = last + 1
        if position == len(tokens):
            return
        gap = text[tokens[last].end : tokens[position].start]
        joined = gap == " " and tokens[position].folded in CONJUNCTIONS
        if not joined and gap != ", ":
            return
        position += joined
        while position < len(tokens) and _is_nationality(tokens[position]):
            position += 1


def _list_start(text: str, tokens: Sequence[Token], index: int) -> int:
    """The position of the first name, in brackets or behind a few words; 0 where a sentence ends before any."""
    for position in range(index + 1, min(index + 2 + _MOST_BETWEEN, len(tokens))):
        gap = text[tokens[position - 1].end : tokens[position].start]
        if position == index + 1 and gap == " (":
            return position if tokens[position].text[0].isupper() else 0
        if any(c in gap for c in ".;()\n!?"):
            return 0
        if tokens[position].text[0].isupper():
            return position
    return 0


def _run(text: str, tokens: Sequence[Token], first: int) -> int | None:
    """The last of the capitals that stand together from a position on; None where they name no body of unknown form."""
    last = None
    for position in range(first, min(first + _MOST_WORDS, len(tokens))):
        token = tokens[position]
        if position > first and text[tokens[position - 1].end : token.start] != " ":
            break
        if not token.capital or legal_base(token.text) or (position > first and not token.text[0].isupper()):
            break
        last = position
    if last is None or is_given_name(tokens[first].text) or tokens[first].folded in name_words("outside"):
        return None
    return None if any(head_base(token.folded) for token in tokens[first : last + 1]) else last


def _is_in(token: Token) -> bool:
    return token.folded in joining_words("in", "at", language="sv")


def _is_nationality(token: Token) -> bool:
    return not token.capital and token.folded.endswith(_endings("nationality"))


@lru_cache(WORDS_KEPT)
def announces(folded: str) -> str | None:
    """What a noun announces: "places", "plural", "single"; None for other words."""
    if folded in _endings("places"):
        return "places"
    if len(folded) > 5 and folded.endswith(_endings("plural")):
        return "plural"
    return "single" if len(folded) > 5 and folded.endswith((*_endings("single"), *_endings("nationality"))) else None


@cache
def _endings(key: str) -> tuple[str, ...]:
    return tuple(word for words in vocabulary("organisation_words")["announcers"][key].values() for word in words)
