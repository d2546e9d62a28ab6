"""Opening files to read, wherever they are: what a store fails at is an error of its own, never mistaken for damage."""

import io
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, cast

from archive.errors import CaptureError
from archive.places import is_local

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from upath import UPath

_BLOCK = 1 << 20


def store_faults() -> tuple[type[Exception], ...]:
    """What reading from a store raises; aiohttp's errors, where it is in use, are no OSErrors."""
    web = sys.modules.get("aiohttp")
    return (OSError, ValueError, *((web.ClientError,) if web else ()))


def open_file(path: Path) -> BinaryIO:
    """A file to read and to move about in. Raises OSError for a local one, CaptureError for one in a store.

    A file of a server that gives no parts of it is fetched whole first.
    """
    if is_local(path):
        return path.open("rb")
    store = cast("UPath", path)
    try:
        if store.protocol in ("http", "https") and not _gives_parts(store):
            return _fetched(store)
        return cast("BinaryIO", io.BufferedReader(_StoreFile(store.open("rb"), str(path)), _BLOCK))
    except store_faults() as error:
        raise CaptureError(f"{path}: {error}") from error


def _gives_parts(store: "UPath") -> bool:
    """Whether a server answers for its file's last byte alone; what its headers claim tells little."""
    size = store.stat().st_size
    try:
        with store.open("rb") as file:
            return bool(size) and file.seek(size - 1) == size - 1 and len(file.read(1)) == 1
    except ValueError:
        return False


def _fetched(store: "UPath") -> BinaryIO:
    file = TemporaryFile()  # noqa: SIM115 - the caller closes it, and then it is gone
    with store.fs.open(store.path, "rb", block_size=0) as there:
        shutil.copyfileobj(there, file, _BLOCK)
    file.seek(0)
    return cast("BinaryIO", file)


class _StoreFile(io.RawIOBase):
    """A store's file whose failures are CaptureErrors, so that no reader takes them for the end of a damaged file."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        super().__init__()
        self._file, self._name = file, name

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read as much as there is room for."""
        room = memoryview(buffer)
        try:
            data = self._file.read(len(room))
        except store_faults() as error:
            raise CaptureError(f"{self._name}: {error}") from error
        room[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move about; nothing is fetched for that."""
        return self._file.seek(offset, whence)

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def close(self) -> None:
        """Close the store's file, too."""
        if not self.closed:
            self._file.close()
        super().close()
