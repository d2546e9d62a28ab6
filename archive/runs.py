"""Runs: what was done when, and how it went."""

from datetime import UTC, datetime
from typing import Literal

from sqlite_utils import Database

RunKind = Literal["crawl", "ingest", "rebuild"]
RunState = Literal["running", "done", "partial", "failed"]
# The columns of `runs` that count; what happened to one answer adds one to the first and to one of the others.
COUNTS = ("due", "fetched", "new", "changed", "unchanged", "gone", "skipped", "failed")


def now() -> str:
    """This moment in UTC, ISO 8601 to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def start_run(db: Database, kind: RunKind, source_id: str | None = None) -> int:
    """Open a run; returns its id."""
    row = db.execute(
        "INSERT INTO runs (kind, source_id, started_at) VALUES (?, ?, ?) RETURNING id", [kind, source_id, now()]
    ).fetchone()
    return int(row[0])


def count(db: Database, run_id: int, column: str, number: int = 1) -> None:
    """Add to one of a run's counts. Raises ValueError for a column that does not count."""
    if column not in COUNTS:
        raise ValueError(f"a run has no count {column!r}")
    db.execute(f"UPDATE runs SET {column} = {column} + ? WHERE id = ?", [number, run_id])  # noqa: S608 - checked above


def end_run(db: Database, run_id: int, state: RunState, message: str | None = None) -> None:
    """Close a run with how it went."""
    db.execute("UPDATE runs SET ended_at = ?, state = ?, message = ? WHERE id = ?", [now(), state, message, run_id])


def totals(db: Database) -> dict[str, int]:
    """How many pages, projects, calls, awards, organisations and contacts the archive holds."""
    return {table: db[table].count for table in ("pages", "projects", "calls", "awards", "organisations", "contacts")}
