"""Exports: the archive's content in formats that others read."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from sqlite_utils import Database

from archive.errors import ArchiveError
from archive.records import current_records
from archive.schema import open_archive
from pipelines.jsonl import json_line
from publish.export_csv import write_entities_csv, write_tables_csv

Writer = Callable[[Database, TextIO], None]


def export(  # noqa: PLR0913 - the options of the command line
    name: str,
    db_path: Path,
    output: Path | None,
    out: TextIO,
    *,
    bom: bool = False,
    captures: Path | None = None,
) -> None:
    """Write the archive as ``records``, ``csv`` or one of `publish.export_formats`, to a file or to ``out``.

    ``csv`` with an output that is no ``.csv`` file writes a folder of one file a table. A file appears when it is
    complete. ``bom`` starts CSV files with a byte order mark, which makes spreadsheets read them as UTF-8.
    ``captures`` is the folder that a WACZ is made of.
    Raises ArchiveError where the archive cannot be opened or the output cannot be written.
    """
    if name not in WRITERS:
        from publish.export_formats import export_format  # noqa: PLC0415 - takes long to load

        export_format(name, db_path, output, captures=captures)
        return
    db = open_archive(db_path)
    try:
        if output is None:
            WRITERS[name](db, out)
        else:
            _export_to(name, db, output, bom=bom)
    finally:
        db.conn.close()


def _export_to(name: str, db: Database, output: Path, *, bom: bool) -> None:
    try:
        if name == "csv" and output.suffix.lower() != ".csv":
            output.mkdir(parents=True, exist_ok=True)
            write_tables_csv(db, lambda table: _file(output / f"{table}.csv", bom=bom))
        else:
            with _file(output, bom=bom and name == "csv") as file:
                WRITERS[name](db, file)
    except OSError as error:
        raise ArchiveError(f"{error.filename or output}: {error.strerror}") from error


def write_records(db: Database, out: TextIO) -> None:
    """One JSON object a page and line, by page id: the record of its current version."""
    out.writelines(json_line(record) + "\n" for record in current_records(db))


WRITERS: dict[str, Writer] = {"records": write_records, "csv": write_entities_csv}


@contextmanager
def _file(path: Path, *, bom: bool) -> Iterator[TextIO]:
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="", errors="backslashreplace") as file:
            yield file
        os.replace(part, path)  # noqa: PTH105 - Path.replace says the same; this one is known to be atomic
    finally:
        part.unlink(missing_ok=True)
