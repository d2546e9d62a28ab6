"""Bodies that share one plural head: "Turun, Tukholman ja Tarton yliopistot", "biblioteken i Malax och Korsnäs"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from normalise.language.inflection import nominatives
from normalise.organisations.names import identify
from normalise.organisations.words import NameForm, openers
from normalise.text.document import Document
from normalise.words import AND, WORDS_KEPT, any_of, joining, joining_words, vocabulary

_DIRECTION = any_of(word.capitalize() for word in vocabulary("organisation_words")["directions"])
_NAME = rf"(?:(?:{_DIRECTION}) )?[A-ZÅÄÖ][\w-]{{2,24}}"
# The run of modifiers, and the plural that they share; no run of bodies on real pages is longer than a dozen.
_RUN = rf"(?P<run>{_NAME}(?:,\s{_NAME}){{0,12}},?\s(?:{AND})\s{_NAME})"
_SERIES = re.compile(rf"(?<![\w-]){_RUN}\s(?P<head>[\w-]{{5,30}})(?!\w)")
# In Swedish the head may come first: "gymnasierna i Hangö, Lovisa och Sibbo".
_PLACES = re.compile(
    rf"(?<![\w-])(?P<head>[\w-]{{7,30}})\s(?P<joint>{joining('in', 'at', language='sv')})\s{_RUN}(?![\w-])"
)
_MODIFIER = re.compile(_NAME)


def find_series(document: Document) -> Iterator[NameForm]:
    """Each body of a series: the first ones at their modifier alone, the last one with the head."""
    for match in _SERIES.finditer(document.text):
        head = singular(match["head"].casefold())
        modifiers = list(_MODIFIER.finditer(document.text, match.start("run"), match.end("run")))
        if head is None or "\n" in match[0] or not all(_modifies(m[0], head) for m in modifiers):
            continue
        modifiers = _without_bodies(modifiers)
        unmarked = match["head"].casefold() == head
        if not _agree(modifiers, head) or _opened(document.text, match.start(), unmarked=unmarked):
            continue
        for modifier in modifiers[:-1]:
            yield NameForm(modifier.start(), modifier.end(), f"{modifier[0]} {head}")
        yield NameForm(modifiers[-1].start(), match.end("head"), f"{modifiers[-1][0]} {head}")
    yield from _of_places(document.text)


def _of_places(text: str) -> Iterator[NameForm]:
    """Each body of a series by places, at its place: "biblioteken i Malax och Närpes" names "biblioteket i Malax"."""
    heads = vocabulary("parties")["heads_of_places"]
    for match in _PLACES.finditer(text):
        written = match["head"].casefold()
        plural = next((plural for plural in heads if written.endswith(plural)), None)
        if plural and "\n" not in match[0]:
            head = written.removesuffix(plural) + heads[plural]
            for place in _MODIFIER.finditer(text, match.start("run"), match.end("run")):
                yield NameForm(place.start(), place.end(), f"{head} {match['joint']} {place[0]}")


@lru_cache(WORDS_KEPT)
def singular(plural: str) -> str | None:
    """The singular of a plural head in any case ("yliopistoissa" -> "yliopisto"); None for other words.

    Compounds keep their front: "kansalaisopistot" -> "kansalaisopisto".
    """
    for form in (plural, *_plural_nominatives(plural)):
        found = _listed(form)
        if found:
            return found
    return None


def _listed(plural: str) -> str | None:
    heads = vocabulary("parties")["shared_heads"]
    if plural in heads:
        return str(heads[plural])
    ending = next((h for h in sorted(heads, key=len, reverse=True) if len(h) > 4 and plural.endswith(h)), None)
    return plural.removesuffix(ending) + str(heads[ending]) if ending else None


def _plural_nominatives(word: str) -> Iterator[str]:
    """Finnish plural cases by their marks: "yliopistoilla", "kunnille", "keskuksista" stand for a plural in -t."""
    for ending in vocabulary("parties")["plural_cases"]:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            yield from (f"{form}t" for form in (stem, f"{stem}e", stem[:-1] + "e", stem[:-1] + "a"))


def _agree(modifiers: list[re.Match[str]], head: str) -> bool:
    """Whether all names stand in the genitive where the last one does; "Region X och Nylands förbund" is no series."""
    genitive = modifiers[-1][0].endswith("s") and head[-1] not in "aiouyäö"
    return not genitive or all(modifier[0][-1] in "sxz" for modifier in modifiers)


def _without_bodies(modifiers: list[re.Match[str]]) -> list[re.Match[str]]:
    """The modifiers behind the last body that has no head: of "Arcada, Ingå och Sjundeå kommuner" the last two."""
    bodies = [index for index, modifier in enumerate(modifiers[:-1]) if _is_body(modifier[0])]
    return modifiers[bodies[-1] + 1 :] if bodies else modifiers


def _is_body(name: str) -> bool:
    found = identify(name)
    return found is not None and found.name == name and found.entry is not None and found.entry.type != "municipality"


def _opened(text: str, start: int, *, unmarked: bool) -> bool:
    """Whether the first name belongs to the word before it: "Region Västerbotten och ...".

    So does it to any capital or place where the head shows no plural, ``unmarked``: "Purola Akademi och Umeå
    universitet", "Länsstyrelsen i Norrbotten och Luleå universitet".
    """
    before = text[max(0, start - 20) : start].split()
    if not before or text[start - 1] != " ":
        return False
    named = before[-1][0].isupper() and before[-1].casefold() in openers()
    place = before[-1][0].isupper() or before[-1] in joining_words("in", "at", "by", "of")
    return named or (unmarked and place)


def _modifies(word: str, head: str) -> bool:
    """Whether a word can stand before a head: a Finnish genitive, or any name before a Swedish or English one."""
    return word.endswith("n") or head[-1] not in "aiouyäö" or nominatives(word)[0] != word
