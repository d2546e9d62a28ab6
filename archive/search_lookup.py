"""Looking things up in the index: which documents match, and which of them are the best."""

import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from archive.search_facets import Condition, Filters, date_conditions, labels, labels_of_other_types
from archive.search_match import SURFACE, TERMS, Expression, Match, Ranking, Table
from archive.search_words import documents_with

# Where more than these match, the ones ranked are the newest, and the newest of those with a word of the question in a
# title, in a name or often in the text.
RANKED = 1_000
# A longer question is hardly made clearer by its last words.
_RANKED_WORDS = 4
_SAME_SCORE_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Lookup:
    """What is looked up: an expression on one table of the index, and conditions on ``found`` (its row ids)."""

    expression: Expression
    conditions: tuple[Condition, ...] = ()
    rankings: tuple[Ranking, ...] = field(default=())

    def newest(self, connection: sqlite3.Connection, limit: int) -> list[int]:
        """The documents that match, the last indexed first."""
        return _rows(connection, self.expression, self.conditions, limit)

    def count(self, connection: sqlite3.Connection, limit: int) -> int:
        """How many documents match, counted up to a limit."""
        sql, values = _select(self.expression, self.conditions, limit)
        return int(connection.execute(f"SELECT count(*) FROM ({sql})", values).fetchone()[0])  # noqa: S608 - values apart

    def best(self, connection: sqlite3.Connection, newest: Sequence[int], limit: int) -> list[tuple[int, float]]:
        """Documents with their scores, the best first; where scores are even, the newest.

        ``newest`` are the last indexed ones that match; further ones that a word stands out in are looked up.
        """
        rarities = [_rarity(connection, ranking) for ranking in self.rankings[:_RANKED_WORDS]]
        scores = dict.fromkeys(newest, sum(rarities))
        for place, worth in _places(self.rankings, rarities):
            for document in self._within(connection, place):
                scores[document] = scores.get(document, sum(rarities)) + worth
        return _dated(connection, scores, limit)

    def _within(self, connection: sqlite3.Connection, place: Expression) -> list[int]:
        """The newest documents that match in a place."""
        if place.table == self.expression.table:
            both = Expression(place.table, f"({self.expression.text}) AND {place.text}")
            return _rows(connection, both, self.conditions, RANKED)
        return _rows(connection, self.expression, (*self.conditions, _among([place])), RANKED)


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
    # Phrases are looked up where places are; words beside them among the terms, which is where most questions end.
    plain = [group for group in match.groups if len({one.table for one in group}) == 1]
    table: Table = SURFACE if plain and all(group[0].table == SURFACE for group in plain) else TERMS
    facets, types = dict(filters.facets), filters.facets.get("type", ())
    own = [_any(group) for group in plain if group[0].table == table]
    others = [group for group in match.groups if group not in plain or group[0].table != table]
    unwanted = [one for one in match.excluded if one.table == table]
    if own and "page" in types:
        del facets["type"]
        found = labels_of_other_types(connection, types)
        unwanted += [Expression(table, _in_labels(found, table))] if found else []
    wanted = [*labels(connection, replace(filters, facets=facets)), *dated.labels]
    expression = " AND ".join((*own, *(_in_labels(label, table) for label in wanted)))
    if unwanted:
        expression = f"({expression}) NOT {_any(unwanted)}"
    apart = [_among(group) for group in others]
    apart += [_among([one], "NOT IN") for one in match.excluded if one.table != table]
    return Lookup(Expression(table, expression), (*apart, *dated.conditions), match.rankings)


def _in_labels(expression: str, table: Table) -> str:
    return f"{{labels}} : {expression}" if table == SURFACE else expression


def _any(expressions: Iterable[Expression]) -> str:
    return f"({' OR '.join(one.text for one in expressions)})"


def _among(expressions: Sequence[Expression], word: str = "IN") -> Condition:
    """That a document is among those that match one of some expressions, each in its own table."""
    selects = [f"SELECT rowid FROM {one.table} WHERE {one.table} MATCH ?" for one in expressions]  # noqa: S608 - constants
    return Condition(f"found {word} ({' UNION ALL '.join(selects)})", tuple(one.text for one in expressions))


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
