"""Looking things up in the index: which documents match, and which of them are the best."""

import sqlite3
from dataclasses import dataclass

from archive.search_facets import Condition, Filters, date_conditions, labels
from archive.search_match import Match

# bm25's weights for text, terms, title, title_terms, names, labels: a title outweighs any number of mentions, a name
# a few of them; a word as written stands a little above its other forms.
_SCORE = "-bm25(search_index, 1.0, 0.8, 10.0, 8.0, 4.0, 0.0)"
# bm25 costs a microsecond a document. Where more than these match, the ones ranked are those with a word of the
# question in title or names, and the newest.
RANKED = 1_000
_SCORED = f"search_index.rowid, {_SCORE}"
_SAME_SCORE_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Lookup:
    """What is looked up: FTS5's expression, the same for words in headings only, and conditions on the documents."""

    expression: str
    headings: str
    conditions: tuple[Condition, ...] = ()

    def newest(self, connection: sqlite3.Connection, limit: int) -> list[int]:
        """The documents that match, the last indexed first."""
        return [row[0] for row in connection.execute(*self._sql(self.expression, "search_index.rowid", limit))]

    def best(self, connection: sqlite3.Connection, limit: int, *, is_large: bool) -> list[tuple[int, float]]:
        """Documents with their scores, the best first; where scores are even, the newest.

        ``is_large``: more documents match than are ranked.
        """
        scores: dict[int, float] = {}
        expressions = [self.expression]
        if is_large and self.headings:
            expressions.append(f"({self.expression}) AND {self.headings}")
        for expression in expressions:
            for document, score in connection.execute(*self._sql(expression, _SCORED, RANKED)):
                scores[document] = max(round(score, _SAME_SCORE_DIGITS), scores.get(document, score))
        return _dated(connection, scores, limit)

    def count(self, connection: sqlite3.Connection, limit: int) -> int:
        """How many documents match, counted up to a limit."""
        return len(self.newest(connection, limit))

    def _sql(self, expression: str, columns: str, limit: int) -> tuple[str, list[str | int]]:
        joined = " JOIN search_documents AS d ON d.id = search_index.rowid" if self.conditions else ""
        wheres = " AND ".join(["search_index MATCH ?", *(condition.sql for condition in self.conditions)])
        values = [value for condition in self.conditions for value in condition.values]
        sql = f"SELECT {columns} FROM search_index{joined} WHERE {wheres} ORDER BY search_index.rowid DESC LIMIT ?"  # noqa: S608 - values apart
        return sql, [expression, *values, limit]


def make_lookup(connection: sqlite3.Connection, match: Match, filters: Filters) -> Lookup | None:
    """What to look up for a question and its filters; None where neither says anything."""
    dated = tuple(date_conditions(filters))
    if not (match.expression or match.excluded or dated or filters.facets.keys() - {"type"}):
        return None
    wanted = [f"({match.expression})"] if match.expression else []
    expression = " AND ".join((*wanted, *labels(connection, filters)))
    if match.excluded:
        expression = f"({expression}) NOT ({match.excluded})"
    return Lookup(expression, match.in_headings, dated)


def _dated(connection: sqlite3.Connection, scores: dict[int, float], limit: int) -> list[tuple[int, float]]:
    """The best of the scored documents. Dates are read only of those whose scores may bring them among the best."""
    ranked = sorted(scores.items(), key=lambda pair: (pair[1], pair[0]), reverse=True)
    lowest = ranked[:limit][-1][1] if ranked else 0.0
    candidates = [pair for pair in ranked if pair[1] >= lowest]
    wanted = "[" + ",".join(str(document) for document, _ in candidates) + "]"
    sql = "SELECT d.id, coalesce(date, '') FROM json_each(?) JOIN search_documents AS d ON d.id = json_each.value"
    dates = dict(connection.execute(sql, [wanted]).fetchall())
    return sorted(candidates, key=lambda pair: (pair[1], dates[pair[0]], pair[0]), reverse=True)[:limit]
