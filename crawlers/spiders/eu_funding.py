"""EU Funding & Tenders: topics from the portal's search service, whose documented form is a POST."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import parse_qsl, quote, urldefrag, urlencode, urlsplit, urlunsplit

from lxml import etree, html

from archive.json_answers import read_json
from crawlers.sources import Source
from crawlers.spiders.composing import finnish_time, page
from crawlers.spiders.vocabulary import terms
from crawlers.steps import Advertised, Alarm, Answer, Counted, Document, Follow, Form, PlainSpider, Step

# The service shows no more of one search: wider ones are split by the year of the start date.
WINDOW = 10_000
FIRST_YEAR = 2014
UNDATED = "undated"
_BOUNDARY = "hankearkisto-form-boundary"
_TOPIC = "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/topic-details/"


class EuFundingSpider(PlainSpider):
    """Searches year by year; the fragment of an address names its year and is never sent."""

    name: ClassVar[str] = "eu_funding"

    def start(self, source: Source) -> Iterator[Follow]:
        """The first page of each year's search, and of the undated topics."""
        years = range(int(source.api.get("first_year", FIRST_YEAR)), datetime.now(UTC).year + 3)
        for url in source.start:
            yield from (Follow(f"{url}#{window}", "feed") for window in (*map(str, years), UNDATED))

    def form(self, source: Source, url: str) -> Form | None:
        """The search of one window as the service's multipart form."""
        window = urldefrag(url).fragment
        terms_ = [{"terms": {"type": source.api.get("types", "1,8").split(",")}}]
        must: list[dict[str, Any]] = [*terms_, {"terms": {"status": list(terms(self.name)["states"])}}]
        query: dict[str, Any] = {"bool": {"must": must}}
        if window == UNDATED:
            query["bool"]["must_not"] = [{"exists": {"field": "startDate"}}]
        else:
            must.append({"range": {"startDate": {"gte": f"{window}-01-01", "lt": f"{int(window) + 1}-01-01"}}})
        body = _multipart({"query": query, "languages": ["en"]})
        return Form(body, f"multipart/form-data; boundary={_BOUNDARY}")

    def read(self, source: Source, answer: Answer) -> Iterator[Step]:
        """Topics as pages, and the next page of the search."""
        try:
            found = read_json(answer.body)
        except ValueError:
            found = None
        total = found.get("totalResults") if isinstance(found, dict) else None
        rows = found.get("results") if isinstance(found, dict) else None
        if not isinstance(total, int) or not isinstance(rows, list):
            yield Alarm("not-understood", f"{answer.url}: no search result")
            return
        yield from _page_of_results(source, answer.url, total, rows)


def _page_of_results(source: Source, url: str, total: int, rows: list[object]) -> Iterator[Step]:
    address, window = urldefrag(url)
    parameters = dict(parse_qsl(urlsplit(address).query))
    number, size = int(parameters.get("pageNumber", "1")), int(parameters.get("pageSize", "50"))
    if number == 1:
        yield Advertised(total)
    if total > WINDOW:
        yield Alarm("total-differs", f"{source.id}: {total} topics in {window}, only {WINDOW} can be read")
    yield Counted(len(rows))
    yield from _topics(source, rows)
    if rows and number * size < min(total, WINDOW):
        parameters["pageNumber"] = str(number + 1)
        query = urlencode(parameters, safe="*")
        yield Follow(f"{urlunsplit(urlsplit(address)._replace(query=query))}#{window}", "feed")


def _topics(source: Source, rows: list[object]) -> Iterator[Step]:
    """One topic may have several documents: the first one makes its page."""
    seen: set[str] = set()
    strange: dict[str, None] = {}
    for row in rows:
        metadata = row.get("metadata") if isinstance(row, Mapping) else None
        identifier = _first(metadata, "identifier") or _first(metadata, "callccm2Id")
        title = _first(metadata, "title")
        if not identifier or not title:
            yield Alarm("missing-label", f"{source.id}: a topic without identifier or title")
            continue
        for status in _all(metadata, "status"):
            if status not in terms(EuFundingSpider.name)["states"]:
                strange[status] = None
        if identifier not in seen:
            seen.add(identifier)
            yield _document(identifier, title, metadata)
    yield from (Alarm("unknown-status", f"{source.id}: status {word!r}") for word in strange)


def _document(identifier: str, title: str, metadata: object) -> Document:
    words = terms(EuFundingSpider.name)
    fields = {
        words["fields"]["identifier"]: identifier,
        words["fields"]["status"]: words["states"].get(_first(metadata, "status"), ""),
        words["fields"]["opens"]: finnish_time(_first(metadata, "startDate")) or "",
        words["fields"]["closes"]: "; ".join(filter(None, map(finnish_time, _all(metadata, "deadlineDate")))),
        words["fields"]["programme"]: _first(metadata, "caName"),
    }
    sections = {
        words["sections"]["description"]: _lines(_first(metadata, "descriptionByte")),
        words["sections"]["conditions"]: _lines(_first(metadata, "topicConditions")),
    }
    return Document(_TOPIC + quote(identifier.lower(), safe=""), page(title, "en", fields, sections))


def _all(metadata: object, key: str) -> tuple[str, ...]:
    values = metadata.get(key) if isinstance(metadata, Mapping) else None
    return tuple(str(value) for value in values) if isinstance(values, list) else ()


def _first(metadata: object, key: str) -> str:
    return next(iter(_all(metadata, key)), "")


def _lines(markup: str) -> tuple[str, ...]:
    """The lines of a piece of HTML."""
    if not markup.strip():
        return ()
    try:
        root = html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, ValueError):
        return (" ".join(markup.split()),)
    for element in root.iter("p", "li", "br", "div", "h1", "h2", "h3", "h4", "tr"):
        element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in str(root.text_content()).splitlines())
    return tuple(line for line in lines if line)


def _multipart(fields: Mapping[str, object]) -> bytes:
    """A multipart/form-data body of JSON parts (RFC 7578); the same bytes for the same fields."""
    parts = "".join(
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="blob"\r\n'
        f"Content-Type: application/json\r\n\r\n{json.dumps(value)}\r\n"
        for name, value in fields.items()
    )
    return f"{parts}--{_BOUNDARY}--\r\n".encode()
