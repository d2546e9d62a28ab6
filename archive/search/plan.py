"""From a question and its filters to what is looked up: the table gone through, and what is gathered from the other."""

import math
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from archive.search.facets import Condition, Filters, date_conditions, labels, labels_of_other_types
from archive.search.lookup import Lookup
from archive.search.match import SURFACE, TERMS, Expression, Match, Table
from archive.search.words import common_words, documents_with, documents_written

# Of what a second table finds so many documents are looked through, the newest.
_GATHERED = 50_000
# Of the documents that have the words of a phrase, few have them side by side.
_SIDE_BY_SIDE = 20


def make_lookup(connection: sqlite3.Connection, match: Match, filters: Filters) -> Lookup | None:
    """What to look up for a question and its filters; None where neither says anything."""
    dated = date_conditions(filters)
    if not (match.groups or match.excluded or dated.conditions or filters.facets.keys() - {"type"}):
        return None
    match = _spelt_out(connection, match)
    table = _table(connection, match.groups)
    facets, types = dict(filters.facets), filters.facets.get("type", ())
    own = [_any(group) for group in match.groups if _tables(group) == {table}]
    unwanted = [one for one in match.excluded if one.table == table]
    if own and "page" in types:
        del facets["type"]
        found = labels_of_other_types(connection, types)
        unwanted += [Expression(table, _in_labels(found, table))] if found else []
    wanted = [*labels(connection, replace(filters, facets=facets)), *dated.labels]
    expression = " AND ".join((*own, *(_in_labels(label, table) for label in wanted)))
    if unwanted:
        expression = f"({expression}) NOT {_any(unwanted)}"
    return Lookup(Expression(table, expression), dated.conditions, tuple(_apart(match, table)), match.rankings)


def _spelt_out(connection: sqlite3.Connection, match: Match) -> Match:
    """The match with the commonest words in place of beginnings that a great many documents have."""
    clauses = (*(one for group in match.groups for one in group), *match.excluded)
    common = {one.start: common_words(connection, one.start) for one in clauses if one.start}

    def spell(one: Expression) -> Expression:
        return one.spelt_out(common[one.start]) if common.get(one.start) else one

    rankings = (replace(r, places=tuple((spell(place), weight) for place, weight in r.places)) for r in match.rankings)
    return replace(
        match,
        groups=tuple(tuple(map(spell, group)) for group in match.groups),
        excluded=tuple(map(spell, match.excluded)),
        rankings=tuple(rankings),
    )


def _table(connection: sqlite3.Connection, groups: Sequence[Sequence[Expression]]) -> Table:
    """The table to go through: phrases and beginnings are looked up where places are, words among the terms.

    Of both, that in which more documents match: what the other finds is gathered, and looked up as they go by.
    """
    held: dict[Table, float] = {}
    for group in groups:
        if len(_tables(group)) == 1:
            count = sum(_holding(connection, one) for one in group)
            held[group[0].table] = min(held.get(group[0].table, math.inf), count)
    return max(held, key=lambda table: held[table], default=TERMS)


def _tables(group: Sequence[Expression]) -> set[Table]:
    return {one.table for one in group}


def _holding(connection: sqlite3.Connection, one: Expression) -> int:
    """About how many documents an expression matches at most."""
    if one.start:
        return documents_written(connection, one.start)
    if one.table == SURFACE:
        fewest = min((documents_written(connection, word) for word in one.terms), default=0)
        return fewest // _SIDE_BY_SIDE
    return sum(min(documents_with(connection, word) for word in term.split()) for term in one.terms)


def _apart(match: Match, table: Table) -> Iterator[Condition]:
    """What has to be looked up in the other table, or in both."""
    others = [group for group in match.groups if _tables(group) != {table}]
    other = [_any(group) for group in others if len(_tables(group)) == 1]
    if other:
        yield _among([Expression(TERMS if table == SURFACE else SURFACE, " AND ".join(other))])
    yield from (_among(group) for group in others if len(_tables(group)) > 1)
    for one in match.excluded:
        if one.table != table:
            yield Condition(f"+found NOT IN (SELECT rowid FROM {one.table} WHERE {one.table} MATCH ?)", (one.text,))  # noqa: S608 - constants


def _in_labels(expression: str, table: Table) -> str:
    return f"{{labels}} : {expression}" if table == SURFACE else expression


def _any(expressions: Iterable[Expression]) -> str:
    return f"({' OR '.join(one.text for one in expressions)})"


def _among(expressions: Sequence[Expression]) -> Condition:
    """That a document is among the newest of those that match one of some expressions, each in its own table.

    The plus keeps SQLite from asking FTS5 for each of them by its row id, which takes a thousand times as long.
    """
    selects = [
        f"SELECT * FROM (SELECT rowid FROM {one.table} WHERE {one.table} MATCH ? ORDER BY rowid DESC LIMIT {_GATHERED})"  # noqa: S608 - constants
        for one in expressions
    ]
    return Condition(f"+found IN ({' UNION ALL '.join(selects)})", tuple(one.text for one in expressions))
