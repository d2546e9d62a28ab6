"""Names of organisations that no register knows, by their form: heads, legal forms, the capitals around them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from normalise.document import Document, Line
from normalise.inflection import genitive_adjective
from normalise.name_forms import is_given_name
from normalise.organisation_edges import is_broken, is_modified, opening_of
from normalise.organisation_names import identify, tells_where
from normalise.organisation_words import (
    Token,
    head_base,
    head_of,
    legal_base,
    name_words,
    openers,
    opens_with_place,
    tells,
)
from normalise.words import AND, CONJUNCTIONS, any_of, joining, joining_words, vocabulary

# "University of Iceland", "Institute for Health and Welfare": English heads go on behind "of" and "for".
_COMPLEMENT = re.compile(
    rf"(?<=[a-z]) (?:{joining('of', language='en')})"
    rf"(?: (?:{joining('of', 'the', 'plain_and', language='en')}|[A-ZÅÄÖ][\w-]+)){{0,4}} [A-ZÅÄÖ][\w-]+"
)
# A brand ends its name: a sign, a joining word or a line's end follows.
_BRAND = re.compile(
    r" (?P<name>[A-ZÅÄÖ][a-zåäö]+(?:-[A-ZÅÄÖ][a-zåäö]+)?)(?<!st[aä])(?<!ss[aä])(?<!lt[aä])"
    rf"(?=[.,;)]|$| \(| (?:{AND}|{any_of(vocabulary('organisation_words')['behind_brands'])})\b)",
    re.MULTILINE,
)
_BRACKET = re.compile(r"\s?\((?P<inside>[A-ZÅÄÖ][\w/+&. -]{1,24})\)")
# A name seldom has more words behind its opener; longer runs of capitals are headings or menus.
_MOST_AFTER = 5
# Common nouns have no capital inside a sentence in either language; shorter words are too often a place or a person.
_LONG_COMPOUND = 11
_START = attrgetter("start")


class NameForm(NamedTuple):
    """A name found by its form at ``start``..``end``; ``name`` is its nominative."""

    start: int
    end: int
    name: str


def find_forms(document: Document, tokens: Sequence[Token]) -> Iterator[NameForm]:
    """Candidate names of all lines, in reading order, from the text's `tokens_of`; they may overlap."""
    telling = [position for position, token in enumerate(tokens) if tells(token.text)]
    for line, positions in _by_line(document, tokens, telling):
        first = bisect_left(tokens, line.start, hi=positions[0], key=_START)
        last = bisect_left(tokens, line.end, lo=positions[-1], key=_START)
        yield from _of_line(document.text, tokens[first:last], [position - first for position in positions])


def _by_line(
    document: Document, tokens: Sequence[Token], positions: Sequence[int]
) -> Iterator[tuple[Line, Sequence[int]]]:
    """The lines in which one of some tokens stands, each with those; what stands in no line's text is left out."""
    first = 0
    while first < len(positions):
        line = document.line_at(tokens[positions[first]].start)
        end = line.end if line else 0
        after = first + 1
        while after < len(positions) and tokens[positions[after]].start < end:
            after += 1
        if line and tokens[positions[first]].start < end:
            yield line, positions[first:after]
        first = after


def _of_line(text: str, tokens: Sequence[Token], telling: Sequence[int]) -> Iterator[NameForm]:
    for index in telling:
        token = tokens[index]
        legal = legal_base(token.text)
        if legal and index:
            yield from _before(text, tokens, index, legal)
            continue
        head = head_of(token)
        if head:
            yield from _before(text, tokens, index, head)
        if not token.text[0].isupper():
            continue
        if token.folded in openers():
            yield from _after(text, tokens, index)
        elif opens_with_place(token.folded):
            yield from _placed(text, tokens, index)


def _before(text: str, tokens: Sequence[Token], index: int, base: str) -> Iterator[NameForm]:
    """A name that ends at its head or legal form, ``base`` its nominative."""
    first = opening_of(text, tokens, index, plain=base in name_words("associations"))
    own_name = len(tokens[index].text) > len(base) or tokens[index].capital
    alone = first == index and not (own_name and ("-" in base or _is_proper(text, tokens, index)))
    if alone or not is_modified(tokens, first, index):
        return
    start, end = tokens[first].start, tokens[index].end
    inflected = base != tokens[index].text
    wording = text[start : tokens[index].start] + base
    if inflected and first < index:
        wording = _agree(text, tokens, first, index, base)
    brand = _own_name(text, tokens[index], end)
    if brand and (not inflected or tokens[index].text[-1] in "ns"):
        yield NameForm(start, brand.end(), text[start : brand.end()])
        return
    last, tail = _tail(text, tokens, index)
    yield NameForm(start, last, (wording if inflected or last == end else text[start:end]) + tail)


def _is_proper(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether a lone word is a name: a long compound with a capital where no sentence starts ("Metsänhoitosäätiö")."""
    token = tokens[index]
    if len(token.text) < _LONG_COMPOUND or not token.text[0].isupper() or token.text.isupper() or index == 0:
        return False
    before = tokens[index - 1]
    return before.text[0].islower() and text[before.end : token.start] in (" ", ", ")


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
        legal = legal_base(token.text)
        brand = token.text.isupper() and token.text.isalpha() and len(token.text) > 1 and not shouted
        if gap != " " or not (legal or brand) or token.folded in name_words("language_links"):
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


def _own_name(text: str, head: Token, end: int) -> re.Match[str] | None:
    """The capitalised word behind a head that tells a house of its owner: "ammattiopisto Varia", "College Dublin"."""
    brand = _BRAND.match(text, end)
    if brand is None or head.text.isupper() or is_given_name(brand["name"]) or head_base(brand["name"].casefold()):
        return None
    folded = brand["name"].casefold()
    other = folded in name_words("outside") or folded in name_words("directions") or tells_where(folded)
    return None if other else brand


def _after(text: str, tokens: Sequence[Token], index: int) -> Iterator[NameForm]:
    """A name that its head opens: "Yrkeshögskolan Novia", "Stiftelsen Tre Smeder", "Länsstyrelsen i Västernorrland"."""
    last, paired = index, 0
    for position in range(index + 1, min(len(tokens), index + 1 + _MOST_AFTER)):
        token = tokens[position]
        if position == paired:
            last = position
            continue
        if is_broken(text, tokens[position - 1], token) or _is_outside(token) or tells_where(token.folded):
            break
        if token.capital or legal_base(token.text) or head_base(token.folded):
            last = position
        elif position - 1 == last > index and _pairs(text, tokens, index, position):
            paired = position + 1
        elif token.folded not in name_words("inner") or token.folded in CONJUNCTIONS:
            break
    if last == index:
        return
    ending = tokens[last]
    base = legal_base(ending.text) or ending.text
    if base.endswith(("ets", "ens")) and text[ending.end : ending.end + 2].strip().islower():
        base = base[:-1]  # a definite noun in the genitive: "Stiftelsen Norra Hemmets bidrag"
    yield NameForm(tokens[index].start, ending.end, text[tokens[index].start : ending.start] + base)


def _pairs(text: str, tokens: Sequence[Token], index: int, position: int) -> bool:
    """Whether "och" joins two words of one foundation's or association's name: "Stiftelsen Skogen och Hem".

    What joins two bodies has a body behind it: a place, a name of its own form or of several words; two given names
    are a couple of donors, surname and all ("Stiftelsen Brita och Sven Wik").
    """
    opener, joint = tokens[index], tokens[position]
    if opener.folded not in name_words("paired_openers") or joint.folded not in joining_words("plain_and"):
        return False
    before, behind = tokens[position - 1], tokens[position + 1 : position + 3]
    if not behind or text[joint.end : behind[0].start] != " " or not behind[0].text[0].isupper():
        return False
    if is_given_name(before.text) and is_given_name(behind[0].text):
        return True
    alone = len(behind) == 1 or is_broken(text, *behind) or not behind[1].capital or legal_base(behind[1].text)
    known = (
        tells(behind[0].text)
        or behind[0].folded in name_words("outside")
        or identify(behind[0].text)
        or is_given_name(behind[0].text)
    )
    return bool(alone and not known)


def _is_outside(token: Token) -> bool:
    """Whether a word behind an opener is none of its name: words that start sentences, and those of menus."""
    outside = token.folded in name_words("outside") or token.folded in vocabulary("titles")["menu"]
    return outside and token.folded not in name_words("inner")


def _placed(text: str, tokens: Sequence[Token], index: int) -> Iterator[NameForm]:
    """A definite noun and its place: "Sjöfartsmuseet i Kristinestad", "Lantbrukssällskapet i Nyland r.f."."""
    if index + 2 >= len(tokens) or tokens[index + 1].folded not in joining_words("in", "at", language="sv"):
        return
    place = tokens[index + 2]
    if not place.text[0].isupper() or text[tokens[index].end : place.start].strip() != tokens[index + 1].text:
        return
    end, tail = _tail(text, tokens, index + 2)
    yield NameForm(tokens[index].start, end, text[tokens[index].start : place.end] + tail)
