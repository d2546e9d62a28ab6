"""The nominatives that a Finnish form may have by the rules of the language: "hyödyt" -> "hyöty", "väreihin" -> "väri".

The dictionary knows one lemma a form, often a verb's or none. The rules (endings after a weak and a strong stem,
consonant gradation, vowels before the plural's -i-) are those of any grammar (Iso suomen kielioppi, sections 40 to 65);
the endings and grades stand in vocabulary/readings.yml. What comes out may be no word: callers look it up.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from normalise.words import vocabulary

_MIN_STEM = 3
# Endings have one to four letters.
_LENGTHS = range(1, 5)
_VOWELS = "aeiouyäö"
_ELATIVES = ("sta", "stä")
_has_plural = re.compile("[ij]").search
# What stands before a stem's last vowel: the consonants that change their grade.
_STEM = re.compile(rf"(?P<start>.*?)(?P<consonants>[^{_VOWELS}]*)(?P<vowel>[{_VOWELS}])")


def stem_nominatives(form: str) -> dict[str, None]:
    """Nominatives that a form in small letters may have, each once, in an order that is always the same."""
    found: dict[str, None] = {}
    for stem, kind in _stems(form):
        found |= dict.fromkeys(_nominatives(stem, kind))
    return found


def singulars_of(form: str, lemmas: Iterable[str]) -> dict[str, None]:
    """Nominatives of a form with the plural's -i- or -j-, of one in -sta, and of its lemmas that are plurals in -t.

    The dictionary takes many of them for a rarer noun's: "nuorissa" for "nuora", not "nuori"; "vaihdosta" for
    "vaihdos", not "vaihto".
    """
    found: dict[str, None] = {}
    for stem, kind in _stems(form) if _has_plural(form[-_LENGTHS[-1] :]) else ():
        if kind.startswith("plural"):
            found |= dict.fromkeys(_nominatives(stem, kind))
    if form.endswith(_ELATIVES):
        found |= dict.fromkeys(_nominatives(form[: -len(_ELATIVES[0])], "weak"))
    for lemma in lemmas:
        if lemma.endswith("t"):
            found |= dict.fromkeys(_nominatives(lemma[:-1], "weak"))
    return found


def full_forms(form: str) -> Iterator[str]:
    """What a form of spoken Finnish may stand for in full: "alakerras" -> "alakerrassa", "viikkoo" -> "viikkoa"."""
    spoken = _rules()["spoken"]
    for length in _LENGTHS:
        stem, ending = form[:-length], form[-length:]
        if ending in spoken and len(stem) >= _MIN_STEM:
            yield from (stem + full for full in spoken[ending])


def _nominatives(stem: str, kind: str) -> Iterator[str]:
    """The nominatives of a stem of a kind."""
    if kind == "weak":
        yield from (word for strong in _strong_stems(stem) for word in _of_stem(strong))
    elif kind == "strong":
        yield from _of_stem(stem)
    elif kind == "plural_strong":
        yield from _singulars(stem)
    elif kind == "plural_weak" or stem[-1] in _VOWELS:
        yield from (word for singular in _singulars(stem) for word in _strong_stems(singular))


def _stems(form: str) -> Iterator[tuple[str, str]]:
    """The form without each ending that it has, and what kind of stem stands before that ending."""
    kinds = _kinds()
    for length in _LENGTHS:
        stem = form[:-length]
        if len(stem) >= _MIN_STEM:
            yield from ((stem, kind) for kind in kinds.get(form[-length:], ()))
    if form.endswith("n") and len(form) > _MIN_STEM + 1 and form[-2] == form[-3] and form[-2] in _VOWELS:
        yield form[:-2], "strong"


def _of_stem(stem: str) -> Iterator[str]:
    """The nominatives of a stem: "lake-" is that of "laki", "ihmise-" that of "ihminen".

    A noun in -e ("nukke") is found by its other forms.
    """
    if not stem.endswith("e"):
        yield stem
        return
    for end, nominative in _rules()["stems"].items():
        if stem.endswith(end):
            yield stem.removesuffix(end) + nominative


def _singulars(plural: str) -> Iterator[str]:
    """The singular stems before a plural's -i- or -j-: "kirjo-" of "kirja", "väre-" of "väri", "koir-" of "koira"."""
    if plural[-1] not in _VOWELS:
        yield from (plural + vowel for vowel in "aäi")
        return
    yield from (plural[:-1] + vowel for vowel in _rules()["singular_vowels"].get(plural[-1], ()))


def _strong_stems(stem: str) -> Iterator[str]:
    """A stem, and the strong one that it may be the weak one of: "hyödy-" -> "hyöty-", "hau-" -> "haku-"."""
    yield stem
    found = _STEM.fullmatch(stem)
    if not found:
        return
    strong = _rules()["grades"].get(found["consonants"])
    if strong and found["start"]:
        yield found["start"] + strong + found["vowel"]


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    """For each ending the kinds of stems that it follows."""
    kinds = ("weak", "strong", "plural_weak", "plural_strong", "plural_vowel")
    endings = {ending for kind in kinds for ending in _rules()[kind]}
    return {ending: tuple(kind for kind in kinds if ending in _rules()[kind]) for ending in endings}


@cache
def _rules() -> Any:
    return vocabulary("readings")["fi"]["nouns"]
