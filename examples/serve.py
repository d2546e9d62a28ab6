"""Serve the example sites on loopback, one port a site, with validators as real servers have them."""

import hashlib
import mimetypes
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from urllib.parse import unquote, urlsplit

SITES = Path(__file__).parent / "sites"
FIRST_PORT = 8101
# The order gives each site its port; the pages, sitemaps and source files name the ports that start from FIRST_PORT.
NAMES = ("rahoittaja", "ammattiopisto", "hankerekisteri", "maakunta", "samkommun", "koulutuskuntayhtyma")
_TEXTUAL = frozenset({".html", ".htm", ".xml", ".txt", ".php"})
# Files without a charset in their header leave it to the page to say its own, as old servers do.
_TYPES = {".php": "text/html; charset=utf-8", ".html": "text/html; charset=utf-8", ".htm": "text/html"}


class Site(ThreadingHTTPServer):
    """One example site. ``requests`` counts what was asked, by path, for tests."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int, shift: int) -> None:
        """Serve a folder; ``shift`` is added to the ports that its pages name."""
        self.folder, self.shift = folder, shift
        self.requests: list[str] = []
        super().__init__(("127.0.0.1", port), _Handler)

    def file_for(self, target: str) -> Path | None:
        """The file of a request target: a query stands after ``@`` in its name, folders have an index."""
        parts = urlsplit(target)
        path = self.folder / unquote(parts.path).lstrip("/")
        candidates = [path.with_name(f"{path.stem}@{parts.query}{suffix}") for suffix in _suffixes(path)]
        candidates += [path.with_name(path.stem + suffix) for suffix in _suffixes(path)]
        candidates += [path / "index.html", path / "index.xml"]
        inside = (found for found in candidates if found.resolve().is_relative_to(self.folder.resolve()))
        return next((found for found in inside if found.is_file()), None)

    def content(self, path: Path) -> bytes:
        """A file's bytes with the ports that this server was given."""
        body = path.read_bytes()
        if not self.shift or path.suffix not in _TEXTUAL:
            return body
        for index in range(len(NAMES)):
            port = FIRST_PORT + index
            body = body.replace(b"127.0.0.1:%d" % port, b"127.0.0.1:%d" % (port + self.shift))
        return body


def _suffixes(path: Path) -> tuple[str, ...]:
    return (path.suffix,) if path.suffix else (".html",)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        self.server.requests.append(self.path)
        path = self.server.file_for(self.path)
        if path is None:
            self._answer(404, "text/html; charset=utf-8", "<h1>Sivua ei löytynyt</h1>".encode())
            return
        body = self.server.content(path)
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        headers = {"ETag": tag, "Last-Modified": formatdate(path.stat().st_mtime, usegmt=True)}
        if self.headers.get("If-None-Match") == tag:
            self._answer(304, kind, b"", headers)
        else:
            self._answer(200, kind, body, headers)

    do_HEAD = do_GET  # noqa: N815 - the name is the standard library's

    def _answer(self, status: int, kind: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: the crawl reports what it fetched."""


@contextmanager
def serving(first_port: int = FIRST_PORT) -> Iterator[tuple[Site, ...]]:
    """Serve all example sites while the block runs.

    Raises OSError when a port is taken.
    """
    with ExitStack() as stack:
        sites = []
        for index, name in enumerate(NAMES):
            site = stack.enter_context(Site(SITES / name, first_port + index, first_port - FIRST_PORT))
            thread = Thread(target=site.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
            thread.start()
            stack.callback(site.shutdown)
            sites.append(site)
        yield tuple(sites)


def main() -> int:
    """Serve until interrupted."""
    try:
        with serving() as sites:
            for name, site in zip(NAMES, sites, strict=True):
                sys.stderr.write(f"{name}: http://127.0.0.1:{site.server_port}/\n")
            Event().wait()
    except OSError as error:
        sys.stderr.write(f"the example sites cannot be served: {error}\n")
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
