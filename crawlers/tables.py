"""Tables: lists too large to hold. An excerpt of each edition is kept, and an edition that is the same is not read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from sqlite_utils import Database

from archive.capture import Capture
from archive.captures import CaptureWriter
from archive.editions import Edition, editions, keep_edition, rest_edition
from archive.frontier import Visit, drop_visit, hasten_visit
from archive.schema import transaction
from crawlers.refusals import FailureClass
from crawlers.schedule import stamp
from crawlers.sources import Source
from crawlers.steps import Answer, Spider, Table
from crawlers.table_download import TableOrder
from crawlers.table_excerpt import TableRead

if TYPE_CHECKING:
    from crawlers.outcomes import Outcomes

# A change that leaves the length as it was is found this many editions later.
MOST_PASSED = 3
# What is too large, or cannot be taken apart, is so tomorrow.
_LASTING: frozenset[FailureClass] = frozenset({"size", "not-understood"})
_EXCERPT_TYPE = "text/csv; charset=utf-8"


def table_order(db: Database, source: Source, spider: Spider, table: Table, sample: int | None = None) -> TableOrder:
    """What is wanted of a table, in the light of its last edition; ``sample`` reads so many bytes of it only."""
    known = _known(db, source, spider, table.name)
    length = known.length if known and known.passed < MOST_PASSED else None
    return TableOrder(table.choose, replace(source.table, sample=sample), length, known.digest if known else None)


def write_excerpt(writer: CaptureWriter, capture: Capture, read: TableRead) -> None:
    """Write the excerpt as records of their own, each with what the whole table was; the caller waits for the disk."""
    about = {"table-bytes": str(read.size), "table-sha256": read.digest, "table-rows": str(read.rows)}
    for piece in read.pieces:
        record = replace(capture, body=piece, content_type=_EXCERPT_TYPE, composed_from=capture.url)
        writer.write(record, page=False, about=about if read.is_whole else {}, wait=False)


async def read_edition(outcomes: "Outcomes", visit: Visit, source: Source, answer: Answer, spider: Spider) -> None:
    """Make pages of an excerpt. What raised an alarm is read again with the next edition, even if it is the same."""
    db, alarms = outcomes.context.db, outcomes.context.tallies[source.id].alarms
    before, known, read = len(alarms), _edition_of(db, source, spider, visit.url), answer.table
    await outcomes.way(visit, source, answer, spider)
    if read and read.is_whole and len(alarms) == before:
        keep_edition(db, Edition(visit.url, _length(answer), read.digest), known.url if known else None)
    rest_edition(db, visit.url)


def pass_edition(outcomes: "Outcomes", visit: Visit, source: Source, spider: Spider, answer: Answer) -> None:
    """An edition is as the last one was: the server says so, its length does, or all of it was read."""
    db, is_confirmed = outcomes.context.db, answer.status == HTTPStatus.NOT_MODIFIED
    known = _edition_of(db, source, spider, visit.url)
    outcomes.save(visit, source, "way", _kept(visit, answer) if is_confirmed else answer, state="ok")
    outcomes.context.tallies[source.id].is_complete = False
    if known:
        length = known.length if is_confirmed else _length(answer)
        passed = 0 if is_confirmed or answer.table else known.passed + 1
        keep_edition(db, Edition(visit.url, length, known.digest, passed), known.url)
    rest_edition(db, visit.url)


def miss_edition(outcomes: "Outcomes", visit: Visit, source: Source, status: int) -> None:
    """An edition has gone before it was fetched: its list is read again within a day, and names another."""
    outcomes.failed(visit, source, "4xx", f"{visit.url}: the server answered {status}", status)
    with transaction(outcomes.context.db):
        drop_visit(outcomes.context.db, visit.url)
        if visit.via:
            hasten_visit(outcomes.context.db, visit.via, stamp(datetime.now(UTC) + timedelta(days=1)))


def rest_if_lasting(db: Database, visit: Visit, reason: FailureClass) -> None:
    """Leave an edition alone that will fail again, at the cost of all of it: the next one is named by its list."""
    if reason in _LASTING:
        rest_edition(db, visit.url)


def _edition_of(db: Database, source: Source, spider: Spider, url: str) -> Edition | None:
    table = spider.table(source, url)
    return _known(db, source, spider, table.name) if table else None


def _known(db: Database, source: Source, spider: Spider, name: str) -> Edition | None:
    """The last edition of the table of that name that was read to its end."""
    for edition in editions(db, source.id):
        table = spider.table(source, edition.url)
        if table and table.name == name:
            return edition
    return None


def _length(answer: Answer) -> int | None:
    """The length of a table as the server says it (bytes)."""
    length = answer.headers.get("content-length", "")
    return int(length) if length.isdecimal() else None


def _kept(visit: Visit, answer: Answer) -> Answer:
    """A 304 with the validators that it confirms."""
    return replace(answer, headers={"etag": visit.etag or "", "last-modified": visit.last_modified or ""})
