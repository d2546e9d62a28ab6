"""Keep an archive of today's schema as a fixture, once for every migration: ``python -m tests.keep_schema``.

Later versions of the program must be able to upgrade it (tests/archive/test_upgrades.py). What is there is never made anew.
"""

import gzip
import hashlib
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any

from archive.schema import open_archive, schema_version

ARCHIVES = Path(__file__).parent / "data" / "archives"
TEXT = "# Valo-hanke\n\nToteutusaika: 2025–2026\n\nRahoittaja: Opetushallitus"
_DAY = "2026-01-01T00:00:00Z"
_DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()
_PAGE = {"url": "https://a.example/hanke", "kind": "project", "state": "ok", "title": "Valo-hanke", "lang": "fi"}
ROWS: dict[str, dict[str, Any]] = {
    "sources": {"id": "s", "name": "Lähde", "spider": "site", "start_url": "https://a.example/", "every_s": 86_400, "first_seen": _DAY},
    "runs": {"id": 1, "kind": "crawl", "source_id": "s", "state": "done", "started_at": _DAY, "ended_at": _DAY},
    "pages": _PAGE | {"id": "0123456789ab", "source_id": "s", "host": "a.example", "first_seen": _DAY, "last_seen": _DAY},
    "captures": {
        "id": 1, "run_id": 1, "page_id": "0123456789ab", "url": _PAGE["url"], "status": 200, "captured_at": _DAY,
        "text_digest": _DIGEST, "bytes": 10, "body_digest": "x", "warc_file": "a.warc.gz", "warc_offset": 0,
    },
    "page_versions": {
        "id": 1, "page_id": "0123456789ab", "capture_id": 1, "text": TEXT, "text_digest": _DIGEST, "title": "Valo-hanke",
        "kind": "project", "lang": "fi", "state": "ok", "record": '{"kind":"project","title":"Valo-hanke","start":"2025","end":"2026"}',
        "seen_at": _DAY, "last_seen": _DAY, "rules_version": "x", "format": "html",
    },
    "facts": {
        "id": 1, "page_version_id": 1, "page_id": "0123456789ab", "field": "start", "value": "2025", "start": 28, "end": 32,
        "quote": "2025", "rule": "period.labelled", "confidence": 0.9,
    },
    "visits": {"url": _PAGE["url"], "source_id": "s", "role": "page", "due_at": _DAY, "first_seen": _DAY},
}  # fmt: skip


def main() -> None:
    """Write the fixture of the newest schema; one that is there already is left alone."""
    target = ARCHIVES / f"v{schema_version()}.db.gz"
    if target.exists():
        sys.exit(f"{target} is there already")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.db")
        open_archive(path, create=True).close()
        fill(path)
        target.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def fill(path: Path) -> None:
    """Put one row of each kind into an archive, as far as its tables have the columns."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = DELETE")
    for table, row in ROWS.items():
        columns = {found[1] for found in connection.execute(f"PRAGMA table_info([{table}])")}
        known = {name: value for name, value in row.items() if name in columns}
        marks = ", ".join("?" * len(known))
        connection.execute(f"INSERT INTO [{table}] ({', '.join(known)}) VALUES ({marks})", list(known.values()))  # noqa: S608 - constants
    connection.execute("UPDATE pages SET current_version_id = 1")
    connection.execute("PRAGMA page_size = 1024")
    connection.execute("VACUUM")
    connection.close()


if __name__ == "__main__":
    main()
