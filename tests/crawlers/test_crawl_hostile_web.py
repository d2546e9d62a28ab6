"""Everything that a hostile site may answer, in one crawl by the program itself: bounded, counted, and the rest goes on.

The crawl runs in a process of its own, so that its memory can be told: `PEAK_MB` is what all cases together may take.
"""

import gzip
import io
import itertools
import json
import os
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import brotli
import pytest
import yaml
from backports import zstd
from hostile import PAGE, Bench, HostileServer, Reply, Route

ROOT = Path(__file__).parents[2]
# A crawl of two plain pages takes some 150 MB here; Scrapy keeps up to 20 MB of an answer several times over.
PEAK_MB = 1000
SECONDS = 100
MEGABYTE = 1_000_000
# Ten times what may be unpacked.
_BOMB = 200 * MEGABYTE
TEXT = {"Content-Type": "text/html; charset=utf-8"}
# The child shortens what a person would wait for, and nothing else.
CHILD = """
import sys
from pathlib import Path
from crawlers.settings import SETTINGS
SETTINGS.update(DOWNLOAD_TIMEOUT=3, BACKOFF_FIRST_WAIT=0.01)
from crawlers import traps
traps.MOST_LISTINGS_OF_A_SHAPE = 20
from crawlers.run import crawl
folder = Path(sys.argv[1])
summary = crawl(sources=folder / "sources", db=folder / "archive.db", captures=folder / "captures")
import resource
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def _zeros(size: int) -> Iterator[bytes]:
    yield b"<p>"
    yield from itertools.repeat(b"0" * MEGABYTE, size // MEGABYTE)


@cache
def _deflate(size: int, bits: int) -> bytes:
    packer = zlib.compressobj(1, wbits=bits)
    return b"".join(packer.compress(block) for block in _zeros(size)) + packer.flush()


@cache
def _brotli(size: int) -> bytes:
    packer = brotli.Compressor(quality=1)
    return b"".join(packer.process(block) for block in _zeros(size)) + packer.finish()


@cache
def _zstd(size: int) -> bytes:
    packer = zstd.ZstdCompressor()
    return b"".join(packer.compress(block) for block in _zeros(size)) + packer.flush()


def _packed(encoding: str, body: bytes) -> Reply:
    return Reply(body, 200, TEXT | {"Content-Encoding": encoding})


def _script(*pieces: bytes, endless: bytes = b"", pause: float = 0) -> Reply:
    """Bytes on the wire as they are, then one piece again and again."""

    def run(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"".join(pieces))
        until = time.monotonic() + 20
        while endless and time.monotonic() < until:
            handler.wfile.write(endless)
            time.sleep(pause)

    return Reply(script=run)


_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_LOL = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
_SITEMAP = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">%s%s]><urlset><url><loc>%s</loc></url></urlset>'


def _links(number: int) -> str:
    return PAGE.format("Hanke", "".join(f"<a href='/muu/{n}'>{n}</a>" for n in range(number)))


def _tables(depth: int) -> str:
    return PAGE.format("Hanke", "<table><tr><td>" * depth + "Kesto: 2025" + "</td></tr></table>" * depth)


def _pdf(extra: bytes, pages: bytes = b"[3 0 R]", stream: bytes = b"", count: int = 1) -> bytes:
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids%s/Count %d>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9e9 9e9]/Contents 4 0 R%s>>endobj "
        b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj trailer<</Root 1 0 R>>"
        % (pages, count, extra, len(stream), stream)
    )


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


@cache
def _lying_zip() -> bytes:
    """A package whose directory says that its megabytes are 10 bytes."""
    body = bytearray(_zip({"word/document.xml": b"<w>" + b"0" * _BOMB}))
    at = body.rfind(b"PK\x01\x02")
    body[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(body)


@dataclass(frozen=True, slots=True)
class Case:
    """What the server answers, and the class (or state of the page) that the visit gets for it."""

    route: Route
    states: tuple[str, ...]


def _case(route: Route | bytes | str, *states: str) -> Case:
    return Case(route if isinstance(route, Reply) or callable(route) else Reply(route), states)


@cache
def cases(elsewhere: str) -> dict[str, Case]:
    """All cases by path; ``elsewhere`` is a server that must never be asked."""
    size = _BOMB
    return {
        "/hanke/gzip-bomb": _case(_packed("gzip", _deflate(size, 31)), "size"),
        "/hanke/deflate-bomb": _case(_packed("deflate", _deflate(size, 15)), "size"),
        "/hanke/raw-deflate-bomb": _case(_packed("deflate", _deflate(size, -15)), "size"),
        "/hanke/brotli-bomb": _case(_packed("br", _brotli(size)), "size"),
        "/hanke/zstd-bomb": _case(_packed("zstd", _zstd(size)), "size"),
        "/hanke/packed-twice": _case(_packed("gzip, gzip", gzip.compress(_deflate(size, 31))), "size"),
        "/hanke/no-brotli": _case(_packed("br", b"<p>this is no brotli" * 50), "encoding"),
        "/hanke/no-gzip": _case(_packed("gzip", b"\x1f\x8b<p>this is no gzip" * 50), "encoding"),
        "/hanke/no-zstd": _case(_packed("zstd", b"<p>this is no zstd" * 50), "encoding"),
        "/hanke/no-deflate": _case(_packed("deflate", b"<p>this is no deflate" * 50), "encoding"),
        "/hanke/unknown-encoding": _case(_packed("rot13", b"<p>uryyb"), "foreign"),
        "/hanke/endless-headers": _case(_script(_OK, endless=b"X-A: b\r\n" * 1_000), "headers"),
        "/hanke/one-endless-header": _case(_script(_OK, b"X-A: ", endless=b"b" * 60_000), "headers"),
        "/hanke/endless-1xx": _case(_script(endless=b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 500), "headers"),
        "/hanke/slow-headers": _case(_script(_OK, endless=b"X: y\r\n", pause=0.2), "timeout"),
        "/hanke/endless-body": _case(_script(_OK, b"\r\n", endless=b"x" * MEGABYTE), "size"),
        "/hanke/huge-chunk": _case(_script(_OK, b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", b"x" * 99), "dropped", "timeout"),
        "/hanke/negative-length": _case(_script(_OK, b"Content-Length: -5\r\n\r\nabc"), "dropped", "timeout"),
        "/hanke/claims-terabytes": _case(_script(_OK, b"Content-Length: 9999999999999\r\n\r\nabc"), "size"),
        "/hanke/loop": _case(Reply(b"", 302, {"Location": "/hanke/loop"}), "redirects"),
        "/hanke/loop-a": _case(Reply(b"", 302, {"Location": "/hanke/loop-b"}), "alias"),
        "/hanke/loop-b": _case(Reply(b"", 302, {"Location": "/hanke/loop-a"}), "alias"),
        "/hanke/endless-chain": _case(_chain, "alias"),
        "/hanke/inwards": _case(Reply(b"", 302, {"Location": elsewhere + "/hanke/salaisuus"}), "off-site"),
        "/hanke/inwards-twice": _case(Reply(b"", 302, {"Location": "/hanke/inwards-last"}), "alias"),
        "/hanke/inwards-last": _case(Reply(b"", 302, {"Location": "http://169.254.169.254/hanke/meta"}), "off-site"),
        "/hanke/to-a-file": _case(Reply(b"", 302, {"Location": "file:///etc/passwd"}), "redirects"),
        "/hanke/to-a-script": _case(Reply(b"", 302, {"Location": "javascript:alert(1)"}), "redirects"),
        "/hanke/cookie-wall": _case(_cookie_wall, "redirects"),
        "/hanke/hsts": _case(
            Reply(PAGE.format("Hanke H", ""), 200, {"Strict-Transport-Security": "max-age=99999999; includeSubDomains"}), "ok"
        ),
        "/hanke/after-hsts": _case(PAGE.format("Hanke J", ""), "ok"),
        "/hanke/charset-lie": _case(Reply("Määräaika päättyy".encode("cp1252") * 50, 200, {"Content-Type": "text/html; charset=utf-7"}), "ok"),
        "/hanke/charset-nonsense": _case(Reply(PAGE.format("Hanke", "ä"), 200, {"Content-Type": "text/html; charset=\x01\x02zip"}), "ok"),
        "/hanke/charset-codec": _case(Reply(b"\xff<p>" + b"a" * 300, 200, {"Content-Type": "text/html; charset=unicode_escape"}), "foreign"),
        "/hanke/links": _case(_links(100_000), "ok"),
        "/hanke/tables": _case(_tables(10_000), "ok"),
        "/hanke/half-a-million-tags": _case("<p>a" * 500_000, "ok"),
        "/hanke/attributes": _case("<p " + " ".join(f"a{n}=b" for n in range(100_000)) + ">Hanke" * 20, "ok"),
        "/hanke/entities": _case(b'<!DOCTYPE html [<!ENTITY l0 "lol">' + _LOL + b"]><p>&l11;</p>" + b"<p>Hanke</p>" * 20, "ok"),
        "/hanke/a.pdf": _case(_pdf(b"", pages=b"[2 0 R 2 0 R 3 0 R]", count=999_999_999), "scanned", "broken", "empty"),
        "/hanke/b.pdf": _case(_pdf(b"", stream=_deflate(size, 15)), "scanned", "broken", "empty"),
        "/hanke/c.pdf": _case(b"%PDF-1.7\n" + b"1 0 obj [" * 200_000, "broken"),
        "/hanke/d.pdf": _case(_pdf(b"/Annots[5 0 R]/AA<</O<</S/JavaScript/JS(app.alert\\(1\\))>>>>/Resources 3 0 R"), "broken", "empty"),
        "/hanke/a.docx": _case(_zip({"../../../../tmp/hankearkisto-was-here": b"x", "word/document.xml": b"<a/>"}), "empty"),
        "/hanke/b.docx": _case(_zip({"word/document.xml": b"<w>" + b"0" * size}), "broken"),
        "/hanke/c.docx": _case(_lying_zip(), "broken", "empty", "ok"),
        "/hanke/d.docx": _case(_zip({"word/document.xml": b'<!DOCTYPE x [<!ENTITY l0 "lol">' + _LOL + b"]><w><t>&l11;</t></w>"}), "broken", "empty"),
        "/hanke/e.docx": _case(_zip({"word/document.xml": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w><t>&e;</t></w>'}), "broken", "empty"),
        "/hanke/f.docx": _case(_zip({"word/document.xml": b"<w>" * 20_000}), "broken"),
        "/hanke/a.pptx": _case(_zip({"ppt/presentation.xml": b"<a/>"} | {f"ppt/{n}": b"" for n in range(60_000)}), "empty"),
        "/lol.xml": _case(_SITEMAP % (_LOL, b"", b"&l11;"), "ok"),
        "/file.xml": _case(_SITEMAP % (b'<!ENTITY f SYSTEM "file:///etc/passwd">', b"", b"&f;"), "ok"),
        "/outside.xml": _case(_SITEMAP % (f'<!ENTITY % p SYSTEM "{elsewhere}/dtd">'.encode(), b"%p;", b"/hanke/a"), "ok"),
        "/bomb.xml": _case(Reply(gzip.compress(b"<urlset>" + b" " * 60 * MEGABYTE), 200, {"Content-Type": "application/gzip"}), "ok"),
        "/deep.xml": _case(b"<urlset>" * 100_000, "ok"),
        "/self.xml": _case(_self_index, "ok"),
        "/wp-json/posts": _case(json.dumps([{"link": "/hanke/last"}] * 10), "ok"),
        "/hanke/last": _case(PAGE.format("Hanke, joka luetaan vielä", ""), "ok"),
    }  # fmt: skip


def _chain(handler: BaseHTTPRequestHandler) -> Reply:
    number = int(handler.path.rpartition("=")[2]) if "=" in handler.path else 0
    return Reply(b"", 302, {"Location": f"/hanke/endless-chain?n={number + 1}"})


def _cookie_wall(handler: BaseHTTPRequestHandler) -> Reply:
    """Sends everybody back who has no cookie."""
    if handler.headers.get("Cookie"):
        return Reply(PAGE.format("Hanke", "keksi"))
    cookie = {"Set-Cookie": "tila=1; Path=/; Max-Age=999999", "Location": "/hanke/cookie-wall"}
    return Reply(b"", 302, cookie)


def _self_index(handler: BaseHTTPRequestHandler) -> Reply:
    """A sitemap index that lists itself and ever more of its kind."""
    number = int(handler.path.rpartition("=")[2]) if "=" in handler.path else 0
    entry = "<sitemap><loc>http://{}/self.xml?n={}</loc></sitemap>"
    host = handler.headers["Host"]
    entries = "".join(entry.format(host, n) for n in (number, number + 1, number + 2))
    return Reply(f"<sitemapindex>{entries}</sitemapindex>")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the one crawl of all cases."""

    site: Bench
    server: HostileServer
    elsewhere: HostileServer
    seconds: float
    peak_mb: int
    said: str


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    folder = tmp_path_factory.mktemp("hostile")
    with _serving() as server, _serving() as elsewhere:
        routes = cases(elsewhere.url)
        server.routes |= {path: case.route for path, case in routes.items()}
        server.routes["*"] = lambda handler: server.routes.get(handler.path.partition("?")[0]) or Reply(b"", 404)  # type: ignore[return-value,arg-type]
        server.routes["*"] = _by_path(server)
        pages = [path for path in routes if path.startswith("/hanke/")]
        server.page("/", "Hankkeet", tuple(pages))
        for path in ("/robots.txt", "/.well-known/tdmrep.json"):
            server.routes[path] = Reply(b"", 404)
        fields = {
            "id": "test", "name": "Testi", "spider": "site", "start": [server.url + "/"], "keep": ["/hanke/"], "every": "7d",
            "delay": 0, "private": True, "sitemap": [server.url + path for path in routes if path.endswith(".xml")],
            "wordpress": [server.url + "/wp-json/posts"], "attachments": {"limit": 99},
        }  # fmt: skip
        (folder / "sources").mkdir()
        (folder / "sources" / "test.yml").write_text(yaml.safe_dump(fields), encoding="utf-8")
        started = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", CHILD, str(folder)],
            cwd=ROOT, capture_output=True, text=True, timeout=300, check=False, env=os.environ | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3_000:]
        seconds = time.monotonic() - started
        yield Outcome(Bench(folder, fields), server, elsewhere, seconds, int(done.stdout), done.stderr)


def _by_path(server: HostileServer) -> Callable[[BaseHTTPRequestHandler], Reply]:
    """Answers an address with parameters as the one without them."""

    def find(handler: BaseHTTPRequestHandler) -> Reply:
        route = server.routes.get(handler.path.partition("?")[0]) if "?" in handler.path else None
        return route(handler) if callable(route) else route or Reply(b"", 404)

    return find


class _serving(HostileServer):  # noqa: N801 - reads as a verb
    def __enter__(self) -> "_serving":
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


@pytest.mark.parametrize("path", cases("http://elsewhere.example"))
def test_each_case_has_a_class_of_its_own(outcome: Outcome, path: str) -> None:
    state = outcome.site.visit(path)[0]
    assert state in cases("http://elsewhere.example")[path].states


def test_the_rest_of_the_crawl_goes_on(outcome: Outcome) -> None:
    assert f"{outcome.server.url}/hanke/last" in outcome.site.pages()
    assert outcome.site.rows("SELECT state FROM runs WHERE source_id IS NOT NULL") == [("partial",)]
    assert "Traceback" not in outcome.said


def test_time_and_memory_are_bounded(outcome: Outcome) -> None:
    print(f"{outcome.seconds:.0f} s, {outcome.peak_mb} MB")  # noqa: T201 - shown with -s, and where it fails
    assert outcome.peak_mb < PEAK_MB
    assert outcome.seconds < SECONDS


def test_nobody_else_was_asked_and_nothing_written(outcome: Outcome) -> None:
    assert outcome.elsewhere.seen == []
    assert not Path("/tmp/hankearkisto-was-here").exists()  # noqa: S108 - where the package would have put it
    texts = outcome.site.rows("SELECT group_concat(text) FROM page_versions")[0][0]
    assert "root:" not in texts
    assert "lollol" not in texts


def test_no_cookie_and_no_other_scheme(outcome: Outcome) -> None:
    assert [headers for _, _, headers in outcome.server.seen if "cookie" in headers] == []
    assert all(row[0].startswith("http://") for row in outcome.site.rows("SELECT url FROM visits"))


def test_chains_end(outcome: Outcome) -> None:
    chain = [
        path for path in outcome.server.paths if path.startswith(("/hanke/endless-chain", "/self.xml", "/wp-json/"))
    ]
    assert len(chain) < 1_000
    assert "trap" in outcome.site.failures()
    assert json.dumps(outcome.site.failures())
