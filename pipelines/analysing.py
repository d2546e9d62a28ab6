"""Texts analysed for the search index: many at once in processes beside the one that writes, their order kept."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TypeAlias, TypeVar

from archive.search.analysis import Analysed, analyse
from pipelines.pool import worker_processes

Batch = TypeVar("Batch")
# A text and its main language.
Text: TypeAlias = tuple[str, str | None]
# Batches that wait for each worker.
_WAITING = 2
# Characters: fewer are analysed in about the time that a process takes to start.
_WORTH_A_PROCESS = 100_000


def analyse_all(
    batches: Iterable[tuple[Batch, Sequence[Text]]], workers: int
) -> Iterator[tuple[Batch, list[Analysed]]]:
    """Every batch with the analyses of its texts, in order; ``workers`` below two: all is done in this process."""
    executor = worker_processes(workers) if workers > 1 else None
    waiting: deque[tuple[Batch, Callable[[], list[Analysed]]]] = deque()
    try:
        for batch, texts in batches:
            waiting.append((batch, _begun(executor, texts)))
            if len(waiting) >= workers * _WAITING:
                yield _taken(waiting)
        while waiting:
            yield _taken(waiting)
    finally:
        if executor:
            executor.shutdown(cancel_futures=True)


def analyse_texts(texts: Sequence[Text]) -> list[Analysed]:
    """The analyses of some texts."""
    return [analyse(text, lang) for text, lang in texts]


def _begun(executor: ProcessPoolExecutor | None, texts: Sequence[Text]) -> Callable[[], list[Analysed]]:
    """What gives the analyses of some texts: they are being made already, or will be made here."""
    here = partial(analyse_texts, texts)
    if executor is None or sum(len(text) for text, _ in texts) < _WORTH_A_PROCESS:
        return here
    try:
        future = executor.submit(analyse_texts, texts)
    except BrokenProcessPool:
        return here

    def told() -> list[Analysed]:
        try:
            return future.result()
        except BrokenProcessPool:
            # Somebody ended a process: what it was to do is done here.
            return here()

    return told


def _taken(waiting: deque[tuple[Batch, Callable[[], list[Analysed]]]]) -> tuple[Batch, list[Analysed]]:
    batch, told = waiting.popleft()
    return batch, told()
