"""One crawl at a time for one archive."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class BusyError(Exception):
    """Another crawl works on this archive; the message says which."""


@contextmanager
def crawl_lock(db: Path) -> Iterator[None]:
    """Hold the archive's crawl lock. The system lets go of it when the process ends, however it ends.

    Raises BusyError where another process holds it.
    """
    path = db.with_name(f"{db.name}.crawl-lock")
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise BusyError(f"another crawl of {db} is running (process {file.read().strip() or 'unknown'})") from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
