"""What a hostile or broken site may try: addresses that are not public, bombs, drips, traps, nonsense."""

import gzip
import itertools
import socket
import time
from http.server import BaseHTTPRequestHandler

import pytest
from hostile import PAGE, Bench, HostileServer, Reply

from crawlers.public_addresses import is_public, literal_address
from crawlers.settings import SETTINGS


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("193.166.3.2", True),
        ("2001:708:10::1", True),
        ("127.0.0.1", False),
        ("127.255.255.254", False),
        ("0.0.0.0", False),  # noqa: S104 - nothing is bound
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("198.18.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("2001:db8::1", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("host", "literal"), [("127.0.0.1", "127.0.0.1"), ("[::1]", "::1"), ("oph.fi", None), ("1.2", None)]
)
def test_literals(host: str, literal: str | None) -> None:
    assert literal_address(host) == literal


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "0", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::ffff:127.0.0.1]"],
)
def test_a_public_source_never_connects_to_loopback(server: HostileServer, site: Bench, host: str) -> None:
    site.fields |= {"private": False, "start": [f"http://{host}:{server.server_port}/"]}
    site.crawl()
    assert server.seen == []


def test_redirects_stay_on_the_source(server: HostileServer, site: Bench) -> None:
    other = HostileServer()
    try:
        server.routes["/hanke/a"] = Reply(b"", 302, {"Location": other.url + "/hanke/a"})
        site.crawl()
        assert other.seen == []
        assert site.visit("/hanke/a")[0] == "off-site"
    finally:
        other.server_close()


def test_gzip_bomb(server: HostileServer, site: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SETTINGS, "DOWNLOAD_MAXSIZE", 1_000_000)
    bomb = gzip.compress(b"<p>" + b"0" * 30_000_000)
    server.routes["/hanke/a"] = Reply(bomb, 200, {"Content-Encoding": "gzip"})
    site.crawl()
    assert site.pages() == [f"{server.url}/hanke/b"]
    assert "size 1" in site.failures()


def _endless(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in itertools.count():
        handler.wfile.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")


def _drip(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(200):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def _cut(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<p>half")


def _garbage(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\xff\x16\x03 this is no HTTP\r\n\r\n")


@pytest.mark.parametrize(
    ("script", "reason"),
    [(_endless, "size"), (_drip, "timeout"), (_cut, "dropped"), (_garbage, "dropped")],
    ids=["endless", "drip", "cut", "garbage"],
)
def test_bad_answers_are_bounded_and_counted(
    server: HostileServer, site: Bench, monkeypatch: pytest.MonkeyPatch, script: object, reason: str
) -> None:
    monkeypatch.setitem(SETTINGS, "DOWNLOAD_MAXSIZE", 1_000_000)
    monkeypatch.setitem(SETTINGS, "DOWNLOAD_TIMEOUT", 1)
    monkeypatch.setitem(SETTINGS, "BACKOFF_FIRST_WAIT", 0.01)
    server.routes["/hanke/a"] = Reply(script=script)  # type: ignore[arg-type]
    started = time.monotonic()
    summary = site.crawl()
    assert time.monotonic() - started < 8
    assert f"{reason} 1" in site.failures()
    assert site.pages() == [f"{server.url}/hanke/b"]
    assert summary.failed == 1


def test_unreachable_host(site: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SETTINGS, "BACKOFF_FIRST_WAIT", 0.01)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        site.fields["start"] = [f"http://127.0.0.1:{closed.getsockname()[1]}/"]
        site.crawl()
    assert site.failures() == "refused 1"
    assert site.rows("SELECT state, failed FROM runs WHERE source_id = 'test'") == [("failed", 1)]


def test_an_endless_calendar(server: HostileServer, site: Bench) -> None:
    def month(handler: BaseHTTPRequestHandler) -> Reply:
        number = int(handler.path.rpartition("=")[2] or 0)
        return Reply(f"<a href='/kalenteri?page={number + 1}' rel='next'>seuraava</a>")

    server.page("/", "Hankkeet", ("/kalenteri?page=1", "/hanke/a"))
    server.routes["/robots.txt"] = server.routes["/.well-known/tdmrep.json"] = Reply(b"", 404)
    server.routes["*"] = month
    site.fields["listing"] = ["/kalenteri"]
    site.crawl()
    assert sum(path.startswith("/kalenteri") for path in server.paths) <= 25
    assert "trap" in site.failures()


def test_a_path_that_repeats_itself(server: HostileServer, site: Bench) -> None:
    def deeper(handler: BaseHTTPRequestHandler) -> Reply:
        return Reply(PAGE.format("Hanke", f"<a href='{handler.path}/lisaa'>syvemmälle</a>"))

    server.routes["/robots.txt"] = server.routes["/.well-known/tdmrep.json"] = Reply(b"", 404)
    server.page("/", "Hankkeet", ("/hanke/a",))
    del server.routes["/hanke/a"]
    server.routes["*"] = deeper
    site.crawl()
    assert max(path.count("/lisaa") for path in server.paths) == 3


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"", {}),
        (b"\x00\x01\x02\xff" * 500, {}),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, {"Content-Type": "text/html"}),
        (b"<html" + b"<div>" * 20_000, {}),
        (PAGE.format("Hanke", "").encode("utf-16"), {"Content-Type": "text/html; charset=nonsense"}),
    ],
    ids=["empty", "binary", "image", "deep", "charset"],
)
def test_nonsense_is_archived_and_marked(
    server: HostileServer, site: Bench, body: bytes, headers: dict[str, str]
) -> None:
    server.routes["/hanke/a"] = Reply(body, 200, headers)
    site.crawl()
    assert site.visit("/hanke/a")[1] == 200
    assert f"{server.url}/hanke/b" in site.pages()


def test_a_full_disk_ends_the_run_with_one_line(
    server: HostileServer, site: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from archive.captures import CaptureWriter
    from archive.errors import CaptureError

    def full(*_: object, **__: object) -> None:
        raise CaptureError("captures cannot be written: no space left on device")

    monkeypatch.setattr(CaptureWriter, "write", full)
    with pytest.raises(CaptureError, match="no space left"):
        site.crawl()
