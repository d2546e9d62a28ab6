"""Captures as WACZ 1.1.1 (https://specs.webrecorder.net/wacz/1.1.1/): opens in ReplayWeb.page."""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import IO, Any, BinaryIO
from urllib.parse import urlsplit

from sqlite_utils import Database

from archive.errors import ArchiveError
from publish.queries.rows import Row, rows
from publish.warc_record import RecordError, record_bytes

SOFTWARE = "Hankearkisto"
_WARC = "archive/data.warc.gz"
_INDEX = "indexes/index.cdx"
_PAGES = "pages/pages.jsonl"
_NEWEST = """
    SELECT captures.*, pages.title FROM captures JOIN pages ON pages.id = captures.page_id
    WHERE status = 200 AND warc_file IS NOT NULL ORDER BY captures.url, captured_at
"""
_IN_MEMORY = 32_000_000  # bytes of records above which they wait on the disk
# Zip entries bear no time of their own, so that the same captures give the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_wacz(db: Database, out: BinaryIO, captures: Path, page_ids: Sequence[str] | None = None) -> None:
    """The captures of pages (all without ``page_ids``) with an index and a list of pages.

    A record that its file no longer holds is left out. Raises ArchiveError where that leaves nothing of something.
    """
    wanted = None if page_ids is None else set(page_ids)
    found = [row for row in rows(db.conn, _NEWEST) if wanted is None or row["page_id"] in wanted]
    members: list[dict[str, Any]] = []
    with zipfile.ZipFile(out, "w") as package, tempfile.SpooledTemporaryFile(_IN_MEMORY) as records:
        kept = _copy_records(records, found, captures)
        if found and not kept:
            raise ArchiveError(f"{captures}: none of the {len(found)} captures is there")
        _add_records(package, members, records)
        _add(package, members, _INDEX, "".join(sorted(_cdx_line(*entry) for entry in kept)).encode())
        _add(package, members, _PAGES, _pages([row for row, _, _ in kept]))
        description = _description(members)
        package.writestr(_info("datapackage.json"), description)
        digest = {"path": "datapackage.json", "hash": _hash(description)}
        package.writestr(_info("datapackage-digest.json"), json.dumps(digest))


def _copy_records(records: IO[bytes], found: Sequence[Row], captures: Path) -> list[tuple[Row, int, int]]:
    """(capture, offset, length) of every record that was written, one after the other."""
    kept, size = [], 0
    for row in found:
        try:
            record = record_bytes(captures, row["warc_file"], row["warc_offset"])
        except RecordError:
            continue
        records.write(record)
        kept.append((row, size, len(record)))
        size += len(record)
    return kept


def _add_records(package: zipfile.ZipFile, members: list[dict[str, Any]], records: IO[bytes]) -> None:
    info, size = _info(_WARC), records.tell()
    # A size that is known beforehand: else the member's own header tells it in a way (zip64) that the table at the
    # file's end does not announce, and ReplayWeb.page, which reads that table, looks for the records beside them.
    info.file_size = size
    records.seek(0)
    with package.open(info, "w") as member:
        shutil.copyfileobj(records, member)
    records.seek(0)
    digest = file_digest(records, "sha256").hexdigest()  # type: ignore[arg-type]  # it is a file of bytes
    members.append({"name": "data.warc.gz", "path": _WARC, "hash": f"sha256:{digest}", "bytes": size})


def surt(url: str) -> str:
    """The sort-friendly form of an address, as CDX indexes key it: ``fi,tredu)/hankkeet?page=2``."""
    parts = urlsplit(url)
    host = ",".join(reversed((parts.hostname or "").removeprefix("www.").split(".")))
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}){parts.path.lower() or '/'}{query.lower()}"


def _cdx_line(row: Row, offset: int, length: int) -> str:
    stamp = row["captured_at"].translate(str.maketrans("", "", "-:TZ"))
    entry = {
        "url": row["url"],
        "mime": (row["content_type"] or "").partition(";")[0].strip() or "unk",
        "status": str(row["status"]),
        "filename": "data.warc.gz",
        "offset": str(offset),
        "length": str(length),
    }
    return f"{surt(row['url'])} {stamp} {json.dumps(entry)}\n"


def _pages(found: Sequence[Row]) -> bytes:
    newest = {row["url"]: row for row in found}
    lines: Iterator[dict[str, Any]] = (
        {"id": row["page_id"], "url": row["url"], "ts": row["captured_at"], "title": row["title"] or row["url"]}
        for row in newest.values()
    )
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All pages"}
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (head, *lines)).encode()


def _description(members: list[dict[str, Any]]) -> bytes:
    content = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": SOFTWARE,
        "created": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "software": SOFTWARE,
        "resources": members,
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _add(package: zipfile.ZipFile, members: list[dict[str, Any]], path: str, content: bytes) -> None:
    package.writestr(_info(path), content)
    members.append({"name": path.rpartition("/")[2], "path": path, "hash": _hash(content), "bytes": len(content)})


def _hash(content: bytes) -> str:
    return f"sha256:{sha256(content).hexdigest()}"


def _info(path: str) -> zipfile.ZipInfo:
    """Stored, not packed: readers fetch ranges of these files."""
    return zipfile.ZipInfo(path, _EPOCH)
