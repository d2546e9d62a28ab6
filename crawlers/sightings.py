"""Pages that stand as they stood: many of their sightings are stored at a time, for a commit costs more than a 304."""

import time
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from sqlite_utils import Database

from archive.capture import Capture
from archive.frontier import Visit, save_visit
from archive.schema import transaction
from pipelines.store import store_unmodified

# A kill costs no more than asking for so many pages again, or for those of so short a time.
_MOST, _LONGEST_S = 50, 0.5


@dataclass(frozen=True, slots=True)
class SeenAgain:
    """One page that is as it was: what came, its visit after it, and when the next one is due."""

    capture: Capture
    visit: Visit
    due_at: str


@dataclass(slots=True)
class Sightings:
    """Those that are not stored yet. Whatever else is stored comes after them: `flush` first."""

    db: Database
    _waiting: dict[str, SeenAgain] = field(default_factory=dict)
    _stored_at: float = 0.0

    @property
    def urls(self) -> AbstractSet[str]:
        """Addresses that the archive still takes for due."""
        return self._waiting.keys()

    def add(self, sighting: SeenAgain) -> None:
        """Take a sighting; a host that is asked slowly has each of them stored at once.

        Raises ArchiveError where the archive cannot be written.
        """
        self._waiting[sighting.visit.url] = sighting
        if len(self._waiting) >= _MOST or time.monotonic() - self._stored_at >= _LONGEST_S:
            self.flush()

    def flush(self) -> None:
        """Store all that wait, in one transaction. Raises ArchiveError where the archive cannot be written."""
        if not self._waiting:
            return
        with transaction(self.db):
            for one in self._waiting.values():
                store_unmodified(self.db, one.capture)
                save_visit(self.db, one.visit, due_at=one.due_at, status=one.capture.status)
        self._waiting.clear()
        self._stored_at = time.monotonic()
