"""Storing pages, their versions and facts, against sqlite-utils putting the same texts into one table.

python -m bench.storing
"""

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlite_utils import Database

from archive.addresses import page_id
from archive.capture import Capture
from archive.schema import open_archive
from bench import Ratio
from bench.facts import PAGES
from bench.search_archive import texts
from pipelines.extract import extract
from pipelines.flow import Flow
from pipelines.pack import pack
from pipelines.process import Processed, process_safely, text_digest
from pipelines.read import read

Page = tuple[Capture, Processed]

_SOME, _MANY = 2_000, 20_000
# How many pages two archives hold that are compared.
_SMALL, _LARGE, _LARGEST = 10_000, 40_000, 200_000
_ROUNDS = 3
_TEXTS = 50  # that are multiplied
_WHOLE = 300  # pages that are linked and indexed


def run(full: bool) -> list[Ratio]:
    """Pages a second without linking and index, what an archive's size does to them, and its file against its text."""
    golden = [_page(path.read_text(), n) for n, path in enumerate(sorted(PAGES.glob("*.txt")))][
        : None if full else _WHOLE
    ]
    return [
        *_against_plain(golden[:_TEXTS], _MANY if full else _SOME),
        _large_against_small(golden[:_TEXTS], _LARGEST if full else _LARGE),
        _file_against_text(golden),
    ]


def _against_plain(golden: list[Page], number: int) -> list[Ratio]:
    pages = list(islice(_multiplied(golden), number))
    text = _bytes(pages)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        ours = len(pages) / _store(Flow(open_archive(path, create=True), "ingest"), pages)
        theirs = len(pages) / _insert(Path(folder) / "plain.db", pages)
        size, plain = ((Path(folder) / name).stat().st_size / 1e6 for name in ("archive.db", "plain.db"))
    note = f"sqlite-utils, text and digest only; {len(pages):,} pages of {text // len(pages):,} bytes"
    return [
        Ratio("storing", ours, theirs, "pages/s", ours / theirs, f"{note}; higher is better, at least 3000 pages/s"),
        Ratio("size without index", size, plain, "MB", size / plain, f"{note}; lower is better"),
    ]


def _large_against_small(golden: list[Page], pages: int) -> Ratio:
    """Into two archives in turn, so that whatever else the machine does slows both alike."""
    with TemporaryDirectory() as folder:
        flows = [_filled(Path(folder) / f"{number}.db", golden, number) for number in (pages, _SMALL)]
        rounds = [[_store(flow, list(islice(more, _SOME))) for flow, more in flows] for _ in range(_ROUNDS)]
    large, small = (min(costs) / _SOME * 1_000 for costs in zip(*rounds, strict=True))
    note = f"an archive of {pages:,} pages; of {_SMALL:,}; lower is better, at most 1.3"
    return Ratio("storing, in a large archive", large, small, "ms a page", large / small, note)


def _filled(path: Path, golden: list[Page], number: int) -> tuple[Flow, Iterator[Page]]:
    """An archive of so many pages, and those that come next."""
    flow, pages = Flow(open_archive(path, create=True), "ingest"), _multiplied(golden)
    for _ in range(0, number, _SOME):
        _store(flow, list(islice(pages, _SOME)))
    return flow, pages


def _file_against_text(golden: list[Page]) -> Ratio:
    """Linked, indexed and packed: pages as long as real ones, each a golden page with more text behind it."""
    pages = [_longer(page, more) for page, (_, more) in zip(golden, texts(len(golden)), strict=True)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        flow = Flow(open_archive(path, create=True), "ingest")
        _store(flow, pages)
        flow.finish(expire=False)
        pack(flow.db)
        size, text = path.stat().st_size / 1e6, _bytes(pages) / 1e6
    note = f"its text; {len(pages):,} different pages of {text / len(pages) * 1e6:,.0f} bytes"
    return Ratio("archive.db, index included", size, text, "MB", size / text, f"{note}; lower is better, at most 1.6")


def _page(text: str, number: int) -> Page:
    capture = Capture(
        f"https://site.example/{number}",
        "2026-01-01T00:00:00Z",
        text.encode(),
        content_type="text/plain; charset=utf-8",
    )
    processed = process_safely(capture, read, extract)
    if not isinstance(processed, Processed) or processed.record is None:
        raise TypeError(f"page {number} could not be read")
    return capture, processed


def _multiplied(golden: list[Page]) -> Iterator[Page]:
    """The pages again and again, each under an address of its own and with a text of its own."""
    number = 0
    while True:
        for capture, processed in golden:
            url = f"https://site.example/{number}"
            yield _longer((replace(capture, url=url), replace(processed, url=url, page_id=page_id(url))), str(number))
            number += 1


def _longer(page: Page, more: str) -> Page:
    capture, processed = page
    text = f"{processed.reading.text}\n{more}"
    record = replace(processed.record, id=processed.page_id, url=processed.url, text=text) if processed.record else None
    reading = replace(processed.reading, text=text)
    return capture, replace(processed, text_digest=text_digest(text), reading=reading, record=record)


def _bytes(pages: list[Page]) -> int:
    return sum(len(processed.reading.text.encode()) for _, processed in pages)


def _store(flow: Flow, pages: list[Page]) -> float:
    """Seconds of processor time."""
    start = time.process_time()
    with flow.batch():
        for capture, processed in pages:
            flow.store(capture, processed)
    flow.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return time.process_time() - start


def _insert(path: Path, pages: list[Page]) -> float:
    db = Database(path)
    rows = ({"url": one.url, "digest": done.text_digest, "text": done.reading.text} for one, done in pages)
    start = time.process_time()
    db.table("pages").insert_all(rows, pk="url")
    return time.process_time() - start


if __name__ == "__main__":
    for ratio in run(full=False):
        print(ratio)
