"""One record of a capture file, taken out as it stands."""

import zlib
from pathlib import Path
from typing import BinaryIO

# The crawl keeps bodies up to 20 MB; a record is not larger than its body and some headers.
_MOST_BYTES = 24_000_000
_BLOCK = 1 << 16


class RecordError(Exception):
    """The record cannot be read where it should stand."""


def record_bytes(folder: Path, name: str, offset: int) -> bytes:
    """The gzip member (or plain record) at an offset of a capture file.

    Raises RecordError for a file outside the folder, a missing one, and an offset where no record begins.
    """
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise RecordError(f"no capture file {name}")
    if not name.endswith(".gz"):
        raise RecordError(f"{name} is not compressed record by record")
    with path.open("rb") as stream:
        stream.seek(offset)
        return _member(stream.read(_BLOCK), stream)


def _member(block: bytes, stream: BinaryIO) -> bytes:
    reader = zlib.decompressobj(wbits=31)
    taken = bytearray()
    try:
        while block and not reader.eof:
            reader.decompress(block)
            taken += block[: len(block) - len(reader.unused_data)]
            if len(taken) > _MOST_BYTES:
                raise RecordError("the record is too large")
            block = stream.read(_BLOCK)
    except zlib.error as error:
        raise RecordError("no record begins here") from error
    if not reader.eof:
        raise RecordError("the record is cut short")
    return bytes(taken)
