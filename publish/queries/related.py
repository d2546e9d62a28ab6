"""What a project, call or award belongs with: what it came of, what came of it, what it continues, and likely kin."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from publish.queries.rows import TABLES, Row, marks, rows

_COLUMNS = {"project": 'start, "end"', "call": "closes", "award": "published"}
# (name, relation, whether the entity is where it starts, kind at the other end) by the entity's own kind.
_LINKS = {
    "project": (
        ("call", "came of", True, "call"),
        ("awards", "granted by", True, "award"),
        ("predecessors", "continues", True, "project"),
        ("successors", "continues", False, "project"),
    ),
    "call": (("awards", "came of", False, "award"), ("projects", "came of", False, "project")),
    "award": (("call", "came of", True, "call"), ("projects", "granted by", False, "project")),
}
_LINKED = """
    SELECT {table}.id, {table}.title, {columns}, relations.reason FROM relations
    JOIN {table} ON {table}.id = relations.{theirs} WHERE relations.{ours} = ? AND relations.kind = ?
    ORDER BY relations.score DESC, {table}.title LIMIT 50
"""
# A project of very many bodies has kin enough by some of them.
_BODIES = 40
_SIMILAR = """
    SELECT projects.id, projects.title, projects.start, projects."end", shared FROM (
        SELECT project_id, count(DISTINCT organisation_id) AS shared FROM participations
        WHERE organisation_id IN ({marks}) AND role IN ('coordinator', 'partner') AND project_id <> ?
        GROUP BY project_id ORDER BY shared DESC, project_id LIMIT ?
    ) JOIN projects ON projects.id = project_id ORDER BY shared DESC, projects.start DESC, projects.id
"""


@dataclass(frozen=True, slots=True)
class Related:
    """Entities of a kind under a name of the catalogue; each has its ``reason``, or how many bodies are ``shared``."""

    name: str
    kind: str
    entries: list[Row]


def related(connection: sqlite3.Connection, kind: str, entity_id: str) -> tuple[Related, ...]:
    """The groups that have anything."""
    return tuple(group for group in _groups(connection, kind, entity_id) if group.entries)


def _groups(connection: sqlite3.Connection, kind: str, entity_id: str) -> Iterator[Related]:
    for name, relation, starts, other in _LINKS[kind]:
        ours, theirs = ("from", "to") if starts else ("to", "from")
        sql = _LINKED.format(
            table=TABLES[other], columns=_COLUMNS[other], ours=f"{ours}_{kind}_id", theirs=f"{theirs}_{other}_id"
        )
        yield Related(name, other, rows(connection, sql, [entity_id, relation]))
    if kind == "project":
        yield Related("similar", "project", similar_projects(connection, entity_id))


def similar_projects(connection: sqlite3.Connection, project_id: str, limit: int = 6) -> list[Row]:
    """Projects that share most organisations with a project, funders aside."""
    bodies = rows(
        connection,
        "SELECT DISTINCT organisation_id FROM participations WHERE project_id = ? AND role <> 'funder' LIMIT ?",
        [project_id, _BODIES],
    )
    ids = [body["organisation_id"] for body in bodies]
    return rows(connection, _SIMILAR.format(marks=marks(ids)), [*ids, project_id, limit]) if ids else []
