"""Where a body is at home: its municipality and region, by the register or by the municipality in its name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from normalise.organisations.register import Entry, register
from normalise.words import vocabulary

_DEEPEST = 4  # a unit of a school of a provider of a city


@dataclass(frozen=True, slots=True)
class Home:
    """A body's home: the register's ids of a municipality and of a regional council; None: not known."""

    municipality: str | None = None
    region: str | None = None


@cache
def regions() -> Mapping[str, Mapping[str, Any]]:
    """The regions by the id of their council: ``fi``, ``sv``, ``en`` (names), ``short``."""
    return {region["id"]: region for region in vocabulary("regions")}


@cache
def municipalities() -> Mapping[str, Mapping[str, str]]:
    """The names (``fi``, ``sv``, ``en``) of today's municipalities by their id in the register."""
    return {
        raw["id"]: {"fi": raw["fi"], "sv": raw.get("sv") or raw["fi"], "en": raw["fi"]}
        for raw in vocabulary("organisations/municipalities")
        if raw["type"] == "municipality" and raw.get("region")
    }


def home_of(name: str, register_id: str | None) -> Home:
    """Where a body is at home; nothing where neither the register nor the first word of its name tells it."""
    for entry in _line(register_id):
        if entry.type == "region":
            return Home(None, entry.id)
        if entry.type == "municipality" and entry.region:
            return Home(entry.id, entry.region)
    municipality = _places().get(name.split(" ", 1)[0].rstrip(","))
    return Home(municipality, register()[municipality].region if municipality else None)


def _line(register_id: str | None) -> Sequence[Entry]:
    """A body, what it is part of, and so on."""
    found: list[Entry] = []
    entry = register().get(register_id or "")
    while entry is not None and len(found) < _DEEPEST:
        found.append(entry)
        entry = register().get(entry.part_of or "")
    return found


@cache
def _places() -> Mapping[str, str]:
    """Municipalities by their names and genitives ("Turun"); names that two of them share are left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in register().values():
        if entry.type == "municipality" and entry.region:
            for place in {entry.genitive or "", *(name for name in entry.names if " " not in name)} - {""}:
                found[place].add(entry.id)
    return {place: min(ids) for place, ids in found.items() if len(ids) == 1}
