"""Answers that take long to count and change only when a run ends: counted once a run, by nobody's waiting."""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

# A crawl of many sources ends a run every few minutes; counts that are so old are good enough meanwhile.
FRESH_S = 60.0
# The name under which a Datasette holds its `Settled`.
SETTLED = "hankearkisto_settled"


@dataclass(slots=True)
class _Kept:
    answer: Any
    state: object
    counted_at: float


@dataclass(slots=True)
class Settled:
    """The answers of one site. Only the first to ask ever waits; later runs are counted behind the readers' backs."""

    kept: dict[Hashable, _Kept] = field(default_factory=dict)
    locks: dict[Hashable, asyncio.Lock] = field(default_factory=dict)
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)

    async def get(self, key: Hashable, state: object, count: Callable[[], Awaitable[Any]]) -> Any:
        """The answer under a key, as of ``state`` (what tells runs apart) or, while it is counted anew, of the last."""
        kept = self.kept.get(key)
        lock = self.locks.setdefault(key, asyncio.Lock())
        if kept is None:
            async with lock:
                if key not in self.kept:
                    await self._count(key, state, count)
            return self.kept[key].answer
        is_old = kept.state != state and time.monotonic() - kept.counted_at >= FRESH_S
        if is_old and not lock.locked():
            task = asyncio.create_task(self._renew(key, state, count, lock))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
        return kept.answer

    async def _renew(
        self, key: Hashable, state: object, count: Callable[[], Awaitable[Any]], lock: asyncio.Lock
    ) -> None:
        async with lock:
            await self._count(key, state, count)

    async def _count(self, key: Hashable, state: object, count: Callable[[], Awaitable[Any]]) -> None:
        self.kept[key] = _Kept(await count(), state, time.monotonic())


def run_state(connection: sqlite3.Connection) -> tuple[object, ...]:
    """What tells one state of the runs from the next."""
    state: tuple[object, ...] = tuple(connection.execute("SELECT max(id), max(ended_at) FROM runs").fetchone())
    return state
