"""The flow from a capture to the archive: read, extract, store, one capture a transaction; then link and index."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from http import HTTPStatus

from sqlite_utils import Database

from archive.capture import Capture
from archive.runs import RunKind, count, end_run, now, start_run, totals
from archive.schema import transaction, use_large_cache
from archive.tombstones import load_tombstones
from normalise.facts import Kind
from pipelines.expiry import expire_contacts
from pipelines.extract import extract
from pipelines.index import index
from pipelines.linking.linking import link
from pipelines.process import Extract, Failure, Processed, Read, process_safely
from pipelines.read import read
from pipelines.readers.reading import Reading
from pipelines.resume import counts_so_far, problems_so_far
from pipelines.store import (
    MISSING,
    Action,
    Problem,
    insert_capture,
    known_digest,
    store_miss,
    store_move,
    store_page,
    store_problem,
    store_unmodified,
)
from pipelines.withhold_captures import is_forgotten

# What a page's state says to a person who wonders what was not understood.
STATE_MESSAGES = {
    "empty": "the page has no text",
    "scanned": "a document of pictures without text",
    "unsupported": "a format that no reader knows",
    "broken": "the document cannot be parsed",
    "missing": "an attachment's address answered with a web page",
    "foreign": "in a language that the rules do not know",
}
_COUNTED_AS = {"missed": "gone"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one capture. ``reading`` is there for an answer of status 200: its links lead on.

    ``problem`` says what failed or was not understood.
    """

    action: Action
    page_id: str | None = None
    state: str | None = None
    kind: Kind | None = None
    text_digest: str | None = None
    reading: Reading | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did (``actions``), what it failed at or did not understand (``problems``, by class), the totals.

    ``passed`` counts what was not for the archive, by reason (`pipelines.first_look`), ``doubtful`` what was kept only
    because its kind is in doubt.
    """

    actions: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    totals: dict[str, int] = field(default_factory=dict)
    passed: Counter[str] = field(default_factory=Counter)
    doubtful: int = 0

    @property
    def failed(self) -> int:
        """How many captures failed: 0 means that the run is done, anything else that it is done in part."""
        return self.actions["failed"]


class Flow:
    """One run through the pipeline. Use one from one thread; readers of the archive never wait for it."""

    def __init__(
        self,
        db: Database,
        kind: RunKind = "crawl",
        *,
        read: Read = read,
        extract: Extract = extract,
        run_id: int | None = None,
    ) -> None:
        """Open a run, or go on with the one of ``run_id``; ``read`` and ``extract`` serve tests."""
        if kind != "crawl":  # a crawl keeps its memory small
            use_large_cache(db)
        self._db = db
        self._read, self._extract = read, extract
        self._is_batch = False
        self._waiting: Counter[str] = Counter()
        self.tombstones = load_tombstones(db)
        if run_id is None:
            with transaction(db):
                run_id = start_run(db, kind)
        self.run_id = run_id
        self._counts: Counter[str] = counts_so_far(db, run_id)
        self._problems: Counter[str] = problems_so_far(db, run_id)
        self._passed: Counter[str] = Counter()
        self._doubtful = 0

    @property
    def db(self) -> Database:
        """The archive that the run writes."""
        return self._db

    def take(self, capture: Capture) -> Outcome:
        """Read, extract and store one capture; its WARC record has been written before.

        Raises ArchiveError where the archive cannot be written.
        """
        return self.store(capture, self.process(capture))

    def process(self, capture: Capture) -> Processed | Failure | None:
        """What a capture says; nothing is stored. Of a page whose text is known only that it is; None if forgotten."""
        if is_forgotten(capture, self.tombstones):
            return None
        return process_safely(capture, self._read, self._extract, self.known_digest(capture), self.tombstones)

    def known_digest(self, capture: Capture) -> str | None:
        """The digest of the text that makes a capture no news, so that its extraction can be spared."""
        return known_digest(self._db, capture)

    def pass_over(self, reason: str) -> None:
        """Count a capture that is not for the archive; nothing of it is kept."""
        self._passed[reason] += 1

    def keep_in_doubt(self) -> None:
        """Count a capture that is stored although its page is likely not for the archive."""
        self._doubtful += 1

    def store(self, capture: Capture, processed: Processed | Failure | None) -> Outcome:
        """Store a capture that was read elsewhere (`pipelines.process`); nothing of a page that was forgotten."""
        if is_forgotten(capture, self.tombstones):
            self._counts["skipped"] += 1
            return Outcome("skipped")
        with nullcontext() if self._is_batch else transaction(self._db):
            action, problem = self._store(capture, processed)
            if problem:
                store_problem(self._db, problem, self.run_id)
            self._waiting.update(("fetched", _COUNTED_AS.get(action, action)))
            if not self._is_batch:
                self._write_counts()
        self._counts[action] += 1
        if problem:
            self._problems[problem.kind] += 1
        return _outcome(action, processed, problem)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Many captures in one transaction: faster, and a reader's long transaction or a kill loses all of them."""
        with transaction(self._db):
            self._is_batch = True
            try:
                yield
                self._write_counts()
            finally:
                self._is_batch = False

    def _write_counts(self) -> None:
        for column, number in self._waiting.items():
            count(self._db, self.run_id, column, number)
        self._waiting.clear()

    def report(self, url: str, kind: str, message: str) -> None:
        """Keep a failure that brought no capture (an unreachable host, a refusal by robots.txt, a damaged record)."""
        with transaction(self._db):
            store_problem(self._db, Problem(url, kind, message, now()), self.run_id)
            count(self._db, self.run_id, "failed")
        self._counts["failed"] += 1
        self._problems[kind] += 1

    def finish(self, message: str | None = None, *, expire: bool = True, workers: int = 1) -> Summary:
        """Link the facts of all pages to entities, index what changed, close the run and say what is there now.

        Persons whom no page has named for long are erased on the way; not where ``expire`` is false: the clock that
        would tell how long ago that was is known to be wrong. Many texts are analysed in ``workers`` processes.
        """
        link(self._db)
        if expire and expire_contacts(self._db):
            link(self._db)
        index(self._db, is_whole=False, workers=workers)
        return self.close(message)

    def close(self, message: str | None = None) -> Summary:
        """Close the run and say what is there now; entities and index are left as they are."""
        with transaction(self._db):
            end_run(self._db, self.run_id, "partial" if self._counts["failed"] else "done", message)
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return Summary(self._counts, self._problems, totals(self._db), self._passed, self._doubtful)

    def _store(self, capture: Capture, processed: Processed | Failure | None) -> tuple[Action, Problem | None]:
        if capture.status == HTTPStatus.NOT_MODIFIED:
            # Nothing came that could be read: no row of `captures`, or a quiet page would add one a visit for ever.
            return store_unmodified(self._db, capture), None
        if capture.moved_to:
            return store_move(self._db, capture), None
        if isinstance(processed, Processed):
            return self._store_page(capture, processed)
        if insert_capture(self._db, capture, self.run_id) is None:
            return "skipped", None
        if isinstance(processed, Failure):
            return "failed", _problem(capture, "rule", processed.message)
        return self._store_status(capture)

    def _store_page(self, capture: Capture, processed: Processed) -> tuple[Action, Problem | None]:
        action = store_page(self._db, capture, self.run_id, processed)
        is_news = action in ("new", "changed") and processed.state in STATE_MESSAGES
        return action, _problem(capture, processed.state, STATE_MESSAGES[processed.state]) if is_news else None

    def _store_status(self, capture: Capture) -> tuple[Action, Problem | None]:
        """An answer without a page."""
        if capture.status in MISSING:
            return store_miss(self._db, capture), None
        if capture.status >= HTTPStatus.BAD_REQUEST:
            return "failed", _problem(capture, "http", f"the server answered {capture.status}")
        return "skipped", None


def _problem(capture: Capture, kind: str, message: str) -> Problem:
    return Problem(capture.url, kind, message, capture.captured_at)


def _outcome(action: Action, processed: Processed | Failure | None, problem: Problem | None) -> Outcome:
    if not isinstance(processed, Processed):
        return Outcome(action, problem=problem)
    kind = processed.record.kind if processed.record else None
    return Outcome(action, processed.page_id, processed.state, kind, processed.text_digest, processed.reading, problem)
