"""Where a text writes a person's name, address or number: as words of its own, a name in any case of its inflection."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from normalise.persons.name_forms import possible_nominatives
from normalise.words import vocabulary
from pipelines.withhold import Span

_WORD = re.compile(r"[^\W\d_](?:[\w'’-]{0,60}\w)?")
_BETWEEN = r",?\s{1,3}"
# Shorter words are no inflected forms, and one letter of a stem is shared by too many words.
_STEM = 2


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a span is words of its own: neither end is within a word or a number."""
    return not _goes_on(text, start) and not _goes_on(text, end)


def written(text: str, value: str) -> Iterator[Span]:
    """Where a text has the value as words of its own. Case endings and clitics behind it belong to it."""
    at = text.find(value) if value else -1
    while at >= 0:
        end = _end_of_word(text, at + len(value))
        if not _goes_on(text, at) and (end == at + len(value) or _is_ending(text[at + len(value) : end])):
            yield at, end
        at = text.find(value, at + 1)


def inflected(text: str, name: str) -> Iterator[Span]:
    """Where a text has a name whose last word stands in any case, with a stem of its own, too ("Niemiselle").

    A full name is found in both orders and in any case of letters, a single word only with the capital that it has.
    """
    words = _WORD.findall(name)
    if len(words) > 1:
        orders: tuple[Sequence[str], ...] = (words, (words[-1], *words[:-1]))
        for order in orders:
            yield from _inflected(text, order, re.IGNORECASE)
    elif words:
        yield from _inflected(text, words, re.NOFLAG)


def _inflected(text: str, words: Sequence[str], flags: re.RegexFlag) -> Iterator[Span]:
    *front, last = words
    before = "".join(re.escape(word) + _BETWEEN for word in front)
    pattern = rf"(?<![^\W\d_]){before}({re.escape(last[:_STEM])}(?:[\w'’-]{{0,60}}\w)?)"
    for match in re.finditer(pattern, text, flags):
        if _is_form(match[1], last):
            yield match.span()


def _is_form(word: str, name: str) -> bool:
    forms = possible_nominatives(word) if word[0].isupper() and len(word) > _STEM else []
    return name.casefold() in {form.casefold() for form in (word, *forms)}


def _goes_on(text: str, at: int) -> bool:
    """Whether a word or number goes on across a place. A capital behind a small letter begins a word ("tiimiAnna")."""
    before, after = text[at - 1 : at], text[at : at + 1]
    if before.isalpha() and after.isalpha():
        return not (before.islower() and after.isupper())
    return before.isdigit() and after.isdigit()


def _end_of_word(text: str, at: int) -> int:
    while 0 < at < len(text) and _goes_on(text, at):
        at += 1
    return at


def _is_ending(rest: str) -> bool:
    return _ending().fullmatch(rest.casefold()) is not None


@cache
def _ending() -> re.Pattern[str]:
    """A case, a clitic, or both; an ``i`` joins them to a name that ends in a consonant ("Felixille")."""
    words = vocabulary("persons")
    cases, clitics = ("|".join(sorted(words[key])) for key in ("endings_behind", "clitics"))
    return re.compile(f"i?(?:{cases})?(?:{clitics})?")
