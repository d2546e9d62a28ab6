"""What each answer leads to: the page is stored, the visit gets its next date, the source its counts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import cast
from urllib.parse import urldefrag

from scrapy.http import Response

from archive.capture import Capture
from archive.frontier import Visit, drop_visit, save_visit
from crawlers.addresses import canonical, netloc
from crawlers.context import CrawlContext
from crawlers.made_pages import MadePages
from crawlers.offers import Offers
from crawlers.refusals import NO_FAILURE, FailureClass, status_class
from crawlers.schedule import Sighting, parse_time, predicts_change, sighting_of, stamp, visited
from crawlers.sightings import SeenAgain
from crawlers.sources import Source
from crawlers.steps import Advertised, Alarm, Answer, Counted, Document, Follow, Role, Spider, Step
from crawlers.verdict import ARCHIVED_ROLES, MISSING, MOVED, own_address
from pipelines.store import find_page

# After so many misses in a row an address is only looked at now and then: it may come back.
MISSES_UNTIL_GONE = 2
# WHATWG Fetch, section 4.4 (HTTP-redirect fetch).
MOST_REDIRECTS = 20
# Pages made of data that are stored at once: every reading process has work, and memory stays flat.
_MADE_AT_ONCE = 8


@dataclass(slots=True)
class Outcomes:
    """Deals with the answers of one run."""

    context: CrawlContext
    offers: Offers
    made_pages: MadePages

    async def page(self, visit: Visit, source: Source, capture: Capture, answer: Answer, spider: Spider) -> None:
        """Store a page or attachment and follow its links."""
        outcome = await self.context.intake.take(capture)
        # A list that is kept as a page, too, is read as often as any list.
        sighting = sighting_of(outcome.action) if visit.role in ARCHIVED_ROLES else "way"
        self.context.tallies[source.id].count(outcome.action)
        self._judge_hint(visit, changed=outcome.action == "changed")
        links = outcome.reading.links if outcome.reading else None
        await self.follow(source, spider.read(source, replace(answer, links=links)), answer.url)
        self.save(visit, source, sighting, answer, state=outcome.state or "ok")

    async def way(self, visit: Visit, source: Source, answer: Answer, spider: Spider) -> None:
        """Read a listing, sitemap or feed. Its visit is saved last: a kill in between repeats it and loses nothing."""
        await self._read_list(visit, source, answer, spider)
        self.save(visit, source, "way", answer, state="ok")

    async def _read_list(self, visit: Visit, source: Source, answer: Answer, spider: Spider) -> None:
        tally = self.context.tallies[source.id]
        # A feed shows what is new: that none of it is kept happens.
        tally.lists_read += visit.role != "feed"
        tally.cards += await self.follow(source, spider.read(source, answer), answer.url)

    def unmodified(self, visit: Visit, source: Source, capture: Capture, answer: Answer) -> None:
        """A 304: the page is as it was."""
        kept = replace(answer, headers={"etag": visit.etag or "", "last-modified": visit.last_modified or ""})
        state = visit.state or "ok"
        if visit.role not in ARCHIVED_ROLES and not source.keeps(visit.url):
            self.context.tallies[source.id].is_complete = False
            self.save(visit, source, "way", kept, state=state)
            return
        self._judge_hint(visit, changed=False)
        sighting: Sighting = "unchanged" if visit.role in ARCHIVED_ROLES else "way"
        done, due_at = visited(visit, source.every, sighting, kept, state=state, now=datetime.now(UTC))
        self.context.sightings.add(SeenAgain(capture, done, stamp(due_at)))
        self.context.tallies[source.id].count_unmodified()

    def missing(self, visit: Visit, source: Source, capture: Capture, answer: Answer) -> None:
        """A page that is not there (any more). Two sightings make it gone."""
        if visit.url in source.beginnings and visit.role not in ARCHIVED_ROLES:
            self.failed(visit, source, "4xx", f"{visit.url}: the server answered {answer.status}", answer.status)
            return
        misses = visit.misses + 1
        is_gone = misses >= MISSES_UNTIL_GONE
        if is_gone and visit.role not in ARCHIVED_ROLES:
            # The second page of a list that has one page now: nobody misses it.
            drop_visit(self.context.db, visit.url)
            return
        if not find_page(self.context.db, visit.url):
            self.context.tallies[source.id].failures["dead-link"] += 1
        else:
            self.context.flow.take(
                replace(capture, url=visit.url, status=answer.status if answer.status == 410 else MISSING)
            )
            if misses == MISSES_UNTIL_GONE:
                self.context.tallies[source.id].count("gone")
        sighting: Sighting = "unchanged" if is_gone else "missing"
        self.save(replace(visit, misses=misses), source, sighting, answer, state="gone" if is_gone else "missing")

    def moved(self, visit: Visit, source: Source, capture: Capture, answer: Answer) -> None:
        """A redirect: the page lives on at its target, unless that is elsewhere."""
        target = canonical(answer.headers.get("location", ""), answer.url)
        if not target or target == visit.url:
            self.failed(visit, source, "redirects", f"{visit.url}: a redirect that leads nowhere")
        elif not source.serves(target):
            self.failed(visit, source, "off-site", f"{visit.url}: redirects to {netloc(target)}")
        else:
            self.moved_to(visit, source, capture, target)

    def elsewhere(self, visit: Visit, source: Source, capture: Capture, answer: Answer) -> None:
        """A page that names another address as its own: that one is the page."""
        if target := own_address(answer, source):
            self.moved_to(visit, source, replace(capture, status=MOVED), target)

    def moved_to(self, visit: Visit, source: Source, capture: Capture, target: str) -> None:
        """Keep an address as another name of a page, which is visited under its own."""
        if self._is_too_long(visit.url):
            self.failed(visit, source, "redirects", f"{visit.url}: redirected without end")
            return
        if capture.moved_to:
            self.context.flow.take(replace(capture, url=visit.url))
        self.offers.redirect(source, Follow(target, cast("Role", visit.role), visit.via))
        self.context.moves[target] = visit.url
        self.save(visit, source, "way", None, state="alias")

    def _is_too_long(self, url: str) -> bool:
        """Whether an address was reached by more redirects than any browser follows."""
        hops: int = 0
        while url in self.context.moves and hops <= MOST_REDIRECTS:
            url, hops = self.context.moves[url], hops + 1
        return hops >= MOST_REDIRECTS

    def failed(  # noqa: PLR0913 - what there is to say of a failure
        self,
        visit: Visit,
        source: Source,
        reason: FailureClass,
        message: str,
        status: int | None = None,
        *,
        is_passing: bool = False,
    ) -> None:
        """Count a failure by its class; the address is due again before long, if the failure may pass."""
        tally = self.context.tallies[source.id]
        tally.failures[reason] += 1
        if reason in ("budget", "backoff"):
            tally.stalled = True
            return
        if reason in ("robots", "reserved") and visit.url in source.beginnings:
            tally.alarms.append(Alarm("shut-out", message))
        if reason not in NO_FAILURE:
            self.context.flow.report(visit.url, reason, message)
        answer = Answer(visit.url, b"", status=status or 0)
        sighting: Sighting = "way" if reason in NO_FAILURE and not is_passing else "failed"
        if reason == "4xx" == visit.state and visit.url not in source.beginnings:
            # Refused again: what is forbidden for good is asked for ever more seldom.
            sighting = "unchanged"
        self.save(visit, source, sighting, answer, state=reason)

    async def follow(self, source: Source, steps: Iterable[Step], origin: str | None = None) -> int:
        """Carry out a spider's steps; ``origin`` is the address of the answer that it read. Returns how many are pages.

        Pages made of data are read beside, a few at a time: there may be thousands, and other hosts' answers go on. One
        that comes twice is stored twice in its order: the last is the page.
        """
        tally = self.context.tallies[source.id]
        composed_from = urldefrag(origin).url if origin else None
        follows: list[Follow] = []
        documents: list[Document] = []
        pages = 0
        for step in steps:
            if isinstance(step, Follow):
                follows.append(step)
            elif isinstance(step, Alarm):
                tally.alarms.append(step)
            elif isinstance(step, Advertised):
                tally.advertised = (tally.advertised or 0) + step.total
            elif isinstance(step, Counted):
                tally.counted += step.rows
            else:
                if len(documents) == _MADE_AT_ONCE or any(one.url == step.url for one in documents):
                    await self.made_pages.store_all(source, documents, composed_from)
                    documents.clear()
                documents.append(step)
                pages += 1
        await self.made_pages.store_all(source, documents, composed_from)
        self.offers.take(source, follows)
        return pages + sum(follow.role == "page" for follow in follows)

    async def composed(self, visit: Visit, source: Source, document: Document, answer: Answer) -> None:
        """Store a page that was put together from several answers."""
        sighting = await self.made_pages.store(source, document, answer.url)
        self.save(visit, source, sighting, replace(answer, headers={}), state="ok")

    def save(self, visit: Visit, source: Source, sighting: Sighting, answer: Answer | None, *, state: str) -> None:
        """Store a visit and when the next one is due."""
        now = datetime.now(UTC)
        done, due_at = visited(visit, source.every, sighting, answer, state=state, now=now)
        save_visit(self.context.db, done, due_at=stamp(due_at), status=answer.status if answer else None)

    def error(self, visit: Visit, source: Source, response: Response) -> None:
        """An answer that brought nothing."""
        status = response.status
        self.failed(visit, source, status_class(status), f"{visit.url}: the server answered {status}", status)

    def _judge_hint(self, visit: Visit, *, changed: bool) -> None:
        checked = parse_time(visit.checked_at or "")
        if visit.lastmod and checked:
            predicted = predicts_change(visit.lastmod, checked)
            self.context.hosts.judge(netloc(visit.url), predicted=predicted, changed=changed)
