"""Watch: what a source's run says about the source's health, against what is expected and what used to be."""

import json
from collections import Counter
from collections.abc import Iterator

from sqlite_utils import Database

from crawlers.context import Tally
from crawlers.sources import Source
from crawlers.steps import Alarm

# A redesign shows when pages that had a field lose it together: at least so many had it, and so few still do.
FEWEST_PAGES, STILL_FILLED = 5, 0.25
_FIELDS = ("title", "start", "end", "opens", "closes", "funders", "coordinator", "partners", "contacts", "amounts")
_UNREAD_LISTS = """
    SELECT count(*) FROM visits WHERE source_id = ? AND role IN ('listing', 'feed') AND coalesce(state, '') <> 'alias'
    AND coalesce(checked_at, '') < ?
"""
_SUCCESSIONS = """
    SELECT old.record, new.record FROM page_versions AS new
    JOIN pages ON pages.id = new.page_id
    JOIN page_versions AS old ON old.id = (SELECT id FROM page_versions AS earlier
        WHERE earlier.page_id = new.page_id AND earlier.seen_at < new.seen_at ORDER BY seen_at DESC LIMIT 1)
    WHERE pages.source_id = ? AND new.seen_at >= ?
"""


def alarms(db: Database, source: Source, tally: Tally, *, is_whole_round: bool) -> Iterator[Alarm]:
    """The alarms that only the end of a run can tell; those of its spider stand in the tally already."""
    if is_whole_round:
        yield from _too_few(db, source)
        yield from _other_total(db, source, tally)
    yield from _emptied_fields(db, source, tally.turn.since)


def _too_few(db: Database, source: Source) -> Iterator[Alarm]:
    if source.expected_pages is None:
        return
    row = db.execute("SELECT count(*) FROM pages WHERE source_id = ? AND gone_at IS NULL", [source.id]).fetchone()
    if row[0] < source.expected_pages:
        yield Alarm("too-few-pages", f"{source.id}: {row[0]} pages, at least {source.expected_pages} are expected")


def _other_total(db: Database, source: Source, tally: Tally) -> Iterator[Alarm]:
    """Rows can only be compared where the whole list was read anew in this run."""
    if not tally.is_complete or tally.advertised is None:
        return
    unread = db.execute(_UNREAD_LISTS, [source.id, tally.turn.since]).fetchone()[0]
    if not unread and tally.advertised != tally.counted:
        yield Alarm(
            "total-differs", f"{source.id}: {tally.counted} rows, the source says that there are {tally.advertised}"
        )


def _emptied_fields(db: Database, source: Source, since: str) -> Iterator[Alarm]:
    had, has = Counter[str](), Counter[str]()
    for old, new in db.execute(_SUCCESSIONS, [source.id, since]):
        before, after = json.loads(old), json.loads(new)
        had.update(field for field in _FIELDS if before.get(field))
        has.update(field for field in _FIELDS if before.get(field) and after.get(field))
    for field in _FIELDS:
        if had[field] >= FEWEST_PAGES and has[field] < STILL_FILLED * had[field]:
            yield Alarm("field-emptied", f"{source.id}: {field} is left on {has[field]} of {had[field]} changed pages")
