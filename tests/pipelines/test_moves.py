"""Pages that moved keep their history."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.capture import Capture
from archive.captures import CaptureWriter
from archive.schema import open_archive
from pipelines.flow import Flow
from pipelines.rebuild import rebuild
from tests.conftest import Take
from tests.plain_rules import capture, plain_extract, plain_read, plain_task

OLD, NEW = "http://site.example/vanha", "http://site.example/uusi"
TEXT = "kind: project\ntitle: Osaaminen kasvuun\nend: {}\nnote: " + "Hankkeessa kehitetään yhdessä. " * 10


def page(url: str, day: int, end: str = "2024", **others: str) -> Capture:
    return capture(url, TEXT.format(end), day, source_id="site", **others)


def moves(db: Database) -> list[tuple[str, ...]]:
    return db.execute(
        "SELECT mine.url, theirs.url, how, substr(moved_at, 9, 2) FROM page_moves"
        " JOIN pages AS mine ON mine.id = page_id JOIN pages AS theirs ON theirs.id = moved_to_id"
    ).fetchall()


def test_a_redirect_leads_to_a_new_page(db: Database, take: Take) -> None:
    take(page(OLD, 1), page(NEW, 2, "2025", requested_url=OLD))
    assert moves(db) == [(OLD, NEW, "redirect", "02")]
    changes = "SELECT field, old, new FROM changes JOIN pages ON pages.id = page_id WHERE url = ? ORDER BY field"
    assert db.execute(changes, [NEW]).fetchall() == [("address", OLD, NEW), ("end", "2024", "2025")]
    assert db.execute("SELECT end, gone_at FROM projects").fetchall() == [("2025", None)]
    assert db["page_versions"].count == 2


def test_a_redirect_to_a_page_that_was_there(db: Database, take: Take) -> None:
    take(page(OLD, 1), page(NEW, 1, "2025"), capture(OLD, day=3, status=301, moved_to=NEW))
    assert moves(db) == [(OLD, NEW, "redirect", "03")]
    assert db["captures"].count == 2


def test_the_same_text_elsewhere(db: Database, take: Take) -> None:
    lost = [capture(OLD, day=day, status=404) for day in (3, 4)]
    take(page(OLD, 1), *lost, page(NEW, 5))
    assert moves(db) == [(OLD, NEW, "same text", "05")]
    assert db.execute("SELECT gone_at FROM projects").fetchall() == [(None,)]


def test_the_text_stood_elsewhere_before_the_page_went(db: Database, take: Take) -> None:
    take(page(OLD, 1), page(NEW, 2), *(capture(OLD, day=day, status=404) for day in (3, 4)))
    assert moves(db) == [(OLD, NEW, "same text", "04")]


@pytest.mark.parametrize(
    "others",
    [
        [page(NEW, 5, "2026")],
        [replace(page(NEW, 5), source_id="other")],
        [page(NEW, 2), page(f"{NEW}/2", 2)],
    ],
    ids=["another text", "another source", "two that say so"],
)
def test_what_is_no_move(db: Database, take: Take, others: list[Capture]) -> None:
    lost = [capture(OLD, day=day, status=404) for day in (3, 4)]
    take(page(OLD, 1), *sorted([*lost, *others], key=lambda one: one.captured_at))
    assert moves(db) == []


def test_a_page_that_is_back_has_not_moved(db: Database, take: Take) -> None:
    take(page(OLD, 1), page(NEW, 2, requested_url=OLD), page(OLD, 3))
    assert moves(db) == []


def test_two_redirects_in_a_row(db: Database, take: Take) -> None:
    last = "http://site.example/uusin"
    take(page(OLD, 1), page(NEW, 2, requested_url=OLD), page(last, 3, requested_url=NEW))
    assert sorted(moves(db)) == [(NEW, last, "redirect", "03"), (OLD, NEW, "redirect", "02")]
    assert db["projects"].count == 1


def test_a_rebuild_finds_the_same_moves(tmp_path: Path) -> None:
    captures = [page(OLD, 1), page(NEW, 1, "2025"), capture(OLD, day=3, status=301, moved_to=NEW)]
    db = open_archive(tmp_path / "archive.db", create=True)
    flow = Flow(db, read=plain_read, extract=plain_extract)
    with CaptureWriter(tmp_path / "captures") as writer:
        for one in captures:
            file, offset = writer.write(one)
            flow.take(replace(one, warc_file=file, warc_offset=offset))
    flow.finish()
    before = moves(db), db.execute("SELECT page_id, field, old, new, seen_at FROM changes").fetchall()
    db.conn.close()
    rebuild(tmp_path / "archive.db", tmp_path / "captures", workers=1, out=io.StringIO(), task=plain_task)
    db = open_archive(tmp_path / "archive.db")
    assert (moves(db), db.execute("SELECT page_id, field, old, new, seen_at FROM changes").fetchall()) == before
    assert before[0]


def test_a_new_page_costs_the_same_however_many_its_source_has(db: Database) -> None:
    flow = Flow(db, read=plain_read, extract=plain_extract)
    costs = [_steps(flow, page(f"{NEW}/{number}", 1, f"20{number:02}")) for number in range(90)]
    assert costs[-1] < 1.2 * costs[9]


def _steps(flow: Flow, one: Capture) -> int:
    """Of how many steps of SQLite's machine storing a capture consists, in tens."""
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    flow.db.conn.set_progress_handler(count, 10)
    flow.take(one)
    flow.db.conn.set_progress_handler(None, 0)
    return steps
