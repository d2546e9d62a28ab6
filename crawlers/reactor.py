"""Running Scrapy inside this process: the reactor is started once and lives on, so that several crawls can follow."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner

from crawlers.context import CrawlContext
from crawlers.interrupts import SIGNALS
from crawlers.public_addresses import PublicOnlyResolver
from crawlers.settings import settings_for
from crawlers.spider import ArchiveSpider

_THREADS = 10
_LOOK_AGAIN_S = 0.2


def run_spider(context: CrawlContext, extra_settings: dict[str, Any] | None = None) -> None:
    """Run the context's sources to the end.

    The first signal, or the file ``context.stop``, lets what is under way finish; a second signal does not.
    """
    loop = _loop()
    # Importing it before _loop has chosen one would install another reactor.
    from twisted.internet import reactor  # noqa: PLC0415

    # Name look-ups run in threads; those that were left over would keep the process from ending.
    reactor.suggestThreadPoolSize(_THREADS)
    plain_resolver = reactor.nameResolver
    resolver = PublicOnlyResolver(plain_resolver, private_hosts(context))
    context.refused_names = resolver.refused
    reactor.installNameResolver(resolver)
    try:
        loop.run_until_complete(_run(loop, context, extra_settings or {}))
    finally:
        reactor.installNameResolver(plain_resolver)
        reactor.suggestThreadPoolSize(0)


def private_hosts(context: CrawlContext) -> frozenset[str]:
    """Host names that may have private addresses: those of private sources that no other source names."""
    private: set[str] = set()
    public: set[str] = set()
    for source in context.sources.values():
        names = {host.rsplit(":", 1)[0].strip("[]") for host in source.allowed_hosts}
        (private if source.private else public).update(names)
    return frozenset(private - public)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    from twisted.internet import asyncioreactor  # noqa: PLC0415 - must come before any import of the reactor

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    asyncioreactor.install(loop)  # type: ignore[no-untyped-call]  # Twisted leaves it so
    from twisted.internet import reactor  # noqa: PLC0415 - the one that was just installed

    reactor.startRunning(installSignalHandlers=False)
    return loop


async def _run(loop: asyncio.AbstractEventLoop, context: CrawlContext, extra_settings: dict[str, Any]) -> None:
    runner = AsyncCrawlerRunner(settings_for(context.sources.values()) | extra_settings)
    task = runner.crawl(runner.create_crawler(ArchiveSpider), context=context)

    def interrupt() -> None:
        context.interrupted = True
        _forget_signals(loop)
        # Scrapy that is stopped while it starts never ends; a spider that has not begun asks for nothing, and ends so.
        if context.is_asking:
            asyncio.ensure_future(runner.stop())  # noqa: RUF006 - the crawl's own task is awaited below, and ends with it

    # Only the main thread of a system with signals can be interrupted politely.
    with suppress(NotImplementedError, RuntimeError, ValueError):
        for number in SIGNALS:
            loop.add_signal_handler(number, interrupt)
    told = asyncio.ensure_future(_heed(context.stop, interrupt)) if context.stop else None
    try:
        await task
    finally:
        _forget_signals(loop)
        if told:
            told.cancel()


async def _heed(stop: Path, interrupt: Callable[[], None]) -> None:
    """Interrupt when the file is there. A signal would end a process that has not yet come to wait for one."""
    while not stop.exists():
        await asyncio.sleep(_LOOK_AGAIN_S)
    interrupt()


def _forget_signals(loop: asyncio.AbstractEventLoop) -> None:
    with suppress(NotImplementedError, RuntimeError, ValueError):
        for number in SIGNALS:
            loop.remove_signal_handler(number)
