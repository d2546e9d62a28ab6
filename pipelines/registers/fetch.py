"""Polite requests for registers' JSON: delay, robots.txt, retries, and a cache that asks only for what changed."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from protego import Protego

from archive.json_answers import read_json
from pipelines.registers.cache import Cache, Stored
from pipelines.registers.errors import RegisterShapeError, RegisterUnreachableError

NAME = "Hankearkisto"
USER_AGENT = f"{NAME}/0.1 (+https://github.com/hankearkisto/hankearkisto; import of public registers)"
TIMEOUT_S = 60.0
# The whole of Opintopolku's organisations is about 60 MB; more is no answer that was asked for.
LARGEST_BODY = 200_000_000
# An answer younger than this is used without a question, so that an interrupted import goes on where it stopped.
FRESH_S = 20 * 3600
_RETRIED = frozenset({429, 500, 502, 503, 504})
_PAUSES_S = (5.0, 30.0, 120.0)
_LONGEST_PAUSE_S = 600.0


class _SameHost(HTTPRedirectHandler):
    """Follows redirects on the same host only: a register that moved is a change that a person should see."""

    def redirect_request(  # noqa: PLR0913, PLR0917 - the standard library's signature
        self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Request | None:
        if urlsplit(newurl).netloc != urlsplit(req.full_url).netloc:
            raise HTTPError(req.full_url, code, f"moved to {newurl}", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass(slots=True)
class Fetcher:
    """Asks one address after the other. ``delay_s`` passes between two requests; robots.txt may ask for more."""

    cache: Cache
    delay_s: float = 1.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time
    requests: int = 0
    opener: OpenerDirector = field(default_factory=lambda: build_opener(_SameHost))
    _robots: dict[str, Protego] = field(default_factory=dict)

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        """The JSON at an address. Raises RegisterUnreachableError, or RegisterShapeError where it is no JSON."""
        return self._json(url, None, headers or {})

    def post(self, url: str, payload: Any, headers: Mapping[str, str] | None = None) -> Any:
        """The JSON that answers a JSON question; cached by address and question. Raises as `get` does."""
        return self._json(url, json.dumps(payload, sort_keys=True).encode(), headers or {})

    def _json(self, url: str, payload: bytes | None, headers: Mapping[str, str]) -> Any:
        body = self._body(url, payload, headers)
        try:
            return read_json(body)
        except ValueError:
            raise RegisterShapeError(f"{url}: the answer is no JSON: {body[:60]!r}") from None

    def _body(self, url: str, payload: bytes | None, headers: Mapping[str, str]) -> bytes:
        stored = self.cache.get(url, payload)
        if stored and self.clock() - stored.checked_at < FRESH_S:
            return stored.body
        self._check_robots(url)
        asked = Request(url, payload, {**_headers(stored, payload), **headers})  # noqa: S310 - addresses of this program
        status, answered, body = self._ask(asked)
        now = self.clock()
        if status == 304 and stored:
            fresh = Stored(url, stored.body, stored.etag, stored.last_modified, stored.fetched_at, now)
        else:
            fresh = Stored(url, body, answered.get("etag"), answered.get("last-modified"), now, now)
        self.cache.put(fresh, payload)
        return fresh.body

    def _ask(self, request: Request) -> tuple[int, Mapping[str, str], bytes]:
        """One answer of status 200 or 304, after as many tries as politeness allows."""
        for pause in (*_PAUSES_S, None):
            self._wait(request.full_url)
            try:
                with self.opener.open(request, timeout=TIMEOUT_S) as answer:
                    body = answer.read(LARGEST_BODY + 1)
                    if len(body) > LARGEST_BODY:
                        raise RegisterUnreachableError(
                            f"{request.full_url}: the answer is larger than {LARGEST_BODY} bytes"
                        )
                    return answer.status, _lower(answer.headers), body
            except HTTPError as error:
                with error:
                    if error.code == 304:
                        return 304, _lower(error.headers), b""
                    if error.code not in _RETRIED or pause is None:
                        raise RegisterUnreachableError(f"{request.full_url}: {error.code} {error.reason}") from None
                    self.sleep(_pause_asked(_lower(error.headers), pause))
            except (URLError, HTTPException, OSError) as error:
                if pause is None:
                    raise RegisterUnreachableError(f"{request.full_url}: {error}") from None
                self.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _wait(self, url: str) -> None:
        if self.requests:
            robots = self._robots.get(_site(url))
            self.sleep(max(self.delay_s, (robots.crawl_delay(NAME) if robots else None) or 0.0))
        self.requests += 1

    def _check_robots(self, url: str) -> None:
        """Raises RegisterUnreachableError where robots.txt forbids an address or cannot be read (RFC 9309)."""
        site = _site(url)
        if site not in self._robots:
            self._robots[site] = Protego.parse(self._robots_text(f"{site}/robots.txt"))
        if not self._robots[site].can_fetch(url, NAME):
            raise RegisterUnreachableError(f"{url}: {site}/robots.txt forbids it")

    def _robots_text(self, url: str) -> str:
        request = Request(url, headers={"User-Agent": USER_AGENT})  # noqa: S310 - an address of this program
        self._wait(url)
        try:
            with self.opener.open(request, timeout=TIMEOUT_S) as answer:
                return str(answer.read(500_000).decode("utf-8", "replace"))
        except HTTPError as error:
            with error:
                # No robots.txt means no rules; a server error means nobody knows them.
                if 400 <= error.code < 500:
                    return ""
                raise RegisterUnreachableError(f"{url}: {error.code} {error.reason}") from None
        except (URLError, HTTPException, OSError) as error:
            raise RegisterUnreachableError(f"{url}: {error}") from None


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _headers(stored: Stored | None, payload: bytes | None) -> dict[str, str]:
    headers = {"User-Agent": USER_AGENT, "Accept": "application/json"}
    if payload is not None:
        headers["Content-Type"] = "application/json"
    if stored and stored.etag:
        headers["If-None-Match"] = stored.etag
    if stored and stored.last_modified:
        headers["If-Modified-Since"] = stored.last_modified
    return headers


def _lower(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _pause_asked(headers: Mapping[str, str], pause: float) -> float:
    """The seconds that a server asks for, or ours; a date or nonsense in Retry-After counts as ours."""
    asked = headers.get("retry-after", "")
    return min(float(asked), _LONGEST_PAUSE_S) if asked.isdecimal() else pause
