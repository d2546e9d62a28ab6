"""Faults of the machine, each really made: full disks, read-only files, damage, clocks that jump, two at once, readers."""

import ctypes
import io
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from killing import content, faults, pages, run

from archive import durable
from archive.backup import backup
from archive.capture import Capture
from archive.captures import CaptureWriter, capture_files, read_captures
from archive.errors import CaptureError
from archive.lock import BusyError, work_lock
from archive.schema import connect, open_archive
from pipelines import store as store_module
from pipelines.ingest import ingest
from pipelines.verify import verify

ROOT = Path(__file__).parents[2]
KILOBYTE = 1 << 10
PAGES = 12


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of some pages that nothing disturbed, and the pages beside it."""
    folder = tmp_path_factory.mktemp("whole")
    run(["ingest", str(pages(folder / "pages", PAGES))], folder)
    return folder


@pytest.fixture
def archive(whole: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    subprocess.run(["cp", "-r", f"{whole}/a.db", f"{whole}/captures", str(tmp_path)], check=True)
    return tmp_path


def command(
    folder: Path, *arguments: str, prepare: Callable[[], None] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run a command on ``a.db`` of a folder, whatever becomes of it."""
    place = ("--db", str(folder / "a.db"), "--captures", str(folder / "captures"))
    return subprocess.run(
        [sys.executable, str(ROOT / "hankearkisto.py"), *arguments, *place],
        capture_output=True, text=True, cwd=ROOT, check=False, preexec_fn=prepare, timeout=300,
    )  # fmt: skip


def assert_one_line(done: "subprocess.CompletedProcess[str]", *words: str) -> None:
    """The command ended with a sentence that a person can act on, and without a traceback."""
    assert done.returncode in (1, 2), done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert any(word in last for word in words), done.stderr


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Makes a file system of so many KB."""
    mounted: list[Path] = []

    def mount(kilobytes: int) -> Path:
        folder = tmp_path / f"disk{len(mounted)}"
        folder.mkdir()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)], capture_output=True, check=False
        )
        if done.returncode:
            pytest.skip("a small disk cannot be mounted here (no root); the limit on file sizes is tried instead")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("kilobytes", [8, 60, 400, 900])
def test_a_full_disk(whole: Path, small_disk: Callable[[int], Path], kilobytes: int) -> None:
    """Captures and database on a disk that fills up; with room again, the same command completes."""
    disk = small_disk(kilobytes)
    job = ("ingest", str(whole / "pages"))
    assert_one_line(command(disk, *job), "disk", "space", "cannot be")
    for _ in read_captures(capture_files(disk / "captures"), on_problem=lambda problem: pytest.fail(str(problem))):
        pass  # every record that is there is whole
    subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
    assert command(disk, *job).returncode == 0
    assert faults(disk) == []
    assert content(disk) == content(whole)


@pytest.mark.parametrize("kilobytes", [4, 40, 300])
def test_files_that_may_not_grow(whole: Path, tmp_path: Path, kilobytes: int) -> None:
    limit = kilobytes * KILOBYTE
    job = ("ingest", str(whole / "pages"))
    done = command(tmp_path, *job, prepare=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    assert_one_line(done, "disk", "too large", "cannot be")
    assert command(tmp_path, *job).returncode == 0
    assert faults(tmp_path) == []
    assert content(tmp_path) == content(whole)


def test_a_full_disk_during_a_rebuild(archive: Path, whole: Path) -> None:
    limit = 100 * KILOBYTE
    done = command(archive, "rebuild", prepare=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    assert_one_line(done, "disk", "cannot be")
    assert content(archive) == content(whole)
    assert command(archive, "rebuild").returncode == 0
    assert (faults(archive), content(archive)) == ([], content(whole))


def test_half_a_record_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fills up within a record: the file ends with the record before, and goes on with the one after."""
    body = os.urandom(200_000)
    with CaptureWriter(tmp_path, "crawl") as writer:
        writer.write(Capture("http://a.example/1", "2026-01-01T08:00:00Z", b"<p>1"))
        (file,) = capture_files(tmp_path)
        before = file.stat().st_size
        old = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (before + 50_000, old[1]))
        try:
            with pytest.raises(CaptureError, match="cannot be written"):
                writer.write(Capture("http://a.example/2", "2026-01-01T08:00:00Z", body))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, old)
        assert file.stat().st_size == before
        writer.write(Capture("http://a.example/3", "2026-01-01T08:00:00Z", b"<p>3"))
    assert [one.url[-1] for one in read_captures([file])] == ["1", "3"]


def test_a_record_is_on_the_disk_before_its_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order of calls: the record is written, the disk has it, then the transaction of its row begins."""
    calls: list[str] = []
    for name, module, attribute in (
        ("sync", durable.os, "fsync"),
        ("row", store_module, "insert_capture"),
    ):
        real = getattr(module, attribute)
        monkeypatch.setattr(module, attribute, _noting(calls, name, real))
    (tmp_path / "a.html").write_text("<p>Hanke</p>" * 20, "utf-8")
    ingest([tmp_path / "a.html"], db_path=tmp_path / "a.db", captures=tmp_path / "captures")
    # The head of the file and the folder that names it, then the page's records, then the row.
    assert calls == ["sync", "sync", "sync", "row"]
    db = open_archive(tmp_path / "a.db")
    assert db.execute("PRAGMA synchronous").fetchone() == (1,)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def _noting(calls: list[str], name: str, real: Callable[..., object]) -> Callable[..., object]:
    def noted(*arguments: object, **options: object) -> object:
        calls.append(name)
        return real(*arguments, **options)

    return noted


def without_privileges() -> None:
    """In the child: a root for whom permissions hold, too (without CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH)."""
    if os.geteuid() == 0:
        for capability in (1, 2):
            assert ctypes.CDLL(None).prctl(24, capability, 0, 0, 0) == 0  # PR_CAPBSET_DROP


@pytest.mark.parametrize("what", ["a.db", "captures", "."])
def test_files_that_may_not_be_written(archive: Path, whole: Path, what: str) -> None:
    (archive / what).chmod(0o555 if (archive / what).is_dir() else 0o444)
    done = command(archive, "ingest", str(whole / "pages"), prepare=without_privileges)
    (archive / what).chmod(0o755)
    assert_one_line(done, "ermission denied", "may not be written", "cannot be")
    assert content(archive) == content(whole)


def test_a_damaged_archive_is_found_and_made_again(archive: Path, whole: Path) -> None:
    """One command makes it again, from the captures alone; the damaged file is kept beside it."""
    db = archive / "a.db"
    body = bytearray(db.read_bytes())
    body[4_096:60_000] = os.urandom(60_000 - 4_096)
    db.write_bytes(bytes(body))
    done = command(archive, "verify")
    assert done.returncode == 1
    assert "rebuild" in done.stdout
    for job in (("search", "hanke"), ("status",), ("export", "records"), ("backup", str(archive / "b.db"))):
        done = subprocess.run(
            [sys.executable, "hankearkisto.py", *job, "--db", str(archive / "a.db")],
            capture_output=True, text=True, cwd=ROOT, check=False,
        )  # fmt: skip
        assert_one_line(done, "damaged")
    assert command(archive, "rebuild").returncode == 0
    assert (faults(archive), content(archive)) == ([], content(whole))
    assert [path.name for path in archive.glob("a.db.damaged")] == ["a.db.damaged"]


@pytest.mark.parametrize("size", [0, 50, 4_096, 30_000])
def test_an_archive_that_was_cut_off(archive: Path, whole: Path, size: int) -> None:
    os.truncate(archive / "a.db", size)
    done = command(archive, "rebuild")
    assert done.returncode == 0, done.stderr
    assert (faults(archive), content(archive)) == ([], content(whole))


def test_a_backup_is_put_back(archive: Path, whole: Path) -> None:
    backup(archive / "a.db", archive / "b.db")
    (archive / "a.db").write_bytes(b"\x00" * 100_000)
    (archive / "b.db").replace(archive / "a.db")
    assert (faults(archive), content(archive)) == ([], content(whole))


@pytest.mark.parametrize("keep", [0, 20, 300, 4_000])
def test_captures_that_were_cut_off(archive: Path, keep: int) -> None:
    (file,) = capture_files(archive / "captures")
    os.truncate(file, min(keep, file.stat().st_size - 1))
    out = io.StringIO()
    assert verify(archive / "a.db", archive / "captures", out) > 0
    assert f"{file.name}" in out.getvalue()


def test_a_byte_that_flips_in_a_capture(archive: Path) -> None:
    """Every tenth of the file in turn: found by verify, never a traceback, and the other captures are read.

    Six bytes of a gzip member's head (its time, its system) are under no checksum: where the flip hits one of those,
    every capture must be read as if nothing had been.
    """
    (file,) = capture_files(archive / "captures")
    body, before = file.read_bytes(), list(read_captures([file]))
    found = 0
    for tenth in range(10):
        at = len(body) * tenth // 10 + 30
        file.write_bytes(body[:at] + bytes([body[at] ^ 0x55]) + body[at + 1 :])
        is_found = verify(archive / "a.db", archive / "captures", io.StringIO()) > 0
        read = list(read_captures([file], on_problem=lambda _problem: None))
        assert len(read) >= PAGES - 2 if is_found else read == before
        found += is_found
    assert found >= 8


def test_two_at_once(archive: Path, whole: Path) -> None:
    with work_lock(archive / "a.db"):
        for job in (("ingest", str(whole / "pages")), ("rebuild",), ("forget", "--email", "a@b.example")):
            done = command(archive, *job)
            assert_one_line(done, str(os.getpid()))
    with work_lock(archive / "a.db"), pytest.raises(BusyError), work_lock(archive / "a.db"):
        pass


def test_a_reader_with_a_long_transaction(archive: Path, whole: Path, tmp_path: Path) -> None:
    """It sees what it saw at its beginning, and the writer neither waits nor fails."""
    reader = connect(archive / "a.db")
    reader.execute("BEGIN")
    before = reader.execute("SELECT count(*) FROM captures").fetchone()
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "uusi.html").write_text("<h1>Uusi hanke</h1>" + "<p>Hankkeen teksti.</p>" * 20, "utf-8")
    started = time.monotonic()
    done = command(archive, "ingest", str(tmp_path / "new"))
    assert (done.returncode, time.monotonic() - started < 60) == (0, True)
    assert reader.execute("SELECT count(*) FROM captures").fetchone() == before
    assert command(archive, "rebuild").returncode in (0, 2)
    reader.execute("COMMIT")
    assert reader.execute("SELECT count(*) FROM captures").fetchone() == (before[0] + 1,)
    reader.conn.close()
    assert command(archive, "rebuild").returncode == 0
    assert faults(archive) == []
    assert not list(archive.glob("*.rebuild*"))
