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
import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import Ratio, peak_mb
from bench.beside import Beside
from bench.crawling_server import counters

CONNECTIONS = 16
CORES = 2
TARGETS = {"first crawl": 0.5, "re-crawl": 0.9}


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


def _clocks() -> tuple[float, float]:
    return time.process_time(), time.perf_counter()


def _tell(started: tuple[float, float], actions: dict[str, int] | None = None, beside: Beside | None = None) -> None:
    own, seconds = (round(now - then, 2) for now, then in zip(_clocks(), started, strict=True))
    others = list(beside.cpu.values()) if beside else []
    cpu = max(own, *others, (own + sum(others)) / CORES)
    memory = round(max(peak_mb(), *(beside.memory_mb.values() if beside else ()), 0.0))
    figures = {"own": own, "beside": round(sum(others), 2), "cpu": round(cpu, 2)}
    print(json.dumps({**figures, "seconds": seconds, "memory_mb": memory, "actions": actions}))


def _measure(port: int, *arguments: str) -> dict[str, float]:
    before = counters(port)
    done = subprocess.run(
        [sys.executable, "-m", "bench.crawling", *arguments], check=True, capture_output=True, text=True
    )
    after = counters(port)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    found["requests"] = after["requests"] - before["requests"] - 1
    found["bytes"] = after["bytes"] - before["bytes"]
    found["rate"] = round(found["requests"] / found["cpu"], 1)
    found["wall_rate"] = round(found["requests"] / found["seconds"], 1)
    print(f"{' '.join(arguments[:3])}: {found}", file=sys.stderr)
    return found


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
    server = subprocess.Popen([sys.executable, "-m", "bench.crawling_server", str(pages), str(port)])
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
    if mode == "bare":
        bare(int(first), port, conditional=options.conditional)
    else:
        ours(Path(first), port, everything=options.all)
    return 0


if __name__ == "__main__":
    sys.exit(main())
