"""The WARC records that a capture is written as: its answer, what is known about it, and its request."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from io import BytesIO
from urllib.parse import urlsplit

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.capture import Capture
from archive.capture_records import COMPOSED_FROM

# True of the wire, no longer of the decoded body that is kept; web archives keep them under this prefix.
_WIRE_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_ORIGINAL_PREFIX = "X-Archive-Orig-"
_LINE_BREAKS = re.compile(r"[\r\n]+")
_WEB = ("http:", "https:")

Headers = Sequence[tuple[str, str]]


def has_request(capture: Capture) -> bool:
    """Whether a capture is the answer to a request of the web, not a file or a page put together from data."""
    return capture.url.startswith(_WEB) and not capture.composed_from


def make_answer(writer: WARCWriter, capture: Capture, headers: Headers) -> ArcWarcRecord:
    """The record of a capture's answer, not written yet; without ``headers`` those that the capture itself knows."""
    dated = {"WARC-Date": capture.captured_at}
    if not has_request(capture):
        if capture.composed_from:
            dated[COMPOSED_FROM] = _one_line(capture.composed_from)
        return writer.create_warc_record(
            capture.url,
            "conversion" if capture.composed_from else "resource",
            payload=BytesIO(capture.body),
            length=len(capture.body),
            warc_content_type=capture.content_type or "application/octet-stream",
            warc_headers_dict=dated,
        )
    if capture.status == HTTPStatus.NOT_MODIFIED:
        # A page that is put together from data has a body that proves equal; of others the server says so.
        basis = "identical-payload-digest" if capture.body else "server-not-modified"
        dated["WARC-Profile"] = f"http://netpreserve.org/warc/1.1/revisit/{basis}"
        if capture.body:
            dated["WARC-Payload-Digest"] = f"sha256:{hashlib.sha256(capture.body).hexdigest()}"
        return writer.create_warc_record(
            capture.url, "revisit", http_headers=_http_headers(capture, headers), warc_headers_dict=dated
        )
    return writer.create_warc_record(
        capture.url,
        "response",
        payload=BytesIO(capture.body),
        length=len(capture.body),
        http_headers=_http_headers(capture, headers),
        warc_headers_dict=dated,
    )


def _http_headers(capture: Capture, headers: Headers) -> StatusAndHeaders:
    known = (
        ("Content-Type", capture.content_type),
        ("ETag", capture.etag),
        ("Last-Modified", capture.last_modified),
    )
    given = headers or [(name, value) for name, value in known if value]
    kept = [(_kept_name(name), _one_line(value)) for name, value in given]
    kept.append(("Content-Length", str(len(capture.body))))
    return StatusAndHeaders(f"{capture.status} {_phrase(capture.status)}", kept, protocol="HTTP/1.1")


def _kept_name(name: str) -> str:
    return _ORIGINAL_PREFIX + name if name.lower() in _WIRE_HEADERS else _one_line(name)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def make_metadata(  # noqa: PLR0913 - what there is to say of an answer
    writer: WARCWriter,
    capture: Capture,
    answer_id: str,
    *,
    page: bool,
    judged: int | None,
    more: Mapping[str, str] | None = None,
) -> ArcWarcRecord:
    """What the web does not say of an answer, and a crawl knows: see `archive.captures.CaptureWriter.write`."""
    requested = capture.requested_url if capture.requested_url != capture.url else None
    fields = {
        "via": capture.via,
        "source": capture.source_id,
        "requested": requested,
        "page": "yes" if page else "no",
        "judged": str(judged) if judged else None,
        "moved-to": capture.moved_to,
        **(more or {}),
    }
    lines = [f"{name}: {_one_line(value)}\r\n" for name, value in fields.items() if value]
    body = "".join(lines).encode()
    about = {"WARC-Date": capture.captured_at, "WARC-Concurrent-To": answer_id}
    return writer.create_warc_record(
        capture.url, "metadata", payload=BytesIO(body), length=len(body), warc_headers_dict=about
    )


def make_request(writer: WARCWriter, capture: Capture, answer_id: str, headers: Headers) -> ArcWarcRecord:
    """The request that an answer came to, as far as its address and headers tell."""
    address = urlsplit(capture.requested_url or capture.url)
    target = (address.path or "/") + (f"?{address.query}" if address.query else "")
    sent = [(name, _one_line(value)) for name, value in headers]
    if not any(name.lower() == "host" for name, _ in sent):
        sent.insert(0, ("Host", address.netloc))
    return writer.create_warc_record(
        capture.url,
        "request",
        http_headers=StatusAndHeaders(f"GET {_one_line(target)} HTTP/1.1", sent, is_http_request=True),
        warc_headers_dict={"WARC-Date": capture.captured_at, "WARC-Concurrent-To": answer_id},
    )


def _one_line(value: str) -> str:
    return _LINE_BREAKS.sub(" ", value)
