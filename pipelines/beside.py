"""Reading beside: captures are read and extracted in other processes while this one goes on with its own work."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TypeAlias

from archive.capture import Capture
from archive.tombstones import Tombstones
from pipelines.extract import extract
from pipelines.pool import DIED, Result, worker_processes
from pipelines.process import process_safely
from pipelines.read import read

Task: TypeAlias = Callable[[Capture, str | None], Result]


class ReadingBeside:
    """Processes that read for one event loop.

    Without ``workers`` there is one for each core: reading is most of the work, and whoever fetches mostly waits.
    """

    def __init__(self, tombstones: Tombstones, workers: int | None = None, task: Task | None = None) -> None:
        """Nothing is started before the first capture comes. ``task``, a function of a module, is for tests."""
        self._task = task or partial(_process, tombstones)
        self._workers = workers or os.cpu_count() or 1
        self._executor: ProcessPoolExecutor | None = None
        self._one_at_a_time = asyncio.Lock()

    async def process(self, capture: Capture, known_digest: str | None) -> Result:
        """As `process_safely`; a capture that kills the process that reads it is a Failure."""
        executor = self._executor = self._executor or worker_processes(self._workers)
        try:
            return await self._submit(executor, capture, known_digest)
        except BrokenProcessPool:
            # Any capture that was being read may be the one that kills: each is read again, alone.
            if self._executor is executor:
                self._executor = None
            return await self._alone(capture, known_digest)

    async def _alone(self, capture: Capture, known_digest: str | None) -> Result:
        async with self._one_at_a_time:
            executor = worker_processes(1)
            try:
                return await self._submit(executor, capture, known_digest)
            except BrokenProcessPool:
                return DIED
            finally:
                executor.shutdown(wait=False)

    async def _submit(self, executor: ProcessPoolExecutor, capture: Capture, known_digest: str | None) -> Result:
        return await asyncio.wrap_future(executor.submit(self._task, capture, known_digest))

    def close(self) -> None:
        """End the processes; what they were reading is dropped."""
        if self._executor:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None


def _process(tombstones: Tombstones, capture: Capture, known_digest: str | None) -> Result:
    return process_safely(capture, read, extract, known_digest, tombstones)
