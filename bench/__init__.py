"""Benchmarks: ratios against other tools on the same input and core, because machines differ."""

from dataclasses import dataclass


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
