"""Sitemaps and feeds: the addresses they list, as far as they can be read.

https://www.sitemaps.org/protocol.html, RFC 4287 (Atom), https://www.rssboard.org/rss-specification.
"""

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from io import BytesIO
from itertools import islice

from lxml import etree

from crawlers.addresses import canonical

# The protocol's own limits: 50 MB unpacked, 50,000 addresses a file.
MOST_BYTES = 52_428_800
MOST_ENTRIES = 50_000
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?)?)?)?")


class SitemapError(ValueError):
    """The bytes are no sitemap and no feed; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One address of a sitemap or feed. ``lastmod`` is ISO 8601 as given, None where it is absent or unreadable."""

    url: str
    lastmod: str | None = None
    is_sitemap: bool = False


def sitemap_entries(body: bytes, url: str) -> Iterator[Entry]:
    """The entries of a sitemap, a sitemap index, an RSS or Atom feed, or a plain list of addresses; gzip is undone.

    Raises SitemapError where the bytes are none of these.
    """
    text = _unpacked(body)
    if not text.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        yield from _plain_list(text, url)
        return
    yield from islice(_xml_entries(text, url), MOST_ENTRIES)


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        with gzip.GzipFile(fileobj=BytesIO(body)) as packed:
            text = packed.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise SitemapError("gzip data is damaged") from error
    if len(text) > MOST_BYTES:
        raise SitemapError(f"larger than {MOST_BYTES} bytes when unpacked")
    return text


def _plain_list(text: bytes, url: str) -> Iterator[Entry]:
    addresses = [line.strip() for line in text.decode("utf-8", "replace").splitlines()[:MOST_ENTRIES] if line.strip()]
    if not addresses or not all(address.startswith(("http://", "https://")) for address in addresses):
        raise SitemapError("neither XML nor a list of addresses")
    for line in addresses:
        if address := canonical(line, url):
            yield Entry(address)


def _xml_entries(text: bytes, url: str) -> Iterator[Entry]:
    """Elements are freed as they are read: a sitemap of 50,000 addresses takes no more memory than its bytes."""
    known = False
    try:
        for _, element in etree.iterparse(
            BytesIO(text), events=("end",), recover=True, resolve_entities=False, no_network=True, remove_comments=True
        ):
            name = _local(element)
            known = known or name in _ROOTS
            if name in _READERS:
                known = True
                if entry := _entry(element, url):
                    yield entry
                element.clear()
    except etree.XMLSyntaxError as error:
        raise SitemapError("broken XML") from error
    if not known:
        raise SitemapError("no sitemap and no feed")


def _entry(element: etree._Element, url: str) -> Entry | None:
    name = _local(element)
    fields = {_local(child): child for child in element if child.get("rel", "alternate") == "alternate"}
    link, date = _READERS[name]
    address = canonical(_address(fields, link), url)
    if not address:
        return None
    return Entry(address, _date(fields, date), is_sitemap=name == "sitemap")


def _address(fields: dict[str, etree._Element], link: str) -> str:
    element = fields.get(link)
    if element is None:
        return ""
    return (element.text or "").strip() or element.get("href") or ""


def _date(fields: dict[str, etree._Element], names: tuple[str, ...]) -> str | None:
    for name in names:
        text = (fields[name].text or "").strip() if name in fields else ""
        if _DATE.fullmatch(text):
            return text
        if text:
            return _mail_date(text)
    return None


def _mail_date(text: str) -> str | None:
    """An RSS date (RFC 822) as ISO 8601."""
    try:
        return parsedate_to_datetime(text).isoformat()
    except ValueError:
        return None


def _local(element: etree._Element) -> str:
    # Read with recovery, a tag may have colons that no namespace explains: etree.QName would refuse it.
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


_ROOTS = frozenset({"urlset", "sitemapindex", "rss", "rdf", "feed"})
_READERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "url": ("loc", ("lastmod",)),
    "sitemap": ("loc", ("lastmod",)),
    "item": ("link", ("pubdate", "date")),
    "entry": ("link", ("updated", "published")),
}
