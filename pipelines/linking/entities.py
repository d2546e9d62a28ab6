"""Clusters of pages become projects, calls and awards: their rows, and those of all that hangs on them."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from archive.sync import Row, Value
from normalise.facts import Kind
from pipelines.linking.body_facts import PARTY_FIELDS
from pipelines.linking.clusters import Cluster
from pipelines.linking.organisations import SiteOwners, named_on
from pipelines.linking.pages import LinkedFact, LinkedPage
from pipelines.linking.values import gone_at, most_named, ranked, seen, shown, shown_amount
from pipelines.slugs import slug

ENTITY_TABLES: dict[Kind, str] = {"project": "projects", "call": "calls", "award": "awards"}
_DATES: dict[Kind, tuple[str, ...]] = {
    "project": ("start", "end"),
    "call": ("opens", "closes", "start", "end", "published"),
    "award": ("published", "start", "end"),
}
_AMOUNTS: dict[Kind, tuple[str, ...]] = {
    "project": ("total", "grant"),
    "call": ("available", "max"),
    "award": ("grant",),
}
HASH_HEX = 6
_ROW_HASH_HEX = 12
# A document that hangs on a page of the thing, and tells of nothing itself.
_ATTACHED = (0.5, "an attachment of its page")


@dataclass(frozen=True, slots=True)
class Entity:
    """A project, call or award: its pages in the order in which they are believed, and what ties each to it."""

    id: str
    kind: Kind
    title: str
    pages: tuple[LinkedPage, ...]
    ties: Mapping[str, tuple[float, str]]
    coordinator_id: str | None = None

    @property
    def identifiers(self) -> set[str]:
        """All identifiers that its pages state."""
        return {value for page in self.pages for value in page.identifiers}


def make_entities(
    kind: Kind, clusters: Sequence[Cluster], owners: SiteOwners, others: Callable[[str], int]
) -> list[Entity]:
    """The entities of one kind. Ids depend on titles alone, unless two entities have the same.

    ``others`` says how many entities of the kind have a title with this slug beside those that are made.
    """
    drafts = [_draft(kind, cluster, owners) for cluster in clusters]
    titles = Counter(slug(draft.title) for draft in drafts)
    return [
        replace(draft, id=_id(draft, is_unique=titles[readable] + others(readable) == 1))
        for draft in drafts
        for readable in (slug(draft.title),)
    ]


def attach_documents(entities: Iterable[Entity], documents: Mapping[str, Sequence[str]]) -> list[Entity]:
    """Entities with the documents that hang on their pages and are of no kind themselves; these add no values."""
    return [
        replace(
            entity,
            ties={**{doc: _ATTACHED for page in entity.pages for doc in documents.get(page.id, ())}, **entity.ties},
        )
        for entity in entities
    ]


def entity_row(entity: Entity, call_id: str | None) -> Row:
    """The entity's row in its table; ``call_id`` is the call that a project or award came of."""
    first_seen, last_seen = seen(entity.pages)
    row: dict[str, Value] = {"id": entity.id, "title": entity.title}
    row |= {name: shown(entity.pages, name) for name in _DATES[entity.kind]}
    row |= {f"{role}_eur": shown_amount(entity.pages, role) for role in _AMOUNTS[entity.kind]}
    if entity.kind == "project":
        partners = shown(entity.pages, "partner_count")
        row |= {"coordinator_id": entity.coordinator_id, "partner_count": int(partners) if partners else None}
    if entity.kind != "call":
        row["call_id"] = call_id
    return row | {"first_seen": first_seen, "last_seen": last_seen, "gone_at": gone_at(entity.pages)}


def page_rows(entity: Entity) -> Iterator[Row]:
    """The rows that tie pages to the entity."""
    for page, (score, reason) in entity.ties.items():
        yield {f"{entity.kind}_id": entity.id, "page_id": page, "score": score, "reason": reason}


def participation_rows(entity: Entity) -> Iterator[Row]:
    """One row a body and role, with the best page that says so. The coordinator is not listed as a partner too."""
    found: dict[tuple[str, str], list[LinkedFact]] = defaultdict(list)
    for fact in _facts(entity, PARTY_FIELDS):
        if fact.organisation:
            found[fact.organisation, fact.field].append(fact)
    for (body, role), facts in found.items():
        if not (role == "partner" and body == entity.coordinator_id):
            pages = len({fact.page_id for fact in facts})
            row = _evidence_row(entity, f"{role}:{body}", facts[0])
            yield row | {"organisation_id": body, "role": role, "pages": pages}


def amount_rows(entity: Entity) -> Iterator[Row]:
    """One row a sum and role, with the best page that states it."""
    seen_sums: set[tuple[float, str]] = set()
    for fact in _facts(entity, {"amount"}):
        key = (fact.number or 0.0, fact.role or "other")
        if key not in seen_sums:
            seen_sums.add(key)
            yield _evidence_row(entity, f"{key[1]}:{key[0]:.2f}", fact) | {"eur": key[0], "role": key[1]}


def identifier_rows(entity: Entity) -> Iterator[Row]:
    """One row an identifier, with the best page that states it."""
    seen_values: set[str] = set()
    for fact in _facts(entity, {"identifier"}):
        if fact.value not in seen_values:
            seen_values.add(fact.value)
            yield _evidence_row(entity, fact.value, fact) | {"value": fact.value}


def entity_columns(entity: Entity | None) -> dict[str, Value]:
    """The three columns that point from any row to a project, a call or an award."""
    return {f"{kind}_id": entity.id if entity and entity.kind == kind else None for kind in ENTITY_TABLES}


def _facts(entity: Entity, fields: Container[str]) -> Iterator[LinkedFact]:
    return (fact for page in entity.pages for fact in page.facts if fact.field in fields)


def _evidence_row(entity: Entity, what: str, fact: LinkedFact) -> dict[str, Value]:
    key = hashlib.sha256(f"{entity.id}:{what}".encode()).hexdigest()[:_ROW_HASH_HEX]
    return {"id": key, "page_id": fact.page_id, "fact_id": fact.id, **entity_columns(entity)}


def _draft(kind: Kind, cluster: Cluster, owners: SiteOwners) -> Entity:
    pages = [member.page for member in cluster.members]
    coordinator = most_named(
        fact.organisation
        for page in pages
        for fact in page.facts
        if fact.field == "coordinator" and fact.organisation and kind == "project"
    )
    named = named_on(pages)
    believed = ranked(
        pages, lambda page: bool(coordinator) and owners.owner(page.host, named, page.source_id) == coordinator
    )
    ties = {page.id: (cluster.why(page.id).score, "; ".join(cluster.why(page.id).reasons)) for page in pages}
    heading = next((page.heading for page in believed if page.heading), believed[0].url)
    return Entity("", kind, shown(believed, "title") or heading, tuple(believed), ties, coordinator)


def _id(entity: Entity, *, is_unique: bool) -> str:
    readable = slug(entity.title)
    basis = readable if is_unique else f"{readable} {min(page.id for page in entity.pages)}"
    return f"{readable}-{hashlib.sha256(f'{entity.kind} {basis}'.encode()).hexdigest()[:HASH_HEX]}"
