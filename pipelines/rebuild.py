"""Rebuild: the archive made again from its captures alone, compared with the old one, and put in its place."""

import sqlite3
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TextIO

from sqlite_utils import Database

from archive.backup import damage_of
from archive.capture import Capture
from archive.captures import capture_files
from archive.errors import ArchiveError, CaptureError
from archive.files import remove_archive, set_aside, unfinished_path
from archive.lock import work_lock
from archive.places import remove_folder
from archive.runs import start_run
from archive.schema import connect, open_archive, transaction
from archive.tombstones import read_file
from pipelines.cluster import Cluster
from pipelines.differences import print_differences
from pipelines.flow import Flow, Summary
from pipelines.forget import settle_anywhere
from pipelines.garbage import collecting_seldom
from pipelines.keep import keep_crawl_state, keep_sightings
from pipelines.pack import pack
from pipelines.pool import Result, Task
from pipelines.rebuild_reading import Results, read_all
from pipelines.report import say
from pipelines.resume import forget_reports, mark_rebuild, state_digest, unfinished_run, unmark_rebuild

# Captures in one transaction: storing is several times faster, and a kill costs no more than reading these again.
_BATCH = 200


@collecting_seldom()
def rebuild(  # noqa: PLR0913 - the options of the command line
    db_path: Path,
    captures: Path,
    *,
    workers: int = 1,
    cluster: Cluster | None = None,
    out: TextIO,
    task: Task | None = None,
) -> Summary:
    """Make the archive again, print on ``out`` which values differ, and put the new one in the old one's place.

    The old archive serves readers until the new one is complete. What was done when a rebuild ended early is kept
    beside it, and the next one goes on from there. The result is the same for any number of ``workers`` (processes),
    and for a ``cluster`` that reads in their place. Raises CaptureError where there are no captures, ArchiveError where
    another process works on the archive. ``task`` is for tests, see `pipelines.pool`.
    """
    files = capture_files(captures)
    if not files:
        raise CaptureError(f"no captures in {captures}")
    with work_lock(db_path):
        old = _open_old(db_path)
        if old:
            settle_anywhere(old, captures)
        new_path = unfinished_path(db_path)
        new, flow = _begin(new_path, db_path, old, captures)
        try:
            _fill(flow, read_all(flow, files, workers, cluster, task))
            summary = _complete(flow, old, db_path, workers)
            if old:
                print_differences(old, new, out)
            _put_in_place(new, new_path, db_path)
        finally:
            new.conn.close()
        remove_archive(new_path)
        if cluster:
            remove_folder(cluster.shards)
    return summary


def _open_old(path: Path) -> Database | None:
    """The archive as it is; a damaged one is put aside, and the new one is made of the captures alone."""
    if not path.exists():
        return None
    if damage := damage_of(path):
        aside = set_aside(path)
        say(f"{path} is damaged ({damage}): kept as {aside}")
        say("the new archive is made of the captures alone: runs, dates of visits and imported registers begin anew")
        return None
    return open_archive(path)


def _begin(new_path: Path, db_path: Path, old: Database | None, captures: Path) -> tuple[Database, Flow]:
    """The new archive, with what a rebuild that was killed has stored in it if that is still of use."""
    digest = state_digest(capture_files(captures), old)
    if new_path.exists() and not damage_of(new_path):
        new = open_archive(new_path)
        run = unfinished_run(new, digest)
        if run is not None:
            say("going on with a rebuild that was interrupted")
            forget_reports(new, run)
            return new, Flow(new, "rebuild", run_id=run)
        new.conn.close()
    remove_archive(new_path)
    new = open_archive(new_path, create=True)
    if old:
        keep_crawl_state(new, db_path)
    read_file(new, captures)
    with transaction(new):
        run = start_run(new, "rebuild")
        mark_rebuild(new, digest, run)
    return new, Flow(new, "rebuild", run_id=run)


def _fill(flow: Flow, results: Results) -> None:
    while batch := list(islice(results, _BATCH)):
        with flow.batch():
            _store(flow, batch)


def _complete(flow: Flow, old: Database | None, db_path: Path, workers: int) -> Summary:
    if old and old["pages"].count and not flow.db["pages"].count:
        raise ArchiveError(f"no capture could be read as a page; {db_path} is left as it is")
    if old:
        keep_sightings(flow.db, db_path)
    summary = flow.finish(workers=workers)
    pack(flow.db)
    unmark_rebuild(flow.db)
    return summary


def _store(flow: Flow, batch: Iterable[tuple[Capture, Result]]) -> None:
    for capture, processed in batch:
        outcome = flow.store(capture, processed)
        if outcome.problem and outcome.action == "failed":
            say(f"{capture.url}: {outcome.problem.message}")


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
