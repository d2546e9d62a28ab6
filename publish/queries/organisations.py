"""Organisations: their names, roles over time, and whom they work with."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from publish.queries.home import filled
from publish.queries.rows import Row, marks, number, row, rows

_ROLES = """
    SELECT participations.role, projects.id, projects.title, projects.start, projects.end
    FROM participations JOIN projects ON projects.id = participations.project_id
    WHERE participations.organisation_id = ?
    GROUP BY participations.role, projects.id
    ORDER BY projects.start IS NULL, projects.start DESC, projects.title LIMIT 500
"""
_FUNDED = """
    SELECT calls.id, calls.title, calls.opens, calls.closes, calls.available_eur FROM calls
    WHERE id IN (SELECT call_id FROM participations WHERE organisation_id = ? AND call_id IS NOT NULL)
    ORDER BY calls.closes IS NULL, calls.closes DESC LIMIT 200
"""
# A funder's beneficiaries are no co-workers of each other, so partners are counted among the doers alone.
_CO_PARTNERS = """
    SELECT organisations.id, organisations.name, organisations.register_id, found.projects FROM (
        SELECT theirs.organisation_id AS id, count(DISTINCT theirs.project_id) AS projects
        FROM participations AS ours JOIN participations AS theirs ON theirs.project_id = ours.project_id
        WHERE ours.organisation_id = :own AND ours.role IN ('coordinator', 'partner')
            AND theirs.role IN ('coordinator', 'partner') AND theirs.organisation_id <> :own
        GROUP BY 1 ORDER BY projects DESC, 1 LIMIT :limit
    ) AS found JOIN organisations ON organisations.id = found.id ORDER BY found.projects DESC, organisations.name
"""
_LIST = """
    SELECT organisations.id, organisations.name, organisations.register_id, organisations.type,
        count(DISTINCT CASE WHEN role <> 'funder' THEN project_id END) AS projects,
        count(DISTINCT CASE WHEN role = 'coordinator' THEN project_id END) AS coordinated,
        count(DISTINCT CASE WHEN role = 'funder' THEN coalesce(project_id, call_id, award_id) END) AS funded
    FROM organisations LEFT JOIN participations ON participations.organisation_id = organisations.id
    GROUP BY organisations.id ORDER BY projects + funded DESC, organisations.name
"""
_BY_YEAR = """
    SELECT CAST(substr(start, 1, 4) AS INTEGER) AS year, count(*) AS projects FROM projects
    WHERE start IS NOT NULL AND id IN (SELECT project_id FROM participations WHERE organisation_id = ?)
    GROUP BY 1
"""
_PAIRS = """
    SELECT ours.organisation_id AS source, theirs.organisation_id AS target, count(DISTINCT ours.project_id) AS projects
    FROM participations AS ours JOIN participations AS theirs
        ON theirs.project_id = ours.project_id AND theirs.organisation_id > ours.organisation_id
    WHERE ours.role <> 'funder' AND theirs.role <> 'funder'
    GROUP BY 1, 2 ORDER BY projects DESC, 1, 2 LIMIT ?
"""
# Among whom an organisation works: pairs in the projects that it takes part in, for all others are not its own.
_PAIRS_AROUND = """
    SELECT a.organisation_id AS source, b.organisation_id AS target, count(DISTINCT own.project_id) AS projects
    FROM participations AS own JOIN participations AS a ON a.project_id = own.project_id
        JOIN participations AS b ON b.project_id = own.project_id AND b.organisation_id > a.organisation_id
    WHERE own.organisation_id = ? AND own.role IN ('coordinator', 'partner') AND a.role IN ('coordinator', 'partner')
        AND b.role IN ('coordinator', 'partner') AND a.organisation_id IN ({marks}) AND b.organisation_id IN ({marks})
    GROUP BY 1, 2
"""
# Names used on pages, those that a register gives a time first, in the order of their times.
_NAMES = """
    SELECT name, origin, pages, reason, valid_from, valid_to FROM organisation_names WHERE organisation_id = ?
    ORDER BY coalesce(valid_from, valid_to) IS NULL, coalesce(valid_to, '9999') DESC, valid_from DESC, pages DESC, name
"""
# What a body came of (``before`` is 1) and what it went into (0), over any number of mergers; each body once.
_SUCCESSIONS = """
    WITH RECURSIVE kin (id, before, date) AS (
        SELECT body_id, 1, valid_from FROM successions WHERE successor_id = :own
        UNION SELECT successor_id, 0, valid_from FROM successions WHERE body_id = :own
        UNION SELECT body_id, 1, valid_from FROM kin JOIN successions ON successor_id = id WHERE before
        UNION SELECT successor_id, 0, valid_from FROM kin JOIN successions ON body_id = id WHERE NOT before
    )
    SELECT kin.id, before, min(date) AS date, bodies.name, kin.id AS register_id,
        organisations.id IS NOT NULL AS is_named
    FROM kin JOIN bodies ON bodies.id = kin.id LEFT JOIN organisations ON organisations.id = kin.id
    WHERE kin.id <> :own GROUP BY kin.id, before ORDER BY before DESC, 3, bodies.name LIMIT 500
"""
# An organisation in so many projects, calls and awards takes a noticeable time to count.
_BUSY = 2_000


@dataclass(frozen=True, slots=True)
class Organisation:
    """All that an organisation's page shows."""

    row: Row
    names: list[Row]
    life: Row | None
    predecessors: list[Row]
    successors: list[Row]
    parent: Row | None
    parts: list[Row]
    projects: list[Row]
    by_year: list[tuple[int, int]]
    calls: list[Row]
    co_partners: list[Row]
    contacts: list[Row]


def load_organisation(connection: sqlite3.Connection, organisation_id: str) -> Organisation | None:
    """An organisation by its id; None where there is none."""
    found = row(connection, "SELECT * FROM organisations WHERE id = ?", [organisation_id])
    if found is None:
        return None
    projects = rows(connection, _ROLES, [organisation_id])
    kin = rows(connection, _SUCCESSIONS, {"own": organisation_id})
    return Organisation(
        found,
        rows(connection, _NAMES, [organisation_id]),
        row(connection, "SELECT valid_from, valid_to FROM bodies WHERE id = ?", [organisation_id]),
        [body for body in kin if body["before"]],
        [body for body in kin if not body["before"]],
        row(connection, "SELECT id, name, register_id FROM organisations WHERE id = ?", [found["part_of_id"]]),
        rows(
            connection,
            "SELECT id, name, register_id FROM organisations WHERE part_of_id = ? ORDER BY name LIMIT 500",
            [organisation_id],
        ),
        projects,
        filled({entry["year"]: entry["projects"] for entry in rows(connection, _BY_YEAR, [organisation_id])}),
        rows(connection, _FUNDED, [organisation_id]),
        rows(connection, _CO_PARTNERS, {"own": organisation_id, "limit": 40}),
        rows(
            connection,
            "SELECT * FROM contacts WHERE organisation_id = ? ORDER BY kind, name LIMIT 100",
            [organisation_id],
        ),
    )


def ranking(connection: sqlite3.Connection) -> list[Row]:
    """All organisations by how much they do, with how many projects they carry out, coordinate and fund."""
    return rows(connection, _LIST)


def named_like(connection: sqlite3.Connection, word: str) -> set[str]:
    """The ids of organisations that a word stands in some name of."""
    like = "%" + word.replace("%", "").replace("_", "") + "%"
    found = connection.execute("SELECT organisation_id FROM organisation_names WHERE name LIKE ?", [like])
    return {row[0] for row in found}


def pairs(connection: sqlite3.Connection, limit: int = 120) -> list[Row]:
    """The pairs of organisations that share most projects: ``source``, ``target`` (ids), ``projects``."""
    return rows(connection, _PAIRS, [limit])


def pairs_around(connection: sqlite3.Connection, organisation_id: str, ids: Sequence[str]) -> list[Row]:
    """As `pairs`, of the given organisations in the projects that one of them takes part in."""
    return rows(connection, _PAIRS_AROUND.format(marks=marks(ids)), [organisation_id, *ids, *ids])


def is_busy(connection: sqlite3.Connection, organisation_id: str) -> bool:
    """Whether an organisation takes part in so much that its page is counted once a run."""
    sql = "SELECT count(*) FROM (SELECT 1 FROM participations WHERE organisation_id = ? LIMIT ?)"
    return number(connection, sql, [organisation_id, _BUSY]) == _BUSY


def named(connection: sqlite3.Connection, ids: list[str]) -> list[Row]:
    """Organisations by their ids: ``id``, ``name``, ``register_id``."""
    return rows(connection, f"SELECT id, name, register_id FROM organisations WHERE id IN ({marks(ids)})", ids)  # noqa: S608 - question marks
