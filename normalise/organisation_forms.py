"""Names of organisations that no register knows, by their form: heads, legal forms, the capitals around them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import NamedTuple

from normalise.document import Document
from normalise.inflection import genitive_adjective, nominatives
from normalise.words import WORDS_KEPT, vocabulary

# Letters and digits; inside them hyphens, apostrophes, a colon before a case ending, a full stop after no small letter.
WORD_BODY = r"[^\W_][\w&]*(?:(?:[-‑’'+](?=\w)|:(?=[a-zåäö])|(?<![a-zåäö])\.(?=\w))[\w&]*)*"
_LEGAL = re.compile(r"r\.\s?[yf]\.?(?!\w)|e\.V\.|A/S|S\.L\.|B\.V\.")
_TOKEN = re.compile(f"{_LEGAL.pattern}|{WORD_BODY}[-+]?")
# "University of Iceland", "Institute for Health and Welfare": English heads go on behind "of" and "for".
_COMPLEMENT = re.compile(r"(?<=[a-z]) (?:of|for)(?: (?:the|and|of|[A-ZÅÄÖ][\w-]+)){1,5}(?<! the)(?<! and)(?<! of)")
_BRACKET = re.compile(r"\s?\((?P<inside>[A-ZÅÄÖ][\w/+&. -]{1,24})\)")
# A name seldom has more words before its head; longer runs of capitals are headings or menus.
_MOST_BEFORE = 6
_MOST_AFTER = 5
# Common nouns have no capital inside a sentence in either language; shorter words are too often a place or a person.
_LONG_COMPOUND = 11
_FOUNDATIONS = ("säätiö", "rahasto", "stiftelse", "fond")
_BREAKS = '.,;:()|•·∙!?/"”+'
_START = attrgetter("start")
_CONJUNCTIONS = frozenset({"ja", "och", "sekä", "and", "samt", "&"})


class Form(NamedTuple):
    """A name found by its form at ``start``..``end``; ``name`` is its nominative."""

    start: int
    end: int
    name: str


class Token(NamedTuple):
    """A word of a name at ``start``..``end``, with the hyphen that ends it; ``folded`` has no capitals."""

    start: int
    end: int
    text: str
    folded: str

    @property
    def capital(self) -> bool:
        """Whether a capital is among its letters."""
        return self.text[0].isupper() or any(c.isupper() for c in self.text[1:])


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in vocabulary("organisation_words")[key])


@cache
def _heads() -> tuple[str, ...]:
    heads = vocabulary("organisation_words")["heads_last"]
    return tuple({head for words in heads.values() for head in words})


@cache
def _openers() -> frozenset[str]:
    return frozenset(word for words in vocabulary("organisation_words")["heads_first"].values() for word in words)


@cache
def _legal_forms() -> frozenset[str]:
    return frozenset(vocabulary("organisation_words")["legal_forms"])


def tokens_of(text: str) -> list[Token]:
    """The words of a text that names may consist of, legal forms whole, in reading order."""
    return [Token(*match.span(), match[0], match[0].casefold()) for match in _TOKEN.finditer(text)]


def find_forms(document: Document, tokens: Sequence[Token]) -> Iterator[Form]:
    """Candidate names of all lines, in reading order, from the text's `tokens_of`; they may overlap."""
    last = 0
    for line in document.lines:
        first = bisect_left(tokens, line.start, last, key=_START)
        last = bisect_left(tokens, line.end, first, key=_START)
        telling = [position for position in range(first, last) if _tells(tokens[position].text)]
        if telling:
            yield from _of_line(document.text, tokens[first:last], [position - first for position in telling])


def _of_line(text: str, tokens: Sequence[Token], telling: Sequence[int]) -> Iterator[Form]:
    for index in telling:
        token = tokens[index]
        legal = _legal_base(token.text)
        if legal and index:
            yield from _before(text, tokens, index, legal)
            continue
        head = _head(token)
        if head:
            yield from _before(text, tokens, index, head)
        if token.text[0].isupper() and token.folded in _openers():
            yield from _after(text, tokens, index)


@lru_cache(WORDS_KEPT)
def _tells(word: str) -> bool:
    """Whether a word may be a legal form, head a name or open one; few do."""
    folded = word.casefold()
    return bool(_legal_base(word) or _head_base(folded)) or folded in _openers()


@lru_cache(WORDS_KEPT)
def _legal_base(word: str) -> str | None:
    """The legal form that a word is, its case ending cut ("Oy:n" -> "Oy"); None for other words."""
    base = word.partition(":")[0]
    return base if base in _legal_forms() or _LEGAL.fullmatch(base) else None


def is_legal_form(word: str) -> bool:
    """Whether a word is a legal form, in any case."""
    return _legal_base(word) is not None


@lru_cache(WORDS_KEPT)
def _head_base(folded: str) -> str | None:
    """The nominative of a head; a word that ends as a head does stays: "stiftelsen" is no genitive of "stiftelse"."""
    if folded.endswith(_heads()):
        return folded
    return next((form for form in nominatives(folded) if form.endswith(_heads())), None)


def _head(token: Token) -> str | None:
    """The nominative of a word that heads a name, with the word's own first letters; None for other words."""
    base = _head_base(token.folded)
    if base is None:
        return None
    common = 0
    while common < min(len(base), len(token.text)) and base[common] == token.folded[common]:
        common += 1
    return token.text[:common] + base[common:]


def _before(text: str, tokens: Sequence[Token], index: int, base: str) -> Iterator[Form]:
    """A name that ends at its head or legal form, ``base`` its nominative."""
    first = _opening(text, tokens, index, plain=base in _words("associations"))
    own_name = len(tokens[index].text) > len(base) or tokens[index].capital
    alone = first == index and not (own_name and ("-" in base or _is_proper(text, tokens, index)))
    if alone or not _modified(tokens, first, index):
        return
    start, end = tokens[first].start, tokens[index].end
    inflected = base != tokens[index].text
    wording = text[start : tokens[index].start] + base
    if inflected and first < index:
        wording = _agree(text, tokens, first, index, base)
    last, tail = _tail(text, tokens, index)
    yield Form(start, last, (wording if inflected or last == end else text[start:end]) + tail)


def _is_proper(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether a lone word is a name: a long compound with a capital where no sentence starts ("Metsänhoitosäätiö")."""
    token = tokens[index]
    if len(token.text) < _LONG_COMPOUND or not token.text[0].isupper() or token.text.isupper() or index == 0:
        return False
    before = tokens[index - 1]
    return before.text[0].islower() and text[before.end : token.start] in (" ", ", ")


def _opening(text: str, tokens: Sequence[Token], index: int, *, plain: bool) -> int:
    """Where a name before its head starts: walk back over capitals and the words that may stand between them.

    ``plain`` allows words in lower case behind the first capital: "Länsi-Uudenmaan vesi ja ympäristö ry".
    """
    first = index
    for position in range(index - 1, max(-1, index - 1 - _MOST_BEFORE), -1):
        token = tokens[position]
        if _couple(tokens, position, index) or _both_capitals(tokens, position):
            continue
        if plain and first == index and not token.capital and _may_be_plain(text, tokens, position):
            continue
        if _broken(text, token, tokens[position + 1]) or token.folded in _words("outside") or token.text[-1].isdigit():
            break
        if token.capital:
            first = position
        elif not _joins(token, tokens[position - 1] if position else None):
            break
    return first


def _modified(tokens: Sequence[Token], first: int, index: int) -> bool:
    """Whether the words before a head in lower case can be its modifiers: genitives, adjectives or abbreviations."""
    if first == index or tokens[index].capital or _legal_base(tokens[index].text):
        return True
    nearest, opening = tokens[index - 1], tokens[first]
    if not nearest.capital and not opening.folded.endswith(("n", "s")) and not opening.text.isupper():
        return False
    weak = _head_base(tokens[index].folded) in _words("weak_heads")
    return not weak or nearest.folded.endswith(("n", "nen", "s", "-")) or nearest.text.isupper()


def _joins(token: Token, before: Token | None) -> bool:
    """Whether a word in lower case may stand inside a name: a known joint, a genitive or an adjective."""
    if token.folded in _CONJUNCTIONS:
        return before is not None and before.text.endswith("-")
    return token.folded in _words("inner") or (
        len(token.folded) > 4 and token.folded.endswith(("n", "ska", "a-")) and not token.folded.endswith("minen")
    )


def _couple(tokens: Sequence[Token], position: int, index: int) -> bool:
    """Whether "ja" joins two donors in a foundation's name: "Aune ja Eemil Rantasen säätiö"."""
    donors = position > 0 and tokens[position - 1].capital and tokens[position + 1].capital
    return (
        donors
        and tokens[position].folded in ("ja", "och")
        and any(head in tokens[index].folded for head in _FOUNDATIONS)
    )


def _both_capitals(tokens: Sequence[Token], position: int) -> bool:
    """Whether "and" joins two capitals within one name: "Water and Environment Association", not two bodies."""
    if tokens[position].folded not in ("and", "&") or position == 0:
        return False
    before, after = tokens[position - 1], tokens[position + 1]
    return before.capital and after.capital and _head_base(before.folded) is None and not _legal_base(before.text)


def _may_be_plain(text: str, tokens: Sequence[Token], position: int) -> bool:
    """Whether a word in lower case may stand within an association's name: no verb, no other name's end."""
    token = tokens[position]
    if _broken(text, token, tokens[position + 1]) or token.folded in vocabulary("parties")["verbs"]:
        return False
    return token.folded.isalpha() and (token.folded in _CONJUNCTIONS or token.folded not in _words("outside"))


def _agree(text: str, tokens: Sequence[Token], first: int, index: int, base: str) -> str:
    adjective = tokens[index - 1]
    front = text[tokens[first].start : adjective.start]
    return front + genitive_adjective(adjective.text) + text[adjective.end : tokens[index].start] + base


def _tail(text: str, tokens: Sequence[Token], index: int) -> tuple[int, str]:
    """What belongs to a name after its head: a legal form, a brand or abbreviation, an abbreviation in brackets."""
    end, tail = tokens[index].end, ""
    shouted = tokens[index].text.isupper()
    for token in tokens[index + 1 : index + 4]:
        gap = text[end : token.start]
        legal = _legal_base(token.text)
        brand = token.text.isupper() and token.text.isalpha() and len(token.text) > 1 and not shouted
        if gap != " " or not (legal or brand):
            break
        tail += gap + (legal or token.text)
        end = token.end
    complement = _COMPLEMENT.match(text, end)
    if complement:
        return complement.end(), tail + complement[0]
    bracket = _BRACKET.match(text, end)
    if bracket and bracket["inside"].replace(" ", "").isupper() and 2 < len(bracket["inside"]) < 12:
        return bracket.end(), tail + bracket[0]
    return end, tail


def _after(text: str, tokens: Sequence[Token], index: int) -> Iterator[Form]:
    """A name that its head opens: "Yrkeshögskolan Novia", "Stiftelsen Tre Smeder", "Länsstyrelsen i Västernorrland"."""
    last = index
    for position in range(index + 1, min(len(tokens), index + 1 + _MOST_AFTER)):
        token = tokens[position]
        if _broken(text, tokens[position - 1], token) or token.folded in _words("outside") - _words("inner"):
            break
        if token.capital or _legal_base(token.text) or _head_base(token.folded):
            last = position
        elif token.folded not in _words("inner") or token.folded in _CONJUNCTIONS:
            break
    if last == index:
        return
    ending = tokens[last]
    base = _legal_base(ending.text) or ending.text
    yield Form(tokens[index].start, ending.end, text[tokens[index].start : ending.start] + base)


def _broken(text: str, before: Token, after: Token) -> bool:
    """Whether a sign between two words ends a name."""
    gap = text[before.end : after.start]
    if before.text.endswith("-") and gap == ", ":
        return False
    return len(gap) > 3 or " –" in gap or any(c in _BREAKS for c in gap)
