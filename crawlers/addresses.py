"""Addresses in one spelling, so that a page is one page."""

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit, urlunsplit

from archive.addresses import normalise_url

# Parameters that name the visitor, the campaign or the way a page is shown, never the page.
_NOISE = re.compile(
    r"^(utm_\w{1,30}|mtm_\w{1,30}|pk_\w{1,30}|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_cid|mc_eid|_ga|_gl|ref_src"
    r"|replytocom|share|print|tulosta|phpsessid|jsessionid|aspsessionid\w{0,20}|sessionid|session_id|sid"
    r"|cfid|cftoken|p_p_auth|p_auth|p_l_back_url|_hsenc|_hsmi)$",
    re.IGNORECASE,
)
# Browsers drop these inside addresses (WHATWG URL, section 4.4).
_SPACE = re.compile(r"^\s+|\s+$|[\t\r\n]")
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]{0,200}", re.IGNORECASE)
# A name with letters of any script, or the digits of an address; a name of dots is none.
_HOST = re.compile(r"\w[\w.-]*|[0-9a-f:]{1,40}:[0-9a-f:.]{0,15}")
# Longer addresses are made by machines for machines; de facto limit of browsers and sitemaps (2,048 characters).
LONGEST = 2048
# The links of a site's menu come with each of its pages.
_REMEMBERED = 4096


def canonical(url: str, base: str | None = None) -> str | None:
    """The one spelling of an http(s) address, or None for anything else.

    Relative addresses are joined to ``base``. User name, session and campaign parameters go, dot segments are resolved
    (RFC 3986, section 5.2.4), parameters are put in order; the rest is the archive's own normal form.
    """
    try:
        if not url.isascii():
            url.encode()  # half a character is a ValueError, too
        parts = urlsplit(urljoin(base or "", _SPACE.sub("", url)))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or not _HOST.fullmatch(host):
        return None
    place = f"[{host}]" if ":" in host else host
    place = f"{place}:{port}" if port else place
    spelled = normalise_url(urlunsplit((parts.scheme, place, _path(parts.path.strip()), _query(parts.query), "")))
    if "&" in spelled:
        address, mark, query = spelled.partition("?")
        # In order as they are sent, not as they were written: the same address has one spelling.
        spelled = address + mark + "&".join(sorted(query.split("&")))
    return spelled if len(spelled) <= LONGEST else None


def variants(url: str) -> tuple[str, ...]:
    """The spellings under which sites serve the same page: with and without www, trailing slash, and TLS."""
    parts = urlsplit(url)
    host = parts.netloc.removeprefix("www.")
    stem = parts.path.rstrip("/")
    has_name = "." in stem.rsplit("/", 1)[-1]
    paths = [parts.path] if has_name or not stem else [stem, stem + "/"]
    spelled = [
        urlunsplit((scheme, netloc, path, parts.query, ""))
        for scheme in ("https", "http")
        for netloc in (host, "www." + host)
        for path in paths
    ]
    return (url, *(other for other in spelled if other != url))


@lru_cache(maxsize=_REMEMBERED)
def netloc(url: str) -> str:
    """Host and port of an address as one key, lower case; politeness, robots and budgets count by it."""
    return urlsplit(url).netloc.lower()


def same_host(one: str, other: str) -> bool:
    """Whether two network locations are the same site but for ``www.``."""
    return one.removeprefix("www.") == other.removeprefix("www.")


@lru_cache(maxsize=_REMEMBERED)
def target(url: str) -> str:
    """Path and query of an address: what ``keep`` and ``skip`` patterns are compared with."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _path(path: str) -> str:
    kept: list[str] = []
    segments = _PATH_SESSION.sub("", path).split("/")
    for segment in segments:
        if segment == "..":
            kept = kept[:-1] or [""]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept) or "/"


def _query(query: str) -> str:
    return "&".join(pair for pair in query.split("&") if pair and not _NOISE.match(pair.partition("=")[0]))
