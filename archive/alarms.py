"""Alarms: what about a source needs a person. One stands until the source's listings have all been read anew."""

from sqlite_utils import Database

# Troubles of single pages are problems of the run of all sources; what a source's own run wrote down is an alarm.
STANDING = """
    SELECT problems.class, problems.message, runs.source_id, problems.seen_at
    FROM problems JOIN runs ON runs.id = problems.run_id
    WHERE problems.settled_at IS NULL AND runs.kind = 'crawl' AND runs.source_id IS NOT NULL
"""
_SETTLE = """
    UPDATE problems SET settled_at = :now
    WHERE settled_at IS NULL
    AND run_id IN (SELECT id FROM runs WHERE kind = 'crawl' AND source_id = :source)
    AND NOT EXISTS (
        SELECT 1 FROM visits WHERE source_id = :source AND role NOT IN ('page', 'attachment')
        AND coalesce(state, '') <> 'alias' AND NOT (role = 'feed' AND due_at IS NULL)
        AND coalesce(checked_at, '') <= problems.seen_at
    )
"""


def settle_alarms(db: Database, source_id: str, *, now: str) -> int:
    """Settle the alarms of a source that were raised before its listings were all read; returns how many.

    What still is amiss has been raised anew by that reading.
    """
    return int(db.execute(_SETTLE, {"source": source_id, "now": now}).rowcount)


def standing_alarms(db: Database, source_id: str) -> list[str]:
    """The messages of the alarms that stand, oldest first, each once."""
    found = db.execute(f"{STANDING} AND runs.source_id = ? ORDER BY problems.id", [source_id]).fetchall()
    return list(dict.fromkeys(row[1] for row in found))
