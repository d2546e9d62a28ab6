"""The frontier: which addresses are known, when each is due, and what hosts allow. It outlives every run."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from archive.schema import transaction


@dataclass(frozen=True, slots=True)
class Visit:
    """One known address. Times are UTC stamps; ``interval_s`` is in seconds; ``via`` is an attachment's page."""

    url: str
    source_id: str
    role: str = "page"
    via: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    lastmod: str | None = None
    checked_at: str | None = None
    interval_s: int | None = None
    unchanged_count: int = 0
    misses: int = 0
    state: str | None = None


_VISIT = (
    "url, source_id, role, via, etag, last_modified, lastmod, checked_at, interval_s, unchanged_count, misses, state"
)
# An index of the schema (`visits_due`, `visits_checked`) is in the order of each of these.
_OF_SORT = "source_id = :source AND (role IN ('page', 'attachment')) = :is_page"
_DUE = f"{_OF_SORT} AND due_at <= :now AND (checked_at IS NULL OR checked_at < :since)"
_EVERYTHING = (
    f"{_OF_SORT} AND coalesce(checked_at, '') < :since AND due_at IS NOT NULL AND coalesce(state, '') <> 'alias'"
)


@dataclass(frozen=True, slots=True)
class Round:
    """One round through a source's addresses.

    ``since`` is when it began: what was checked after it is done. ``everything`` asks for what is not due, too.
    """

    source_id: str
    since: str
    everything: bool = False


def due_visits(db: Database, turn: Round, *, now: str, limit: int, busy: Collection[str]) -> list[Visit]:
    """Up to ``limit`` addresses of a round to visit next, listings first; ``busy`` ones are under way already."""
    condition = f"{_EVERYTHING} ORDER BY coalesce(checked_at, '')" if turn.everything else f"{_DUE} ORDER BY due_at"
    sql = f"SELECT {_VISIT} FROM visits WHERE {condition}, url LIMIT :limit"  # noqa: S608 - constants only
    found: list[Visit] = []
    for is_page in (0, 1):
        if len(found) < limit:
            values = {**_values(turn, now), "is_page": is_page, "limit": limit - len(found) + len(busy)}
            found += (Visit(*row) for row in db.execute(sql, values) if row[0] not in busy)
    return found[:limit]


def count_due(db: Database, turn: Round, *, now: str) -> int:
    """How many addresses of a round are waiting."""
    sql = f"SELECT count(*) FROM visits WHERE {_EVERYTHING if turn.everything else _DUE}"  # noqa: S608 - constants
    values = _values(turn, now)
    return sum(int(db.execute(sql, {**values, "is_page": is_page}).fetchone()[0]) for is_page in (0, 1))


def _values(turn: Round, now: str) -> dict[str, str]:
    return {"source": turn.source_id, "now": now, "since": turn.since}


def known_addresses(db: Database, urls: Collection[str]) -> set[str]:
    """Those of the addresses that the frontier has."""
    marks = ", ".join("?" for _ in urls)
    return {row[0] for row in db.execute(f"SELECT url FROM visits WHERE url IN ({marks})", list(urls))}  # noqa: S608


def add_visits(db: Database, visits: Iterable[Visit], *, now: str) -> int:
    """Add addresses that are due at once; those that are known keep what they have. Returns how many were new."""
    rows = [(v.url, v.source_id, v.role, v.via, v.lastmod, now, now) for v in visits]
    before = db.conn.total_changes
    with transaction(db):
        db.conn.executemany(
            "INSERT OR IGNORE INTO visits (url, source_id, role, via, lastmod, found_at, due_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
    return db.conn.total_changes - before


def recall_visits(db: Database, source_id: str, now: str, before: str) -> int:
    """Make due what was checked after ``now``: a clock that was ahead planned its next visit. Returns how many.

    They count as checked at ``before``, a moment that lies before the round that begins now.
    """
    with transaction(db):
        return db.execute(
            "UPDATE visits SET checked_at = :before, due_at = CASE WHEN due_at IS NULL THEN NULL ELSE :before END"
            " WHERE source_id = :source AND checked_at > :now",
            {"now": now, "before": before, "source": source_id},
        ).rowcount


def note_lastmod(db: Database, url: str, lastmod: str, due_at: str | None) -> None:
    """Keep a sitemap's hint, and move the next visit where the hint is believed."""
    db.execute(
        "UPDATE visits SET lastmod = ?, due_at = coalesce(?, due_at) WHERE url = ? AND coalesce(lastmod, '') <> ?",
        [lastmod, due_at, url, lastmod],
    )


def find_visit(db: Database, url: str) -> Visit | None:
    """The frontier's row of an address."""
    row = db.execute(f"SELECT {_VISIT} FROM visits WHERE url = ?", [url]).fetchone()  # noqa: S608 - constants only
    return Visit(*row) if row else None


def save_visit(db: Database, visit: Visit, *, due_at: str, status: int | None) -> None:
    """Store what a visit found. Called with the page's own storing in mind: after it, never before."""
    db.execute(
        "UPDATE visits SET etag = ?, last_modified = ?, checked_at = ?, interval_s = ?, unchanged_count = ?,"
        " misses = ?, state = ?, due_at = ?, status = ? WHERE url = ?",
        [
            visit.etag,
            visit.last_modified,
            visit.checked_at,
            visit.interval_s,
            visit.unchanged_count,
            visit.misses,
            visit.state,
            due_at,
            status,
            visit.url,
        ],
    )


def forget_validators(db: Database, source_id: str) -> None:
    """Have the lists of a source answer in full the next time, also where they are as they were."""
    db.execute(
        "UPDATE visits SET etag = NULL, last_modified = NULL"
        " WHERE source_id = ? AND role NOT IN ('page', 'attachment')",
        [source_id],
    )


def hasten_visit(db: Database, url: str, due_at: str) -> None:
    """Have an address visited at that time at the latest."""
    db.execute("UPDATE visits SET due_at = min(due_at, ?) WHERE url = ?", [due_at, url])


def drop_visit(db: Database, url: str) -> None:
    """Forget an address; whoever names it again adds it anew."""
    db.execute("DELETE FROM visits WHERE url = ?", [url])


def document_digest(db: Database, url: str) -> str | None:
    """The digest of the data from which a page was last made; None for a new one."""
    row = db.execute("SELECT text_digest FROM visits WHERE url = ?", [url]).fetchone()
    return str(row[0]) if row and row[0] else None


def save_document(db: Database, url: str, source_id: str, digest: str, *, now: str) -> None:
    """Keep the digest of a page that was made from data. A page without an address to fetch is never due itself."""
    db.execute(
        "INSERT INTO visits (url, source_id, text_digest, found_at, checked_at, state)"
        " VALUES (?, ?, ?, ?, ?, 'composed')"
        " ON CONFLICT (url) DO UPDATE SET text_digest = excluded.text_digest",
        [url, source_id, digest, now, now],
    )


def watch_deadlines(db: Database, *, today: str, horizon: str, tomorrow: str) -> int:
    """Make pages of calls that close between two dates due daily. Returns how many visits were moved."""
    cursor = db.execute(
        # CROSS JOIN keeps the order: from the closing days between, not through all calls.
        "UPDATE visits SET due_at = ? WHERE due_at > ? AND url IN (SELECT pages.url FROM facts CROSS JOIN pages"
        " ON page_version_id = current_version_id WHERE pages.kind = 'call'"
        " AND field = 'closes' AND value BETWEEN ? AND ?)",
        [tomorrow, tomorrow, today, horizon],
    )
    return cursor.rowcount


def settle_interrupted(db: Database, source_id: str, *, now: str) -> str | None:
    """Close runs of a source that were killed; return when the first of them began, None where none was.

    A capture that was stored just before the kill counts as a visit: it is not fetched again. Whether its links had
    been taken is not known, so it is looked at again after a day, not after the source's whole interval; what is never
    due by itself (a page made of data has no address to fetch) stays so.
    """
    row = db.execute(
        "SELECT min(started_at) FROM runs WHERE kind = 'crawl' AND source_id = ? AND state = 'running'", [source_id]
    ).fetchone()
    if not row[0]:
        return None
    with transaction(db):
        db.execute(
            "UPDATE visits SET checked_at = taken.at, due_at = CASE WHEN due_at IS NULL THEN NULL"
            " ELSE strftime('%Y-%m-%dT%H:%M:%SZ', taken.at, '+1 day') END"
            " FROM (SELECT url, max(captured_at) AS at FROM captures WHERE captured_at >= ? GROUP BY url) AS taken"
            " WHERE visits.url = taken.url AND visits.source_id = ? AND coalesce(visits.checked_at, '') < taken.at",
            [row[0], source_id],
        )
        db.execute(
            "UPDATE runs SET state = 'failed', ended_at = ?, message = 'interrupted'"
            " WHERE kind = 'crawl' AND (source_id = ? OR source_id IS NULL) AND state = 'running'",
            [now, source_id],
        )
    return str(row[0])
