"""The simulation of crawl scheduling: it keeps the rules that it is about."""

import random
from array import array
from itertools import pairwise

import pytest

from bench import schedule
from bench.schedule import Heap, Queue, Ring, crawl, freshness


def chance(seed: int = 0) -> random.Random:
    return random.Random(seed)  # noqa: S311 - no secret


@pytest.mark.parametrize("queue", [Heap(), Ring(10)])
def test_hosts_come_in_order_of_time_and_each_as_often_as_it_went_in(queue: Queue) -> None:
    times = [host / 7 for host in range(60)]
    for host in chance(3).sample(range(60), 60):
        queue.push(times[host], host)
    found = [queue.pop() for _ in range(60)]
    assert queue.pop() is None
    hosts = [pair[1] for pair in found if pair]
    assert sorted(hosts) == list(range(60))
    assert all(times[b] > times[a] - schedule.STEP_S for a, b in pairwise(hosts))


@pytest.mark.parametrize("make", [Heap, lambda: Ring(10)])
def test_politeness_and_capacity_bound_the_rate(make: object) -> None:
    few = crawl(make(), array("I", [10_000]) * 30, 100, 1_000, chance())  # type: ignore[operator]
    assert few.fetches / few.seconds == pytest.approx(30 / (schedule.DELAY_S + schedule.ANSWER_S), rel=0.1)
    many = crawl(make(), array("I", [10_000]) * 3_000, 20, 100, chance())  # type: ignore[operator]
    assert many.fetches / many.seconds == pytest.approx(100, rel=0.05)


def test_budgets_and_pages_are_used_up_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "BUDGET", 5)
    done = crawl(Heap(), array("I", [3, 100]), 1_000, 100, chance())
    assert done.fetches == 3 + 5


def test_a_page_is_fresh_until_it_changes() -> None:
    assert schedule._fresh_days([10.0, 50.0], [0.0, 20.0]) == pytest.approx(10 + 30)
    assert schedule._fresh_days([], [0.0]) == schedule.YEAR
    ours, theirs, visits = freshness(300, chance(2))
    assert 0.5 < theirs < ours < 1
    assert 20 < visits < 60
