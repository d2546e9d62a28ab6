"""A line, or a part of one, and what its words and signs say of its being the title, whatever stands around it."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from normalise.text.label_names import is_known_label
from normalise.titles.signs import characters_of, is_date_line, signs_of
from normalise.titles.vocabulary import (
    DIGIT,
    FURNITURE,
    IMAGE,
    LABEL,
    MENU,
    NEWSY,
    TYPE,
    WordSense,
    begins_as_furniture,
    count_menu_words,
    furniture_lines,
    names_sort_of_page,
    senses_of,
    types,
)

# A text of so many characters at most has the feature of that length.
_LENGTHS = (12, 30, 60, 90, 130)
_LENGTH_NAMES = (*(f"length.{most}" for most in _LENGTHS), "length.more")


class Wording(NamedTuple):
    """A text with what its words tell, one by one and as the union of their bits, and its characters.

    ``lower`` has no capitals, ``folded`` no colon, bar or space around it either.
    """

    text: str
    lower: str
    folded: str
    words: list[WordSense]
    tells: int
    characters: frozenset[str]


def wording_of(text: str) -> Wording:
    """What all questions about a text look at."""
    lower = text.casefold()
    words = senses_of(text)
    tells = 0
    for word in words:
        tells |= word.tells
    return Wording(text, lower, lower.strip(" :|"), words, tells, characters_of(text))


def wording_flags(wording: Wording) -> Iterator[str]:
    """The names of the features that a text has by itself."""
    text, tells = wording.text, wording.tells
    yield _LENGTH_NAMES[bisect_left(_LENGTHS, len(text))]
    yield from signs_of(text, wording.characters, tells)
    if text.isupper():
        yield "capitals"
    if text[0].islower():
        yield "starts_low"
    yield from _sort_of_line(wording)
    menu = count_menu_words(text) if tells & MENU else 0
    if menu:
        yield "menu.1" if menu == 1 else "menu.2"
    if tells & IMAGE:
        yield "image"
    if tells & NEWSY:
        yield "newsy"


def _sort_of_line(wording: Wording) -> Iterator[str]:
    """Whether a line names the sort of the page, or is a label, a date or furniture of the site."""
    folded = wording.folded
    if folded in types():
        yield "type"
    elif wording.tells & TYPE and names_sort_of_page(folded):
        yield "type_last"
    if folded in furniture_lines() or (wording.tells & FURNITURE and begins_as_furniture(wording.text)):
        yield "furniture"
    if wording.tells & LABEL and is_known_label(wording.text):
        yield "label"
    if wording.tells & DIGIT and is_date_line(wording.text):
        yield "date_line"
