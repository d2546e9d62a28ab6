"""Ingest: captures of other crawlers (WARC, ARC, WACZ) and single files become captures of ours, then pages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from archive.capture import Capture
from archive.capture_reader import CAPTURE_SUFFIXES
from archive.captures import CaptureProblem, CaptureWriter, StoredCapture, read_stored
from archive.errors import CaptureError
from archive.lock import work_lock
from archive.runs import now
from archive.schema import open_archive
from archive.tombstones import read_file
from pipelines.flow import Flow, Summary
from pipelines.forget import settle
from pipelines.formats import SUFFIXES, is_document, media_type
from pipelines.report import progress, say
from pipelines.withhold_captures import withhold_capture


def ingest(paths: Sequence[Path], *, db_path: Path, captures: Path) -> Summary:
    """Archive files and folders; every capture is written to ``captures`` before it is read.

    A path that cannot be read is named on stderr and counted as failed, and the others go on. Raises CaptureError
    where no path is there or captures cannot be written, ArchiveError where the archive cannot.
    """
    if not any(path.exists() for path in paths):
        raise CaptureError(f"{paths[0]}: no such file or folder")
    with work_lock(db_path):
        db = open_archive(db_path, create=True)
        read_file(db, captures)
        settle(db, captures)
        return _ingest(paths, Flow(db, "ingest"), captures)


def _ingest(paths: Sequence[Path], flow: Flow, captures: Path) -> Summary:
    withhold = partial(withhold_capture, tombstones=flow.tombstones)
    with CaptureWriter(captures, "ingest", withhold=withhold) as writer:
        for path in progress(list(_files(paths, flow)), "ingesting files"):
            for stored in _captures_of(path, flow):
                warc_file, warc_offset = writer.write(stored.capture, response_headers=stored.headers)
                outcome = flow.take(replace(stored.capture, warc_file=warc_file, warc_offset=warc_offset))
                if outcome.problem and outcome.action == "failed":
                    say(f"{stored.capture.url}: {outcome.problem.message}")
    return flow.finish()


def _files(paths: Iterable[Path], flow: Flow) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(found for found in path.rglob("*") if found.is_file() and _is_ours(found))
        elif path.is_file():
            yield path
        else:
            _report(flow, path, "no such file or folder")


def _is_ours(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES or path.name.lower().endswith(CAPTURE_SUFFIXES)


def _captures_of(path: Path, flow: Flow) -> Iterator[StoredCapture]:
    try:
        if path.name.lower().endswith(CAPTURE_SUFFIXES):
            yield from _wanted(path, flow)
        else:
            yield _file_capture(path)
    except OSError as error:
        _report(flow, path, error.strerror or str(error))
    except CaptureError as error:
        _report(flow, path, str(error).removeprefix(f"{path}: "))


def _wanted(path: Path, flow: Flow) -> Iterator[StoredCapture]:
    """The captures of documents; answers that show the way, pictures, scripts and errors are passed over."""

    def damaged(problem: CaptureProblem) -> None:
        say(f"{problem.file}, byte {problem.offset}: {problem.reason}")
        flow.report(path.resolve().as_uri(), "capture", f"byte {problem.offset}: {problem.reason}")

    for stored in read_stored(path, damaged):
        capture = stored.capture
        is_answer = stored.page and capture.status == HTTPStatus.OK
        if is_answer and is_document(urlsplit(capture.url).path, capture.content_type, capture.body):
            yield stored


def _file_capture(path: Path) -> StoredCapture:
    body = path.read_bytes()
    kind = media_type(path.name, body)
    return StoredCapture(Capture(path.resolve().as_uri(), now(), body, content_type=kind))


def _report(flow: Flow, path: Path, reason: str) -> None:
    say(f"{path}: {reason}")
    flow.report(path.resolve().as_uri(), "file", reason)
