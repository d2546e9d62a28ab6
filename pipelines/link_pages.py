"""What linking knows of each page: its current values, its facts, and where it stands."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from archive.addresses import host_of, page_id
from normalise.facts import DATE_FIELDS, Kind

_PAGE_COLUMNS = ("id", "url", "kind", "heading", "source_id", "parent_id", "first_seen", "last_seen", "gone_at")
# The values of a page that are compared and shown; bodies and contacts are told by facts.
_USED = frozenset({"title", *DATE_FIELDS, "partner_count", "amounts", "identifiers"})


@dataclass(frozen=True, slots=True)
class LinkedFact:
    """A stored fact of any version of a page, as far as linking needs it."""

    id: int
    page_id: str
    field: str
    value: str
    number: float | None
    role: str | None
    group: int | None
    aliases: tuple[str, ...]
    register_id: str | None
    seen_at: str
    last_seen: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class LinkedPage:
    """A page with the values of its current version (``values``: those of `page_versions.record` that linking uses).

    ``heading`` is the page's title, which also pages of no title field have.
    """

    id: str
    url: str
    kind: Kind
    heading: str | None
    source_id: str | None
    parent_id: str | None
    first_seen: str
    last_seen: str
    gone_at: str | None
    values: Mapping[str, Any]
    alternates: frozenset[str] = frozenset()
    facts: tuple[LinkedFact, ...] = field(default=(), repr=False)

    @property
    def host(self) -> str:
        """The page's host without ``www.``."""
        return host_of(self.url)

    def value(self, name: str) -> str | None:
        """A single value of the page as text."""
        found = self.values.get(name)
        return None if found is None else str(found)


def load_pages(db: Database, facts: Mapping[str, list[LinkedFact]]) -> dict[str, LinkedPage]:
    """Every page by id, in the order of the ids. ``facts`` are those of `load_facts`; a page gets its current ones."""
    alternates = _alternates(db)
    rows = db.execute(
        "SELECT pages.id, url, pages.kind, pages.title, source_id, parent_id, first_seen, pages.last_seen, gone_at,"
        " record"
        " FROM pages JOIN page_versions ON page_versions.id = current_version_id ORDER BY pages.id"
    )
    pages = {}
    for row in rows:
        current = tuple(fact for fact in facts.get(row[0], ()) if fact.is_current)
        known = dict(zip(_PAGE_COLUMNS, row, strict=False))
        others = frozenset(alternates[row[0]])
        pages[row[0]] = LinkedPage(**known, values=_used(row[-1]), alternates=others, facts=current)
    return pages


def load_facts(db: Database) -> dict[str, list[LinkedFact]]:
    """The facts that linking needs, of all versions of all pages, by page, in reading order.

    There are many of them, and few different words: equal texts are held once.
    """
    rows = db.execute(
        "SELECT facts.id, facts.page_id, field, value, value_number, role, contact_group, aliases, register_id,"
        " page_versions.seen_at, page_versions.last_seen, page_versions.id = pages.current_version_id"
        " FROM facts JOIN page_versions ON page_versions.id = page_version_id JOIN pages ON pages.id = facts.page_id"
        " WHERE field IN ('funder', 'coordinator', 'partner', 'amount', 'identifier') OR field LIKE 'contact.%'"
        " ORDER BY facts.page_id, page_versions.seen_at, page_versions.id, facts.id"
    )
    facts: dict[str, list[LinkedFact]] = defaultdict(list)
    once: dict[str, str] = {}
    for row in rows:
        fact = _fact(tuple(once.setdefault(cell, cell) if isinstance(cell, str) else cell for cell in row))
        facts[fact.page_id].append(fact)
    return facts


def _used(values: str) -> dict[str, Any]:
    return {name: value for name, value in json.loads(values).items() if name in _USED}


def _fact(row: tuple[Any, ...]) -> LinkedFact:
    aliases = tuple(json.loads(row[7])) if row[7] else ()
    known = dict(zip(LinkedFact.__slots__, row, strict=True))
    return LinkedFact(**{**known, "aliases": aliases, "is_current": bool(row[-1])})


def text_of(db: Database) -> Callable[[str], str]:
    """A function that reads the current text of a page: texts are too large to be held all at once."""

    def read(page: str) -> str:
        row = db.conn.execute(
            "SELECT text FROM page_versions WHERE id = (SELECT current_version_id FROM pages WHERE id = ?)", [page]
        ).fetchone()
        return str(row[0])

    return read


def _alternates(db: Database) -> dict[str, set[str]]:
    """The ids of the pages that a page names as itself in another language."""
    alternates: dict[str, set[str]] = defaultdict(set)
    for page, url in db.execute("SELECT page_id, url FROM page_alternates"):
        alternates[page].add(page_id(url))
    return alternates
