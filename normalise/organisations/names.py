"""Registered names of organisations in any case form: the longest one that starts at a word of a text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain
from typing import Protocol

from normalise.language.inflection import genitive_adjective, nominatives
from normalise.organisations.place_forms import place_forms
from normalise.organisations.register import Entry, names_by_fold, register
from normalise.organisations.words import WORD_BODY, Token
from normalise.words import WORDS_KEPT, vocabulary

_WORD = re.compile(rf"{WORD_BODY}\+?")
# Longer names than this many words are not registered.
_LONGEST = 12
# Official names this long are also written without a capital ("opetus- ja kulttuuriministeriö").
_PLAIN = 14
# Signs between two words that part names.
_APART = frozenset("\n.,;:()|•·∙!?")


@dataclass(frozen=True, slots=True)
class OrganisationMention:
    """A name at ``start``..``end`` (characters). ``name`` is its nominative in the text's own wording.

    ``entry`` is the register's body where it is known. ``place`` tells that the text gives only a municipality's place
    name ("Kauhava"), which is an organisation only where organisations are listed.
    """

    start: int
    end: int
    name: str
    entry: Entry | None = None
    place: bool = False


class Named(Protocol):
    """A name at ``start``..``end`` with its nominative."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def name(self) -> str:
        """Its nominative."""


def in_nominative(text: str, named: Named) -> bool:
    """Whether a name stands in a text as it is in the nominative."""
    return text[named.start : named.end] == named.name


@dataclass(slots=True)
class _Node:
    """A step in the tree of registered names, word by word (folded)."""

    steps: dict[str, "_Node"] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()


@cache
def _tree() -> _Node:
    root = _Node()
    for name, entries in names_by_fold().items():
        node = root
        for word in _WORD.findall(name):
            node = node.steps.setdefault(word.casefold(), _Node())
        if node is not root:
            node.entries = (*node.entries, *entries)
    return root


@lru_cache(WORDS_KEPT)
def is_place(word: str) -> bool:
    """Whether a word is a municipality's place name, in the nominative."""
    found = identify(word)
    return found is not None and found.place and found.name == word


def find_registered(text: str, tokens: Sequence[Token]) -> Iterator[OrganisationMention]:
    """The registered names among a text's words (`tokens_of`), in reading order, none within another."""
    words = _register_words(text, tokens)
    reached = 0
    for index in [index for index, word in enumerate(words) if _opens(word.text)]:
        mention = _longest_at(text, words, index) if words[index].start >= reached else None
        if mention:
            yield mention
            reached = mention.end


def identify(name: str) -> OrganisationMention | None:
    """The registered body that a whole name is, in any case form; None where the register does not know it."""
    words = list(_words(name, 0, len(name)))
    best = _longest_at(name, words, 0) if words else None
    if best and best.start == words[0].start and best.end == words[-1].end:
        return best
    return None


def _register_words(text: str, tokens: Sequence[Token]) -> list[Token]:
    """The words as the register's names have them: without the hyphens that end them, and no legal form as one."""
    parted = ((token,) if token.text.isalnum() else _parted(text, token) for token in tokens)
    return list(chain.from_iterable(parted))


def _parted(text: str, token: Token) -> Iterable[Token]:
    if token.text[-1] == "-":
        return (Token(token.start, token.end - 1, token.text[:-1], token.folded[:-1]),)
    front, hyphen, rest = token.text.partition("-")
    if hyphen and rest.islower() and front in _payers() and token.folded not in _tree().steps:
        return (Token(token.start, token.start + len(front), front, front.casefold()),)
    return _words(text, token.start, token.end) if "." in token.text or "/" in token.text else (token,)


@cache
def _payers() -> frozenset[str]:
    """The names of one word of funds and programmes, which compounds begin with: "ESF-projekt", "STEA-avustus".

    A Leader group is no programme, and not all that is the union's is paid by it.
    """
    general = vocabulary("parties")["too_general"]
    payers = (e for e in register().values() if e.type in ("fund", "programme") and e.id not in general)
    return frozenset(name for entry in payers for name in entry.names if name.isalnum())


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    return (Token(*match.span(), match[0], match[0].casefold()) for match in _WORD.finditer(text, start, end))


@lru_cache(WORDS_KEPT)
def _opens(word: str) -> bool:
    """Whether a registered name can start with a word. Most words in lower case open none, whatever their form."""
    folded, steps = word.casefold(), _tree().steps
    if word == folded and len(word) < _PLAIN and folded not in steps:
        return False
    return any(form in steps for _, form in _bases(word)) or genitive_adjective(folded) in steps


def _longest_at(text: str, words: Sequence[Token], index: int) -> OrganisationMention | None:
    """The longest registered name that starts at a word."""
    node: _Node | None = _tree()
    best: OrganisationMention | None = None
    for position in range(index, min(index + _LONGEST, len(words))):
        if node is None or (position > index and _apart(text, words[position - 1], words[position])):
            break
        word = words[position]
        for base, folded in _bases(word.text):
            last = node.steps.get(folded)
            mention = _mention(text, words[index : position + 1], base, last) if last else None
            if mention:
                best = mention
                break
        node = node.steps.get(word.folded) or node.steps.get(genitive_adjective(word.folded))
    return best


@lru_cache(WORDS_KEPT)
def _bases(word: str) -> tuple[tuple[str, str], ...]:
    """What the last word of a registered name may be in the nominative, as written and folded, likeliest first."""
    place = place_forms().get(word.casefold())
    place_base = (place.capitalize() if word[:1].isupper() else place,) if place else ()
    bases = (word, *place_base, *(form for form in nominatives(word) if form != word))
    return tuple((base, base.casefold()) for base in bases)


def _apart(text: str, before: Token, word: Token) -> bool:
    """Whether two words cannot belong to one name: a line's or sentence's end or a bracket between them.

    A comma between them is the name's own, if any (see `_fits`).
    """
    between = text[before.end : word.start].removeprefix("-").removeprefix(",")
    return len(between) > 3 or not _APART.isdisjoint(between)


def _mention(text: str, words: Sequence[Token], base: str, node: _Node) -> OrganisationMention | None:
    """The body whose name a run of words is, its last word in the nominative ``base``; None where the case forbids."""
    start, last = words[0].start, words[-1]
    wording = text[start : last.start] + base
    entries = [entry for entry in node.entries if _fits(wording, entry)]
    if not entries:
        return None
    entry = min(entries, key=lambda e: (e.until is not None, e.id))
    known = entry if len({e.id for e in entries if not e.until} or {entry.id}) == 1 else None
    name = wording if base == last.text else _agreeing(wording)
    return OrganisationMention(start, last.end, name, known, entry.type == "municipality" and " " not in wording)


def _agreeing(wording: str) -> str:
    """Put the adjective before an inflected head into the nominative, too."""
    head, space, last = wording.rpartition(" ")
    front, gap, adjective = head.rpartition(" ")
    return front + gap + genitive_adjective(adjective) + space + last


def _fits(wording: str, entry: Entry) -> bool:
    """Whether the letters' case allows the name: names have a capital, abbreviations keep theirs; and their commas."""
    if ", " in wording and wording.count(",") != wording.count("-,"):
        return wording in entry.names
    if wording not in entry.short and wording not in entry.names:
        folded = wording.casefold()
        if any(folded == short.casefold() for short in entry.short) and len(wording) <= 6:
            return wording.isupper() and len(wording) > 3
        if len(wording) < 4 and wording.isupper():
            return False
    return any(c.isupper() for c in wording) or len(wording) >= _PLAIN
