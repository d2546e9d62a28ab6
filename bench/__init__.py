"""Benchmarks: ratios against other tools on the same input and core, because machines differ."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Input = TypeVar("Input")


@dataclass(frozen=True, slots=True)
class Ratio:
    """One comparison: ``ours`` against ``theirs`` in ``unit``; ``ratio`` is the first divided by the second.

    ``note`` says what was measured: the other tool, the number and size of inputs, which way is better.
    """

    name: str
    ours: float
    theirs: float
    unit: str
    ratio: float
    note: str

    def __str__(self) -> str:
        """A row of a Markdown table."""
        figures = f"{self.ours:,.1f} | {self.theirs:,.1f} | {self.unit} | {self.ratio:.2f}"
        return f"| {self.name} | {figures} | {self.note} |"


def seconds(work: Callable[[Input], object], inputs: Sequence[Input]) -> float:
    """Processor seconds for all inputs; the better of two rounds."""
    rounds = []
    for _ in range(2):
        start = time.process_time()
        for one in inputs:
            work(one)
        rounds.append(time.process_time() - start)
    return min(rounds)


def peak_mb(process: int | str = "self") -> float:
    """The most resident memory (MB) of a process, by its id, so far. Raises OSError for one that is gone.

    `ru_maxrss` would be its parent's where that held more.
    """
    status = Path(f"/proc/{process}/status").read_text("ascii", errors="replace")
    peak = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(peak[1]) / 1_000 if peak else 0.0
