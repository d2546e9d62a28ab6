"""One crawl, ingest or rebuild at a time for one archive; reading it needs no lock."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import ArchiveError


class BusyError(ArchiveError):
    """Another process works on this archive; the message names it."""


@contextmanager
def work_lock(db_path: Path) -> Iterator[None]:
    """Hold the archive's lock. The system lets go of it when the process ends, however it ends.

    Raises BusyError where another process holds it, ArchiveError where the folder cannot be written.
    """
    path = db_path.with_name(f"{db_path.name}.lock")
    try:
        file = path.open("a+")
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror}") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise BusyError(f"{db_path} is being worked on by another process ({holder})") from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
