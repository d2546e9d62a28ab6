"""The verbs of Finnish forms that the dictionary does not know or takes for a noun's: "koskevan" -> "koskea".

Participles are inflected as nouns are, and the dictionary has few of their forms. Each participle has a stem in common
with a finite form that the dictionary does know: "tarkoitettu" with "tarkoitettiin". The pairs of endings are those of
any grammar (Iso suomen kielioppi, sections 105 to 122); they stand in vocabulary/readings.yml.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from normalise.language.lexicon import Lexicon
from normalise.words import vocabulary

_MIN_STEM = 2
# The past participle after its stem: "-nut", "-nutta", "-neen", "-neissa", with its consonant doubled or not.
_PAST = re.compile(r"(?P<stem>[a-zåäö]{1,30})[nlrs](?:ut|yt|utta|yttä|ee(?:t|n|nä|na|[a-zäö]{2,3})|ei[a-zäö]{1,4})")
# Tried first, for the pattern takes ten times as long.
_PAST_ENDS = ("t", "n", "a", "ä", "lle", "ksi")
_VOWELS = "aeiouyäö"
# Other endings of verbs stand behind a vowel.
_AFTER_CONSONANTS = ("tiin",)


def participles(words: Iterable[str], book: Lexicon) -> Iterator[tuple[str, str]]:
    """Those of some words (nominatives) that are participles, each with its verb."""
    for word in words:
        if not word.endswith(_endings()):
            continue
        for ending, finite in _pairs():
            if word.endswith(ending) and len(word) >= len(ending) + _MIN_STEM and word not in _no_participles():
                yield from ((word, verb) for verb in _verbs(word[: -len(ending)], finite, book))


def past_participle(form: str, book: Lexicon) -> Iterator[tuple[str, str]]:
    """The past participle that a form belongs to, with its verb: "syntyneistä" -> "syntynyt", "syntyä"."""
    found = _PAST.fullmatch(form) if form.endswith(_PAST_ENDS) else None
    if not found:
        return
    stem = form[: found.end("stem") + 1]
    for participle in (f"{stem}ut", f"{stem}yt"):
        for ending, infinitives in _rules()["past"].items():
            if participle.endswith(ending):
                verbs = (participle.removesuffix(ending) + infinitive for infinitive in infinitives)
                yield from ((participle, verb) for verb in verbs if _is_verb(verb, book))


def verbs_in_a_vowel(form: str, book: Lexicon) -> Iterator[str]:
    """The verbs of a form that looks like a noun's: "seuraa" -> "seurata", "muista" -> "muistaa"."""
    if len(form) <= _MIN_STEM or not form.endswith(("a", "ä")):
        return
    if form[-2:-1] in _VOWELS:
        yield from _verbs(form[:-1], ["isi"], book)
    if all(lemma.text != form for lemma in book.lemmas(form)):
        yield from _verbs(form, ["isi"], book)


def _verbs(stem: str, finite: Iterable[str], book: Lexicon) -> Iterator[str]:
    """The verbs that have a stem's finite forms; before -i- a vowel is lost: "vastaa-": "vastaisi"."""
    for ending in finite:
        if stem[-1] not in _VOWELS and ending not in _AFTER_CONSONANTS:
            continue
        whole = stem[:-1] + ending if ending.startswith("i") and stem.endswith(("e", "aa", "ää")) else stem + ending
        yield from (lemma.text for lemma in book.lemmas(whole) if lemma.is_verb)


def _is_verb(word: str, book: Lexicon) -> bool:
    return any(lemma.is_verb and lemma.text == word for lemma in book.lemmas(word))


@cache
def _pairs() -> tuple[tuple[str, list[str]], ...]:
    return tuple(_rules()["participles"].items())


@cache
def _endings() -> tuple[str, ...]:
    return tuple(ending for ending, _ in _pairs())


@cache
def _no_participles() -> frozenset[str]:
    return frozenset(_rules()["no_participles"].split())


@cache
def _rules() -> Any:
    return vocabulary("readings")["fi"]["verbs"]
