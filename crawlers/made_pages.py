"""Made pages: what exists only as data is archived as pages, with captures of their own, for a rebuild to find them."""

import asyncio
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from archive.capture import Capture
from archive.frontier import document_digest, save_document
from archive.schema import transaction
from crawlers.context import CrawlContext
from crawlers.schedule import Sighting, sighting_of, stamp
from crawlers.sources import Source
from crawlers.steps import Document
from pipelines.store import store_unmodified
from pipelines.withhold import is_forgotten_url

_CONTENT_TYPE = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class MadePages:
    """Stores the pages that the spiders of one run made of data."""

    context: CrawlContext

    async def store_all(self, source: Source, documents: Iterable[Document], composed_from: str | None) -> None:
        """Store pages of different addresses side by side; the first failure is raised once all have ended."""
        stored = [self.store(source, document, composed_from) for document in documents]
        for result in await asyncio.gather(*stored, return_exceptions=True):
            if isinstance(result, BaseException):
                raise result

    async def store(self, source: Source, document: Document, composed_from: str | None = None) -> Sighting:
        """Store a page made of the data at ``composed_from``; the same page again is no news."""
        tally = self.context.tallies[source.id]
        if is_forgotten_url(document.url, self.context.flow.tombstones):
            tally.failures["forgotten"] += 1
            return "unchanged"
        now = stamp(datetime.now(UTC))
        body = document.html.encode()
        digest = hashlib.sha256(body).hexdigest()
        capture = Capture(
            document.url,
            now,
            body,
            content_type=_CONTENT_TYPE,
            source_id=source.id,
            composed_from=composed_from or document.url,
        )
        if document_digest(self.context.db, document.url) == digest:
            self.context.writer.note_unmodified(replace(capture, status=304, composed_from=None))
            with transaction(self.context.db):
                store_unmodified(self.context.db, capture)
            tally.count_unmodified()
            return "unchanged"
        place = self.context.writer.write(capture, page=True, wait=False)
        await self.context.disk.settled()
        outcome = await self.context.intake.take(replace(capture, warc_file=place[0], warc_offset=place[1]))
        save_document(self.context.db, document.url, source.id, digest, now=now)
        tally.count(outcome.action)
        return sighting_of(outcome.action)
