"""Reservation: leave alone what reserves text and data mining.

TDM Reservation Protocol (W3C community group report, 10 May 2024): /.well-known/tdmrep.json is asked for here; the
tdm-reservation header and meta element are found by `crawlers.verdict`, which sees the answer.
"""

import asyncio
import re
from collections.abc import Awaitable
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http.request import NO_CALLBACK

from archive.json_answers import read_json
from crawlers.addresses import netloc, target
from crawlers.middlewares.access import download
from crawlers.refusals import DOWNLOAD_ERRORS, RefusedError

_MOST_BYTES = 200_000
Rule = tuple[re.Pattern[str], bool]


class Reservation:
    """Asks each host once for its reservations and keeps to them."""

    def __init__(self, crawler: Crawler) -> None:
        """Nothing is known yet."""
        self._crawler = crawler
        self._rules: dict[str, asyncio.Task[tuple[Rule, ...]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler)

    def process_request(self, request: Request) -> Awaitable[None] | None:
        """Raise RefusedError for an address that the host's tdmrep.json reserves. Only the first ones wait."""
        if request.meta.get("unconditional"):
            return None
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._load(origin, request))
        task = self._rules[origin]
        if not task.done():
            return self._wait(task, request)
        _check(task.result(), request)
        return None

    async def _wait(self, task: asyncio.Task[tuple[Rule, ...]], request: Request) -> None:
        _check(await asyncio.shield(task), request)

    async def _load(self, origin: str, request: Request) -> tuple[Rule, ...]:
        meta = {"source": request.meta["source"], "download_slot": netloc(origin), "unconditional": True}
        asked = Request(
            f"{origin}/.well-known/tdmrep.json",
            meta=meta | {"dont_retry": True},
            callback=NO_CALLBACK,
            priority=1000,
            dont_filter=True,
        )
        try:
            response = await download(self._crawler, asked)
        except DOWNLOAD_ERRORS:
            return ()
        return read_rules(response.body) if response.status == 200 else ()


def _check(rules: tuple[Rule, ...], request: Request) -> None:
    if is_reserved(rules, target(request.url)):
        raise RefusedError("reserved", f"{netloc(request.url)} reserves text and data mining")


def read_rules(body: bytes) -> tuple[Rule, ...]:
    """The rules of a tdmrep.json in their order; a file that cannot be read makes none."""
    try:
        entries = read_json(body[:_MOST_BYTES])
    except ValueError:
        return ()
    if not isinstance(entries, list):
        return ()
    return tuple(
        (_pattern(str(entry["location"])), str(entry.get("tdm-reservation", "0")) == "1")
        for entry in entries
        if isinstance(entry, dict) and "location" in entry
    )


def is_reserved(rules: tuple[Rule, ...], place: str) -> bool:
    """Whether the first rule whose location fits reserves a path (with its query)."""
    return next((reserved for pattern, reserved in rules if pattern.match(place)), False)


def _pattern(location: str) -> re.Pattern[str]:
    """A location is a path; ``*`` stands for anything and ``$`` for the end, as in robots.txt."""
    ends = location.endswith("$")
    # Doubled stars would make matching slow and mean the same.
    parts = [re.escape(part) for part in re.sub(r"\*+", "*", location.removesuffix("$")).split("*")][:20]
    return re.compile("[^\x00]*?".join(parts) + ("$" if ends else ""))
