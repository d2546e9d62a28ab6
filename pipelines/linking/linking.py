"""Link: facts of many pages meet in organisations, projects, calls, awards and contacts.

Triggers of the schema queue every page that changes; linking looks at those, and at what they are tied to, no further.
The result is the same as if the whole archive were linked anew, whatever the order in which pages came, and all of it
is one transaction, so that no reader ever sees half of one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from sqlite_utils import Database

from archive.schema import transaction
from archive.search.texts import note_unindexed
from archive.sync import Key
from pipelines.linking.bodies import BodyLinker
from pipelines.linking.entities import ENTITY_TABLES, Entity
from pipelines.linking.histories import store_histories
from pipelines.linking.kin import Kin
from pipelines.linking.organisations import SiteOwners, load_bodies, load_history
from pipelines.linking.pages import Pages
from pipelines.linking.people import PeopleLinker
from pipelines.linking.relations import RelationLinker, Touched
from pipelines.linking.state import is_linked_by, mark_linked, start_anew
from pipelines.linking.things import ThingLinker

Changed = dict[str, set[Key]]
# Pages that are linked together: more are faster, and take more memory (about 20 kB a page).
_BATCH = 2_000


def link(db: Database) -> Changed:
    """Bring all entities up to date with the facts; returns the keys of what changed, by table.

    Raises ArchiveError where another writer does not yield.
    """
    if is_linked_by(db) and not _is_queued(db):
        return {}
    with transaction(db):
        return link_all(db)


def link_all(db: Database) -> Changed:
    """As `link`, as part of the caller's transaction."""
    if not is_linked_by(db):
        start_anew(db)
        store_histories(db, load_bodies(db), load_history(db))
    changed: Changed = defaultdict(set)
    run = _Run(db, changed)
    _find_parents(db)
    run.see_again()
    queued = _queued(db)
    note_unindexed(db, queued)
    if queued:
        # The register takes half a second to make ready: not for a crawl that brought nothing new.
        run.link_queued(queued)
    changed["relations"] |= run.relations.link(run.touched)
    db.execute("DELETE FROM link_queue")
    mark_linked(db)
    return changed


class _Run:
    """One run over all queued pages."""

    def __init__(self, db: Database, changed: Changed) -> None:
        self._db, self._changed = db, changed
        self.relations = RelationLinker(db)
        self.touched = Touched()

    def link_queued(self, pages: list[str]) -> None:
        """Link pages that changed, and those that their bodies tie to them."""
        bodies, history = load_bodies(self._db), load_history(self._db)
        linker, owners, kin = BodyLinker(self._db, bodies, history), SiteOwners(bodies), Kin(bodies, history)
        for batch in _batches(pages):
            done = linker.link(batch)
            self._changed["organisations"] |= done.organisations
            self._changed["organisation_names"] |= done.names
            self.link_pages(set(batch) | done.pages, owners, kin)

    def link_pages(self, pages: set[str], owners: SiteOwners, kin: Kin) -> None:
        """Link some pages whose bodies are linked; what relations have to look at again is noted."""
        store = Pages(self._db)
        things = ThingLinker(self._db, store, owners, kin).link(pages)
        for table, keys in things.changed.items():
            self._changed[table] |= keys
        for table, keys in PeopleLinker(self._db, store, owners).link(pages, things.pages).items():
            self._changed[table] |= keys
        made = {entity.id for entity in things.entities}
        self.touched.gone = (self.touched.gone | things.former) - made
        self.touched.entities = (self.touched.entities - things.former) | made
        self.touched.codes |= things.codes
        self.touched.names |= self.relations.rename(
            things.former, {e.id: (e.kind, _titles(e)) for e in things.entities}
        )

    def see_again(self) -> None:
        """Pages that say what they said: only the times of what they name move."""
        rows = self._db.execute(
            "SELECT page_versions.last_seen, page_versions.id, pages.id, pages.last_seen, pages.kind FROM link_queue"
            " JOIN pages ON pages.id = link_queue.page_id JOIN page_versions ON page_versions.id = current_version_id"
            " WHERE NOT is_changed"
        ).fetchall()
        for table, column in (("organisations", "organisation_id"), ("contacts", "contact_id")):
            self._db.conn.executemany(
                f"UPDATE {table} SET last_seen = ?1 WHERE last_seen < ?1"  # noqa: S608 - constants
                f" AND id IN (SELECT {column} FROM facts WHERE page_version_id = ?2)",
                [row[:2] for row in rows],
            )
        for kind, table in ENTITY_TABLES.items():
            self._db.conn.executemany(
                f"UPDATE {table} SET last_seen = ?1 WHERE last_seen < ?1"  # noqa: S608 - constants
                f" AND id IN (SELECT {kind}_id FROM {kind}_pages WHERE page_id = ?2)",
                [(seen, page) for *_, page, seen, of_kind in rows if of_kind == kind],
            )


def _titles(entity: Entity) -> list[str]:
    return [entity.title, *(page.value("title") or entity.title for page in entity.pages)]


def _find_parents(db: Database) -> None:
    """An attachment may be stored before the page that links it."""
    # CROSS JOIN keeps the order: from the pages that wait, not through all captures of documents.
    orphans = (
        "SELECT captures.page_id FROM link_queue CROSS JOIN captures ON captures.page_id = link_queue.page_id"
        " WHERE captures.via IS NOT NULL AND is_changed"
        " UNION SELECT captures.page_id FROM link_queue CROSS JOIN pages ON pages.id = link_queue.page_id"
        " CROSS JOIN captures ON captures.via = pages.url WHERE is_changed"
    )
    # The plus keeps the index of parents out of it: pages without one are nearly all.
    db.execute(
        "UPDATE pages SET parent_id = (SELECT parents.id"  # noqa: S608 - a constant
        " FROM captures JOIN pages AS parents ON parents.url = captures.via"
        " WHERE captures.page_id = pages.id AND parents.id <> pages.id"
        " ORDER BY captures.captured_at, parents.id LIMIT 1)"
        f" WHERE +parent_id IS NULL AND id IN ({orphans})"
    )


def _is_queued(db: Database) -> bool:
    sql = "SELECT EXISTS (SELECT 1 FROM link_queue) OR EXISTS (SELECT 1 FROM link_losses)"
    return bool(db.execute(sql).fetchone()[0])


def _queued(db: Database) -> list[str]:
    return [page for (page,) in db.execute("SELECT page_id FROM link_queue WHERE is_changed ORDER BY page_id")]


def _batches(pages: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(pages)
    while batch := list(islice(waiting, _BATCH)):
        yield batch
