"""A simulation of crawl scheduling over a million hosts: politeness, budgets, adaptive revisits; what deciding costs.

    python -m bench.schedule [--hosts 1000000] [--seconds 120] [--capacity 2000]

1. Which host is asked next: a heap of (time, host) against a ring of buckets, a tenth of a second each.
2. How many fetches a second the hosts allow: each is asked for one page at a time, its delay after the last answer, up
   to its day's budget; ``capacity`` is what the fetchers could do. Pages a host follow Pareto's law: most have few.
3. How fresh copies are by this project's own plan of visits (`crawlers.schedule`) against equal intervals that cost as
   many visits. Pages change by Poisson processes of different speed.

Nothing is fetched; time is simulated, so that figures depend on the machine in (1) alone.
"""

import argparse
import heapq
import random
import time
import tracemalloc
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bench import Ratio
from crawlers.schedule import DAY, plan

DELAY_S, ANSWER_S, BUDGET = 1.0, 0.5, 5_000
# The exponent at which the largest of a million hosts has some millions of pages, the median host about two hundred.
PARETO, FEWEST_PAGES = 1.2, 120
STEP_S = 0.1
# Mean days between two changes of a page, and the share of pages that change so: news and calls, projects, the rest.
SPEEDS = ((2, 0.1), (30, 0.3), (365, 0.6))
EVERY = 7 * DAY
YEAR = 365


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - no secret


class Queue(Protocol):
    """Hosts by the time from which they may be asked."""

    def push(self, ready: float, host: int) -> None: ...

    def pop(self) -> tuple[float, int] | None: ...


class Heap:
    """The standard library's heap: exact order, a logarithm of comparisons."""

    def __init__(self) -> None:
        self._items: list[tuple[float, int]] = []

    def push(self, ready: float, host: int) -> None:
        heapq.heappush(self._items, (ready, host))

    def pop(self) -> tuple[float, int] | None:
        return heapq.heappop(self._items) if self._items else None


class Ring:
    """Buckets of ``STEP_S`` in a ring that is longer than any delay: order to a tenth of a second, constant work."""

    def __init__(self, longest_s: float) -> None:
        self._buckets = [array("I") for _ in range(int(longest_s / STEP_S) + 2)]
        self._at = self._number = 0

    def push(self, ready: float, host: int) -> None:
        self._buckets[max(self._at, int(ready / STEP_S)) % len(self._buckets)].append(host)
        self._number += 1

    def pop(self) -> tuple[float, int] | None:
        if not self._number:
            return None
        self._number -= 1
        while not self._buckets[self._at % len(self._buckets)]:
            self._at += 1
        return self._at * STEP_S, self._buckets[self._at % len(self._buckets)].pop()


@dataclass(frozen=True, slots=True)
class Crawled:
    """What a simulated stretch of time brought; waits are those of hosts that could have been asked."""

    fetches: int
    seconds: float
    mean_wait_s: float
    processor_s: float


def pages_of_hosts(hosts: int, chance: random.Random) -> "array[int]":
    """How many pages each host has due."""
    return array("I", (min(4_000_000_000, int(FEWEST_PAGES * chance.paretovariate(PARETO))) for _ in range(hosts)))


def crawl(queue: Queue, due: "array[int]", seconds: float, capacity: float, chance: random.Random) -> Crawled:
    """Fetch for some simulated seconds; ``due`` and the budgets are used up on the way."""
    budget = array("I", [BUDGET]) * len(due)
    for host in range(len(due)):
        queue.push(chance.random() * DELAY_S, host)
    now = waited = 0.0
    fetches, started = 0, time.process_time()
    while now < seconds and (found := queue.pop()):
        ready, host = found
        now = max(now + 1 / capacity, ready)
        waited += now - ready
        fetches += 1
        due[host] -= 1
        budget[host] -= 1
        if due[host] and budget[host]:
            queue.push(now + ANSWER_S + DELAY_S, host)
    return Crawled(fetches, now, waited / max(1, fetches), time.process_time() - started)


def memory_a_host(hosts: int, make: type[Heap] | type[Ring]) -> float:
    """Bytes for one waiting host."""
    tracemalloc.start()
    queue = Heap() if make is Heap else Ring(10)
    for host in range(hosts):
        queue.push(host % 50 / 10, host)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size / hosts


def freshness(pages: int, chance: random.Random) -> tuple[float, float, float]:
    """Share of time for which copies are true: by our plan, by equal intervals; and the visits a page and year."""
    changes = [list(_changes(days, chance)) for days in _speeds(pages, chance)]
    planned = [list(_visits(moments)) for moments in changes]
    visits = sum(map(len, planned)) / pages
    equal = [YEAR * (number + 0.5) / visits for number in range(int(visits))]
    ours = sum(_fresh_days(*pair) for pair in zip(changes, planned, strict=True)) / pages / YEAR
    theirs = sum(_fresh_days(moments, equal) for moments in changes) / pages / YEAR
    return ours, theirs, visits


def _speeds(pages: int, chance: random.Random) -> list[int]:
    days, shares = zip(*SPEEDS, strict=True)
    return chance.choices(days, shares, k=pages)


def _changes(mean_days: float, chance: random.Random) -> Iterator[float]:
    day = chance.expovariate(1 / mean_days)
    while day < YEAR:
        yield day
        day += chance.expovariate(1 / mean_days)


def _visits(changes: list[float]) -> Iterator[float]:
    """The days on which our plan looks at a page that changes on these days."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    day, interval, seen = 0.0, None, 0
    while day < YEAR:
        yield day
        known = sum(1 for moment in changes[seen:] if moment <= day)
        found = plan("changed" if known else "unchanged", interval, EVERY, start)
        seen += known
        interval = found.interval_s
        day += (found.due_at - start) / timedelta(days=1)


def _fresh_days(changes: list[float], visits: list[float]) -> float:
    """Days between each visit and the next change or visit."""
    fresh, at = 0.0, 0
    for visit, following in zip(visits, [*visits[1:], YEAR], strict=True):
        while at < len(changes) and changes[at] <= visit:
            at += 1
        fresh += min(changes[at] if at < len(changes) else YEAR, following) - visit
    return fresh


def run(full: bool) -> list[Ratio]:
    """What deciding costs over 10^6 hosts, and how fresh copies are; ``full`` simulates an hour and 20,000 pages."""
    hosts, seconds, capacity = 1_000_000, 1_200 if full else 60, 2_000
    heap, ring = (
        crawl(queue, pages_of_hosts(hosts, _chance(1)), seconds, capacity, _chance(2)) for queue in (Heap(), Ring(10))
    )
    ours, theirs, visits = freshness(20_000 if full else 1_000, _chance(3))
    cost, other = (1e6 * one.processor_s / one.fetches for one in (ring, heap))
    note = f"a heap; {hosts:,} hosts, {ring.fetches:,} fetches; lower is better"
    fresh = f"equal intervals of the same cost, {visits:.0f} visits a page and year; share of time; higher is better"
    sizes = memory_a_host(100_000, Ring), memory_a_host(100_000, Heap)
    return [
        Ratio("choosing the next host, ring of buckets", cost, other, "us a fetch", cost / other, note),
        Ratio("a waiting host, ring of buckets", *sizes, "bytes", sizes[0] / sizes[1], "a heap; lower is better"),
        Ratio("fresh copies, adaptive", 100 * ours, 100 * theirs, "%", ours / theirs, fresh),
    ]


def main() -> None:
    """Print how many fetches hosts of different number allow, then what `run` measures.

    A round asks for what thirty days' budgets allow; the last column is its share of all pages.
    """
    parser = argparse.ArgumentParser(description="Crawl scheduling, simulated.")
    parser.add_argument("--hosts", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--capacity", type=float, default=2_000, help="fetches a second that the fetchers can do")
    options = parser.parse_args()
    print(
        "| hosts | pages | fetches/s | of capacity | mean wait of a host | us to choose | days a round | in 30 days |"
    )
    print("|---|---|---|---|---|---|---|---|")
    hosts = options.hosts
    for number in sorted({max(1, hosts // share) for share in (1_000, 100, 10, 1)}):
        due = pages_of_hosts(number, _chance(1))
        pages, in_budget = sum(due), sum(min(one, 30 * BUDGET) for one in due)
        done = crawl(Ring(10), due, options.seconds, options.capacity, _chance(2))
        rate = done.fetches / done.seconds
        # The largest hosts give no more than their budgets, however many fetchers there are.
        print(
            f"| {number:,} | {pages:,} | {rate:,.0f} | {100 * rate / options.capacity:.0f} % |"
            f" {done.mean_wait_s:.1f} s | {1e6 * done.processor_s / done.fetches:.1f} |"
            f" {in_budget / rate / DAY:,.1f} | {100 * in_budget / pages:.0f} % |"
        )
    for ratio in run(full=False):
        print(ratio)


if __name__ == "__main__":
    main()
