"""Names of organisations that their head opens: "Yrkeshögskolan Novia", "Liceo Aurora", "Båtmuseet i Jungsund"."""

from collections.abc import Iterator, Sequence

from normalise.organisations.edges import is_broken, tail_of
from normalise.organisations.names import identify, is_place
from normalise.organisations.place_forms import local_cases, tells_where
from normalise.organisations.words import (
    NameForm,
    Token,
    head_base,
    legal_base,
    name_words,
    openers,
    opens_with_place,
    tells,
)
from normalise.persons.name_forms import is_given_name
from normalise.words import CONJUNCTIONS, joining_words, vocabulary

# A name seldom has more words behind its opener; longer runs of capitals are headings or menus.
_MOST_AFTER = 5
# Shorter words that end as a local case does are names: "Kosta", "Vesta".
_SHORTEST_LOCAL = 6


def find_opened(text: str, tokens: Sequence[Token], index: int) -> Iterator[NameForm]:
    """The names that the word at a position of a line's ``tokens`` opens: with what follows, or with its place."""
    token = tokens[index]
    if token.folded in openers():
        yield from _after(text, tokens, index)
    elif opens_with_place(token.folded):
        yield from _placed(text, tokens, index)
        if index + 1 < len(tokens) and _is_brand(tokens[index + 1]):
            yield from _after(text, tokens, index)


def _after(text: str, tokens: Sequence[Token], index: int) -> Iterator[NameForm]:
    """A name that its head opens: "Yrkeshögskolan Novia", "Stiftelsen Tre Smeder", "Länsstyrelsen i Västernorrland"."""
    last, paired = index, 0
    for position in range(index + 1, min(len(tokens), index + 1 + _MOST_AFTER)):
        token = tokens[position]
        if position == paired:
            last = position
            continue
        if is_broken(text, tokens[position - 1], token) or _is_outside(token) or _is_where(token):
            break
        if last > index and _is_at_place(tokens, position):
            break
        county = token.folded in name_words("counties") and tokens[position - 1].text[0].isupper()
        if token.capital or legal_base(token.text) or head_base(token.folded) or county:
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


def _is_at_place(tokens: Sequence[Token], position: int) -> bool:
    """Whether a town follows a name of its own, which is no part of it: "Kulturföreningen Udden" i Kristinestad."""
    if tokens[position].folded not in joining_words("in", "at", language="sv") or position + 1 == len(tokens):
        return False
    legal = position + 2 < len(tokens) and legal_base(tokens[position + 2].text)
    return is_place(tokens[position + 1].text) and not legal


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


def _is_where(token: Token) -> bool:
    """Whether a word behind an opener says where its body is: "Hochschule Kiel Saksassa", "IES Aurora in Linares"."""
    local = token.capital and len(token.text) > _SHORTEST_LOCAL and token.folded.endswith(local_cases())
    return local or token.folded in joining_words("in", language="en") or tells_where(token.folded)


def _is_brand(token: Token) -> bool:
    """Whether a word may be the own name of what a definite noun before it tells: "Kulturföreningen Hangö Udd"."""
    return token.text[0].isupper() and not is_given_name(token.text) and head_base(token.folded) is None


def _is_outside(token: Token) -> bool:
    """Whether a word behind an opener is none of its name: words that start sentences, and those of menus."""
    outside = token.folded in name_words("outside") or token.folded in vocabulary("titles")["menu"]
    return outside and token.folded not in name_words("inner")


def _placed(text: str, tokens: Sequence[Token], index: int) -> Iterator[NameForm]:
    """A definite noun and its place: "Sjöfartsmuseet i Kristinestad", "Lantbrukssällskapet i Nyland r.f."."""
    if index + 2 >= len(tokens) or tokens[index + 1].folded not in _placing(tokens[index].folded):
        return
    place = tokens[index + 2]
    if not place.text[0].isupper() or text[tokens[index].end : place.start].strip() != tokens[index + 1].text:
        return
    last = index + 2 + _goes_on(text, tokens, index + 2)
    end, tail = tail_of(text, tokens, last)
    yield NameForm(tokens[index].start, end, text[tokens[index].start : tokens[last].end] + tail)


def _placing(head: str) -> frozenset[str]:
    """What joins a body and its place, or its house: "museet i Vasa", "studentkåren vid Vasa universitet"."""
    housed = head in name_words("heads_housed")
    return joining_words("by", language="sv") if housed else joining_words("in", "at", language="sv")


def _goes_on(text: str, tokens: Sequence[Token], position: int) -> bool:
    """Whether a place has a second word: a part of a region ("i Östra Nyland"), a house ("vid Vasa universitet")."""
    if position + 1 == len(tokens) or is_broken(text, tokens[position], tokens[position + 1]):
        return False
    behind = tokens[position + 1]
    if tokens[position].folded in name_words("directions"):
        return behind.text[0].isupper()
    return not behind.capital and (head_base(behind.folded) == behind.folded or behind.folded in name_words("counties"))
