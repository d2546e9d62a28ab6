"""The links of an HTML page: where it leads, which of them turns the page, what it says of itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qsl, urlsplit

from lxml import etree, html

from crawlers.addresses import canonical, netloc
from pipelines.readers.bounds import within_bounds
from pipelines.readers.charset import decode_html
from pipelines.readers.links import NOT_FOLLOWED

# Parameters and path parts that number the pages of a listing, as CMSs name them.
_PAGE_PARAMETERS = frozenset(
    {"page", "paged", "pg", "p", "sivu", "sida", "start", "offset", "pageindex", "pagenumber", "cur", "_cur"}
)
_PAGE_PATH = re.compile(r"/(?:page|sivu|sida|p)[/-]?\d{1,4}/?$|/\d{1,3}/?$", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:^|_)cur$")
_MORE_ATTRIBUTES = ("data-next-page", "data-next-url", "data-next", "data-load-more-url", "data-more-url")
_HEAD_BYTES = 50_000
_LINK = re.compile(rb"<link\s[^>]{1,1000}>", re.IGNORECASE)
_REL_CANONICAL = re.compile(rb"\srel\s{0,5}=\s{0,5}[\"']?canonical\b", re.IGNORECASE)
_HREF = re.compile(rb"\shref\s{0,5}=\s{0,5}[\"']?([^\"'\s>]{1,2048})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Links:
    """The canonical addresses of a page's links in the order of the page, without doubles.

    ``next_pages`` continue a listing.
    """

    all: tuple[str, ...] = ()
    next_pages: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()


def canonical_link(body: bytes, url: str) -> str | None:
    """A page's own word about its address, read from its head without parsing the page."""
    for found in _LINK.finditer(body[:_HEAD_BYTES]):
        if _REL_CANONICAL.search(found[0]) and (href := _HREF.search(found[0])):
            return canonical(unescape(href[1].decode("utf-8", "replace")), url)
    return None


def page_links(body: bytes, url: str, content_type: str | None = None) -> Links:
    """The links of an HTML page; none where the bytes are no HTML. ``content_type`` is the header, if any."""
    root = parse_html(body, content_type)
    if root is None:
        return Links()
    base = _base(root, url)
    anchors = [
        (element, address)
        for element in root.iter("a", "area")
        if (address := canonical(element.get("href") or "", base)) and element.get("href")
    ]
    turning = [address for element, address in anchors if _turns(element, address, url)]
    turning += [address for address in _head_links(root, base, "next") if address]
    turning += list(_load_more(root, base))
    return Links(
        all=_once(address for element, address in anchors if not NOT_FOLLOWED & _rel(element)),
        next_pages=_once(address for address in turning if netloc(address) == netloc(url) and address != url),
        feeds=_once(_feeds(root, base)),
    )


def parse_html(body: bytes, content_type: str | None = None) -> html.HtmlElement | None:
    """The tree of an HTML page, read as the pipeline reads it; None where there is nothing to parse."""
    if not body.strip():
        return None
    text, _ = within_bounds(decode_html(body, content_type))
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _base(root: html.HtmlElement, url: str) -> str:
    declared = next((element.get("href") for element in root.iter("base") if element.get("href")), None)
    return canonical(declared, url) or url if declared else url


def _rel(element: html.HtmlElement) -> set[str]:
    return set((element.get("rel") or "").lower().split())


def _turns(element: html.HtmlElement, address: str, url: str) -> bool:
    """Whether a link turns the page of the listing at ``url``: it says so, or its address differs by a number only."""
    if "next" in _rel(element):
        return True
    here, there = urlsplit(url), urlsplit(address)
    if here.netloc != there.netloc:
        return False
    if _stem(here.path) == _stem(there.path):
        return _page_numbers(there.query) != _page_numbers(here.query) or (
            here.path != there.path and _others(here.query) == _others(there.query)
        )
    return False


def _stem(path: str) -> str:
    return _PAGE_PATH.sub("", path).rstrip("/")


def _page_numbers(query: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in parse_qsl(query) if _is_page_parameter(name) and value.isdecimal())


def _others(query: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in parse_qsl(query) if not _is_page_parameter(name))


def _is_page_parameter(name: str) -> bool:
    return name.lower() in _PAGE_PARAMETERS or bool(_NUMBERED.search(name))


def _head_links(root: html.HtmlElement, base: str, rel: str) -> Iterator[str]:
    for element in root.iter("link"):
        if rel in _rel(element) and (address := canonical(element.get("href") or "", base)):
            yield address


def _feeds(root: html.HtmlElement, base: str) -> Iterator[str]:
    for element in root.iter("link"):
        is_feed = (element.get("type") or "").lower() in ("application/rss+xml", "application/atom+xml")
        if is_feed and (address := canonical(element.get("href") or "", base)):
            yield address


def _load_more(root: html.HtmlElement, base: str) -> Iterator[str]:
    for attribute in _MORE_ATTRIBUTES:
        for element in root.iterfind(f".//*[@{attribute}]"):
            value = element.get(attribute) or ""
            if "/" in value and (address := canonical(value, base)):
                yield address


def _once(addresses: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(addresses))
