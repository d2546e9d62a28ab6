"""Reading captures back from files: WARC, ARC, and WACZ packages of them, wherever they are."""

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from archive.capture import Capture
from archive.capture_reader import CaptureProblem, IsWanted, OnProblem, StreamReader
from archive.capture_records import StoredCapture
from archive.errors import CaptureError
from archive.store_files import open_file, store_faults

CAPTURE_SUFFIXES = (".warc", ".warc.gz", ".arc", ".arc.gz", ".wacz")
# What zipfile raises on packages that are damaged, encrypted, or packed in ways that it does not know.
_ZIP_FAULTS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, zlib.error)


def capture_files(folder: Path | str) -> list[Path]:
    """The capture files of a folder in the order in which they were written (their names begin with the time).

    Raises CaptureError for a store (`archive.places`) that does not answer.
    """
    folder = Path(folder) if isinstance(folder, str) else folder
    try:
        found = [path for path in folder.glob("*") if path.name.lower().endswith(CAPTURE_SUFFIXES)]
    except store_faults() as error:
        raise CaptureError(f"{folder}: {getattr(error, 'strerror', None) or error}") from error
    return sorted(found, key=lambda path: path.name)


def read_captures(paths: Iterable[Path | str], on_problem: OnProblem | None = None) -> Iterator[Capture]:
    """The captures that pages are made of, file by file, in the order of the files.

    What cannot be read is named to ``on_problem``, and the rest goes on. Raises CaptureError for a missing file.
    """
    for path in paths:
        for stored in read_stored(path, on_problem):
            if stored.page:
                yield stored.capture


def read_stored(
    path: Path | str,
    on_problem: OnProblem | None = None,
    begin: int = 0,
    end: int | None = None,
    is_wanted: IsWanted | None = None,
) -> Iterator[StoredCapture]:
    """Every capture of one WARC, ARC or WACZ file; of a WARC or ARC file also those between two offsets only.

    ``begin`` (bytes) is where a record begins, what begins at ``end`` or later is left out: see
    `archive.capture_slices`. Raises CaptureError where the file cannot be opened.
    """
    path = Path(path) if isinstance(path, str) else path
    reader = StreamReader(on_problem or (lambda _problem: None), is_wanted or (lambda _head: True), begin, end)
    try:
        if path.name.lower().endswith(".wacz"):
            yield from _read_wacz(path, reader)
        else:
            with open_file(path) as stream:
                yield from reader.read(stream, path.name)
    except OSError as error:
        raise CaptureError(f"{path}: {error.strerror}") from error


def _read_wacz(path: Path, reader: StreamReader) -> Iterator[StoredCapture]:
    with open_file(path) as file:
        try:
            package = zipfile.ZipFile(file)
        except _ZIP_FAULTS as error:
            raise CaptureError(f"{path}: no WACZ file") from error
        with package:
            for name in sorted(package.namelist()):
                if name.lower().endswith(CAPTURE_SUFFIXES):
                    yield from _read_member(package, name, f"{path.name}!{name}", reader)


def _read_member(package: zipfile.ZipFile, name: str, place: str, reader: StreamReader) -> Iterator[StoredCapture]:
    try:
        with package.open(name) as member:
            yield from reader.read(cast("BinaryIO", member), place)
    except _ZIP_FAULTS as error:
        reader.report(CaptureProblem(place, 0, f"cannot be unpacked: {' '.join(str(error).split())[:100]}"))
