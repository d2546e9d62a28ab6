"""Crawling against a bare Scrapy spider, on loopback, in one run: ratios, because machines differ.

    python -m bench.crawling [--pages 2000]

1. First crawl with all pipelines: pages a second against a bare spider that fetches the same pages and reads links.
2. Unchanged re-crawl: requests a second against a bare spider that sends the same conditional requests; bytes sent by
   the server against those of the first crawl.
Each crawl is a process of its own; the server is another. Rates are requests a second of the crawling process's own
processor time (modules loaded before), so that other work on the machine does not count; wall-clock stands beside it.
Memory is the largest resident size of the crawling process.
"""

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import Ratio

CONNECTIONS = 16
PORT = 8199
TARGETS = {"first crawl": 0.5, "re-crawl": 0.9}
FILLER = (
    "<p>Hankkeessa kehitetään oppilaitosten ja työpaikkojen yhteistyötä: opiskelija saa ohjausta myös työpaikalla. "
    "Toimenpiteet suunnitellaan yhdessä yritysten kanssa, ja tulokset jaetaan avoimina oppimateriaaleina.</p>\n"
)
MENU = "".join(f'<li><a href="/sivut/{n}">Sivu {n}</a></li>\n' for n in range(120))


def page(number: int, pages: int) -> bytes:
    """A project page of a usual size (about 20 kB), with a link to the next one."""
    following = (number + 1) % pages
    return (
        f"<!DOCTYPE html><html lang='fi'><head><title>Hanke {number}</title></head><body><nav><ul>{MENU}</ul></nav>"
        f"<main><h1>Osaava työpaikka {number}</h1><h2>Hankeaika</h2><p>1.3.2024–31.12.2025</p><h2>Rahoittaja</h2>"
        f"<p>Opetushallitus, valtionavustus {100_000 + number} euroa</p>{FILLER * 60}<h2>Kumppanit</h2><ul>"
        "<li>Koulutuskuntayhtymä OSAO</li><li>Tampereen kaupunki</li></ul><h2>Yhteyshenkilö</h2>"
        f"<p>Anna Esimerkki, projektipäällikkö, anna.esimerkki{number}@hanke.example, 050 550 0000</p>"
        f"<a href='/hanke/{following}'>Seuraava hanke</a></main></body></html>"
    ).encode()


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
    import pipelines.extract  # noqa: PLC0415 - loaded before the clock starts, like Scrapy in the other process
    import pipelines.read  # noqa: F401, PLC0415
    from crawlers.run import crawl  # noqa: PLC0415 - each process loads what it measures

    (folder / "bench.yml").write_text(
        f"id: bench\nname: Bench\nspider: site\nstart: ['http://127.0.0.1:{port}/']\nkeep: ['/hanke/']\nevery: 7d\n"
        f"delay: 0\nconnections: {CONNECTIONS}\nprivate: true\nbudget: 10000000\n"
    )
    started = _clocks()
    summary = crawl(sources=folder / "bench.yml", db=folder / "a.db", captures=folder / "captures", all=everything)
    _tell(started, dict(summary.actions))


def _clocks() -> tuple[float, float]:
    return time.process_time(), time.perf_counter()


def _tell(started: tuple[float, float], actions: dict[str, int] | None = None) -> None:
    cpu, seconds = (round(now - then, 2) for now, then in zip(_clocks(), started, strict=True))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"cpu": cpu, "seconds": seconds, "memory_mb": memory, "actions": actions}))


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
    """A first crawl and an unchanged re-crawl against a bare spider; ``full`` takes ten times the pages."""
    pages = 4_000 if full else 400
    found = measure(pages, PORT)
    note = f"bare Scrapy 2.19 on loopback; {pages} pages; requests a second of processor time, higher is better"
    pairs = (("first crawl", "first", "first_bare"), ("re-crawl", "again", "again_bare"))
    rates = [
        _rates(name, found[ours], found[theirs], f"{note}, at least {TARGETS[name]}") for name, ours, theirs in pairs
    ]
    ours, theirs = found["again"]["bytes"] / 1_000, found["first"]["bytes"] / 1_000
    note = f"the first crawl; {pages} pages; lower is better, under 0.01"
    return [*rates, Ratio("bytes of an unchanged re-crawl", ours, theirs, "kB", ours / theirs, note)]


def _rates(name: str, ours: dict[str, float], theirs: dict[str, float], note: str) -> Ratio:
    return Ratio(name, ours["rate"], theirs["rate"], "requests/s", ours["rate"] / theirs["rate"], note)


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
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--conditional", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--all", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.mode:
        return compare(options.pages, options.port)
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
