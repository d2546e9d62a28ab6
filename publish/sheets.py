"""Selections as tables for spreadsheets: CSV that cannot run as a formula, and Excel with real dates and numbers."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # XlsxWriter ships no types

from publish.export_csv import safe_cell
from publish.language import Texts
from publish.queries.rows import Row

COLUMNS = (
    "kind", "id", "title", "start", "end", "opens", "closes", "published", "funders", "coordinators", "partners",
    "identifiers", "total_eur", "grant_eur", "available_eur", "max_eur", "call_id", "languages", "urls", "first_seen",
    "last_seen", "gone_at", "address",
)  # fmt: skip
_DATES = frozenset({"start", "end", "opens", "closes", "published"})
_TIMES = frozenset({"first_seen", "last_seen", "gone_at"})
_MONEY = frozenset({"total_eur", "grant_eur", "available_eur", "max_eur"})
_LONGEST_CELL = 32_767  # characters, Excel's limit
_WIDTHS = {"title": 60, "funders": 32, "coordinators": 32, "partners": 40, "urls": 40, "address": 40}


def csv_text(entities: Sequence[Row], base: str, lang: str) -> str:
    """Rows of `publish.queries.selection` as CSV (RFC 4180); its byte order mark tells spreadsheets to read UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entity in entities:
        writer.writerow([safe_cell(cell_value(entity, name, base, lang)) for name in COLUMNS])
    return "\ufeff" + out.getvalue()


def workbook(entities: Sequence[Row], base: str, t: Texts) -> bytes:
    """The same rows as an Excel workbook. Exact days are dates; less exact ones ("2021-08") stay text."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        formats = sheet_formats(book)
        sheet = start_sheet(book, "Hankearkisto", COLUMNS, formats)
        for line, entity in enumerate(entities, 1):
            for column, name in enumerate(COLUMNS):
                write_cell(sheet, line, column, name, cell_value(entity, name, base, t.lang), formats)
        sheet.autofilter(0, 0, max(1, len(entities)), len(COLUMNS) - 1)
    return out.getvalue()


def sheet_formats(book: Any) -> dict[str, Any]:
    """The formats of cells in an Excel workbook."""
    return {
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "head": book.add_format({"bold": True, "bottom": 1}),
    }


def start_sheet(book: Any, title: str, names: Sequence[str], formats: dict[str, Any]) -> Any:
    """A sheet with its heads in place, which stay in sight."""
    sheet = book.add_worksheet(title)
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, formats["head"])
        sheet.set_column(column, column, _WIDTHS.get(name, 16))
    sheet.freeze_panes(1, 0)
    return sheet


def write_cell(  # noqa: PLR0913, PLR0917 - a cell's place, meaning and content
    sheet: Any, line: int, column: int, name: str, value: Any, formats: dict[str, Any]
) -> None:
    """One cell of an Excel sheet, by the meaning of its column."""
    if value is None or value == "":
        return
    moment = _moment(str(value)) if name in _DATES | _TIMES else None
    if moment:
        sheet.write_datetime(line, column, moment, formats["time" if "T" in str(value) else "day"])
    elif name in _MONEY or isinstance(value, int | float):
        sheet.write_number(line, column, float(value), formats["money"] if name in _MONEY else None)
    else:
        sheet.write_string(line, column, str(value)[:_LONGEST_CELL])


def cell_value(entity: Row, name: str, base: str, lang: str) -> Any:
    """The value of an entity's column, lists joined; ``address`` is that of its page."""
    if name == "address":
        return f"{base}/{lang}/{entity['kind']}s/{entity['id']}"
    value = entity[name]
    return "; ".join(value) if isinstance(value, list) else value


def _moment(value: str) -> datetime | None:
    if len(value) < 10:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    # Excel's calendar begins in 1900.
    return moment.replace(tzinfo=None) if moment.year >= 1900 else None
