"""Looking things up in the index: which documents match, and which of them are the best."""

import json
import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from archive.search.facets import Condition
from archive.search.match import SURFACE, TERMS, Expression, Ranking, phrase_pattern
from archive.search.names import written
from archive.search.words import documents_with

# Where more than these match, the ones ranked are the newest, and the newest of those with a word of the question in a
# title, in a name or often in the text.
RANKED = 1_000
# A longer question is hardly made clearer by its last words.
_RANKED_WORDS = 4
_SAME_SCORE_DIGITS = 3


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

    def _within(self, connection: sqlite3.Connection, place: Expression, newest: Sequence[int]) -> Iterable[int]:
        """The newest documents that match in a place; of those that are known to match where all would take long."""
        is_apart = bool(self.apart) or place.table != self.expression.table
        if place.table == SURFACE and (is_apart or place.is_spelt_out or len(newest) < RANKED):
            return _named(connection, place, newest)
        if is_apart:
            return _rows(connection, place, _known(newest), RANKED)
        both = Expression(place.table, f"({self.expression.text}) AND {place.text}")
        return _rows(connection, both, self.conditions, RANKED)


def _places(rankings: Sequence[Ranking], rarities: Sequence[float]) -> Iterator[tuple[Expression, float]]:
    """Where words stand out, and what that is worth: in titles word by word, elsewhere any of them, to look up less.

    Phrases and beginnings are looked up one by one.
    """
    others: dict[float, list[tuple[str, float]]] = defaultdict(list)
    for ranking, rarity in zip(rankings, rarities, strict=False):
        (in_title, weight), *rest = ranking.places
        yield in_title, weight * rarity
        for place, weight in rest:
            if place.table == SURFACE:
                yield place, weight * rarity
            else:
                others[weight].append((place.text, rarity))
    for weight, found in others.items():
        expression = f"({' OR '.join(text for text, _ in found)})"
        yield Expression(TERMS, expression), weight * sum(rarity for _, rarity in found) / len(found)


def _named(connection: sqlite3.Connection, place: Expression, documents: Sequence[int]) -> Iterator[int]:
    """Those of some documents that have a phrase, or a word with a beginning, in the title or in a name.

    FTS5 would go through all documents that have it anywhere.
    """
    pattern = phrase_pattern(place.terms or (place.start,), is_beginning=bool(place.start))
    sql = (
        f"SELECT d.id, d.{place.column}, d.type FROM json_each(?) JOIN search_documents AS d ON d.id = json_each.value"  # noqa: S608 - a constant
    )
    for document, text, type_ in connection.execute(sql, [json.dumps(documents)]):
        shown = (
            text if place.column == "title" else "\n".join(written(text.split("\n"), is_itself=type_ == "organisation"))
        )
        if pattern.search(shown):
            yield document


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
