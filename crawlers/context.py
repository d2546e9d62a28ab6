"""What one run shares: the archive, the sources, the counts. Made by `crawlers.run`, read by spider and middlewares."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from archive.captures import CaptureWriter
from archive.errors import HankearkistoError
from archive.frontier import Round
from crawlers.clock import ClockWatch
from crawlers.disk import Disk
from crawlers.hosts import HostBook
from crawlers.intake import Intake
from crawlers.progress import Progress
from crawlers.refusals import NO_FAILURE
from crawlers.sightings import Sightings
from crawlers.sources import Source
from crawlers.steps import Alarm
from crawlers.traps import TrapGuard
from pipelines.flow import Flow


@dataclass(slots=True)
class Tally:
    """What a run did with one source.

    ``lists_read`` are listings and sitemaps that were read, ``cards`` the pages that they led to. ``advertised`` and
    ``counted`` are rows; None where the source names no total. ``is_complete`` is lost where a listing was not read
    anew, ``stalled`` is set where a host asked for rest, is not there, or its budget is spent.
    """

    run_id: int
    turn: Round
    due: int = 0
    fetched: int = 0
    unmodified: int = 0
    actions: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    alarms: list[Alarm] = field(default_factory=list)
    advertised: int | None = None
    counted: int = 0
    lists_read: int = 0
    cards: int = 0
    is_complete: bool = True
    stalled: bool = False
    traps: TrapGuard = field(default_factory=TrapGuard)

    @property
    def failed(self) -> int:
        """Failures that the crawler did not choose itself."""
        return sum(number for name, number in self.failures.items() if name not in NO_FAILURE)

    def count(self, action: str) -> None:
        """Count what became of a page (`pipelines.flow.Outcome.action`)."""
        self.actions[action] += 1

    def count_unmodified(self) -> None:
        """Count a page of which was only told that it is as it was."""
        self.count("unchanged")
        self.unmodified += 1


@dataclass(slots=True)
class CrawlContext:
    """One run.

    ``limit`` bounds the fetched addresses, ``started`` counts them; ``sample`` is how many bytes of a table are read
    where not all are wanted; ``moves`` tells where a redirect came from;
    ``fatal`` is what ended the run before its time, ``interrupted`` that a signal or the coming of the file ``stop``
    did, ``is_asking`` that the spider has begun. ``is_part`` tells that another process joins this run with others: it
    links, indexes and tells people, once for all.
    """

    db: Database
    flow: Flow
    intake: Intake
    writer: CaptureWriter
    disk: Disk
    hosts: HostBook
    sightings: Sightings
    sources: Mapping[str, Source]
    tallies: Mapping[str, Tally]
    progress: Progress
    refused_names: set[str]
    limit: int | None = None
    sample: int | None = None
    started: int = 0
    moves: dict[str, str] = field(default_factory=dict)
    clock: ClockWatch = field(default_factory=ClockWatch)
    fatal: HankearkistoError | None = None
    interrupted: bool = False
    is_asking: bool = False
    stop: Path | None = None
    is_part: bool = False

    @property
    def is_ending(self) -> bool:
        """Whether nothing more is to be asked for."""
        return self.interrupted or self.fatal is not None
