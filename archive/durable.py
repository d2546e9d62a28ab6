"""Writing that is on the disk when it returns, and that leaves nothing half behind."""

import os
from io import FileIO
from pathlib import Path


def append(out: FileIO, content: memoryview, *, wait: bool = True) -> int:
    """Write to the end of a file and ``wait`` for the disk; returns the offset (bytes) at which the content begins.

    Where that fails the file is left as it was before: the room on a full disk belongs to whole records.
    """
    begin = out.seek(0, os.SEEK_END)
    try:
        while content:
            content = content[out.write(content) or 0 :]
        if wait:
            os.fsync(out.fileno())
    except OSError:
        out.truncate(begin)
        raise
    return begin


def sync_folder(folder: Path) -> None:
    """A new file's name is on the disk only when its folder is."""
    sync_handle(os.open(folder, os.O_RDONLY))


def sync_handle(handle: int) -> None:
    """Wait until what was written to an open file is on the disk, and close the handle."""
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
