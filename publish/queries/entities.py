"""A project, a call or an award with all that hangs on it: pages, values with their evidence, history."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from publish.queries.related import Related, related
from publish.queries.rows import TABLES, Row, row, rows

# The fields that a page of each kind shows, in this order. Parties, contacts, amounts have tables of their own.
SHOWN_FIELDS: Mapping[str, tuple[str, ...]] = {
    "project": ("start", "end", "published", "updated", "partner_count"),
    "call": ("opens", "closes", "start", "end", "published", "updated"),
    "award": ("published", "start", "end", "updated"),
}
_PAGES = """
    SELECT pages.id, pages.url, pages.lang, pages.title, pages.kind, pages.state, pages.source_id, pages.first_seen,
        pages.last_seen, pages.gone_at, ties.score, ties.reason, sources.name AS source
    FROM {kind}_pages AS ties JOIN pages ON pages.id = ties.page_id LEFT JOIN sources ON sources.id = pages.source_id
    WHERE ties.{kind}_id = ? ORDER BY pages.gone_at IS NOT NULL, ties.score DESC, pages.url
"""
_FACTS = """
    SELECT facts.id, facts.page_id, facts.field, facts.value, facts.value_number, facts.role, facts.quote, facts.start,
        facts.rule, facts.confidence, pages.url, pages.lang
    FROM {kind}_pages AS ties JOIN pages ON pages.id = ties.page_id
        JOIN facts ON facts.page_version_id = pages.current_version_id
    WHERE ties.{kind}_id = ? ORDER BY facts.page_id, facts.start
"""
# The first and the last time that a page of the thing gave each value.
_SIGHTINGS = """
    SELECT field, value, min(seen_at) AS first_seen, max(page_versions.last_seen) AS last_seen
    FROM {kind}_pages AS ties JOIN page_versions ON page_versions.page_id = ties.page_id
        JOIN facts ON facts.page_version_id = page_versions.id
    WHERE ties.{kind}_id = ? AND field IN ('start', 'end', 'opens', 'closes', 'published', 'updated', 'partner_count')
    GROUP BY field, value
"""
_PARTIES = """
    SELECT participations.role, organisations.id, organisations.name, organisations.register_id,
        organisations.type, participations.pages,
        participations.page_id, participations.fact_id, facts.start, facts.value AS written
    FROM participations JOIN organisations ON organisations.id = participations.organisation_id
        JOIN facts ON facts.id = participations.fact_id
    WHERE participations.{kind}_id = ?
    ORDER BY CASE participations.role WHEN 'funder' THEN 0 WHEN 'coordinator' THEN 1 ELSE 2 END, organisations.name
"""
_CONTACTS = """
    SELECT DISTINCT contacts.id, contacts.kind, contacts.name, contacts.title, contacts.email, contacts.phone,
        contacts.last_seen, contact_mentions.page_id
    FROM contact_mentions JOIN contacts ON contacts.id = contact_mentions.contact_id
    WHERE contact_mentions.{kind}_id = ? GROUP BY contacts.id ORDER BY contacts.kind = 'mailbox', contacts.name
"""
_AMOUNTS = """
    SELECT amounts.eur, amounts.role, amounts.page_id, amounts.fact_id, facts.quote, facts.start
    FROM amounts JOIN facts ON facts.id = amounts.fact_id WHERE amounts.{kind}_id = ?
    ORDER BY amounts.role, amounts.eur DESC
"""
_IDENTIFIERS = """
    SELECT identifiers.value, identifiers.page_id, identifiers.fact_id, facts.start
    FROM identifiers JOIN facts ON facts.id = identifiers.fact_id WHERE identifiers.{kind}_id = ?
    ORDER BY identifiers.value
"""
_HISTORY = """
    SELECT changes.* FROM changes JOIN {kind}_pages AS ties ON ties.page_id = changes.page_id
    WHERE ties.{kind}_id = ? ORDER BY changes.seen_at DESC, changes.id DESC LIMIT 200
"""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field with the facts that state it; ``shown`` marks the one that the entity's row took.

    ``first_seen`` and ``last_seen``: the first and the last time that any page stated it.
    """

    value: str
    facts: tuple[Row, ...]
    shown: bool
    first_seen: str
    last_seen: str


@dataclass(frozen=True, slots=True)
class Field:
    """What the pages say of one field. They are in conflict where they state values that cannot both hold."""

    name: str
    values: tuple[Value, ...]

    @property
    def in_conflict(self) -> bool:
        """Whether two values differ by more than precision ("2023" and "2023-05-01" agree)."""
        stated = sorted({value.value for value in self.values}, key=len)
        return any(not longer.startswith(stated[0]) for longer in stated[1:]) if stated else False


@dataclass(frozen=True, slots=True)
class Entity:
    """All that a page about a project, call or award shows; every list holds rows as the queries name them."""

    kind: str
    row: Row
    lang: str | None
    pages: list[Row]
    fields: tuple[Field, ...]
    parties: list[Row]
    contacts: list[Row]
    amounts: list[Row]
    identifiers: list[Row]
    history: list[Row]
    related: tuple[Related, ...]

    def field(self, name: str) -> Field | None:
        """The field of a name, where any page states it."""
        return next((field for field in self.fields if field.name == name), None)

    def party_rows(self, role: str) -> list[Row]:
        """The organisations with a role."""
        return [party for party in self.parties if party["role"] == role]


def load_entity(connection: sqlite3.Connection, kind: str, entity_id: str) -> Entity | None:
    """A project, call or award (``kind``) by its id; None where there is none."""
    found = row(connection, f"SELECT * FROM {TABLES[kind]} WHERE id = ?", [entity_id])  # noqa: S608 - a constant table
    if found is None:
        return None

    def of(sql: str) -> list[Row]:
        return rows(connection, sql.format(kind=kind), [entity_id])

    pages, facts = of(_PAGES), of(_FACTS)
    return Entity(
        kind,
        found,
        _language(found["title"], pages),
        pages,
        _fields(kind, found, facts, of(_SIGHTINGS)),
        of(_PARTIES),
        of(_CONTACTS),
        of(_AMOUNTS),
        of(_IDENTIFIERS),
        of(_HISTORY),
        related(connection, kind, entity_id),
    )


def _language(title: str, pages: Sequence[Row]) -> str | None:
    """The language of the page that gave the title, else of the first page."""
    langs = [page["lang"] for page in pages if page["title"] == title] or [page["lang"] for page in pages]
    return next((lang for lang in langs if lang in ("fi", "sv", "en")), None)


def _fields(kind: str, entity: Row, facts: Sequence[Row], sightings: Sequence[Row]) -> tuple[Field, ...]:
    seen = {(each["field"], each["value"]): (each["first_seen"], each["last_seen"]) for each in sightings}
    by_field: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        by_field[fact["field"]][fact["value"]].append(fact)
    return tuple(
        Field(name, _values(name, by_field[name], entity.get(name), seen))
        for name in SHOWN_FIELDS[kind]
        if name in by_field
    )


def _values(
    name: str, by_value: Mapping[str, list[Row]], shown: Any, seen: Mapping[tuple[str, str], tuple[str, str]]
) -> tuple[Value, ...]:
    values = (Value(value, tuple(facts), value == str(shown), *seen[name, value]) for value, facts in by_value.items())
    return tuple(sorted(values, key=lambda value: (not value.shown, -len(value.facts), value.value)))
