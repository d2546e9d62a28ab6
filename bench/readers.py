"""Two hundred readers at once while an archive is written: errors, waiting times, memory.

    python -m bench.readers [--readers 200] [--seconds 20]

Alone on its machine the figures are waiting times; on a busy one only errors and memory mean something.
"""

import argparse
import asyncio
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

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


async def browse(number: int, figures: Figures, until: float) -> None:
    """One reader: a page, a second of reading, the next page."""
    while time.perf_counter() < until:
        await read(PATHS[number % len(PATHS)], figures)
        number += 1
        await asyncio.sleep(1.0)


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


async def measure(readers: int, seconds: float, folder: Path) -> tuple[Figures, int]:
    """Let the readers read for some seconds; the writing goes on beside them."""
    figures, until = Figures(), time.perf_counter() + seconds
    writing = asyncio.get_running_loop().run_in_executor(None, write, folder, until)
    await asyncio.gather(*(browse(number, figures, until) for number in range(readers)))
    return figures, await writing


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.readers", description=__doc__)
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = sample.build(Path(name)).parent
        (folder / "pages").mkdir()
        serve = [sys.executable, "hankearkisto.py", "serve", "--port", str(PORT), "--db", str(folder / "archive.db")]
        served = subprocess.Popen(serve, cwd=ROOT, stderr=subprocess.DEVNULL)
        try:
            _wait()
            figures, written = asyncio.run(measure(options.readers, options.seconds, folder))
            status = Path(f"/proc/{served.pid}/status").read_text("ascii")
        finally:
            served.terminate()
            served.wait(20)
    waits = sorted(figures.waits)
    peak = re.search(r"VmHWM:\s+(\d+)", status)
    print(f"{options.readers} readers, {len(waits)} pages, written {written} times: {dict(figures.answers)}")
    print(f"median {statistics.median(waits) * 1000:.0f} ms, p99 {waits[len(waits) * 99 // 100] * 1000:.0f} ms")
    print(f"memory of the server {int(peak[1]) // 1024 if peak else 0} MB at most")


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
