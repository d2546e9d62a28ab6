"""Answers that readers share: made once, kept while the archive stays as it is, never given to whom they are not for."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from publish.portal import security, shared
from publish.portal.security import Message, Receive, Scope, Send, limited
from publish.portal.shared import Answer, Shared, Shelf, key_of, revision_of
from publish.site import Site, make_datasette
from tests.publish.conftest import Get, client

KEPT = {"cache-control": "max-age=60", "content-type": "text/html", "vary": "Cookie, Authorization"}


class Maker:
    """An application that counts how often it makes a page; the page is the count."""

    def __init__(self, status: int = 200, size: int = 0, headers: dict[str, str] = KEPT) -> None:
        self.made, self.status, self.size, self.headers = 0, status, size, headers
        self.may_end = asyncio.Event()
        self.may_end.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.made += 1
        body = f"page {self.made}".encode() + b"x" * self.size
        headers = [(key.encode(), value.encode()) for key, value in self.headers.items()]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": True})
        await self.may_end.wait()
        await send({"type": "http.response.body", "body": b""})


async def ask(app: Any, path: str = "/fi", method: str = "GET", **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers of one answer."""
    got: list[Message] = []

    async def send(message: Message) -> None:
        got.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    given = [(key.replace("_", "-").encode(), value.encode()) for key, value in headers.items()]
    await app(
        {"type": "http", "scheme": "http", "method": method, "path": path, "query_string": b"", "headers": given},
        receive,
        send,
    )
    named = {key.decode(): value.decode() for key, value in got[0]["headers"]}
    return got[0]["status"], b"".join(message.get("body", b"") for message in got[1:]), named


def run(steps: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(steps())  # type: ignore[arg-type]  # any coroutine


def test_who_asks_meanwhile_gets_the_same_answer() -> None:
    async def steps() -> None:
        maker = Maker()
        maker.may_end.clear()
        app = Shared(maker, lambda: 1)
        readers = [asyncio.create_task(ask(app)) for _ in range(50)]
        await asyncio.sleep(0.01)
        readers[3].cancel()
        maker.may_end.set()
        answers = await asyncio.gather(*readers[:3], *readers[4:])
        assert maker.made == 1
        assert {body for _, body, _ in answers} == {b"page 1"}

    run(steps)


def test_a_page_is_kept_while_the_archive_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "LATEST_S", 0.0)

    async def steps() -> None:
        state = [1]
        app = Shared(Maker(), lambda: state[0])
        assert [(await ask(app))[1] for _ in range(3)] == [b"page 1"] * 3
        state[0] = 2
        assert (await ask(app))[1] == b"page 2"

    run(steps)


@pytest.mark.parametrize(
    ("age", "revision", "holds"), [(0.9, 2, True), (1.1, 2, False), (59.0, 1, True), (61.0, 1, False)]
)
def test_how_long_an_answer_holds(age: float, revision: int, holds: bool) -> None:
    assert Answer((), b"", b"", 1, 100.0).holds(revision, 100.0 + age) is holds


@pytest.mark.parametrize(
    "maker",
    [
        lambda: Maker(status=404),
        lambda: Maker(headers={**KEPT, "cache-control": "no-store"}),
        lambda: Maker(headers={**KEPT, "set-cookie": "a=b"}),
        lambda: Maker(headers={**KEPT, "vary": "User-Agent"}),
        lambda: Maker(headers={}),
        lambda: Maker(size=shared.LARGEST_BYTES),
    ],
)
def test_what_is_for_one_reader_is_made_for_each(maker: Callable[[], Maker]) -> None:
    async def steps() -> None:
        made = maker()
        app = Shared(made, lambda: 1)
        assert [(await ask(app))[1][:6] for _ in range(2)] == [b"page 1", b"page 2"]
        assert not app.making

    run(steps)


def test_readers_do_not_wait_for_an_answer_that_is_another_ones() -> None:
    async def steps() -> None:
        maker = Maker(size=shared.LARGEST_BYTES)
        maker.may_end.clear()
        app = Shared(maker, lambda: 1)
        readers = [asyncio.create_task(ask(app)) for _ in range(3)]
        await asyncio.sleep(0.01)
        assert maker.made == 3
        maker.may_end.set()
        assert {status for status, _, _ in await asyncio.gather(*readers)} == {200}

    run(steps)


def test_a_failure_is_not_shared() -> None:
    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(0)
        raise ZeroDivisionError

    async def steps() -> None:
        app = Shared(fail, lambda: 1)
        found = await asyncio.gather(*(ask(app) for _ in range(3)), return_exceptions=True)
        assert [type(error) for error in found] == [ZeroDivisionError] * 3
        assert not app.making

    run(steps)


def test_who_has_the_page_gets_no_second_one() -> None:
    async def steps() -> None:
        app = Shared(Maker(), lambda: 1)
        _, _, headers = await ask(app)
        status, body, again = await ask(app, if_none_match=headers["etag"])
        assert (status, body) == (304, b"")
        assert again["cache-control"] == "max-age=60"
        assert "content-type" not in again
        assert (await ask(app, if_none_match='W/"other"'))[0] == 200

    run(steps)


def test_what_two_requests_must_have_in_common() -> None:
    def key(path: str, method: str = "GET", **headers: str) -> object:
        return key_of({"method": method, "scheme": "http", "path": path, "query_string": b"q=1"}, headers)

    assert key("/fi/search") == key("/fi/search")
    assert key("/fi/search", host="a.example") != key("/fi/search", host="b.example")
    assert key("/fi", cookie="a=1") != key("/fi")
    assert key("/fi", authorization="Basic x") != key("/fi")
    assert key("/archive/projects", **{"accept-language": "sv"}) != key("/archive/projects")
    assert key("/fi", **{"accept-language": "sv"}) == key("/fi")
    assert [key(path) for path in ("/", "/files/a.zip", "/captures/1.warc.gz", "/fish", "/archived")] == [None] * 5
    assert key("/fi", "HEAD") is None


def test_the_shelf_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "KEPT_BYTES", 1000)
    shelf = Shelf()
    for n in range(300):
        shelf.put((str(n % 50),), Answer((), b"x" * 90, b"", 1, 0.0))
    assert shelf.size <= 1000
    assert len(shelf.answers) == 10
    assert shelf.get(("49",), 1, 1.0)
    assert not shelf.get(("1",), 1, 1.0)


def test_a_crowd_beyond_measure_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(security, "MOST_AT_ONCE", 2)

    async def steps() -> None:
        may_begin = asyncio.Event()
        maker = Maker()
        maker.may_end.clear()

        async def slow(scope: Scope, receive: Receive, send: Send) -> None:
            await may_begin.wait()
            await maker(scope, receive, send)

        app = limited(slow)
        readers = [asyncio.create_task(ask(app)) for _ in range(2)]
        await asyncio.sleep(0.01)
        status, _, headers = await ask(app)
        assert (status, headers["retry-after"]) == (503, "2")
        may_begin.set()
        await asyncio.sleep(0.01)
        # Both are sent slowly now, and keep nobody out.
        readers.append(asyncio.create_task(ask(app)))
        await asyncio.sleep(0.01)
        maker.may_end.set()
        assert [status for status, _, _ in await asyncio.gather(*readers)] == [200] * 3

    run(steps)


def test_revisions_tell_states_of_a_file_apart(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    writer = sqlite3.connect(path)
    writer.executescript("PRAGMA journal_mode = WAL; CREATE TABLE t (x)")
    revision = revision_of(lambda: str(path))
    first = revision()
    assert revision() == first
    with writer:
        writer.execute("INSERT INTO t VALUES (1)")
    assert revision() != first
    writer.close()
    missing = revision_of(lambda: str(tmp_path / "none.db"))
    assert missing() != missing()


def test_a_change_of_the_archive_is_seen(
    archive: Path, loop: asyncio.AbstractEventLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "LATEST_S", 0.0)
    connection = sqlite3.connect(archive)
    connection.execute("VACUUM INTO ?", [str(tmp_path / "archive.db")])
    connection.close()
    get = client(Site(tmp_path / "archive.db"), loop)
    before = get("/archive/projects.json")
    assert get("/archive/projects.json", headers={"if-none-match": before.headers["etag"]}).status_code == 304
    writer = sqlite3.connect(tmp_path / "archive.db")
    with writer:
        writer.execute("UPDATE projects SET title = 'Aivan uusi nimi'")
    writer.close()
    after = get("/archive/projects.json", headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200
    assert "Aivan uusi nimi" in after.text


@pytest.mark.parametrize("path", ["/archive/projects.json", "/archive/projects"])
def test_what_takes_too_long_is_no_mistake_of_who_asks(
    archive: Path, loop: asyncio.AbstractEventLoop, path: str
) -> None:
    datasette = make_datasette(Site(archive), settings={"sql_time_limit_ms": -1})
    loop.run_until_complete(datasette.invoke_startup())
    answer = loop.run_until_complete(datasette.client.get(path))
    assert answer.status_code == 503
    assert answer.headers["retry-after"]


def test_analysts_share_nothing(archive: Path, loop: asyncio.AbstractEventLoop, get: Get) -> None:
    assert "etag" in get("/fi").headers
    assert "etag" not in client(Site(archive, analyst=True), loop)("/fi").headers
