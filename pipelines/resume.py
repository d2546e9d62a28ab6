"""Going on with a rebuild that was killed: what of it is stored, and whether it was of the same captures and rules."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sqlite_utils import Database

from archive.runs import COUNTS
from archive.schema import schema_version, transaction
from pipelines.rules import rules_version

_KEY = "rebuild_of"
_ACTIONS = {"gone": "missed"}

Place = tuple[str, int]


def state_digest(files: Sequence[Path], old: Database | None) -> str:
    """Changes with anything that a rebuild is made of: the captures, the rules, the schema, the old archive's runs."""
    captures = [(path.name, path.stat().st_size) for path in files]
    runs = old.execute("SELECT max(id), max(ended_at), count(*) FROM runs").fetchone() if old else None
    forgotten = old.execute("SELECT count(*), max(since) FROM tombstones").fetchone() if old else None
    content = json.dumps([captures, rules_version(), schema_version(), runs, forgotten])
    return hashlib.sha256(content.encode()).hexdigest()


def mark_rebuild(db: Database, digest: str, run_id: int) -> None:
    """Note what an unfinished archive is being made of; part of the transaction that makes its first row."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [_KEY, f"{run_id} {digest}"])


def unmark_rebuild(db: Database) -> None:
    """The archive is complete."""
    with transaction(db):
        db.execute("DELETE FROM meta WHERE key = ?", [_KEY])


def unfinished_run(db: Database, digest: str) -> int | None:
    """The run of an unfinished archive; None where it is of other captures or rules and of no use."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", [_KEY]).fetchone()
    run, _, found = str(row[0]).partition(" ") if row else ("", "", "")
    return int(run) if found == digest else None


def stored_places(db: Database) -> set[Place]:
    """The file and offset of every capture that is stored."""
    return {(file, offset) for file, offset in db.execute("SELECT warc_file, warc_offset FROM captures")}


def forget_reports(db: Database, run_id: int) -> None:
    """Take back the damaged records that a run named: reading the files again names them again."""
    with transaction(db):
        gone = db.execute("DELETE FROM problems WHERE run_id = ? AND class = 'capture'", [run_id]).rowcount
        db.execute("UPDATE runs SET failed = failed - ? WHERE id = ?", [gone, run_id])


def counts_so_far(db: Database, run_id: int) -> Counter[str]:
    """What a run has done, by action."""
    columns = [name for name in COUNTS if name not in ("due", "fetched")]
    row = db.execute(f"SELECT {', '.join(columns)} FROM runs WHERE id = ?", [run_id]).fetchone()  # noqa: S608 - constants
    return +Counter({_ACTIONS.get(name, name): number for name, number in zip(columns, row, strict=True)})


def problems_so_far(db: Database, run_id: int) -> Counter[str]:
    """What a run has failed at, by class."""
    return Counter(dict(db.execute("SELECT class, count(*) FROM problems WHERE run_id = ? GROUP BY class", [run_id])))
