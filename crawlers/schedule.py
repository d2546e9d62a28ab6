"""When an address is looked at again: sooner where it changes, later where it does not."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, TypeAlias

from archive.frontier import Visit
from crawlers.steps import Answer

Sighting: TypeAlias = Literal["new", "changed", "unchanged", "missing", "failed", "way"]
_SIGHTINGS: dict[str, Sighting] = {"new": "new", "changed": "changed", "missed": "missing"}

# Apache StormCrawler's AdaptiveScheduler, in use at Common Crawl, moves intervals in this way; the factors are ours.
SLOWER, FASTER = 1.5, 0.5
# The interval stays between a quarter of the source's own and four times it.
RANGE = 4
HOUR, DAY = 3600, 86_400
# A call is looked at daily for this long before it closes.
DEADLINE_WATCH = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Plan:
    """The interval (seconds) and when the next visit is due (UTC)."""

    interval_s: int
    due_at: datetime


def sighting_of(action: str) -> Sighting:
    """What storing a page (`pipelines.flow.Outcome.action`) says of its address."""
    return _SIGHTINGS.get(action, "unchanged")


def plan(sighting: Sighting, interval_s: int | None, every: int, now: datetime) -> Plan:
    """The next visit after a sighting; ``every`` is the source's own interval in seconds.

    A page that is missing is looked at again after a day at most, so that two sightings tell whether it is gone; after
    a failure the address is due again after an hour at least and a day at most.
    """
    interval = interval_s or every
    floor, ceiling = max(HOUR, every // RANGE), max(HOUR, every * RANGE)
    if sighting == "unchanged":
        interval = min(ceiling, int(interval * SLOWER))
    elif sighting == "changed":
        interval = max(floor, int(interval * FASTER))
    wait = interval
    if sighting == "missing":
        wait = min(interval, DAY)
    elif sighting == "failed":
        wait = max(HOUR, min(interval // RANGE, DAY))
    elif sighting == "way":
        wait = interval = every
    return Plan(interval, now + timedelta(seconds=wait))


def visited(  # noqa: PLR0913 - what there is to know of a visit
    visit: Visit, every: int, sighting: Sighting, answer: Answer | None, *, state: str, now: datetime
) -> tuple[Visit, datetime]:
    """A visit after its sighting, with the validators of its answer, and when the next one is due."""
    next_visit = plan(sighting, visit.interval_s, every, now)
    headers = answer.headers if answer else {}
    is_there = sighting in ("new", "changed", "unchanged", "way") and state != "gone"
    done = replace(
        visit,
        etag=headers.get("etag") or None,
        last_modified=headers.get("last-modified") or None,
        checked_at=exact_stamp(now),
        interval_s=next_visit.interval_s,
        unchanged_count=visit.unchanged_count + 1 if sighting == "unchanged" else 0,
        misses=0 if is_there else visit.misses,
        state=state,
    )
    return done, next_visit.due_at


def predicts_change(lastmod: str, checked_at: datetime) -> bool:
    """Whether a sitemap's ``lastmod`` claims a change since the last check. A bare date stands for its whole day."""
    claimed = parse_time(lastmod)
    if claimed is None:
        return True
    if "T" not in lastmod:
        claimed += timedelta(days=1)
    return claimed > checked_at


def parse_time(text: str) -> datetime | None:
    """An ISO 8601 date or time in UTC; None where it is neither, or only a year or a month."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def exact_stamp(moment: datetime) -> str:
    """A UTC time to the microsecond: whether an address was visited in this run or the one before is told by it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def stamp(moment: datetime) -> str:
    """A UTC time as the archive writes it: 2026-11-22T08:10:11Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
