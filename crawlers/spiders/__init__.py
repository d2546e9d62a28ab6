"""The spiders by name. Most sources need ``site`` only; the others read one service each, and are strict."""

from crawlers.spiders.eura2014 import Eura2014Spider
from crawlers.spiders.site import SiteSpider
from crawlers.steps import Spider

SPIDERS: tuple[Spider, ...] = (SiteSpider(), Eura2014Spider())
SPIDER_NAMES: frozenset[str] = frozenset(spider.name for spider in SPIDERS)


def spider_named(name: str) -> Spider:
    """The spider of that name. Raises KeyError for an unknown one."""
    return {spider.name: spider for spider in SPIDERS}[name]
