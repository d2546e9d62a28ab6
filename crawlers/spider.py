"""The one Scrapy spider: asks for what is due, source by source, and hands each answer on."""

import asyncio
import sqlite3
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import scrapy
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from twisted.python.failure import Failure

from archive.errors import ArchiveError, HankearkistoError
from archive.faults import fault_sentence
from archive.frontier import Visit, due_visits
from crawlers.context import CrawlContext
from crawlers.made_pages import MadePages
from crawlers.middlewares.access import download
from crawlers.offers import Offers
from crawlers.outcomes import Outcomes
from crawlers.refusals import DOWNLOAD_ERRORS, UnreachableError, failure_class
from crawlers.requests import part_request, visit_request
from crawlers.schedule import stamp
from crawlers.sources import Source
from crawlers.spiders import spider_named
from crawlers.steps import Alarm, Answer, Spider
from crawlers.table_download import ORDER
from crawlers.tables import miss_edition, pass_edition, read_edition, rest_if_lasting, table_order
from pipelines.process import RULE_ERRORS

# Requests in Scrapy's hands beyond those on the wire: enough that a host never waits, few enough for flat memory.
_AHEAD = 2


class ArchiveSpider(scrapy.Spider):
    """Runs all sources of one crawl, so that a host that two of them share is asked once at a time."""

    name = "archive"

    def __init__(self, context: CrawlContext, **kwargs: Any) -> None:
        """Take the run's context."""
        super().__init__(**kwargs)
        self.context = context
        self.offers = Offers(context)
        self.outcomes = Outcomes(context, self.offers, MadePages(context))
        self._pending: defaultdict[str, set[str]] = defaultdict(set)
        self._tried: set[str] = set()
        self._drained: set[str] = set()
        self._wake = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "ArchiveSpider":
        """Scrapy's way to make it."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        if not isinstance(spider, cls):
            raise TypeError("Scrapy made another spider")
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """What is due, a few addresses of each source at a time, until nothing is left or under way."""
        self.context.is_asking = True
        while True:
            self._wake.clear()
            fed = False
            for source in self.context.sources.values():
                for visit in self._next_visits(source):
                    fed = True
                    yield self._request(visit, source)
            if not fed and not any(self._pending.values()):
                return
            if not fed:
                await self._wake.wait()

    def _next_visits(self, source: Source) -> list[Visit]:
        pending, tally = self._pending[source.id], self.context.tallies[source.id]
        room = source.connections * _AHEAD + _AHEAD - len(pending)
        if room <= source.connections or source.id in self._drained or tally.stalled or self.context.is_ending:
            return []
        if self.context.limit is not None:
            room = min(room, self.context.limit - self.context.started)
        visits = due_visits(
            self.context.db,
            tally.turn,
            now=stamp(datetime.now(UTC)),
            limit=max(0, room),
            busy=pending | self._tried | self.context.sightings.urls,
        )
        if len(visits) < room:
            self._drained.add(source.id)
        pending.update(visit.url for visit in visits)
        self.context.started += len(visits)
        return visits

    def _request(self, visit: Visit, source: Source) -> Request:
        first_url = self.context.moves.get(visit.url)
        spider = spider_named(source.spider)
        table = spider.table(source, visit.url) if visit.role == "feed" else None
        order = table_order(self.context.db, source, spider, table, self.context.sample) if table else None
        request = visit_request(visit, source, spider, first_url=first_url, order=order)
        return request.replace(callback=self.answered, errback=self.failed)

    async def answered(self, response: Response) -> None:
        """Deal with one answer."""
        visit, source = response.meta["visit"], response.meta["source"]
        with self._finishing(visit, source):
            try:
                await self._deal(response, visit, source)
            except RULE_ERRORS as error:
                self.outcomes.failed(visit, source, "not-understood", _sentence(visit.url, error))

    async def failed(self, failure: Failure) -> None:
        """Deal with a request that brought no answer."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        visit, source = request.meta["visit"], request.meta["source"]
        with self._finishing(visit, source):
            self.context.sightings.flush()
            error = failure.value
            if not isinstance(error, (*DOWNLOAD_ERRORS, *RULE_ERRORS)):
                failure.raiseException()
            reason = failure_class(error)
            if reason == "dns" and request.meta["download_slot"].rsplit(":", 1)[0] in self.context.refused_names:
                reason = "private"
            is_passing = isinstance(error, UnreachableError)
            self.context.tallies[source.id].stalled |= is_passing
            self.outcomes.failed(visit, source, reason, _sentence(visit.url, error), is_passing=is_passing)
            if ORDER in request.meta:
                rest_if_lasting(self.context.db, visit, reason)

    async def _deal(self, response: Response, visit: Visit, source: Source) -> None:
        answer, capture = response.meta["answer"], response.meta["capture"]
        spider = spider_named(source.spider)
        self.context.tallies[source.id].fetched += 1
        found = response.meta["verdict"]
        if ORDER in response.meta and found in ("unmodified", "missing", "way"):
            self.context.sightings.flush()
            await self._deal_with_table(response, visit, source, spider)
            return
        if found == "unmodified":
            self.outcomes.unmodified(visit, source, capture, answer)
            return
        self.context.sightings.flush()
        if found == "moved":
            self.outcomes.moved(visit, source, capture, answer)
        elif found == "elsewhere":
            self.outcomes.elsewhere(visit, source, capture, answer)
        elif found == "missing":
            self.outcomes.missing(visit, source, capture, answer)
        elif found == "reserved":
            self.outcomes.failed(visit, source, "reserved", f"{visit.url}: reserves text and data mining")
        elif found == "error":
            self.outcomes.error(visit, source, response)
        elif response.meta["part"]:
            await self._compose(response, visit, source, spider)
        elif found == "page":
            await self.outcomes.page(visit, source, capture, answer, spider)
        else:
            await self.outcomes.way(visit, source, answer, spider)

    async def _deal_with_table(self, response: Response, visit: Visit, source: Source, spider: Spider) -> None:
        answer, found = response.meta["answer"], response.meta["verdict"]
        if found == "way":
            await read_edition(self.outcomes, visit, source, answer, spider)
        elif found == "unmodified":
            pass_edition(self.outcomes, visit, source, spider, answer)
        else:
            miss_edition(self.outcomes, visit, source, answer.status)

    async def _compose(self, response: Response, visit: Visit, source: Source, spider: Spider) -> None:
        """Fetch the other parts of a page that is made of several answers, and store the whole."""
        answers: list[Answer] = [response.meta["answer"]]
        for url in response.meta["parts"][1:]:
            request = part_request(url, source, spider)
            request.callback = NO_CALLBACK
            try:
                answers.append((await download(self.crawler, request)).meta["answer"])
            except DOWNLOAD_ERRORS as error:
                self.outcomes.failed(visit, source, failure_class(error), _sentence(url, error))
                return
        made = spider.compose(source, visit.url, tuple(answers))
        if isinstance(made, Alarm):
            await self.outcomes.follow(source, [made])
            self.outcomes.save(visit, source, "failed", None, state="not-understood")
        elif made is not None:
            await self.outcomes.composed(visit, source, made, answers[0])

    def _finishing(self, visit: Visit, source: Source) -> "_Finishing":
        return _Finishing(self, visit, source)

    def finish(self, visit: Visit, source: Source, error: BaseException | None) -> None:
        """An address is done, well or badly: make room for the next one."""
        self._pending[source.id].discard(visit.url)
        self._drained.discard(source.id)
        self._wake.set()
        if error is not None:
            self._tried.add(visit.url)
        self.context.progress.step(source.id)


class _Finishing:
    """Whatever an answer led to, its address is done. A full disk or a lost archive ends the run."""

    def __init__(self, spider: ArchiveSpider, visit: Visit, source: Source) -> None:
        self._spider, self._visit, self._source = spider, visit, source

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._spider.finish(self._visit, self._source, error)
        fatal = _fatal(error)
        if fatal:
            self._spider.context.fatal = fatal
            raise CloseSpider("fatal") from error


def _fatal(error: BaseException | None) -> HankearkistoError | None:
    """What ends the run: nothing can be stored any more."""
    if error is None or isinstance(error, HankearkistoError):
        return error
    sentence = fault_sentence(error) if isinstance(error, sqlite3.Error) else None
    return ArchiveError(sentence) if sentence else None


def _sentence(url: str, error: BaseException) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return f"{url}: {text[:200]}"
