"""Offer: what spiders found becomes known addresses, each page once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice

from archive.editions import name_editions
from archive.frontier import Visit, add_visits, find_visit, known_addresses, note_lastmod
from archive.schema import transaction
from crawlers.addresses import canonical, netloc, variants
from crawlers.context import CrawlContext
from crawlers.schedule import RANGE, parse_time, predicts_change, stamp
from crawlers.sources import Source
from crawlers.steps import Follow
from pipelines.withhold import is_forgotten_url

_BATCH = 200
_REMEMBERED = 20_000


@dataclass(slots=True)
class Offers:
    """Takes what spiders found. Remembers the last addresses, so that a menu is not looked up on every page."""

    context: CrawlContext
    _seen: dict[str, None] = field(default_factory=dict)

    def redirect(self, source: Source, follow: Follow) -> None:
        """Add exactly the address that a page moved to, even where it differs from the old one by a slash only."""
        if (spelled := self._spelled(follow)) and source.serves(spelled.url) and not self._is_forgotten(spelled.url):
            visit = Visit(spelled.url, source.id, spelled.role, spelled.via)
            add_visits(self.context.db, [visit], now=stamp(datetime.now(UTC)))

    def take(self, source: Source, follows: Iterable[Follow]) -> int:
        """Add what is new and allowed; returns how many addresses are waiting more than before."""
        added, pending = 0, iter(follows)
        while batch := list(islice(pending, _BATCH)):
            fresh = [follow for follow in map(self._spelled, batch) if follow and self._is_welcome(source, follow)]
            added += self._add(source, fresh) if fresh else 0
        return added

    def _spelled(self, follow: Follow) -> Follow | None:
        """Pages get their canonical address; the addresses of an API are its own affair."""
        if follow.role == "feed":
            return follow
        url = canonical(follow.url)
        return Follow(url, follow.role, follow.via, follow.lastmod) if url else None

    def _is_welcome(self, source: Source, follow: Follow) -> bool:
        if not source.serves(follow.url) or (follow.url in self._seen and not follow.lastmod):
            return False
        self._seen[follow.url] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.pop(next(iter(self._seen)))
        tally = self.context.tallies[source.id]
        if self._is_forgotten(follow.url):
            tally.failures["forgotten"] += 1
            return False
        reason = tally.traps.reason(follow.url, listing=follow.role in ("listing", "sitemap", "feed"))
        if reason:
            tally.failures["trap"] += 1
        return reason is None

    def _is_forgotten(self, url: str) -> bool:
        """A page that was erased on request is not even asked for: its address would stand in the archive again."""
        return is_forgotten_url(url, self.context.flow.tombstones)

    def _add(self, source: Source, follows: list[Follow]) -> int:
        spellings = {follow.url: variants(follow.url) for follow in follows}
        known = known_addresses(self.context.db, {other for others in spellings.values() for other in others})
        new = {follow.url: follow for follow in follows if not known.intersection(spellings[follow.url])}
        _drop_doubles(new, spellings)
        visits = [Visit(f.url, source.id, f.role, f.via, lastmod=f.lastmod) for f in new.values()]
        added = add_visits(self.context.db, visits, now=stamp(datetime.now(UTC))) if visits else 0
        if again := [follow.url for follow in follows if follow.role == "feed" and follow.url in known]:
            name_editions(self.context.db, again, now=stamp(datetime.now(UTC)))
        hinted = [follow for follow in follows if follow.lastmod and follow.url in known]
        return added + self._note_hints(source, hinted)

    def _note_hints(self, source: Source, follows: list[Follow]) -> int:
        if not follows:
            return 0
        with transaction(self.context.db):
            return sum(self._note_hint(source, follow) for follow in follows)

    def _note_hint(self, source: Source, follow: Follow) -> bool:
        """A believed hint moves the next visit: now where it claims a change, to the ceiling where it claims none."""
        visit = find_visit(self.context.db, follow.url)
        checked = parse_time(visit.checked_at or "") if visit else None
        if visit is None or checked is None or not follow.lastmod:
            return False
        claims_change = predicts_change(follow.lastmod, checked)
        due = None
        if follow.lastmod != visit.lastmod and self.context.hosts.is_trusted(netloc(follow.url)):
            rest = timedelta(seconds=source.every * RANGE)
            due = stamp(datetime.now(UTC) if claims_change else checked + rest)
        note_lastmod(self.context.db, follow.url, follow.lastmod, due)
        return bool(due and claims_change)


def _drop_doubles(new: dict[str, Follow], spellings: dict[str, tuple[str, ...]]) -> None:
    """Two spellings of one page in the same batch: the first stays."""
    for url in list(new):
        if any(other in new and other != url for other in spellings[url]):
            kept = next(other for other in new if other in spellings[url])
            if kept != url:
                del new[url]
