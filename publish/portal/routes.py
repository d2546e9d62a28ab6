"""Which address shows what. Every page stands below its language: /fi, /sv, /en."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from publish.feeds import dcat
from publish.language import LANGUAGES
from publish.portal import (
    views_about,
    views_answers,
    views_cite,
    views_entities,
    views_feeds,
    views_lists,
    views_pages,
    views_pictures,
    views_search,
)
from publish.portal.frame import STATIC
from publish.portal.render import file, page, redirect
from publish.portal.visit import (
    LANGUAGE_COOKIE,
    BadRequestError,
    NotFoundError,
    TooSlowError,
    Visit,
    language_of,
)
from publish.queries import home
from publish.queries.selection import TooManyError
from publish.selection_formats import FILE_FORMATS
from publish.site import metadata

View = Callable[[Visit], Awaitable[Any]]
_ID = r"[A-Za-z0-9%~._-]{1,160}"
_TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".js": "text/javascript; charset=utf-8"}
_YEAR_S = 31_536_000
_PATH = re.compile(r"(?:/[\w%~.@:-]*)*(?:\?[^\s\\]*)?")


async def start(visit: Visit) -> Any:
    """The bare address: to the language chosen before, else the one that the browser asks for."""
    return redirect(f"/{visit.lang}", vary="Accept-Language, Cookie")


async def choose_language(visit: Visit) -> Any:
    """Remember a language and go on to the same page in it (``to``, an address below the language)."""
    to = visit.arg("to", 1000)
    inside = to if to.startswith("/") and not to.startswith("//") and _PATH.fullmatch(to) else ""
    response = redirect(f"/{visit.lang}{inside}")
    response.set_cookie(LANGUAGE_COOKIE, visit.lang, max_age=_YEAR_S, httponly=True)
    return response


async def asset(visit: Visit) -> Any:
    """A static file under an address that changes with it."""
    path = STATIC / visit.var("name")
    if path.suffix not in _TYPES or not path.is_file():
        raise NotFoundError
    response = file(path.read_bytes(), _TYPES[path.suffix])
    response.headers["cache-control"] = f"public, max-age={_YEAR_S}, immutable"
    return response


async def catalogue(visit: Visit) -> Any:
    """The description of the data set (DCAT)."""
    run = await visit.read(home.last_run)
    return file(dcat.catalogue(visit.base, run, metadata()), "application/ld+json; charset=utf-8")


async def robots(_visit: Visit) -> Any:
    """What machines may read: pages, but no endless combinations of filters."""
    lines = [
        "User-agent: *",
        *(f"Disallow: /{lang}/{name}" for lang in LANGUAGES for name in ("search", "hits.json", "complete.json")),
        "Disallow: /archive",
        "Disallow: /captures",
    ]
    return file("\n".join([*lines, "Crawl-delay: 1", ""]), "text/plain; charset=utf-8")


def _below(path: str, view: View) -> tuple[str, View]:
    return rf"^/(?P<lang>{'|'.join(LANGUAGES)}){path}$", view


ROUTES: tuple[tuple[str, View], ...] = (
    (r"^/$", start),
    (rf"^/language/(?P<lang>{'|'.join(LANGUAGES)})$", choose_language),
    (r"^/assets/[0-9a-f]{12}/(?P<name>[a-z.-]+)$", asset),
    (r"^/captures/(?P<id>[0-9]{1,15})\.warc\.gz$", views_pages.capture_record),
    (r"^/files/(?P<name>[A-Za-z0-9._-]{1,120})$", views_about.export_file),
    (r"^/catalog\.jsonld$", catalogue),
    (r"^/robots\.txt$", robots),
    _below("/?", views_lists.home_page),
    _below("/search", views_search.search_page),
    _below(r"/hits\.json", views_answers.hits_json),
    _below(r"/complete\.json", views_answers.completions),
    _below(r"/opensearch\.xml", views_answers.description),
    _below(r"/search\.(?P<format>atom|feed\.json)", views_feeds.search_feed),
    _below(r"/search\.ics", views_feeds.search_calendar),
    _below(rf"/search\.(?P<format>{'|'.join(map(re.escape, FILE_FORMATS))})", views_feeds.search_file),
    _below("/calls", views_lists.calls_page),
    _below(r"/deadlines\.ics", views_feeds.deadlines),
    _below(rf"/calls/(?P<id>{_ID})\.ics", views_feeds.call_calendar),
    _below(rf"/(?P<kind>projects|calls|awards)/(?P<id>{_ID})\.json", views_entities.entity_json),
    _below(rf"/(?P<kind>projects|calls|awards)/(?P<id>{_ID})", views_entities.entity_page),
    _below("/organisations", views_lists.organisations_page),
    _below(rf"/organisations/(?P<id>{_ID})/projects\.csv", views_feeds.organisation_projects),
    _below(rf"/organisations/(?P<id>{_ID})", views_entities.organisation_page),
    _below(rf"/pages/(?P<id>{_ID})", views_pages.archived_page),
    _below(rf"/pages/(?P<id>{_ID})/changes/(?P<version>{_ID})", views_pages.page_difference),
    _below("/changes", views_lists.changes_page),
    _below(r"/changes\.(?P<format>atom|feed\.json)", views_feeds.changes_feed),
    _below("/gone", views_lists.gone_page),
    _below("/sources", views_lists.sources_page),
    _below("/network", views_pictures.network_page),
    _below("/regions", views_pictures.regions_page),
    _below("/(?P<name>about|privacy)", views_about.prose_page),
    _below("/cite", views_cite.cite_page),
    _below("/accuracy", views_about.accuracy_page),
    _below("/dictionary", views_about.dictionary_page),
    _below("/exports", views_about.exports_page),
)


def answering(view: View) -> Callable[..., Awaitable[Any]]:
    """A view as Datasette calls it; what goes wrong becomes a page that says so."""

    async def answer(request: Any, datasette: Any) -> Any:
        visit = Visit(datasette, request, language_of(request))
        try:
            return await view(visit)
        except NotFoundError:
            return await error_page(visit, 404, "not_found")
        except BadRequestError:
            return await error_page(visit, 400, "bad_request")
        except TooManyError:
            return await error_page(visit, 413, "too_many")
        except TooSlowError:
            return await error_page(visit, 503, "failed", visit.t("search.too_slow"))

    return answer


async def error_page(visit: Visit, status: int, name: str, message: str | None = None) -> Any:
    """A page that says what went wrong; ``name`` is the catalogue's under ``errors``."""
    t = visit.t
    return await page(visit, "error", t(f"errors.{name}_title"), status=status, message=message or t(f"errors.{name}"))
