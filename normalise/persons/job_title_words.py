"""Words that are job titles, by their heads in three languages, and words that may stand before a head."""

import re
from dataclasses import dataclass
from functools import cache

from normalise.words import vocabulary


def role_lemma(word: str) -> str | None:
    """The nominative of a one-word job title, its case of letters kept; None for any other word."""
    folded = word.casefold()
    endings = _endings()
    if folded[-3:] not in endings.tails or folded in endings.never:
        return None
    for length in endings.lengths:
        form = folded[-length:]
        head = endings.compounds.get(form) if length <= len(folded) else None
        if head is None and length == len(folded):
            head = endings.whole.get(form)
        if head is not None:
            return word if form == head else _with_head(word, length, head)
    return None


def _with_head(word: str, length: int, head: str) -> str:
    """A word whose last ``length`` letters, an inflected head, give way to the head."""
    kept = word[: len(word) - length]
    return kept + (head if kept or not word[0].isupper() else head.capitalize())


def is_bare_head(word: str) -> bool:
    """Whether a word is a head by itself ("päällikkö"), to which a genitive before it belongs."""
    return word.casefold() in _endings().whole


def is_english_head(word: str) -> bool:
    """Whether a word is an English title, before which capitalised words belong to it."""
    return _endings().languages.get(word.casefold()) == "en"


def takes_complement(lemma: str) -> bool:
    """Whether a title goes on after "of", "for", "i", "för"."""
    return lemma.casefold().endswith(_endings().with_complement)


def role_language(title: str) -> str:
    """``fi``, ``sv`` or ``en`` by the head of a title; empty where it has none."""
    head = title.partition("(")[0].strip().rpartition(" ")[2].casefold()
    languages = _endings().languages
    return next((languages[head[-n:]] for n in range(len(head), 2, -1) if head[-n:] in languages), "")


@dataclass(frozen=True, slots=True)
class _Endings:
    compounds: dict[str, str]
    whole: dict[str, str]
    tails: frozenset[str]
    lengths: tuple[int, ...]
    never: frozenset[str]
    languages: dict[str, str]
    with_complement: tuple[str, ...]


@cache
def _endings() -> _Endings:
    """Every form of every head, by where it may stand: at the end of a compound, or only as a word of its own."""
    words = vocabulary("roles")
    whole: dict[str, str] = {word: word for word in [*words["whole_words"], *words["råd"]]}
    compounds: dict[str, str] = {}
    languages: dict[str, str] = {}
    for language, heads in words["heads"].items():
        for head in heads:
            forms = dict.fromkeys(_finnish_forms(head) if language == "fi" else (head,), head)
            languages[head] = language
            whole.update(forms)
            if head not in words["whole_words"]:
                compounds.update(forms)
    both = {*whole, *compounds}
    tails = frozenset(form[-3:] for form in both)
    lengths = tuple(sorted({len(form) for form in both}, reverse=True))
    never, complement = frozenset(words["never"]), tuple(words["with_complement"])
    return _Endings(compounds, whole, tails, lengths, never, languages, complement)


def _finnish_forms(head: str) -> tuple[str, ...]:
    """The cases in which a title stands beside a name, the plural nominative included ("koordinaattorit A ja B")."""
    if head.endswith("mies"):
        strong = weak = f"{head[:-1]}he"
    elif head.endswith("os"):
        strong = weak = f"{head[:-1]}kse"
    else:
        strong, weak = head, re.sub(r"kk([oö])$", r"k\1", head)
    endings = ("n", "lta", "ltä", "lle", "lla", "llä", "ksi", "t")
    return (head, *(weak + ending for ending in endings), *(strong + ending for ending in ("na", "nä", "a", "ä")))


@dataclass(frozen=True, slots=True)
class Modifiers:
    """Words before a head: ``any`` and ``own`` belong to it, ``never`` and those that end in ``bodies`` do not."""

    any: frozenset[str]
    own: frozenset[str]
    never: frozenset[str]
    abstract: tuple[str, ...]
    bodies: tuple[str, ...]
    adjectives: tuple[str, ...]


@cache
def modifiers() -> Modifiers:
    """The lists of the vocabulary, read once."""
    words = vocabulary("roles")
    return Modifiers(
        frozenset(word for language in words["modifiers"].values() for word in language),
        frozenset(words["own_genitives"]),
        frozenset(words["not_modifiers"]),
        tuple(words["abstract_genitives"]),
        tuple(words["not_modifier_ends"]),
        tuple(words["adjective_ends"]),
    )
