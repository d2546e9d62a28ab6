"""Addresses as identities: one page, one address, one id."""

import hashlib
import re
from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes, urlsplit, urlunsplit

# Parameters that only count visitors: the page is the same without them. Names as the trackers document them.
_TRACKING = re.compile(r"(?:utm_[a-z_]+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|_ga|_gl|igshid|yclid)$", re.IGNORECASE)
_ESCAPE = re.compile("%[0-9a-fA-F]{2}")
_DEFAULT_PORTS = {"http": 80, "https": 443}
# Reserved and unreserved characters of RFC 3986, section 2, which keep their meaning when they stand unescaped.
_PATH_SAFE = "/:@!$&'()*+,;=-._~"
_QUERY_SAFE = _PATH_SAFE + "?%"
# A path that needs no escape, as nearly all do.
_PLAIN_PATH = re.compile(r"[\w/:@!$&'()*+,;=.~-]+", re.ASCII)
PAGE_ID_HEX = 12
# One capture's address is asked for several times while it is stored.
_REMEMBERED = 1024


@lru_cache(maxsize=_REMEMBERED)
def normalise_url(url: str) -> str:
    """The one form of an address: RFC 3986, section 6.2, without fragment and without visitor-tracking parameters.

    An address that cannot be taken apart stays as it is.
    """
    try:
        return _normalised(url.strip())
    except ValueError:
        return url.strip()


def _normalised(url: str) -> str:
    parts = urlsplit(url)
    port = parts.port
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        return urlunsplit((scheme, parts.netloc, parts.path, parts.query, "")).strip()
    host = _ascii((parts.hostname or "").rstrip("."))
    netloc = f"[{host}]" if ":" in host else host
    if port and port != _DEFAULT_PORTS[scheme]:
        netloc = f"{netloc}:{port}"
    return urlunsplit((scheme, netloc, _path(parts.path), _query(parts.query), ""))


@lru_cache(maxsize=_REMEMBERED)
def page_id(url: str) -> str:
    """The id of the page at an address: the first hex digits of the SHA-256 of its normalised form."""
    return hashlib.sha256(normalise_url(url).encode("utf-8", "surrogatepass")).hexdigest()[:PAGE_ID_HEX]


def host_of(url: str) -> str:
    """The host of an address in lower case, without a leading ``www.``; empty where there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _ascii(host: str) -> str:
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _path(path: str) -> str:
    if _PLAIN_PATH.fullmatch(path):
        return path
    segments = (quote(unquote_to_bytes(segment), safe=_PATH_SAFE.replace("/", "")) for segment in path.split("/"))
    return "/".join(segments) or "/"


def _query(query: str) -> str:
    if not query:
        return ""
    kept = (pair for pair in query.split("&") if pair and not _TRACKING.match(pair.partition("=")[0]))
    return _ESCAPE.sub(lambda escape: escape[0].upper(), quote("&".join(kept), safe=_QUERY_SAFE))
