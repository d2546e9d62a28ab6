"""Finnish and Swedish name inflection undone: the forms that an inflected last word may come from."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from normalise.words import WORDS_KEPT, vocabulary

_COLON_CASE = re.compile(r"(?<=\w)[:’'](?:n|[a-zåäö]{1,4}n|s?s[aä]|s?t[aä]|l[lt][aäe]|lle|ksi|n[aä]|[aä]|tä|ta|s)$")
_ILLATIVE = re.compile(r"([aeiouyäö])h?\1n$")
_ADJECTIVE = re.compile(r"(?<=\w)(?P<stem>i)se(?:n|en|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi)$")
# The plural of people: "omistajien", "tekijöiden", "partiolaisilta".
_PLURAL_CASES = "ll[aäe]|lt[aä]|ss[aä]|st[aä]"
_PEOPLE = re.compile(
    rf"(?<=\w)(?:(?P<doers>j)(?:ien|[oö]i(?:den|tten)|[oö]?i(?:{_PLURAL_CASES}))"
    rf"|(?P<origin>l[aä]is)(?:ten|i(?:{_PLURAL_CASES})))$"
)
_VOWELS = "aeiouyäöå"
_KSE = re.compile(r"[aeiouyäö]kse$")


@cache
def _endings() -> tuple[str, ...]:
    return tuple(vocabulary("inflection")["endings"])


@cache
def _stem_forms() -> Mapping[str, tuple[tuple[int, str, str], ...]]:
    """(rank, stem, nominative) of the heads by what their inflected forms end in; the longest stem ranks first."""
    heads = sorted(vocabulary("inflection")["heads"].items(), key=lambda pair: -len(pair[1]))
    forms: dict[str, tuple[tuple[int, str, str], ...]] = {}
    for rank, (head, stem) in enumerate(heads):
        for ending in dict.fromkeys((*_endings(), f"{stem[-1]}n", f"h{stem[-1]}n", "seen")):
            forms[stem + ending] = (*forms.get(stem + ending, ()), (rank, stem, head))
    return forms


@cache
def _stem_form_lengths() -> tuple[int, ...]:
    return tuple(sorted({len(form) for form in _stem_forms()}))


@lru_cache(WORDS_KEPT)
def nominatives(word: str) -> tuple[str, ...]:
    """What a word may be a form of, likeliest first; the word itself comes last. Case of letters is kept.

    ``"kaupungin"`` gives ``("kaupunki", ..., "kaupungin")``, ``"OPH:n"`` gives ``("OPH", "OPH:n")``.
    """
    found = dict.fromkeys(_forms(word))
    found.pop(word, None)
    return (*found, word)


def _forms(word: str) -> Iterator[str]:
    colon = _COLON_CASE.search(word) if not word.isalpha() else None
    if colon:
        yield word[: colon.start()]
        return
    yield from _gradated(word)
    yield from _adjective(word)
    yield from _people(word)
    yield from _plain(word)
    if word.endswith("s") and len(word) > 3:
        yield word[:-1]


def _gradated(word: str) -> Iterator[str]:
    """Heads with a stem of their own: "ammattiopistokeskuksen" -> "ammattiopistokeskus"."""
    folded = word.casefold()
    for _, stem, head in _stems_of(folded):
        at = folded.rfind(stem)
        yield word[:at] + (head if word[at : at + 1].islower() else head.capitalize() if at == 0 else head)


def _stems_of(folded: str) -> list[tuple[int, str, str]]:
    """The heads whose last stem in a word is followed by nothing but an ending."""
    found = []
    for length in _stem_form_lengths():
        if length > len(folded):
            break
        for rank, stem, head in _stem_forms().get(folded[-length:], ()):
            if folded.rfind(stem) == len(folded) - length:
                found.append((rank, stem, head))
    return sorted(found)


def _adjective(word: str) -> Iterator[str]:
    adjective = _ADJECTIVE.search(word) if "ise" in word else None
    if adjective:
        yield word[: adjective.start()] + "inen"


def _people(word: str) -> Iterator[str]:
    """Names of many: "omistajien" -> "omistajat", "partiolaisten" -> "partiolaiset"."""
    people = _PEOPLE.search(word)
    if people and people["origin"]:
        yield f"{word[: people.end('origin')]}et"
    elif people:
        stem = word[: people.end("doers")]
        is_front = max(map(word.rfind, "äöy")) > max(map(word.rfind, "aou"))
        yield f"{stem}ät" if is_front else f"{stem}at"


def _plain(word: str) -> Iterator[str]:
    """Words whose stem does not change: the ending is cut, an ``i`` that joined a foreign word's ending too."""
    folded = word.casefold()
    if not folded.endswith(_endings()):
        return
    for ending in _endings():
        if not folded.endswith(ending) or len(word) - len(ending) < 2:
            continue
        stem = word[: -len(ending)]
        # "Salpauksen": names in -s bend like "keskus".
        if _KSE.search(stem.casefold()):
            yield f"{stem[:-3]}s"
        if stem[-1].casefold() in _VOWELS or ending == "n":
            yield from _with_strong(stem)
            if stem[-1] == "i" and len(stem) > 3:
                yield stem[:-1]
    if folded.endswith("n") and _ILLATIVE.search(folded):
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
