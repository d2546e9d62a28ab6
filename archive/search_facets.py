"""Facets of what was found, and the conditions that narrow it."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from archive.search_store import label

# In the order in which a reader is shown them.
FACETS = ("kind", "funder", "organisation", "year", "language", "source", "region", "municipality", "type", "state")
_VALUES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits must have, and how their words are looked up. Dates are ISO at any precision.

    ``facets``: for each facet the values of which one must fit. ``since`` and ``until``: the document's period (start
    to end, else its date) must touch these days. ``open_on``: a call that can be applied for on that day.
    ``widen`` adds the domain's words of the other languages; ``lang`` is the language of the query's words, all are
    tried without it.
    """

    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: str | None = None
    until: str | None = None
    open_on: str | None = None
    widen: bool = False
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of SQL on ``search_documents AS d`` and its values."""

    sql: str
    values: tuple[str, ...] = ()


def labels(connection: sqlite3.Connection, filters: Filters) -> list[str]:
    """What the index's ``labels`` must match, by facet; a value that no document has matches nothing."""
    found = []
    for facet, values in filters.facets.items():
        marks = ", ".join("?" * len(values))
        sql = f"SELECT id FROM search_values WHERE facet = ? AND value COLLATE NOCASE IN ({marks})"  # noqa: S608 - marks only
        ids = [row[0] for row in connection.execute(sql, [facet, *values])]
        found.append("{labels} : (" + " OR ".join(label(value) for value in ids or [0]) + ")")
    return found


def conditions(filters: Filters) -> list[Condition]:
    """All filters as SQL, for selections without words; with words, the index narrows faster (`labels`)."""
    found = [_facet(facet, values) for facet, values in filters.facets.items() if values]
    return [*found, *date_conditions(filters)]


def _facet(facet: str, values: tuple[str, ...]) -> Condition:
    marks = ", ".join("?" * len(values))
    chosen = f"SELECT id FROM search_values WHERE facet = ? AND value COLLATE NOCASE IN ({marks})"  # noqa: S608 - marks only
    sql = f"d.id IN (SELECT document_id FROM search_facets WHERE value_id IN ({chosen}))"  # noqa: S608 - ditto
    return Condition(sql, (facet, *values))


def date_conditions(filters: Filters) -> list[Condition]:
    """The filters by dates as SQL. A date without a day reaches to the end of its month or year ("~" sorts last)."""
    found = []
    if filters.since:
        found.append(Condition("coalesce(d.end, d.closes, d.start, d.date) || '~' >= ?", (filters.since,)))
    if filters.until:
        found.append(Condition("coalesce(d.start, d.opens, d.closes, d.date) <= ? || '~'", (filters.until,)))
    if filters.open_on:
        sql = "d.kind = 'call' AND d.closes || '~' >= ? AND (d.opens IS NULL OR d.opens <= ? || '~')"
        found.append(Condition(sql, (filters.open_on, filters.open_on)))
    return found


def count_facets(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[str, tuple[tuple[str, int], ...]]:
    """For each facet the commonest values among documents, with how many have them; years the newest first."""
    sql = (
        "SELECT facet, value, count FROM search_values JOIN"
        " (SELECT value_id, count(*) AS count FROM json_each(?) JOIN search_facets ON document_id = json_each.value"
        " GROUP BY value_id) ON value_id = id"
        " ORDER BY CASE facet WHEN 'year' THEN value END DESC, count DESC, value"
    )
    found: dict[str, list[tuple[str, int]]] = {facet: [] for facet in FACETS}
    for facet, value, count in connection.execute(sql, ["[" + ",".join(map(str, ids)) + "]"]):
        if len(found[facet]) < _VALUES_SHOWN:
            found[facet].append((value, count))
    return {facet: tuple(values) for facet, values in found.items()}
