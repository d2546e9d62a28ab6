"""What a run did, said to people."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import TextIO, TypeVar

from tqdm import tqdm

from archive.command import DONE, IN_PART
from pipelines.flow import Summary

T = TypeVar("T")
_SECONDS_BETWEEN_LINES = 10.0
_BAR = "{desc}: {percentage:3.0f}%|{bar}| {elapsed}<{remaining}{postfix}"
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


_PASSED = {
    "answer": "errors, redirects and revisits",
    "type": "of other types than documents",
    "host": "of other domains",
    "language": "in other languages at first look",
    "topic": "without a word of projects or funding",
    "unreadable": "read, without text",
    "other-language": "read, in other languages",
    "other-kind": "read, surely neither project nor call nor award",
}


def print_summary(summary: Summary, out: TextIO) -> int:
    """Print what was found and what was not understood; returns how many captures failed."""
    out.write(f"captures: {_listed(summary.actions, _ACTIONS)}\n")
    if summary.passed:
        out.write(f"passed over: {_listed(summary.passed, _PASSED)}\n")
    if summary.doubtful:
        out.write(f"kept in doubt: {summary.doubtful} likely neither project nor call nor award\n")
    out.write("archive: " + ", ".join(f"{number} {table}" for table, number in summary.totals.items()) + "\n")
    if summary.problems:
        out.write(f"not understood: {_listed(summary.problems, _PROBLEMS)}\n")
    return summary.failed


def summed_up(summary: Summary) -> int:
    """Print what a run did; returns its exit code."""
    return IN_PART if print_summary(summary, sys.stdout) else DONE


def progress(
    items: Iterable[T], what: str, total: int | None = None, *, share: Callable[[T], float] | None = None
) -> Iterator[T]:
    """The items, with a bar on stderr on a terminal, and a plain line there now and then elsewhere.

    ``share`` tells how much of the whole (0..1) is done with an item, where their number is not known.
    """
    if sys.stderr.isatty():
        yield from (
            tqdm(items, desc=what, total=total, file=sys.stderr, leave=False)
            if share is None
            else _bar(items, what, share)
        )
        return
    started = last = time.monotonic()
    first = 0.0
    for number, item in enumerate(items, start=1):
        yield item
        now = time.monotonic()
        done = share(item) if share else number / total if total else None
        first = done or 0.0 if number == 1 and share else first
        if now - last >= _SECONDS_BETWEEN_LINES:
            last = now
            say(f"{what}: {number}{f' of {total}' if total else ''} done, {_pace(number, now - started, done, first)}")


def _bar(items: Iterable[T], what: str, share: Callable[[T], float]) -> Iterator[T]:
    """A bar over shares; tqdm tells the time left from how fast they grow."""
    started = time.monotonic()
    with tqdm(total=1.0, desc=what, file=sys.stderr, leave=False, bar_format=_BAR) as bar:
        for number, item in enumerate(items, start=1):
            yield item
            if number == 1:
                bar.initial = bar.n = share(item)
            bar.set_postfix_str(f"{number} done, {number / (time.monotonic() - started):.0f}/s", refresh=False)
            bar.update(max(0.0, share(item) - bar.n))


def _pace(number: int, seconds: float, done: float | None, first: float) -> str:
    """The rate, and the time left where the share that is done tells it."""
    rate = f"{number / seconds:.0f}/s"
    if not done or done <= first:
        return rate
    left = seconds * (1 - done) / (done - first)
    return f"{rate}, {100 * done:.0f} %, {timedelta(seconds=round(left))} left"


def say(line: str) -> None:
    """Tell the person at the terminal something; results go to standard output, this does not."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _listed(counts: Mapping[str, int], words: Mapping[str, str]) -> str:
    """Counts in the order of the words, then those that have none."""
    known = [f"{counts[key]} {word}" for key, word in words.items() if counts.get(key)]
    others = [f"{number} {key}" for key, number in sorted(counts.items()) if key not in words and number]
    return ", ".join(known + others) or "none"
