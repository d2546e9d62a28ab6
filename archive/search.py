"""The archive's only search: the command line, the pages and the JSON interface all ask this."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlite_utils import Database

from archive.search_facets import Condition, Filters, conditions, count_facets
from archive.search_match import Match, make_match, rewrite
from archive.search_snippets import Snippet, snippet
from archive.search_store import is_current
from archive.search_words import complete, did_you_mean
from normalise.questions import Question, parse
from normalise.search_terms import Block

__all__ = ["Filters", "Hit", "Results", "complete", "rewrite", "search"]

# bm25's weights for text, text_terms, title, title_terms, names, names_terms: a title outweighs any number of mentions,
# a funder's or partner's name a few; a word as written stands a little above its other forms.
_RANK = "bm25(1.0, 0.8, 10.0, 8.0, 4.0, 3.0)"
# Hits beyond these are neither counted nor looked through for facets: the answer says so.
_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found. ``score`` grows with relevance and compares hits of one question only."""

    id: str
    url: str | None
    kind: str
    title: str
    score: float
    snippet: Snippet
    type: str
    lang: str | None
    date: str | None

    def as_json(self) -> dict[str, Any]:
        """The object that ``hankearkisto search --json`` prints."""
        return {
            "id": self.id,
            "url": self.url,
            "kind": self.kind,
            "title": self.title,
            "score": round(self.score, 4),
            "snippet": self.snippet.html(),
        }


@dataclass(frozen=True, slots=True)
class Results:
    """What a question found.

    ``total`` counts all hits, or as many as ``is_capped`` says were counted. ``facets``: (value, count) pairs by facet.
    ``widened``: the words of other languages that were added, by the word of the question. ``suggestion``: the question
    with its mistyped words replaced. ``needs_index``: the index was made by another version of the analyser.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    is_capped: bool = False
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    widened: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    suggestion: str | None = None
    needs_index: bool = False


def search(
    db: Database | sqlite3.Connection,
    query: str,
    *,
    limit: int = 20,
    offset: int = 0,
    lang: str | None = None,
    filters: Filters | None = None,
    widen: bool = False,
) -> Results:
    """Find documents. No query raises; one with nothing to look up finds nothing, unless it narrows by fields.

    ``lang``: the language of the query's words; all are tried without it. ``widen`` adds the domain's words of the other
    languages. ``filters`` come on top of the fields that the query names.
    """
    connection = db.conn if isinstance(db, Database) else db
    question = parse(query)
    match = make_match(question, lang, widen=widen)
    narrowed = conditions(_with_fields(filters or Filters(), question))
    if not match.expression and not narrowed:
        return Results()
    ids = _matching(connection, match, narrowed)
    ranked = _ranked(connection, match, narrowed, limit, offset) if ids else []
    return Results(
        tuple(_hit(connection, row, match) for row in ranked),
        min(len(ids), _COUNTED),
        len(ids) > _COUNTED,
        count_facets(connection, ids[:_COUNTED]),
        match.widened,
        did_you_mean(connection, query, match.words),
        not is_current(Database(connection)),
    )
