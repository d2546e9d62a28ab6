"""The sample archive, and the site that shows it, for the tests of the portal."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from publish.site import Site, make_datasette
from tests.publish import sample

Get = Callable[..., Any]


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive's path. Nothing may write to it."""
    return sample.build(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """One event loop for all requests: a Datasette belongs to the loop that it was first asked in."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="session")
def get(archive: Path, loop: asyncio.AbstractEventLoop) -> Get:
    """Asks the site for a path; returns the response."""
    return client(Site(archive, captures=archive.parent / "captures"), loop)


@pytest.fixture(scope="session")
def ids(archive: Path) -> dict[str, str]:
    """An id of each kind of thing in the sample."""
    connection = sqlite3.connect(archive)

    def one(sql: str) -> str:
        return str(connection.execute(sql).fetchone()[0])

    found = {
        "project": one("SELECT id FROM projects WHERE title LIKE 'Osaajat%'"),
        "hostile": one("SELECT id FROM projects WHERE title LIKE '<script%'"),
        "call": one("SELECT id FROM calls WHERE title LIKE 'Understöd%'"),
        "award": one("SELECT id FROM awards"),
        "organisation": one("SELECT coordinator_id FROM projects WHERE title LIKE 'Osaajat%'"),
        "page": one("SELECT id FROM pages WHERE url LIKE '%/osaajat' AND url NOT LIKE '%/sv/%'"),
        "hostile_page": one("SELECT id FROM pages WHERE url LIKE '%/paha'"),
        "version": one("SELECT current_version_id FROM pages WHERE url LIKE '%/osaajat' AND url NOT LIKE '%/sv/%'"),
        "capture": one("SELECT id FROM captures WHERE warc_file IS NOT NULL"),
    }
    connection.close()
    return found


def client(site: Site, loop: asyncio.AbstractEventLoop) -> Get:
    """Asks a site for paths."""
    datasette = make_datasette(site)
    loop.run_until_complete(datasette.invoke_startup())

    def ask(path: str, **options: Any) -> Any:
        return loop.run_until_complete(datasette.client.get(path, **options))

    return ask
