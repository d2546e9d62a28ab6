"""The archive's tables as Parquet files with their descriptions, in one ZIP archive."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow ships no types
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # ditto
from sqlite_utils import Database

from publish.queries.dictionary import Table, tables
from publish.queries.rows import Row
from publish.sheets import cell_value
from publish.site import metadata

_TYPES = {"INTEGER": pa.int64(), "REAL": pa.float64(), "TEXT": pa.string()}
_BATCH = 5_000


def write_parquet(db: Database, out: BinaryIO) -> None:
    """Every public table as ``{table}.parquet``; descriptions stand in the files' metadata."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for table in exported_tables(db):
            package.writestr(f"{table.name}.parquet", _table(db, table))


def rows_parquet(entities: Sequence[Row], columns: Sequence[str], base: str, lang: str) -> bytes:
    """Rows of `publish.queries.selection` as one Parquet file: sums are numbers, lists are joined, all else is text."""
    fields = [pa.field(name, pa.float64() if name.endswith("_eur") else pa.string()) for name in columns]
    cells = {name: [cell_value(entity, name, base, lang) for entity in entities] for name in columns}
    arrays = [pa.array(map(_cast(field), cells[field.name]), field.type) for field in fields]
    held = io.BytesIO()
    pq.write_table(pa.table(arrays, schema=pa.schema(fields)), held, compression="zstd")
    return held.getvalue()


def exported_tables(db: Database) -> list[Table]:
    """The tables that analysts are given: all that the data dictionary shows but the search index's."""
    return [table for table in tables(db.conn, metadata()) if not table.name.startswith("search_")]


def _table(db: Database, table: Table) -> bytes:
    fields = [
        pa.field(
            column.name, _TYPES.get(column.type.upper(), pa.string()), metadata={"description": column.description}
        )
        for column in table.columns
    ]
    schema = pa.schema(fields, metadata={"description": table.description})
    held = io.BytesIO()
    with pq.ParquetWriter(held, schema, compression="zstd") as writer:
        for batch in _batches(db, table):
            columns = zip(*batch, strict=True)
            arrays = [
                pa.array(map(_cast(field), column), field.type) for field, column in zip(fields, columns, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
    return held.getvalue()


def _batches(db: Database, table: Table) -> Iterator[list[tuple[Any, ...]]]:
    names = ", ".join(f"[{column.name}]" for column in table.columns)
    cursor = db.execute(f"SELECT {names} FROM [{table.name}]")  # noqa: S608 - names of the schema
    while batch := cursor.fetchmany(_BATCH):
        yield batch


def _cast(field: Any) -> Any:
    """SQLite's columns may hold any type; a file's column holds one."""
    return (lambda value: None if value is None else str(value)) if field.type == pa.string() else (lambda value: value)
