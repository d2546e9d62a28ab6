"""Forms of people's names: known given names and surnames, inflected surnames back to the nominative, folding."""

import re
import unicodedata
from functools import cache

from normalise.words import vocabulary


@cache
def given_names() -> frozenset[str]:
    """Known given names, casefolded."""
    return frozenset(vocabulary("given_names")["names"].split())


@cache
def surnames() -> frozenset[str]:
    """Known surnames, casefolded."""
    return frozenset(vocabulary("surnames")["names"].split())


def is_given_name(word: str) -> bool:
    """Whether a word is a known given name, or a double name of two ("Outi-Maria")."""
    folded = word.casefold()
    return folded in given_names() or ("-" in folded and all(part in given_names() for part in folded.split("-")))


def is_ambiguous_given_name(word: str) -> bool:
    """Whether a given name is a common word, place or product as well."""
    return word.casefold() in _words("ambiguous_given")


def calls_for_name(word: str) -> bool:
    """Whether a word asks to get in touch with the one whose name follows, even if it is a surname: "Ring Felix"."""
    return word.casefold() in _words("calls")


def is_surname(word: str) -> bool:
    """Whether a word, or each part of a double name, is a known surname."""
    folded = word.casefold()
    return folded in surnames() or ("-" in folded and all(part in surnames() for part in folded.split("-")))


def looks_like_surname(word: str) -> bool:
    """Whether a word is a known surname or ends as surnames do, and is no organisation, place or function."""
    last = word.casefold().rpartition("-")[2]
    if not may_be_surname(word) or word.casefold() in _words("places"):
        return False
    return last in surnames() or last.endswith(_ends("surname_ends"))


def may_be_surname(word: str) -> bool:
    """Whether nothing speaks against a capitalised word as a surname."""
    folded = word.casefold()
    if len(folded) < 2 or folded in _words("not_surnames"):
        return False
    return folded in surnames() or not folded.endswith(_ends("not_surname_ends"))


def nominative(surname: str, *, may_be_genitive: bool = True) -> str:
    """The nominative of a surname that may stand in a case: "Niemisen" -> "Nieminen", "Virtaselta" -> "Virtanen".

    A known surname stays; otherwise known surnames are tried, then endings that no nominative has. ``may_be_genitive``
    is False for a name in a place of its own, where "Portin" is no genitive of "Portti".
    """
    if is_surname(surname):
        return surname
    forms = possible_nominatives(surname) if may_be_genitive or not surname.endswith(("n", "N", "s", "S")) else []
    known = next((form for form in forms if form.casefold().rpartition("-")[2] in surnames()), None)
    head, hyphen, last = surname.rpartition("-")
    if known or last.casefold().endswith(_ends("nominative_ends")):
        return known or surname
    likely = next((form for form in forms if form.casefold().endswith(_ends("nominative_ends"))), None)
    return likely or head + hyphen + _undo_oblique(last)


def possible_nominatives(surname: str) -> list[str]:
    """Every nominative that an inflected surname could have: by Finnish cases first, then by the Swedish genitive."""
    head, hyphen, last = surname.rpartition("-")
    forms = [head + hyphen + _same_case(form, last) for form in _candidates(last.casefold())]
    return [*forms, surname[:-1]] if surname[-1] in "sS" and len(surname) > 3 else forms


def _undo_oblique(word: str) -> str:
    """An unknown surname without an ending that no nominative has; unchanged where there is none."""
    match = re.fullmatch(r"(\w{1,30}[aeiouyäö])se(?:lta|ltä|lle|lla|llä|sta|stä|ssa|ssä|n)", word, re.IGNORECASE)
    if match:
        return f"{match[1]}nen"
    match = re.fullmatch(r"(\w{3,30}?)(i?)(?:lta|ltä)", word, re.IGNORECASE)
    if not match:
        return word
    return match[1] if match[2] and match[1][-1].casefold() not in "aeiouyäö" else match[1] + match[2]


def _candidates(folded: str) -> list[str]:
    words = vocabulary("persons")
    found: list[str] = []
    doubled = len(folded) > 3 and folded[-3] == folded[-2]
    for case in (*words["cases"], *(words["illatives"] if doubled else ())):
        if not folded.endswith(case) or len(folded) - len(case) < 2:
            continue
        stem = folded[: -len(case)]
        found.append(stem)
        found += [stem[: len(stem) - len(end)] + base for end, base in words["stems"] if stem.endswith(end)]
    return found


def _same_case(candidate: str, model: str) -> str:
    if model[0].islower():
        return candidate
    return candidate.upper() if model.isupper() and len(model) > 1 else candidate.capitalize()


def in_title_case(name: str) -> str:
    """A name of capital letters with small ones: "LARS-GÖRAN" -> "Lars-Göran"; other names as they are."""
    if not name.isupper() or len(name) < 3:
        return name
    return "-".join(part.capitalize() for part in name.split("-"))


def fold(name: str) -> str:
    """Lower-case ASCII, as names stand in e-mail addresses: "Räsänen" -> "rasanen"; only letters and "-" stay."""
    letters = name.casefold()
    if not letters.isascii():
        letters = unicodedata.normalize("NFKD", letters.translate(_TRANSLITERATIONS))
    return _NOT_IN_ADDRESS.sub("", letters)


_NOT_IN_ADDRESS = re.compile(r"[^a-z-]")
# Letters that Unicode does not decompose.
_TRANSLITERATIONS = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ł": "l", "ð": "d", "þ": "th"})


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(str(word) for word in vocabulary("persons")[key])


@cache
def _ends(key: str) -> tuple[str, ...]:
    return tuple(vocabulary("persons")[key])
