"""Bring a derived table to a wanted state with the fewest writes, so that readers and indexes see only what changed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from sqlite_utils import Database

Value: TypeAlias = str | int | float | None
Row: TypeAlias = Mapping[str, Value]
Key: TypeAlias = tuple[Value, ...]
# Moves with every crawl and changes nothing that a reader would look for.
_QUIET_COLUMNS = frozenset({"last_seen"})


def sync_table(
    db: Database,
    table: str,
    key: Sequence[str],
    rows: Iterable[Row],
    within: tuple[str, Iterable[str]] | None = None,
) -> set[Key]:
    """Make ``rows`` the content of a table; returns the keys of rows that were added, removed or changed in substance.

    ``within``: a column and its values; rows with others are not looked at. Every row has the same columns, the
    table's. Called inside a transaction; foreign keys are checked at its end.
    """
    columns = list(db[table].columns_dict)
    places = [columns.index(name) for name in key]
    loud = [place for place, name in enumerate(columns) if name not in _QUIET_COLUMNS]
    # What is stored as wanted is taken out of ``wanted`` on the way: the two are never held side by side.
    wanted = {tuple(row[name] for name in key): tuple(row[name] for name in columns) for row in rows}
    obsolete: set[Key] = set()
    quiet: set[Key] = set()
    for stored in _stored(db, table, columns, within):
        row_key = _key(stored, places)
        row = wanted.get(row_key)
        if row is None:
            obsolete.add(row_key)
        elif row == stored:
            del wanted[row_key]
        elif not _differs(stored, row, loud):
            quiet.add(row_key)
    _delete(db, table, key, obsolete)
    _upsert(db, table, columns, key, list(wanted.values()))
    return obsolete | (wanted.keys() - quiet)


def _stored(
    db: Database, table: str, columns: Sequence[str], within: tuple[str, Iterable[str]] | None
) -> Iterable[tuple[Value, ...]]:
    sql = f"SELECT {_names(columns)} FROM [{table}]"  # noqa: S608 - names of the schema
    if within is None:
        return db.execute(sql)
    column, values = within
    wanted = json.dumps(sorted(set(values)))
    return db.execute(f"{sql} WHERE [{column}] IN (SELECT value FROM json_each(?))", [wanted])  # noqa: S608 - ditto


def _delete(db: Database, table: str, key: Sequence[str], keys: Iterable[Key]) -> None:
    where = " AND ".join(f"[{name}] = ?" for name in key)
    db.conn.executemany(f"DELETE FROM [{table}] WHERE {where}", list(keys))  # noqa: S608 - names of the schema


def _upsert(
    db: Database, table: str, columns: Sequence[str], key: Sequence[str], rows: Sequence[tuple[Value, ...]]
) -> None:
    marks = ", ".join("?" for _ in columns)
    updates = ", ".join(f"[{name}] = excluded.[{name}]" for name in columns if name not in key)
    action = f"DO UPDATE SET {updates}" if updates else "DO NOTHING"
    db.conn.executemany(
        f"INSERT INTO [{table}] ({_names(columns)}) VALUES ({marks}) ON CONFLICT ({_names(key)}) {action}",  # noqa: S608 - ditto
        rows,
    )


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f"[{name}]" for name in columns)


def _key(row: tuple[Value, ...], places: Sequence[int]) -> Key:
    return tuple(row[place] for place in places)


def _differs(old: tuple[Value, ...], new: tuple[Value, ...], places: Sequence[int]) -> bool:
    return any(old[place] != new[place] for place in places)


def chosen(values: Iterable[str | int]) -> str:
    """Values for ``IN (SELECT value FROM json_each(?))``: as many as one likes, in the order of their size."""
    return json.dumps(sorted(values))
