"""Compounds taken apart: "kehittämishankkeen" holds kehittäminen and hanke, "arbetsplatsen" arbete and plats.

Every part and every run of parts counts: "ammattikorkeakoulu" holds korkeakoulu as well as koulu. A word is a chain of
link forms ("kehittämis", "arbets") that ends in a form of a noun or adjective; all chains are followed. The rules
(smallest part three letters, Swedish links -s-, -e-, -a-, "-mis" for "-minen", no part that is really a suffix) were
measured on annotated treebanks; the words that they need stand in vocabulary/compounds.yml.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from normalise.lexicon import Lemma, Lexicon, lexicon
from normalise.link_forms import LINKED_LANGUAGES, LinkRules, link_rules
from normalise.readings import is_noun_for_sure, readings

_MIN_PART = 3
# A shorter end of an unknown word is more often chance than a part.
_MIN_LAST_PART = 5
# The longest Finnish words of ordinary text have some 40 letters; longer strings are addresses or slips.
_MAX_WORD = 60
_CACHED = 1 << 13


@dataclass(frozen=True, slots=True)
class Compound:
    """``parts``: the lemmas of all parts and runs of parts but the whole; ``lemmas``: what the whole may be."""

    parts: frozenset[str] = frozenset()
    lemmas: tuple[str, ...] = ()


_NO_COMPOUND = Compound()


class _Part(NamedTuple):
    """A part of a word: where it starts and ends, and its lemma."""

    start: int
    end: int
    lemma: str


@lru_cache(maxsize=_CACHED)
def take_apart(word: str, lang: str) -> Compound:
    """The parts of a word in small letters, in any form; nothing for a word that is no compound."""
    if lang not in LINKED_LANGUAGES or not 2 * _MIN_PART <= len(word) <= _MAX_WORD:
        return _NO_COMPOUND
    book, rules = lexicon(lang), link_rules(lang)
    parts = _on_a_chain(word, _parts(word, book, rules)) or list(_last_part(word, book, rules))
    if not parts:
        return _NO_COMPOUND
    starts = _starts(parts)
    runs = {(start, word[start : part.start] + part.lemma, part.end) for part in parts for start in starts[part.start]}
    whole = [text for start, text, end in runs if start == 0 and end == len(word)]
    return Compound(frozenset(text for _, text, _ in runs).difference(whole, (word,)), tuple(sorted(whole)))


def _parts(word: str, book: Lexicon, rules: LinkRules) -> list[_Part]:
    """Everything that may be a part, from the word's beginning on."""
    whole = [lemma.text for lemma in readings(word, book.lang)]
    if not rules.wholes.isdisjoint(whole):
        return []
    found: list[_Part] = []
    reached, waiting = {0}, [0]
    while waiting:
        start = waiting.pop()
        rest = word[start:]
        if start:
            found += [_Part(start, len(word), lemma) for lemma in _heads(rest, start, whole, book, rules)]
        for link in book.starts.prefixes(rest) if len(rest) >= 2 * _MIN_PART else ():
            end = start + len(link)
            lemmas = _link_lemmas(link, book.lang) if len(word) - end >= _MIN_PART else ()
            if not lemmas or (link in rules.particles and rest in book.forms):
                continue  # a particle ("till-") is one with what follows if the dictionary has that word
            found += [_Part(start, end, lemma) for lemma in lemmas]
            if end not in reached:
                reached.add(end)
                waiting.append(end)
    return found


def _last_part(word: str, book: Lexicon, rules: LinkRules) -> Iterator[_Part]:
    """The longest known last part of a word whose beginning nobody knows: "Agricolatutkimus" holds "tutkimus"."""
    if readings(word, book.lang):
        return
    for start in range(_MIN_PART, len(word) - _MIN_LAST_PART + 1):
        found = [lemma for lemma in _listed_heads(word[start:], book, rules) if len(lemma) >= _MIN_LAST_PART]
        if found:
            yield _Part(0, start, word[:start])
            yield from (_Part(start, len(word), lemma) for lemma in found)
            return


def _listed_heads(form: str, book: Lexicon, rules: LinkRules) -> Iterator[str]:
    """The lemmas of a last part that the dictionary knows as it stands."""
    if form not in rules.not_parts:
        yield from (lemma.text for lemma in book.lemmas(form) if lemma.is_part and rules.may_stand(lemma.text))


def _heads(form: str, start: int, whole: list[str], book: Lexicon, rules: LinkRules) -> Iterator[str]:
    """The lemmas of a last part. A word that the dictionary knows ends in it: "koulutusta" holds no "koulu"."""
    if form in rules.not_parts:
        return
    for lemma in _last_readings(form, [text[start:] for text in whole], book):
        agrees = not whole or any(text.endswith((lemma.text, form)) for text in whole)
        if lemma.is_part and agrees and rules.may_stand(lemma.text):
            yield lemma.text


def _last_readings(form: str, ends: list[str], book: Lexicon) -> Sequence[Lemma]:
    """The readings of a last part; one that is no noun's in the dictionary is looked at twice if it is long.

    Where the dictionary knows the whole word, its lemma ends in the part's; elsewhere the rules are asked.
    """
    known = book.lemmas(form)
    if len(form) <= _MIN_LAST_PART or any(is_noun_for_sure(lemma, book.lang) for lemma in known):
        return known
    if ends:
        return [*known, *(lemma for end in ends for lemma in book.lemmas(end) if lemma.text == end)]
    return readings(form, book.lang)


@lru_cache(maxsize=_CACHED)
def _link_lemmas(link: str, lang: str) -> tuple[str, ...]:
    """What a link form stands for."""
    rules = link_rules(lang)
    if link in rules.not_parts:
        return ()
    return tuple(
        lemma for lemma in lexicon(lang).link_lemmas(link) if rules.may_stand(lemma) or link in rules.modifiers
    )


def _on_a_chain(word: str, parts: list[_Part]) -> list[_Part]:
    """The parts from which the word's end can be reached, and which can be reached from its beginning."""
    if not any(part.end == len(word) for part in parts):
        return []
    good = {len(word)}
    for part in sorted(parts, key=lambda part: -part.start):
        if part.end in good:
            good.add(part.start)
    return [part for part in parts if part.end in good and part.start in good]


def _starts(parts: list[_Part]) -> dict[int, set[int]]:
    """For each place in the word, where the runs of parts that end there start (the place itself among them)."""
    starts: dict[int, set[int]] = defaultdict(set)
    for place in sorted({part.start for part in parts}):
        starts[place].add(place)
        for part in parts:
            if part.end == place:
                starts[place] |= starts[part.start]
    return starts
