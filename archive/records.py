"""Records in the archive: how one is laid out in its tables, and how it is put together again."""

import json
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from normalise.facts import Fact, Record, values_of
from normalise.register import register

# The columns beside `page_versions.record` that hold these.
_ELSEWHERE = ("id", "url")
# A record of a page that states nothing, in the order of the fields.
_UNSTATED = {
    name: value for name, value in values_of(Record("", None, "", "other", "")).items() if name not in _ELSEWHERE
}
_FACT_COLUMNS = (
    "page_version_id, page_id, field, value, value_number, role, quote, start, end, rule, confidence, contact_group, "
    "aliases, register_id"
)
_INSERT_FACT = f"INSERT INTO facts ({_FACT_COLUMNS}) VALUES ({', '.join('?' * 14)})"  # noqa: S608 - constants
_INSERT_REFUSAL = "INSERT INTO refusals (page_version_id, field, value, start, end, reason) VALUES (?, ?, ?, ?, ?, ?)"
_CURRENT = """
    SELECT pages.id, pages.url, page_versions.id AS version_id, page_versions.text, page_versions.record
    FROM pages JOIN page_versions ON page_versions.id = pages.current_version_id
    WHERE pages.id > ? ORDER BY pages.id LIMIT ?
"""
_BATCH = 200


def values_json(record: Record) -> str:
    """The record's values as `page_versions.record` holds them: those that the page states, text and facts apart."""
    values = {
        name: value for name, value in values_of(record).items() if name not in _ELSEWHERE and value not in (None, [])
    }
    for party in _parties(values):
        if party["aliases"] == _register_names(party["id"]):
            del party["aliases"]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def read_values(values_json: str) -> dict[str, Any]:
    """The values that `values_json` laid out, in the order of the record; the register's names are filled in."""
    values: dict[str, Any] = {**_UNSTATED, **json.loads(values_json)}
    for party in _parties(values):
        if "aliases" not in party:
            name, key = party["name"], party["id"]
            party.clear()
            party.update(name=name, aliases=_register_names(key), id=key)
    return values


def _parties(values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (*values.get("funders", ()), *values.get("partners", ()))
    if values.get("coordinator"):
        yield values["coordinator"]


def _register_names(key: str | None) -> list[str]:
    entry = register().get(key) if key else None
    return list(entry.names) if entry else []


def insert_facts(db: Database, version_id: int, record: Record) -> None:
    """Store the facts and refusals of a page version."""
    db.conn.executemany(_INSERT_FACT, [_fact_row(version_id, record.id, fact) for fact in record.facts])
    if record.refusals:
        refused = [(version_id, r.field, r.value, r.start, r.end, r.reason) for r in record.refusals]
        db.conn.executemany(_INSERT_REFUSAL, refused)


def current_records(db: Database) -> Iterator[dict[str, Any]]:
    """The JSON object of every page's current version, by page id; pages that are gone are among them.

    Read in batches, so that no long read transaction keeps the write-ahead log from being emptied.
    """
    last = ""
    while rows := db.execute(_CURRENT, [last, _BATCH]).fetchall():
        for page, url, version, text, values in rows:
            last = page
            yield {"id": page, "url": url, **read_values(values), "text": text, "facts": _facts(db, version)}


def _facts(db: Database, version_id: int) -> list[dict[str, Any]]:
    sql = f"SELECT {_FACT_COLUMNS} FROM facts WHERE page_version_id = ? ORDER BY id"  # noqa: S608 - a constant
    cursor = db.execute(sql, [version_id])
    names = [column[0] for column in cursor.description]
    return [_fact_entry(dict(zip(names, row, strict=True))) for row in cursor]


def _fact_entry(row: dict[str, Any]) -> dict[str, Any]:
    number = row["value_number"]
    entry = {
        "field": row["field"],
        "value": row["value"] if number is None else plain(number),
        **{name: row[name] for name in ("quote", "start", "end", "rule", "confidence")},
    }
    if row["role"] is not None:
        entry["role"] = row["role"]
    if row["contact_group"] is not None:
        entry["group"] = row["contact_group"]
    return entry


def _fact_row(version_id: int, page: str, fact: Fact) -> tuple[str | int | float | None, ...]:
    is_text = isinstance(fact.value, str)
    return (
        version_id,
        page,
        fact.field,
        fact.value if is_text else str(plain(float(fact.value))),
        None if is_text else float(fact.value),
        fact.role,
        fact.quote,
        fact.start,
        fact.end,
        fact.rule,
        round(fact.confidence, 3),
        fact.group,
        json.dumps(fact.aliases, ensure_ascii=False) if fact.aliases and not fact.register_id else None,
        fact.register_id,
    )


def plain(number: float) -> float | int:
    """A whole number as an int, as the record prints it."""
    return int(number) if float(number).is_integer() else float(number)
