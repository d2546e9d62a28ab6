"""The archive's only search: the command line, the pages and the JSON interface all ask this."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlite_utils import Database

from archive.search.facets import Filters, count_facets
from archive.search.lookup import RANKED, Lookup
from archive.search.match import Match, make_match, rewrite
from archive.search.names import written
from archive.search.plan import make_lookup
from archive.search.snippets import Snippet, snippet
from archive.search.store import is_current, read_blocks
from archive.search.words import complete, did_you_mean
from normalise.language.questions import Question, parse

__all__ = ["PAGES", "Filters", "Hit", "Results", "complete", "rewrite", "search"]

# Where a page and what it tells of would both be hits, the page is.
PAGES = ("page", "attachment")
# Nobody turns to the 500th page: more hits than these are "more than".
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

    ``total`` counts all hits, or as many as ``is_capped`` says were counted. ``facets``: (value, count) pairs by facet,
    of the newest thousand hits where ``is_sampled``.
    ``widened``: the words of other languages that were added, by the word of the question. ``suggestion``: the question
    with its mistyped words replaced. ``needs_index``: the index was made by another version of the analyser.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    is_capped: bool = False
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    is_sampled: bool = False
    widened: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    suggestion: str | None = None
    needs_index: bool = False


def search(
    db: Database | sqlite3.Connection, query: str, *, limit: int = 20, offset: int = 0, filters: Filters | None = None
) -> Results:
    """Find documents, the best first. No query raises; one without words or fields finds nothing.

    ``filters`` come on top of the fields that the query names. Pages and attachments are found unless the filters or
    the query ask for other types: they say all that projects, calls and awards are made of.
    """
    connection = db.conn if isinstance(db, Database) else db
    question = parse(query)
    narrowed = _with_fields(filters or Filters(), question)
    match = make_match(question, narrowed.lang, widen=narrowed.widen)
    lookup = make_lookup(connection, match, narrowed)
    if lookup is None:
        return Results(needs_index=not is_current(connection))
    newest = lookup.newest(connection, _COUNTED + 1)
    ranked = _page(connection, lookup, newest, offset, limit)
    return Results(
        tuple(_hit(connection, document, score, match) for document, score in ranked),
        min(len(newest), _COUNTED),
        len(newest) > _COUNTED,
        count_facets(connection, newest[:RANKED]),
        len(newest) > RANKED,
        match.widened,
        did_you_mean(connection, query, match.words),
        not is_current(connection),
    )


def _page(
    connection: sqlite3.Connection, lookup: Lookup, newest: Sequence[int], offset: int, limit: int
) -> list[tuple[int, float]]:
    """One page of hits. Behind those that are ranked, the others follow as they were indexed, the last ones first."""
    ranked = lookup.best(connection, newest[:RANKED], offset + limit)
    if len(ranked) < offset + limit and len(newest) > RANKED:
        known = {document for document, _ in ranked}
        wanted = offset + limit + len(ranked)
        is_known = wanted <= len(newest) or len(newest) <= _COUNTED
        further = newest if is_known else lookup.newest(connection, wanted)
        ranked += [(document, 0.0) for document in further if document not in known]
    return ranked[offset : offset + limit]


def _with_fields(filters: Filters, question: Question) -> Filters:
    """The filters with the fields that the question names; several values of a field are alternatives."""
    facets = {facet: tuple(values) for facet, values in filters.facets.items() if values}
    for facet, value in question.facets:
        facets[facet] = (*facets.get(facet, ()), value)
    types = ("organisation",) if "organisation" in facets.get("kind", ()) else PAGES
    return replace(filters, facets={"type": types, **facets})


def _hit(connection: sqlite3.Connection, document: int, score: float, match: Match) -> Hit:
    row = connection.execute(
        "SELECT d.type, d.key, d.url, d.kind, d.title, d.names, d.lang, d.date, d.blocks, page_versions.text"
        " FROM search_documents AS d LEFT JOIN page_versions ON page_versions.id = d.page_version_id WHERE d.id = ?",
        [document],
    ).fetchone()
    type_, key, url, kind, title, names, lang, date, blocks, text = row
    shown = text if text is not None else " · ".join(written(names.split("\n"), is_itself=type_ == "organisation"))
    piece = snippet(shown, read_blocks(blocks, lang), match)
    return Hit(key, url, kind, title, score, piece, type_, lang, date)
