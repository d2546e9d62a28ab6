"""What a run did, said to people."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, TextIO, TypeVar

from tqdm import tqdm

from pipelines.flow import Summary

T = TypeVar("T")
# Plain progress lines (not on a terminal) come at most this often, in seconds, and after this many steps.
_PLAIN_INTERVAL_S, _PLAIN_STEPS = 5.0, 100
_ACTIONS = {
    "new": "new",
    "changed": "changed",
    "unchanged": "unchanged",
    "missed": "not found",
    "skipped": "passed over",
    "failed": "failed",
}
_PROBLEMS = {
    "empty": "without text",
    "scanned": "scanned documents without text",
    "unsupported": "in formats that no reader knows",
    "broken": "broken documents",
    "missing": "attachments answered by a web page",
    "foreign": "in a language that the rules do not know",
    "rule": "failed in a rule (a fault of the program)",
    "http": "server errors",
    "capture": "damaged or unusable records",
    "file": "files that could not be read",
}


def print_summary(summary: Summary, out: TextIO) -> int:
    """Print what was found and what was not understood; returns how many captures failed."""
    out.write(f"captures: {_listed(summary.actions, _ACTIONS)}\n")
    out.write("archive: " + ", ".join(f"{number} {table}" for table, number in summary.totals.items()) + "\n")
    if summary.problems:
        out.write(f"not understood: {_listed(summary.problems, _PROBLEMS)}\n")
    return summary.failed


def progress(items: Iterable[T], what: str, unit: str, total: int | None = None) -> Iterator[T]:
    """The items, with a bar on stderr on a terminal and plain lines elsewhere."""
    on_terminal = sys.stderr.isatty()
    plain: dict[str, Any] = {} if on_terminal else {"mininterval": _PLAIN_INTERVAL_S, "miniters": _PLAIN_STEPS, "ascii": True}
    yield from tqdm(items, desc=what, unit=f" {unit}", total=total, file=_Lines() if not on_terminal else None, **plain)
