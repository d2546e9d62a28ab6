"""The archive as Datasette's own pages read it: what they count is counted once a run, or not for long.

A stock page of a table counts its rows, and the values of each facet, at every visit: seconds for millions of rows.
"""

import re
import sqlite3
from collections.abc import Iterable
from typing import Any

from datasette.database import Database, Results
from datasette.utils import sqlite_timelimit

from publish.portal.settled import SETTLED, Settled, run_state

_COUNT = re.compile(r"select count\(\*\) from ", re.IGNORECASE)
_FACET = re.compile(r"\s*select \S+ as value, count\(\*\) as count from \(\s*select ")
# Of a whole table: nothing stands behind its name.
_WHOLE = re.compile(
    r"\s*select (?:count\(\*\)|\S+ as value, count\(\*\) as count from \(\s*select [^()]+?) from \[?(\w+)\]?"
    r"(?:\s*|\s*\)\s*where \S+ is not null\s+group by \S+ order by count desc, value limit \d+\s*)",
    re.IGNORECASE,
)
# A page of a filtered table shows its rows without a number when there are too many to count in this time. Datasette
# looks at the clock after every step for 20 ms or less, which takes most of them.
FILTERED_MS = 21
_INDEXED = """
    SELECT tables.name, columns.name FROM sqlite_master AS tables, pragma_index_list(tables.name) AS indexes,
        pragma_index_info(indexes.name) AS columns WHERE tables.type = 'table' AND columns.seqno = 0
    UNION SELECT tables.name, columns.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table' AND columns.pk = 1
"""
_WHOLE_LIMIT_MS = 60_000


class CountedDatabase(Database):  # type: ignore[misc]  # Datasette has no types
    """A database of which the ``shown`` tables are counted once a run; others of the program's own are not counted."""

    def __init__(self, datasette: Any, path: str, shown: Iterable[str]) -> None:
        """Open the file at ``path``, which may be written to by others."""
        super().__init__(datasette, path=path, is_mutable=True)
        self._shown = frozenset(shown)
        self._countable: frozenset[str] | None = None
        self._references: Any = None

    async def execute(
        self,
        sql: str,
        params: Any = None,
        truncate: bool = False,
        custom_time_limit: int | None = None,
        **more: Any,
    ) -> Any:
        """As Datasette's own. Raises its QueryInterrupted for a count that takes longer than `FILTERED_MS`."""
        if not (_COUNT.match(sql) or _FACET.match(sql)):
            return await super().execute(sql, params, truncate, custom_time_limit, **more)
        whole = _WHOLE.fullmatch(sql)
        if whole and whole[1] in await self.countable():
            kept: Settled = getattr(self.ds, SETTLED)
            state = await self.execute_fn(run_state)
            return await kept.get(sql, state, lambda: self.execute_fn(lambda connection: _count(connection, sql)))
        limit = min(custom_time_limit or FILTERED_MS, FILTERED_MS)
        return await super().execute(sql, params, truncate, limit, **more)

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:
        """The rows of every table; None for those that are not shown."""
        countable = await self.countable()
        counts: dict[str, int | None] = dict.fromkeys(await self.table_names())
        for table in countable:
            found = await self.execute(f"select count(*) from [{table}]", custom_time_limit=limit)  # noqa: S608 - a table of the schema
            counts[table] = found.rows[0][0]
        return counts

    async def get_all_foreign_keys(self) -> Any:
        """As Datasette's own, without references that no index leads back along: a row's page counts the others."""
        if self._references is None:
            indexed = await self.execute_fn(_indexed)
            found = await super().get_all_foreign_keys()
            for keys in found.values():
                keys["incoming"] = [
                    key for key in keys["incoming"] if (key["other_table"], key["other_column"]) in indexed
                ]
            self._references = found
        return self._references

    async def countable(self) -> frozenset[str]:
        """The shown tables. A view has no rows of its own: counting them is working it out whole."""
        if self._countable is None:
            self._countable = self._shown & frozenset(await self.table_names())
        return self._countable


def _indexed(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    """(table, column) of every column that an index or a primary key begins with."""
    return {(table, column) for table, column in connection.execute(_INDEXED)}


def _count(connection: sqlite3.Connection, sql: str) -> Any:
    with sqlite_timelimit(connection, _WHOLE_LIMIT_MS):
        cursor = connection.execute(sql)
        return Results(cursor.fetchall(), False, cursor.description)
