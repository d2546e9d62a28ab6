"""The nominatives that a Finnish form may have by the rules of the language: "hyödyt" -> "hyöty", "väreihin" -> "väri".

The dictionary knows one lemma a form, often a verb's or none. The rules (endings after a weak and a strong stem,
consonant gradation, vowels before the plural's -i-) are those of any grammar (Iso suomen kielioppi, sections 40 to 65);
the endings and grades stand in vocabulary/compounds.yml. What comes out may be no word: callers look it up.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from normalise.words import vocabulary

_MIN_STEM = 3
_VOWELS = "aeiouyäö"
# What stands before a stem's last vowel: the consonants that change their grade.
_STEM = re.compile(rf"(?P<start>.*?)(?P<consonants>[^{_VOWELS}]*)(?P<vowel>[{_VOWELS}])")


def nominatives(form: str) -> Iterator[str]:
    """Nominatives that a form in small letters may have; the same one may come twice."""
    for ending in _rules()["weak"]:
        yield from (_nominative(stem) for cut in _cut(form, ending) for stem in _strong_stems(cut))
    for ending in _rules()["strong"]:
        yield from (_nominative(stem) for stem in _cut(form, ending))
    if form.endswith("n") and len(form) > _MIN_STEM + 1 and form[-2] == form[-3] and form[-2] in _VOWELS:
        yield _nominative(form[:-2])
    for ending in _rules()["plural_weak"]:
        yield from (word for cut in _cut(form, ending) for stem in _singulars(cut) for word in _strong_stems(stem))
    for ending in _rules()["plural_strong"]:
        yield from (word for cut in _cut(form, ending) for word in _singulars(cut))


def full_forms(form: str) -> Iterator[str]:
    """What a form of spoken Finnish may stand for in full: "alakerras" -> "alakerrassa", "viikkoo" -> "viikkoa"."""
    for ending, fulls in _rules()["spoken"].items():
        yield from (cut + full for cut in _cut(form, ending) for full in fulls)


def _cut(form: str, ending: str) -> Iterator[str]:
    if form.endswith(ending) and len(form) - len(ending) >= _MIN_STEM:
        yield form[: len(form) - len(ending)]


def _nominative(stem: str) -> str:
    """ "lake-" is the stem of "laki"; a noun in -e ("nukke") is found by its other forms."""
    return f"{stem[:-1]}i" if stem.endswith("e") else stem


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
def _rules() -> Any:
    return vocabulary("compounds")["fi"]["nouns"]
