"""Passing over: what `ingest` spends on a page that is not for the archive, against warcio reading the same records.

python -m bench.passing
"""

from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.captures import read_stored
from bench import Ratio, seconds
from bench.reading import own_page
from pipelines.first_look import Wish

_SOME, _MANY = 200, 3_000
LEAST = 1_000
# What makes a page of another language of one of ours, and one of ours that is about something else.
_FOREIGN = {"lang='fi'": "lang='de'", " ja ": " und ", " ovat ": " sind "}
_OTHER = {"Hank": "Kurss", "hank": "kurss", "projekt": "kurssi"}


def run(full: bool) -> list[Ratio]:
    """Pages a second of processor time, by why they are passed over; ``full`` takes a longer file."""
    number = _MANY if full else _SOME
    ratios = []
    with TemporaryDirectory() as folder:
        for what, words, reason in (("another language", _FOREIGN, "language"), ("another subject", _OTHER, "topic")):
            path = Path(folder) / f"{reason}.warc.gz"
            write(path, number, words)
            ours, theirs = number / seconds(partial(passed_over, reason), [path]), number / seconds(read_all, [path])
            size = path.stat().st_size // number / 1_000
            note = f"warcio alone; {number} pages, {size:.0f} kB packed; higher is better, at least {LEAST}"
            ratios.append(Ratio(f"passing over, {what}", ours, theirs, "pages/s", ours / theirs, note))
    return ratios


def write(path: Path, number: int, words: dict[str, str]) -> None:
    """Records as Common Crawl writes them: request, answer, metadata."""
    with path.open("wb") as file:
        writer = WARCWriter(file)
        for page in range(number):
            body = own_page(page).decode()
            for old, new in words.items():
                body = body.replace(old, new)
            _write_page(writer, f"https://site{page % 7}.example/{page}", body.encode())


def _write_page(writer: WARCWriter, url: str, body: bytes) -> None:
    asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "site.example")], is_http_request=True)
    kinds = [("Content-Type", "text/html; charset=utf-8"), ("Server", "nginx"), ("Vary", "Accept-Encoding")]
    got = StatusAndHeaders("200 OK", kinds, protocol="HTTP/1.1")
    fields = b"fetchTimeMs: 31\r\n"
    records = (("request", None, asked), ("response", body, got), ("metadata", fields, None))
    for kind, content, headers in records:
        stream = BytesIO(content or b"")
        writer.write_record(
            writer.create_warc_record(url, kind, payload=stream, length=len(content or b""), http_headers=headers)
        )


def passed_over(reason: str, path: Path) -> None:
    """What ingest does until it knows that it need not read a page."""
    wish = Wish()
    for stored in read_stored(path, is_wanted=lambda head: wish.of_head(head) is None):
        if wish.of_bytes(stored.capture) != reason:
            raise ValueError(f"{stored.capture.url} is not passed over for its {reason}")


def read_all(path: Path) -> None:
    """Every answer's body, by warcio alone."""
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type == "response":
                record.content_stream().read()


if __name__ == "__main__":
    for ratio in run(full=False):
        print(ratio)
