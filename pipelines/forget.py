"""Forget: one value or page erased from the archive and its captures, so that no later run brings it back.

The order makes it safe to be killed at any moment: first the tombstone and the order itself are stored, then captures
are written anew, then the tables; the order goes last. The next call carries out what an earlier one left.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from sqlite_utils import Database

from archive.addresses import normalise_url
from archive.errors import ArchiveError, CaptureError
from archive.files import remove_archive, shards_path, unfinished_path
from archive.lock import work_lock
from archive.places import is_local, remove_folder
from archive.runs import now
from archive.schema import open_archive, transaction
from archive.tombstones import TombstoneKind, add_tombstones, load_tombstones, write_file
from pipelines.erase import Forgetting, erase_sentences, erase_versions
from pipelines.erase_page import erase_page
from pipelines.forget_captures import settle_moves, withhold_captures
from pipelines.index import rebuild_index
from pipelines.linking.linking import link_all
from pipelines.report import say
from pipelines.withhold import forms

_LISTED = ("captures", "texts", "facts", "refusals", "contacts", "changes", "problems", "pages", "visits")


@dataclass(frozen=True, slots=True)
class Order:
    """One value to forget."""

    kind: TombstoneKind
    value: str


def forget(kind: TombstoneKind, value: str, db_path: Path, captures: Path, out: TextIO) -> Counter[str]:
    """Erase a value, and print on ``out`` how much of what was erased; returns the counts.

    With a person go the addresses and numbers that pages give for this person alone. Raises ValueFormError for what is
    no value of its kind, ArchiveError and CaptureError where the archive or its captures cannot be written.
    """
    forms(kind, value)
    if not db_path.exists():
        raise ArchiveError(f"no archive at {db_path}")
    with work_lock(db_path):
        db = open_archive(db_path)
        try:
            # What is deleted is overwritten in the file at once.
            db.execute("PRAGMA secure_delete = ON")
            _place(db, [Order(kind, value)])
            done = settle(db, captures)
        finally:
            db.conn.close()
        # What a rebuild had read before it was killed may hold the value.
        remove_archive(unfinished_path(db_path))
        remove_folder(shards_path(db_path))
    for old in _copies(db_path):
        say(f"{old} is from before an upgrade and is not touched: remove it when the archive is in order")
    out.write("forgotten: " + (", ".join(f"{done[what]} {what}" for what in _LISTED if done[what]) or "nothing") + "\n")
    return done


def forget_in_backup(kind: TombstoneKind, value: str, backup: Path, out: TextIO) -> Counter[str]:
    """Erase a value from a backup as `forget` does; its captures are the archive's own, and are not looked at.

    A backup of an older schema is upgraded by it; the copy from before the upgrade, which holds the value, is removed.
    """
    old = set(_copies(backup))
    with TemporaryDirectory() as no_captures:
        done = forget(kind, value, backup, Path(no_captures), out)
    for copy in set(_copies(backup)) - old:
        copy.unlink()
    return done


def _copies(db_path: Path) -> list[Path]:
    """The copies of an archive that its upgrades left beside it."""
    return sorted(db_path.parent.glob(f"{db_path.name}.v*.bak"))


def settle(db: Database, captures: Path) -> Counter[str]:
    """Carry out all orders that are stored; returns how much of what was erased.

    Part of every run that reads or writes captures: an order that was interrupted must not wait for the next one.
    """
    settle_moves(db, captures)
    orders = [Order(*row) for row in db.execute("SELECT kind, value FROM erasures ORDER BY id")]
    if not orders:
        return Counter()
    _place(db, _of_persons(db, orders))
    orders = [Order(*row) for row in db.execute("SELECT kind, value FROM erasures ORDER BY id")]
    write_file(db, captures)
    tombstones = load_tombstones(db)
    done = withhold_captures(db, captures, tombstones, [order.value for order in orders if order.kind != "url"])
    done += _erase_tables(db, orders, Forgetting(tombstones))
    rebuild_index(db)
    with transaction(db):
        db.execute("DELETE FROM erasures")
    _compact(db)
    return done


def settle_anywhere(db: Database, captures: Path) -> None:
    """As `settle`, where captures may be in a store (`archive.places`) that this program does not rewrite.

    Raises CaptureError for an order that would have to.
    """
    if is_local(captures):
        settle(db, captures)
    elif db["erasures"].count:
        raise CaptureError(f"{captures} cannot be rewritten: finish 'hankearkisto forget' where the captures are local")


def _erase_tables(db: Database, orders: list[Order], erasure: Forgetting) -> Counter[str]:
    """Pages, values and what hangs on them, in one transaction: no reader sees half of it."""
    done: Counter[str] = Counter()
    with transaction(db):
        contacts = db["contacts"].count
        for order in orders:
            if order.kind == "url":
                done += erase_page(db, normalise_url(order.value))
        versions = [row[0] for row in db.execute("SELECT id FROM page_versions ORDER BY id")]
        done += erase_versions(db, versions, erasure) + erase_sentences(db, erasure)
        link_all(db)
        done["contacts"] += contacts - db["contacts"].count
    return done


def _place(db: Database, orders: list[Order]) -> None:
    """From here on nothing that is read anew holds the values."""
    with transaction(db):
        for order in orders:
            db.execute("INSERT OR IGNORE INTO erasures (kind, value) VALUES (?, ?)", [order.kind, order.value])
            add_tombstones(db, order.kind, forms(order.kind, order.value), now())


def _of_persons(db: Database, orders: list[Order]) -> list[Order]:
    """The addresses and numbers that belong to the persons of the orders and to nobody else."""
    names = {form for order in orders if order.kind == "person" for form in forms("person", order.value)}
    found: list[Order] = []
    for kind in ("email", "phone"):
        owners = _owners(db, kind)
        found += [Order(kind, value) for value, people in sorted(owners.items()) if people and people <= names]
    return found


def _owners(db: Database, part: TombstoneKind) -> dict[str, set[str]]:
    """The names that stand with each address or number, in the groups of contacts on all pages."""
    rows = db.execute(
        "SELECT details.value, coalesce(names.value, '') FROM facts AS details LEFT JOIN facts AS names"
        " ON names.page_version_id = details.page_version_id AND names.contact_group = details.contact_group"
        " AND names.field = 'contact.name' WHERE details.field = ?",
        [f"contact.{part}"],
    )
    owners: dict[str, set[str]] = {}
    for value, name in rows:
        owners.setdefault(value, set()).add(" ".join(name.casefold().replace(",", " ").split()))
    return owners


def _compact(db: Database) -> None:
    """Empty the write-ahead log, which still holds the old pages; a reader with a long transaction keeps it."""
    busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        say("a reader holds the old content; it goes with the next run")
