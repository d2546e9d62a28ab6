"""Shards: what a slice of captures says, in a file of its own; made on any machine, any number of times, all the same.

A shard is gzipped JSON Lines (`pipelines.shard_lines`) with a last line that says it is whole. It gets its name only
when it is finished, and the name tells of what captures and rules it is: one that is there need not be made again.
"""

import gzip
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from archive.capture import Capture
from archive.capture_reader import CaptureProblem
from archive.capture_slices import CaptureSlice
from archive.errors import CaptureError
from archive.places import is_local, publish_file
from archive.tombstones import Tombstones
from pipelines.pool import Result, Task, process_batch
from pipelines.rules import rules_version
from pipelines.shard_lines import Entry, entry_of, line_of
from pipelines.withhold_captures import is_forgotten

_END = "end"
_DIGEST_HEX = 12

# Reads and extracts captures, one result each, in order.
Process: TypeAlias = Callable[[Iterable[Capture]], Iterator[tuple[Capture, Result]]]


@dataclass(frozen=True, slots=True)
class ShardOrder:
    """What to read, by which rules, without what; ``task`` is for tests, see `pipelines.pool`."""

    slice: CaptureSlice
    folder: Path
    rules: str
    tombstones: Tombstones
    task: Task | None = None

    @property
    def path(self) -> Path:
        """The shard."""
        one = self.slice
        about = [self.rules, one.file.stat().st_size, sorted(self.tombstones.digests)]
        digest = hashlib.sha256(json.dumps(about).encode()).hexdigest()[:_DIGEST_HEX]
        return self.folder / f"{one.file.name}-{one.begin}-{one.end or _END}-{digest}.jsonl.gz"


def make_shard(order: ShardOrder) -> None:
    """Make a shard in this process, unless it is there; runs in a worker.

    Raises CaptureError where captures cannot be read, the shard cannot be written, or this machine has other rules.
    """
    if order.rules != rules_version():
        raise CaptureError("a worker has another version of Hankearkisto: all machines need the same")
    task = order.task or (lambda captures: process_batch(captures, order.tombstones))
    write_shard(order, lambda captures: ((capture, task([capture])[0]) for capture in captures))


def write_shard(order: ShardOrder, process: Process) -> None:
    """Write a shard, unless it is there. Raises CaptureError."""
    path = order.path
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        if path.exists():
            return
        order.folder.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as raw:
            with gzip.open(raw, "wt", encoding="ascii", newline="\n") as file:
                file.writelines(f"{line_of(entry)}\n" for entry in _entries(order, process))
                file.write(f"{_END}\n")
            raw.flush()
            if is_local(part):
                os.fsync(raw.fileno())
        publish_file(part, path)
    except OSError as error:
        raise CaptureError(f"{order.slice.file} to {path}: {error.strerror or error}") from error


def read_shard(path: Path) -> Iterator[Entry]:
    """The entries of a shard. Raises CaptureError for one that is damaged."""
    line = ""
    try:
        with path.open("rb") as raw, gzip.open(raw, "rt", encoding="ascii", newline="\n") as file:
            for line in file:
                if line != f"{_END}\n":
                    yield entry_of(line)
    except (OSError, EOFError, ValueError, LookupError, TypeError) as error:
        raise CaptureError(f"{path} is damaged: remove it and run the command again") from error
    if line != f"{_END}\n":
        raise CaptureError(f"{path} is damaged: remove it and run the command again")


def _entries(order: ShardOrder, process: Process) -> Iterator[Entry]:
    """What the slice holds, problems before the capture that follows them; of forgotten pages nothing is told."""
    problems: list[CaptureProblem] = []
    captures = (stored.capture for stored in order.slice.read(problems.append) if stored.page)
    seen = (_without_forgotten(capture, order.tombstones) for capture in captures)
    for entry in process(seen):
        yield from problems
        problems.clear()
        yield entry
    yield from problems


def _without_forgotten(capture: Capture, tombstones: Tombstones) -> Capture:
    return replace(capture, body=b"", status=0) if is_forgotten(capture, tombstones) else capture
