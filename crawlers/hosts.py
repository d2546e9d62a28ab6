"""What one run knows of each host: its budget, its delay, its pauses, its word about changes."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from archive.hosts import TRUSTED_AT, Host, judged_trust, load_host, save_host
from archive.schema import transaction
from crawlers.schedule import exact_stamp, parse_time, stamp

_SAVE_EVERY = 50
# No host is left alone for longer, whatever its Retry-After asks or a clock that was ahead has written.
LONGEST_REST = timedelta(days=1)
# A host that cannot be reached is asked by the next hourly run, then ever more seldom.
FIRST_REST_S = 2700.0


@dataclass(slots=True)
class HostBook:
    """The hosts that a run has met, loaded from the archive when first asked for and stored now and then."""

    db: Database
    _hosts: dict[str, Host] = field(default_factory=dict)
    _unsaved: int = 0

    def get(self, host: str) -> Host:
        """A host with today's count of requests (days are UTC)."""
        today = datetime.now(UTC).date().isoformat()
        known = self._hosts.get(host) or load_host(self.db, host)
        if known.budget_day != today:
            known = replace(known, budget_day=today, requests_today=0)
        self._hosts[host] = known
        return known

    def count_request(self, host: str) -> int:
        """Count one request; returns how many the host has had today."""
        known = self.get(host)
        self._hosts[host] = replace(known, requests_today=known.requests_today + 1)
        self._unsaved += 1
        if self._unsaved >= _SAVE_EVERY:
            self.save()
        return known.requests_today + 1

    def set_robots(self, host: str, state: str, crawl_delay: float | None) -> None:
        """Keep what robots.txt said."""
        self._hosts[host] = replace(self.get(host), robots_state=state, crawl_delay=crawl_delay)

    def set_backoff(self, host: str, seconds: float) -> None:
        """Leave a host alone for a time, in this run and the next ones."""
        until = exact_stamp(datetime.now(UTC) + min(timedelta(seconds=seconds), LONGEST_REST))
        known = self.get(host)
        if not known.backoff_until or until > known.backoff_until:
            self._hosts[host] = replace(known, backoff_until=until)

    def note_reached(self, host: str, *, reached: bool) -> None:
        """Keep whether a host could be reached; one that could not is left alone, longer each time."""
        failures = 0 if reached else self.get(host).failures + 1
        self._hosts[host] = replace(self.get(host), failures=failures)
        if failures:
            self.set_backoff(host, FIRST_REST_S * 2 ** min(failures - 1, 10))

    def backoff_left(self, host: str) -> float:
        """Seconds for which a host is to be left alone; 0 when it may be asked."""
        known = self._hosts.get(host) or self.get(host)
        until = parse_time(known.backoff_until) if known.backoff_until else None
        left = until - datetime.now(UTC) if until else timedelta(0)
        return max(0.0, left.total_seconds()) if left <= LONGEST_REST else 0.0

    def judge(self, host: str, *, predicted: bool, changed: bool) -> None:
        """Compare what a sitemap foretold of a page with what was found."""
        known = self.get(host)
        self._hosts[host] = replace(
            known, lastmod_trust=judged_trust(known.lastmod_trust, predicted=predicted, changed=changed)
        )

    def is_trusted(self, host: str) -> bool:
        """Whether the host's sitemap has proved true."""
        return self.get(host).lastmod_trust >= TRUSTED_AT

    def save(self) -> None:
        """Store all hosts."""
        self._unsaved = 0
        with transaction(self.db):
            for host in self:
                save_host(self.db, host, checked_at=stamp(datetime.now(UTC)))

    def __iter__(self) -> Iterator[Host]:
        """The hosts met so far."""
        return iter(self._hosts.values())
