"""Facts in the archive: how they are laid out in their tables, and how a record is put together from them again."""

from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from normalise.facts import Fact, Record, as_json, values_of
from normalise.gathering import with_facts
from normalise.organisations.register import register

_FACT_COLUMNS = (
    "page_version_id, page_id, field, value, value_number, role, quote, start, end, rule, confidence, contact_group,"
    " register_id"
)
_INSERT_FACT = f"INSERT INTO facts ({_FACT_COLUMNS}) VALUES ({', '.join('?' * 13)})"  # noqa: S608 - constants
_INSERT_REFUSAL = "INSERT INTO refusals (page_version_id, field, value, start, end, reason) VALUES (?, ?, ?, ?, ?, ?)"
_FACTS = (
    "SELECT field, value, value_number, start, end, quote, rule, confidence, role, contact_group, register_id"
    " FROM facts WHERE page_version_id = ? ORDER BY id"
)
_CURRENT = """
    SELECT pages.id, pages.url, page_versions.id, page_versions.lang, page_versions.kind, text,
        kind_confidence
    FROM pages JOIN page_versions ON page_versions.id = pages.current_version_id
    WHERE pages.id > ? ORDER BY pages.id LIMIT ?
"""
_BATCH = 200


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
        for page, url, version, lang, kind, text, sure in rows:
            last = page
            yield as_json(with_facts(Record(page, url, lang, kind, text, sure), _facts(db, version)))


def version_values(db: Database, version_id: int) -> dict[str, Any]:
    """What a page version states, as `normalise.facts.values_of` has it; its id and address are left empty."""
    sql = "SELECT lang, kind, kind_confidence FROM page_versions WHERE id = ?"
    lang, kind, sure = db.execute(sql, [version_id]).fetchone()
    return values_of(with_facts(Record("", None, lang, kind, "", sure), _facts(db, version_id)))


def _facts(db: Database, version_id: int) -> tuple[Fact, ...]:
    return tuple(_fact(row) for row in db.execute(_FACTS, [version_id]))


def _fact(row: tuple[Any, ...]) -> Fact:
    field, value, number, start, end, quote, rule, confidence, role, group, body = row
    value = value if number is None else _plain(number)
    return Fact(field, value, start, end, quote, rule, confidence, role, group, _register_names(body), body)


def _register_names(key: str | None) -> tuple[str, ...]:
    entry = register().get(key) if key else None
    return entry.names if entry else ()


def _fact_row(version_id: int, page: str, fact: Fact) -> tuple[str | int | float | None, ...]:
    is_text = isinstance(fact.value, str)
    return (
        version_id,
        page,
        fact.field,
        fact.value if is_text else str(_plain(float(fact.value))),
        None if is_text else float(fact.value),
        fact.role,
        fact.quote,
        fact.start,
        fact.end,
        fact.rule,
        round(fact.confidence, 3),
        fact.group,
        fact.register_id,
    )


def _plain(number: float) -> float | int:
    """A whole number as an int, as the record prints it."""
    return int(number) if float(number).is_integer() else float(number)
