"""How much work texts that repeat one thing in one line are, counted: ``python -m tests.pipelines.counted_work``.

Prints what reading each text of `TEXTS` takes at two lengths, as JSON: calls of functions, and characters that regular
expressions are led over. Nothing of it depends on the machine or on what else runs there. Patterns are compiled when
modules are imported, so that it takes a process of its own.
"""

import json
import re
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

BEGINNING = "Hankkeen kuvaus ja rahoitus: hanketta toteuttaa "
SHORT, TIMES = 5_000, 4


class Work:
    """What was counted so far."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.done = 0

    def __call__(self, _frame: FrameType, event: str, _arg: object) -> None:
        """Count a call; for `sys.setprofile`."""
        self.done += event in ("call", "c_call")


WORK = Work()


class Counted:
    """A compiled pattern that counts the characters it is led over."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        """Stand for a pattern."""
        self._pattern = pattern

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)

    def search(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """As a pattern's; up to the match, or all of what there is."""
        found = self._pattern.search(text, pos, endpos)
        WORK.done += (found.end() if found else min(endpos, len(text))) - min(pos, len(text))
        return found

    def match(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """As a pattern's: the match."""
        found = self._pattern.match(text, pos, endpos)
        WORK.done += found.end() - found.start() if found else 1
        return found

    def fullmatch(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """As a pattern's: the match."""
        found = self._pattern.fullmatch(text, pos, endpos)
        WORK.done += found.end() - found.start() if found else 1
        return found

    def finditer(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """As a pattern's: what lies between the matches, match by match."""
        reached = min(pos, len(text))
        for found in self._pattern.finditer(text, pos, endpos):
            WORK.done += found.end() - reached
            reached = found.end()
            yield found
        WORK.done += max(0, min(endpos, len(text)) - reached)

    def findall(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> list[Any]:
        """As a pattern's: all of what there is."""
        WORK.done += max(0, min(endpos, len(text)) - pos)
        return self._pattern.findall(text, pos, endpos)

    def sub(self, new: Any, text: str, count: int = 0) -> str:
        """As a pattern's: the whole text."""
        WORK.done += len(text)
        return self._pattern.sub(new, text, count)

    def split(self, text: str, maxsplit: int = 0) -> list[Any]:
        """As a pattern's: the whole text."""
        WORK.done += len(text)
        return self._pattern.split(text, maxsplit)


def count_patterns() -> None:
    """Make every pattern that is compiled from now on a counted one."""
    plain = re._compile  # type: ignore[attr-defined]

    def compile_counted(pattern: Any, flags: int) -> Any:
        if isinstance(pattern, Counted):
            return pattern
        found = plain(pattern, flags)
        return Counted(found) if isinstance(found.pattern, str) else found

    re._compile = compile_counted  # type: ignore[attr-defined]


def main() -> None:
    """Count all texts."""
    from tests.pipelines.test_extract_linear import TEXTS

    count_patterns()
    from pipelines.extract import extract

    def work(repeated: str, size: int) -> int:
        text = (BEGINNING + repeated * (size // len(repeated) + 1))[:size]
        WORK.done = 0
        sys.setprofile(WORK)
        extract(text, id="x")
        sys.setprofile(None)
        return WORK.done

    for repeated in TEXTS.values():
        work(repeated, 500)
    json.dump({name: [work(text, SHORT), work(text, TIMES * SHORT)] for name, text in TEXTS.items()}, sys.stdout)


if __name__ == "__main__":
    main()
