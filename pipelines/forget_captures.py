"""Forget captures: capture files written anew without what was erased, each in steps that a kill cannot tear apart.

A file is written beside the old one; then one transaction points the archive's rows to it; then it gets its name and
the old one goes. `settle_moves` finishes what was cut off in between.
"""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sqlite_utils import Database

from archive.capture import Capture
from archive.capture_files import capture_files
from archive.capture_records import StoredCapture
from archive.capture_rewriting import Rewriting, rewrite
from archive.errors import CaptureError
from archive.schema import transaction
from archive.tombstones import Tombstones
from pipelines.report import progress, say
from pipelines.withhold import find_withheld
from pipelines.withhold_captures import is_forgotten, withhold_capture

_PART = ".part"
_WARC = (".warc.gz", ".warc")
_REVISION = re.compile(r"-r(\d{1,6})$")
_LETTERS = re.compile(rb"[^\W\d_]{4,}|\d{4,}")
_SHORTEST = 4


def withhold_captures(db: Database, folder: Path, tombstones: Tombstones, values: Sequence[str]) -> Counter[str]:
    """Write anew each capture file that holds an erased page or value; returns how many captures were changed.

    ``values`` are the erased values as they were given. Raises CaptureError where a file cannot be written.
    """
    told = _told(db, tombstones)
    done: Counter[str] = Counter()
    for path in progress(capture_files(folder), "looking through captures"):
        wanted = _Withheld(tombstones, told.get(path.name, frozenset()), tuple(map(_hint, values)))
        done["captures"] += _withhold_file(db, path, wanted)
    return done


def settle_moves(db: Database, folder: Path) -> None:
    """Finish the moves of capture files that were cut off, and remove files that were never pointed to."""
    for old, new in db.execute("SELECT old_file, new_file FROM capture_moves").fetchall():
        _finish_move(db, folder, old, new)
    for part in folder.glob(f"*{_PART}"):
        if part.name.removesuffix(_PART).endswith(_WARC):
            part.unlink()


class _Withheld:
    """What is to stand in the place of a file's captures."""

    def __init__(self, tombstones: Tombstones, told: frozenset[int], hints: Sequence[re.Pattern[bytes]]) -> None:
        """``told``: offsets of the captures whose stored texts say an erased value."""
        self._tombstones, self._told, self._hints = tombstones, told, hints

    def __call__(self, stored: StoredCapture) -> Capture | None:
        capture = stored.capture
        if is_forgotten(capture, self._tombstones):
            return None
        hinted = capture.warc_offset in self._told or any(hint.search(capture.body) for hint in self._hints)
        return withhold_capture(capture, self._tombstones) if hinted else capture


def _told(db: Database, tombstones: Tombstones) -> dict[str, frozenset[int]]:
    """The captures, by file and offset, from which a text with an erased value was read."""
    places: dict[str, set[int]] = {}
    for (version,) in db.execute("SELECT id FROM page_versions").fetchall():
        page, digest, text = db.execute(
            "SELECT page_id, text_digest, text FROM page_versions WHERE id = ?", [version]
        ).fetchone()
        if find_withheld(text, tombstones):
            rows = db.execute(
                "SELECT warc_file, warc_offset FROM captures WHERE page_id = ? AND text_digest = ?", [page, digest]
            )
            for file, offset in rows:
                places.setdefault(file, set()).add(offset)
    return {file: frozenset(offsets) for file, offsets in places.items()}


def _hint(value: str) -> re.Pattern[bytes]:
    """Finds the longest word or number of a value in a body: only bodies that have it are read as a whole."""
    words = _LETTERS.findall(value.encode()) or [value.encode()]
    longest = max(words, key=len)
    return re.compile(re.escape(longest[:-1] if len(longest) > _SHORTEST else longest), re.IGNORECASE)


def _withhold_file(db: Database, path: Path, wanted: _Withheld) -> int:
    new = path.with_name(_next_name(path.name))
    part = new.with_name(new.name + _PART)
    try:
        done = rewrite(path, part, wanted)
        if done.damaged_at is not None:
            say(f"{path.name}, byte {done.damaged_at}: cannot be read on; what stands behind is left as it is")
        if done.sizes or done.dropped:
            _point_to(db, path.name, new.name, done)
            _finish_move(db, path.parent, path.name, new.name)
        else:
            part.unlink()
    except OSError as error:
        raise CaptureError(f"{path} cannot be written anew: {error.strerror}") from error
    return len(done.sizes) + done.dropped


def _point_to(db: Database, old: str, new: str, done: Rewriting) -> None:
    kept = ((was, place) for was, place in done.moves.items() if place is not None)
    rows = [(new, place, done.sizes.get(place), old, was) for was, place in kept]
    dropped = [(old, was) for was, place in done.moves.items() if place is None]
    with transaction(db):
        db.conn.executemany(
            "UPDATE captures SET warc_file = ?, warc_offset = ?, bytes = coalesce(?, bytes)"
            " WHERE warc_file = ? AND warc_offset = ?",
            rows,
        )
        db.conn.executemany(
            "UPDATE captures SET warc_file = NULL, warc_offset = NULL WHERE warc_file = ? AND warc_offset = ?", dropped
        )
        db.execute("INSERT INTO capture_moves VALUES (?, ?)", [old, new])


def _finish_move(db: Database, folder: Path, old: str, new: str) -> None:
    part = folder / (new + _PART)
    if part.exists():
        part.replace(folder / new)
    (folder / old).unlink(missing_ok=True)
    with transaction(db):
        db.execute("DELETE FROM capture_moves WHERE old_file = ?", [old])


def _next_name(name: str) -> str:
    suffix = next((suffix for suffix in _WARC if name.endswith(suffix)), "")
    stem = name.removesuffix(suffix)
    known = _REVISION.search(stem)
    number = int(known[1]) + 1 if known else 1
    return f"{stem[: known.start()] if known else stem}-r{number}{suffix}"
