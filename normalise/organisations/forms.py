"""Names of organisations that no register knows, by their form: heads, legal forms, the capitals around them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from normalise.language.inflection import genitive_adjective
from normalise.organisations.edges import is_broken, is_modified, opening_of, tail_of
from normalise.organisations.openers import find_opened
from normalise.organisations.place_forms import tells_where
from normalise.organisations.words import NameForm, Token, head_base, head_of, legal_base, name_words, tells
from normalise.persons.name_forms import is_given_name
from normalise.text.document import Document, Line
from normalise.words import AND, any_of, vocabulary

# A brand ends its name: a sign, a joining word or a line's end follows.
_BRAND = re.compile(
    r" (?P<name>[A-ZÅÄÖ][a-zåäö]+(?:-[A-ZÅÄÖ][a-zåäö]+)?)(?<!st[aä])(?<!ss[aä])(?<!lt[aä])"
    rf"(?=[.,;)]|$| \(| (?:{AND}|{any_of(vocabulary('organisation_words')['behind_brands'])})\b)",
    re.MULTILINE,
)
# Behind a first word that is no brand but begins a unit's name: "Purolan yliopiston Kasvatus ja kulttuuri -yksikkö".
_AND_PLAIN = re.compile(rf" (?:{AND}) [a-zåäö]")
# Common nouns have no capital inside a sentence in either language; shorter words are too often a place or a person.
_LONG_COMPOUND = 11
_SHORT_COMPOUND = 10
# A line that is one name has so many words before its legal form at most.
_MOST_WORDS = 7
_START = attrgetter("start")


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
        if not token.text[0].isupper() and token.folded not in name_words("heads_placed_plain"):
            continue
        yield from find_opened(text, tokens, index)


def _before(text: str, tokens: Sequence[Token], index: int, base: str) -> Iterator[NameForm]:
    """A name that ends at its head or legal form, ``base`` its nominative."""
    association = base.casefold() in name_words("associations")
    first = opening_of(text, tokens, index, plain=association or _is_of_owner(text, tokens, index))
    if association and first == index and _is_line_of_one(text, tokens, index):
        first = 0
    own_name = len(tokens[index].text) > len(base) or tokens[index].capital
    alone = first == index and not (own_name and ("-" in base or _is_proper(text, tokens, index)))
    nobodys = first + 1 == index and tokens[first].folded in name_words("unnamed_owners")
    if alone or nobodys or not is_modified(tokens, first, index):
        return
    first += _is_origin(tokens, first, index)
    start, end = tokens[first].start, tokens[index].end
    inflected = base != tokens[index].text
    wording = text[start : tokens[index].start] + base
    if inflected and first < index:
        wording = _agree(text, tokens, first, index, base)
    brand = _own_name(text, tokens[index], end)
    if brand and (not inflected or (tokens[index].text[-1] in "ns" and not _AND_PLAIN.match(text, brand.end()))):
        yield NameForm(start, brand.end(), text[start : brand.end()])
        return
    last, tail = tail_of(text, tokens, index)
    yield NameForm(start, last, (wording if inflected or last == end else text[start:end]) + tail)


def _is_of_owner(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether a company's name is one noun in lower case behind whose it is: "Kivelän talo Oy", "Malms gård Ab"."""
    if index < 2 or not legal_base(tokens[index].text):
        return False
    owner, noun = tokens[index - 2 : index]
    if not owner.capital or not noun.text.islower() or is_broken(text, owner, noun):
        return False
    return owner.folded.endswith("n") or (
        tokens[index].folded in name_words("companies_sv") and noun.folded.endswith(tuple(name_words("estates")))
    )


def _is_line_of_one(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether a line is an association's name and no more, odd words and all: "Asukkaat ja muut ystävät ry"."""
    if (
        index + 1 < len(tokens)
        or index > _MOST_WORDS
        or not tokens[0].capital
        or tokens[0].folded in name_words("outside")
    ):
        return False
    verbs = vocabulary("parties")["verbs"]
    broken = any(is_broken(text, before, after) for before, after in pairwise(tokens))
    return not broken and not any(token.text in verbs for token in tokens)


def _is_origin(tokens: Sequence[Token], first: int, index: int) -> bool:
    """Whether a company's name begins with an adjective that only tells its town: "Forssalainen Kuituset Oy"."""
    ends = tuple(vocabulary("organisation_words")["announcers"]["nationality"]["fi"])
    told = tokens[first].folded.endswith(ends) and tokens[first].folded not in name_words("own_origins")
    company = legal_base(tokens[index].text) and tokens[index].folded not in name_words("associations")
    return told and bool(company) and first + 1 < index and tokens[first + 1].capital


def _is_proper(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Whether a lone word is a name: a long compound with a capital where no sentence starts ("Metsänhoitosäätiö")."""
    token = tokens[index]
    if len(token.text) < _SHORT_COMPOUND or not token.text[0].isupper() or token.text.isupper():
        return False
    heads = name_words("proper_heads")
    if head_base(token.folded) == token.folded not in heads and token.folded.endswith(tuple(heads)):
        return True
    if len(token.text) < _LONG_COMPOUND or index == 0:
        return False
    before = tokens[index - 1]
    return before.text[0].islower() and text[before.end : token.start] in (" ", ", ")


def _agree(text: str, tokens: Sequence[Token], first: int, index: int, base: str) -> str:
    adjective = tokens[index - 1]
    front = text[tokens[first].start : adjective.start]
    return front + genitive_adjective(adjective.text) + text[adjective.end : tokens[index].start] + base


def _own_name(text: str, head: Token, end: int) -> re.Match[str] | None:
    """The capitalised word behind a head that tells a house of its owner: "ammattiopisto Varia", "College Dublin"."""
    brand = _BRAND.match(text, end)
    if brand is None or head.text.isupper() or is_given_name(brand["name"]) or head_base(brand["name"].casefold()):
        return None
    folded = brand["name"].casefold()
    other = folded in name_words("outside") or folded in name_words("directions") or tells_where(folded)
    return None if other else brand
