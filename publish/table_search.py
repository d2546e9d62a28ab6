"""The search box of Datasette's table pages, answered by the archive's search: words in any form, never an error."""

import json
import sqlite3
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette.filters import FilterArguments

from archive.search.asking import Filters
from publish.queries.selection import KINDS, PAGE_TYPES, Selection, entities_of_pages, matching
from publish.site import DATABASE

# Tables whose rows are documents of the search, by the types of those.
_TYPES = {
    "pages": ("page", "attachment"),
    "projects": ("project",),
    "calls": ("call",),
    "awards": ("award",),
    "organisations": ("organisation",),
}
_MOST_ROWS = 10_000
# Datasette's own search would hand these to FTS5 as they are, whose errors are no answers for readers.
_RAW = frozenset({"_fts_table", "_fts_pk", "_searchmode"})
_OF_PAGE = "page_version_id IN (SELECT id FROM page_versions WHERE page_id = :versions_of)"
_WHERE = "id IN (SELECT value FROM json_each(:archive_search))"


def facts_of_page(table: str, page: str | None) -> Any:
    """What facts narrowed to a page are narrowed by, too: their versions, which is what the index of facts is by."""
    if table != "facts" or not page:
        return FilterArguments([])
    return FilterArguments([_OF_PAGE], {"versions_of": page})


async def table_filter(datasette: Any, request: Any, database: str, table: str) -> Any:
    """What Datasette narrows a table's rows by for ``_search``; nothing for other tables, and without words."""
    if database != DATABASE or table not in _TYPES:
        return FilterArguments([])
    query = request.args.get("_search", "")
    shown = {"supports_search": True, "search": query}
    if not query.strip():
        return FilterArguments([], extra_context=shown)
    keys = await datasette.get_database(database).execute_fn(lambda connection: _keys(connection, table, query))
    return FilterArguments([_WHERE], {"archive_search": json.dumps(keys)}, [f'search finds "{query}"'], shown)


def without_raw_search(query_string: bytes) -> bytes:
    """The parameters of an address without those that ask for FTS5's own syntax."""
    if not any(name.encode() in query_string for name in _RAW):
        return query_string
    pairs = parse_qsl(query_string.decode("latin-1"), keep_blank_values=True)
    return urlencode([pair for pair in pairs if pair[0] not in _RAW]).encode("latin-1")


def _keys(connection: sqlite3.Connection, table: str, query: str) -> list[str]:
    """The ids of a table's rows: those that are found themselves, and entities one of whose pages is."""
    types = _TYPES[table]
    found = dict.fromkeys(key for _, key in matching(connection, _selection(query, types), _MOST_ROWS))
    if types[0] in KINDS:
        pages = [key for _, key in matching(connection, _selection(query, PAGE_TYPES), _MOST_ROWS)]
        entities = entities_of_pages(connection, pages).values()
        found |= dict.fromkeys(key for kind, key in entities if kind == types[0])
    return list(found)


def _selection(query: str, types: tuple[str, ...]) -> Selection:
    return Selection(query, Filters({"type": types}))
