"""One piece of a list of organisations: what stands around a name is cut, the role beside it is kept."""

import re
from functools import cache, lru_cache

from normalise.organisations.names import identify
from normalise.organisations.words import is_sort_of_body, name_words
from normalise.words import AND, WORDS_KEPT, any_of, joining, vocabulary

_WORDS = vocabulary("parties")
_ROLE = re.compile(r"\s*[(,–:-]\s*(?P<words>[^()\n]{3,60}?)\)?\s*$")
_LEADING_ROLE = re.compile(r"^(?P<words>[^:()\n]{3,40}):\s+")
BRACKETS = re.compile(r"\s*\([^()]*\)?\s*$")
_LEADING = re.compile(
    rf"^(?:[-*•·–—>.)\s]|\d+(?!\w)|(?:{AND}|{joining('also', 'the')}|{any_of(_WORDS['before_names'])})\s)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(rf"[\s,.;:–-]+$|\s+(?:{AND}|{'|'.join(_WORDS['behind_names'])})\.?$")
_NO_NAME = re.compile(
    rf"@|\(at\)|https?:|www\.|\d{{5}}|€|\b(?:{any_of(_WORDS['money_starts'])})|%|\+358|\b\d{{1,2}}\.\d{{1,2}}\."
)
# Before a sum beside a name.
ABOUT = rf"(?:(?:{any_of(_WORDS['about'])})\s)?"
# What a list adds behind a name: its sum or share ("Svenska kulturfonden 85.000 €", "Interreg Aurora (65 %)").
_SUM = re.compile(
    rf"[\s(:–-]{ABOUT}(?:\d[\d\s.,\u00a0]{{0,14}}(?:{'|'.join(_WORDS['sum_units'])}).*"
    r"|\d{1,3}(?:[ .\u00a0]\d{3})+(?:,\d\d)?|(?:EUR|€)\s?\d[\d\s.,]*)$",
    re.IGNORECASE,
)
# A web address glued behind a name, and a time or share in brackets.
_ADDRESS = re.compile(r"\s?\(?(?:https?://|www\.)\S*.*$|\s\([^()]*\d{2}[^()]*\)\s*$")
_BESIDE = re.compile(r"\s*\((?P<words>[^()\n]{3,40})\)")
_FROM_COUNTRY = re.compile(rf"\s(?:{joining('in', 'at')}|{any_of(_WORDS['out_of'])})\s(?P<inside>\w+)$")
_COUNTRY = re.compile(r"\s\((?P<inside>[^()]{2,20})\)$")
_LONGEST_NAME = 110
_MOST_WORDS = 11


def without_role(text: str, start: int, end: int) -> tuple[int, int, str | None]:
    """Cut list marks, joining words and a role in brackets or before a colon from a piece."""
    lead = _LEADING.match(text[start:end])
    start += lead.end() if lead else 0
    address = _ADDRESS.search(text[start:end])
    end = start + address.start() if address and address.start() else end
    money = _SUM.search(text[start:end])
    end = start + money.start() if money and money.start() else end
    while True:
        tail = _TRAILING.search(text[start:end])
        if not tail or tail.start() == 0:
            break
        end = start + tail.start()
    country = _COUNTRY.search(text[start:end]) or _FROM_COUNTRY.search(text[start:end])
    if country and is_generic(country["inside"].rpartition(",")[2]):
        end = start + country.start()
    leading = _LEADING_ROLE.match(text[start:end])
    if leading:
        return start + leading.end(), end, role_named(leading["words"])
    role = _ROLE.search(text[start:end])
    named = role_named(role["words"]) if role else None
    return (start, start + role.start(), named) if role and named else (start, end, None)


def role_beside(text: str, end: int) -> str | None:
    """The role in brackets right behind a name: "Gradia (hallinnoija)"."""
    bracket = _BESIDE.match(text, end)
    return role_named(bracket["words"]) if bracket else None


@lru_cache(WORDS_KEPT)
def role_named(words: str) -> str | None:
    """The role that words beside a name tell ("koordinaattori", "lead partner"); None for other words."""
    folded = words.casefold().strip()
    for role, names in vocabulary("parties")["list_roles"].items():
        if any(
            folded == name or folded.startswith((f"{name} ", f"{name},")) or folded.endswith(f" {name}")
            for name in names
        ):
            return str(role)
    return None


def looks_like_name(piece: str) -> bool:
    """Whether a piece can be an organisation's name: capitals, few words, no verb, address, sum or generic word."""
    words = piece.split()
    if not 2 <= len(piece) <= _LONGEST_NAME or len(words) > _MOST_WORDS or _NO_NAME.search(piece):
        return False
    if (
        piece[-1] in "?!"
        or piece.casefold() in vocabulary("titles")["menu"]
        or is_generic(piece)
        or (is_sort_of_body(piece) and identify(piece) is None)
        or piece == piece.lower()
    ):
        return False
    if (
        words[0].casefold() in name_words("not_first")
        or any(word in _verbs() for word in words)
        or words[-1].casefold() in vocabulary("parties")["not_heads"]
    ):
        return False
    return piece[0].isupper() or piece[0].isdigit() or words[0] != words[0].lower()


@cache
def _verbs() -> frozenset[str]:
    return frozenset(vocabulary("parties")["verbs"])


def is_generic(words: str) -> bool:
    """Whether words name a country or a group rather than a body."""
    return words.casefold().strip() in _generic()


@cache
def _generic() -> frozenset[str]:
    return frozenset(vocabulary("parties")["generic"])
