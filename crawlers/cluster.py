"""A crawl on many machines: each worker has whole hosts, so politeness stays its own affair; this process merges.

A bundle's worker gets an excerpt of the archive and writes captures to the folder that all share. What is archived is
read from those captures, as a rebuild would read them; only what no capture tells (when to visit again, what was
refused, a 304) is taken over from the excerpt.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlite_utils import Database

from archive.alarms import settle_alarms
from archive.captures import capture_files
from archive.errors import CaptureError
from archive.excerpts import merge_crawl_state, write_excerpt
from archive.places import copy_file, remove_folder
from archive.runs import RunState, end_run
from archive.schema import open_archive, transaction
from archive.tombstones import read_file
from crawlers.bundle import BundleOrder, crawl_bundle
from crawlers.bundles import share_out
from crawlers.context import Tally
from crawlers.interrupts import first_signal
from crawlers.notify import notify
from crawlers.run import begin
from crawlers.schedule import stamp
from crawlers.sources import Source
from crawlers.steps import ALARM_KINDS
from pipelines.cluster import Cluster, connected, read_with, wait_for
from pipelines.flow import Flow, Summary
from pipelines.forget import settle_anywhere
from pipelines.keep import FOUND_AGAIN, keep_sightings
from pipelines.rebuild_reading import Results, report_problem
from pipelines.report import say
from pipelines.resume import stored_places

if TYPE_CHECKING:
    from distributed import Client, Future

# Captures in one transaction, as in a rebuild.
_BATCH = 200


def crawl_on_cluster(  # noqa: PLR0913 - the options of the command line
    cluster: Cluster,
    sources: Mapping[str, Source],
    db_path: Path,
    captures: Path,
    *,
    everything: bool,
    limit: int | None,
) -> Summary:
    """Crawl sources on a cluster; for the options see `crawlers.run.crawl`.

    A bundle that fails as a whole is said and its runs are marked; what it had captured is archived, and the others go
    on. The first SIGINT or SIGTERM lets the workers finish what is under way, and bundles that have not begun are given
    back; a second one ends this process at once, which loses nothing that a rebuild does not find.
    """
    with connected(cluster.address) as client:
        db = open_archive(db_path, create=True)
        read_file(db, captures)
        settle_anywhere(db, captures)
        tallies = {source.id: begin(db, source, everything=everything) for source in sources.values()}
        due = {name: tally.due for name, tally in tallies.items()}
        merging = _Merging(db, Flow(db), client, cluster.shards, captures, tallies)
        bundles = share_out(sources, due, max(1, sum(client.nthreads().values())))
        say(f"{len(sources)} sources, {sum(due.values())} addresses due, in {len(bundles)} bundles")
        orders = list(_orders(bundles, cluster.shards, captures, everything=everything, limit=limit))
        with first_signal(partial(_stop, orders)):
            for order in orders:
                _seed(db_path, order)
            futures = [client.submit(crawl_bundle, order, pure=False) for order in orders]
            for number, (order, future) in enumerate(zip(orders, futures, strict=True), start=1):
                merging.take(order, future)
                say(f"{number} of {len(orders)} bundles archived")
            summary = merging.finish()
    remove_folder(cluster.shards)
    return summary


def _orders(
    bundles: list[tuple[Source, ...]], folder: Path, captures: Path, *, everything: bool, limit: int | None
) -> Iterator[BundleOrder]:
    crawl = secrets.token_hex(4)
    for number, bundle in enumerate(bundles):
        share = None if limit is None else (limit + number) // len(bundles)
        yield BundleOrder(f"{crawl}-{number}", bundle, folder, captures, everything, share)


def _stop(orders: Sequence[BundleOrder]) -> None:
    say("interrupted: the workers finish what is under way; once more to leave them to it")
    for order in orders[:1]:  # all of a crawl heed the same file
        order.folder.mkdir(parents=True, exist_ok=True)
        order.stop.write_bytes(b"")


def _seed(db_path: Path, order: BundleOrder) -> None:
    with TemporaryDirectory(prefix="hankearkisto-") as folder:
        excerpt = Path(folder) / "seed.db"
        write_excerpt(db_path, excerpt, [source.id for source in order.sources])
        copy_file(excerpt, order.seed)


@dataclass(frozen=True, slots=True)
class _Merging:
    """The one writer: takes in what the workers bring, bundle by bundle."""

    db: Database
    flow: Flow
    client: "Client"
    shards: Path
    captures: Path
    tallies: Mapping[str, Tally]

    def take(self, order: BundleOrder, future: "Future") -> None:
        """Wait for a bundle and archive what it brought."""
        failure = self._outcome(future)
        results = self._results(order)
        while batch := list(islice(results, _BATCH)):
            with self.flow.batch():
                for capture, result in batch:
                    self.flow.store(capture, result)
        if failure:
            self._mark(order, "failed", failure)
        elif order.state.exists():
            self._take_state(order)
        else:
            self._mark(order, "partial", "interrupted")

    def finish(self) -> Summary:
        """Link, index, tell whom alarms concern; the summary of all bundles."""
        summary = self.flow.finish()
        runs = [str([tally.run_id for tally in self.tallies.values()])]
        unchanged, failed = self.db.execute(
            "SELECT sum(unchanged), sum(failed) FROM runs WHERE id IN (SELECT value FROM json_each(?))", runs
        ).fetchone()
        # What brought no capture is known to the runs alone.
        summary.actions["unchanged"] = max(summary.actions["unchanged"], unchanged)
        summary.actions["failed"] += failed
        problems = self.db.execute(
            "SELECT class, message FROM problems WHERE run_id IN (SELECT value FROM json_each(?)) ORDER BY id", runs
        ).fetchall()
        raised = [message for kind, message in problems if kind in ALARM_KINDS]
        summary.problems.update(kind for kind, _ in problems)
        for line in raised:
            say(f"alarm: {line}")
        notify(raised)
        return summary

    def _outcome(self, future: "Future") -> str | None:
        from distributed import KilledWorker  # noqa: PLC0415 - optional, see `pipelines.cluster`

        try:
            wait_for(self.client, future)
        except (CaptureError, KilledWorker) as error:
            return " ".join(str(error).split())[:500]
        return None

    def _results(self, order: BundleOrder) -> Results:
        """What the bundle's captures say, those of a worker that was lost among them."""
        files = [file for file in capture_files(self.captures) if f"-{order.name}-" in file.name]
        done = stored_places(self.db)
        for entry in read_with(self.client, self.shards, files, self.flow.tombstones):
            if not isinstance(entry, tuple):
                report_problem(self.flow, entry)
            elif (entry[0].warc_file, entry[0].warc_offset) not in done:
                yield entry

    def _take_state(self, order: BundleOrder) -> None:
        hosts = {host for source in order.sources for host in source.allowed_hosts}
        runs = {source.id: self.tallies[source.id].run_id for source in order.sources}
        with TemporaryDirectory(prefix="hankearkisto-") as folder:
            excerpt = Path(folder) / "state.db"
            copy_file(order.state, excerpt)
            merge_crawl_state(self.db, excerpt, runs, hosts, FOUND_AGAIN)
            keep_sightings(self.db, excerpt)
        with transaction(self.db):
            for source in order.sources:
                settle_alarms(self.db, source.id, now=stamp(datetime.now(UTC)))

    def _mark(self, order: BundleOrder, state: RunState, reason: str) -> None:
        """Close the runs of a bundle that brought no state: it failed, or was given back."""
        say(f"{', '.join(source.id for source in order.sources)}: {reason}" if state == "partial" else reason)
        with transaction(self.db):
            for source in order.sources:
                run = self.tallies[source.id].run_id
                end_run(self.db, run, state, reason)
                self.db.execute("UPDATE runs SET failed = failed + ? WHERE id = ?", [int(state == "failed"), run])
