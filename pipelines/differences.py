"""What a rebuild changes: values added, removed and changed, by source and field."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TextIO

from sqlite_utils import Database

from archive.records import version_values
from pipelines.changes import changes_between

_PAGES = """
    SELECT id, coalesce(source_id, '-'), current_version_id FROM pages
    WHERE current_version_id IS NOT NULL AND id > ? ORDER BY id LIMIT ?
"""
_BATCH = 500
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Differences:
    """Counts by (source, field): values that only the new archive has, only the old one, and that differ."""

    added: Counter[tuple[str, str]] = field(default_factory=Counter)
    removed: Counter[tuple[str, str]] = field(default_factory=Counter)
    changed: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def keys(self) -> list[tuple[str, str]]:
        """All (source, field) pairs that something changed for, sorted."""
        return sorted(self.added.keys() | self.removed.keys() | self.changed.keys())


def compare_archives(old: Database, new: Database) -> Differences:
    """Compare the current versions of all pages of two archives."""
    found = Differences()
    for source, before, after in _pairs(_current(old), _current(new)):
        if before is None or after is None:
            (found.added if before is None else found.removed)[source, "page"] += 1
        for name, was, is_now in changes_between(before or {}, after or {}):
            counts = found.added if was is None else found.removed if is_now is None else found.changed
            counts[source, name] += 1
    return found


def print_differences(old: Database, new: Database, out: TextIO) -> None:
    """Print a line for each source and field that differs."""
    found = compare_archives(old, new)
    if not found.keys:
        out.write("no value differs from the old archive\n")
        return
    out.write(f"{'source':<24} {'field':<16} {'added':>8} {'removed':>8} {'changed':>8}\n")
    for key in found.keys:
        counts = " ".join(f"{counter[key]:>8}" for counter in (found.added, found.removed, found.changed))
        out.write(f"{key[0]:<24} {key[1]:<16} {counts}\n")


def _current(db: Database) -> Iterator[tuple[str, str, Values]]:
    last = ""
    while rows := db.execute(_PAGES, [last, _BATCH]).fetchall():
        for page, source, version in rows:
            last = page
            yield page, source, version_values(db, version)


def _pairs(
    old: Iterator[tuple[str, str, Values]], new: Iterator[tuple[str, str, Values]]
) -> Iterator[tuple[str, Values | None, Values | None]]:
    """(source, old values, new values) of every page of either archive; both come in the order of the page ids."""
    mine, theirs = next(old, None), next(new, None)
    while mine or theirs:
        if theirs is None or (mine is not None and mine[0] < theirs[0]):
            assert mine is not None  # noqa: S101 - the loop's condition, for the type checker
            yield mine[1], mine[2], None
            mine = next(old, None)
        elif mine is None or theirs[0] < mine[0]:
            yield theirs[1], None, theirs[2]
            theirs = next(new, None)
        else:
            yield theirs[1], mine[2], theirs[2]
            mine, theirs = next(old, None), next(new, None)
