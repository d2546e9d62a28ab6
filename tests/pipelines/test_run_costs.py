"""What the end of a run costs depends on what the run brought and what is due, not on how much the archive holds."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.frontier import watch_deadlines
from archive.schema import open_archive, transaction
from pipelines.expiry import expire_contacts
from pipelines.flow import Flow
from tests.plain_rules import capture, plain_extract, plain_read

# Names without a word in common, so that linking has nothing to compare.
_SYLLABLES = ("ka", "lo", "mi", "re", "su", "ti", "vo")
FEW, MANY = 40, 160


def _archive(path: Path, pages: int) -> Database:
    db = open_archive(path, create=True)
    flow = Flow(db, read=plain_read, extract=plain_extract)
    with flow.batch():
        for number in range(pages):
            flow.take(capture(f"https://site{number}.example/hanke", _page(number), day=1 + number % 28))
    flow.finish(expire=False)
    # The next run takes note of what this one has indexed.
    _finished(db, FEW + MANY)
    return db


def _page(number: int) -> str:
    name = "".join(_SYLLABLES[number // 7**place % 7] for place in range(4))
    return (
        f"kind: call\ntitle: {name.capitalize()}nen\nfunder: {name.upper()}\ncloses: 2027-{1 + number % 12:02}-01\n"
        f"contact_name: Aino {name.capitalize()}la\n"
    )


def _finished(db: Database, number: int) -> None:
    flow = Flow(db, read=plain_read, extract=plain_extract)
    flow.take(capture(f"https://site{number}.example/hanke", _page(number), day=29))
    flow.finish(expire=False)


def _steps(db: Database, work: Callable[[Database], object]) -> int:
    """Of how many steps of SQLite's machine a piece of work consists."""
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    db.conn.set_progress_handler(count, 1)
    work(db)
    db.conn.set_progress_handler(None, 0)
    return steps


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> tuple[Database, Database]:
    folder = tmp_path_factory.mktemp("archives")
    return _archive(folder / "few.db", FEW), _archive(folder / "many.db", MANY)


def _watch(db: Database) -> None:
    with transaction(db):
        watch_deadlines(db, today="2026-12-20", horizon="2026-12-30T24", tomorrow="2026-12-21T00:00:00Z")


def _expire(db: Database) -> None:
    assert expire_contacts(db, datetime(2027, 1, 1, tzinfo=UTC)) == 0


@pytest.mark.parametrize(
    "work", [lambda db: _finished(db, FEW + MANY + 1), _watch, _expire], ids=["finish", "deadlines", "expiry"]
)
def test_a_run_costs_the_same_in_an_archive_four_times_as_large(
    archives: tuple[Database, Database], work: Callable[[Database], object]
) -> None:
    few, many = (_steps(db, work) for db in archives)
    assert few
    assert many < 1.1 * few
