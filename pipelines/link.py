"""Link: facts of many pages meet in organisations, projects, calls, awards and contacts.

The whole archive is linked anew each time, in one transaction, and only rows that differ are written: the same pages
give the same entities whatever the order in which they came, and no reader ever sees half of one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlite_utils import Database

from archive.schema import transaction
from archive.sync import Key, Row, sync_table
from pipelines.link_clusters import cluster
from pipelines.link_contacts import Contact, contact_rows, find_mentions, resolve_contacts
from pipelines.link_entities import (
    ENTITY_TABLES,
    Entity,
    amount_rows,
    attach_documents,
    entity_columns,
    entity_row,
    identifier_rows,
    make_entities,
    page_rows,
    participation_rows,
)
from pipelines.link_evidence import profile
from pipelines.link_organisations import (
    SiteOwners,
    load_bodies,
    name_rows,
    organisation_rows,
    resolve_organisations,
)
from pipelines.link_pages import LinkedPage, load_facts, load_pages, text_of
from pipelines.link_relations import find_relations, relation_rows

Changed = dict[str, set[Key]]


def link(db: Database) -> Changed:
    """Bring all entities up to date with the facts; returns the keys of what changed, by table.

    Raises ArchiveError where another writer does not yield.
    """
    with transaction(db):
        return link_all(db)


def link_all(db: Database) -> Changed:
    """As `link`, as part of the caller's transaction."""
    _find_parents(db)
    facts = load_facts(db)
    pages = load_pages(db, facts)
    organisations, of_fact = resolve_organisations(
        (fact for group in facts.values() for fact in group), load_bodies(db)
    )
    entities = _entities(pages, of_fact, SiteOwners(organisations))
    topics = {page: entity.id for page, entity in _by_page(entities).items()}
    contacts = resolve_contacts(find_mentions(facts, pages), organisations, topics)
    changed = {
        "organisations": sync_table(db, "organisations", ["id"], organisation_rows(organisations)),
        "organisation_names": sync_table(
            db, "organisation_names", ["organisation_id", "name"], name_rows(organisations)
        ),
        "contacts": sync_table(db, "contacts", ["id"], contact_rows(contacts)),
        **_sync_entities(db, entities),
        **_sync_details(db, entities, of_fact, contacts),
        "relations": sync_table(db, "relations", ["id"], relation_rows(find_relations(entities, of_fact, text_of(db)))),
    }
    _link_facts(db, of_fact, contacts)
    return changed


def _find_parents(db: Database) -> None:
    """An attachment may be stored before the page that links it."""
    db.execute(
        "UPDATE pages SET parent_id = (SELECT parents.id"
        " FROM captures JOIN pages AS parents ON parents.url = captures.via"
        " WHERE captures.page_id = pages.id AND parents.id <> pages.id"
        " ORDER BY captures.captured_at, parents.id LIMIT 1)"
        " WHERE parent_id IS NULL AND id IN (SELECT page_id FROM captures WHERE via IS NOT NULL)"
    )


def _entities(pages: Mapping[str, LinkedPage], of_fact: Mapping[int, str], owners: SiteOwners) -> list[Entity]:
    entities: list[Entity] = []
    for kind in ENTITY_TABLES:
        clusters = cluster(profile(page, of_fact) for page in pages.values() if page.kind == kind)
        entities += make_entities(kind, clusters, of_fact, owners)
    return attach_documents(entities, pages)


def _sync_entities(db: Database, entities: Sequence[Entity]) -> Changed:
    calls = _calls_by_identifier(entities)
    changed: Changed = {}
    for kind, table in ENTITY_TABLES.items():
        mine = [entity for entity in entities if entity.kind == kind]
        changed[table] = sync_table(db, table, ["id"], [entity_row(entity, _call_of(entity, calls)) for entity in mine])
        ties = [row for entity in mine for row in page_rows(entity)]
        changed[f"{kind}_pages"] = sync_table(db, f"{kind}_pages", [f"{kind}_id", "page_id"], ties)
    return changed


def _sync_details(
    db: Database, entities: Sequence[Entity], of_fact: Mapping[int, str], contacts: Sequence[Contact]
) -> Changed:
    parts = [row for entity in entities for row in participation_rows(entity, of_fact)]
    sums = [row for entity in entities for row in amount_rows(entity)]
    codes = [row for entity in entities for row in identifier_rows(entity)]
    mentions = _mention_rows(contacts, _by_page(entities))
    key = ["contact_id", "page_id", "contact_group"]
    return {
        "participations": sync_table(db, "participations", ["id"], parts),
        "amounts": sync_table(db, "amounts", ["id"], sums),
        "identifiers": sync_table(db, "identifiers", ["id"], codes),
        "contact_mentions": sync_table(db, "contact_mentions", key, mentions),
    }


def _calls_by_identifier(entities: Iterable[Entity]) -> Mapping[str, set[str]]:
    calls: dict[str, set[str]] = defaultdict(set)
    for entity in entities:
        if entity.kind == "call":
            for value in entity.identifiers:
                calls[value].add(entity.id)
    return calls


def _call_of(entity: Entity, calls: Mapping[str, set[str]]) -> str | None:
    """The one call whose case number a project or award states."""
    found = {call for value in entity.identifiers for call in calls.get(value, ())}
    return found.pop() if len(found) == 1 else None


def _by_page(entities: Iterable[Entity]) -> dict[str, Entity]:
    """The entity that each page tells of; an attachment of several pages belongs to the first in the order of ids."""
    by_page: dict[str, Entity] = {}
    for entity in sorted(entities, key=lambda entity: entity.id, reverse=True):
        by_page |= dict.fromkeys(entity.ties, entity)
    return by_page


def _mention_rows(contacts: Iterable[Contact], by_page: Mapping[str, Entity]) -> list[Row]:
    return [
        {
            "contact_id": contact.id,
            "page_id": mention.page.id,
            "contact_group": mention.group,
            "title": mention.value("title"),
            "reason": contact.reason,
            **entity_columns(by_page.get(mention.page.id)),
        }
        for contact in contacts
        for mention in contact.mentions
        if mention.is_current
    ]


def _link_facts(db: Database, of_fact: Mapping[int, str], contacts: Iterable[Contact]) -> None:
    """Point each fact, of old versions too, to the body or contact that it names."""
    of_contact = {fact.id: contact.id for contact in contacts for mention in contact.mentions for fact in mention.facts}
    updates = [
        (of_fact.get(fact), of_contact.get(fact), fact)
        for fact, organisation, contact in db.execute("SELECT id, organisation_id, contact_id FROM facts")
        if (organisation, contact) != (of_fact.get(fact), of_contact.get(fact))
    ]
    db.conn.executemany("UPDATE facts SET organisation_id = ?, contact_id = ? WHERE id = ?", updates)
