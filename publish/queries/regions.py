"""Projects and organisations by the regions and municipalities where the organisations are at home."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from normalise.places import municipalities, regions
from publish.queries.rows import number, rows

# What the search's facets know is counted, so that a number on the map is what a click on it finds.
_COUNTS = """
    SELECT facet, value, type, count(*) AS documents FROM search_values
    JOIN search_facets ON value_id = search_values.id JOIN search_documents ON search_documents.id = document_id
    WHERE facet IN ('region', 'municipality') AND type IN ('project', 'organisation') GROUP BY facet, value, type
"""
_PLACED = """
    SELECT count(DISTINCT document_id) FROM search_values JOIN search_facets ON value_id = search_values.id
    JOIN search_documents ON search_documents.id = document_id WHERE facet = 'region' AND type = 'organisation'
"""


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
    found: dict[tuple[str, str], dict[str, int]] = {}
    for entry in rows(connection, _COUNTS):
        key = ids[entry["facet"]].get(entry["value"])
        if key:
            found.setdefault((entry["facet"], entry["type"]), {})[key] = entry["documents"]
    counts = {facet: Counts(found.get((facet, "project"), {}), found.get((facet, "organisation"), {})) for facet in ids}
    unplaced = number(connection, "SELECT count(*) FROM organisations") - number(connection, _PLACED)
    return Places(counts["region"], counts["municipality"], unplaced)
