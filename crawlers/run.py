"""One crawl: what is due, and nothing else."""

import logging
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlite_utils import Database

from archive.alarms import standing_alarms
from archive.captures import CaptureWriter
from archive.errors import CaptureError
from archive.frontier import Round, Visit, add_visits, count_due, forget_validators, recall_visits, settle_interrupted
from archive.lock import BusyError, work_lock
from archive.places import is_local
from archive.runs import start_run
from archive.schema import open_archive, transaction
from archive.tombstones import load_tombstones, read_file
from crawlers.addresses import canonical
from crawlers.closing import close_run
from crawlers.context import CrawlContext, Tally
from crawlers.disk import Disk
from crawlers.hosts import HostBook
from crawlers.intake import Intake
from crawlers.progress import progress_for
from crawlers.reactor import run_spider
from crawlers.schedule import exact_stamp, parse_time, stamp
from crawlers.sightings import Sightings
from crawlers.sources import Source, SourceError, load_sources
from crawlers.spiders import SPIDER_NAMES, spider_named
from pipelines.cluster import Cluster
from pipelines.flow import Flow, Summary
from pipelines.forget import settle
from pipelines.garbage import collecting_seldom
from pipelines.withhold_captures import withhold_capture


def crawl(  # noqa: PLR0913 - the options of the command line
    ids: Sequence[str] = (),
    *,
    sources: Path | None = None,
    db: Path = Path("archive.db"),
    captures: Path = Path("captures"),
    all: bool = False,  # noqa: A002 - the command line's own word
    limit: int | None = None,
    sample: int | None = None,
    cluster: Cluster | None = None,
) -> Summary:
    """Fetch what is due of the named sources (default: all) and archive it.

    ``all`` fetches what is not due, too; ``limit`` stops after so many addresses, ``sample`` reads so many bytes of a
    table too large to hold. A crawl that was killed is gone on with. Where another crawl of the same archive is
    running, that is said and nothing is done. The workers of a ``cluster`` each crawl some of the hosts.

    Raises SourceError for a broken or unknown source, ArchiveError and CaptureError where nothing can be stored.
    """
    chosen = choose_sources(ids, load_sources(sources))
    if cluster is None and not is_local(captures):
        raise CaptureError(f"{captures}: only the workers of a cluster (--dask) put captures into a store")
    try:
        with work_lock(db):
            if cluster:
                from crawlers.cluster import crawl_on_cluster  # noqa: PLC0415 - it needs this module

                return crawl_on_cluster(cluster, chosen, db, captures, everything=all, limit=limit)
            return _crawl(chosen, db, captures, everything=all, limit=limit, sample=sample)
    except BusyError as error:
        sys.stderr.write(f"{error}; nothing was done\n")
        return Summary()


def choose_sources(ids: Sequence[str], known: Sequence[Source]) -> dict[str, Source]:
    """The named sources by id, all without names. Raises SourceError for an unknown id or spider."""
    by_id = {source.id: source for source in known}
    unknown = [name for name in ids if name not in by_id]
    if unknown:
        raise SourceError(f"unknown source {unknown[0]!r}; 'hankearkisto sources' lists those that there are")
    for source in by_id.values():
        if source.spider not in SPIDER_NAMES:
            raise SourceError(f"{source.id}: spider: {source.spider!r} is none of {', '.join(sorted(SPIDER_NAMES))}")
    return {name: by_id[name] for name in (ids or sorted(by_id))}


def _crawl(  # noqa: PLR0913 - the options of the command line
    sources: Mapping[str, Source],
    db_path: Path,
    captures: Path,
    *,
    everything: bool,
    limit: int | None,
    sample: int | None,
) -> Summary:
    db = open_archive(db_path, create=True)
    read_file(db, captures)
    settle(db, captures)
    withhold = partial(withhold_capture, tombstones=load_tombstones(db))
    with CaptureWriter(captures, withhold=withhold) as writer:
        return crawl_sources(db, sources, writer, everything=everything, limit=limit, sample=sample)


@collecting_seldom()
def crawl_sources(  # noqa: PLR0913 - the options of the command line
    db: Database,
    sources: Mapping[str, Source],
    writer: CaptureWriter,
    *,
    everything: bool = False,
    limit: int | None = None,
    sample: int | None = None,
    is_part: bool = False,
    stop: Path | None = None,
) -> Summary:
    """Crawl sources in this process; for the options see `crawl`, for ``is_part`` and ``stop`` `crawlers.context`."""
    # Only defects of the program are logged; what sites do is counted and told in the runs.
    logging.basicConfig(level=logging.ERROR, format="%(name)s: %(message)s")
    tallies = {source.id: begin(db, source, everything=everything) for source in sources.values()}
    due = sum(tally.due for tally in tallies.values())
    flow = Flow(db)
    context = CrawlContext(
        db=db,
        flow=flow,
        # A worker of a cluster is one process among many, and may start none.
        intake=Intake(flow, is_alone=is_part),
        writer=writer,
        disk=Disk(writer),
        hosts=HostBook(db),
        sightings=Sightings(db),
        sources=sources,
        tallies=tallies,
        progress=progress_for(due),
        refused_names=set(),
        limit=limit,
        sample=sample,
        is_part=is_part,
        stop=stop,
    )
    context.progress.say(f"{len(sources)} sources, {due} addresses due")
    try:
        run_spider(context)
    finally:
        context.intake.close()
        context.progress.close()
    summary = close_run(context)
    if context.fatal:
        raise context.fatal
    return summary


def begin(db: Database, source: Source, *, everything: bool) -> Tally:
    """Open a source's run: the run that was killed is closed first, and its round gone on with."""
    moment = datetime.now(UTC)
    now = stamp(moment)
    recall_visits(db, source.id, exact_stamp(moment), exact_stamp(moment - timedelta(seconds=1)))
    _register(db, source, now)
    interrupted_at = settle_interrupted(db, source.id, now=now)
    starts = spider_named(source.spider).start(source)
    visits = [Visit(canonical(f.url) or f.url if f.role != "feed" else f.url, source.id, f.role) for f in starts]
    add_visits(db, visits, now=now)
    begun = parse_time(interrupted_at) if interrupted_at and everything else None
    turn = Round(source.id, exact_stamp(begun or moment), everything)
    due = count_due(db, turn, now=now)
    if standing_alarms(db, source.id):
        # What an alarm was raised about is read again, or nobody would know whether it still is amiss.
        forget_validators(db, source.id)
    with transaction(db):
        run_id = start_run(db, "crawl", source.id)
        db.execute("UPDATE runs SET due = ? WHERE id = ?", [due, run_id])
    return Tally(run_id=run_id, turn=turn, due=due)


def _register(db: Database, source: Source, now: str) -> None:
    start = next(iter((*source.start, *source.sitemap, *source.feeds, *source.wordpress)))
    with transaction(db):
        db.execute(
            "INSERT INTO sources (id, name, spider, start_url, every_s, expected_pages, first_seen)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
            " spider = excluded.spider, start_url = excluded.start_url, every_s = excluded.every_s,"
            " expected_pages = excluded.expected_pages",
            [source.id, source.title, source.spider, start, source.every, source.expected_pages, now],
        )
