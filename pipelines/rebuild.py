"""Rebuild: the archive made again from its captures alone, compared with the old one, and put in its place."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from sqlite_utils import Database

from archive.capture import Capture
from archive.captures import CaptureProblem, capture_files, read_stored
from archive.errors import ArchiveError, CaptureError
from archive.lock import work_lock
from archive.schema import connect, open_archive
from pipelines.differences import print_differences
from pipelines.flow import Flow, Summary
from pipelines.keep import keep_crawl_state, keep_sightings
from pipelines.pool import Task, process_all
from pipelines.report import progress, say


def rebuild(db_path: Path, captures: Path, *, workers: int, out: TextIO, task: Task | None = None) -> Summary:
    """Make the archive again, print on ``out`` which values differ, and put the new one in the old one's place.

    The old archive serves readers until the new one is complete, and is left as it is if anything fails. The result
    is the same for any number of ``workers`` (processes). Raises CaptureError where there are no captures, ArchiveError
    where another process works on the archive. ``task`` is for tests, see `pipelines.pool`.
    """
    files = capture_files(captures)
    if not files:
        raise CaptureError(f"no captures in {captures}")
    new_path = db_path.with_name(f"{db_path.name}.rebuild")
    with work_lock(db_path):
        _remove(new_path)
        old = open_archive(db_path) if db_path.exists() else None
        new = open_archive(new_path, create=True)
        try:
            if old:
                keep_crawl_state(new, db_path)
            flow = Flow(new, "rebuild")
            _fill(flow, files, workers, task)
            if old:
                keep_sightings(new, db_path)
            summary = flow.finish()
            if old:
                print_differences(old, new, out)
            _put_in_place(new, new_path, db_path)
        finally:
            new.conn.close()
            _remove(new_path)
    return summary


def _fill(flow: Flow, files: list[Path], workers: int, task: Task | None) -> None:
    captures = progress(_pages(files, flow), "reading captures")
    for capture, processed in process_all(captures, workers, task):
        outcome = flow.store(capture, processed)
        if outcome.problem and outcome.action == "failed":
            say(f"{capture.url}: {outcome.problem.message}")


def _pages(files: list[Path], flow: Flow) -> Iterator[Capture]:
    def damaged(problem: CaptureProblem) -> None:
        say(f"{problem.file}, byte {problem.offset}: {problem.reason}")
        flow.report(problem.file, "capture", f"byte {problem.offset}: {problem.reason}")

    for path in files:
        yield from (stored.capture for stored in read_stored(path, damaged) if stored.page)


def _put_in_place(new: Database, new_path: Path, db_path: Path) -> None:
    """Copy the new archive into the old file: its readers see the old content or the new, never a mixture.

    Replacing the file itself would leave a running server with the old one, or with a mixture of both.
    """
    try:
        target = connect(db_path)
        new.conn.backup(target.conn)
        target.conn.close()
    except sqlite3.Error as error:
        raise ArchiveError(f"{db_path} cannot be replaced by {new_path}: {error}") from error


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
