"""The spider without code of its own: listings, sitemaps, feeds and WordPress indexes lead to the pages to keep."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from crawlers.links import page_links
from crawlers.sitemaps import SitemapError, sitemap_entries
from crawlers.sources import Source
from crawlers.steps import Advertised, Alarm, Answer, Counted, Follow, PlainSpider, Step
from crawlers.wordpress import WordPressError, read_index

_HTML = frozenset({"text/html", "application/xhtml+xml", ""})


class SiteSpider(PlainSpider):
    """Follows what the source file names and nothing else."""

    name: ClassVar[str] = "site"

    def start(self, source: Source) -> Iterator[Follow]:
        """The source file's own addresses."""
        yield from (Follow(url, "listing") for url in source.start)
        yield from (Follow(url, "sitemap") for url in source.sitemap)
        yield from (Follow(url, "feed") for url in (*source.feeds, *source.wordpress))

    def read(self, source: Source, answer: Answer) -> Iterator[Step]:
        """Where an answer leads, by its role."""
        if answer.role == "sitemap":
            yield from _sitemap(source, answer)
        elif answer.role == "feed":
            yield from _feed(source, answer)
        elif answer.role == "listing":
            yield from _listing(source, answer)
        elif answer.role == "page" and answer.content_type in _HTML:
            yield from _page(source, answer)


def _listing(source: Source, answer: Answer) -> Iterator[Step]:
    links = page_links(answer.body, answer.url, answer.declared_type)
    cards = [url for url in links.all if _is_kept(source, url) and url not in links.next_pages]
    ways = [url for url in (*links.next_pages, *filter(source.leads, links.all)) if source.serves(url)]
    ways = [url for url in dict.fromkeys(ways) if url != answer.url]
    if not cards and not ways and answer.url in source.start:
        yield Alarm("zero-cards", f"{answer.url}: the listing leads to no page that is kept")
    yield from (Follow(url, "listing") for url in ways)
    yield from (Follow(url) for url in cards)
    if source.keeps(answer.url):
        yield from _attachments(source, answer, [url for url in links.all if source.serves(url)])


def _page(source: Source, answer: Answer) -> Iterator[Step]:
    links = answer.links if answer.links is not None else page_links(answer.body, answer.url, answer.declared_type).all
    own = [url for url in links if source.serves(url)]
    yield from (Follow(url) for url in own if source.keeps(url) and not source.is_document(url))
    yield from _attachments(source, answer, own)


def _attachments(source: Source, answer: Answer, own: Sequence[str]) -> Iterator[Step]:
    """The documents among links to the source's own hosts."""
    found = [url for url in own if source.is_document(url)]
    yield from (Follow(url, "attachment", via=answer.url) for url in found[: source.attachments.limit])


def _sitemap(source: Source, answer: Answer) -> Iterator[Step]:
    kept = 0
    try:
        for entry in sitemap_entries(answer.body, answer.url):
            if entry.is_sitemap and source.serves(entry.url):
                yield Follow(entry.url, "sitemap", lastmod=entry.lastmod)
                kept += 1
            elif _is_kept(source, entry.url):
                yield Follow(entry.url, lastmod=entry.lastmod)
                kept += 1
    except SitemapError as error:
        yield Alarm("not-understood", f"{answer.url}: {error}")
        return
    if not kept and answer.url in source.sitemap:
        yield Alarm("zero-cards", f"{answer.url}: the sitemap lists no page that is kept")


def _feed(source: Source, answer: Answer) -> Iterator[Step]:
    if answer.url in source.wordpress or "/wp-json/" in answer.url:
        yield from _wordpress(source, answer)
        return
    try:
        entries = list(sitemap_entries(answer.body, answer.url))
    except SitemapError as error:
        yield Alarm("not-understood", f"{answer.url}: {error}")
        return
    # A feed shows what is new; that none of it is kept happens and is no alarm.
    yield from (Follow(entry.url, lastmod=entry.lastmod) for entry in entries if _is_kept(source, entry.url))


def _wordpress(source: Source, answer: Answer) -> Iterator[Step]:
    try:
        index = read_index(answer)
    except WordPressError as error:
        yield Alarm("not-understood", f"{answer.url}: {error}")
        return
    if index.total is not None and index.is_first:
        yield Advertised(index.total)
    yield Counted(len(index.rows))
    if not index.rows and answer.url in source.wordpress:
        yield Alarm("zero-cards", f"{answer.url}: the index is empty")
    yield from (Follow(row.url, lastmod=row.modified) for row in index.rows if _is_kept(source, row.url))
    if index.next_url:
        yield Follow(index.next_url, "feed")


def _is_kept(source: Source, url: str) -> bool:
    return source.serves(url) and source.keeps(url)
