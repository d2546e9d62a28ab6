"""What an answer is worth: a page to archive, a way, or nothing; decided once, before the answer is written."""

import re
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from crawlers.addresses import canonical
from crawlers.links import canonical_link
from crawlers.sources import Source
from crawlers.steps import Answer, Role
from normalise.words import vocabulary

# `page`: archived. `way`: only leads on. `unmodified`: as before. `moved`: a redirect. `missing`: gone or as good as.
# `reserved`: not to be mined. `elsewhere`: names another address as its own. `error`: brought nothing.
Verdict: TypeAlias = Literal["page", "way", "unmodified", "moved", "missing", "reserved", "elsewhere", "error"]

# What a page that is not there amounts to, whatever its own status says.
MISSING = 404
MOVED = 301
ARCHIVED_ROLES: frozenset[Role] = frozenset({"page", "attachment"})
_HEAD_BYTES = 50_000
_META = re.compile(rb"<meta\s[^>]{1,400}>", re.IGNORECASE)
_NAMES_RESERVATION = re.compile(rb"\sname\s{0,5}=\s{0,5}[\"']?tdm-reservation\b", re.IGNORECASE)
_IS_ONE = re.compile(rb"\scontent\s{0,5}=\s{0,5}[\"']?\s{0,5}1\b", re.IGNORECASE)
_HEADLINE = re.compile(rb"<(title|h1)\b[^>]{0,300}>(.{0,300}?)</\1", re.IGNORECASE | re.DOTALL)
# What parts a title from the name of its site.
_PARTS = re.compile(r"\s[-–—|·»:/]+\s|[|:]")
_MARKS = " .!?…"
_TAG = re.compile(rb"<[^>]{0,300}>")
# A page that says no more than that it is missing is short; a page about missing things is not.
_LONGEST_MISSING_PAGE = 60_000


def verdict(answer: Answer, source: Source) -> Verdict:
    """What to do with an answer to a visit of a source."""
    if answer.status != 200:
        return "missing" if _leads_home(answer) else _by_status(answer.status)
    if answer.headers.get("tdm-reservation", "").strip() == "1" or reserves(answer.body):
        return "reserved"
    if answer.role not in ARCHIVED_ROLES and not source.keeps(answer.url):
        return "way"
    if says_missing(answer):
        return "missing"
    return "elsewhere" if own_address(answer, source) else "page"


def _leads_home(answer: Answer) -> bool:
    """Whether a page redirects to its site's front page: that is where lost pages are sent to."""
    location = answer.headers.get("location")
    is_sent_on = location and 300 <= answer.status < 400 and answer.role in ARCHIVED_ROLES
    if not is_sent_on or is_front_page(answer.url):
        return False
    target = canonical(location or "", answer.url)
    return bool(target) and is_front_page(target or "")


def leads_to(answer: Answer, source: Source) -> str | None:
    """The address of the source that an answer leads to: by a redirect, or as the one that the page calls its own."""
    if answer.status == 200:
        return own_address(answer, source)
    target = canonical(answer.headers.get("location", ""), answer.url) if 300 <= answer.status < 400 else None
    return target if target and target != answer.url and source.serves(target) else None


def own_address(answer: Answer, source: Source) -> str | None:
    """The address that a page itself calls its own, where that is another kept page of the source."""
    other = canonical_link(answer.body, answer.url) if answer.role == "page" else None
    return other if other and other != answer.url and source.serves(other) and source.keeps(other) else None


def _by_status(status: int) -> Verdict:
    if status == 304:
        return "unmodified"
    if 300 <= status < 400:
        return "moved"
    return "missing" if status in (404, 410) else "error"


def reserves(body: bytes) -> bool:
    """Whether a page's meta element reserves text and data mining (TDMRep)."""
    head = body[:_HEAD_BYTES]
    return b"tdm-reservation" in head.lower() and any(
        _NAMES_RESERVATION.search(found[0]) and _IS_ONE.search(found[0]) for found in _META.finditer(head)
    )


def says_missing(answer: Answer) -> bool:
    """Whether a page with status 200 only says that there is no such page: in its title or first heading."""
    if answer.role != "page" or len(answer.body) > _LONGEST_MISSING_PAGE:
        return False
    return any(_is_missing_line(found[2]) for found in _HEADLINE.finditer(answer.body[:_HEAD_BYTES]))


def is_front_page(url: str) -> bool:
    """Whether an address is a site's front page, of one language perhaps: where lost pages are sent to."""
    segments = [segment for segment in urlsplit(url).path.split("/") if segment]
    return not segments or (len(segments) == 1 and (len(segments[0]) == 2 or segments[0].startswith("index.")))


def _is_missing_line(markup: bytes) -> bool:
    line = " ".join(_TAG.sub(b" ", markup).decode("utf-8", "replace").lower().split())
    parts = {part.strip(_MARKS) for part in _PARTS.split(line)}
    # A number says so alone only: the four hundred and fourth project is there.
    return any(
        phrase in parts or (not phrase.isdecimal() and (line.startswith(phrase) or line.endswith(phrase)))
        for phrase in vocabulary("missing_pages")
    )
