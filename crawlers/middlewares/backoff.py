"""Back off: a host that is overloaded or fails is asked more slowly, later, and not for ever.

Scrapy retries at once and never slows down for 429; RFC 9110, section 10.2.3, lets the server say when.
"""

import asyncio
from collections.abc import Awaitable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.addresses import netloc
from crawlers.middlewares.access import context_of, header, set_delay
from crawlers.refusals import DOWNLOAD_ERRORS, RefusedError, failure_class

RETRIED_STATUSES = frozenset({408, 429, 500, 502, 503, 504, 522, 524})
_SLOWING_STATUSES = frozenset({429, 503})
_RETRIED_FAILURES = frozenset({"dns", "timeout", "dropped", "refused"})
MOST_RETRIES = 2
# A wait of up to two minutes is waited out; for a longer one the host's turn comes in a later run.
PATIENCE_S = 120.0
FIRST_WAIT_S = 1.0
LONGEST_DELAY_S = 60.0


class Backoff:
    """Waits where a host asks for it, and tries again twice."""

    def __init__(self, crawler: Crawler) -> None:
        """Take the first wait from the settings, so that tests need not wait."""
        self._crawler = crawler
        self._first_wait = crawler.settings.getfloat("BACKOFF_FIRST_WAIT", FIRST_WAIT_S)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler)

    def process_request(self, request: Request) -> Awaitable[None] | None:
        """Wait until the host may be asked; raise RefusedError where that is too long."""
        hosts, host = context_of(self._crawler).hosts, netloc(request.url)
        if hosts.backoff_left(host) > 0:
            return self._rest(host)
        delay = hosts.get(host).crawl_delay or 0.0
        if delay > PATIENCE_S and not request.meta.get("unconditional"):
            # Beyond all patience: after this request the host's turn is over.
            hosts.set_backoff(host, delay)
        return None

    async def _rest(self, host: str) -> None:
        hosts = context_of(self._crawler).hosts
        while (left := hosts.backoff_left(host)) > 0:
            if left > PATIENCE_S:
                raise RefusedError("backoff", f"{host} asked to be left alone for {left:.0f} seconds")
            await asyncio.sleep(left)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Try again what may be a passing failure."""
        if response.status not in RETRIED_STATUSES:
            return response
        asked = retry_after(response)
        wait = asked if asked is not None else self._wait(request)
        if response.status in _SLOWING_STATUSES or asked is not None:
            host = netloc(request.url)
            context_of(self._crawler).hosts.set_backoff(host, wait)
            self._slow_down(host)
        return self._again(request) or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Try again after a failure of the network."""
        if not isinstance(exception, DOWNLOAD_ERRORS) or failure_class(exception) not in _RETRIED_FAILURES:
            return None
        if netloc(request.url).rsplit(":", 1)[0] in context_of(self._crawler).refused_names:
            return None
        again = self._again(request)
        if again:
            await asyncio.sleep(self._wait(request))
        return again

    def _wait(self, request: Request) -> float:
        return float(self._first_wait * 2 ** request.meta.get("retries", 0))

    def _again(self, request: Request) -> Request | None:
        retries = request.meta.get("retries", 0)
        if request.meta.get("dont_retry") or retries >= MOST_RETRIES:
            return None
        return request.replace(meta=request.meta | {"retries": retries + 1}, priority=request.priority - 1)

    def _slow_down(self, host: str) -> None:
        engine = self._crawler.engine
        slot = engine.downloader.slots.get(host) if engine else None
        delay = slot.delay if slot else 0.0
        set_delay(self._crawler, host, min(LONGEST_DELAY_S, max(self._first_wait / 2, delay * 2)))


def retry_after(response: Response) -> float | None:
    """The seconds of a Retry-After header, whether it is a number or a date; None where there is none to read."""
    text = header(response, "Retry-After")
    if text.isdecimal():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
