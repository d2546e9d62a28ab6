"""Writing captures: a page with its WARC record against one without, and the record against gzip alone.

python -m bench.warcs
"""

import gzip
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.capture import Capture
from archive.captures import CaptureWriter
from bench import Ratio, seconds
from bench.reading import own_page
from pipelines.extract import extract
from pipelines.process import process_safely
from pipelines.read import read

_SOME, _MANY = 30, 300


def run(full: bool) -> list[Ratio]:
    """Milliseconds of processor time a page; ``full`` writes more of them."""
    captures = [capture(number) for number in range(_MANY if full else _SOME)]
    with TemporaryDirectory() as folder, CaptureWriter(Path(folder)) as writer:
        writing = _ms(writer.write, captures)
    processing = _ms(lambda one: process_safely(one, read, extract), captures)
    packing = _ms(lambda one: gzip.compress(one.body, 9), captures)
    size = sum(len(one.body) for one in captures) // len(captures) // 1_000
    note = f"{len(captures)} pages of {size} kB; lower is better"
    both = processing + writing
    return [
        Ratio("a page with its WARC record", both, processing, "ms a page", both / processing, f"without; {note}"),
        Ratio("writing a WARC record", writing, packing, "ms a page", writing / packing, f"gzip alone; {note}"),
    ]


def capture(number: int) -> Capture:
    """A page of usual size, as a crawl has it."""
    url = f"https://site{number % 7}.example/hanke/{number}"
    return Capture(url, "2026-01-01T00:00:00Z", own_page(number), content_type="text/html; charset=utf-8")


def _ms(work: object, captures: list[Capture]) -> float:
    return 1_000 * seconds(work, captures) / len(captures)  # type: ignore[arg-type]


if __name__ == "__main__":
    for ratio in run(full=False):
        print(ratio)
