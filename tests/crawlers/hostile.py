"""A loopback server that misbehaves on demand, and crawls of it."""

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml

from crawlers.run import crawl
from pipelines.flow import Summary

PAGE = (
    "<!DOCTYPE html><html lang='fi'><head><title>{0}</title></head><body><h1>{0}</h1>"
    "<p>Hankkeen toteutusaika on 1.3.2024–31.12.2025 ja sen rahoittaja on Opetushallitus.</p>{1}</body></html>"
)


@dataclass
class Reply:
    """What the server answers; ``script`` may write to the socket itself."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    script: Callable[[BaseHTTPRequestHandler], None] | None = None


Route = Reply | Callable[[BaseHTTPRequestHandler], Reply]


class HostileServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.routes: dict[str, Route] = {}
        self.seen: list[tuple[str, str, dict[str, str]]] = []
        # Seconds by which its clock is ahead of the machine's.
        self.clock_ahead = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def paths(self) -> list[str]:
        return [path for _, path, _ in self.seen]

    def page(self, path: str, title: str = "Hanke", links: tuple[str, ...] = (), **more: Any) -> None:
        anchors = "".join(f'<a href="{link}">{link}</a> ' for link in links)
        self.routes[path] = Reply(PAGE.format(title, anchors), **more)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: HostileServer

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.server.seen.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}))
        self.posted = self.rfile.read(length)
        route = self.server.routes.get(self.path) or self.server.routes.get("*") or Reply(b"", 404)
        reply = route(self) if callable(route) else route
        if reply.script:
            reply.script(self)
            self.close_connection = True
            return
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        self.send_response(reply.status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_HEAD = do_GET  # noqa: N815 - the names are the standard library's

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            return

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string((timestamp or time.time()) + self.server.clock_ahead)

    def log_message(self, *_: object) -> None:
        pass


@dataclass
class Bench:
    """A folder with a source file, an archive and captures; crawled as often as a test likes."""

    folder: Path
    fields: dict[str, Any]

    @property
    def db(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.folder / "archive.db")
        connection.row_factory = sqlite3.Row
        return connection

    def crawl(self, **options: Any) -> Summary:
        folder = self.folder / "sources"
        folder.mkdir(exist_ok=True)
        (folder / "test.yml").write_text(yaml.safe_dump(self.fields), encoding="utf-8")
        return crawl(sources=folder, db=self.folder / "archive.db", captures=self.folder / "captures", **options)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        connection = self.db
        try:
            return [tuple(row) for row in connection.execute(sql, values)]
        finally:
            connection.close()

    def visit(self, path: str) -> tuple[Any, ...]:
        """(state, status, misses) of an address."""
        return self.rows("SELECT state, status, misses FROM visits WHERE url LIKE ?", f"%{path}")[0]

    def failures(self) -> str:
        """The message of the last run."""
        return str(
            self.rows("SELECT message FROM runs WHERE source_id IS NOT NULL ORDER BY id DESC LIMIT 1")[0][0] or ""
        )

    def pages(self) -> list[str]:
        return [row[0] for row in self.rows("SELECT url FROM pages ORDER BY url")]

    def age(self) -> None:
        """Pretend that an hour has passed since the last crawl."""
        columns = {
            "captures": ("captured_at",),
            "pages": ("first_seen", "last_seen", "missed_at", "gone_at"),
            "page_versions": ("seen_at", "last_seen"),
            "visits": ("checked_at", "due_at"),
            "problems": ("seen_at",),
        }
        connection = self.db
        with connection:
            for table, names in columns.items():
                for name in names:
                    hour_ago = f"strftime('%Y-%m-%dT%H:%M:%SZ', {name}, '-1 hour')"
                    connection.execute(f"UPDATE {table} SET {name} = {hour_ago} WHERE {name} IS NOT NULL")  # noqa: S608
        connection.close()

    def make_due(self, path: str = "") -> None:
        """Pretend that time has passed."""
        connection = self.db
        with connection:
            connection.execute("UPDATE visits SET due_at = '2020-01-01T00:00:00Z' WHERE url LIKE ?", [f"%{path}"])
        connection.close()
