"""One request to one page: its language, its parameters, and the archive to read from."""

import sqlite3
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from datasette.utils import sqlite_timelimit

from publish.language import LANGUAGES, Texts, preferred, texts
from publish.portal.settled import SETTLED, Settled, run_state
from publish.queries.names import titled
from publish.queries.rows import Row
from publish.site import DATABASE, PLUGIN

LANGUAGE_COOKIE = "hankearkisto_language"
# A page that takes longer than this to read is refused, so that one question cannot keep others waiting.
READ_LIMIT_MS = 5_000
# What is counted once a run may count everything.
SETTLED_LIMIT_MS = 120_000
# Files of a whole selection are rarer and larger.
SELECTION_LIMIT_MS = 30_000
_INTERRUPTED = "interrupted"
P = ParamSpec("P")
T = TypeVar("T")


class NotFoundError(Exception):
    """The archive has nothing under this address."""


class BadRequestError(Exception):
    """A parameter of the address is not what it should be."""


class TooSlowError(Exception):
    """The question took too long to answer."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A request in a language. ``datasette`` and ``request`` are Datasette's."""

    datasette: Any
    request: Any
    lang: str

    @property
    def t(self) -> Texts:
        """The texts of the visit's language."""
        return texts(self.lang)

    @property
    def path(self) -> str:
        """The address below the language: ``/calls`` of ``/sv/calls``."""
        path = str(self.request.path)
        return path[3:] if path[1:3] in LANGUAGES and path[3:4] in ("", "/") else path

    @property
    def config(self) -> dict[str, Any]:
        """The plugin's settings (`publish.site.Site`)."""
        return dict(self.datasette.plugin_config(PLUGIN) or {})

    @property
    def base(self) -> str:
        """The address of the site without a slash at its end: the published one, else the one that was asked."""
        return str(self.config.get("address") or f"{self.request.scheme}://{self.request.host}").rstrip("/")

    def var(self, name: str) -> str:
        """A named part of the path."""
        return str(self.request.url_vars[name])

    def arg(self, name: str, longest: int = 300) -> str:
        """A parameter, "" where it is missing, cut to a length that any honest value keeps."""
        return (self.request.args.get(name) or "").strip()[:longest]

    def number(self, name: str, default: int = 0, most: int = 10_000) -> int:
        """A parameter that is a whole number from 0 to ``most``. Raises BadRequestError for anything else."""
        value = self.arg(name, 12)
        if not value:
            return default
        if not (value.isascii() and value.isdigit()) or int(value) > most:
            raise BadRequestError(name)
        return int(value)

    async def read(self, query: Callable[..., T], *args: object, limit_ms: int = READ_LIMIT_MS, **named: object) -> T:
        """Run a query of a connection in a reader's thread. Raises TooSlowError when it takes longer than the limit."""

        def run(connection: sqlite3.Connection) -> T:
            with sqlite_timelimit(connection, limit_ms):
                return query(connection, *args, **named)

        database = self.datasette.get_database(DATABASE)
        try:
            result: T = await database.execute_fn(run)
        except sqlite3.OperationalError as error:
            if str(error) == _INTERRUPTED:
                raise TooSlowError from error
            raise
        return result

    async def titled(self, kind: str, entities: Sequence[Row]) -> list[Row]:
        """Rows of projects, calls or awards with their titles in the visit's language where a page has one."""
        return await self.read(titled, kind, entities, self.lang)

    async def settled(self, query: Callable[..., T], *args: Hashable) -> T:
        """As `read`, for what changes only when a run ends and takes long to count: asked once a run, then kept."""
        kept: Settled = getattr(self.datasette, SETTLED)
        answer: T = await kept.get(
            (query.__module__, query.__qualname__, args),
            await self.read(run_state),
            lambda: self.read(query, *args, limit_ms=SETTLED_LIMIT_MS),
        )
        return answer


def language_of(request: Any) -> str:
    """The language of a request: that of its path, else the one chosen before, else what the browser asks for."""
    lang = (request.url_vars or {}).get("lang")
    if lang in LANGUAGES:
        return str(lang)
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    return chosen if chosen in LANGUAGES else preferred(request.headers.get("accept-language", ""))
