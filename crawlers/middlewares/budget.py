"""Budget: no host is asked more often in a day than its source allows."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from crawlers.addresses import netloc
from crawlers.middlewares.access import context_of
from crawlers.refusals import RefusedError


class Budget:
    """Counts the requests to each host, over all runs of a day (UTC)."""

    def __init__(self, crawler: Crawler) -> None:
        """Counts stand in the archive."""
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Count the request, or raise RefusedError where the day's budget is spent."""
        host, budget = netloc(request.url), request.meta["source"].budget
        hosts = context_of(self._crawler).hosts
        if hosts.get(host).requests_today >= budget:
            raise RefusedError("budget", f"{host} has had its {budget} requests of the day")
        hosts.count_request(host)
