"""What is given out, in step with the archive: after each run the public copy and the finished files are renewed.

The work is done by a process of its own at the lowest priority, for it takes minutes of a large archive and readers are
not to feel it. The copy is written through SQLite into the file that is being served: a file that is replaced under a
running server makes it answer from several versions at once.
"""

import contextlib
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.errors import ArchiveError
from publish.export_formats import make_files
from publish.public import publish

POLL_S = 60.0
# Runs of many sources end one after the other; the copy waits until none is running, but not for ever.
LONGEST_WAIT = timedelta(hours=6)
State = tuple[object, ...]


def renew(archive: Path, copy: Path, files: Path | None = None, address: str | None = None) -> None:
    """Write the public copy anew, and with ``files`` the downloads' folder out of it. Raises ArchiveError."""
    publish(archive, copy)
    if files is not None:
        make_files(copy, files, address=address)


def last_run(path: Path) -> State | None:
    """What tells the states of an archive apart: its last run and when the last one ended.

    Raises ArchiveError for what cannot be read.
    """
    with _reading(path) as connection:
        row: State | None = connection.execute("SELECT max(id), max(ended_at) FROM runs").fetchone()
    return row


def is_running(path: Path, now: datetime) -> bool:
    """Whether a run began less than `LONGEST_WAIT` ago and has not ended."""
    since = (now - LONGEST_WAIT).strftime("%Y-%m-%dT%H:%M:%SZ")
    with _reading(path) as connection:
        sql = "SELECT 1 FROM runs WHERE state = 'running' AND started_at >= ? LIMIT 1"
        return connection.execute(sql, [since]).fetchone() is not None


def keep_readable(copy: Path) -> None:
    """Make a copy one whose readers never wait for its renewal (write-ahead mode, which a backup into it keeps)."""
    connection = sqlite3.connect(copy)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        raise ArchiveError(f"{copy} cannot be prepared for serving: {error}") from error
    finally:
        connection.close()


@dataclass(slots=True)
class Renewal:
    """A thread that renews the copy beside a served archive, and the files, whenever runs have ended."""

    archive: Path
    copy: Path
    files: Path
    address: str | None = None
    niceness: int = 19
    stopped: threading.Event = field(default_factory=threading.Event)
    done: State | None = None

    def start(self) -> None:
        """Begin to watch."""
        threading.Thread(target=self._watch, name="renewal", daemon=True).start()

    def stop(self) -> None:
        """Watch no more; a renewal under way is finished by its own process."""
        self.stopped.set()

    def look(self, now: datetime) -> bool:
        """Renew if there is something new and no run under way; returns whether it was done."""
        state = last_run(self.archive)
        has_files = self.files.is_dir() and any(self.files.iterdir())
        is_current = has_files and last_run(self.copy) == state
        # What failed once is not tried again before the next run: the message would be the same every minute.
        if is_current or state == self.done or is_running(self.archive, now):
            return False
        self.done = state
        sys.stderr.write(f"renewing {self.copy} and the files in {self.files}\n")
        return self._run() == 0

    def _watch(self) -> None:
        while not self.stopped.is_set():
            try:
                self.look(datetime.now(UTC))
            except ArchiveError as error:
                sys.stderr.write(f"not renewed: {error}\n")
            self.stopped.wait(POLL_S)

    def _run(self) -> int:
        command = [sys.executable, "-m", "hankearkisto", "publish", str(self.copy), "--db", str(self.archive)]
        command += ["--files", str(self.files), *(["--address", self.address] if self.address else [])]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
        with contextlib.suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, process.pid, self.niceness)
        return process.wait()


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        yield connection
    except sqlite3.Error as error:
        raise ArchiveError(f"{path} cannot be read as an archive: {error}") from error
    finally:
        connection.close()
