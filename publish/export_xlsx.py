"""The archive as an Excel workbook: one sheet a kind, with real dates and numbers."""

import io
from collections.abc import Iterator
from typing import BinaryIO

import xlsxwriter  # type: ignore[import-untyped]  # XlsxWriter ships no types
from sqlite_utils import Database

from publish.language import DEFAULT
from publish.queries.rows import TABLES, Row, rows
from publish.queries.selection import load_rows
from publish.sheets import COLUMNS, cell_value, sheet_formats, start_sheet, write_cell

# Excel's own limit for a sheet is 1,048,576 rows; what is beyond it is in the CSV and Parquet files.
_MOST_ROWS = 1_048_575
_AT_ONCE = 500
_ORGANISATIONS = (
    "SELECT id, name, type, business_id, part_of_id, first_seen, last_seen FROM organisations ORDER BY id LIMIT ?"
)


def write_xlsx(db: Database, out: BinaryIO, address: str) -> None:
    """Projects, calls, awards and organisations, each on a sheet of its own, row by row."""
    held = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(held, options) as book:
        formats = sheet_formats(book)
        for kind, table in TABLES.items():
            sheet = start_sheet(book, table, COLUMNS, formats)
            for line, entity in enumerate(_entities(db, kind), 1):
                for column, name in enumerate(COLUMNS):
                    write_cell(sheet, line, column, name, cell_value(entity, name, address, DEFAULT), formats)
        bodies = rows(db.conn, _ORGANISATIONS, [_MOST_ROWS])
        names = tuple(bodies[0]) if bodies else ("id", "name")
        sheet = start_sheet(book, "organisations", names, formats)
        for line, body in enumerate(bodies, 1):
            for column, name in enumerate(names):
                write_cell(sheet, line, column, name, body[name], formats)
    out.write(held.getvalue())


def _entities(db: Database, kind: str) -> Iterator[Row]:
    sql = f"SELECT id FROM {TABLES[kind]} ORDER BY id LIMIT ?"  # noqa: S608 - a constant table
    keys = [(kind, key) for (key,) in db.execute(sql, [_MOST_ROWS]).fetchall()]
    for at in range(0, len(keys), _AT_ONCE):
        yield from load_rows(db.conn, keys[at : at + _AT_ONCE])
