"""Watch: what a source's run says about the source's health, against what is expected and what used to be."""

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
    SELECT count(*) FROM visits WHERE source_id = ? AND role NOT IN ('page', 'attachment')
    AND coalesce(state, '') <> 'alias' AND NOT (role = 'feed' AND due_at IS NULL) AND coalesce(checked_at, '') < ?
"""
# Whether a run has read any list: pages alone do not tell how many there should be.
_READ_LISTS = """
    SELECT 1 FROM visits WHERE source_id = ? AND role NOT IN ('page', 'attachment') AND checked_at >= ? LIMIT 1
"""
_SUCCESSIONS = """
    SELECT old.id, new.id FROM page_versions AS new
    JOIN pages ON pages.id = new.page_id
    JOIN page_versions AS old ON old.id = (SELECT id FROM page_versions AS earlier
        WHERE earlier.page_id = new.page_id AND earlier.seen_at < new.seen_at ORDER BY seen_at DESC LIMIT 1)
    WHERE pages.source_id = ? AND new.seen_at >= ?
"""

# The pages that a run found, and those found last before it.
_FOUND = """
    SELECT kind, current_version_id FROM pages
    WHERE source_id = :source AND current_version_id IS NOT NULL AND kind <> 'other' AND first_seen {when} :since
    ORDER BY first_seen DESC LIMIT :most
"""
_MOST_COMPARED = 500
# A field that fewer of the earlier pages had says nothing by its absence.
_USUAL = 0.5


def alarms(db: Database, source: Source, tally: Tally, *, is_whole_round: bool) -> Iterator[Alarm]:
    """The alarms that only the end of a run can tell; those of its spider stand in the tally already."""
    if is_whole_round and db.execute(_READ_LISTS, [source.id, tally.turn.since]).fetchone():
        yield from _too_few(db, source)
        yield from _nothing_listed(db, source, tally)
        yield from _other_total(db, source, tally)
    yield from _emptied_fields(db, source, tally.turn.since)
    yield from _scarce_fields(db, source, tally.turn.since)


def _too_few(db: Database, source: Source) -> Iterator[Alarm]:
    if source.expected_pages is None:
        return
    row = db.execute("SELECT count(*) FROM pages WHERE source_id = ? AND gone_at IS NULL", [source.id]).fetchone()
    if row[0] < source.expected_pages:
        yield Alarm("too-few-pages", f"{source.id}: {row[0]} pages, at least {source.expected_pages} are expected")


def _other_total(db: Database, source: Source, tally: Tally) -> Iterator[Alarm]:
    """Rows can only be compared where the whole list was read anew in this run."""
    if tally.advertised is None or not _is_all_read(db, source, tally):
        return
    if tally.advertised != tally.counted:
        yield Alarm(
            "total-differs", f"{source.id}: {tally.counted} rows, the source says that there are {tally.advertised}"
        )


def _nothing_listed(db: Database, source: Source, tally: Tally) -> Iterator[Alarm]:
    """Lists that stand elsewhere than the source file says are no less empty."""
    is_told = any(alarm.kind == "zero-cards" for alarm in tally.alarms)
    is_empty = tally.lists_read and not (tally.cards or tally.failed or is_told)
    if is_empty and _is_all_read(db, source, tally):
        yield Alarm("zero-cards", f"{source.id}: its lists ({tally.lists_read}) lead to no page that is kept")


def _is_all_read(db: Database, source: Source, tally: Tally) -> bool:
    """Whether all lists of a source were read anew in this run."""
    return tally.is_complete and not db.execute(_UNREAD_LISTS, [source.id, tally.turn.since]).fetchone()[0]


def _emptied_fields(db: Database, source: Source, since: str) -> Iterator[Alarm]:
    had, has = Counter[str](), Counter[str]()
    for old, new in db.execute(_SUCCESSIONS, [source.id, since]):
        before, after = _stated(db, old), _stated(db, new)
        had.update(before)
        has.update(before & after)
    for field in _FIELDS:
        if had[field] >= FEWEST_PAGES and has[field] < STILL_FILLED * had[field]:
            yield Alarm("field-emptied", f"{source.id}: {field} is left on {has[field]} of {had[field]} changed pages")


def _scarce_fields(db: Database, source: Source, since: str) -> Iterator[Alarm]:
    """A field that the source's pages used to have and its new ones lack: a redesign that reaches new pages alone."""
    now, before = (_filled(db, source, since, when) for when in (">=", "<"))
    for kind, (pages, has) in now.items():
        known, had = before.get(kind, (0, Counter()))
        for field in _FIELDS if min(pages, known) >= FEWEST_PAGES else ():
            share = had[field] / known
            if share >= _USUAL and has[field] < STILL_FILLED * share * pages:
                message = f"{source.id}: {has[field]} of {pages} new pages of kind {kind} have {field}"
                yield Alarm("field-scarce", f"{message}, {had[field]} of {known} had it before")


def _filled(db: Database, source: Source, since: str, when: str) -> dict[str, tuple[int, Counter[str]]]:
    """By kind, how many pages a source has since or before a moment, and how many of them have each field."""
    found: dict[str, tuple[int, Counter[str]]] = {}
    values = {"source": source.id, "since": since, "most": _MOST_COMPARED}
    for kind, version in db.execute(_FOUND.format(when=when), values):
        pages, has = found.get(kind, (0, Counter()))
        has.update(_stated(db, version))
        found[kind] = (pages + 1, has)
    return found


def _stated(db: Database, version: int) -> set[str]:
    """The fields that a page version states."""
    sql = "SELECT field FROM page_fields WHERE page_version_id = ? AND status = 'stated'"
    return {row[0] for row in db.execute(sql, [version])}
