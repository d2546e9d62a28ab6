"""The search for programs: hits as JSON, completions, and the description that browsers offer both by (OpenSearch)."""

import json
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from archive.search.asking import Filters, Results, complete, search
from publish.portal.facets import selection_of
from publish.portal.render import file
from publish.portal.visit import Visit
from publish.queries.selection import EVERYTHING, Selection

_JSON = "application/json; charset=utf-8"
_SUGGESTIONS = "application/x-suggestions+json; charset=utf-8"
_OPENSEARCH = "application/opensearchdescription+xml; charset=utf-8"
_MOST_HITS = 100
_LAST_OFFSET = 10_000


async def hits_json(visit: Visit) -> Any:
    """What a search finds: ``limit`` (at most 100) hits from ``offset`` on, facets, and what was made of the words."""
    selection, limit = selection_of(visit), visit.number("limit", 20, _MOST_HITS)
    offset = visit.number("offset", 0, _LAST_OFFSET)
    results = await visit.read(_look_up, selection, max(1, limit), max(0, offset))
    return file(json.dumps(_answer(results), ensure_ascii=False), _JSON)


async def completions(visit: Visit) -> Any:
    """How a started question (``q``) may go on: OpenSearch's array of the question and its completions."""
    start = visit.arg("q")
    found = await visit.read(complete, start)
    return file(json.dumps([start, found], ensure_ascii=False), _SUGGESTIONS)


async def description(visit: Visit) -> Any:
    """The OpenSearch description of the search in one language."""
    base = f"{visit.base}/{visit.lang}"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
        "<ShortName>Hankearkisto</ShortName>",
        f"<Description>{escape(visit.t('search.label'))}</Description>",
        f"<Language>{visit.lang}</Language>",
        _url("text/html", f"{base}/search?q={{searchTerms}}"),
        _url("application/json", f"{base}/hits.json?q={{searchTerms}}"),
        _url("application/x-suggestions+json", f"{base}/complete.json?q={{searchTerms}}"),
        "</OpenSearchDescription>",
    ]
    return file("\n".join([*lines, ""]), _OPENSEARCH)


def _url(media_type: str, template: str) -> str:
    return f'<Url type="{media_type}" template="{escape(quote(template, safe=":/?={}&.-_~"))}"/>'


def _look_up(connection: Any, selection: Selection, limit: int, offset: int) -> Results:
    filters = Filters(EVERYTHING) if selection.is_empty else selection.filters
    return search(connection, selection.query, limit=limit, offset=offset, filters=filters)


def _answer(results: Results) -> dict[str, Any]:
    return {
        "total": results.total,
        "is_capped": results.is_capped,
        "suggestion": results.suggestion,
        "widened": {word: list(others) for word, others in results.widened.items()},
        "needs_index": results.needs_index,
        "facets": {
            facet: [{"value": value, "count": count} for value, count in values]
            for facet, values in results.facets.items()
        },
        "facets_are_sampled": results.is_sampled,
        "hits": [{**hit.as_json(), "type": hit.type, "lang": hit.lang, "date": hit.date} for hit in results.hits],
    }
