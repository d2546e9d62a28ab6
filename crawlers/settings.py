"""Scrapy's settings, written down. Where a default is unsafe or impolite, a comment says what it was (2.19)."""

from collections.abc import Iterable
from typing import Any

from crawlers.addresses import netloc
from crawlers.sources import Source

ROBOTS_NAME = "Hankearkisto"
USER_AGENT = f"{ROBOTS_NAME}/0.1 (+https://github.com/hankearkisto/hankearkisto; archive of project pages)"
LARGEST_BODY = 20_000_000
# The whole answer, not only its first byte, has to be there within this time: slow drips end here.
LONGEST_ANSWER_S = 60

_OFF = None
SETTINGS: dict[str, Any] = {
    "USER_AGENT": USER_AGENT,
    "ROBOTSTXT_USER_AGENT": ROBOTS_NAME,
    "ROBOTSTXT_OBEY": True,  # False
    "DOWNLOAD_VERIFY_CERTIFICATES": True,  # False
    "TELNETCONSOLE_ENABLED": False,  # True: anyone on the machine may run code in the process
    "REMOTE_CONTROL_ENABLED": False,  # True: the same
    "DOWNLOAD_MAXSIZE": LARGEST_BODY,  # 1 GiB; counts what is unpacked, too
    "DOWNLOAD_WARNSIZE": 0,
    "DOWNLOAD_TIMEOUT": LONGEST_ANSWER_S,  # 180
    "DOWNLOAD_HANDLERS": {
        **dict.fromkeys(("file", "data", "ftp", "s3")),  # all on: a page could name local files
        **dict.fromkeys(("http", "https"), "crawlers.table_download.TableHandler"),  # headers without end
    },
    "DOWNLOAD_DELAY_JITTER": 0.0,  # 0.5: half of the delay that was asked for
    "COOKIES_ENABLED": False,  # True
    "HTTPPROXY_ENABLED": False,  # True: a proxy resolves names itself and would pass by the public-address check
    "REFERER_ENABLED": False,  # True: tells a site where its visitors come from
    "URLLENGTH_LIMIT": 2048,
    "DNS_TIMEOUT": 20,
    "LOG_LEVEL": "ERROR",
    "DEFAULT_REQUEST_HEADERS": {
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "fi,sv;q=0.9,en;q=0.5",
    },
    "DOWNLOADER_MIDDLEWARES": {
        # Replaced by our own, which keep closer to the rules and count what they refuse.
        "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": _OFF,
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": _OFF,
        "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": _OFF,
        "scrapy.downloadermiddlewares.retry.RetryMiddleware": _OFF,
        # Redirects are dealt with by the spider: a new address is a new visit, with all the checks.
        "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": _OFF,
        "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": _OFF,
        "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": _OFF,
        "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": _OFF,
        "crawlers.middlewares.confine.Confine": 50,
        "crawlers.middlewares.robots.Robots": 100,
        "crawlers.middlewares.reservation.Reservation": 110,
        "crawlers.middlewares.budget.Budget": 120,
        "crawlers.middlewares.backoff.Backoff": 550,
        "crawlers.middlewares.unpack.Unpack": 590,
        # Below 590 the body is unpacked already: the capture holds what the page says.
        "crawlers.middlewares.record.Record": 585,
    },
    # What is unused costs time on every request.
    "SPIDER_MIDDLEWARES": {
        "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": _OFF,
        "scrapy.spidermiddlewares.depth.DepthMiddleware": _OFF,
        "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": _OFF,
        "scrapy.spidermiddlewares.referer.RefererMiddleware": _OFF,
    },
    "EXTENSIONS": dict.fromkeys(
        (
            "scrapy.extensions.telnet.TelnetConsole",
            "scrapy.extensions.remote_control.RemoteControl",
            "scrapy.extensions.feedexport.FeedExporter",
            "scrapy.extensions.logstats.LogStats",
            "scrapy.extensions.spiderstate.SpiderState",
            "scrapy.extensions.throttle.AutoThrottle",
        )
    ),
    "STATS_DUMP": False,
    "CONCURRENT_ITEMS": 1,  # 100: so many tasks are made for every answer, whether it has items or not
}


def settings_for(sources: Iterable[Source]) -> dict[str, Any]:
    """The settings of one run: for each host the delay and connections of its most careful source."""
    slots: dict[str, dict[str, float]] = {}
    connections = 0
    for source in sources:
        connections += source.connections * 2
        addresses = (*source.start, *source.sitemap, *source.feeds, *source.wordpress)
        for host in {*map(netloc, addresses), *source.allowed_hosts}:
            slot = slots.setdefault(host, {"delay": 0.0, "concurrency": source.connections, "jitter": 0.0})
            slot["delay"] = max(slot["delay"], source.delay)
            slot["concurrency"] = min(slot["concurrency"], source.connections)
    return SETTINGS | {
        "DOWNLOAD_SLOTS": slots,
        "CONCURRENT_REQUESTS": max(16, connections * 2),
        "CONCURRENT_REQUESTS_PER_DOMAIN": max((source.connections for source in sources), default=1),
    }
