"""What the characters of a line, or of a part of one, tell of its being a title: stops, numbers, dashes, breadcrumbs.

Each sign is looked for only where a character or word that it needs stands.
"""

import re
from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import NamedTuple

from normalise.titles.vocabulary import CLOCK, CONTACT, EURO, FOUR_DIGITS, YEAR, alternatives

_CRUMBS = re.compile(r"\s[›»>→]\s|\s/\s.*\s/\s|\s[|•·∙*]\s|\s{2,}|\t|[›»]|^\w+\s[/>-]\s\w+$")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.?\s\w+\s\d{4}")
# A line of a date has no more letters than "Julkaistu", "Viimeksi muokattu" or an author's signature beside it.
_DATE_LETTERS = 18
_CONTACT = re.compile(
    rf"@|\(at\)|\b(?:{alternatives('contact_words')})\b|(?:{alternatives('address_words')})[.:]", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(r"^\s*\d{1,3}\s*(?:\(\d{1,3}\)|/\s?\d{1,3})?\s*$|\b\d{1,3}\s?\(\d{1,3}\)$")
_LAST = {".": "stop", ",": "stop", ";": "stop", ":": "colon", "?": "question", "!": "exclamation"}
_BRACKETS = ("[", "(", "<")
_DIGITS = frozenset("0123456789²³¹")
# Two spaces in a row count as a character of their own.
_DOUBLE = "  "
# All white space but the plain single space.
WIDE_SPACES = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000") | {
    _DOUBLE,
    *map(chr, range(0x2000, 0x200B)),
}


class _Sign(NamedTuple):
    """A sign stands only in a text with one of the characters, or with one of the words (bits of title_vocabulary)."""

    characters: frozenset[str]
    tells: int
    pattern: re.Pattern[str]


_NONE = frozenset[str]()
_DASHES = frozenset("–-")
_SIGNS = {
    "contact": _Sign(frozenset("@("), CONTACT, _CONTACT),
    "crumbs": _Sign(frozenset("›»>→/|•·∙*-") | WIDE_SPACES, 0, _CRUMBS),
    # Three parts between dashes: a menu in one line, seldom a title.
    "dashes": _Sign(_DASHES, 0, re.compile(r"\s[–-]\s[^–-]+\s[–-]\s")),
    "host": _Sign(frozenset("."), 0, re.compile(rf"\w\.(?:{alternatives('address_ends')})\b", re.IGNORECASE)),
    "span_of_years": _Sign(_NONE, YEAR, re.compile(r"\b(?:19|20)\d\d\s?[–-]\s?20\d\d\b")),
    "dash": _Sign(_DASHES, 0, re.compile(r"\s[–-]\s")),
    "quoted": _Sign(frozenset('"”“»'), 0, re.compile(r"[\"”“»]")),
    "hyphen_project": _Sign(_DASHES, 0, re.compile(rf"-(?:{alternatives('project_words')})\b", re.IGNORECASE)),
    "clock": _Sign(_NONE, CLOCK, re.compile(rf"\b(?:{alternatives('clock_words')})\.?\s\d")),
    "date": _Sign(_NONE, FOUR_DIGITS, re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")),
    "year": _Sign(_NONE, YEAR, re.compile(r"\b20\d\d\b")),
    "money": _Sign(frozenset("€"), EURO, re.compile(rf"\d\s?(?:€|{alternatives('euro_words')})", re.IGNORECASE)),
    "docket_number": _Sign(_DIGITS, 0, re.compile(r"\d/(?:19|20)\d\d")),
    "number_first": _Sign(_DIGITS, 0, re.compile(r"^\d{1,2}\.?\s\D")),
    "page_number": _Sign(_DIGITS, 0, _PAGE_NUMBER),
}
_OF_CHARACTER = {
    character: tuple(name for name, sign in _SIGNS.items() if character in sign.characters)
    for character in frozenset[str]().union(*(sign.characters for sign in _SIGNS.values()))
}
_SIGN_CHARACTERS = frozenset(_OF_CHARACTER)
_SIGN_WORDS = reduce(or_, (sign.tells for sign in _SIGNS.values()))


def characters_of(text: str) -> frozenset[str]:
    """The characters of a text, for `signs_of`: two spaces in a row are one of them."""
    return frozenset((*text, _DOUBLE)) if _DOUBLE in text else frozenset(text)


def has_digit(characters: frozenset[str]) -> bool:
    """Whether a digit is among the characters."""
    return not characters.isdisjoint(_DIGITS)


def signs_of(text: str, characters: frozenset[str], tells: int) -> Iterator[str]:
    """The names of the signs in a text, given its characters and what its words tell."""
    last = _LAST.get(text[-1:])
    if last:
        yield last
    if text.startswith(_BRACKETS):
        yield "brackets"
    possible = {name for character in characters & _SIGN_CHARACTERS for name in _OF_CHARACTER[character]}
    if tells & _SIGN_WORDS:
        possible.update(name for name, sign in _SIGNS.items() if tells & sign.tells)
    for name, sign in _SIGNS.items() if possible else ():
        if name in possible and sign.pattern.search(text):
            yield name


def is_crumbs(text: str, characters: frozenset[str]) -> bool:
    """Whether a text is a breadcrumb, or cells beside one another."""
    return not characters.isdisjoint(_SIGNS["crumbs"].characters) and _CRUMBS.search(text) is not None


def is_date_line(text: str) -> bool:
    """Whether a line is a date and little else; only a text with digits can be."""
    rest = _DATE.sub("", text)
    if rest == text:
        return False
    return _DATE.match(text.lstrip(" |")) is not None or sum(map(str.isalpha, rest)) <= _DATE_LETTERS
