"""The organisation register that ships with the vocabulary: bodies, their names, and who is part of whom."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from normalise.words import any_of, vocabulary, vocabulary_names

# A short name in capitals up to this length is matched with its case: "TEM" is a ministry, "tem" is not.
_SHORT = 6
_LEGAL_FORM = re.compile(rf"\s+(?:{any_of(vocabulary('organisation_words')['unspoken_forms'])})$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A body of the register. ``names`` holds all its names, official ones first; ``type`` is the files' own word.

    ``since`` and ``until`` are its first and last day, ``former`` its old names, each with its last day; all ISO days.
    """

    id: str
    type: str
    names: tuple[str, ...]
    short: tuple[str, ...] = ()
    part_of: str | None = None
    successor: str | None = None
    until: str | None = None
    domains: tuple[str, ...] = ()
    business_id: str | None = None
    region: str | None = None
    genitive: str | None = None
    since: str | None = None
    former: tuple[tuple[str, str], ...] = ()


@cache
def register() -> Mapping[str, Entry]:
    """All entries by id.

    Raises ValueError where two entries have one id.
    """
    entries: dict[str, Entry] = {}
    for name in vocabulary_names("organisations"):
        for raw in vocabulary(name) or ():
            entry = _entry(raw)
            if entry.id in entries:
                raise ValueError(f"normalise/vocabulary/{name}.yml: id {entry.id} stands twice")
            entries[entry.id] = entry
    return entries


def _entry(raw: Mapping[str, Any]) -> Entry:
    names = tuple(_municipality_names(raw) if raw["type"] == "municipality" else _plain_names(raw))
    return Entry(
        id=raw["id"],
        type=raw["type"],
        names=tuple(dict.fromkeys((*names, *_without_legal_form(names)))),
        short=tuple(map(str, raw.get("short", ()))),
        part_of=raw.get("part_of"),
        successor=raw.get("successor"),
        until=raw.get("until"),
        domains=tuple(raw.get("domains", ())),
        business_id=raw.get("business_id"),
        region=raw.get("region"),
        genitive=raw.get("gen"),
        since=raw.get("since"),
        former=tuple((str(old["name"]), old["until"]) for old in raw.get("former", ())),
    )


def _plain_names(raw: Mapping[str, Any]) -> Iterator[str]:
    for key in ("fi", "sv", "en"):
        if raw.get(key):
            yield str(raw[key])
    yield from map(str, raw.get("also", ()))
    yield from (str(old["name"]) for old in raw.get("former", ()))
    yield from map(str, raw.get("short", ()))


def _without_legal_form(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names as they are spoken: "Pirityiset" for "Pirityiset ry"; only where enough of a name is left."""
    spoken = (_LEGAL_FORM.sub("", name) for name in names)
    return tuple(name for name in spoken if len(name) > _SHORT)


def _municipality_names(raw: Mapping[str, Any]) -> Iterator[str]:
    """A municipality's names: "Turun kaupunki", "Åbo stad", "City of Turku", then the place names alone."""
    yield from (name for names in _municipality_forms(raw).values() for name in names)
    yield from _plain_names(raw)


def _municipality_forms(raw: Mapping[str, Any]) -> dict[str, list[str]]:
    """The names of a municipality as a body in each language, the official one first."""
    fi, sv = raw["fi"], raw.get("sv") or raw["fi"]
    places = {
        "fi": fi,
        "sv": sv,
        "fi_genitive": raw.get("gen", fi),
        "sv_genitive": sv if sv.endswith("s") else f"{sv}s",
    }
    forms = vocabulary("organisation_words")["municipality_names"][raw.get("form", "kunta")]
    return {language: [form.format_map(places) for form in names] for language, names in forms.items()}


@cache
def official_names() -> Mapping[str, Mapping[str, str]]:
    """The name of each body in each language that it has one in (``fi``, ``sv``, ``en``), by id."""
    return {
        raw["id"]: {language: names[0] for language, names in _municipality_forms(raw).items()}
        if raw["type"] == "municipality"
        else {lang: str(raw[lang]) for lang in ("fi", "sv", "en") if raw.get(lang)}
        for name in vocabulary_names("organisations")
        for raw in vocabulary(name) or ()
    }


@cache
def names_by_fold() -> Mapping[str, tuple[Entry, ...]]:
    """Entries by the folded form of each of their names."""
    table: dict[str, tuple[Entry, ...]] = {}
    for entry in register().values():
        for name in entry.names:
            key = name.casefold()
            if entry not in table.get(key, ()):
                table[key] = (*table.get(key, ()), entry)
    return table
