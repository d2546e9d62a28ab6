"""What a search finds, as projects, calls and awards rather than pages: for result lists, feeds and files."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from archive.search.asking import Filters
from archive.search.match import make_match
from archive.search.plan import make_lookup
from normalise.language.questions import parse
from publish.queries.rows import TABLES, Row, marks, rows

Key = tuple[str, str]
T = TypeVar("T")
KINDS = tuple(TABLES)
# SQLite's oldest limit for variables in one statement is 999.
_AT_ONCE = 500
# Some seconds' work and tens of megabytes.
MOST_PAGES = 50_000
PAGE_TYPES = ("page", "attachment")
# The facets of an empty selection: the pages of every project, call and award.
EVERYTHING: Mapping[str, tuple[str, ...]] = {"type": PAGE_TYPES, "kind": KINDS}
_ENTITY = {
    "project": "id, title, start, end, NULL AS opens, NULL AS closes, NULL AS published, total_eur, grant_eur,"
    " NULL AS available_eur, NULL AS max_eur, call_id, first_seen, last_seen, gone_at",
    "call": "id, title, start, end, opens, closes, published, NULL AS total_eur, NULL AS grant_eur, available_eur,"
    " max_eur, NULL AS call_id, first_seen, last_seen, gone_at",
    "award": "id, title, start, end, NULL AS opens, NULL AS closes, published, NULL AS total_eur, grant_eur,"
    " NULL AS available_eur, NULL AS max_eur, call_id, first_seen, last_seen, gone_at",
}


@dataclass(frozen=True, slots=True)
class Selection:
    """A search as a reader saved it: the words, and what hits must have."""

    query: str = ""
    filters: Filters = field(default_factory=Filters)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked: then everything is meant."""
        return not (
            self.query
            or any(self.filters.facets.values())
            or self.filters.since
            or self.filters.until
            or self.filters.open_on
        )


def matching(connection: sqlite3.Connection, selection: Selection, limit: int) -> list[Key]:
    """(type, key) of all documents that a selection finds, the last indexed first; an empty one finds every entity.

    Unlike a page of results this is not ranked, so that nothing is left out.
    """
    question = parse(selection.query)
    facets = {"type": PAGE_TYPES, **selection.filters.facets} if not selection.is_empty else EVERYTHING
    for facet, value in question.facets:
        facets = {**facets, facet: (*facets.get(facet, ()), value)}
    lookup = make_lookup(
        connection,
        make_match(question, selection.filters.lang, widen=selection.filters.widen),
        replace(selection.filters, facets=facets),
    )
    ids = lookup.newest(connection, limit) if lookup else []
    found: dict[int, Key] = {}
    for chunk in _chunks(ids):
        sql = f"SELECT id, type, key FROM search_documents WHERE id IN ({marks(chunk)})"  # noqa: S608 - question marks
        found |= {entry["id"]: (entry["type"], entry["key"]) for entry in rows(connection, sql, chunk)}
    return [found[document] for document in ids if document in found]


def entities_of_pages(connection: sqlite3.Connection, pages: Sequence[str]) -> dict[str, Key]:
    """The entity that each page tells of: (kind, id) by page id; of several, the one it is tied to most."""
    found: dict[str, Key] = {}
    for chunk in _chunks(pages):
        for kind in KINDS:
            sql = (
                f"SELECT page_id, {kind}_id AS id FROM {kind}_pages"  # noqa: S608 - names of the schema
                f" WHERE page_id IN ({marks(chunk)}) ORDER BY score DESC"
            )
            for tie in rows(connection, sql, chunk):
                found.setdefault(tie["page_id"], (kind, tie["id"]))
    return found


class TooManyError(Exception):
    """More was selected than one answer can hold: it has to be narrowed, or taken as a finished file."""


def selected(
    connection: sqlite3.Connection, selection: Selection, limit: int | None = None, kinds: Sequence[str] = KINDS
) -> list[Row]:
    """The projects, calls and awards that a selection finds, by themselves or by one of their pages, newest first.

    Rows as `load_rows` gives them: those of the newest ``limit`` pages, or all. Raises TooManyError for all of more
    than `MOST_PAGES` pages, so that nobody takes a part for the whole.
    """
    keys = matching(connection, selection, limit or MOST_PAGES + 1)
    if limit is None and len(keys) > MOST_PAGES:
        raise TooManyError
    of_page = entities_of_pages(connection, [key for type_, key in keys if type_ in PAGE_TYPES])
    wanted = dict.fromkeys(
        entity
        for entity in (of_page.get(key) if type_ in PAGE_TYPES else (type_, key) for type_, key in keys)
        if entity
    )
    return load_rows(connection, [key for key in wanted if key[0] in kinds])


def load_rows(connection: sqlite3.Connection, keys: Sequence[Key]) -> list[Row]:
    """Entities in the order of ``keys``: ``kind``, their tables' columns, names by role, identifiers, addresses."""
    found: dict[Key, Row] = {}
    for kind in KINDS:
        for chunk in _chunks([key for entity_kind, key in keys if entity_kind == kind]):
            sql = f"SELECT '{kind}' AS kind, {_ENTITY[kind]} FROM {TABLES[kind]} WHERE id IN ({marks(chunk)})"  # noqa: S608 - names of the schema
            loaded = {entity["id"]: entity for entity in rows(connection, sql, chunk)}
            _add_lists(connection, kind, loaded)
            found |= {(kind, key): entity for key, entity in loaded.items()}
    return [found[key] for key in keys if key in found]


def open_calls_only(selection: Selection, day: str) -> Selection:
    """The same selection, narrowed to calls that are open on a day."""
    return replace(selection, filters=replace(selection.filters, open_on=day))


def _add_lists(connection: sqlite3.Connection, kind: str, loaded: Mapping[str, Row]) -> None:
    chunk = list(loaded)
    lists: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows(
        connection,
        f"SELECT {kind}_id AS id, role, organisations.name FROM participations"  # noqa: S608 - names of the schema
        f" JOIN organisations ON organisations.id = organisation_id WHERE {kind}_id IN ({marks(chunk)})"
        " GROUP BY 1, 2, 3 ORDER BY organisations.name",
        chunk,
    ):
        lists[row["id"]][row["role"]].append(row["name"])
    for row in rows(
        connection,
        f"SELECT {kind}_id AS id, value FROM identifiers WHERE {kind}_id IN ({marks(chunk)}) GROUP BY 1, 2 ORDER BY 2",  # noqa: S608 - ditto
        chunk,
    ):
        lists[row["id"]]["identifier"].append(row["value"])
    for row in rows(
        connection,
        f"SELECT {kind}_id AS id, url, lang FROM {kind}_pages JOIN pages ON pages.id = page_id"  # noqa: S608 - ditto
        f" WHERE {kind}_id IN ({marks(chunk)}) ORDER BY score DESC, url",
        chunk,
    ):
        lists[row["id"]]["url"].append(row["url"])
        lists[row["id"]]["lang"].append(row["lang"] or "")
    for key, entity in loaded.items():
        entity["funders"], entity["coordinators"] = lists[key]["funder"], lists[key]["coordinator"]
        entity["partners"], entity["identifiers"] = lists[key]["partner"], lists[key]["identifier"]
        entity["urls"] = lists[key]["url"]
        entity["languages"] = sorted(set(lists[key]["lang"]) - {""})


def _chunks(keys: Iterable[T]) -> Iterator[list[T]]:
    ordered = list(keys)
    for at in range(0, len(ordered), _AT_ONCE):
        yield ordered[at : at + _AT_ONCE]
