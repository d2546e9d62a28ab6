"""Robots: obey robots.txt as RFC 9309 says. Whoever cannot say what is allowed is left alone.

Scrapy's own middleware lets pages through when robots.txt answers 5xx, drops the connection or redirects elsewhere;
RFC 9309, section 2.3.1.4, asks for the opposite.
"""

import asyncio
import math
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawlers.addresses import canonical, netloc, same_host
from crawlers.middlewares.access import context_of, download, header, set_delay, spider_of
from crawlers.middlewares.backoff import PATIENCE_S
from crawlers.refusals import DOWNLOAD_ERRORS, FailureClass, RefusedError, UnreachableError, failure_class
from crawlers.sources import Source
from crawlers.steps import Follow

# RFC 9309: section 2.3.1.2 (redirects), 2.4 (a day at most), 2.5 (at least 500 KiB are read).
MOST_REDIRECTS = 5
VALID_SECONDS = 86_400
READ_BYTES = 512_000


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host allows: ``state`` says how that is known; ``parser`` is None where all or nothing is allowed.

    ``lost`` is the class of the failure where the host could not say what it allows, and may the next time.
    """

    state: str
    allows_all: bool
    parser: Protego | None = None
    lost: FailureClass | None = None

    def allows(self, url: str, agent: str) -> bool:
        """Whether an address may be fetched."""
        return bool(self.parser.can_fetch(url, agent)) if self.parser else self.allows_all

    def delay(self, agent: str) -> float | None:
        """The Crawl-delay in seconds, if one is asked for that can be waited."""
        found = self.parser.crawl_delay(agent) if self.parser else None
        return float(found) if found is not None and 0 <= float(found) < math.inf else None


class Robots:
    """Fetches robots.txt before the first request to a host and keeps to it."""

    def __init__(self, crawler: Crawler) -> None:
        """Read the name under which robots.txt may address the crawler."""
        self._crawler = crawler
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._rules: dict[str, tuple[float, asyncio.Task[Rules]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler)

    def process_request(self, request: Request) -> Awaitable[None] | None:
        """Let a request pass that robots.txt allows; raise RefusedError for any other. Only the first ones wait."""
        if request.meta.get("unconditional"):
            return None
        task = self._rules_for(request)
        if not task.done():
            return self._wait(task, request)
        self._check(task.result(), request)
        return None

    async def _wait(self, task: asyncio.Task[Rules], request: Request) -> None:
        self._check(await asyncio.shield(task), request)

    def _check(self, rules: Rules, request: Request) -> None:
        if not rules.allows(request.url, self._agent):
            message = f"robots.txt of {netloc(request.url)}: {'disallowed' if rules.parser else rules.state}"
            raise UnreachableError(rules.lost, message) if rules.lost else RefusedError("robots", message)

    def _rules_for(self, request: Request) -> asyncio.Task[Rules]:
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        loaded, task = self._rules.get(origin, (0.0, None))
        if task is None or time.monotonic() - loaded > VALID_SECONDS:
            task = asyncio.ensure_future(self._load(origin, request))
            self._rules[origin] = (time.monotonic(), task)
        return task

    async def _load(self, origin: str, request: Request) -> Rules:
        rules = await self._fetch(f"{origin}/robots.txt", request)
        host = netloc(origin)
        delay = rules.delay(self._agent)
        hosts = context_of(self._crawler).hosts
        hosts.set_robots(host, rules.state, delay)
        hosts.note_reached(host, reached=rules.lost is None)
        # A longer one is kept by `Backoff`, over several runs: this run would hold up all other sources.
        if delay and delay <= PATIENCE_S:
            set_delay(self._crawler, host, max(delay, request.meta["source"].delay))
        self._offer_sitemaps(rules, request.meta["source"])
        return rules

    def _offer_sitemaps(self, rules: Rules, source: Source) -> None:
        """A source that goes by sitemaps goes by those that robots.txt names, too (sitemaps.org, "Submitting")."""
        if rules.parser and source.sitemap:
            found = [Follow(url, "sitemap") for url in rules.parser.sitemaps]
            spider_of(self._crawler).offers.take(source, found)

    async def _fetch(self, url: str, request: Request) -> Rules:
        for _ in range(MOST_REDIRECTS + 1):
            try:
                response = await download(self._crawler, _robots_request(url, request))
            except RefusedError:
                # The host has no budget or asked for rest: that says nothing about its rules.
                raise
            except DOWNLOAD_ERRORS as error:
                lost = failure_class(error)
                return Rules(f"unreachable ({lost})", allows_all=False, lost=lost)
            if not 300 <= response.status < 400:
                return _rules(response)
            target = canonical(header(response, "Location"), url)
            if not target or not same_host(netloc(target), netloc(url)):
                return Rules("redirected elsewhere", allows_all=False)
            url = target
        return Rules("redirected without end", allows_all=False)


def _robots_request(url: str, request: Request) -> Request:
    meta = {"source": request.meta["source"], "download_slot": netloc(url), "unconditional": True, "dont_retry": True}
    return Request(url, meta=meta, callback=NO_CALLBACK, priority=1000, dont_filter=True)


def _rules(response: Response) -> Rules:
    if response.status >= 500 or response.status == 429:
        return Rules(f"answered {response.status}", allows_all=False, lost="robots")
    if response.status >= 400:
        return Rules("none", allows_all=True)
    return Rules("read", allows_all=True, parser=parse_rules(response.body))


def parse_rules(body: bytes) -> Protego:
    """The rules of a robots.txt; what it says beyond the first 500 KiB is not read."""
    return Protego.parse(body[:READ_BYTES].decode("utf-8-sig", "ignore"))
