"""The files of the downloads' folder, which are made after each collection."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

# What a file is, by how its name ends. Others in the folder are not offered.
FORMATS = {
    ".dcat.jsonld": "dcat",
    ".csv.zip": "datapackage",
    ".csv": "csv",
    ".jsonl": "records",
    ".xlsx": "xlsx",
    ".parquet.zip": "parquet",
    ".360giving.json": "360giving",
    ".graphml": "graphml",
    ".ics": "ics",
    ".atom": "atom",
    ".feed.json": "jsonfeed",
    ".jsonld": "jsonld",
    ".wacz": "wacz",
}


def listed_files(folder: Path | None) -> list[dict[str, Any]]:
    """The finished files of a folder by name: ``name``, ``path``, ``format``, ``bytes``, ``made_at`` (UTC)."""
    if folder is None or not folder.is_dir():
        return []
    found = (
        (path, format_of(path.name)) for path in sorted(folder.iterdir()) if path.is_file() and not path.is_symlink()
    )
    return [
        {
            "name": path.name,
            "path": str(path),
            "format": name,
            "bytes": path.stat().st_size,
            "made_at": datetime.fromtimestamp(path.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        for path, name in found
        if name
    ]


def format_of(name: str) -> str | None:
    """The format of a file by its name; None for one that is not offered."""
    return next((format_ for ending, format_ in FORMATS.items() if name.endswith(ending)), None)
