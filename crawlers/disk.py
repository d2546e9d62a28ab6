"""Waiting for the disk: for many captures at once and in a thread, so that the answers of other hosts are not kept."""

import asyncio
from dataclasses import dataclass, field

from archive.captures import CaptureWriter


@dataclass(slots=True)
class Disk:
    """The disk that a run's captures are written to. Use from one event loop."""

    writer: CaptureWriter
    _next: asyncio.Task[None] | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def settled(self) -> None:
        """Return when all that was written so far is on the disk. Raises CaptureError where it cannot be."""
        self._next = self._next or asyncio.ensure_future(self._sync())
        await asyncio.shield(self._next)

    async def _sync(self) -> None:
        async with self._turn:
            # What is written from now on is for the next one.
            self._next = None
            await asyncio.to_thread(self.writer.syncing())
