"""What surrounds every page: navigation, languages, links that templates need."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from datasette.utils import tilde_encode

from normalise.facts import DATE_FIELDS
from publish.evidence import PART_CHARACTERS
from publish.language import DEFAULT, LANGUAGES, texts
from publish.portal.visit import language_of
from publish.queries.names import body_name
from publish.queries.rows import ZONE, helsinki

STATIC = Path(__file__).parent.parent / "static"
MAIN_PAGES = ("search", "calls", "organisations", "changes", "network", "regions", "exports")
FOOT_PAGES = ("about", "privacy", "cite", "accuracy", "dictionary", "sources", "gone", "exports")
_DIGEST_HEX = 12


@cache
def asset(name: str) -> str:
    """The address of a static file; it changes with the file, so that browsers may keep it for ever."""
    digest = sha256((STATIC / name).read_bytes()).hexdigest()[:_DIGEST_HEX]
    return f"/assets/{digest}/{name}"


def frame(request: Any, config: Mapping[str, Any]) -> dict[str, Any]:
    """The variables that base.html needs; ``request`` is None on error pages of Datasette's own."""
    lang = language_of(request) if request else DEFAULT
    t = texts(lang)
    path = str(request.path) if request else "/"
    inside = path[3:] if path[1:3] in LANGUAGES and path[3:4] in ("", "/") else ""
    query = f"?{request.query_string}" if request and request.query_string else ""
    first = inside.strip("/").partition("/")[0]
    return {
        "t": t,
        "ui_lang": lang,
        "navigation": [
            {"href": f"/{lang}/{name}", "label": t(f"nav.{name}"), "current": name == first} for name in MAIN_PAGES
        ],
        "footer_links": [
            *({"href": f"/{lang}/{name}", "label": t(f"nav.{name}")} for name in FOOT_PAGES),
            {"href": "/archive", "label": t("nav.data")},
        ],
        "languages": [
            {
                "lang": other,
                "label": texts(other)("name"),
                "current": other == lang,
                "href": f"/language/{other}?to={quote(inside + query)}"
                if inside or not request
                else f"/language/{other}",
            }
            for other in LANGUAGES
        ],
        "alternates": [{"lang": other, "href": f"/{other}{inside}{query}"} for other in LANGUAGES] if inside else [],
        "is_public": bool(config.get("public")),
        "has_captures": bool(config.get("captures")),
        "date_fields": DATE_FIELDS,
        "part_characters": PART_CHARACTERS,
        "asset": asset,
        "days_left": days_left,
        "is_past": is_past,
    }


def days_left(closes: str | None, today: date | None = None) -> int | None:
    """Days from today in Finland to a deadline; None where it is past, missing, or no exact day."""
    try:
        deadline = datetime.fromisoformat(closes or "").replace(tzinfo=ZONE)
    except ValueError:
        return None
    now = datetime.now(UTC).astimezone(ZONE)
    if today is None and closes and len(closes) > 10 and deadline < now:
        return None
    days = (deadline.date() - (today or now.date())).days
    return days if days >= 0 else None


def is_past(closes: str | None, now: datetime | None = None) -> bool:
    """Whether a deadline is over in Finland; one of a month or a year is over with its last moment."""
    return bool(closes) and str(closes) < helsinki(now)[: len(str(closes))]


def host(url: str | None) -> str:
    """The host of an address, for a reader to recognise the site."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_web(url: str | None) -> bool:
    """Whether an address can be opened in a browser: only such ones become links."""
    return (url or "").startswith(("https://", "http://"))


FILTERS = {"body_name": body_name, "host": host, "is_web": is_web, "tilde": tilde_encode}
