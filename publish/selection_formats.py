"""What a search finds, as a file of each format: the same fields and standards as the files of the whole archive."""

import io
import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from publish.export_360giving import write_360giving
from publish.export_feeds import write_json_ld
from publish.export_graphml import write_graphml
from publish.export_parquet import rows_parquet
from publish.export_wacz import write_wacz
from publish.language import Texts
from publish.queries.rows import Row, marks, rows
from publish.queries.selection import Key
from publish.sheets import COLUMNS, csv_text, workbook

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Selected:
    """Entities that were selected (rows of `load_rows`), and what a format may need beside them."""

    entities: Sequence[Row]
    parameters: Mapping[str, Any]
    connection: sqlite3.Connection
    base: str
    t: Texts
    captures: Path | None = None

    @property
    def keys(self) -> list[Key]:
        """(kind, id) of each."""
        return [(entity["kind"], entity["id"]) for entity in self.entities]

    def ids(self, kind: str) -> list[str]:
        """The ids of those of one kind."""
        return [key for own, key in self.keys if own == kind]


@dataclass(frozen=True, slots=True)
class FileFormat:
    """How a selection is written, its media type, and whether the captures are needed for it."""

    write: Callable[[Selected], bytes]
    media_type: str
    needs_captures: bool = False


def _csv(found: Selected) -> bytes:
    return csv_text(found.entities, found.base, found.t.lang).encode()


def _xlsx(found: Selected) -> bytes:
    return workbook(found.entities, found.base, found.t)


def _json(found: Selected) -> bytes:
    content = {"selection": found.parameters, "count": len(found.entities), "results": found.entities}
    return json.dumps(content, ensure_ascii=False).encode()


def _parquet(found: Selected) -> bytes:
    return rows_parquet(found.entities, COLUMNS, found.base, found.t.lang)


def _json_ld(found: Selected) -> bytes:
    out = io.BytesIO()
    write_json_ld(Database(found.connection), out, found.base, found.keys)
    return out.getvalue()


def _360giving(found: Selected) -> bytes:
    out = io.BytesIO()
    write_360giving(Database(found.connection), out, found.base, found.ids("award"))
    return out.getvalue()


def _graphml(found: Selected) -> bytes:
    out = io.BytesIO()
    write_graphml(Database(found.connection), out, found.ids("project"))
    return out.getvalue()


def _wacz(found: Selected) -> bytes:
    if found.captures is None:
        raise ValueError("a WACZ is made of captures")
    out = io.BytesIO()
    write_wacz(Database(found.connection), out, found.captures, _pages(found))
    return out.getvalue()


def _pages(found: Selected) -> list[str]:
    """The ids of the pages that tell of the selected entities."""
    ids: dict[str, None] = {}
    for kind in ("project", "call", "award"):
        own = found.ids(kind)
        for at in range(0, len(own), _AT_ONCE):
            chunk = own[at : at + _AT_ONCE]
            sql = f"SELECT page_id FROM {kind}_pages WHERE {kind}_id IN ({marks(chunk)}) ORDER BY page_id"  # noqa: S608 - names of the schema
            ids.update((page["page_id"], None) for page in rows(found.connection, sql, chunk))
    return list(ids)


# By the ending of the address, in the order of the list; feeds and calendar are made by `publish.feeds`.
FILE_FORMATS: Mapping[str, FileFormat] = {
    "csv": FileFormat(_csv, "text/csv; charset=utf-8"),
    "xlsx": FileFormat(_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": FileFormat(_json, "application/json; charset=utf-8"),
    "jsonld": FileFormat(_json_ld, "application/ld+json; charset=utf-8"),
    "parquet": FileFormat(_parquet, "application/vnd.apache.parquet"),
    "360giving.json": FileFormat(_360giving, "application/json; charset=utf-8"),
    "graphml": FileFormat(_graphml, "application/graphml+xml"),
    "wacz": FileFormat(_wacz, "application/wacz", needs_captures=True),
}
