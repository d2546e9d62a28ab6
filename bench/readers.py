"""Two hundred readers at once while an archive is written: errors, waiting times, memory.

    python -m bench.readers [--readers 200] [--seconds 20] [--think 1] [--apart]

Readers come at any moment and think for about ``--think`` seconds between two pages; with 0 they are machines that ask
again at once. With ``--apart`` no two ask for the same address, so that nothing they are given was made before. Alone
on its machine the figures are waiting times; on a busy one only errors and memory mean something.
"""

import argparse
import asyncio
import itertools
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bench import peak_mb
from tests.publish import sample

ROOT = Path(__file__).parents[1]
PORT = 18_888
PATHS = (
    *("/fi", "/sv", "/fi/search?q=hanke", "/en/calls", "/fi/organisations", "/fi/changes", "/archive/projects.json"),
    "/fi/search?q=opetus",
)
_PAGE = "<html lang='fi'><h1>Hanke {n}</h1><p>Hankkeen toteutusaika on 1.1.2025–31.12.2026.</p></html>"


class Figures:
    """What the readers met: waiting times (seconds) and answers by status or error."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self.answers: Counter[str] = Counter()


async def read(path: str, figures: Figures) -> None:
    """One page, over a connection of its own."""
    started = time.perf_counter()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        head = await reader.readline()
        await reader.read()
        writer.close()
        figures.answers[head.split()[1].decode()] += 1
    except (OSError, IndexError) as error:
        figures.answers[type(error).__name__] += 1
    figures.waits.append(time.perf_counter() - started)


@dataclass(frozen=True, slots=True)
class Habits:
    """How readers read: ``think`` seconds on average between pages; ``apart``: never an address that another asks."""

    readers: int
    think: float
    apart: bool


async def browse(number: int, habits: Habits, figures: Figures, until: float) -> None:
    """One reader: a page, a time of reading, the next page."""
    chance = random.Random(number)  # noqa: S311 - no secret
    await asyncio.sleep(chance.uniform(0, habits.think))
    for step in itertools.count(number):
        if time.perf_counter() >= until:
            break
        path = PATHS[step % len(PATHS)]
        await read(_apart(path, number, step) if habits.apart else path, figures)
        await asyncio.sleep(chance.uniform(0.5, 1.5) * habits.think)


def _apart(path: str, number: int, step: int) -> str:
    """The same page under an address of its own: neither the portal nor Datasette looks at such a parameter."""
    return f"{path}{'&' if '?' in path else '?'}_reader={number}-{step}"


def write(folder: Path, until: float) -> int:
    """Ingest again and again while the readers read; returns how often."""
    times = 0
    while time.perf_counter() < until:
        for n in range(20):
            (folder / "pages" / f"{n}.html").write_text(_PAGE.format(n=f"{times}-{n}"), "utf-8")
        _run(
            "ingest", str(folder / "pages"), "--db", str(folder / "archive.db"), "--captures", str(folder / "captures")
        )
        times += 1
    return times


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, "hankearkisto.py", *arguments], cwd=ROOT, check=True, capture_output=True)


async def measure(habits: Habits, seconds: float, folder: Path) -> tuple[Figures, int]:
    """Let the readers read for some seconds; the writing goes on beside them."""
    figures, until = Figures(), time.perf_counter() + seconds
    writing = asyncio.get_running_loop().run_in_executor(None, write, folder, until)
    await asyncio.gather(*(browse(number, habits, figures, until) for number in range(habits.readers)))
    return figures, await writing


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.readers", description=__doc__)
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--think", type=float, default=1.0)
    parser.add_argument("--apart", action="store_true")
    options = parser.parse_args()
    habits = Habits(options.readers, options.think, options.apart)
    with tempfile.TemporaryDirectory() as name:
        folder = sample.build(Path(name)).parent
        (folder / "pages").mkdir()
        serve = [sys.executable, "hankearkisto.py", "serve", "--port", str(PORT), "--db", str(folder / "archive.db")]
        served = subprocess.Popen(serve, cwd=ROOT, stderr=subprocess.DEVNULL)
        try:
            _wait()
            figures, written = asyncio.run(measure(habits, options.seconds, folder))
            memory = peak_mb(served.pid)
        finally:
            served.terminate()
            served.wait(20)
    waits = sorted(figures.waits)
    print(f"{options.readers} readers, {len(waits)} pages, written {written} times: {dict(figures.answers)}")
    print(f"median {statistics.median(waits) * 1000:.0f} ms, p99 {waits[len(waits) * 99 // 100] * 1000:.0f} ms")
    print(f"memory of the server {memory:.0f} MB at most")


def _wait() -> None:
    """Until the server answers every kind of page, so that nobody pays for loading dictionaries."""
    for _ in range(300):
        figures = Figures()
        for path in PATHS:
            asyncio.run(read(path, figures))
        if figures.answers == {"200": len(PATHS)}:
            return
        time.sleep(0.3)
    raise SystemExit("the server did not come up")


if __name__ == "__main__":
    main()
