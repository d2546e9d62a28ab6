"""Finnish and Swedish name inflection undone: the forms that an inflected last word may come from."""

import re
from collections.abc import Iterator
from functools import cache

from normalise.words import vocabulary

_COLON_CASE = re.compile(r"(?<=\w)[:’'](?:n|[a-zåäö]{1,4}n|s?s[aä]|s?t[aä]|l[lt][aäe]|lle|ksi|n[aä]|[aä]|tä|ta|s)$")
_ILLATIVE = re.compile(r"([aeiouyäö])h?\1n$")
_ADJECTIVE = re.compile(r"(?<=\w)(?P<stem>i)se(?:n|en|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi)$")
_VOWELS = "aeiouyäöå"


@cache
def _stems() -> tuple[tuple[str, str], ...]:
    """(stem, nominative) pairs of the heads whose stem changes, longest stem first."""
    heads = vocabulary("inflection")["heads"]
    return tuple(sorted(((stem, head) for head, stem in heads.items()), key=lambda pair: -len(pair[0])))


@cache
def _endings() -> tuple[str, ...]:
    return tuple(vocabulary("inflection")["endings"])


@cache
def nominatives(word: str) -> tuple[str, ...]:
    """What a word may be a form of, likeliest first; the word itself comes last. Case of letters is kept.

    ``"kaupungin"`` gives ``("kaupunki", ..., "kaupungin")``, ``"OPH:n"`` gives ``("OPH", "OPH:n")``.
    """
    found = dict.fromkeys(_forms(word))
    found.pop(word, None)
    return (*found, word)


def _forms(word: str) -> Iterator[str]:
    colon = _COLON_CASE.search(word)
    if colon:
        yield word[: colon.start()]
        return
    yield from _gradated(word)
    yield from _adjective(word)
    yield from _plain(word)
    if word.endswith("s") and len(word) > 3:
        yield word[:-1]


def _gradated(word: str) -> Iterator[str]:
    """Heads with a stem of their own: "ammattiopistokeskuksen" -> "ammattiopistokeskus"."""
    folded = word.casefold()
    for stem, head in _stems():
        at = folded.rfind(stem)
        if at < 0:
            continue
        rest = folded[at + len(stem) :]
        if rest in _endings() or (rest and _is_illative(stem, rest)):
            yield word[:at] + (head if word[at : at + 1].islower() else head.capitalize() if at == 0 else head)


def _is_illative(stem: str, rest: str) -> bool:
    return rest in (f"{stem[-1]}n", f"h{stem[-1]}n", "seen")


def _adjective(word: str) -> Iterator[str]:
    adjective = _ADJECTIVE.search(word)
    if adjective:
        yield word[: adjective.start()] + "inen"


def _plain(word: str) -> Iterator[str]:
    """Words whose stem does not change: the ending is cut, an ``i`` that joined a foreign word's ending too."""
    folded = word.casefold()
    for ending in _endings():
        if not folded.endswith(ending) or len(word) - len(ending) < 2:
            continue
        stem = word[: -len(ending)]
        if stem[-1].casefold() in _VOWELS or ending == "n":
            yield from _with_strong(stem)
            if stem[-1] == "i" and len(stem) > 3:
                yield stem[:-1]
    if _ILLATIVE.search(folded):
        yield word[:-2]


# Weak and strong grade of the consonants before a stem's last vowel ("Helsingin": "Helsinki").
_GRADES = (
    ("ng", "nk"),
    ("nn", "nt"),
    ("mm", "mp"),
    ("ll", "lt"),
    ("rr", "rt"),
    ("d", "t"),
    ("v", "p"),
    ("t", "tt"),
    ("p", "pp"),
    ("k", "kk"),
    ("", "k"),
)


def _with_strong(stem: str) -> Iterator[str]:
    yield stem
    if len(stem) < 4 or stem[-1].casefold() not in _VOWELS:
        return
    for weak, strong in _GRADES:
        if weak and stem[:-1].endswith(weak):
            yield stem[: -1 - len(weak)] + strong + stem[-1]


def genitive_adjective(word: str) -> str:
    """An adjective before an inflected head, in the nominative: "ortodoksisen" -> "ortodoksinen"; others unchanged."""
    found = next(_adjective(word), None)
    return found or word
