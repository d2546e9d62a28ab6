"""What is counted once a run: by the first to ask, and behind the readers' backs after each run."""

import asyncio

import pytest

from publish.portal import settled
from publish.portal.settled import Settled


class Counter:
    """Counts how often it is asked, and answers with that."""

    def __init__(self) -> None:
        self.times = 0

    async def __call__(self) -> int:
        await asyncio.sleep(0)
        self.times += 1
        return self.times


def test_those_who_ask_at_once_wait_for_one_count() -> None:
    async def ask() -> list[int]:
        kept, count = Settled(), Counter()
        return await asyncio.gather(*(kept.get("key", "first run", count) for _ in range(5)))

    assert asyncio.run(ask()) == [1] * 5


def test_a_run_is_counted_while_readers_have_the_last_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settled, "FRESH_S", 0.0)

    async def ask() -> list[int]:
        kept, count = Settled(), Counter()
        found = [await kept.get("key", run, count) for run in ("first", "first", "second")]
        await asyncio.gather(*kept.tasks)
        return [*found, await kept.get("key", "second", count)]

    assert asyncio.run(ask()) == [1, 1, 1, 2]


def test_runs_that_end_within_a_minute_are_counted_together() -> None:
    async def ask() -> int:
        kept, count = Settled(), Counter()
        for run in range(20):
            await kept.get("key", run, count)
        return count.times

    assert asyncio.run(ask()) == 1


def test_a_count_that_fails_is_tried_again() -> None:
    async def ask() -> int:
        kept, count = Settled(), Counter()

        async def fail() -> int:
            raise ValueError("no count")

        with pytest.raises(ValueError, match="no count"):
            await kept.get("key", "run", fail)
        return await kept.get("key", "run", count)

    assert asyncio.run(ask()) == 1
