import io
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from archive.capture import Capture
from archive.captures import CaptureWriter, capture_files
from archive.errors import ArchiveError, CaptureError
from archive.lock import work_lock
from archive.records import current_records
from archive.register_names import Area, create_register_tables, store_areas
from archive.schema import open_archive
from pipelines.differences import compare_archives, print_differences
from pipelines.flow import Flow
from pipelines.pool import DIED, Result, process_all
from pipelines.process import Failure
from pipelines.rebuild import _store, rebuild
from tests.plain_rules import capture, deadly_task, plain_extract, plain_read, plain_task

PAGE = "kind: project\ntitle: Hanke {n}\nend: 2026-12-31\npartner: Tredu\npartner: Axxell\n"


def better_task(captures: list[Capture]) -> list[Result]:
    """Rules that read the year 2026 as 2027, find no Axxell, and find a title where there was none."""
    for old, new in ((b"2026", b"2027"), (b"partner: Axxell\n", b""), (b"name", b"title")):
        captures = [replace(one, body=one.body.replace(old, new)) for one in captures]
    return plain_task(captures)


def crawl(folder: Path, *captures: Capture) -> Path:
    """An archive and its captures, as a crawl makes them."""
    db = open_archive(folder / "archive.db", create=True)
    flow = Flow(db, read=plain_read, extract=plain_extract)
    with CaptureWriter(folder / "captures", "crawl") as writer:
        for one in captures:
            name, offset = writer.write(one)
            flow.take(replace(one, warc_file=name, warc_offset=offset))
    flow.finish()
    db.conn.close()
    return folder / "archive.db"


def some_pages() -> list[Capture]:
    first = [capture(f"http://site{n % 3}.example/{n}", PAGE.format(n=n), source_id=f"s{n % 3}") for n in range(20)]
    later = [capture("http://site0.example/0", PAGE.format(n="uusi"), day=2, source_id="s0")]
    gone = [capture("http://site1.example/1", day=day, status=404, source_id="s1") for day in (3, 4)]
    return [*first, *later, *gone, capture("http://site0.example/x", "boom", day=5)]


def content(path: Path) -> str:
    db = open_archive(path)
    tables = ("pages", "page_versions", "projects", "organisations", "participations", "changes", "project_pages")
    rows = [[{**row, "rules_version": 0} for row in db[table].rows] for table in tables]
    found = repr([list(current_records(db)), *rows])
    db.conn.close()
    return found


def run(path: Path, workers: int = 1, task: object = plain_task) -> str:
    out = io.StringIO()
    rebuild(path, path.parent / "captures", workers=workers, out=out, task=task)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_rebuild_gives_the_same_archive(tmp_path: Path, workers: int) -> None:
    path = crawl(tmp_path, *some_pages())
    before = content(path)
    assert run(path, workers) == "no value differs from the old archive\n"
    assert content(path) == before
    assert sorted(found.name for found in tmp_path.iterdir() if "rebuild" in found.name) == []


def test_captures_alone_are_enough(tmp_path: Path) -> None:
    path = crawl(tmp_path, *some_pages())
    before = content(path)
    path.unlink()
    assert run(path) == ""
    assert content(path) == before


def test_differences_are_told_by_source_and_field(tmp_path: Path) -> None:
    named = capture("http://site0.example/n", "kind: project\nname: Nimi\n", source_id="s0")
    path = crawl(tmp_path, capture("http://site0.example/", PAGE, source_id="s0"), named)
    lines = [line.split() for line in run(path, task=better_task).splitlines()]
    assert lines == [
        ["source", "field", "added", "removed", "changed"],
        ["s0", "end", "0", "0", "1"],
        ["s0", "partner", "0", "1", "0"],
        ["s0", "title", "1", "0", "0"],
    ]
    assert "2027-12-31" in content(path)


def test_pages_of_one_archive_only_are_counted(tmp_path: Path) -> None:
    urls = ["http://a.example/", "http://b.example/", "http://c.example/"]
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    old = open_archive(crawl(tmp_path / "one", *(capture(url, "title: A\n") for url in urls[:2])))
    new = open_archive(crawl(tmp_path / "two", *(capture(url, "title: A\n") for url in urls[1:])))
    found = compare_archives(old, new)
    assert (found.added["-", "page"], found.removed["-", "page"]) == (1, 1)
    out = io.StringIO()
    print_differences(new, new, out)
    assert out.getvalue() == "no value differs from the old archive\n"


def test_what_no_capture_holds_is_kept(tmp_path: Path) -> None:
    path = crawl(tmp_path, *some_pages())
    db = open_archive(path)
    db["visits"].insert({"url": "http://site0.example/0", "source_id": "s0", "etag": '"a"'})
    db["hosts"].insert({"host": "site0.example", "crawl_delay": 5.0})
    db["problems"].insert({"url": "http://site9.example/", "class": "dns", "message": "unknown", "seen_at": "2026"})
    runs = db["runs"].count
    db.conn.close()
    run(path)
    db = open_archive(path)
    assert (db["visits"].count, db["hosts"].count, db["runs"].count) == (1, 1, runs + 1)
    assert sorted(row["class"] for row in db["problems"].rows) == ["dns", "rule"]


def test_sightings_that_left_no_capture_are_kept(tmp_path: Path) -> None:
    seen, lost = "http://site0.example/0", "http://site0.example/3"
    path = crawl(tmp_path, *some_pages()[:5])
    db = open_archive(path)
    flow = Flow(db, read=plain_read, extract=plain_extract)
    answers = [capture(seen, day=8, status=304), *(capture(lost, day=day, status=404) for day in (8, 9))]
    for one in answers:
        flow.take(one)
    flow.finish()
    db.conn.close()
    run(path)
    db = open_archive(path)
    pages = db.execute(
        "SELECT url, substr(last_seen, 9, 2), substr(gone_at, 9, 2) FROM pages WHERE url IN (?, ?)", [seen, lost]
    )
    assert sorted(pages.fetchall()) == [(seen, "08", None), (lost, "01", "09")]
    assert db.execute("SELECT field, new FROM changes").fetchall() == [("state", "gone")]
    assert db.execute("SELECT max(last_seen) FROM projects").fetchone() == ("2026-01-08T08:00:00Z",)


def test_what_came_unchanged_is_known_from_the_captures_alone(tmp_path: Path) -> None:
    path = crawl(tmp_path, *some_pages()[:2])
    with CaptureWriter(tmp_path / "captures", "later") as writer:
        writer.note_unmodified(capture("http://site0.example/0", day=8, status=304))
        writer.write(capture("http://site1.example/1", "Sivua ei löydy", day=8), judged=404)
        writer.write(capture("http://site1.example/1", "Sivua ei löydy", day=9), judged=404)
    path.unlink()
    run(path)
    db = open_archive(path)
    found = db.execute("SELECT url, substr(last_seen, 9, 2), substr(gone_at, 9, 2) FROM pages ORDER BY url").fetchall()
    assert found == [("http://site0.example/0", "08", None), ("http://site1.example/1", "01", "09")]
    assert db.execute("SELECT max(last_seen) FROM page_versions").fetchone() == ("2026-01-08T08:00:00Z",)


def test_damaged_captures_cost_only_themselves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = crawl(tmp_path, *some_pages()[:5])
    (file,) = capture_files(tmp_path / "captures")
    file.write_bytes(file.read_bytes()[:-30])
    run(path)
    db = open_archive(path)
    assert db["pages"].count == 4
    assert [row["class"] for row in db["problems"].rows] == ["capture"]
    assert "the record is cut short" in capsys.readouterr().err


def test_a_server_that_reads_sees_the_old_or_the_new(tmp_path: Path) -> None:
    path = crawl(tmp_path, capture("http://site0.example/", PAGE))
    reader = sqlite3.connect(path)
    ends = [reader.execute("SELECT end FROM projects").fetchall()]
    run(path, task=better_task)
    ends.append(reader.execute("SELECT end FROM projects").fetchall())
    assert ends == [[("2026-12-31",)], [("2027-12-31",)]]
    assert reader.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    reader.close()


def test_no_captures_and_a_busy_archive_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match="no captures in"):
        run(tmp_path / "archive.db")
    path = crawl(tmp_path, *some_pages()[:1])
    with work_lock(path), pytest.raises(ArchiveError, match="another process"):
        run(path)


def test_results_come_in_order_whatever_the_workers() -> None:
    pages = some_pages() * 3
    one = [(capture.url, _digest(result)) for capture, result in process_all(pages, 1, plain_task)]
    two = [(capture.url, _digest(result)) for capture, result in process_all(pages, 2, plain_task)]
    assert one == two
    assert len(one) == len(pages)


def _digest(result: Result) -> str | None:
    return result.message if isinstance(result, Failure) else result and result.text_digest


@pytest.mark.parametrize("workers", [1, 2])
def test_a_capture_that_kills_its_process_is_set_aside(workers: int) -> None:
    pages = [*some_pages()[:10], capture("http://site9.example/", "deadly"), *some_pages()[10:20]]
    results = list(process_all(pages, workers, deadly_task))
    assert [capture.url for capture, _ in results] == [page.url for page in pages]
    assert [capture.url for capture, result in results if result is DIED] == ["http://site9.example/"]


def test_a_rebuild_goes_on_where_it_was_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = crawl(tmp_path, *some_pages())
    before = content(path)
    monkeypatch.setattr("pipelines.rebuild._BATCH", 4)
    monkeypatch.setattr("pipelines.rebuild._store", interrupted_after(3))
    with pytest.raises(KeyboardInterrupt):
        run(path)
    assert content(path) == before
    read: list[str] = []
    monkeypatch.setattr("pipelines.rebuild._store", noting(read))
    assert run(path) == "no value differs from the old archive\n"
    assert len(read) == len(some_pages()) - 12
    assert content(path) == before
    db = open_archive(path)
    assert db.execute("SELECT kind, state, new, gone, failed FROM runs ORDER BY id").fetchall()[1:] == [
        ("rebuild", "partial", 20, 2, 1)
    ]


def test_a_rebuild_that_was_cut_off_begins_anew_for_other_captures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = crawl(tmp_path, *some_pages())
    monkeypatch.setattr("pipelines.rebuild._store", interrupted_after(0))
    with pytest.raises(KeyboardInterrupt):
        run(path)
    monkeypatch.setattr("pipelines.rebuild._store", _store)
    with CaptureWriter(tmp_path / "captures", "later") as writer:
        writer.write(capture("http://site5.example/", PAGE, day=9))
    assert "added" in run(path)
    assert "going on" not in capsys.readouterr().err


def interrupted_after(batches: int) -> Callable[..., None]:
    """Stores so many batches; then the user loses patience."""
    left = [batches]

    def store(flow: Flow, batch: list[tuple[Capture, Result]]) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        _store(flow, batch)

    return store


def noting(read: list[str]) -> Callable[..., None]:
    """Stores batches and notes what was read."""

    def store(flow: Flow, batch: list[tuple[Capture, Result]]) -> None:
        read.extend(one.url for one, _ in batch)
        _store(flow, batch)

    return store


def test_a_rebuild_that_reads_nothing_replaces_nothing(tmp_path: Path) -> None:
    path = crawl(tmp_path, *some_pages()[:3])
    before = content(path)
    with pytest.raises(ArchiveError, match="is left as it is"):
        run(path, task=faulty_task)
    assert content(path) == before


def faulty_task(captures: list[Capture]) -> list[Result]:
    """Rules that fail on every page."""
    return [Failure("boom") for _ in captures]


def test_imported_registers_are_kept(tmp_path: Path) -> None:
    path = crawl(tmp_path, *some_pages()[:3])
    db = open_archive(path)
    create_register_tables(db)
    store_areas(db, [Area("region", "06", "Pirkanmaa")])
    db.conn.close()
    run(path)
    assert [row["name_fi"] for row in open_archive(path)["register_areas"].rows] == ["Pirkanmaa"]


def test_a_failure_is_named_and_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = crawl(tmp_path, *some_pages())
    run(path)
    assert "http://site0.example/x: ValueError: boom" in capsys.readouterr().err
    assert [row["class"] for row in open_archive(path)["problems"].rows] == ["rule"]
