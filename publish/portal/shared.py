"""Answers that readers share: made once for all who ask at the same time, kept until the archive changes.

What may be kept says so itself (`publish.portal.render.CACHE`): the same seconds that a browser may keep it.
"""

import asyncio
import re
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from publish.language import LANGUAGES
from publish.portal.security import App, Message, Receive, Scope, Send, headers_of

# As long as the answers let a browser keep them.
KEPT_S = 60.0
# An archive that is being written changes with every page of a crawl: what was there a second ago is shown still.
LATEST_S = 1.0
KEPT_BYTES = 32_000_000
# Files of selections are larger, rarer, and sent as they are made.
LARGEST_BYTES = 500_000
_MAY_BE_KEPT = b"max-age=60"
_PORTAL = re.compile(rf"/(?:{'|'.join(LANGUAGES)})(?:/.*)?", re.DOTALL)
_DATA = re.compile(r"/archive(?:[/.].*)?", re.DOTALL)
# What every key holds, so that an answer which depends on it may be shared. Datasette names the first two on all.
_VARIES = frozenset({"cookie", "authorization", "accept-language"})
# A "not modified" describes no body.
_OF_THE_BODY = frozenset({b"content-length", b"content-type"})
Key: TypeAlias = tuple[str, ...]
Revision: TypeAlias = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of status 200, whole; ``revision`` is the archive's from before it was made, ``made_at`` seconds."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    etag: bytes
    revision: object
    made_at: float

    def holds(self, revision: object, now: float) -> bool:
        """Whether it can still be given."""
        age = now - self.made_at
        return age < LATEST_S or (age < KEPT_S and self.revision == revision)

    async def give(self, known: str, send: Send) -> None:
        """Send it, or "not modified" to who has it: ``known`` is the request's If-None-Match."""
        headers = [*self.headers, (b"etag", self.etag)]
        if self.etag.decode() in known:
            headers = [header for header in headers if header[0] not in _OF_THE_BODY]
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


@dataclass(slots=True)
class Shelf:
    """The answers kept, those given last at the end; never more than `KEPT_BYTES` of them."""

    answers: OrderedDict[Key, Answer] = field(default_factory=OrderedDict)
    size: int = 0

    def get(self, key: Key, revision: object, now: float) -> Answer | None:
        """The answer under a key, while it holds."""
        answer = self.answers.get(key)
        if answer is None:
            return None
        if not answer.holds(revision, now):
            self._drop(key)
            return None
        self.answers.move_to_end(key)
        return answer

    def put(self, key: Key, answer: Answer) -> None:
        """Keep an answer; those that nobody asked for longest go."""
        self._drop(key)
        self.answers[key] = answer
        self.size += _size(key, answer)
        while self.size > KEPT_BYTES:
            self._drop(next(iter(self.answers)))

    def _drop(self, key: Key) -> None:
        answer = self.answers.pop(key, None)
        self.size -= _size(key, answer) if answer else 0


@dataclass(slots=True)
class Recording:
    """What takes the messages of an answer: kept until it is whole, or let through where it may not be kept."""

    send: Send
    let_go: Callable[[], None]
    messages: list[Message] = field(default_factory=list)
    size: int = 0
    is_let_go: bool = False

    async def __call__(self, message: Message) -> None:
        """Take one message of the application."""
        self.size += len(message.get("body") or b"")
        if self.is_let_go:
            await self.send(message)
            return
        self.messages.append(message)
        if not _may_be_kept(self.messages[0]) or self.size > LARGEST_BYTES:
            self.is_let_go = True
            self.let_go()
            for held in self.messages:
                await self.send(held)
            self.messages.clear()

    def answer(self, revision: object, now: float) -> Answer | None:
        """The whole answer; None where it was let through."""
        if self.is_let_go or not self.messages or self.messages[-1].get("more_body"):
            return None
        body = b"".join(message.get("body") or b"" for message in self.messages[1:])
        headers = tuple((bytes(key).lower(), bytes(value)) for key, value in self.messages[0]["headers"])
        etag = f'W/"{sha256(body).hexdigest()[:20]}"'.encode()
        return Answer(headers, body, etag, revision, now)


@dataclass(slots=True)
class Shared:
    """An application whose answers are shared; ``revision`` tells one state of the archive from the next."""

    app: App
    revision: Revision
    shelf: Shelf = field(default_factory=Shelf)
    making: dict[Key, asyncio.Future[Answer | None]] = field(default_factory=dict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = headers_of(scope)
        key = key_of(scope, headers)
        if key is None:
            await self.app(scope, receive, send)
            return
        answer = self.shelf.get(key, self.revision(), time.monotonic())
        if answer is None and key not in self.making:
            answer = await self._make(key, scope, receive, send)
            if answer is None:
                return
        elif answer is None:
            # Shielded: a reader who leaves must not take the answer from the others.
            answer = await asyncio.shield(self.making[key])
        if answer is None:
            await self.app(scope, receive, send)
        else:
            await answer.give(headers.get("if-none-match", ""), send)

    async def _make(self, key: Key, scope: Scope, receive: Receive, send: Send) -> Answer | None:
        """The answer for all who ask meanwhile; None where it was for one, who then has it."""
        promise = self.making[key] = asyncio.get_running_loop().create_future()
        recording = Recording(send, lambda: self._keep(key, promise, None))
        started, revision = time.monotonic(), self.revision()
        try:
            await self.app(scope, receive, recording)
            answer = recording.answer(revision, started)
            self._keep(key, promise, answer)
        finally:
            self._keep(key, promise, None)
        return answer

    def _keep(self, key: Key, promise: asyncio.Future[Answer | None], answer: Answer | None) -> None:
        if promise.done():
            return
        promise.set_result(answer)
        del self.making[key]
        if answer:
            self.shelf.put(key, answer)


def key_of(scope: Scope, headers: Mapping[str, str]) -> Key | None:
    """What two requests must have in common to get one answer; None for what is never shared.

    The portal's pages have their language in the address; those of the data area take it from the request.
    """
    path, query = str(scope.get("path", "")), bytes(scope.get("query_string") or b"").decode("latin-1")
    is_portal = bool(_PORTAL.fullmatch(path))
    if scope.get("method") != "GET" or not (is_portal or _DATA.fullmatch(path)):
        return None
    reader = ["" if is_portal and name == "accept-language" else headers.get(name, "") for name in sorted(_VARIES)]
    return str(scope.get("scheme", "")), headers.get("host", ""), path, query, *reader


def revision_of(path: Callable[[], str]) -> Revision:
    """What changes with every transaction that anybody writes to a database; no two are the same where it is unknown.

    SQLite's `data_version` is one look into the shared index of the write-ahead log: some microseconds.
    """
    connection: sqlite3.Connection | None = None

    def ask() -> object:
        nonlocal connection
        try:
            connection = connection or _reading(path())
            return int(connection.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error:
            return object()

    return ask


def _reading(path: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)


def _may_be_kept(start: Message) -> bool:
    headers = {bytes(key).lower(): bytes(value) for key, value in start.get("headers") or ()}
    varies = {name.strip().lower() for name in headers.get(b"vary", b"").decode("latin-1").split(",") if name.strip()}
    is_for_others = b"set-cookie" not in headers and varies <= _VARIES
    return bool(start.get("status") == 200 and headers.get(b"cache-control") == _MAY_BE_KEPT and is_for_others)


def _size(key: Key, answer: Answer) -> int:
    return len(answer.body) + sum(map(len, key))
