"""Ids in the public copy: readable ids are made of titles, and a title may hold a person's name.

Such an id is replaced by one made of the page that first told of the thing: it gives nothing away, and stays the same
from one public copy to the next.
"""

import sqlite3
from collections.abc import Iterator
from hashlib import sha256

_HEX = 12
# The first page of a project, call or award, by what it is called there; of an organisation with its place on the page.
_TIES = (
    "SELECT page_id FROM {kind}_pages JOIN pages ON pages.id = page_id WHERE {kind}_id = ? ORDER BY first_seen, page_id"
)
_FIRST = {kind: _TIES.format(kind=kind) for kind in ("project", "call", "award")} | {
    "organisation": "SELECT page_id || ' ' || start FROM facts JOIN pages ON pages.id = page_id"
    " WHERE organisation_id = ? ORDER BY first_seen, page_id, start"
}
# Columns that hold ids of several kinds, so that no foreign key can say whose.
_MIXED = (("relations", "from"), ("relations", "to"))


def replace_id(connection: sqlite3.Connection, table: str, old: str) -> None:
    """Give a row of ``projects``, ``calls``, ``awards`` or ``organisations`` an id without words, wherever it stands.

    Foreign keys must not be enforced meanwhile.
    """
    kind = table.removesuffix("s")
    first = connection.execute(f"{_FIRST[kind]} LIMIT 1", [old]).fetchone()
    basis = first[0] if first else old
    new = f"{kind}-{sha256(f'{kind} {basis}'.encode()).hexdigest()[:_HEX]}"
    for holder, column in ((table, "id"), *_references(connection, table), *_MIXED):
        connection.execute(f"UPDATE [{holder}] SET [{column}] = ? WHERE [{column}] = ?", [new, old])  # noqa: S608 - the schema's names


def _references(connection: sqlite3.Connection, table: str) -> Iterator[tuple[str, str]]:
    """All columns that point to a table, with their tables."""
    holders = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    for (holder,) in holders:
        for _, _, target, column, *_ in connection.execute(f"PRAGMA foreign_key_list([{holder}])").fetchall():
            if target == table:
                yield holder, column
