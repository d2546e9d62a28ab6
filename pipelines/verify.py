"""Verify: the archive against itself and against its captures."""

import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from sqlite_utils import Database

from archive.backup import fault_of
from archive.capture_digests import answer_digests
from archive.captures import capture_files
from archive.errors import ArchiveError, CaptureError
from archive.schema import open_archive
from archive.search.documents import TYPES
from archive.search.rows import keys_of
from pipelines.process import text_digest
from pipelines.report import progress


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold: what was compared (``check``), and a line that names the place."""

    check: str
    message: str


def verify(db_path: Path, captures: Path, out: TextIO) -> int:
    """Print a line for every finding, and how much was looked at; returns the number of findings.

    Raises ArchiveError for a missing archive or one of another program; a damaged one is a finding.
    """
    number = 0
    for finding in _findings(db_path, captures):
        number += 1
        out.write(f"{finding.check}: {finding.message}\n")
    out.write(f"{number} findings\n" if number else "the archive and its captures are sound\n")
    return number


def _findings(db_path: Path, captures: Path) -> Iterator[Finding]:
    if not db_path.exists():
        raise ArchiveError(f"no archive at {db_path}")
    if fault := fault_of(db_path):
        yield Finding("database", f"{fault} (restore a backup, or run 'hankearkisto rebuild')")
        return
    db = open_archive(db_path)
    try:
        yield from check_texts(db)
        yield from check_index(db)
        yield from check_captures(db, captures)
        for kind, number in db.execute("SELECT kind, count(*) FROM erasures GROUP BY kind"):
            yield Finding("forgotten", f"{number} orders ({kind}) were cut off: run 'hankearkisto forget' again")
    finally:
        db.conn.close()


def check_texts(db: Database) -> Iterator[Finding]:
    """Texts against their digests, and the evidence of every fact and refusal against the text."""
    versions = [row[0] for row in db.execute("SELECT id FROM page_versions ORDER BY id")]
    for version in progress(versions, "checking evidence", len(versions)):
        text, digest = db.execute("SELECT text, text_digest FROM page_versions WHERE id = ?", [version]).fetchone()
        if text_digest(text) != digest:
            yield Finding("text", f"page version {version} is not what its digest says")
        facts = db.execute("SELECT id, start, end, quote FROM facts WHERE page_version_id = ?", [version])
        for fact, start, end, quote in facts:
            if text[start:end] != quote:
                yield Finding("evidence", f"fact {fact} quotes what page version {version} does not say at {start}")
        refusals = db.execute("SELECT id, start, end FROM refusals WHERE page_version_id = ?", [version])
        for refusal, start, end in refusals:
            if not 0 <= start <= end <= len(text):
                yield Finding("evidence", f"refusal {refusal} stands outside page version {version}")


def check_index(db: Database) -> Iterator[Finding]:
    """The search index against the pages and entities, the texts that it was made of, and itself."""
    for type_ in TYPES:
        there = {row[0] for row in db.execute("SELECT key FROM search_documents WHERE type = ?", [type_])}
        wanted = set(keys_of(db, type_))
        yield from (Finding("index", f"{type_} {key} cannot be found") for key in sorted(wanted - there))
        yield from (Finding("index", f"{type_} {key} is found and is not there") for key in sorted(there - wanted))
    rows = db.execute(
        "SELECT key, text_check, text FROM search_documents JOIN page_versions ON page_versions.id = page_version_id"
    )
    for key, check, text in rows:
        if zlib.crc32(text.encode("utf-8", "surrogatepass")) != check:
            yield Finding("index", f"page {key} is indexed with another text")
    for table in ("search_index", "search_terms"):
        try:
            db.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")  # noqa: S608 - constants
        except sqlite3.DatabaseError as error:
            yield Finding("index", f"the full-text index {table} is damaged: {error}")


def check_captures(db: Database, folder: Path) -> Iterator[Finding]:
    """Every capture that the archive names against the files, and the files against their own digests."""
    places: dict[str, dict[int, bool]] = {}
    for path in progress(capture_files(folder), "checking captures"):
        try:
            places[path.name] = dict(answer_digests(path))
        except CaptureError as error:
            yield Finding("captures", str(error))
    for file, answers in places.items():
        wrong = sorted(offset for offset, is_right in answers.items() if not is_right)
        yield from (Finding("captures", f"{file}, byte {offset}: not what its digest says") for offset in wrong)
    for file, offset, url in db.execute(
        "SELECT warc_file, warc_offset, url FROM captures WHERE warc_file IS NOT NULL ORDER BY warc_file, warc_offset"
    ):
        if offset not in places.get(file, {}):
            reason = "no such record" if file in places else "no such file"
            yield Finding("captures", f"{file}, byte {offset}: {reason} ({url})")
