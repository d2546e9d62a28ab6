"""A visit as a request: conditional where the archive knows validators, a POST where an API documents it."""

from scrapy import Request

from archive.frontier import Visit
from crawlers.addresses import netloc
from crawlers.sources import Source
from crawlers.steps import Spider
from crawlers.table_download import ORDER, TableOrder

# Listings are never asked for conditionally by date alone: a list changes without its template's date changing.
_DATE_IS_ENOUGH = frozenset({"page", "attachment", "sitemap", "feed"})


def visit_request(
    visit: Visit,
    source: Source,
    spider: Spider,
    *,
    first_url: str | None = None,
    order: TableOrder | None = None,
) -> Request:
    """The request of a visit; callbacks are set by the spider that sends it.

    ``first_url`` was redirected to it; ``order`` says what is wanted of a table.
    """
    parts = spider.parts(source, visit.url) if visit.role == "page" else (visit.url,)
    request = part_request(parts[0], source, spider)
    request.meta.update(visit=visit, first_url=first_url or visit.url, parts=parts, part=parts != (visit.url,))
    if order:
        # Unpacked while it comes, by what knows gzip only; tried once a run, for each time costs all of it.
        request.headers["Accept-Encoding"] = "gzip"
        request.meta.update({ORDER: order, "download_timeout": order.bounds.seconds, "dont_retry": True})
    if len(parts) == 1 and request.method == "GET":
        for name, value in _validators(visit).items():
            request.headers[name] = value
    return request


def part_request(url: str, source: Source, spider: Spider) -> Request:
    """One address of a source, to be asked for as its spider says."""
    form = spider.form(source, url)
    meta = {"source": source, "download_slot": netloc(url), "handle_httpstatus_all": True, "form": form is not None}
    if form is None:
        return Request(url, meta=meta, dont_filter=True)
    headers = {"Content-Type": form.content_type} | ({"Accept": form.accept} if form.accept else {})
    return Request(url, method="POST", body=form.body, headers=headers, meta=meta, dont_filter=True)


def _validators(visit: Visit) -> dict[str, str]:
    """If-None-Match and If-Modified-Since (RFC 9110, section 13.1) for what was fetched before."""
    headers = {}
    if visit.checked_at and visit.etag:
        headers["If-None-Match"] = visit.etag
    if visit.checked_at and visit.last_modified and (visit.etag or visit.role in _DATE_IS_ENOUGH):
        headers["If-Modified-Since"] = visit.last_modified
    return headers
