"""The public copy and the files follow the archive while both are served, and no reader notices."""

import shutil
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from archive.schema import open_archive
from hankearkisto import main
from publish.public import is_public, publish
from publish.renewal import Renewal, is_running, keep_readable, last_run, renew
from tests.publish import sample

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.fixture
def source(archive: Path, tmp_path: Path) -> Path:
    """An archive of its own, that may be written to."""
    path = tmp_path / "archive.db"
    shutil.copy(archive, path)
    return path


def end_a_run(path: Path, title: str = "Uusi nimi") -> None:
    """What a crawl does last, and a change to be seen."""
    db = open_archive(path)
    db.execute("UPDATE projects SET title = ? WHERE title LIKE 'Osaajat%'", [title])
    db.execute(
        "INSERT INTO runs (kind, started_at, ended_at, state) VALUES ('crawl', '2026-11-29T01:00:00Z',"
        " '2026-11-29T02:00:00Z', 'done')"
    )
    db.conn.close()


def test_readers_of_a_served_copy_never_wait(source: Path) -> None:
    """Readers without patience (a tenth of a second) see whole states only, and the new one when it is there."""
    copy = source.with_suffix(".public.db")
    publish(source, copy)
    keep_readable(copy)
    seen: list[tuple[str, int]] = []
    faults: list[Exception] = []
    stop = threading.Event()

    def read() -> None:
        connection = sqlite3.connect(f"file:{copy}?mode=ro", uri=True, timeout=0.1)
        while not stop.is_set():
            try:
                seen.append(connection.execute("SELECT max(title), count(*) FROM projects").fetchone())
                connection.execute("SELECT count(*) FROM page_versions WHERE text LIKE '%hanke%'").fetchone()
            except sqlite3.Error as error:
                faults.append(error)
        connection.close()

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    inode = copy.stat().st_ino
    end_a_run(source, "Ölandin hanke")
    publish(source, copy)
    fresh = sqlite3.connect(copy)
    assert fresh.execute("SELECT max(title) FROM projects").fetchone() == ("Ölandin hanke",)
    assert fresh.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert fresh.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    fresh.close()
    stop.set()
    for reader in readers:
        reader.join(10)
    assert faults == []
    assert seen[-1][0] in {"Ölandin hanke", seen[0][0]}
    assert {count for _, count in seen} == {seen[0][1]}
    assert copy.stat().st_ino == inode


def test_a_renewal_follows_each_run(source: Path, tmp_path: Path) -> None:
    copy, files = source.with_suffix(".public.db"), tmp_path / "files"
    renew(source, copy, files, "https://arkisto.example")
    renewal = Renewal(source, copy, files, "https://arkisto.example", niceness=0)
    assert not renewal.look(NOW)
    end_a_run(source)
    assert renewal.look(NOW)
    assert last_run(copy) == last_run(source)
    assert is_public(copy)
    assert "Uusi nimi" in (files / "hankearkisto.jsonld").read_text("utf-8")
    assert "https://arkisto.example/fi/" in (files / "hankearkisto.jsonld").read_text("utf-8")
    assert not [path for path in files.iterdir() if sample.EMAIL.encode() in path.read_bytes()]
    assert not renewal.look(NOW)


def test_a_renewal_waits_for_running_runs(source: Path, tmp_path: Path) -> None:
    db = open_archive(source)
    started = (NOW - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    db.execute("INSERT INTO runs (kind, started_at) VALUES ('crawl', ?)", [started])
    db.conn.close()
    assert is_running(source, NOW)
    assert not is_running(source, NOW + timedelta(hours=6))
    copy = source.with_suffix(".public.db")
    publish(source, copy)
    assert not Renewal(source, copy, tmp_path / "files").look(NOW)


def test_what_fails_is_said_once(source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "no.db"
    shutil.copy(source, copy)
    renewal = Renewal(source, copy, tmp_path / "files", niceness=0)
    assert not renewal.look(NOW)
    assert "is no public copy" in capfd.readouterr().err
    assert not renewal.look(NOW)
    assert capfd.readouterr().err == ""


def test_erasure_reaches_the_copy_and_the_files(source: Path, tmp_path: Path) -> None:
    copy, files = source.with_suffix(".public.db"), tmp_path / "files"
    renew(source, copy, files)
    url = f"{sample.BASE}/vihrea"
    assert url in (files / "hankearkisto.jsonld").read_text("utf-8")
    assert main(["forget", "--url", url, "--db", str(source), "--captures", str(tmp_path / "captures")]) == 0
    assert url not in (files / "hankearkisto.jsonld").read_text("utf-8")


def test_the_command_makes_files(source: Path, tmp_path: Path) -> None:
    call = ["publish", str(tmp_path / "p.db"), "--db", str(source), "--files", str(tmp_path / "out")]
    assert main([*call, "--address", "https://a.example"]) == 0
    assert (tmp_path / "out" / "hankearkisto.xlsx").stat().st_size > 0


def test_what_is_no_archive_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_text("no database at all, only a text that is long enough to be read as one" * 20)
    with pytest.raises(ArchiveError, match="cannot be read"):
        last_run(path)
