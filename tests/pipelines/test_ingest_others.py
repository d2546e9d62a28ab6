"""Captures in the shapes of other crawlers: what is kept of them, and what is passed over and why."""

import gzip
import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TypeVar

import pytest
from test_ingest import HTML
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.capture import Capture
from archive.captures import CaptureWriter
from archive.places import place
from archive.schema import open_archive
from examples.serve import SITES, Site
from normalise.facts import Record
from pipelines import first_look
from pipelines.first_look import Wish
from pipelines.flow import Summary
from pipelines.ingest import ingest
from pipelines.process import Processed
from pipelines.readers.reading import Reading
from pipelines.rebuild import rebuild
from pipelines.report import print_summary

SWEDISH = (
    "<html lang=sv><body><h1>Projektet Havet</h1><p>Projektet utvecklar kunnandet vid kusten och skärgården för att "
    "stärka företagen.</p><dl><dt>Projekttid</dt><dd>1.1.2025–31.12.2026</dd><dt>Finansiär</dt><dd>Utbildningsstyrelsen"
    "</dd></dl></body></html>"
)
NEWS = (
    "<html lang=fi><body><h1>Avoimet ovet</h1><p>Koulun ovet ovat avoinna kaikille ja kahvia riittää. Tervetuloa "
    "tutustumaan tiloihin, henkilökuntaan ja opiskelijoihin.</p></body></html>"
)
MENU = NEWS.replace("<h1>", "<nav><a href='/hankkeet'>Hankkeet</a></nav><h1>")
GERMAN = (
    "<html lang=de><body><h1>Projekt Licht</h1><p>Das Projekt wird vom Land gefördert und dauert bis 2026.</p></body>"
)
ENGLISH = (
    "<html lang=en><body><h1>Project Light</h1><p>The project develops the skills of rural businesses with schools "
    "and is funded by the Finnish National Agency for Education.</p><dl><dt>Duration</dt><dd>1.1.2025–31.12.2026</dd>"
    "<dt>Funder</dt><dd>Finnish National Agency for Education</dd></dl></body></html>"
)
Page = tuple[str, str | bytes, str]


def run(folder: Path, *paths: Path, wish: Wish | None = None) -> Summary:
    folder.mkdir(exist_ok=True)
    return ingest(paths, db_path=folder / "a.db", captures=folder / "captures", wish=wish)


def kept(folder: Path) -> list[str]:
    return [row[0] for row in open_archive(folder / "a.db").execute("SELECT url FROM pages ORDER BY url")]


def captures(path: Path, pages: Iterable[Page], *, order: str = "request response metadata") -> Path:
    """A WARC whose records come in the order of some crawler."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "Crawler/1.0"}))
        for url, text, kind in pages:
            for what in order.split():
                writer.write_record(record(writer, what, url, text.encode() if isinstance(text, str) else text, kind))
    return path


def record(writer: WARCWriter, what: str, url: str, body: bytes, kind: str, *, protocol: str = "HTTP/1.1") -> object:
    dated = {"WARC-Date": "2021-02-03T04:05:06Z"}
    if what == "request":
        sent = StatusAndHeaders("GET / HTTP/1.1", [("Host", "site.example")], is_http_request=True)
        return writer.create_warc_record(url, what, http_headers=sent, warc_headers_dict=dated)
    if what == "metadata":
        fields = b"fetchTimeMs: 31\r\nlanguages-cld2: {}\r\n"
        return writer.create_warc_record(
            url, what, payload=io.BytesIO(fields), length=len(fields), warc_headers_dict=dated
        )
    got = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol=protocol)
    return writer.create_warc_record(
        url, "response", payload=io.BytesIO(body), length=len(body), warc_headers_dict=dated, http_headers=got
    )


def html(*texts: str) -> list[Page]:
    return [(f"https://www.site{n}.example/{n}", text, "text/html; charset=utf-8") for n, text in enumerate(texts)]


@pytest.mark.parametrize("order", ["request response metadata", "response request metadata", "response"])
@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_pages_are_kept_by_language_and_kind(tmp_path: Path, name: str, order: str) -> None:
    summary = run(tmp_path, captures(tmp_path / name, html(HTML, SWEDISH, NEWS, MENU, GERMAN, ENGLISH), order=order))
    assert kept(tmp_path) == ["https://www.site0.example/0", "https://www.site1.example/1"]
    assert summary.actions == {"new": 2}
    assert summary.passed == {"topic": 1, "other-kind": 1, "language": 2}
    assert summary.failed == 0


def test_languages_and_domains_are_asked_for(tmp_path: Path) -> None:
    path = captures(tmp_path / "a.warc.gz", html(HTML, SWEDISH, NEWS, ENGLISH))
    summary = run(tmp_path / "e", path, wish=Wish(("en",)))
    assert kept(tmp_path / "e") == ["https://www.site3.example/3"]
    assert summary.passed == {"language": 3}
    summary = run(tmp_path / "d", path, wish=Wish(domains=("site0.example",)))
    assert kept(tmp_path / "d") == ["https://www.site0.example/0"]
    assert summary.passed == {"host": 3}


def test_what_is_passed_over_is_said_and_leaves_no_trace(tmp_path: Path) -> None:
    pages = [
        *html(HTML, GERMAN),
        ("https://www.site0.example/kuva.png", b"\x89PNG", "image/png"),
        ("dns:www.site0.example", b"20210203\nsite0.example. 60 IN A 192.0.2.1", "text/dns"),
        ("urn:text:https://www.site0.example/", HTML, "text/plain"),
        ("https://www.site0.example/liite.pdf", b"%PDF-1.4 cut", "application/pdf"),
    ]
    summary = run(tmp_path, captures(tmp_path / "a.warc.gz", pages, order="response"))
    out = io.StringIO()
    assert print_summary(summary, out) == 0
    assert out.getvalue().splitlines()[:2] == [
        "captures: 1 new",
        "passed over: 3 of other types than documents, 1 in other languages at first look, 1 read, without text",
    ]
    ours = gzip.decompress(next((tmp_path / "captures").glob("*.gz")).read_bytes())
    assert b"Licht" not in ours
    assert b"PNG" not in ours
    assert open_archive(tmp_path / "a.db")["problems"].count == 0


@pytest.mark.parametrize(("sure", "reason"), [(0.42, None), (0.79, None), (0.8, "other-kind"), (None, "other-kind")])
def test_a_page_is_passed_over_only_where_its_kind_is_sure(sure: float | None, reason: str | None) -> None:
    record = Record(id="x", url=None, lang="fi", kind="other", text=NEWS, kind_confidence=sure)
    reading = Reading(text=NEWS, format="html", state="ok")
    assert Wish().of_text(Processed("x", "https://a.example/", "ok", "digest", reading, record)) == reason


def test_what_is_kept_in_doubt_is_counted_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_look, "SURELY_OTHER", 1.01)
    summary = run(tmp_path, captures(tmp_path / "a.warc.gz", html(HTML, MENU, GERMAN)))
    assert (summary.actions, summary.passed, summary.doubtful) == ({"new": 2}, {"language": 1}, 1)
    out = io.StringIO()
    print_summary(summary, out)
    assert "kept in doubt: 1 likely neither project nor call nor award\n" in out.getvalue()
    values = "SELECT url, pages.kind, kind_confidence, text_digest FROM pages JOIN page_versions ON page_id = pages.id ORDER BY url"
    before = open_archive(tmp_path / "a.db").execute(values).fetchall()
    assert [kind for _, kind, *_ in before] == ["project", "other"]
    monkeypatch.undo()
    rebuild(tmp_path / "a.db", tmp_path / "captures", out=io.StringIO())
    assert open_archive(tmp_path / "a.db").execute(values).fetchall() == before


def test_older_character_sets_and_claims_that_are_wrong(tmp_path: Path) -> None:
    finnish, swedish = (page.replace("–", "-") for page in (HTML, SWEDISH))  # Latin-1 has no dash
    pages: list[Page] = [
        ("https://a.example/", finnish.replace(" lang=fi", " lang=de").encode("latin-1"), "text/html"),
        ("https://b.example/", swedish.replace(" lang=sv", "").encode("latin-1"), "text/html"),
        ("https://c.example/", HTML.encode("utf-16"), "text/html"),
    ]
    pages[0] = (pages[0][0], pages[0][1].replace(b"kanssa.", b"kanssa ja muiden."), "text/html")  # type: ignore[union-attr, arg-type]
    assert run(tmp_path, captures(tmp_path / "a.warc.gz", pages)).actions == {"new": 3}


@pytest.mark.parametrize("protocol", ["HTTP/1.0", "HTTP/2", "HTTP/2.0", "HTTP/3"])
def test_newer_protocols_are_known(tmp_path: Path, protocol: str) -> None:
    path = tmp_path / "a.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file)
        writer.write_record(
            record(writer, "response", "https://a.example/", HTML.encode(), "text/html", protocol=protocol)
        )
    assert run(tmp_path, path).actions == {"new": 1}


def test_a_package_of_browsertrix(tmp_path: Path) -> None:
    inner = captures(tmp_path / "rec.warc.gz", html(HTML, GERMAN))
    package = tmp_path / "crawl.wacz"
    with zipfile.ZipFile(package, "w") as file:
        file.writestr("datapackage.json", "{}")
        file.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n')
        file.write(inner, "archive/rec.warc.gz")
    inner.unlink()
    assert run(tmp_path, package).passed == {"language": 1}
    assert kept(tmp_path) == ["https://www.site0.example/0"]


@pytest.mark.parametrize("name", ["old.arc", "old.arc.gz"])
def test_an_arc_of_the_first_web_archives(tmp_path: Path, name: str) -> None:
    def entry(head: str, body: bytes) -> bytes:
        return f"{head} {len(body)}\n".encode() + body + b"\n"

    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    version = b"1 0 Crawler\nURL IP-address Archive-date Content-type Archive-length\n"
    parts = [entry("filedesc://old.arc 0.0.0.0 20050102030405 text/plain", version)]
    for n, text in enumerate((HTML, GERMAN)):
        head = f"http://site{n}.example/ 192.0.2.1 20050102030405 text/html"
        parts.append(entry(head, answer + text.encode()))
    body = b"".join(map(gzip.compress, parts) if name.endswith(".gz") else parts)
    (tmp_path / name).write_bytes(body)
    assert run(tmp_path, tmp_path / name).passed == {"language": 1}
    db = open_archive(tmp_path / "a.db")
    assert db.execute("SELECT url, first_seen FROM pages").fetchall() == [
        ("http://site0.example/", "2005-01-02T03:04:05Z")
    ]


@pytest.mark.skipif(not shutil.which("wget"), reason="wget is not installed")
def test_a_capture_of_wget(tmp_path: Path) -> None:
    """A real one, of an example site: its log and manifest are records, too."""
    with serving_one(Site(SITES / "ammattiopisto", 0, 0)) as site:
        url = f"http://127.0.0.1:{site.server_port}/hanke/hoivan-tulevaisuus/"
        subprocess.run(["wget", "-q", "--warc-file", str(tmp_path / "w"), "-O", "/dev/null", url], check=True)
    summary = run(tmp_path, tmp_path / "w.warc.gz")
    assert kept(tmp_path) == [url]
    assert (summary.failed, set(summary.passed)) == (0, {"type"})


def test_what_a_source_chose_is_kept_whole(tmp_path: Path) -> None:
    with CaptureWriter(tmp_path / "from", "crawl") as writer:
        for n, (source, text) in enumerate((("s", NEWS), (None, NEWS))):
            page = Capture(f"https://{n}.example/", "2026-01-01T00:00:00Z", text.encode(), content_type="text/html")
            writer.write(Capture(page.url, page.captured_at, page.body, content_type="text/html", source_id=source))
        listing = Capture("https://0.example/l", "2026-01-01T00:00:00Z", b"<p>x", content_type="text/html")
        writer.write(listing, page=False)
    summary = run(tmp_path, tmp_path / "from")
    assert kept(tmp_path) == ["https://0.example/"]
    assert summary.passed == {"topic": 1, "type": 1}


def test_captures_of_a_store_and_of_a_server(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    served = captures(tmp_path / "a.warc.gz", html(HTML, SWEDISH))
    store = place("memory://ingest/crawl")
    (store / "b.warc.gz").write_bytes(served.read_bytes())
    summary = run(tmp_path, store, place("memory://ingest/crawl/none.warc"), place("memory://ingest/crawl/b.warc.gz"))
    assert summary.actions == {"new": 2, "unchanged": 2, "failed": 1}
    (store / "page.html").write_bytes(HTML.encode())
    assert run(tmp_path, store / "page.html").failed == 1
    assert "pages need a source" in capsys.readouterr().err


class Server(ThreadingHTTPServer):
    """One file under any path; with or without parts, or with a failure half-way."""

    body = b""
    habit = "parts"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_HEAD(self) -> None:
        self._head(200, len(self.server.body))

    def do_GET(self) -> None:
        body, asked = self.server.body, self.headers.get("Range")
        if not asked or self.server.habit == "whole":
            self._head(200, len(body))
            with suppress(ConnectionError):  # whoever only wants to know whether it is there leaves early
                self.wfile.write(body)
            return
        first, _, last = asked.removeprefix("bytes=").partition("-")
        if self.server.habit == "broken" and 0 < int(first) < int(last):
            self._head(503, 0)
            return
        part = body[int(first) : int(last or len(body)) + 1]
        self._head(206, len(part), f"bytes {first}-{int(first) + len(part) - 1}/{len(body)}")
        self.wfile.write(part)

    def _head(self, status: int, length: int, content_range: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        if self.server.habit != "whole":
            self.send_header("Accept-Ranges", "bytes")
        if content_range:
            self.send_header("Content-Range", content_range)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the library's own name
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with serving_one(Server(("127.0.0.1", 0), _Handler)) as started:
        yield started


AnyServer = TypeVar("AnyServer", bound=ThreadingHTTPServer)


@contextmanager
def serving_one(server: AnyServer) -> Iterator[AnyServer]:
    """Serve while the block runs; a server of port 0 has taken a free one."""
    with server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("habit", ["parts", "whole"])
def test_captures_of_a_web_server(tmp_path: Path, server: Server, habit: str) -> None:
    server.body, server.habit = captures(tmp_path / "a.warc.gz", html(HTML, GERMAN, SWEDISH)).read_bytes(), habit
    summary = run(tmp_path, place(f"http://127.0.0.1:{server.server_port}/there.warc.gz"))
    assert (summary.actions, summary.passed) == ({"new": 2}, {"language": 1})


def test_a_store_that_fails_half_way_is_no_damaged_record(
    tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was not read must not be taken for what cannot be read: the call fails, and can be repeated."""
    noise = [(f"https://noise.example/{n}", os.urandom(2_000_000), "image/png") for n in range(6)]
    body = captures(tmp_path / "a.warc.gz", [*html(HTML), *noise, *html(SWEDISH)]).read_bytes()
    server.body, server.habit = body, "broken"
    summary = run(tmp_path, place(f"http://127.0.0.1:{server.server_port}/there.warc.gz"))
    assert (summary.actions["new"], summary.failed, summary.problems) == (1, 1, {"file": 1})
    assert "503" in capsys.readouterr().err
