"""How long the portal's pages take while a crawl writes. BENCH=full for a million pages; else a hundred thousand.

Each address is asked many times of a Datasette in this process, with other parameters each time, while another process
writes as a crawl does: twenty pages a transaction, five transactions a second. Printed is the processor time of a
request (other programs do not change it), with the wall time beside it.
"""

import asyncio
import itertools
import multiprocessing
import os
import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from archive.schema import connect, transaction
from bench import Ratio
from bench.portal_archive import make_archive, some_ids
from publish.site import Site, make_datasette

PAGES = {False: 100_000, True: 1_000_000}
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "12"))
GOAL_MS = 150.0
BUSIEST = 12
WARMED = {"busy organisation": BUSIEST, "table of the data area": 3}
WORDS = (
    "hanke",
    "koulutus",
    "projekt",
    "utbildning",
    "nuori työpaja",
    "koulutus rahoitus",
    "S2000",
    '"hankkeen rahoitus"',
)
TX_PAGES, TX_PAUSE_S = 20, 0.2


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of processor time and of wall time of each request to one kind of page."""

    name: str
    processor: list[float]
    wall: list[float]
    bytes: int


def run(full: bool) -> list[Ratio]:
    """The 95th percentile of each kind of page, against the goal."""
    folder = Path(os.environ.get("BENCH_FOLDER", "/tmp"))  # noqa: S108 - gigabytes, wherever the caller has room
    path = folder / f"portal-{PAGES[full]}.db"
    if not path.exists():
        make_archive(path, PAGES[full])
    with _writing(path):
        timings = asyncio.run(_measure(path))
    note = f"ms of processor time, p95, {PAGES[full]:,} pages in the archive while a crawl writes; goal {GOAL_MS:g} ms"
    return [
        Ratio(f"portal {timing.name}", _p95(timing.processor), GOAL_MS, "ms", _p95(timing.processor) / GOAL_MS, note)
        for timing in timings
    ]


def addresses(path: Path) -> dict[str, Iterator[str]]:
    """An endless supply of addresses of each kind of page."""
    ids = some_ids(path, 50)
    rng = random.Random(3)  # noqa: S311 - which pages are asked

    def of(pattern: str, keys: list[str]) -> Iterator[str]:
        return (pattern.format(key) for key in itertools.cycle(rng.sample(keys, len(keys))))

    return {
        "home": itertools.cycle(["/fi", "/sv", "/en"]),
        "search": (f"/fi/search?q={word}" for word in itertools.cycle(WORDS)),
        "search, filters": (f"/sv/search?kind=project&year={year}" for year in itertools.cycle(range(2015, 2026))),
        "search, page 20": (f"/fi/search?q={word}&page=20" for word in itertools.cycle(WORDS[:4])),
        "project": of("/fi/projects/{}", ids["projects"]),
        "call": of("/sv/calls/{}", ids["calls"]),
        "award": of("/en/awards/{}", ids["awards"]),
        "organisation": of("/fi/organisations/{}", ids["organisations"]),
        "busy organisation": of("/fi/organisations/{}", _busiest(path)),
        "archived page": of("/fi/pages/{}", ids["pages"]),
        "calls": itertools.cycle(["/fi/calls", "/sv/calls?lang=sv", "/en/calls?lang=fi"]),
        "changes": (f"/fi/changes?since=2026-{month:02}-01" for month in itertools.cycle(range(1, 12))),
        "organisations": itertools.cycle(["/fi/organisations", "/sv/organisations?from=50"]),
        "organisations by name": (f"/fi/organisations?name=Oppilaitos%20{n}" for n in itertools.count(12)),
        "gone pages": itertools.cycle(["/fi/gone", "/sv/gone?from=100"]),
        "sources": itertools.cycle(["/fi/sources"]),
        "network": itertools.cycle(["/fi/network", "/en/network"]),
        "regions": itertools.cycle(["/fi/regions", "/sv/regions"]),
        "feed of a search": (f"/fi/search.atom?q={word}" for word in itertools.cycle(WORDS)),
        "feed of changes": itertools.cycle(["/fi/changes.atom"]),
        "calendar": itertools.cycle(["/fi/deadlines.ics"]),
        "citation": itertools.cycle(["/fi/cite"]),
        "dictionary": itertools.cycle(["/fi/dictionary"]),
        "data area": itertools.cycle(["/archive"]),
        "table of the data area": itertools.cycle(["/archive/projects", "/archive/facts", "/archive/pages"]),
        "table, filtered": (f"/archive/facts?field={name}" for name in itertools.cycle(["start", "end", "funder"])),
    }  # fmt: skip


async def _measure(path: Path) -> list[Timing]:
    # What a page costs who asks first; the next readers share it.
    datasette = make_datasette(Site(path, shares=False))
    await datasette.invoke_startup()
    timings = []
    for name, found in addresses(path).items():
        # What is counted once a run is counted before: `hankearkisto serve` asks for these pages when it starts.
        for _ in range(WARMED.get(name, 1)):
            await datasette.client.get(next(found))
        timings.append(await _time(datasette, name, found))
        print(_line(timings[-1]), file=sys.stderr, flush=True)
    return timings


async def _time(datasette: Any, name: str, found: Iterator[str]) -> Timing:
    processor, wall, size = [], [], 0
    for _ in range(ROUNDS):
        address = next(found)
        begun, began = time.process_time(), time.perf_counter()
        response = await datasette.client.get(address)
        processor.append(1000 * (time.process_time() - begun))
        wall.append(1000 * (time.perf_counter() - began))
        if response.status_code != 200:
            raise RuntimeError(f"{address}: {response.status_code}")
        size = max(size, len(response.content))
    return Timing(name, processor, wall, size)


def _line(timing: Timing) -> str:
    middle, high = statistics.median(timing.processor), _p95(timing.processor)
    wall = _p95(timing.wall)
    return f"{timing.name:24} p50 {middle:7.1f}  p95 {high:7.1f}  wall p95 {wall:7.1f} ms  {timing.bytes:8} bytes"


def _p95(found: list[float]) -> float:
    return sorted(found)[-(-len(found) * 95 // 100) - 1]


def _busiest(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    sql = f"SELECT organisation_id FROM participations GROUP BY 1 ORDER BY count(*) DESC LIMIT {BUSIEST}"  # noqa: S608 - a constant
    found = [key for (key,) in connection.execute(sql)]
    connection.close()
    return found


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """A process that writes like a crawl for as long as the block runs."""
    stop = multiprocessing.Event()
    writer = multiprocessing.Process(target=_write, args=[path, stop])
    writer.start()
    try:
        yield
    finally:
        stop.set()
        writer.join(30)


def _write(path: Path, stop: Event) -> None:
    """Pages that were seen again, and changes of some of them, in short transactions."""
    db = connect(path)
    pages = [key for (key,) in db.execute("SELECT id FROM pages LIMIT 100000")]
    for start in itertools.cycle(range(0, len(pages) - TX_PAGES, TX_PAGES)):
        if stop.is_set():
            break
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        with transaction(db):
            for page in pages[start : start + TX_PAGES]:
                db.execute("UPDATE pages SET last_seen = ? WHERE id = ?", [now, page])
                db.execute(
                    "INSERT INTO captures (page_id, url, captured_at, status, bytes) VALUES (?, ?, ?, 200, 1000)",
                    [page, f"https://x.example/{page}", now],
                )
            db.execute(
                "INSERT INTO changes (page_id, field, old, new, seen_at) VALUES (?, 'end', '2026', '2027', ?)",
                [pages[start], now],
            )
        time.sleep(TX_PAUSE_S)
    db.conn.close()
