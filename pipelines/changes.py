"""What changed on a page between two of its versions: one row a value."""

import json
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from normalise.facts import DATE_FIELDS

# A record's field -> the name of the fact that a row of `changes` speaks of.
_SINGLE = ("kind", "lang", "title", *DATE_FIELDS, "coordinator", "partner_count")
_LISTS = {
    "funders": "funder",
    "partners": "partner",
    "contacts": "contact",
    "amounts": "amount",
    "identifiers": "identifier",
}
_INSERT = "INSERT INTO changes (page_id, field, old, new, seen_at) VALUES (?, ?, ?, ?, ?)"

Change = tuple[str, str | None, str | None]


def record_changes(db: Database, page: str, before: str, after: str, seen_at: str) -> None:
    """Store what differs between the values (`page_versions.record`) of two versions of a page."""
    rows = [(page, *change, seen_at) for change in changes_between(json.loads(before), json.loads(after))]
    db.conn.executemany(_INSERT, rows)


def record_state(db: Database, page: str, old: str, new: str, seen_at: str) -> None:
    """Store that a page went away, came back, or can no longer be read."""
    if old != new:
        db.execute(_INSERT, [page, "state", old, new, seen_at])


def changes_between(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    """(field, old, new) of every value that differs; a list loses and gains its members one by one."""
    for name in _SINGLE:
        old, new = _words(before.get(name)), _words(after.get(name))
        if old != new:
            yield name, old, new
    for name, field in _LISTS.items():
        olds, news = ([_words(value) or "" for value in record.get(name, ())] for record in (before, after))
        yield from ((field, old, None) for old in olds if old not in news)
        yield from ((field, None, new) for new in news if new not in olds)


def _words(value: Any) -> str | None:
    """A value as a reader would write it in one line."""
    if value is None:
        return None
    if not isinstance(value, dict):
        return str(value)
    if "eur" in value:
        return f"{value['eur']} EUR {value['role']}"
    if "email" in value:
        return ", ".join(str(value[part]) for part in ("name", "title", "email", "phone") if value[part])
    return str(value["name"])
