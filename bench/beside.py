"""What a crawl's other processes take: those that read beside it."""

import os
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Self

from bench import peak_mb


class Beside(Thread):
    """Watches the processes of this one's group: their processor time and memory, by process."""

    def __init__(self) -> None:
        """Become the leader of a group of our own."""
        super().__init__(daemon=True)
        os.setpgrp()
        self._done = Event()
        self.cpu: dict[str, float] = {}
        self.memory_mb: dict[str, float] = {}

    def __enter__(self) -> Self:
        """Begin to watch."""
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        """Look once more and end."""
        self._done.set()
        self.join()

    def run(self) -> None:
        """Look every half second, for a process that ended cannot be asked."""
        while not self._done.wait(0.5):
            self._look_around()
        self._look_around()

    def _look_around(self) -> None:
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                self._look(folder)

    def _look(self, folder: Path) -> None:
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
        if int(fields[2]) != os.getpgrp() or int(folder.name) == os.getpid():
            return
        self.cpu[folder.name] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        self.memory_mb[folder.name] = peak_mb(folder.name)
