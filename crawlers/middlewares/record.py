"""Record: every answer is on the disk, as WARC, before anything is made of it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Self
from urllib.parse import urldefrag

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from archive.capture import Capture
from crawlers.middlewares.access import context_of
from crawlers.schedule import stamp
from crawlers.steps import Answer, Role
from crawlers.table_download import ORDER, READ, SAME_LENGTH, TableOrder
from crawlers.tables import write_excerpt
from crawlers.verdict import ARCHIVED_ROLES, MISSING, MOVED, Verdict, leads_to, verdict


class Record:
    """Writes the capture and leaves it, with the verdict on it, in the request's meta.

    Of a 304 only that it came is kept, and of a page only; what is reserved is not kept at all.
    """

    def __init__(self, crawler: Crawler) -> None:
        """The writer belongs to the run."""
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Judge and write one answer."""
        context = context_of(self._crawler)
        answer = answer_of(request, response)
        context.clock.note(answer.headers.get("date"), datetime.now(UTC))
        order: TableOrder | None = request.meta.get(ORDER)
        found = verdict(answer, request.meta["source"])
        if found == "way" and order and _is_known(response, answer, order):
            found = "unmodified"
        capture = capture_of(request, answer)
        if found in ("moved", "elsewhere") and answer.role in ARCHIVED_ROLES:
            capture = replace(capture, moved_to=leads_to(answer, request.meta["source"]))
        if found == "unmodified" and answer.role in ARCHIVED_ROLES and "visit" in request.meta:
            context.writer.note_unmodified(capture, _pairs(response))
        elif found == "way" and answer.table:
            write_excerpt(context.writer, capture, answer.table)
            await context.disk.settled()
        elif found not in ("unmodified", "reserved"):
            sent = _pairs(request)
            got = _pairs(response)
            judged = _judged(found, answer)
            is_page = _is_page(request, found, answer)
            place = context.writer.write(capture, sent, got, page=is_page, judged=judged, wait=False)
            await context.disk.settled()
            capture = replace(capture, warc_file=place[0], warc_offset=place[1])
        request.meta["answer"], request.meta["verdict"], request.meta["capture"] = answer, found, capture
        return response


def _is_known(response: Response, answer: Answer, order: TableOrder) -> bool:
    """Whether a table is the one that was read last, by its length or by what it holds."""
    is_read_before = answer.table is not None and answer.table.digest == order.known_digest
    return is_read_before or SAME_LENGTH in response.flags


def answer_of(request: Request, response: Response) -> Answer:
    """A response as spiders are given it; of repeated headers the first counts.

    The fragment of an address is never sent, and names a part of a search: spiders are given it back.
    """
    headers = {k.decode("latin-1").lower(): vs[0].decode("latin-1") for k, vs in response.headers.items() if vs}
    visit = request.meta.get("visit")
    url = request.url if urldefrag(request.url).url == response.url else response.url
    role: Role = visit.role if visit else "feed"
    return Answer(url, response.body, role, response.status, headers, table=request.meta.get(READ))


def capture_of(request: Request, answer: Answer) -> Capture:
    """A response as the pipeline is given it."""
    visit = request.meta.get("visit")
    return Capture(
        url=urldefrag(answer.url).url,
        captured_at=stamp(datetime.now(UTC)),
        body=answer.body,
        status=answer.status,
        content_type=answer.headers.get("content-type"),
        requested_url=urldefrag(request.meta.get("first_url", answer.url)).url,
        source_id=request.meta["source"].id,
        via=visit.via if visit else None,
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
    )


def _is_page(request: Request, found: Verdict, answer: Answer) -> bool:
    """Whether a page of the archive is made (or missed) by this answer alone; parts make one only together."""
    if "visit" not in request.meta or request.meta.get("part"):
        return False
    if found in ("moved", "elsewhere"):
        return answer.role in ARCHIVED_ROLES and leads_to(answer, request.meta["source"]) is not None
    return found == "page" or (found == "missing" and answer.role in ARCHIVED_ROLES)


def _judged(found: Verdict, answer: Answer) -> int | None:
    """The status that an answer amounts to, where it has another."""
    if found == "missing" and answer.status not in (MISSING, 410):
        return MISSING
    return MOVED if found == "elsewhere" else None


def _pairs(message: Request | Response) -> list[tuple[str, str]]:
    """All headers in their order, repeated ones repeated."""
    return [(k.decode("latin-1"), v.decode("latin-1")) for k, vs in message.headers.items() for v in vs]
