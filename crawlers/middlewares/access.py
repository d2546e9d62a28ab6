"""What middlewares need of the running crawler, in one typed place."""

from typing import TYPE_CHECKING, cast

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.context import CrawlContext

if TYPE_CHECKING:
    from crawlers.spider import ArchiveSpider


def spider_of(crawler: Crawler) -> "ArchiveSpider":
    """The one spider."""
    return cast("ArchiveSpider", crawler.spider)


def context_of(crawler: Crawler) -> CrawlContext:
    """The run that a crawler belongs to."""
    return spider_of(crawler).context


async def download(crawler: Crawler, request: Request) -> Response:
    """Send a request of the crawler's own (robots.txt, a part of a page) through all middlewares, past the queue."""
    if crawler.engine is None:
        raise RuntimeError("the crawler has not been started")
    return await crawler.engine.download_async(request)


def header(response: Response, name: str) -> str:
    """A header's first value; empty where there is none."""
    return (response.headers.get(name) or b"").decode("latin-1").strip()


def set_delay(crawler: Crawler, host: str, seconds: float) -> None:
    """From now on wait at least so long between two requests to a host."""
    if crawler.engine is None:
        raise RuntimeError("the crawler has not been started")
    downloader = crawler.engine.downloader
    settings = downloader.per_slot_settings.setdefault(host, {})
    settings["delay"] = max(seconds, float(settings.get("delay", 0.0)))
    settings["concurrency"] = 1
    if slot := downloader.slots.get(host):
        slot.delay, slot.concurrency = settings["delay"], 1
