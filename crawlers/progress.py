"""How a crawl is getting on, on standard error: a bar on a terminal, plain lines now and then elsewhere."""

import sys
import time
from typing import Protocol

from tqdm import tqdm

_SECONDS_BETWEEN_LINES = 10.0


class Progress(Protocol):
    """Told after each address."""

    def step(self, source_id: str) -> None:
        """One address of a source is done."""

    def say(self, line: str) -> None:
        """Say one line."""

    def close(self) -> None:
        """Finish."""


class Bar:
    """A bar for a terminal. The total is unknown: pages lead to pages."""

    def __init__(self, due: int) -> None:
        """Start; ``due`` is how many addresses wait at the beginning."""
        self._bar = tqdm(total=due or None, unit=" pages", file=sys.stderr, leave=False)

    def step(self, source_id: str) -> None:
        """Move on by one; the total grows when more was found than was due."""
        if self._bar.total is not None and self._bar.n >= self._bar.total:
            self._bar.total = None
        self._bar.set_postfix_str(source_id, refresh=False)
        self._bar.update()

    def say(self, line: str) -> None:
        """Write a line above the bar."""
        self._bar.write(line, file=sys.stderr)

    def close(self) -> None:
        """Remove the bar."""
        self._bar.close()


class Lines:
    """A line every ten seconds, for logs."""

    def __init__(self) -> None:
        """Start counting."""
        self._count, self._last = 0, time.monotonic()

    def step(self, source_id: str) -> None:
        """Count, and say where the crawl stands when it is time."""
        self._count += 1
        if time.monotonic() - self._last >= _SECONDS_BETWEEN_LINES:
            self._last = time.monotonic()
            self.say(f"{self._count} addresses done, last of {source_id}")

    def say(self, line: str) -> None:
        """Write a line."""
        sys.stderr.write(line + "\n")
        sys.stderr.flush()

    def close(self) -> None:
        """Nothing is left behind."""


def progress_for(due: int) -> Progress:
    """A bar on a terminal, lines elsewhere."""
    return Bar(due) if sys.stderr.isatty() else Lines()
