"""Withhold: what was erased is blacked out of every text before anything is read from it, with lengths kept."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from archive.addresses import page_id
from archive.errors import HankearkistoError
from archive.tombstones import TombstoneKind, Tombstones
from normalise.contacts.emails import find_emails
from normalise.contacts.phones import find_phones
from normalise.persons.name_forms import possible_nominatives
from pipelines.readers.reading import Reading

# Stands for each letter of what was erased; every other offset stays right.
MARK = "█"
Span = tuple[int, int]
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]{0,60}\w)?")
_BETWEEN = re.compile(r",?\s{1,3}")
# Any hand's address: what the finder of addresses does not take for one must not slip through.
_ADDRESS = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")


class ValueFormError(HankearkistoError):
    """What is to be forgotten is no address, number or name that can be told from others."""


def forms(kind: TombstoneKind, value: str) -> tuple[str, ...]:
    """The forms under which a value is known: one, or for a person the name in both orders.

    Raises ValueFormError for what is no value of its kind.
    """
    if kind == "url":
        return (page_id(value),)
    if kind == "email":
        if not _ADDRESS.fullmatch(value.strip()):
            raise ValueFormError(f"{value!r} is no e-mail address")
        return (value.strip().casefold(),)
    if kind == "phone":
        numbers = {mention.number for mention in find_phones(value)}
        if len(numbers) != 1:
            raise ValueFormError(f"{value!r} is no phone number")
        return tuple(numbers)
    words = [word.casefold() for word in _WORD.findall(value)]
    if len(words) < 2:
        raise ValueFormError(f"{value!r} is no full name: give the first and the last name")
    return tuple(dict.fromkeys((" ".join(words), " ".join([words[-1], *words[:-1]]))))


def find_withheld(text: str, tombstones: Tombstones) -> list[Span]:
    """Where erased values stand in a text, in reading order; spans do not overlap."""
    spans: list[Span] = []
    if tombstones.has_kind("email"):
        spans += _emails(text, tombstones)
    if tombstones.has_kind("phone"):
        spans += ((m.start, m.end) for m in find_phones(text) if tombstones.has("phone", m.number))
    if tombstones.has_kind("person"):
        spans += _names(text, tombstones)
    return list(_joined(sorted(spans)))


def is_withheld(part: str, value: str, tombstones: Tombstones) -> bool:
    """Whether a contact's ``name``, ``email`` or ``phone`` was erased."""
    if part == "name":
        return tombstones.has("person", " ".join(word.casefold() for word in _WORD.findall(value)))
    if part == "email":
        return tombstones.has("email", value.casefold())
    return part == "phone" and tombstones.has("phone", value)


def redact(text: str, tombstones: Tombstones) -> str:
    """The text with erased values blacked out; as long as before."""
    return blacken(text, find_withheld(text, tombstones))


def blacken(text: str, spans: list[Span]) -> str:
    """The text with spans blacked out; spaces and line breaks stay."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = [letter if letter.isspace() else MARK for letter in letters[start:end]]
    return "".join(letters)


def is_forgotten_url(url: str, tombstones: Tombstones) -> bool:
    """Whether the page at an address was erased as a whole."""
    return bool(tombstones) and tombstones.has("url", page_id(url))


def withhold_reading(reading: Reading, tombstones: Tombstones) -> Reading:
    """A reading without what was erased; addresses of erased pages lead nowhere."""
    if not tombstones:
        return reading
    title = redact(reading.title, tombstones) if reading.title else reading.title
    shown = replace(reading, text=redact(reading.text, tombstones), title=title)
    if not tombstones.has_kind("url"):
        return shown
    return replace(
        shown,
        links=tuple(url for url in reading.links if not is_forgotten_url(url, tombstones)),
        alternates=tuple(pair for pair in reading.alternates if not is_forgotten_url(pair[1], tombstones)),
        canonical=None if is_forgotten_url(reading.canonical or "", tombstones) else reading.canonical,
    )


def _emails(text: str, tombstones: Tombstones) -> Iterator[Span]:
    for mention in find_emails(text):
        if tombstones.has("email", mention.address.casefold()):
            yield mention.start, mention.end
    for match in _ADDRESS.finditer(text):
        if tombstones.has("email", match[0].casefold()):
            yield match.span()


def _names(text: str, tombstones: Tombstones) -> Iterator[Span]:
    words = list(_WORD.finditer(text))
    is_next = [bool(_BETWEEN.fullmatch(text, a.end(), b.start())) for a, b in pairwise(words)]
    for length in tombstones.name_lengths:
        for at in range(len(words) - length + 1):
            if all(is_next[at : at + length - 1]) and _is_name(words[at : at + length], tombstones):
                yield words[at].start(), words[at + length - 1].end()


def _is_name(words: list[re.Match[str]], tombstones: Tombstones) -> bool:
    """Whether words are an erased name, the last of them in any case of its inflection."""
    front = " ".join(word[0].casefold() for word in words[:-1])
    last = words[-1][0]
    bases = (last, *(possible_nominatives(last) if last[0].isupper() and len(last) > 2 else ()))
    return any(tombstones.has("person", f"{front} {base.casefold()}") for base in bases)


def _joined(spans: list[Span]) -> Iterator[Span]:
    end_before = -1
    pending: Span | None = None
    for start, end in spans:
        if pending and start < end_before:
            pending = (pending[0], max(end_before, end))
        else:
            if pending:
                yield pending
            pending = (start, end)
        end_before = pending[1]
    if pending:
        yield pending
