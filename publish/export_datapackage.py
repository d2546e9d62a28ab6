"""The archive's tables as CSV with a Frictionless description (https://datapackage.org), in one ZIP archive."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, BinaryIO

from sqlite_utils import Database

from publish.export_csv import safe_cell
from publish.export_parquet import exported_tables
from publish.queries.dictionary import Column, Table
from publish.site import metadata

_TYPES = {"INTEGER": "integer", "REAL": "number", "TEXT": "string"}
_BATCH = 5_000


def write_datapackage(db: Database, out: BinaryIO) -> None:
    """``{table}.csv`` for every public table, and ``datapackage.json`` with their fields, sizes and digests."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        resources = [_resource(db, table, package) for table in exported_tables(db)]
        package.writestr("datapackage.json", json.dumps(_description(resources), ensure_ascii=False, indent=1))


def _description(resources: list[dict[str, Any]]) -> dict[str, Any]:
    about = metadata()
    description = {
        "name": "hankearkisto",
        "title": "Hankearkisto",
        "created": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "resources": resources,
    }
    if about.get("license_url"):
        description["licenses"] = [{"path": about["license_url"], "title": str(about.get("license") or "")}]
    return description


def _resource(db: Database, table: Table, package: zipfile.ZipFile) -> dict[str, Any]:
    name, digest, size = f"{table.name}.csv", sha256(), 0
    with package.open(name, "w", force_zip64=True) as member:
        for chunk in _chunks(db, table):
            member.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return {
        "name": table.name.replace("_", "-"),
        "title": table.name,
        "description": table.description,
        "path": name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest.hexdigest()}",
        "profile": "tabular-data-resource",
        "schema": {"fields": [_field(column) for column in table.columns]},
    }


def _field(column: Column) -> dict[str, str]:
    return {"name": column.name, "type": _TYPES.get(column.type.upper(), "any"), "description": column.description}


def _chunks(db: Database, table: Table) -> Iterator[bytes]:
    """The CSV in pieces; cells that a spreadsheet would take for formulas begin with an apostrophe."""
    names = [column.name for column in table.columns]
    yield _csv([names])
    cursor = db.execute(f"SELECT {', '.join(f'[{name}]' for name in names)} FROM [{table.name}]")  # noqa: S608 - names of the schema
    while batch := cursor.fetchmany(_BATCH):
        yield _csv([[safe_cell(value) for value in row] for row in batch])


def _csv(lines: list[list[Any]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    return out.getvalue().encode("utf-8", "backslashreplace")
