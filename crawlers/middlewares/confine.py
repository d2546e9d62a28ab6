"""Confine: a source's requests go to its own hosts, with methods that change nothing."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from crawlers.addresses import netloc
from crawlers.public_addresses import is_public, literal_address
from crawlers.refusals import RefusedError
from crawlers.sources import Source

_SAFE_METHODS = frozenset({"GET", "HEAD"})


class Confine:
    """Refuses what is off-site, private, or would send something."""

    @classmethod
    def from_crawler(cls, _crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls()

    def process_request(self, request: Request) -> None:
        """Let a request pass, or raise RefusedError."""
        source: Source = request.meta["source"]
        if request.method not in _SAFE_METHODS and not request.meta.get("form"):
            raise RefusedError("off-site", f"{request.method} is not sent")
        if not source.serves(request.url):
            raise RefusedError("off-site", f"{netloc(request.url)} is no host of {source.id}")
        literal = literal_address(netloc(request.url).rpartition("@")[2].rsplit(":", 1)[0])
        if literal and not source.private and not is_public(literal):
            raise RefusedError("private", f"{literal} is not public")
