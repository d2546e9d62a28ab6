"""What tests of several packages share: archives of plain pages, see plain_rules.py beside this."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.capture import Capture
from archive.schema import open_archive
from pipelines.flow import Flow, Summary
from tests.plain_rules import plain_extract, plain_read

Take = Callable[..., Summary]


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
