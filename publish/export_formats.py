"""The formats beside records and CSV: each writes one file, from the archive as it is when it starts."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.schema import open_archive
from publish.export_360giving import write_360giving
from publish.export_datapackage import write_datapackage
from publish.export_feeds import write_atom, write_dcat, write_ics, write_json_feed, write_json_ld
from publish.export_graphml import write_graphml
from publish.export_parquet import write_parquet
from publish.export_wacz import write_wacz
from publish.export_xlsx import write_xlsx
from publish.public import is_public_connection
from publish.site import metadata

# Addresses in files lead here where the settings name no public address: `hankearkisto serve` on this machine.
LOCAL_ADDRESS = "http://127.0.0.1:8001"


@dataclass(frozen=True, slots=True)
class Source:
    """What a format may need beside the database: the site's public address, and the folder of the captures."""

    db: Database
    address: str = LOCAL_ADDRESS
    captures: Path | None = None


Writer = Callable[[Source, BinaryIO], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A writer, and how the name of its file in the downloads' folder ends."""

    write: Writer
    suffix: str


def _with_db(write: Callable[[Database, BinaryIO], None]) -> Writer:
    return lambda source, out: write(source.db, out)


def _with_address(write: Callable[[Database, BinaryIO, str], None]) -> Writer:
    return lambda source, out: write(source.db, out, source.address)


def _wacz(source: Source, out: BinaryIO) -> None:
    if source.captures is None or is_public_connection(source.db.conn):
        raise ArchiveError("a WACZ is made of captures: name their folder; the public copy has none")
    write_wacz(source.db, out, source.captures)


FORMATS: Mapping[str, Format] = {
    "xlsx": Format(_with_address(write_xlsx), ".xlsx"),
    "parquet": Format(_with_db(write_parquet), ".parquet.zip"),
    "360giving": Format(_with_address(write_360giving), ".360giving.json"),
    "graphml": Format(_with_db(write_graphml), ".graphml"),
    "ics": Format(_with_address(write_ics), ".ics"),
    "atom": Format(_with_address(write_atom), ".atom"),
    "jsonfeed": Format(_with_address(write_json_feed), ".feed.json"),
    "jsonld": Format(_with_address(write_json_ld), ".jsonld"),
    "dcat": Format(_with_address(write_dcat), ".dcat.jsonld"),
    "datapackage": Format(_with_db(write_datapackage), ".csv.zip"),
    "wacz": Format(_wacz, ".wacz"),
}


def export_format(  # noqa: PLR0913 - the options of the command line
    name: str,
    db_path: Path,
    output: Path | None,
    out: BinaryIO | None = None,
    *,
    captures: Path | None = None,
    address: str | None = None,
) -> None:
    """Write the archive in one of `FORMATS` to a file, or to ``out`` (standard output) without one.

    A file appears when it is complete. ``address`` is the site's public one, else that of the settings.
    Raises ArchiveError where the archive cannot be opened or read in that format,
    or the output cannot be written; KeyError for an unknown format.
    """
    write = FORMATS[name].write
    db = open_archive(db_path)
    try:
        source = Source(db, address or _address(), captures)
        if output is None:
            write(source, out or sys.stdout.buffer)
        else:
            with _file(output) as file:
                write(source, file)
    except OSError as error:
        raise ArchiveError(f"{error.filename or output}: {error.strerror}") from error
    finally:
        db.conn.close()


def make_files(db_path: Path, folder: Path, *, address: str | None = None) -> list[Path]:
    """Every format as a file of the downloads' folder (made if missing), after each collection; returns the files.

    Made of the public copy, for everybody may fetch them. Formats that need captures are left out. Raises ArchiveError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, format_ in FORMATS.items():
        if name != "wacz":
            made.append(folder / f"hankearkisto{format_.suffix}")
            export_format(name, db_path, made[-1], address=address)
    return made


def _address() -> str:
    plugins = metadata().get("plugins") or {}
    return str((plugins.get("hankearkisto") or {}).get("address") or LOCAL_ADDRESS).rstrip("/")


@contextmanager
def _file(path: Path) -> Iterator[BinaryIO]:
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        os.replace(part, path)  # noqa: PTH105 - Path.replace says the same; this one is known to be atomic
    finally:
        part.unlink(missing_ok=True)
