"""Analysing texts in processes gives what this process would have made, in order, whatever becomes of the processes."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

import pytest

import pipelines.analysing
from archive.search.analysis import Analysed
from pipelines.analysing import Text, analyse_all, analyse_texts

# The second is worth a process, the others are not.
BATCHES: list[tuple[str, list[Text]]] = [
    ("none", []),
    ("long", [("Hankkeessa kehitetään kalastusmatkailua. " * 3_000, "fi"), ("Projektet utvecklar hamnen.", "sv")]),
    ("short", [("Saaristosta tulee tuettuja hankkeita.\n\nI skärgården görs projekt.", "mul")]),
]
EXPECTED = [(name, analyse_texts(texts)) for name, texts in BATCHES]


@pytest.mark.parametrize("workers", [1, 2])
def test_processes_give_what_this_one_would(workers: int) -> None:
    assert list(analyse_all(BATCHES, workers)) == EXPECTED


class Lost:
    """A pool whose processes were ended: before anything was given to them, or with it."""

    def __init__(self, *, at_once: bool) -> None:
        self.at_once = at_once
        self.asked = 0

    def submit(self, work: Callable[[Sequence[Text]], list[Analysed]], texts: Sequence[Text]) -> Future[list[Analysed]]:
        self.asked += 1
        future: Future[list[Analysed]] = Future()
        future.set_exception(BrokenProcessPool())
        if self.at_once:
            raise BrokenProcessPool
        return future

    def shutdown(self, *, cancel_futures: bool) -> None:
        assert cancel_futures


@pytest.mark.parametrize("at_once", [True, False])
def test_what_lost_processes_leave_is_done_here(monkeypatch: pytest.MonkeyPatch, *, at_once: bool) -> None:
    lost = Lost(at_once=at_once)
    monkeypatch.setattr(pipelines.analysing, "worker_processes", lambda _: lost)
    assert list(analyse_all(BATCHES, 2)) == EXPECTED
    assert lost.asked == 1
