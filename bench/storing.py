"""Storing pages, their versions and facts, against sqlite-utils putting the same texts into one table.

python -m bench.storing
"""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlite_utils import Database

from archive.capture import Capture
from archive.schema import open_archive
from bench import Ratio
from bench.facts import PAGES
from pipelines.extract import extract
from pipelines.flow import Flow
from pipelines.process import Processed, process_safely
from pipelines.read import read

_SOME, _MANY = 2_000, 20_000


def run(full: bool) -> list[Ratio]:
    """Pages a second without linking and index, and the file against its text; ``full`` takes 20,000 pages."""
    pages = _processed(_MANY if full else _SOME)
    text = sum(len(processed.reading.text.encode()) for _, processed in pages)
    with TemporaryDirectory() as folder:
        ours = len(pages) / _store(Path(folder) / "archive.db", pages)
        theirs = len(pages) / _insert(Path(folder) / "plain.db", pages)
        size, plain = ((Path(folder) / name).stat().st_size / 1e6 for name in ("archive.db", "plain.db"))
    note = f"sqlite-utils, text and digest only; {len(pages):,} pages of {text // len(pages):,} bytes"
    return [
        Ratio("storing", ours, theirs, "pages/s", ours / theirs, f"{note}; higher is better"),
        Ratio("size without index", size, plain, "MB", size / plain, f"{note}; lower is better"),
    ]


def _processed(number: int) -> list[tuple[Capture, Processed]]:
    texts = [path.read_text() for path in sorted(PAGES.glob("*.txt"))][:50]
    return [_page(texts[n % len(texts)], n) for n in range(number)]


def _page(text: str, number: int) -> tuple[Capture, Processed]:
    body = f"{text}\n{number}".encode()
    capture = Capture(
        f"https://site.example/{number}", "2026-01-01T00:00:00Z", body, content_type="text/plain; charset=utf-8"
    )
    processed = process_safely(capture, read, extract)
    if not isinstance(processed, Processed):
        raise TypeError(f"page {number} could not be read")
    return capture, processed


def _store(path: Path, pages: list[tuple[Capture, Processed]]) -> float:
    db = open_archive(path, create=True)
    start = time.process_time()
    flow = Flow(db, "ingest")
    with flow.batch():
        for capture, processed in pages:
            flow.store(capture, processed)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return time.process_time() - start


def _insert(path: Path, pages: list[tuple[Capture, Processed]]) -> float:
    db = Database(path)
    rows = ({"url": one.url, "digest": done.text_digest, "text": done.reading.text} for one, done in pages)
    start = time.process_time()
    db.table("pages").insert_all(rows, pk="url")
    return time.process_time() - start


if __name__ == "__main__":
    for ratio in run(full=False):
        print(ratio)
