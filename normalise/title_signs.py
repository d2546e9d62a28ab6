"""What the characters of a line, or of a part of one, tell of its being a title: stops, numbers, dashes, breadcrumbs.

Each sign is looked for only where one of the characters that it needs stands.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from normalise.title_vocabulary import CONTACT

_CRUMBS = re.compile(r"\s[›»>→]\s|\s/\s.*\s/\s|\s[|•·∙]\s|\s{2,}|\t|[›»]|^\w+\s[/>-]\s\w+$")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.?\s\w+\s\d{4}")
# A line of a date has no more letters than "Julkaistu", "Viimeksi muokattu" or an author's signature beside it.
_DATE_LETTERS = 18
_CONTACT = re.compile(r"@|\(at\)|\b(?:puh|tfn|tel)\b|www\.|https?:", re.IGNORECASE)
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
    needs: frozenset[str]
    pattern: re.Pattern[str]


_SIGNS = {
    "crumbs": _Sign(frozenset("›»>→/|•·∙-") | WIDE_SPACES, _CRUMBS),
    "dash": _Sign(frozenset("–-"), re.compile(r"\s[–-]\s")),
    "quoted": _Sign(frozenset('"”“»'), re.compile(r"[\"”“»]")),
    "hyphen_project": _Sign(
        frozenset("-"), re.compile(r"-(?:hanke|projekt|projekti|projektet|project)\b", re.IGNORECASE)
    ),
    "clock": _Sign(_DIGITS, re.compile(r"\bkl(?:o|\.)?\s\d")),
    "date": _Sign(_DIGITS, re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")),
    "year": _Sign(_DIGITS, re.compile(r"\b20\d\d\b")),
    "number_first": _Sign(_DIGITS, re.compile(r"^\d{1,2}\.?\s\D")),
    "page_number": _Sign(_DIGITS, _PAGE_NUMBER),
    "money": _Sign(_DIGITS, re.compile(r"\d\s?(?:€|euro)", re.IGNORECASE)),
}
_OTHERS = frozenset[str]().union(*(sign.needs for sign in _SIGNS.values()))


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
    if (tells & CONTACT or "@" in characters or "(" in characters) and _CONTACT.search(text):
        yield "contact"
    if characters.isdisjoint(_OTHERS):
        return
    for name, sign in _SIGNS.items():
        if not characters.isdisjoint(sign.needs) and sign.pattern.search(text):
            yield name


def is_crumbs(text: str, characters: frozenset[str]) -> bool:
    """Whether a text is a breadcrumb, or cells beside one another."""
    return not characters.isdisjoint(_SIGNS["crumbs"].needs) and _CRUMBS.search(text) is not None


def is_date_line(text: str) -> bool:
    """Whether a line is a date and little else; only a text with digits can be."""
    rest = _DATE.sub("", text)
    if rest == text:
        return False
    return _DATE.match(text.lstrip(" |")) is not None or sum(c.isalpha() for c in rest) <= _DATE_LETTERS
