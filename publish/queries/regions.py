"""Projects and organisations by the regions and municipalities where the organisations are at home."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from archive.search.facets import count_documents, count_documents_with
from normalise.organisations.places import municipalities, regions
from publish.queries.rows import number

_TYPES = ("project", "organisation")


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of projects and organisations by the id of a region or municipality."""

    projects: Mapping[str, int]
    organisations: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Places:
    """The numbers of regions and of municipalities, and how many organisations have no known home."""

    regions: Counts
    municipalities: Counts
    unplaced: int


def load_places(connection: sqlite3.Connection) -> Places:
    """Where projects are done: by the homes of those who do them; funders' homes say nothing about the work."""
    ids = {
        "region": {names["fi"]: key for key, names in regions().items()},
        "municipality": {names["fi"]: key for key, names in municipalities().items()},
    }
    # What the search's facets know is counted, so that a number on the map is what a click on it finds.
    counts = {facet: Counts(*(_numbers(connection, facet, type_, ids[facet]) for type_ in _TYPES)) for facet in ids}
    placed = count_documents_with(connection, "region", "organisation")
    unplaced = number(connection, "SELECT count(*) FROM organisations") - placed
    return Places(counts["region"], counts["municipality"], unplaced)


def _numbers(connection: sqlite3.Connection, facet: str, type_: str, ids: Mapping[str, str]) -> dict[str, int]:
    found = count_documents(connection, facet, type_)
    return {ids[value]: count for value, count in found.items() if value in ids}
