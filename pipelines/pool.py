"""Reading and extracting many captures at once, their results in the order in which the captures came."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import TypeAlias

from archive.capture import Capture
from archive.tombstones import Tombstones
from pipelines.extract import extract
from pipelines.process import NOTHING_FORGOTTEN, Failure, Processed, process_safely
from pipelines.read import read

Result: TypeAlias = Processed | Failure | None
Task: TypeAlias = Callable[[list[Capture]], list[Result]]
# Captures in one task, and tasks that wait for each worker: enough to keep it busy, few enough to stay small in memory.
_BATCH, _WAITING = 8, 3
DIED = Failure("the process that read this capture died")


def process_all(
    captures: Iterable[Capture],
    workers: int,
    task: Task | None = None,
    tombstones: Tombstones = NOTHING_FORGOTTEN,
) -> Iterator[tuple[Capture, Result]]:
    """Every capture with what it says, in order, whatever the number of workers (processes beside this one).

    A capture that kills its process is told from its neighbours and given as a Failure. ``task`` replaces the
    project's own reading and extraction, for tests; it is a function of a module.
    """
    yield from _Pool(workers, task or partial(process_batch, tombstones=tombstones)).run(captures)


def process_batch(captures: list[Capture], tombstones: Tombstones = NOTHING_FORGOTTEN) -> list[Result]:
    """Read and extract some captures with the project's own rules."""
    return [process_safely(capture, read, extract, None, tombstones) for capture in captures]


@dataclass(slots=True)
class _Pool:
    workers: int
    task: Task
    _waiting: deque[tuple[list[Capture], Future[list[Result]]]] = field(default_factory=deque)

    def run(self, captures: Iterable[Capture]) -> Iterator[tuple[Capture, Result]]:
        source = iter(captures)
        executor = worker_processes(self.workers)
        try:
            while batch := list(islice(source, _BATCH)):
                self._waiting.append((batch, executor.submit(self.task, batch)))
                if len(self._waiting) >= self.workers * _WAITING:
                    executor, results = self._next(executor)
                    yield from results
            while self._waiting:
                executor, results = self._next(executor)
                yield from results
        finally:
            executor.shutdown(cancel_futures=True)

    def _next(self, executor: ProcessPoolExecutor) -> tuple[ProcessPoolExecutor, list[tuple[Capture, Result]]]:
        """The results of the oldest batch, and the executor to go on with."""
        batch, future = self._waiting.popleft()
        try:
            return executor, list(zip(batch, future.result(), strict=True))
        except BrokenProcessPool:
            # Any capture that was being read may be the one that kills: all that wait are read one by one.
            executor.shutdown()
            suspects = [capture for late in (batch, *(late for late, _ in self._waiting)) for capture in late]
            self._waiting.clear()
            return worker_processes(self.workers), list(_one_by_one(suspects, self.task))


def _one_by_one(captures: Iterable[Capture], task: Task) -> Iterator[tuple[Capture, Result]]:
    """Each capture alone in a process, so that the one that kills it is known."""
    executor = worker_processes(1)
    for capture in captures:
        try:
            yield capture, executor.submit(task, [capture]).result()[0]
        except BrokenProcessPool:
            executor.shutdown()
            executor = worker_processes(1)
            yield capture, DIED
    executor.shutdown()


def worker_processes(workers: int) -> ProcessPoolExecutor:
    """Processes with the readers and rules loaded; they end when this process does, however that ends."""
    # Forked from a server that holds the modules and nothing else: a fork of this process, with its threads and open
    # databases, would not be safe.
    context = get_context("forkserver")
    context.set_forkserver_preload(["pipelines.warm"])
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent)


def _end_with_parent() -> None:
    """In a worker: watch the process that started it, for nobody else would end a worker whose parent was killed."""
    parent = parent_process()
    if parent:
        Thread(target=_wait_and_end, args=(parent.sentinel,), daemon=True).start()


def _wait_and_end(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
