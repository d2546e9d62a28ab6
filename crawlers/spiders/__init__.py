"""The spiders by name. Most sources need ``site`` only; the others read one service each, and are strict."""

from crawlers.spiders.erasmus import ErasmusSpider
from crawlers.spiders.eu_funding import EuFundingSpider
from crawlers.spiders.eura2014 import Eura2014Spider
from crawlers.spiders.eura2021_calls import Eura2021CallsSpider
from crawlers.spiders.haeavustuksia import HaeavustuksiaSpider
from crawlers.spiders.hankeikkuna import HankeikkunaSpider
from crawlers.spiders.kohesio import KohesioSpider
from crawlers.spiders.site import SiteSpider
from crawlers.spiders.sitra import SitraSpider
from crawlers.spiders.stea import SteaSpider
from crawlers.steps import Spider

SPIDERS: tuple[Spider, ...] = (
    SiteSpider(),
    HaeavustuksiaSpider(),
    Eura2021CallsSpider(),
    Eura2014Spider(),
    EuFundingSpider(),
    SitraSpider(),
    HankeikkunaSpider(),
    KohesioSpider(),
    SteaSpider(),
    ErasmusSpider(),
)
_BY_NAME = {spider.name: spider for spider in SPIDERS}
SPIDER_NAMES: frozenset[str] = frozenset(_BY_NAME)


def spider_named(name: str) -> Spider:
    """The spider of that name. Raises KeyError for an unknown one."""
    return _BY_NAME[name]
