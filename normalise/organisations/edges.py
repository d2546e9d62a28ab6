"""Where a name of unknown form begins and ends: the words around its head, and the signs that end it."""

import re
from collections.abc import Sequence

from normalise.organisations.names import is_place
from normalise.organisations.place_forms import tells_where
from normalise.organisations.words import Token, head_base, is_sort_of_body, legal_base, name_words
from normalise.persons.name_forms import is_given_name
from normalise.words import CONJUNCTIONS, joining, joining_words, vocabulary

# "University of Iceland", "Institute for Health and Welfare": English heads go on behind "of" and "for".
_COMPLEMENT = re.compile(
    rf"(?<=[a-z]) (?:{joining('of', language='en')})"
    rf"(?: (?:{joining('of', 'the', 'plain_and', language='en')}|[A-ZÅÄÖ][\w-]+)){{0,4}} [A-ZÅÄÖ][\w-]+"
)
_BRACKET = re.compile(r"\s?\((?P<inside>[A-ZÅÄÖ][\w/+&. -]{1,24})\)")
# A name seldom has more words before its head; longer runs of capitals are headings or menus.
_MOST_BEFORE = 6
_ENGLISH_AND = joining_words("plain_and", language="en") | {"&"}
# Shorter words that end as an inessive does are names: "Larissa".
_SHORTEST_INSIDE = 8
_BREAKS = '.,;:()[]<>|•·∙▸►→!?/"”»›—=+'


def opening_of(text: str, tokens: Sequence[Token], index: int, *, plain: bool) -> int:
    """Where a name before its head starts: walk back over capitals and the words that may stand between them.

    ``plain`` allows words in lower case behind the first capital: "Länsi-Uudenmaan vesi ja ympäristö ry".
    """
    first = index
    for position in range(index - 1, max(-1, index - 1 - _MOST_BEFORE), -1):
        token = tokens[position]
        if _couple(tokens, position, index) or _both_capitals(text, tokens, position, index):
            continue
        if plain and first == index and not token.capital and _may_be_plain(text, tokens, position):
            continue
        if is_broken(text, token, tokens[position + 1]) or token.text[-1].isdigit():
            break
        if _ends_name(text, tokens, position, first, plain=plain):
            break
        if token.capital:
            first = position
        elif not _joins(token, tokens[position - 1] if position else None):
            break
    return first


def tail_of(text: str, tokens: Sequence[Token], index: int) -> tuple[int, str]:
    """What belongs to a name after its head: a legal form, a brand or abbreviation, an abbreviation in brackets."""
    end, tail = tokens[index].end, ""
    shouted = tokens[index].text.isupper()
    for token in tokens[index + 1 : index + 4]:
        gap = text[end : token.start]
        legal = legal_base(token.text)
        brand = token.text.isupper() and token.text.isalpha() and len(token.text) > 1 and not shouted
        if gap != " " or not (legal or brand) or token.folded in name_words("no_brands"):
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


def is_modified(tokens: Sequence[Token], first: int, index: int) -> bool:
    """Whether the words before a head in lower case can be its modifiers: genitives, adjectives or abbreviations."""
    if first == index or tokens[index].capital or legal_base(tokens[index].text):
        return True
    joined = tokens[index - 1].folded in CONJUNCTIONS and index - 2 > first
    nearest, opening = tokens[index - 2 if joined else index - 1], tokens[first]
    if not nearest.capital and not _may_open(opening, nearest):
        return False
    weak = head_base(tokens[index].folded) in name_words("weak_heads")
    return not weak or nearest.folded.endswith(("n", "nen", "s", "-")) or nearest.text.isupper()


def _may_open(opening: Token, nearest: Token) -> bool:
    """Whether a word can open a name whose last modifier is in lower case: a genitive, half a compound ("Vanhus- ja
    lähimmäispalvelun liitto"), a place ("Lovisa svenska församling", "Vasa stads museum").
    """
    if opening.folded.endswith(("n", "s", "-")) or opening.text.isupper():
        return True
    if nearest.folded in name_words("counties_of"):
        return True
    return nearest.folded.endswith(("ska", "stads")) and any(is_place(part) for part in opening.text.split("-"))


def is_broken(text: str, before: Token, after: Token) -> bool:
    """Whether a sign between two words ends a name."""
    gap = text[before.end : after.start]
    if not gap:
        return True
    if (before.text.endswith("-") and gap == ", ") or (gap in (". ", ".", ".-") and _is_abbreviated(before, gap)):
        return False
    if len(gap) > 1 and gap.isspace():
        return True
    return len(gap) > 3 or " –" in gap or gap == " - " or any(c in _BREAKS for c in gap)


def _is_abbreviated(token: Token, gap: str) -> bool:
    """Whether the full stop behind a word is an abbreviation's: an initial, or a word known in lower case."""
    if len(token.text) == 1:
        return token.capital and gap == ". "
    return not token.capital and token.folded in name_words("abbreviated")


def _ends_name(text: str, tokens: Sequence[Token], position: int, first: int, *, plain: bool) -> bool:
    """Whether a word that never belongs to a name stands before it; ``plain`` as for `opening_of`."""
    token = tokens[position]
    if tells_where(token.folded) or _is_place_of_doing(token):
        return True
    if token.folded not in name_words("outside"):
        return False
    suspended = token.folded in CONJUNCTIONS and position > 0 and tokens[position - 1].text.endswith("-")
    return not suspended and not (plain and _is_own_word(text, tokens, position, first))


def _is_place_of_doing(token: Token) -> bool:
    """Whether a capital says in what something is done: "Polku-hankkeessa" before "Purolan seura kunnostaa"."""
    if len(token.text) < _SHORTEST_INSIDE or not token.capital:
        return False
    return token.folded.endswith(("ssa", "ssä")) or any(
        f"-{start}" in token.folded for start in vocabulary("parties")["project_starts"]
    )


def _joins(token: Token, before: Token | None) -> bool:
    """Whether a word in lower case may stand inside a name: a known joint, a genitive or an adjective."""
    if token.text[-1] == "-":
        return True
    if token.folded in CONJUNCTIONS:
        return before is not None and before.text.endswith("-")
    return token.folded in name_words("inner") or (
        len(token.folded) > 4
        and token.folded.endswith(("n", "ska", "a-"))
        and not token.folded.endswith(tuple(vocabulary("organisation_words")["not_inside"]))
    )


def _is_own_word(text: str, tokens: Sequence[Token], position: int, first: int) -> bool:
    """Whether a word that starts sentences elsewhere is an association's own: "Kuopion Kehitysvammaisten Tuki ry"."""
    if position == 0 or position < first - 1:
        return False
    token, before = tokens[position], tokens[position - 1]
    return token.capital and before.capital and before.text[-1] in "ns" and not is_broken(text, before, token)


def _couple(tokens: Sequence[Token], position: int, index: int) -> bool:
    """Whether "ja" joins two within one name: donors of a foundation ("Aune ja Eemil Rantasen säätiö"), two sorts of
    members or activities of one body ("Omaishoitajat ja Läheiset ry", "Kylän Liikunta ja Urheilu ry").
    """
    if position == 0 or tokens[position].folded not in joining_words("plain_and"):
        return False
    if legal_base(tokens[index].text) and _sorts_of_one(tokens, position, index):
        return True
    if _shares(tokens, position, index):
        return True
    return (
        is_given_name(tokens[position - 1].text)
        and tokens[position + 1].capital
        and any(head in tokens[index].folded for head in name_words("foundation_heads"))
    )


def _shares(tokens: Sequence[Token], position: int, index: int) -> bool:
    """Whether two places own the one body: "Purolan ja Kivilän suojeluyhdistys", "Espoon ja Kauniaisten Kerho ry"."""
    before, after = tokens[position - 1], tokens[position + 1]
    both = before.capital and after.capital and before.text[-1] == after.text[-1] == "n"
    if not both or head_base(before.folded):
        return False
    if tokens[index].folded in name_words("associations"):
        return True
    return position + 2 == index and (head_base(tokens[index].folded) or "").endswith(
        tuple(name_words("shared_by_two"))
    )


def _sorts_of_one(tokens: Sequence[Token], position: int, index: int) -> bool:
    """Whether the words around "ja" cannot be two bodies: plurals, or a word that only a genitive makes a name."""
    before, after = tokens[position - 1], tokens[position + 1]
    if not before.capital or legal_base(before.text):
        return False
    if before.folded.endswith("t") and after.folded.endswith("t"):
        return True
    if head_base(before.folded) or before.folded.endswith("t"):
        return False
    genitive = position > 1 and tokens[position - 2].capital and tokens[position - 2].text[-1] in "ns"
    return genitive and position + 2 == index


def _both_capitals(text: str, tokens: Sequence[Token], position: int, index: int) -> bool:
    """Whether "and" joins two capitals within one name: "Water and Environment Association", "Lindholm Museum and
    Archives"; not two bodies ("Linden University and University of Vik").
    """
    if position == 0 or tokens[position].folded not in _ENGLISH_AND:
        return False
    before, after = tokens[position - 1], tokens[position + 1]
    if not before.capital or not after.capital or legal_base(before.text):
        return False
    if head_base(before.folded) is None:
        return True
    return position + 1 == index and is_sort_of_body(after.text) and not _COMPLEMENT.match(text, after.end)


def _may_be_plain(text: str, tokens: Sequence[Token], position: int) -> bool:
    """Whether a word in lower case may stand within an association's name: no verb, no other name's end."""
    token = tokens[position]
    if is_broken(text, token, tokens[position + 1]) or token.folded in vocabulary("parties")["verbs"]:
        return False
    return token.folded.isalpha() and (token.folded in CONJUNCTIONS or token.folded not in name_words("outside"))
