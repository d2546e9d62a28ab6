"""Where a rebuild's captures are read: in processes here, or by the workers of a cluster. Both give the same."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from archive.capture import Capture
from archive.capture_files import read_stored
from archive.capture_reader import CaptureProblem
from pipelines.cluster import Cluster, read_on_cluster
from pipelines.flow import Flow
from pipelines.pool import Result, Task, process_all
from pipelines.report import progress, say
from pipelines.resume import Place, stored_places
from pipelines.shard_lines import Entry

Results = Iterator[tuple[Capture, Result]]


def read_all(
    flow: Flow, files: Sequence[Path], workers: int, cluster: Cluster | None = None, task: Task | None = None
) -> Results:
    """Every capture that is not stored yet with what it says, in order; damaged records are reported to ``flow``.

    With a ``cluster`` its workers read, else ``workers`` processes here. ``task`` is for tests, see `pipelines.pool`.
    """
    if cluster:
        yield from _read_there(flow, files, cluster, task)
    else:
        share = _shares(files)
        captures = progress(_captures(flow, files), "reading captures", share=lambda one: share(*_where(one)))
        yield from process_all(captures, workers, task, flow.tombstones)


def _captures(flow: Flow, files: Sequence[Path]) -> Iterator[Capture]:
    done = stored_places(flow.db)
    for path in files:
        for stored in read_stored(path, lambda problem: report_problem(flow, problem)):
            if stored.page and _where(stored.capture) not in done:
                yield stored.capture


def _read_there(flow: Flow, files: Sequence[Path], cluster: Cluster, task: Task | None) -> Results:
    done = stored_places(flow.db)
    entries = read_on_cluster(cluster, files, flow.tombstones, task)
    share = _shares(files)
    for entry in progress(entries, "taking records", share=lambda one: share(*_where(one))):
        if isinstance(entry, CaptureProblem):
            report_problem(flow, entry)
        elif _where(entry) not in done:
            yield entry


def _where(entry: Capture | Entry) -> Place:
    """The file and offset of a capture or a damaged record."""
    if isinstance(entry, CaptureProblem):
        return entry.file, entry.offset
    capture = entry if isinstance(entry, Capture) else entry[0]
    return capture.warc_file or "", capture.warc_offset or 0


def report_problem(flow: Flow, problem: CaptureProblem) -> None:
    """Say and keep that a record is damaged."""
    say(f"{problem.file}, byte {problem.offset}: {problem.reason}")
    flow.report(problem.file, "capture", f"byte {problem.offset}: {problem.reason}")


def _shares(files: Sequence[Path]) -> Callable[[str, int], float]:
    """Tells by a place which share of all bytes (0..1) lies before it; within a WACZ all is at its beginning."""
    before: dict[str, int] = {}
    total = 0
    for path in files:
        before[path.name] = total
        total += path.stat().st_size

    def share(file: str, offset: int) -> float:
        name, is_member, _ = file.partition("!")
        return (before.get(name, 0) + (0 if is_member else offset)) / max(1, total)

    return share
