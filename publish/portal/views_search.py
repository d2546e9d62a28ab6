"""Search: results with snippets and facets, and the same selection under addresses that can be saved."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup

from archive.search.asking import Filters, Hit, Results, search
from publish.portal.facets import (
    FORM_FIELDS,
    Pairs,
    chosen_links,
    facet_groups,
    facet_labels,
    pairs_of,
    query_string,
    search_address,
    selection_of,
)
from publish.portal.frame import is_past
from publish.portal.render import page
from publish.portal.views_cite import still_holds
from publish.portal.views_feeds import captures_of
from publish.portal.visit import Visit
from publish.queries.rows import TABLES, Row, marks, rows
from publish.queries.selection import EVERYTHING, Key, Selection, entities_of_pages
from publish.selection_formats import FILE_FORMATS

_PER_PAGE = 20
_LAST_PAGE = 500
# The archived text's mark of a heading says nothing inside a line.
_HEADINGS = re.compile(r"(?:^|(?<=\s))#{1,6}\s")
# The formats in which a selection can be followed or taken, in the order of the list.
FORMATS = (
    ("atom", "atom"),
    ("feed.json", "json"),
    ("ics", "calendar"),
    *((name, name.replace(".json", "") if name != "json" else "json_data") for name in FILE_FORMATS),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit as the page lists it."""

    title: str
    href: str
    lang: str | None
    type: str
    gone: bool
    snippet: Markup
    note: str


async def search_page(visit: Visit) -> Any:
    """The page of results."""
    selection, number = selection_of(visit), max(1, visit.number("page", 1, _LAST_PAGE))
    results, hits = await visit.read(_look_up, selection, number, visit)
    t, pairs = visit.t, pairs_of(selection)
    labels = await facet_labels(
        visit, [*pairs, *((name, value) for name, of in results.facets.items() for value, _ in of)]
    )
    heading = t("search.title_query", query=selection.query) if selection.query else t("search.title")
    is_last = number * _PER_PAGE >= results.total
    return await page(
        visit,
        "search",
        heading,
        query=selection.query,
        chosen_links=chosen_links(visit, pairs, labels),
        total=results.total,
        is_estimate=results.is_capped,
        hidden=[pair for pair in pairs if pair[0] not in FORM_FIELDS],
        filters=selection.filters,
        suggestion=_suggestion(visit, results, pairs),
        widened=[{"word": word, "others": ", ".join(others)} for word, others in sorted(results.widened.items())],
        is_sampled=results.is_sampled,
        needs_index=results.needs_index,
        holds=await still_holds(visit, selection),
        cite_href=f"/{visit.lang}/cite?{urlencode({'about': f'search{query_string(pairs)}'})}",
        hits=hits,
        first=(number - 1) * _PER_PAGE + 1,
        previous=search_address(visit, [*pairs, ("page", str(number - 1))]) if number > 1 else None,
        next=None if is_last or number == _LAST_PAGE else search_address(visit, [*pairs, ("page", str(number + 1))]),
        facets=facet_groups(visit, results, pairs, labels),
        subscriptions=[
            {"href": f"/{visit.lang}/search.{name}{query_string(pairs)}", "label": t(f"feeds.{label}")}
            for name, label in FORMATS
            if name != "wacz" or await captures_of(visit)
        ],
        feeds=[
            {
                "type": "application/atom+xml",
                "title": heading,
                "href": f"/{visit.lang}/search.atom{query_string(pairs)}",
            },
            {
                "type": "application/feed+json",
                "title": heading,
                "href": f"/{visit.lang}/search.feed.json{query_string(pairs)}",
            },
        ],
    )


def _suggestion(visit: Visit, results: Results, pairs: Pairs) -> dict[str, str] | None:
    if not results.suggestion:
        return None
    others = [pair for pair in pairs if pair[0] != "q"]
    return {"words": results.suggestion, "href": search_address(visit, [("q", results.suggestion), *others])}


def _look_up(connection: Any, selection: Selection, number: int, visit: Visit) -> tuple[Results, list[Shown]]:
    filters = Filters(EVERYTHING) if selection.is_empty else selection.filters
    offset = (number - 1) * _PER_PAGE
    results = search(connection, selection.query, limit=_PER_PAGE, offset=offset, filters=filters)
    of_page = entities_of_pages(connection, [hit.id for hit in results.hits if hit.type in ("page", "attachment")])
    rows_of = _rows(connection, [*of_page.values(), *((hit.type, hit.id) for hit in results.hits)])
    shown: dict[str, Shown] = {}
    for hit in results.hits:
        entry = _shown(hit, of_page.get(hit.id), rows_of, visit)
        shown.setdefault(entry.href, entry)
    return results, list(shown.values())


def _rows(connection: Any, keys: Sequence[Key]) -> dict[Key, Row]:
    found: dict[Key, Row] = {}
    for kind, table in TABLES.items():
        ids = sorted({key for entity_kind, key in keys if entity_kind == kind})
        sql = f"SELECT * FROM {table} WHERE id IN ({marks(ids)})"  # noqa: S608 - a constant table
        found |= {(kind, row["id"]): row for row in rows(connection, sql, ids)}
    return found


def _shown(hit: Hit, entity: Key | None, rows_of: dict[Key, Row], visit: Visit) -> Shown:
    """A hit as its entity where it has one: the page that said it is named in the note."""
    key = entity or (hit.type, hit.id)
    row = rows_of.get(key)
    type_ = key[0]
    # A page's own title is in the language of what was found in it; the entity's may be another page's.
    return Shown(
        hit.title or (row and row["title"]) or hit.url or hit.id,
        f"/{visit.lang}/{'pages' if type_ == 'attachment' else f'{type_}s'}/{quote(key[1])}",
        hit.lang,
        type_,
        bool(row and row["gone_at"]),
        Markup(_HEADINGS.sub(" ", hit.snippet.html())),  # noqa: S704 - the search escapes all but its own marks
        _note(row, hit, visit),
    )


def _note(row: Row | None, hit: Hit, visit: Visit) -> str:
    t = visit.t
    parts = []
    if row and row.get("closes"):
        word = t("calls.closed") if is_past(row["closes"]) else t("fields.closes")
        parts.append(f"{word} {t.date(row['closes'])}")
    elif row and (row.get("start") or row.get("end")):
        parts.append(t.period(row["start"], row["end"]))
    elif hit.date:
        parts.append(t.date(hit.date))
    if hit.url:
        parts.append(hit.url.partition("//")[2].partition("/")[0].removeprefix("www."))
    return " · ".join(part for part in parts if part)
