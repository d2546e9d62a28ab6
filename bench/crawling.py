"""Crawling against a bare Scrapy spider, on loopback, in one run: ratios, because machines differ.

    python -m bench.crawling [--pages 2000]

1. First crawl with all pipelines: pages a second against a bare spider that fetches the same pages and reads links.
2. Unchanged re-crawl: requests a second against a bare spider that sends the same conditional requests; bytes sent by
   the server against those of the first crawl.
Each crawl is a process of its own; the server is another. A first crawl reads in processes beside it, a bare spider has
one process. Rates are requests a second of the processor time that two cores need (modules and vocabularies loaded
before): that of the busiest process, or half of all together where that is more. So would a machine do that has nothing
else to do; the rates by wall-clock, server and other work included, are given too. Memory is the largest resident size
of any process.
"""

import argparse
import asyncio
import json
import os
import re
import resource
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Self

from bench import Ratio
from bench.facts import PAGES, framed

CONNECTIONS = 16
CORES = 2
TARGETS = {"first crawl": 0.5, "re-crawl": 0.9}
_TEXTS = 200


@cache
def _texts() -> tuple[str, ...]:
    return tuple(path.read_text() for path in sorted(PAGES.glob("*.txt"))[:_TEXTS])


def page(number: int, pages: int) -> bytes:
    """A golden page in a usual page's frame (about 85 kB), with a number of its own and a link to the next one."""
    link = f"<p>Sivu {number}, <a href='/hanke/{(number + 1) % pages}'>seuraava</a></p></article>"
    return framed(_texts()[number % len(_texts())], number).replace(b"</article>", link.encode())


async def serve(pages: int, port: int) -> None:
    """Answer GET as fast as Python can; /counters tells requests and bytes so far."""
    bodies = [page(number, pages) for number in range(pages)]
    listing = "".join(f"<a href='/hanke/{n}'>{n}</a>\n" for n in range(pages)).encode()
    counters = {"requests": 0, "bytes": 0}

    def answer(path: str, head: str) -> bytes:
        if path == "/counters":
            return _response(200, json.dumps(counters).encode())
        name, _, number = path.rpartition("/")
        tag = f'"{path}"'
        if f"if-none-match: {tag}" in head.lower():
            return _response(304, b"", tag)
        if name == "/hanke" and number.isdecimal() and int(number) < pages:
            return _response(200, bodies[int(number)], tag)
        return _response(200, listing, tag) if path == "/" else _response(404, b"")

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode("latin-1"):
                sent = answer(head.split(" ", 2)[1], head)
                counters["requests"] += 1
                counters["bytes"] += len(sent)
                writer.write(sent)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


def _response(status: int, body: bytes, tag: str = '""') -> bytes:
    lines = (f"HTTP/1.1 {status} X", f"ETag: {tag}", "Content-Type: text/html", f"Content-Length: {len(body)}", "", "")
    return "\r\n".join(lines).encode() + body


def bare(pages: int, port: int, *, conditional: bool) -> None:
    """A spider without anything of ours; prints its seconds from the first request on."""
    import scrapy  # noqa: PLC0415 - each process loads what it measures
    from scrapy.crawler import AsyncCrawlerProcess  # noqa: PLC0415

    class BareSpider(scrapy.Spider):
        name = "bare"
        custom_settings = {  # noqa: RUF012 - Scrapy's own way
            "CONCURRENT_REQUESTS": CONNECTIONS,
            "CONCURRENT_REQUESTS_PER_DOMAIN": CONNECTIONS,
            "ROBOTSTXT_OBEY": True,
            "LOG_ENABLED": False,
            "HTTPERROR_ALLOW_ALL": True,
        }

        async def start(self):  # type: ignore[no-untyped-def]
            for number in range(pages):
                tag = {"If-None-Match": f'"/hanke/{number}"'} if conditional else {}
                yield scrapy.Request(f"http://127.0.0.1:{port}/hanke/{number}", headers=tag)

        def parse(self, response):  # type: ignore[no-untyped-def]
            if response.status == 200:
                yield {"title": response.css("h1::text").get(), "links": response.css("a::attr(href)").getall()}

    started = _clocks()
    process = AsyncCrawlerProcess()
    process.crawl(BareSpider)
    process.start()
    _tell(started)


def ours(folder: Path, port: int, *, everything: bool) -> None:
    """The whole crawl, with WARC, extraction, linking and index."""
    import pipelines.warm  # noqa: F401, PLC0415 - loaded before the clock starts, like Scrapy in the other process
    from crawlers.run import crawl  # noqa: PLC0415 - each process loads what it measures

    (folder / "bench.yml").write_text(
        f"id: bench\nname: Bench\nspider: site\nstart: ['http://127.0.0.1:{port}/']\nkeep: ['/hanke/']\nevery: 7d\n"
        f"delay: 0\nconnections: {CONNECTIONS}\nprivate: true\nbudget: 10000000\n"
    )
    started = _clocks()
    with Beside() as beside:
        summary = crawl(sources=folder / "bench.yml", db=folder / "a.db", captures=folder / "captures", all=everything)
    _tell(started, dict(summary.actions), beside)


class Beside(Thread):
    """Watches the processes of this one's group: their processor time and memory, by process."""

    def __init__(self) -> None:
        """Become the leader of a group of our own."""
        super().__init__(daemon=True)
        os.setpgrp()
        self._done = Event()
        self.cpu: dict[str, float] = {}
        self.memory_mb: dict[str, int] = {}

    def __enter__(self) -> Self:
        """Begin to watch."""
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        """Look once more and end."""
        self._done.set()
        self.join()

    def run(self) -> None:
        """Look every half second, for a process that ended cannot be asked."""
        while not self._done.wait(0.5):
            for folder in Path("/proc").glob("[0-9]*"):
                with suppress(OSError):
                    self._look(folder)

    def _look(self, folder: Path) -> None:
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
        if int(fields[2]) != os.getpgrp() or int(folder.name) == os.getpid():
            return
        self.cpu[folder.name] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        peak = re.search(r"VmHWM:\s+(\d+)", (folder / "status").read_text())
        self.memory_mb[folder.name] = int(peak[1]) // 1024 if peak else 0


def _clocks() -> tuple[float, float]:
    return time.process_time(), time.perf_counter()


def _tell(started: tuple[float, float], actions: dict[str, int] | None = None, beside: Beside | None = None) -> None:
    own, seconds = (round(now - then, 2) for now, then in zip(_clocks(), started, strict=True))
    others = list(beside.cpu.values()) if beside else []
    cpu = max(own, *others, (own + sum(others)) / CORES)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    memory = max(memory, *(beside.memory_mb.values() if beside else ()), 0)
    figures = {"own": own, "beside": round(sum(others), 2), "cpu": round(cpu, 2)}
    print(json.dumps({**figures, "seconds": seconds, "memory_mb": memory, "actions": actions}))


def _measure(port: int, *arguments: str) -> dict[str, float]:
    before = _counters(port)
    done = subprocess.run(
        [sys.executable, "-m", "bench.crawling", *arguments], check=True, capture_output=True, text=True
    )
    after = _counters(port)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    found["requests"] = after["requests"] - before["requests"] - 1
    found["bytes"] = after["bytes"] - before["bytes"]
    found["rate"] = round(found["requests"] / found["cpu"], 1)
    found["wall_rate"] = round(found["requests"] / found["seconds"], 1)
    print(f"{' '.join(arguments[:3])}: {found}", file=sys.stderr)
    return found


def _counters(port: int) -> dict[str, int]:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/counters") as answer:
                return dict(json.load(answer))
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def run(full: bool) -> list[Ratio]:
    """A first crawl and an unchanged re-crawl against a bare spider; ``full`` takes five times the pages."""
    pages = 2_000 if full else 400
    found = measure(pages, _free_port())
    note = f"bare Scrapy 2.19 on loopback; {pages} pages; requests a second of two cores' time, higher is better"
    pairs = (("first crawl", "first", "first_bare"), ("re-crawl", "again", "again_bare"))
    wall = f"bare Scrapy 2.19 on loopback; {pages} pages; by wall-clock, beside the server and whatever else runs"
    rates = [
        one
        for name, ours, theirs in pairs
        for one in (
            _rates(name, found[ours], found[theirs], f"{note}, at least {TARGETS[name]}"),
            _rates(f"{name}, by wall-clock", found[ours], found[theirs], wall, "wall_rate"),
        )
    ]
    ours, theirs = found["again"]["bytes"] / 1_000, found["first"]["bytes"] / 1_000
    note = f"the first crawl; {pages} pages; lower is better, under 0.01"
    memory, bare_memory = found["first"]["memory_mb"], found["first_bare"]["memory_mb"]
    of_memory = f"bare Scrapy; {pages} pages; lower is better, under 400 MB"
    return [
        *rates,
        Ratio("bytes of an unchanged re-crawl", ours, theirs, "kB", ours / theirs, note),
        Ratio(
            "memory of a first crawl",
            memory,
            bare_memory,
            "MB",
            memory / bare_memory,
            of_memory,
        ),
    ]


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _rates(name: str, ours: dict[str, float], theirs: dict[str, float], note: str, rate: str = "rate") -> Ratio:
    return Ratio(name, ours[rate], theirs[rate], "requests/s", ours[rate] / theirs[rate], note)


def measure(pages: int, port: int) -> dict[str, dict[str, float]]:
    """Run all four crawls against one server."""
    server = subprocess.Popen([sys.executable, "-m", "bench.crawling", "serve", str(pages), str(port)])
    try:
        with TemporaryDirectory() as folder:
            return {
                "first_bare": _measure(port, "bare", str(pages), str(port)),
                "first": _measure(port, "ours", folder, str(port)),
                "again_bare": _measure(port, "bare", str(pages), str(port), "--conditional"),
                "again": _measure(port, "ours", folder, str(port), "--all"),
            }
    finally:
        server.terminate()


def compare(pages: int, port: int) -> int:
    """Run all four crawls and print their ratios; returns 0 where the targets are met."""
    found = measure(pages, port)
    ratios = {
        "first crawl": round(found["first"]["rate"] / found["first_bare"]["rate"], 3),
        "re-crawl": round(found["again"]["rate"] / found["again_bare"]["rate"], 3),
    }
    share = round(found["again"]["bytes"] / found["first"]["bytes"], 4)
    print(
        json.dumps({"pages": pages, "ratios": ratios, "bytes_share": share, "memory_mb": found["first"]["memory_mb"]})
    )
    return int(any(ratios[name] < least for name, least in TARGETS.items()) or share >= 0.01)


def main() -> int:
    parser = argparse.ArgumentParser(description="Crawling against a bare Scrapy spider.")
    parser.add_argument("mode", nargs="*", help=argparse.SUPPRESS)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--conditional", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--all", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.mode:
        return compare(options.pages, options.port or _free_port())
    mode, first, port = options.mode[0], options.mode[1], int(options.mode[2])
    if mode == "serve":
        asyncio.run(serve(int(first), port))
    elif mode == "bare":
        bare(int(first), port, conditional=options.conditional)
    else:
        ours(Path(first), port, everything=options.all)
    return 0


if __name__ == "__main__":
    sys.exit(main())
