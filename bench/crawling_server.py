"""The site that crawls are measured on: golden pages in a usual page's frame, answered as fast as Python can.

python -m bench.crawling_server PAGES PORT
"""

import asyncio
import json
import sys
import time
import urllib.request
from functools import cache

from bench.facts import PAGES, framed

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


def counters(port: int) -> dict[str, int]:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/counters") as answer:
                return dict(json.load(answer))
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
