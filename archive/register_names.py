"""What public registers say of bodies, stored in archive.db, and read back for resolution and history."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from importlib.resources import files
from typing import Literal

from sqlite_utils import Database

from archive.schema import transaction
from archive.sync import Row, sync_table
from normalise.organisations.register import Entry, register
from normalise.resolution.bodies import Bodies
from normalise.resolution.history import DatedName, History, Life, Merger, history_of

Kind = Literal["provider", "school", "site", "municipality", "company", "other"]


@dataclass(frozen=True, slots=True)
class RegisterName:
    """A name in a register. ``starts`` is "" where no date is given; ``lang`` "" where no language is."""

    name: str
    lang: str = ""
    starts: str = ""
    ends: str | None = None
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class RegisterBody:
    """A body of a register; ``id``: "oid:..." or "prh:..."; ``entry_id``: the body of the shipped register it is."""

    id: str
    register: Literal["opintopolku", "prh"]
    kind: Kind
    names: tuple[RegisterName, ...]
    oid: str | None = None
    business_id: str | None = None
    institution_code: str | None = None
    municipality_code: str | None = None
    parent_id: str | None = None
    entry_id: str | None = None
    starts: str | None = None
    ends: str | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality or region by its code of Statistics Finland."""

    kind: Literal["municipality", "region"]
    code: str
    name_fi: str
    name_sv: str | None = None
    name_en: str | None = None
    region_code: str | None = None


def create_register_tables(db: Database) -> None:
    """Make the tables of archive/register_tables.sql where they are missing; for a migration, or before an import."""
    statement = ""
    for line in files("archive").joinpath("register_tables.sql").read_text("utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.conn.execute(statement)
            statement = ""


def store_bodies(
    db: Database, source: str, bodies: Iterable[RegisterBody], mergers: Iterable[Merger], fetched_at: str
) -> int:
    """Replace what one register ("opintopolku" or "prh") said before; returns the number of its bodies."""
    found = list(bodies)
    others = "body_id IN (SELECT id FROM register_bodies WHERE register <> ?)"
    with transaction(db):
        kept = list(db["register_bodies"].rows_where("register <> ?", [source]))
        names = list(db["register_names"].rows_where(others, [source]))
        old_mergers = list(db["register_mergers"].rows_where(others, [source]))
        sync_table(db, "register_bodies", ["id"], [*kept, *(_body_row(body, fetched_at) for body in found)])
        sync_table(db, "register_names", ["body_id", "name", "lang", "starts"], [*names, *_name_rows(found)])
        rows: list[Row] = [{"body_id": m.body, "successor_id": m.successor, "date": m.date or ""} for m in mergers]
        sync_table(db, "register_mergers", ["body_id", "successor_id"], [*old_mergers, *rows])
    return len(found)


def store_areas(db: Database, areas: Iterable[Area]) -> int:
    """Replace the municipalities and regions; returns their number."""
    rows = [{name: getattr(area, name) for name in Area.__slots__} for area in areas]
    with transaction(db):
        sync_table(db, "register_areas", ["kind", "code"], rows)
    return len(rows)


def known_bodies(db: Database) -> Bodies:
    """The shipped register with the imported names, OIDs and bodies, for `resolve`; without an import it alone."""
    entries = dict(register())
    oids: dict[str, str] = {}
    names = _names_by_body(db)
    rows = _rows(db, "register_bodies")
    ids = {str(row["id"]): str(row["entry_id"] or row["id"]) for row in rows}
    successors = {ids.get(m.body, m.body): ids.get(m.successor, m.successor) for m in _mergers(db)}
    for row in rows:
        id_ = ids[str(row["id"])]
        if row["oid"]:
            oids[str(row["oid"])] = id_
        own = tuple(name.name for name in names[str(row["id"])])
        if id_ in entries:
            entry = entries[id_]
            merged = tuple(dict.fromkeys((*entry.names, *own)))
            number = entry.business_id or _text(row["business_id"])
            entries[id_] = replace(entry, names=merged, business_id=number)
        elif own:
            parent = ids.get(str(row["parent_id"]))
            until, number = _text(row["ends"]), _text(row["business_id"])
            entries[id_] = Entry(id_, str(row["kind"]), own, (), parent, successors.get(id_), until, business_id=number)
    return Bodies(entries, oids)


def known_history(db: Database) -> History:
    """Names, lives and mergers of the shipped register and the imported ones together."""
    shipped = history_of(register().values())
    names, lives = dict(shipped.names), dict(shipped.lives)
    rows = _rows(db, "register_bodies")
    ids = {str(row["id"]): str(row["entry_id"] or row["id"]) for row in rows}
    dated = _names_by_body(db)
    imported: dict[str, list[DatedName]] = defaultdict(list)
    told: dict[str, list[Life]] = defaultdict(list)
    for row in rows:
        id_ = ids[str(row["id"])]
        imported[id_] += [replace(name, body=id_) for name in dated[str(row["id"])]]
        told[id_].append(Life(_text(row["starts"]), _text(row["ends"])))
    names |= {id_: tuple(own) for id_, own in imported.items() if own}
    for id_, each in told.items():
        whole, known = reduce(Life.joined, each), lives.get(id_, Life())
        lives[id_] = Life(whole.starts or known.starts, whole.ends or known.ends)
    history = History(names, lives)
    history.add_mergers(Merger(e.id, e.successor) for e in register().values() if e.successor)
    history.add_mergers(
        Merger(ids.get(m.body, m.body), ids.get(m.successor, m.successor), m.date) for m in _mergers(db)
    )
    return history


def _names_by_body(db: Database) -> dict[str, list[DatedName]]:
    found: dict[str, list[DatedName]] = defaultdict(list)
    for row in _rows(db, "register_names"):
        body, name, lang = str(row["body_id"]), str(row["name"]), str(row["lang"])
        found[body].append(DatedName(body, name, lang, _text(row["starts"]), _text(row["ends"])))
    return found


def _mergers(db: Database) -> Iterator[Merger]:
    for row in _rows(db, "register_mergers"):
        yield Merger(str(row["body_id"]), str(row["successor_id"]), _text(row["date"]))


def _rows(db: Database, table: str) -> list[Row]:
    return list(db[table].rows) if db[table].exists() else []


def _text(value: object) -> str | None:
    return str(value) if value else None


def _body_row(body: RegisterBody, fetched_at: str) -> Row:
    row = {name: getattr(body, name) for name in RegisterBody.__slots__ if name != "names"}
    return {**row, "fetched_at": fetched_at}


def _name_rows(bodies: Iterable[RegisterBody]) -> Iterator[Row]:
    for body in bodies:
        for name in body.names:
            yield {
                "body_id": body.id,
                "name": name.name,
                "lang": name.lang,
                "starts": name.starts,
                "ends": name.ends,
                "is_short": int(name.is_short),
            }
