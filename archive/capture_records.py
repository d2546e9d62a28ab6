"""One record of a web archive as a capture."""

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeAlias

from warcio.recordloader import ArcWarcRecord

from archive.capture import Capture

# The crawl cuts bodies at the same size; larger ones in other crawlers' files are no pages.
MAX_BODY_BYTES = 20_000_000
MAX_METADATA_BYTES = 1 << 20
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")

# The address that a conversion was made from (a field of WARC/1.1).
COMPOSED_FROM = "WARC-Refers-To-Target-URI"
# Records without an HTTP answer, which stand for themselves.
_BARE = ("resource", "conversion")

# The id of an answer, and the fields of the metadata record about it.
About: TypeAlias = tuple[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class StoredCapture:
    """A capture with what only its file knows: the answer's headers, and whether it is a page or shows the way."""

    capture: Capture
    headers: tuple[tuple[str, str], ...] = ()
    page: bool = True


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of an answer before its body is unpacked. ``status`` is None where there is none to read."""

    url: str
    status: int | None
    content_type: str | None


class RefusedError(Exception):
    """One record is no capture; those after it may be."""


def read_about(record: ArcWarcRecord) -> About:
    """The fields of a metadata record, and the id of the answer that they are about."""
    lines = record.content_stream().read(MAX_METADATA_BYTES).decode("utf-8", "replace").splitlines()
    pairs = (line.partition(":") for line in lines)
    fields = {key.strip(): value.strip() for key, colon, value in pairs if colon}
    return record.rec_headers.get_header("WARC-Concurrent-To") or "", fields


def read_head(record: ArcWarcRecord) -> Head:
    """The head of a response, resource or revisit record."""
    http = record.http_headers
    own = record.content_type if record.rec_type in _BARE else None
    kind = http.get_header("Content-Type") if http else own
    try:
        status = _status(record)
    except RefusedError:
        status = None
    return Head(record.rec_headers.get_header("WARC-Target-URI") or "", status, kind)


def make_capture(record: ArcWarcRecord, body: bytes, about: About, place: tuple[str, int]) -> StoredCapture:
    """The capture that a response, resource or revisit record holds; ``place`` is its file and offset in bytes.

    Raises RefusedError for a record that is none.
    """
    url, date = record.rec_headers.get_header("WARC-Target-URI"), record.rec_headers.get_header("WARC-Date")
    if len(body) > MAX_BODY_BYTES:
        raise RefusedError(f"{url} is larger than {MAX_BODY_BYTES} bytes")
    if not url or not date or not _DATE.match(date):
        raise RefusedError("a record without an address or a date")
    http = record.http_headers
    headers = tuple((str(key), str(value)) for key, value in http.headers) if http else ()
    fields = about[1] if about[0] == record.rec_headers.get_header("WARC-Record-ID") else {}
    capture = Capture(
        url=url,
        captured_at=f"{date[:19]}Z",
        body=body,
        status=int(judged) if (judged := fields.get("judged", "")).isdecimal() else _status(record),
        content_type=http.get_header("Content-Type") if http else record.content_type,
        requested_url=fields.get("requested"),
        source_id=fields.get("source"),
        via=fields.get("via"),
        etag=http.get_header("ETag") if http else None,
        last_modified=http.get_header("Last-Modified") if http else None,
        moved_to=fields.get("moved-to"),
        composed_from=record.rec_headers.get_header(COMPOSED_FROM) if record.rec_type == "conversion" else None,
        warc_file=place[0],
        warc_offset=place[1],
    )
    return StoredCapture(capture, headers, page=fields.get("page") != "no")


def _status(record: ArcWarcRecord) -> int:
    """The HTTP status. A revisit says "as before", as a 304 does; a file has none and stands for itself."""
    if record.rec_type == "revisit":
        return HTTPStatus.NOT_MODIFIED
    if record.rec_type in _BARE:
        return HTTPStatus.OK
    code = record.http_headers.get_statuscode() if record.http_headers else None
    if not code or not code.isdecimal():
        raise RefusedError("an answer without a status")
    return int(code)
