"""A name server that says one thing when it is asked and another when the connection is made."""

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hostile import Bench, HostileServer
from twisted.internet._resolver import GAIResolver

from crawlers import reactor as crawl_reactor
from crawlers.settings import SETTINGS

Names = Callable[[Callable[[int], list[str]]], list[str]]


@pytest.fixture
def names(server: HostileServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Names]:
    """Puts a name server in the reactor's place: it is given the number of the question, and gives addresses."""
    monkeypatch.setitem(SETTINGS, "DOWNLOAD_TIMEOUT", 0.5)
    monkeypatch.setitem(SETTINGS, "BACKOFF_FIRST_WAIT", 0.01)
    crawl_reactor._loop()
    from twisted.internet import reactor

    plain: Any = reactor.nameResolver  # type: ignore[attr-defined]  # the reactor is a module to the type checker

    def install(answer: Callable[[int], list[str]]) -> list[str]:
        asked: list[str] = []

        def resolve(host: str, port: int, *_: Any, **__: Any) -> list[tuple[Any, ...]]:
            asked.append(host)
            found = answer(len(asked))
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

        reactor.installNameResolver(GAIResolver(reactor, reactor.getThreadPool, resolve))  # type: ignore[attr-defined]
        return asked

    yield install
    reactor.installNameResolver(plain)  # type: ignore[attr-defined]


def _public(site: Bench, server: HostileServer) -> None:
    site.fields |= {"private": False, "start": [f"http://hankkeet.example:{server.server_port}/"]}


def test_the_name_server_of_these_tests_works(server: HostileServer, site: Bench, names: Names) -> None:
    """A private source by the same name does reach the server: the other tests could fail."""
    asked = names(lambda _number: ["127.0.0.1"])
    _public(site, server)
    site.fields["private"] = True
    site.crawl()
    assert asked
    assert "/" in server.paths


@pytest.mark.parametrize(
    "answer",
    [
        lambda _number: ["127.0.0.1"],
        lambda number: ["127.0.0.1"] if number % 2 == 0 else ["8.8.8.8"],
        lambda number: ["8.8.8.8"] if number % 2 == 0 else ["127.0.0.1"],
        lambda _number: ["8.8.8.8", "127.0.0.1"],
        lambda _number: ["127.0.0.1", "8.8.8.8"],
        lambda number: ["8.8.8.8"] if number == 1 else ["127.0.0.1", "10.0.0.1"],
    ],
    ids=["loopback", "changes", "changes-back", "both", "both-reversed", "once-public"],
)
def test_no_answer_leads_inwards(
    server: HostileServer,
    site: Bench,
    names: Names,
    answer: Callable[[int], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The addresses are checked where the connection takes them from: there is no second question to answer otherwise."""
    connected: list[str] = []
    monkeypatch.setattr("twisted.internet.tcp.BaseClient.doConnect", _refusing(connected))
    asked = names(answer)
    _public(site, server)
    for _ in range(2):
        site.crawl(all=True)
    assert asked
    assert server.seen == []
    assert set(connected) <= {"8.8.8.8"}


def _refusing(connected: list[str]) -> Callable[[Any], None]:
    def refuse(self: Any) -> None:
        """Note the address and fail, before a packet leaves."""
        from twisted.internet import error

        connected.append(self.realAddress[0] if isinstance(self.realAddress, tuple) else str(self.addr[0]))
        self.failIfNotConnected(error.ConnectionRefusedError())

    return refuse
