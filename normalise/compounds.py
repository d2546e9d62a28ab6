"""Compounds taken apart: "kehittämishankkeen" holds kehittäminen and hanke, "utvecklingsprojekt" utveckling and projekt.

Every part and every run of parts that is a word counts: "ammattikorkeakoulu" holds korkeakoulu as well as koulu. The rules
(smallest part three letters, Swedish links -s-, -e-, -a-, "-mis" for "-minen", no part that is really a suffix) were
measured on annotated treebanks; the words that they need stand in vocabulary/compounds.yml.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from normalise.lexicon import Lemma, lexicon
from normalise.words import vocabulary

LANGUAGES = ("fi", "sv")
_MIN_PART = 3
# The longest Finnish words of ordinary text have some 40 letters; longer strings are addresses or slips.
_MAX_WORD = 60
_MAX_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Split:
    """A word cut in two: the lemmas its first part may have, the form and the lemma of the rest."""

    modifier: str
    modifier_lemmas: tuple[str, ...]
    head: str
    head_lemma: str


@dataclass(frozen=True, slots=True)
class _Rules:
    short_parts: frozenset[str]
    not_parts: frozenset[str]
    modifiers: dict[str, str]
    stems: tuple[tuple[str, str], ...]
    particles: frozenset[str]


def parts(word: str, lang: str) -> frozenset[str]:
    """The lemmas of all parts and runs of parts of a word, without the whole; ``word`` in small letters, any form.

    Empty for a word that is no compound and for languages that write compounds apart.
    """
    if lang not in LANGUAGES or len(word) > _MAX_WORD:
        return frozenset()
    return frozenset(_parts(word, lang, 0)) - {word}


def compound_lemmas(word: str, lang: str) -> tuple[str, ...]:
    """Dictionary forms of a compound that no dictionary holds: "koulutushankkeissa" -> ("koulutushanke",)."""
    if lang not in LANGUAGES or len(word) > _MAX_WORD:
        return ()
    return tuple(dict.fromkeys(split.modifier + split.head_lemma for split in _splits(word, lang, 0)))


def _parts(word: str, lang: str, depth: int) -> Iterator[str]:
    for split in _splits(word, lang, depth):
        yield from split.modifier_lemmas
        yield split.head_lemma
        if depth < _MAX_DEPTH:
            yield from _parts(split.modifier, lang, depth + 1)
            yield from _parts(split.head, lang, depth + 1)


@lru_cache(maxsize=1 << 16)
def _splits(word: str, lang: str, depth: int) -> tuple[Split, ...]:
    if depth > _MAX_DEPTH:
        return ()
    whole = lexicon(lang).lemmas(word)
    found = []
    for at in range(_MIN_PART, len(word) - _MIN_PART + 1):
        modifier, head = word[:at], word[at:]
        heads = _heads(head, lang, depth)
        if not heads:
            continue
        lemmas = _modifier_lemmas(modifier, lang, depth, is_known=bool(whole))
        if not lemmas:
            continue
        found += [Split(modifier, lemmas, head, lemma) for lemma in heads if _agrees(lemma, whole)]
    return tuple(found)


def _agrees(head: str, whole: tuple[Lemma, ...]) -> bool:
    """A word that the dictionary knows ends in its head: "koulutusta" is no "koulu" with a "tusta"."""
    return not whole or any(lemma.text.endswith(head) for lemma in whole)


def _heads(form: str, lang: str, depth: int) -> tuple[str, ...]:
    rules = _rules(lang)
    if form in rules.not_parts:
        return ()
    known = [lemma.text for lemma in lexicon(lang).lemmas(form) if _may_stand(lemma, rules)]
    if known:
        return tuple(known)
    return tuple(split.modifier + split.head_lemma for split in _splits(form, lang, depth + 1))


def _may_stand(lemma: Lemma, rules: _Rules) -> bool:
    if not lemma.is_part or lemma.text in rules.not_parts:
        return False
    return len(lemma.text) > _MIN_PART or lemma.text in rules.short_parts


def _modifier_lemmas(form: str, lang: str, depth: int, *, is_known: bool) -> tuple[str, ...]:
    rules = _rules(lang)
    if form in rules.particles:
        return () if is_known else (form,)
    if form in rules.modifiers:
        return (rules.modifiers[form],)
    if form in rules.not_parts:
        return ()
    found = [lemma for lemma in _link_lemmas(form, lang, rules)]
    if not found:
        found = [split.modifier + split.head_lemma for split in _splits(form, lang, depth + 1) if _is_link(split.head, split.head_lemma, lang)]
    return tuple(dict.fromkeys(found))


def _link_lemmas(form: str, lang: str, rules: _Rules) -> Iterator[str]:
    book = lexicon(lang)
    for lemma in book.lemmas(form):
        if _may_stand(lemma, rules) and _is_link(form, lemma.text, lang):
            yield lemma.text
    for ending, restored in rules.stems:
        if not form.endswith(ending):
            continue
        word = form[: len(form) - len(ending)] + restored
        if any(lemma.text == word and _may_stand(lemma, rules) for lemma in book.lemmas(word)):
            yield word


def _is_link(form: str, lemma: str, lang: str) -> bool:
    """Whether a form of a lemma is one that joins: the lemma itself, the Finnish genitive, the Swedish -s."""
    if form == lemma:
        return True
    if lang == "sv":
        return form.endswith("s") and len(form) <= len(lemma) + 1
    return form.endswith("n") and len(form) <= len(lemma) + 3 and not _is_illative(form, lemma)


def _is_illative(form: str, lemma: str) -> bool:
    doubled = len(form) > 3 and form[-2] == form[-3] and not lemma.endswith(form[-3:-1])
    return doubled or form.endswith(("seen", "siin", "hin", "hun", "han", "hön", "hän", "hon", "hen"))


@cache
def _rules(lang: str) -> _Rules:
    words: dict[str, Any] = vocabulary("compounds")[lang]
    return _Rules(
        frozenset(words["short_parts"].split()),
        frozenset(words["not_parts"].split()),
        words["modifiers"],
        tuple((ending, restored) for ending, restored in words["stems"]),
        frozenset(words["particles"].split()),
    )
