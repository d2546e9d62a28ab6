"""Hosts: what robots.txt said, when they asked for rest, how often they were asked today."""

from dataclasses import dataclass

from sqlite_utils import Database

# A sitemap's lastmod is believed once it has foretold this many changes more than it missed or made up. A missed change
# weighs five times as much; one that was made up half: it costs a request, and a change may be one of the layout. The
# numbers are ours.
TRUSTED_AT, MISSED_CHANGE, MADE_UP_CHANGE, TRUST_CEILING = 5.0, 5.0, 0.5, 20.0


@dataclass(frozen=True, slots=True)
class Host:
    """What is known of one network location; ``failures`` in a row to reach it."""

    host: str
    robots_state: str | None = None
    crawl_delay: float | None = None
    backoff_until: str | None = None
    requests_today: int = 0
    budget_day: str | None = None
    lastmod_trust: float = 0.0
    failures: int = 0


def load_host(db: Database, host: str) -> Host:
    """What is known of a host; a new one is blank."""
    row = db.execute(
        "SELECT host, robots_state, crawl_delay, backoff_until, requests_today, budget_day, coalesce(lastmod_trust, 0),"
        " failures"
        " FROM hosts WHERE host = ?",
        [host],
    ).fetchone()
    return Host(*row) if row else Host(host)


def save_host(db: Database, host: Host, *, checked_at: str) -> None:
    """Store what a run learned of a host."""
    db.execute(
        "INSERT INTO hosts (host, robots_state, robots_checked_at, crawl_delay, backoff_until, requests_today,"
        " budget_day, lastmod_trust, failures) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (host) DO UPDATE SET"
        " robots_state = excluded.robots_state, robots_checked_at = excluded.robots_checked_at,"
        " crawl_delay = excluded.crawl_delay, backoff_until = excluded.backoff_until,"
        " requests_today = excluded.requests_today, budget_day = excluded.budget_day,"
        " lastmod_trust = excluded.lastmod_trust, failures = excluded.failures",
        [
            host.host,
            host.robots_state,
            checked_at,
            host.crawl_delay,
            host.backoff_until,
            host.requests_today,
            host.budget_day,
            host.lastmod_trust,
            host.failures,
        ],
    )


def judged_trust(trust: float, *, predicted: bool, changed: bool) -> float:
    """A host's trust after one more page of which its sitemap had said whether it changed."""
    if changed:
        trust += 1.0 if predicted else -MISSED_CHANGE
    elif predicted:
        trust -= MADE_UP_CHANGE
    return max(-TRUST_CEILING, min(TRUST_CEILING, trust))
