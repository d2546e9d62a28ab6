"""The words that names of organisations consist of: heads, legal forms, openers, and the tokens of a text."""

import re
from bisect import bisect_right
from collections.abc import Collection
from functools import cache, lru_cache
from typing import NamedTuple

from normalise.language.inflection import nominatives
from normalise.words import WORDS_KEPT, vocabulary

# Letters and digits; inside them hyphens, apostrophes, a colon before a case ending, a full stop after no small letter.
WORD_BODY = r"[^\W_][\w&]*(?:(?:[-‑’'+](?=\w)|:(?=[a-zåäö])|(?<![a-zåäö])\.(?=\w))[\w&]*)*"
_LEGAL = re.compile(r"r\.\s?[yf]\.?(?!\w)|e\.V\.|A/S|S\.L\.|B\.V\.")
_TOKEN = re.compile(f"{_LEGAL.pattern}|{WORD_BODY}[-+]?")


class Token(NamedTuple):
    """A word of a name at ``start``..``end``, with the hyphen that ends it; ``folded`` has no capitals."""

    start: int
    end: int
    text: str
    folded: str

    @property
    def capital(self) -> bool:
        """Whether a capital is among its letters."""
        return self.text != self.text.lower()


class NameForm(NamedTuple):
    """A name found by its form, at ``start``..``end``; ``name`` is its nominative."""

    start: int
    end: int
    name: str


@cache
def name_words(key: str) -> frozenset[str]:
    """The words of one list of vocabulary/organisation_words.yml, folded."""
    return frozenset(word.casefold() for word in vocabulary("organisation_words")[key])


@cache
def _heads() -> tuple[str, ...]:
    heads = vocabulary("organisation_words")["heads_last"]
    return tuple({head for words in heads.values() for head in words})


@cache
def openers() -> frozenset[str]:
    """Words that open a name; what it names follows."""
    return frozenset(word for words in vocabulary("organisation_words")["heads_first"].values() for word in words)


@cache
def _legal_forms() -> frozenset[str]:
    return frozenset(vocabulary("organisation_words")["legal_forms"])


def tokens_of(text: str) -> list[Token]:
    """The words of a text that names may consist of, legal forms whole, in reading order."""
    return [Token(*match.span(), match[0], match[0].casefold()) for match in _TOKEN.finditer(text)]


def parted(tokens: list[Token], starts: Collection[int]) -> list[Token]:
    """The words, those parted in which another begins: "StödtagareEmmaus" where a value follows its label."""
    if not starts:
        return tokens
    ordered = sorted(starts)
    found: list[Token] = []
    for token in tokens:
        following = bisect_right(ordered, token.start)
        inside = ordered[following] if following < len(ordered) else token.end
        if inside >= token.end:
            found.append(token)
        else:
            front, back = token.text[: inside - token.start], token.text[inside - token.start :]
            found += [
                Token(token.start, inside, front, front.casefold()),
                Token(inside, token.end, back, back.casefold()),
            ]
    return found


@lru_cache(WORDS_KEPT)
def tells(word: str) -> bool:
    """Whether a word may be a legal form, head a name or open one; few do."""
    folded = word.casefold()
    return bool(legal_base(word) or head_base(folded)) or opens(folded)


def opens(folded: str) -> bool:
    """Whether a word opens a name, or would with a place behind it."""
    return folded in openers() or opens_with_place(folded)


def opens_with_place(folded: str) -> bool:
    """Whether a word is a definite noun that a place tells from others of its sort: "sjöfartsmuseet"."""
    return folded.endswith(_placed_heads())


@cache
def _placed_heads() -> tuple[str, ...]:
    return tuple(vocabulary("organisation_words")["heads_placed"])


@lru_cache(WORDS_KEPT)
def legal_base(word: str) -> str | None:
    """The legal form that a word is, its case ending cut ("Oy:n" -> "Oy"); None for other words."""
    base = word.partition(":")[0]
    return base if base in _legal_forms() or _LEGAL.fullmatch(base) else None


def is_legal_form(word: str) -> bool:
    """Whether a word is a legal form, in any case."""
    return legal_base(word) is not None


@lru_cache(WORDS_KEPT)
def head_base(folded: str) -> str | None:
    """The nominative of a head; a word that ends as a head does stays: "stiftelsen" is no genitive of "stiftelse"."""
    if folded in name_words("no_heads"):
        return None
    if folded.endswith(_heads()):
        return folded
    found = next((form for form in nominatives(folded) if form.endswith(_heads())), None)
    return None if found in name_words("no_heads") else found


def is_sort_of_body(word: str) -> bool:
    """Whether a word is a head and nothing more: a sort of bodies rather than one of them."""
    return word.casefold() in _heads()


def head_of(token: Token) -> str | None:
    """The nominative of a word that heads a name, with the word's own first letters; None for other words."""
    base = head_base(token.folded)
    if base is None:
        return None
    common = 0
    while common < min(len(base), len(token.text)) and base[common] == token.folded[common]:
        common += 1
    return token.text[:common] + base[common:]
