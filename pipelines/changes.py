"""What changed on a page between two of its versions: one row a value."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlite_utils import Database

from normalise.facts import DATE_FIELDS

_SINGLE = ("kind", "lang", "title", *DATE_FIELDS, "partner_count")
# A record's field -> the name of the fact that a row of `changes` speaks of.
_LISTS = {
    "funders": "funder",
    "partners": "partner",
    "contacts": "contact",
    "amounts": "amount",
    "identifiers": "identifier",
}
_INSERT = "INSERT INTO changes (page_id, field, old, new, seen_at) VALUES (?, ?, ?, ?, ?)"

Change = tuple[str, str | None, str | None]


def record_changes(db: Database, page: str, before: dict[str, Any], after: dict[str, Any], seen_at: str) -> None:
    """Store what differs between the values (`normalise.facts.values_of`) of two versions of a page."""
    rows = [(page, *change, seen_at) for change in changes_between(before, after)]
    db.conn.executemany(_INSERT, rows)


def record_state(db: Database, page: str, old: str, new: str, seen_at: str) -> None:
    """Store that a page went away, came back, or can no longer be read."""
    if old != new:
        db.execute(_INSERT, [page, "state", old, new, seen_at])


def record_move(db: Database, page: str, old_url: str, new_url: str, seen_at: str) -> None:
    """Store that a page came to its address from another one."""
    db.execute(_INSERT, [page, "address", old_url, new_url, seen_at])


def changes_between(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    """(field, old, new) of every value that differs, as a reader would write it.

    A list loses and gains its members one by one; a member that is the same body, person or kind of sum under another
    value has both in one row. A body under another of its names has not changed.
    """
    for name in _SINGLE:
        old, new = before.get(name), after.get(name)
        if old != new:
            yield name, None if old is None else str(old), None if new is None else str(new)
    leaders = ([record["coordinator"]] if record.get("coordinator") else [] for record in (before, after))
    yield from _in_one_row("coordinator", list(_list_changes("coordinator", *leaders)))
    for name, field in _LISTS.items():
        yield from _list_changes(field, before.get(name) or [], after.get(name) or [])


def _list_changes(field: str, olds: Sequence[Any], news: Sequence[Any]) -> Iterator[Change]:
    lost = {_key(value, (olds, news)): value for value in olds}
    gained = {_key(value, (olds, news)): value for value in news}
    for key in [key for key in lost if key in gained]:
        old, new = _words(lost.pop(key)), _words(gained.pop(key))
        if old != new and field in ("contact", "amount"):
            yield field, old, new
    yield from ((field, _words(value), None) for value in lost.values())
    yield from ((field, None, _words(value)) for value in gained.values())


def _in_one_row(field: str, changes: Sequence[Change]) -> Iterator[Change]:
    """A value of which there is one at a time: what was lost and what came for it."""
    olds, news = [old for _, old, _ in changes if old], [new for *_, new in changes if new]
    if changes:
        yield field, olds[0] if olds else None, news[0] if news else None


def _key(value: Any, sides: Sequence[Sequence[Any]]) -> tuple[str, ...]:
    """What stays the same while a value changes: a body's id, a person's name, the role of a sum that is alone."""
    if not isinstance(value, dict):
        return (str(value),)
    if "eur" in value:
        is_alone = all(sum(other["role"] == value["role"] for other in side) == 1 for side in sides)
        return (value["role"],) if is_alone else (value["role"], str(value["eur"]))
    if "email" in value:
        return ("contact", str(value["name"] or value["email"] or value["phone"]).casefold())
    return (str(value.get("id") or " ".join(str(value["name"]).casefold().split())),)


def _words(value: Any) -> str:
    """A value as a reader would write it in one line."""
    if not isinstance(value, dict):
        return str(value)
    if "eur" in value:
        euros = f"{value['eur']:,.2f}".removesuffix(".00").replace(",", " ")
        return f"{euros} EUR ({value['role']})"
    if "email" in value:
        return ", ".join(str(value[part]) for part in ("name", "title", "email", "phone") if value[part])
    return str(value["name"])
