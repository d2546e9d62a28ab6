"""The Datasette plugin of the portal: hooks that both 0.65 and 1.0 have, each one call into publish.portal."""

import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

from datasette import Response, hookimpl
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Forbidden, NotFound

from publish.portal.frame import FILTERS, frame
from publish.portal.render import TRY_AGAIN
from publish.portal.routes import ROUTES, answering, error_page
from publish.portal.security import App, guard, limited
from publish.portal.settled import SETTLED, Settled
from publish.portal.shared import Shared, revision_of
from publish.portal.visit import Visit, language_of
from publish.public import is_public_connection
from publish.site import DATABASE, PLUGIN
from publish.table_search import facts_of_page, table_filter

F = TypeVar("F", bound=Callable[..., Any])


def hook(function: F) -> F:
    """Mark a function as one of Datasette's hooks, with its type kept."""
    marked: F = hookimpl(function)
    return marked


# Datasette's title for a question that its time limit ended.
_INTERRUPTED = "SQL Interrupted"
# No text of a page is longer; a query that builds longer strings would take the server's memory.
_LONGEST_VALUE_BYTES = 32_000_000
# One call goes on for seconds whatever the time limit: `printf('%.*c', 900000000, 'x')` counts to the end. SQLite
# looks at the clock between its own steps, never within a function.
_REFUSED_FUNCTIONS = frozenset({"printf", "format"})


@hook
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The portal's addresses."""
    return [(pattern, answering(view)) for pattern, view in ROUTES]


@hook
def startup(datasette: Any) -> None:
    """A place for answers that hold until the next run."""
    setattr(datasette, SETTLED, Settled())


@hook
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Limits that hold on every connection."""
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE_BYTES)
    conn.set_authorizer(_allows)


def _allows(action: int, _first: str | None, function: str | None, _database: str | None, _trigger: str | None) -> int:
    is_refused = action == sqlite3.SQLITE_FUNCTION and (function or "").lower() in _REFUSED_FUNCTIONS
    return sqlite3.SQLITE_DENY if is_refused else sqlite3.SQLITE_OK


@hook
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Names that base.html needs; error pages of Datasette's own get no other variables."""
    env.filters.update(FILTERS)
    env.globals.update(frame(None, datasette.plugin_config(PLUGIN) or {}))


@hook
def extra_template_vars(request: Any, datasette: Any) -> Callable[[], Any]:
    """Names that base.html needs, for this request."""

    async def variables() -> dict[str, Any]:
        config = dict(datasette.plugin_config(PLUGIN) or {})
        if request is None:
            return frame(None, config)
        config["public"] = await datasette.get_database(DATABASE).execute_fn(is_public_connection)
        return frame(request, config)

    return variables


@hook
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    """The checks before every request and the headers of every answer; pages that readers share."""
    config = datasette.plugin_config(PLUGIN) or {}

    def wrap(app: App) -> App:
        inner = limited(app)
        if config.get("shares"):
            inner = Shared(inner, revision_of(lambda: str(datasette.get_database(DATABASE).path)))
        return guard(inner, config)

    return wrap


@hook
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """Datasette's own errors as pages of the portal; its JSON errors stay, but for the number of what took too long."""
    if isinstance(exception, QueryInterrupted) or getattr(exception, "title", None) == _INTERRUPTED:
        return _too_slow(datasette, request)
    if request.path.endswith(".json") or not isinstance(exception, NotFound | Forbidden):
        return None
    visit = Visit(datasette, request, language_of(request))
    status, name = (404, "not_found") if isinstance(exception, NotFound) else (403, "forbidden")

    async def inner() -> Any:
        return await error_page(visit, status, name)

    return inner


def _too_slow(datasette: Any, request: Any) -> Any:
    """On a busy server the time limit ends what is otherwise quick: 503, where Datasette says 400 or 500."""
    if (datasette.plugin_config(PLUGIN) or {}).get("analyst"):
        return None
    visit = Visit(datasette, request, language_of(request))

    async def inner() -> Any:
        words = visit.t("search.too_slow")
        if request.path.endswith(".json"):
            return Response.json({"ok": False, "error": words, "status": 503}, status=503, headers=TRY_AGAIN)
        return await error_page(visit, 503, "failed", words)

    return inner


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]  # after Datasette's own, which says that tables cannot be searched
def filters_from_request(request: Any, database: str, table: str, datasette: Any) -> Callable[[], Any]:
    """The search box of tables asks the archive's search."""

    async def inner() -> Any:
        return await table_filter(datasette, request, database, table)

    return inner


@hookimpl(specname="filters_from_request")  # type: ignore[untyped-decorator]
def narrow_facts(request: Any, database: str, table: str) -> Any:
    """Facts of a page are found by its versions."""
    return facts_of_page(table, request.args.get("page_id") if database == DATABASE else None)


@hook
def forbidden(datasette: Any, request: Any) -> Any:
    """What may not be opened here, as a page of the portal."""

    async def inner() -> Any:
        return await error_page(Visit(datasette, request, language_of(request)), 403, "forbidden")

    return inner
