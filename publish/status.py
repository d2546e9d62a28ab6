"""`hankearkisto status`: how sources and runs are, and what needs a person."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

from sqlite_utils import Database

from archive.alarms import standing_alarms
from archive.runs import totals
from archive.schema import open_archive
from pipelines.rules import rules_version

# A run that began so long ago and has not ended was killed.
_LONGEST_RUN = timedelta(hours=24)
# A source that was not visited for so many times its interval has been forgotten by its timer.
_OVERDUE = 3
_SOURCES = """
    SELECT sources.id, sources.name, every_s, expected_pages,
        (SELECT count(*) FROM pages WHERE source_id = sources.id AND gone_at IS NULL),
        (SELECT count(*) FROM pages WHERE source_id = sources.id AND gone_at IS NOT NULL),
        (SELECT max(started_at) FROM runs WHERE source_id = sources.id AND kind = 'crawl'), runs.state, runs.message
    FROM sources
    LEFT JOIN runs ON runs.id = (SELECT id FROM runs WHERE source_id = sources.id AND kind = 'crawl'
        -- A run that had nothing to do says nothing of the source.
        ORDER BY due > 0 DESC, id DESC LIMIT 1)
    ORDER BY sources.id
"""


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source: its pages, its last crawl, and what about it needs a person."""

    id: str
    name: str
    pages: int
    gone: int
    expected_pages: int | None
    last_crawl: str | None
    state: str | None
    attention: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """The whole archive. ``outdated_pages`` were read by other rules than today's: a rebuild would read them again."""

    totals: dict[str, int]
    outdated_pages: int
    problems: dict[str, int]
    sources: tuple[SourceStatus, ...]
    attention: tuple[str, ...]


def print_status(db_path: Path, *, as_json: bool, out: TextIO) -> bool:
    """Print the status; returns whether something needs a person. Raises ArchiveError for what is no archive."""
    status = read_status(open_archive(db_path), datetime.now(UTC))
    if as_json:
        out.write(json.dumps(asdict(status), ensure_ascii=False, indent=2) + "\n")
    else:
        out.writelines(f"{line}\n" for line in _lines(status))
    return bool(status.attention)


def read_status(db: Database, now: datetime) -> Status:
    """The status at a time (UTC)."""
    sources = tuple(_source(db, row, now) for row in db.execute(_SOURCES).fetchall())
    (outdated,) = db.execute(
        "SELECT count(*) FROM pages JOIN page_versions ON page_versions.id = current_version_id"
        " WHERE rules_version <> ?",
        [rules_version()],
    ).fetchone()
    problems = dict(db.execute("SELECT class, count(*) FROM problems GROUP BY class ORDER BY class").fetchall())
    attention = [f"{source.id}: {reason}" for source in sources for reason in source.attention]
    return Status(totals(db), outdated, problems, sources, (*attention, *_runs_to_look_at(db, now)))


def _source(db: Database, row: tuple[Any, ...], now: datetime) -> SourceStatus:
    key, name, every_s, expected, pages, gone, started, state, message = row
    reasons: list[str] = []
    if started is not None:
        if state == "failed":
            reasons.append(f"the last crawl failed ({message or 'no reason given'})")
        alarms = standing_alarms(db, key)
        reasons += alarms
        if expected is not None and pages < expected and not alarms:
            reasons.append(f"{pages} pages, at least {expected} are expected")
        if every_s and _time(started) + timedelta(seconds=_OVERDUE * every_s) < now:
            reasons.append(f"last crawled {started}, due every {every_s // 3600} hours")
    return SourceStatus(key, name, pages, gone, expected, started, state, tuple(reasons))


def _runs_to_look_at(db: Database, now: datetime) -> Iterator[str]:
    oldest = (now - _LONGEST_RUN).strftime("%Y-%m-%dT%H:%M:%SZ")
    for kind, started in db.execute(
        "SELECT kind, max(started_at) FROM runs WHERE state = 'running' AND started_at < ? GROUP BY kind", [oldest]
    ):
        yield f"a run ({kind}) that began {started} never ended"
    for kind, count in db.execute("SELECT kind, count(*) FROM erasures GROUP BY kind"):
        yield f"{count} erasures ({kind}) were cut off: run 'hankearkisto forget' again"
    for message, count in db.execute(
        "SELECT message, count(*) FROM problems WHERE class = 'rule'"
        " AND run_id = (SELECT max(id) FROM runs WHERE source_id IS NULL) GROUP BY message ORDER BY message"
    ):
        yield f"a rule failed on {count} pages: {message}"


def _lines(status: Status) -> Iterator[str]:
    yield "archive: " + ", ".join(f"{number} {table}" for table, number in status.totals.items())
    for source in status.sources:
        crawled = f"last crawl {source.last_crawl} {source.state}" if source.last_crawl else "never crawled"
        yield f"source {source.id}: {source.pages} pages, {source.gone} gone, {crawled}"
    if status.problems:
        yield "problems: " + ", ".join(f"{number} {kind}" for kind, number in status.problems.items())
    if status.outdated_pages:
        yield f"rules: {status.outdated_pages} pages were read by other rules than today's ('hankearkisto rebuild')"
    yield from (f"needs a person: {reason}" for reason in status.attention)
    if not status.attention:
        yield "nothing needs a person"


def _time(stamp: str) -> datetime:
    return datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%S%z")
