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

from normalise.language.lexicon import Lemma, Lexicon, lexicon
from normalise.language.link_forms import LINKED_LANGUAGES, LinkRules, link_rules
from normalise.language.readings import is_noun_for_sure, readings

_MIN_PART = 3
_PLURAL = "t"
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
def take_apart(word: str, lang: str, *, is_lemma: bool = False) -> Compound:
    """The parts of a word in small letters, in any form; nothing for a word that is no compound.

    ``is_lemma``: it stands for itself only, which spares looking for its readings.
    """
    if lang not in LINKED_LANGUAGES or not 2 * _MIN_PART <= len(word) <= _MAX_WORD:
        return _NO_COMPOUND
    book, rules = lexicon(lang), link_rules(lang)
    lemmas = (word,) if is_lemma else tuple(lemma.text for lemma in readings(word, lang))
    if not rules.wholes.isdisjoint(lemmas):
        return _NO_COMPOUND
    # What the dictionary has in the plural only ("kotiolot") may end in a singular.
    whole = tuple({text: None for lemma in lemmas for text in (lemma, lemma.removesuffix(_PLURAL))})
    parts = _on_a_chain(word, _parts(word, whole, book, rules))
    parts = parts or ([] if whole else list(_last_part(word, book, rules)))
    if not parts:
        return _NO_COMPOUND
    starts = _starts(parts)
    joined = {
        _Part(start, part.end, word[start : part.start] + part.lemma) for part in parts for start in starts[part.start]
    }
    runs = _without_hidden(joined, rules)
    all_of_it = [text for start, end, text in runs if start == 0 and end == len(word)]
    return Compound(frozenset(run.lemma for run in runs).difference(all_of_it, (word,)), tuple(sorted(all_of_it)))


def _without_hidden(runs: set[_Part], rules: LinkRules) -> set[_Part]:
    """The runs that tell of a word's meaning: none inside a whole, no first part that is opaque."""
    wholes = [run for run in runs if run.lemma in rules.wholes]
    opaque = [run for run in runs if run.lemma in rules.opaque]
    if not wholes and not opaque:
        return runs
    return {
        run
        for run in runs
        if not any(one.start < run.end < one.end or one.start < run.start < one.end for one in wholes)
        and not any(run.start <= one.start < run.end < one.end for one in opaque)
    }


def _parts(word: str, whole: Sequence[str], book: Lexicon, rules: LinkRules) -> list[_Part]:
    """Everything that may be a part, from the word's beginning on; ``whole``: the lemmas it has as one word."""
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


def _heads(form: str, start: int, whole: Sequence[str], book: Lexicon, rules: LinkRules) -> Iterator[str]:
    """The lemmas of a last part. A word that the dictionary knows ends in it: "koulutusta" holds no "koulu"."""
    if form in rules.not_parts:
        return
    ends = [text[start:] for text in whole]
    for lemma in _last_readings(form, ends, book):
        agrees = not whole or any(text.endswith((lemma.text, form)) for text in whole)
        if lemma.is_part and agrees and rules.may_stand(lemma.text):
            yield lemma.text
    yield from (end for end in ends if _is_derived(end, book, rules))


def _is_derived(end: str, book: Lexicon, rules: LinkRules) -> bool:
    """Whether an adjective is made of a noun for a compound's sake: "kohtainen" in "henkilökohtainen"."""
    stem = end.removesuffix(rules.derived)
    if stem == end or end.endswith(rules.not_derived):
        return False
    return any(
        lemma.is_part and lemma.text == noun and rules.may_stand(noun)
        for noun in (stem, f"{stem}i")
        for lemma in book.lemmas(noun)
    )


def _last_readings(form: str, ends: list[str], book: Lexicon) -> Sequence[Lemma]:
    """The readings of a last part; one that is no noun's in the dictionary is looked at twice if it is long.

    Where the dictionary knows the whole word, its lemma ends in the part's; elsewhere the rules are asked.
    """
    known = book.lemmas(form)
    if (len(form) <= _MIN_LAST_PART and not ends) or any(is_noun_for_sure(lemma, book.lang) for lemma in known):
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
