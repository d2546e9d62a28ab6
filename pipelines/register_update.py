"""`hankearkisto register update`: import the public registers of bodies, each on its own, and say what came."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from sqlite_utils import Database

from archive.lock import work_lock
from archive.register_names import RegisterBody, create_register_tables, store_areas, store_bodies
from archive.runs import now
from archive.schema import open_archive
from normalise.organisations.register import register
from normalise.resolution.bodies import Bodies, registered_bodies
from normalise.resolution.names import clean
from pipelines.index import index
from pipelines.linking.linking import link
from pipelines.registers import areas, opintopolku, prh
from pipelines.registers.cache import Cache
from pipelines.registers.errors import RegisterError
from pipelines.registers.fetch import Fetcher

SOURCES = ("areas", "opintopolku", "prh")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the registers are; others than the real ones serve tests and mirrors."""

    areas: str = areas.BASE
    opintopolku: str = opintopolku.BASE
    prh: str = prh.BASE


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one register: the number of its bodies or areas, or the error."""

    source: str
    number: int = 0
    error: str | None = None


def update_registers(
    db: Database, fetcher: Fetcher, sources: Sequence[str] = SOURCES, addresses: Addresses | None = None
) -> list[Outcome]:
    """Import the registers named; one that fails keeps what was stored of it and does not stop the others."""
    at = addresses or Addresses()
    imports: dict[str, Callable[[], int]] = {
        "areas": lambda: store_areas(db, areas.fetch(fetcher, at.areas)),
        "opintopolku": lambda: _import_opintopolku(db, fetcher, at.opintopolku),
        "prh": lambda: _import_prh(db, fetcher, at.prh),
    }
    create_register_tables(db)
    return [_outcome(source, imports[source]) for source in SOURCES if source in sources]


def register_update(
    db_path: Path | str, cache: Path | str, *, sources: Sequence[str] = SOURCES, out: TextIO = sys.stdout
) -> int:
    """The command: exit code 0 when all registers came, 1 when one did not.

    Raises ArchiveError where the archive cannot be opened or made, or another process works on it: a rebuild would
    put an archive without the import in its place.
    """
    with work_lock(Path(db_path)):
        db = open_archive(db_path, create=True)
        try:
            outcomes = update_registers(db, Fetcher(Cache(Path(cache))), sources)
            # What was imported counts at once, not with the next crawl.
            link(db)
            index(db)
        finally:
            db.close()
    for outcome in outcomes:
        said = f"not updated: {outcome.error}" if outcome.error else f"{outcome.number} imported"
        out.write(f"{outcome.source}: {said}\n")
    return 1 if any(outcome.error for outcome in outcomes) else 0


def with_entries(bodies: Iterable[RegisterBody], known: Bodies) -> list[RegisterBody]:
    """The bodies; those that the shipped register has get its id: by name, else by a business id of one body."""
    return [replace(body, entry_id=_entry_of(body, known)) for body in bodies]


def _entry_of(body: RegisterBody, known: Bodies) -> str | None:
    hits = [known.by_name(clean(name.name)) for name in body.names if not name.ends and not name.is_short]
    found = {hit.id for hit in hits if hit and not hit.place}
    if len(found) == 1:
        return found.pop()
    # A school has its provider's business id, so the number tells providers and companies only.
    if not found and body.business_id and body.kind != "school":
        return known.by_business_id(body.business_id)
    return None


def _outcome(source: str, run: Callable[[], int]) -> Outcome:
    try:
        return Outcome(source, run())
    except RegisterError as error:
        return Outcome(source, error=str(error))


def _import_opintopolku(db: Database, fetcher: Fetcher, base: str) -> int:
    bodies, mergers = opintopolku.fetch(fetcher, base)
    return store_bodies(db, "opintopolku", with_entries(bodies, registered_bodies()), mergers, now())


def _import_prh(db: Database, fetcher: Fetcher, base: str) -> int:
    bodies = with_entries(prh.fetch(fetcher, _business_ids(db), base), registered_bodies())
    return store_bodies(db, "prh", bodies, [], now())


def _business_ids(db: Database) -> set[str]:
    """The business ids of the archive's organisations and of the register's bodies that it has."""
    rows = db.query("SELECT business_id FROM organisations WHERE business_id IS NOT NULL")
    imported = db.query(
        "SELECT business_id FROM register_bodies WHERE entry_id IS NOT NULL AND business_id IS NOT NULL"
    )
    shipped = {entry.business_id for entry in register().values() if entry.business_id}
    return {str(row["business_id"]) for query in (rows, imported) for row in query} | shipped
