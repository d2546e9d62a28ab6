"""Projects, calls and awards of the pages that changed, with all rows that hang on them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlite_utils import Database

from archive.sync import Key, chosen, sync_table
from normalise.facts import Kind
from pipelines.linking.blocks import Blocks, Reach
from pipelines.linking.clusters import cluster
from pipelines.linking.entities import (
    ENTITY_TABLES,
    HASH_HEX,
    Entity,
    amount_rows,
    attach_documents,
    entity_row,
    identifier_rows,
    make_entities,
    page_rows,
    participation_rows,
)
from pipelines.linking.kin import Kin
from pipelines.linking.organisations import SiteOwners
from pipelines.linking.pages import Pages
from pipelines.slugs import slug

_DETAILS = {"participations": participation_rows, "amounts": amount_rows, "identifiers": identifier_rows}
# Sorts after every id that begins with a slug and a hyphen.
_AFTER_HYPHEN = "."


@dataclass(slots=True)
class Things:
    """What became of the pages that a change reached.

    ``entities``: all that were made anew; ``former``: the ids that stood for their pages before; ``pages``: those
    pages and documents; ``codes``: the identifiers that they state or stated; ``changed``: the keys of rows that
    changed, by table.
    """

    entities: list[Entity]
    former: set[str]
    pages: set[str]
    codes: set[str] = field(default_factory=set)
    changed: dict[str, set[Key]] = field(default_factory=lambda: defaultdict(set))


class ThingLinker:
    """Brings projects, calls and awards up to date with pages that changed, within one transaction of the caller's."""

    def __init__(self, db: Database, pages: Pages, owners: SiteOwners, kin: Kin) -> None:
        """Read and write an archive, as part of the caller's transaction."""
        self._db, self._pages, self._owners = db, pages, owners
        self._blocks = Blocks(db, pages, kin)

    def link(self, changed: Iterable[str]) -> Things:
        """Cluster the pages that a change of some reaches, and write what came of them."""
        start = self._blocks.update(changed)
        reached = self._blocks.reach(start, Reach())
        while True:
            things = self._made(reached)
            namesakes = self._namesakes(things) - reached.seen
            if not namesakes:
                break
            # Their ids may hang on whether they are alone with their title.
            reached = self._blocks.reach(namesakes, reached)
        self._write(things)
        return things

    def _made(self, reached: Reach) -> Things:
        entities: list[Entity] = []
        former = self._former(reached.seen)
        for kind in ENTITY_TABLES:
            profiles = {page: mine for page, mine in reached.profiles.items() if mine.page.kind == kind}
            alike = [pair for pair in reached.alike if pair.one in profiles]
            clusters = cluster(profiles.values(), alike)
            entities += make_entities(kind, clusters, self._owners, lambda title: self._others(kind, title, former))  # noqa: B023 - called at once
        documents = self._documents(reached.profiles)
        pages = reached.seen | {doc for found in documents.values() for doc in found}
        return Things(attach_documents(entities, documents), former, pages)

    def _former(self, pages: set[str]) -> set[str]:
        """The entities that stood for pages."""
        found: set[str] = set()
        for kind in ENTITY_TABLES:
            sql = f"SELECT DISTINCT {kind}_id FROM {kind}_pages WHERE page_id IN (SELECT value FROM json_each(?))"  # noqa: S608 - constants
            found |= {key for (key,) in self._db.execute(sql, [chosen(pages)])}
        return found

    def _documents(self, pages: Iterable[str]) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        # The plus keeps SQLite from going through all pages of the kind.
        rows = self._db.execute(
            "SELECT parent_id, id FROM pages WHERE parent_id IN (SELECT value FROM json_each(?)) AND +kind = 'other'"
            " AND current_version_id IS NOT NULL ORDER BY id",
            [chosen(pages)],
        )
        for parent, document in rows:
            found[parent].append(document)
        return found

    def _namesakes(self, things: Things) -> set[str]:
        """Pages of the one other entity that has a title which one that came or went has, too."""
        found: set[str] = set()
        for kind, table in ENTITY_TABLES.items():
            sql = f"SELECT title FROM {table} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 - constants
            titles = {title for (title,) in self._db.execute(sql, [chosen(things.former)])}
            titles |= {entity.title for entity in things.entities if entity.kind == kind}
            for readable in sorted(map(slug, titles)):
                others = list(self._with_title(kind, readable, things.former))
                if len(others) == 1:
                    found |= {page for (page,) in self._pages_of(kind, others[0])}
        return found

    def _pages_of(self, kind: Kind, entity: str) -> Iterator[tuple[str]]:
        yield from self._db.execute(f"SELECT page_id FROM {kind}_pages WHERE {kind}_id = ?", [entity])  # noqa: S608 - constants

    def _others(self, kind: Kind, readable: str, former: set[str]) -> int:
        return len(list(self._with_title(kind, readable, former)))

    def _with_title(self, kind: Kind, readable: str, but: set[str]) -> Iterator[str]:
        """The entities of a kind whose title has a slug: their ids begin with it."""
        rows = self._db.execute(
            f"SELECT id, title FROM {ENTITY_TABLES[kind]} WHERE id >= ? AND id < ? AND length(id) = ?",  # noqa: S608 - constants
            [f"{readable}-", f"{readable}{_AFTER_HYPHEN}", len(readable) + 1 + HASH_HEX],
        )
        yield from (key for key, title in rows.fetchall() if key not in but and slug(title) == readable)

    def _write(self, things: Things) -> None:
        things.codes |= self._codes(things.former)
        for kind, table in ENTITY_TABLES.items():
            mine = [entity for entity in things.entities if entity.kind == kind]
            keys = things.former | {entity.id for entity in mine}
            column = f"{kind}_id"
            # Whose call a project or an award came of is told below, when all identifiers are known.
            rows = [entity_row(entity, self._call_before(entity)) for entity in mine]
            things.changed[table] |= sync_table(self._db, table, ["id"], rows, ("id", keys))
            ties = [row for entity in mine for row in page_rows(entity)]
            key = [column, "page_id"]
            things.changed[f"{kind}_pages"] |= sync_table(self._db, f"{kind}_pages", key, ties, (column, keys))
            for detail, rows_of in _DETAILS.items():
                found = [row for entity in mine for row in rows_of(entity)]
                things.changed[detail] |= sync_table(self._db, detail, ["id"], found, (column, keys))
        things.codes |= self._codes({entity.id for entity in things.entities})
        self._point_to_calls(things)

    def _call_before(self, entity: Entity) -> str | None:
        if entity.kind == "call":
            return None
        row = self._db.execute(
            f"SELECT call_id FROM {ENTITY_TABLES[entity.kind]} WHERE id = ?",  # noqa: S608 - constants
            [entity.id],
        ).fetchone()
        return row[0] if row else None

    def _codes(self, entities: set[str]) -> set[str]:
        """The identifiers that entities state."""
        found: set[str] = set()
        for kind in ENTITY_TABLES:
            sql = f"SELECT DISTINCT value FROM identifiers WHERE {kind}_id IN (SELECT value FROM json_each(?))"  # noqa: S608 - constants
            found |= {value for (value,) in self._db.execute(sql, [chosen(entities)])}
        return found

    def _point_to_calls(self, things: Things) -> None:
        """A project or award came of the one call whose case number it states."""
        for kind, table in (("project", "projects"), ("award", "awards")):
            rows = self._db.execute(
                f"SELECT DISTINCT {kind}_id FROM identifiers WHERE value IN (SELECT value FROM json_each(?))"  # noqa: S608 - constants
                f" AND {kind}_id IS NOT NULL",
                [chosen(things.codes)],
            )
            keys = {key for (key,) in rows} | {entity.id for entity in things.entities if entity.kind == kind}
            for key in sorted(keys):
                calls = self._db.execute(
                    "SELECT DISTINCT calls.call_id FROM identifiers AS mine JOIN identifiers AS calls"  # noqa: S608 - constants
                    f" ON calls.value = mine.value AND calls.call_id IS NOT NULL WHERE mine.{kind}_id = ?",
                    [key],
                ).fetchall()
                call = calls[0][0] if len(calls) == 1 else None
                sql = f"UPDATE {table} SET call_id = ? WHERE id = ? AND call_id IS NOT ?"  # noqa: S608 - constants
                if self._db.execute(sql, [call, key, call]).rowcount:
                    things.changed[table].add((key,))
