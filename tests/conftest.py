"""What tests of several packages share: archives of plain pages, see plain_rules.py beside this."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from archive.capture import Capture
from archive.schema import open_archive
from pipelines.flow import Flow, Summary
from tests.plain_rules import plain_extract, plain_read

if TYPE_CHECKING:
    from distributed import LocalCluster

Take = Callable[..., Summary]


@pytest.fixture(scope="module")
def cluster() -> Iterator["LocalCluster"]:
    """Two worker processes, each watched by a nanny that starts a new one when it dies; work that kills two is given up."""
    import dask
    from distributed import LocalCluster

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", host="127.0.0.1"
        ) as started,
    ):
        yield started


@pytest.fixture
def db(tmp_path: Path) -> Database:
    """A new archive at ``tmp_path / "archive.db"``."""
    return open_archive(tmp_path / "archive.db", create=True)


@pytest.fixture
def take(db: Database) -> Take:
    """Runs captures through the flow of the new archive, as one run."""

    def run(*captures: Capture) -> Summary:
        flow = Flow(db, read=plain_read, extract=plain_extract)
        for capture in captures:
            flow.take(capture)
        return flow.finish()

    return run
