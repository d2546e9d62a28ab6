"""Addresses: links as absolute URLs, and the e-mails and phone numbers that stand behind link texts."""

import re
from functools import lru_cache
from itertools import islice
from urllib.parse import unquote, urljoin, urlsplit

from pipelines.readers.lines import clean
from pipelines.readers.tree import Tree

_ATTACHMENT = re.compile(r"\.(?:pdf|docx|pptx)(?:$|[?#])", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s\x00-\x1f\x7f-\x9f<>\"',;:()]{1,64}@[^\s\x00-\x1f\x7f-\x9f<>\"',;:()]{1,253}")
# What most links look like: a path from the root without dot segments, which needs no resolving.
_ROOTED = re.compile(r"((?:/[\w%~+-][\w%~+.-]*)*/?(?:\?[\w%~+.=&;-]+)?)(?:#.*)?", re.ASCII)
_CLOUDFLARE = "/cdn-cgi/l/email-protection#"
_MAX_LINKS = 5_000
# What a page says of links (in ``rel``) that a crawler is not to follow.
NOT_FOLLOWED = frozenset({"nofollow"})


def is_attachment(url: str) -> bool:
    """Whether an address names a PDF, DOCX or PPTX file."""
    return bool(_ATTACHMENT.search(url))


def revealed(code: str) -> str:
    """The e-mail behind Cloudflare's ``data-cfemail``: hexadecimal, its first byte the key; empty when it is none."""
    try:
        data = bytes.fromhex(code)
    except ValueError:
        return ""
    address = bytes(b ^ data[0] for b in data[1:]).decode("utf-8", "replace") if data else ""
    return address if _ADDRESS.fullmatch(address) else ""


def mail_address(href: str) -> str:
    """The address of a ``mailto:`` link or of a Cloudflare link; empty when there is none."""
    if _CLOUDFLARE in href:
        return revealed(href.partition(_CLOUDFLARE)[2].partition("?")[0])
    if href[:7].lower() != "mailto:":
        return ""
    found = _ADDRESS.search(unquote(href[7:].partition("?")[0]))
    return found[0] if found else ""


def phone_number(href: str) -> str:
    """The number of a ``tel:`` link as the link gives it; empty when there is none."""
    if href[:4].lower() not in ("tel:", "cal:") and href[:7].lower() != "callto:":
        return ""
    number = clean(unquote(href.partition(":")[2]).partition(";")[0].replace("//", ""))
    return number if sum(c.isdigit() for c in number) >= 3 else ""


def beyond(href: str, text: str) -> str:
    """What a link carries and its text does not say: an address or a number, else an empty string."""
    address = mail_address(href)
    if address:
        return "" if address.lower() in text.lower() else address
    number = phone_number(href)
    if not number:
        return ""
    digits = "".join(c for c in number if c.isdigit())
    return "" if digits[-6:] in "".join(c for c in text if c.isdigit()) else number


def links_of(tree: Tree, base: str) -> tuple[str, ...]:
    """The http(s) addresses that a page leads to, in order, each once; ``base`` is the page's own address."""
    hrefs = (
        a.get("href", "").strip() for tag, a in zip(tree.tags, tree.attributes, strict=True) if _is_followed(tag, a)
    )
    found = (absolute(base, href) for href in hrefs if href and href[0] != "#")
    return tuple(islice(dict.fromkeys(filter(None, found)), _MAX_LINKS))


def _is_followed(tag: str, attributes: dict[str, str]) -> bool:
    if tag != "a":
        return False
    rel = attributes.get("rel")
    return not rel or NOT_FOLLOWED.isdisjoint(rel.lower().split())


def absolute(base: str, href: str) -> str:
    """The absolute http(s) address of a reference, without its fragment; empty when it has none."""
    if href[:1] == "/" and (plain := _ROOTED.fullmatch(href)) and (origin := _origin(base)):
        return origin + plain[1]
    try:
        url = urljoin(base, href).partition("#")[0]
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


@lru_cache(maxsize=64)
def _origin(base: str) -> str:
    """Scheme and host of an http(s) address; empty for any other."""
    try:
        parts = urlsplit(base)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""
