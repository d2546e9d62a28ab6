"""Where organisations are at home: by the register, by what they are part of, or by the municipality in their name."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cache

from normalise.register import register
from publish.queries.rows import rows

_MEMBERS = """
    SELECT organisations.id, organisations.name, organisations.register_id, organisations.part_of_id, project_id
    FROM organisations LEFT JOIN participations ON organisation_id = organisations.id AND role <> 'funder'
        AND project_id IS NOT NULL
"""
_DEEPEST = 4  # a unit of a school of a provider of a city


@dataclass(slots=True)
class Regions:
    """Projects and organisations by region id, and how many organisations have no known region."""

    projects: Mapping[str, Set[str]] = field(default_factory=dict)
    organisations: Mapping[str, Set[str]] = field(default_factory=dict)
    unplaced: int = 0


def region_of(name: str, register_id: str | None) -> str | None:
    """The id of the regional council of an organisation's region; None where neither register nor name tells it."""
    entry = register().get(register_id or "")
    for _ in range(_DEEPEST):
        if entry is None:
            break
        if entry.type == "region":
            return entry.id
        if entry.region:
            return entry.region
        entry = register().get(entry.part_of or "")
    first = name.split(" ", 1)[0].rstrip(",")
    return _places().get(first)


def load_regions(connection: sqlite3.Connection) -> Regions:
    """The regions of all organisations that take part in projects; funders' homes say nothing about the work."""
    projects: dict[str, set[str]] = defaultdict(set)
    organisations: dict[str, set[str]] = defaultdict(set)
    homes: dict[str, str | None] = {}
    for member in rows(connection, _MEMBERS):
        body = member["id"]
        if body not in homes:
            homes[body] = region_of(member["name"], member["register_id"])
        home = homes[body]
        if home:
            organisations[home].add(body)
            if member["project_id"]:
                projects[home].add(member["project_id"])
    return Regions(projects, organisations, sum(home is None for home in homes.values()))


@cache
def _places() -> Mapping[str, str]:
    """Municipalities' names and genitives ("Turun") -> region; names that two regions share are left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in register().values():
        if entry.type == "municipality" and entry.region:
            for place in {entry.genitive or "", *(name for name in entry.names if " " not in name)} - {""}:
                found[place].add(entry.region)
    return {place: min(regions) for place, regions in found.items() if len(regions) == 1}
