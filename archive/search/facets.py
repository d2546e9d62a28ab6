"""Facets of what was found, and the conditions that narrow it."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest

from archive.search.marks import closing_from, label, years_between

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
    """A piece of SQL on ``found``, the row id of a document, and its values."""

    sql: str
    values: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class DateConditions:
    """A filter by dates: expressions that the index narrows by, year by year, and what decides to the day."""

    labels: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()


def labels(connection: sqlite3.Connection, filters: Filters) -> list[str]:
    """What the index must match, by facet; a value that no document has matches nothing."""
    found = []
    for facet, values in filters.facets.items():
        marks = ", ".join("?" * len(values))
        sql = f"SELECT id FROM search_values WHERE facet = ? AND value COLLATE NOCASE IN ({marks})"  # noqa: S608 - marks only
        ids = [row[0] for row in connection.execute(sql, [facet, *values])]
        found.append(_any(label(value) for value in ids or [0]))
    return found


def labels_of_other_types(connection: sqlite3.Connection, types: Iterable[str]) -> str:
    """What documents of all types but some have; ``""`` where there are none.

    Pages are most of an archive's documents: leaving out the others costs less than finding the pages.
    """
    wanted = {type_.casefold() for type_ in types}
    rows = connection.execute("SELECT id, value FROM search_values WHERE facet = 'type'")
    others = [label(value_id) for value_id, value in rows if value.casefold() not in wanted]
    return _any(others) if others else ""


def date_conditions(filters: Filters) -> DateConditions:
    """The filters by dates. A date without a day reaches to the end of its month or year ("~" sorts last)."""
    years, wanted = [], []
    values: list[str] = []
    if filters.since or filters.until:
        years.append(_any(years_between(filters.since, filters.until)))
    if filters.since:
        wanted.append("coalesce(d.end, d.closes, d.start, d.date) || '~' >= ?")
        values.append(filters.since)
    if filters.until:
        wanted.append("coalesce(d.start, d.opens, d.closes, d.date) <= ? || '~'")
        values.append(filters.until)
    if filters.open_on:
        years.append(_any(closing_from(filters.open_on)))
        wanted.append("d.kind = 'call' AND d.closes || '~' >= ? AND (d.opens IS NULL OR d.opens <= ? || '~')")
        values += [filters.open_on, filters.open_on]
    if not wanted:
        return DateConditions()
    # One look at a document decides all.
    sql = f"EXISTS (SELECT 1 FROM search_documents AS d WHERE d.id = found AND {' AND '.join(wanted)})"  # noqa: S608 - constants
    return DateConditions(tuple(years), (Condition(sql, tuple(values)),))


def _any(terms: Iterable[str]) -> str:
    return "(" + " OR ".join(f'"{term}"' for term in terms) + ")"


def count_facets(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[str, tuple[tuple[str, int], ...]]:
    """For each facet the commonest values among documents, with how many have them; years the newest first."""
    wanted = "[" + ",".join(map(str, ids)) + "]"
    sql = "SELECT facets FROM json_each(?) JOIN search_documents AS d ON d.id = json_each.value"
    # The JSON arrays of numbers of a thousand documents are one text: reading it so takes a tenth of the time.
    values = ",".join(row[0][1:-1] for row in connection.execute(sql, [wanted]))
    counts = {int(value): count for value, count in Counter(values.split(",")).items() if value}
    sql = "SELECT v.id, v.facet, v.value FROM json_each(?) JOIN search_values AS v ON v.id = json_each.value"
    found: dict[str, list[tuple[str, int]]] = {facet: [] for facet in FACETS}
    for value_id, facet, value in connection.execute(sql, [json.dumps(list(counts))]):
        found[facet].append((value, counts[value_id]))
    return {facet: tuple(_first(facet, values)) for facet, values in found.items()}


def _first(facet: str, values: list[tuple[str, int]]) -> list[tuple[str, int]]:
    if facet == "year":
        return sorted(values, reverse=True)[:_VALUES_SHOWN]
    lowest = min(nlargest(_VALUES_SHOWN, (count for _, count in values)), default=0)
    common = (pair for pair in values if pair[1] >= lowest)
    return sorted(common, key=lambda pair: (-pair[1], pair[0]))[:_VALUES_SHOWN]


def count_documents(connection: sqlite3.Connection, facet: str, type_: str) -> dict[str, int]:
    """In how many documents of a type each value of a facet stands."""
    of_type = labels(connection, Filters({"type": (type_,)}))[0]
    values = connection.execute("SELECT id, value FROM search_values WHERE facet = ?", [facet]).fetchall()
    counts = {value: _count(connection, f'"{label(value_id)}" AND {of_type}') for value_id, value in values}
    return {value: count for value, count in counts.items() if count}


def count_documents_with(connection: sqlite3.Connection, facet: str, type_: str) -> int:
    """How many documents of a type have any value of a facet."""
    values = [row[0] for row in connection.execute("SELECT value FROM search_values WHERE facet = ?", [facet])]
    both = labels(connection, Filters({"type": (type_,), facet: tuple(values)}))
    return _count(connection, " AND ".join(both)) if values else 0


def _count(connection: sqlite3.Connection, expression: str) -> int:
    sql = "SELECT count(*) FROM search_terms WHERE search_terms MATCH ?"
    return int(connection.execute(sql, [expression]).fetchone()[0])
