"""Confine: a source's requests go to its own hosts, with methods that change nothing."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from crawlers.addresses import netloc
from crawlers.middlewares.access import context_of
from crawlers.public_addresses import is_public, literal_address
from crawlers.refusals import RefusedError
from crawlers.sources import Source
from pipelines.withhold import is_forgotten_url

_SAFE_METHODS = frozenset({"GET", "HEAD"})


class Confine:
    """Refuses what is off-site, private, forgotten, or would send something."""

    def __init__(self, crawler: Crawler) -> None:
        """What was forgotten is known to the run."""
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let a request pass, or raise RefusedError."""
        source: Source = request.meta["source"]
        if request.method not in _SAFE_METHODS and not request.meta.get("form"):
            raise RefusedError("off-site", f"{request.method} is not sent")
        if not source.serves(request.url):
            raise RefusedError("off-site", f"{netloc(request.url)} is no host of {source.id}")
        if is_forgotten_url(request.url, context_of(self._crawler).flow.tombstones):
            raise RefusedError("forgotten", "an address that was erased on request")
        literal = literal_address(netloc(request.url).rpartition("@")[2].rsplit(":", 1)[0])
        if literal and not source.private and not is_public(literal):
            raise RefusedError("private", f"{literal} is not public")
