"""Ingest: captures of other crawlers (WARC, ARC, WACZ) and single files become captures of ours, then pages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate
from pathlib import Path

from archive.capture import Capture
from archive.capture_files import CAPTURE_SUFFIXES
from archive.capture_records import Head
from archive.captures import CaptureProblem, CaptureWriter, StoredCapture, read_stored
from archive.errors import CaptureError
from archive.lock import work_lock
from archive.places import is_local
from archive.runs import now
from archive.schema import open_archive
from archive.tombstones import read_file
from pipelines.first_look import Reason, Wish, is_in_doubt
from pipelines.flow import Flow, Summary
from pipelines.forget import settle
from pipelines.formats import SUFFIXES, media_type
from pipelines.garbage import collecting_seldom
from pipelines.pack import pack
from pipelines.pool import Result
from pipelines.process import Processed
from pipelines.report import progress, say
from pipelines.withhold_captures import is_forgotten, withhold_capture


@collecting_seldom()
def ingest(paths: Sequence[Path], *, db_path: Path, captures: Path, wish: Wish | None = None) -> Summary:
    """Archive files and folders; every page is written to ``captures`` before it is stored.

    Single documents are kept as they are, and so is what a source of ours chose. Of all other captures those are kept
    that ``wish`` asks for (default: Finnish and Swedish projects, calls and awards, and what may be one); the rest is
    counted by reason.
    A path that cannot be read is named on stderr and counted as failed, and the others go on. Raises CaptureError
    where no path is there or captures cannot be written, ArchiveError where the archive cannot.
    """
    if not any(path.exists() for path in paths):
        raise CaptureError(f"{paths[0]}: no such file or folder")
    with work_lock(db_path):
        db = open_archive(db_path, create=True)
        read_file(db, captures)
        settle(db, captures)
        return _Ingest(Flow(db, "ingest"), wish or Wish()).run(paths, captures)


@dataclass(frozen=True, slots=True)
class _Ingest:
    flow: Flow
    wish: Wish

    def run(self, paths: Sequence[Path], captures: Path) -> Summary:
        withhold = partial(withhold_capture, tombstones=self.flow.tombstones)
        files = list(self._files(paths))
        ends = list(accumulate((path.stat().st_size for path in files), initial=1))

        def share(one: tuple[int, StoredCapture]) -> float:
            return (ends[one[0]] + (one[1].capture.warc_offset or 0)) / ends[-1]

        stored = ((number, one) for number, path in enumerate(files) for one in self._stored(path))
        with CaptureWriter(captures, "ingest", withhold=withhold) as writer:
            for _, one in progress(stored, "reading captures", share=share):
                result = self._keep(one)
                if not isinstance(result, str):
                    self._store(one, result, writer)
        summary = self.flow.finish()
        pack(self.flow.db)
        return summary

    def _keep(self, stored: StoredCapture) -> Result | Reason:
        """What a capture says, or why it is not kept."""
        capture = stored.capture
        is_chosen = capture.source_id is not None or capture.url.startswith("file:")
        reason = None if is_chosen else self.wish.of_bytes(capture)
        if reason is None:
            result = self.flow.process(capture)
            reason = None if is_chosen else self.wish.of_text(result)
            if reason is None:
                self._count_doubt(result, is_chosen)
                return result
        self.flow.pass_over(reason)
        return reason

    def _count_doubt(self, result: Result, is_chosen: bool) -> None:
        if not is_chosen and isinstance(result, Processed) and result.record and is_in_doubt(result.record):
            self.flow.keep_in_doubt()

    def _store(self, stored: StoredCapture, result: Result, writer: CaptureWriter) -> None:
        if is_forgotten(stored.capture, self.flow.tombstones):
            self.flow.store(stored.capture, None)  # counted; not even its address is written
            return
        file, offset = writer.write(stored.capture, response_headers=stored.headers)
        outcome = self.flow.store(replace(stored.capture, warc_file=file, warc_offset=offset), result)
        if outcome.problem and outcome.action == "failed":
            say(f"{stored.capture.url}: {outcome.problem.message}")

    def _files(self, paths: Iterable[Path]) -> Iterator[Path]:
        for path in paths:
            if path.is_dir():
                yield from sorted(found for found in path.rglob("*") if found.is_file() and _is_ours(found))
            elif not path.is_file():
                self._report(path, "no such file or folder")
            elif is_local(path) or _is_capture_file(path):
                yield path
            else:
                self._report(path, "of an address only captures are read (WARC, ARC, WACZ); pages need a source")

    def _stored(self, path: Path) -> Iterator[StoredCapture]:
        try:
            if _is_capture_file(path):
                yield from self._captures(path)
            else:
                yield _file_capture(path)
        except OSError as error:
            self._report(path, error.strerror or str(error))
        except CaptureError as error:
            self._report(path, str(error).removeprefix(f"{path}: "))

    def _captures(self, path: Path) -> Iterator[StoredCapture]:
        """The captures whose heads tell of a document that may be wanted, except those that only show the way."""

        def damaged(problem: CaptureProblem) -> None:
            say(f"{problem.file}, byte {problem.offset}: {problem.reason}")
            self.flow.report(_address(path), "capture", f"byte {problem.offset}: {problem.reason}")

        def is_wanted(head: Head) -> bool:
            reason = self.wish.of_head(head)
            if reason:
                self.flow.pass_over(reason)
            return reason is None

        for stored in read_stored(path, damaged, is_wanted=is_wanted):
            if stored.page:
                yield stored
            else:
                self.flow.pass_over("type")

    def _report(self, path: Path, reason: str) -> None:
        say(f"{path}: {reason}")
        self.flow.report(_address(path), "file", reason)


def _is_capture_file(path: Path) -> bool:
    return path.name.lower().endswith(CAPTURE_SUFFIXES)


def _is_ours(path: Path) -> bool:
    return _is_capture_file(path) or (is_local(path) and path.suffix.lower() in SUFFIXES)


def _address(path: Path) -> str:
    return path.resolve().as_uri() if is_local(path) else str(path)


def _file_capture(path: Path) -> StoredCapture:
    body = path.read_bytes()
    kind = media_type(path.name, body)
    return StoredCapture(Capture(path.resolve().as_uri(), now(), body, content_type=kind))
