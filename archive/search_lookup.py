"""Looking things up in the index: which documents match, and which of them are the best."""

import json
import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from archive.search_facets import Condition, Filters, date_conditions, labels, labels_of_other_types
from archive.search_match import SURFACE, TERMS, Expression, Match, Ranking, Table
from archive.search_words import common_words, documents_with, documents_written

# Where more than these match, the ones ranked are the newest, and the newest of those with a word of the question in a
# title, in a name or often in the text.
RANKED = 1_000
# A longer question is hardly made clearer by its last words.
_RANKED_WORDS = 4
_SAME_SCORE_DIGITS = 3
# Of what a second table finds so many documents are looked through, the newest.
_GATHERED = 100_000


@dataclass(frozen=True, slots=True)
class Lookup:
    """What is looked up: an expression on one table of the index, and conditions on ``found`` (its row ids).

    ``apart``: conditions on the other table, which cost as much as many documents match there.
    """

    expression: Expression
    conditions: tuple[Condition, ...] = ()
    apart: tuple[Condition, ...] = ()
    rankings: tuple[Ranking, ...] = field(default=())

    def newest(self, connection: sqlite3.Connection, limit: int) -> list[int]:
        """The documents that match, the last indexed first."""
        return _rows(connection, self.expression, (*self.apart, *self.conditions), limit)

    def best(self, connection: sqlite3.Connection, newest: Sequence[int], limit: int) -> list[tuple[int, float]]:
        """Documents with their scores, the best first; where scores are even, the newest.

        ``newest`` are the last indexed ones that match; further ones that a word stands out in are looked up.
        """
        rarities = [_rarity(connection, ranking) for ranking in self.rankings[:_RANKED_WORDS]]
        scores = dict.fromkeys(newest, sum(rarities))
        for place, worth in _places(self.rankings, rarities):
            for document in self._within(connection, place, newest):
                scores[document] = scores.get(document, sum(rarities)) + worth
        return _dated(connection, scores, limit)

    def _within(self, connection: sqlite3.Connection, place: Expression, newest: Sequence[int]) -> list[int]:
        """The newest documents that match in a place; in the other table, of those that are known to match."""
        if self.apart or place.table != self.expression.table:
            return _rows(connection, place, _known(newest), RANKED)
        both = Expression(place.table, f"({self.expression.text}) AND {place.text}")
        return _rows(connection, both, self.conditions, RANKED)


def _places(rankings: Sequence[Ranking], rarities: Sequence[float]) -> Iterator[tuple[Expression, float]]:
    """Where words stand out, and what that is worth: in titles word by word, elsewhere any of them, to look up less."""
    others: dict[tuple[Table, float], list[tuple[str, float]]] = defaultdict(list)
    for ranking, rarity in zip(rankings, rarities, strict=False):
        (in_title, weight), *rest = ranking.places
        yield in_title, weight * rarity
        for place, weight in rest:
            others[place.table, weight].append((place.text, rarity))
    for (table, weight), found in others.items():
        expression = f"({' OR '.join(text for text, _ in found)})"
        yield Expression(table, expression), weight * sum(rarity for _, rarity in found) / len(found)


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
        return min((documents_written(connection, word) for word in one.terms), default=0)
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


def _known(documents: Sequence[int]) -> tuple[Condition, ...]:
    """That a document is one of some."""
    among = "+found IN (SELECT value FROM json_each(?))"
    return Condition("found >= ?", (min(documents, default=0),)), Condition(among, (json.dumps(documents),))


def _rows(
    connection: sqlite3.Connection, expression: Expression, conditions: Sequence[Condition], limit: int
) -> list[int]:
    return [row[0] for row in connection.execute(*_select(expression, conditions, limit))]


def _select(expression: Expression, conditions: Sequence[Condition], limit: int) -> tuple[str, list[str | int]]:
    table = expression.table
    wheres = [condition.sql.replace("found", f"{table}.rowid", 1) for condition in conditions]
    values = [value for condition in conditions for value in condition.values]
    where = " AND ".join((f"{table} MATCH ?", *wheres))
    sql = f"SELECT rowid FROM {table} WHERE {where} ORDER BY rowid DESC LIMIT ?"  # noqa: S608 - values apart
    return sql, [expression.text, *values, limit]


def _rarity(connection: sqlite3.Connection, ranking: Ranking) -> float:
    """How much a word tells: the logarithm of how many documents there are for each that has it."""
    number = connection.execute("SELECT max(id) FROM search_documents").fetchone()[0] or 0
    holding = max((documents_with(connection, word) for term in ranking.terms for word in term.split()), default=0)
    return math.log(1 + number / (1 + holding))


def _dated(connection: sqlite3.Connection, scores: dict[int, float], limit: int) -> list[tuple[int, float]]:
    """The best of the scored documents. Dates are read only of those whose scores may bring them among the best."""
    rounded = {document: round(score, _SAME_SCORE_DIGITS) for document, score in scores.items()}
    ranked = sorted(rounded.items(), key=lambda pair: (pair[1], pair[0]), reverse=True)
    lowest = ranked[:limit][-1][1] if ranked else 0.0
    candidates = [pair for pair in ranked if pair[1] >= lowest]
    wanted = "[" + ",".join(str(document) for document, _ in candidates) + "]"
    sql = "SELECT d.id, coalesce(date, '') FROM json_each(?) JOIN search_documents AS d ON d.id = json_each.value"
    dates = dict(connection.execute(sql, [wanted]).fetchall())
    return sorted(candidates, key=lambda pair: (pair[1], dates[pair[0]], pair[0]), reverse=True)[:limit]
