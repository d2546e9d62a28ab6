"""What stands between the world and Datasette: methods, hosts, login, a brake, and the headers of every answer."""

import base64
import binascii
import hmac
import ipaddress
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

import datasette

from publish.table_search import without_raw_search

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

# The portal's own pages run no script and load nothing from elsewhere.
PORTAL_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}
_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# The one variable of Datasette's inline scripts; it is a switch, so that both texts are known beforehand.
_SWITCH = "{{ datasette_allow_facet }}"
# A reader opens a few pages a second; a burst above this from one address is a machine, and is told to slow down.
REQUESTS_A_SECOND, BURST = 20.0, 100.0
_ADDRESSES_WATCHED = 10_000
# Some three hundred pages a second can be made: who would wait longer than a second is told so instead.
MOST_AT_ONCE = 256


@dataclass(slots=True)
class Brake:
    """A token bucket for each of the addresses seen last; loopback (a proxy) is never braked."""

    buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def allows(self, address: str, now: float) -> bool:
        """Whether an address may ask once more at a moment (seconds of any steady clock)."""
        if not address or _is_loopback(address):
            return True
        tokens, last = self.buckets.pop(address, (BURST, now))
        tokens = min(BURST, tokens + (now - last) * REQUESTS_A_SECOND)
        self.buckets[address] = (tokens - 1 if tokens >= 1 else tokens, now)
        while len(self.buckets) > _ADDRESSES_WATCHED:
            self.buckets.popitem(last=False)
        return tokens >= 1


def guard(app: App, config: Mapping[str, Any]) -> App:
    """Datasette behind the checks; ``config`` is the plugin's (`publish.site.Site`)."""
    brake = Brake()
    hosts = frozenset(config.get("hosts") or ())
    password = config.get("password")

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        refusal = _refusal(scope, headers_of(scope), hosts, password, brake)
        if refusal:
            await _refuse(send, *refusal)
            return
        scope["query_string"] = without_raw_search(scope.get("query_string") or b"")
        await app(scope, receive, _with_headers(send))

    return guarded


def limited(app: App) -> App:
    """Datasette with no more than `MOST_AT_ONCE` answers being made; the next one is told at once to come again.

    An answer counts until its first byte: files that a visitor takes slowly keep nobody out.
    """
    waiting: set[object] = set()

    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and len(waiting) >= MOST_AT_ONCE:
            await _refuse(send, 503, "too many readers at once; try again", [(b"retry-after", b"2")])
            return
        ticket = object()
        waiting.add(ticket)

        async def sending(message: Message) -> None:
            waiting.discard(ticket)
            await send(message)

        try:
            await app(scope, receive, sending)
        finally:
            waiting.discard(ticket)

    return answering


def headers_of(scope: Scope) -> dict[str, str]:
    """The headers of a request by their names in lower case; of several of one name, the last."""
    return {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope.get("headers") or ()}


def is_known_host(host: str, hosts: frozenset[str]) -> bool:
    """Whether a Host header names this site: a host of the settings, loopback, or a plain IP address.

    Any other name may have been pointed here by somebody's name server to make a browser talk to this machine.
    """
    name = host.casefold()
    name = name[: name.find("]") + 1] if name.startswith("[") else name.partition(":")[0]
    if name in hosts or name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


@cache
def data_policy() -> str:
    """The policy of the stock pages: scripts of this host, and those in Datasette's templates by their hash."""
    templates = Path(datasette.__file__).parent / "templates"
    found = (
        script for path in sorted(templates.rglob("*.html")) for script in _SCRIPT.findall(path.read_text("utf-8"))
    )
    scripts = {variant for script in found for variant in (script.replace(_SWITCH, word) for word in ("true", "false"))}
    hashes = sorted(_hash(script) for script in scripts if "{{" not in script and "{%" not in script)
    return (
        f"default-src 'none'; script-src 'self' {' '.join(hashes)}; style-src 'self' 'unsafe-inline';"
        " connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(script.encode()).digest()).decode()}'"


def _refusal(
    scope: Scope, headers: Mapping[str, str], hosts: frozenset[str], password: str | None, brake: Brake
) -> tuple[int, str, Sequence[tuple[bytes, bytes]]] | None:
    """Status, words and headers of a refusal; None where the request may pass."""
    if scope["method"] not in _METHODS:
        return 405, "only reading is possible here", [(b"allow", b"GET, HEAD, OPTIONS")]
    if not is_known_host(headers.get("host", ""), hosts):
        return 421, "this host is not served here", []
    if not brake.allows((scope.get("client") or ("",))[0], time.monotonic()):
        return 429, "too many requests; slow down", [(b"retry-after", b"5")]
    if password and not _knows(headers.get("authorization", ""), password):
        return (
            401,
            "this archive asks for a password",
            [(b"www-authenticate", b'Basic realm="Hankearkisto", charset="UTF-8"')],
        )
    return None


def _knows(authorization: str, password: str) -> bool:
    scheme, _, credentials = authorization.partition(" ")
    try:
        given = base64.b64decode(credentials, validate=True).partition(b":")[2]
    except (binascii.Error, ValueError):
        return False
    return scheme.casefold() == "basic" and hmac.compare_digest(given, password.encode())


async def _refuse(send: Send, status: int, words: str, headers: Sequence[tuple[bytes, bytes]]) -> None:
    body = f"{words}\n".encode()
    plain = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await _with_headers(send)({"type": "http.response.start", "status": status, "headers": [*plain, *headers]})
    await send({"type": "http.response.body", "body": body})


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = list(message.get("headers") or ())
            names = {bytes(key).lower() for key, _ in given}
            wanted = {**HEADERS, "content-security-policy": data_policy()}
            given += [(key.encode(), value.encode()) for key, value in wanted.items() if key.encode() not in names]
            message = {**message, "headers": given}
        await send(message)

    return sending


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
