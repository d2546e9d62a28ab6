"""Running Scrapy inside this process: the reactor is started once and lives on, so that several crawls can follow."""

import asyncio
import signal
from contextlib import suppress

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.utils.reactor import install_reactor

from crawlers.context import CrawlContext
from crawlers.public_addresses import PublicOnlyResolver
from crawlers.settings import settings_for
from crawlers.spider import ArchiveSpider

_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"


def run_spider(context: CrawlContext) -> None:
    """Run the context's sources to the end. The first interrupt lets what is under way finish."""
    install_reactor(_REACTOR)
    # Importing it earlier would install another reactor.
    from twisted.internet import reactor  # noqa: PLC0415

    loop = reactor._asyncioEventloop  # type: ignore[attr-defined]  # noqa: SLF001 - Twisted has no public name for it
    if not reactor.running:  # type: ignore[attr-defined]  # of ReactorBase, not of its interface
        reactor.startRunning(installSignalHandlers=False)  # type: ignore[attr-defined]  # the same
    _guard_resolver(reactor, context)
    runner = AsyncCrawlerRunner(settings_for(context.sources.values()))

    async def run() -> None:
        crawler = runner.create_crawler(ArchiveSpider)
        task = runner.crawl(crawler, context=context)
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(signal.SIGINT, lambda: asyncio.ensure_future(runner.stop()))
        await task

    loop.run_until_complete(run())
