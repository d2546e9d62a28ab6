"""Intake: what a crawl captures is read and stored, in a process beside the crawl once that is worth one."""

from archive.capture import Capture
from pipelines.beside import ReadingBeside
from pipelines.flow import Flow, Outcome

# A process takes about as long to start and to load the vocabulary as so many pages take to read.
_READ_HERE = 40


class Intake:
    """Takes the captures of one run. The captures are on the disk before: a kill loses no more than the reading."""

    def __init__(self, flow: Flow, *, is_alone: bool) -> None:
        """Take the flow that stores what was read; ``is_alone`` has all of it read in this process."""
        self._flow = flow
        self._is_alone = is_alone
        self._beside: ReadingBeside | None = None
        self._taken = 0

    async def take(self, capture: Capture) -> Outcome:
        """Read, extract and store one capture; others may be taken while its reading is awaited.

        Raises ArchiveError where the archive cannot be written.
        """
        self._taken += 1
        if self._is_alone or self._taken <= _READ_HERE:
            return self._flow.take(capture)
        self._beside = self._beside or ReadingBeside(self._flow.tombstones)
        return self._flow.store(capture, await self._beside.process(capture, self._flow.known_digest(capture)))

    def close(self) -> None:
        """End the processes."""
        if self._beside:
            self._beside.close()
