"""Fixtures of the crawling tests: a hostile loopback server and a source on it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import Bench, HostileServer


@pytest.fixture
def server() -> Iterator[HostileServer]:
    found = HostileServer()
    thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield found
    found.shutdown()
    thread.join()
    found.server_close()


@pytest.fixture
def site(server: HostileServer, tmp_path: Path) -> Bench:
    """A private source on the hostile server: its list is /, its pages are under /hanke/."""
    server.page("/", "Hankkeet", ("/hanke/a", "/hanke/b"))
    server.page("/hanke/a", "Hanke A")
    server.page("/hanke/b", "Hanke B")
    return Bench(
        tmp_path,
        {
            "id": "test",
            "name": "Testi",
            "spider": "site",
            "start": [server.url + "/"],
            "keep": ["/hanke/"],
            "every": "7d",
            "delay": 0,
            "private": True,
        },
    )
