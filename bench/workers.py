"""Reading in many processes, and what a process holds: time against one worker, memory against a tenth of the pages.

python -m bench.workers
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import psutil

from archive.capture import Capture
from bench import Ratio, peak_mb
from bench.warcs import capture
from pipelines.pool import process_all, process_batch

_SOME, _MANY = 120, 1_200
_FEW_KEPT, _MANY_KEPT = 200, 100_000
LEAST_GAIN, MOST_MB = 1.85, 300


def run(full: bool) -> list[Ratio]:
    """Pages a second of 1 and 2 workers, and the resident memory of one; ``full`` reads 100,000 pages for it."""
    number = _MANY if full else _SOME
    (one_wall, one_busy), (two_wall, two_busy) = (_seconds(number, workers) for workers in (1, 2))
    wall = f"1 worker; {number} pages; wall-clock, on {os.cpu_count()} cores that other work may share"
    busy = "1 worker; processor time of all processes: what two free cores would give"
    least = f"higher is better, at least {LEAST_GAIN}"
    pages = _MANY_KEPT if full else _FEW_KEPT
    after, before = (_resident_mb(count) for count in (pages, pages // 10))
    kept = f"after {pages // 10:,} pages; after {pages:,}; lower is better, at most {MOST_MB} MB and 1.1"
    return [
        _gain("2 workers", number / two_wall, number / one_wall, f"{wall}; {least}"),
        _gain("2 workers, by processor time", 2 * number / two_busy, number / one_busy, f"{busy}; {least}"),
        Ratio("memory of a worker", after, before, "MB", after / before, kept),
    ]


def _gain(name: str, two: float, one: float, note: str) -> Ratio:
    return Ratio(name, two, one, "pages/s", two / one, note)


def _seconds(number: int, workers: int) -> tuple[float, float]:
    """Seconds of wall-clock and of processor time for all pages, once every worker has read its first ones."""
    results = process_all(_captures(number + 32 * workers), workers)
    for _ in range(32 * workers):
        next(results)
    start, busy = time.perf_counter(), _busy()
    for _ in range(number):
        next(results)
    found = time.perf_counter() - start, _busy() - busy
    results.close()  # type: ignore[attr-defined]  # it is a generator
    return found


def _busy() -> float:
    """Processor seconds of this process and all that it started, workers of the fork server among them."""
    this = psutil.Process()
    times = [process.cpu_times() for process in (this, *this.children(recursive=True))]
    return sum(one.user + one.system for one in times)


def _captures(number: int) -> Iterator[Capture]:
    return (capture(page) for page in range(number))


def _resident_mb(pages: int) -> float:
    command = [sys.executable, "-m", "bench.workers", str(pages)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Print the largest resident memory after so many pages, or what `run` measures."""
    if len(sys.argv) > 1:
        for one in _captures(int(sys.argv[1])):
            process_batch([one])
        print(peak_mb())
        return
    for ratio in run(full=False):
        print(ratio)


if __name__ == "__main__":
    main()
