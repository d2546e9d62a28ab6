"""Pages about one thing: a project, call, award or organisation."""

from typing import Any
from urllib.parse import quote

from publish.json_ld import entity_ld
from publish.pictures.bars import bars
from publish.pictures.network import network
from publish.portal.render import file, page, script_json
from publish.portal.visit import NotFoundError, Visit
from publish.queries.calls import applicants
from publish.queries.entities import Entity, load_entity
from publish.queries.names import body_name
from publish.queries.organisations import is_busy, load_organisation, pairs_around
from publish.queries.rows import Row

# A picture of more bodies than this is a ball of wool; the table beneath it holds them all.
_PICTURED = 24


async def entity_page(visit: Visit) -> Any:
    """A project, a call or an award."""
    kind, entity = await _entity(visit)
    (shown,) = await visit.titled(kind, [entity.row])
    feeds = []
    if kind == "call" and entity.row["closes"]:
        href = f"/{visit.lang}/calls/{quote(entity.row['id'])}.ics"
        feeds = [{"type": "text/calendar", "title": visit.t("feeds.calendar"), "href": href}]
    return await page(
        visit,
        "entity",
        shown["title"],
        kind=kind,
        entity=entity,
        title_lang=shown["lang"],
        other_titles=_other_titles(entity, shown["title"]),
        related=[(group, await visit.titled(group.kind, group.entries)) for group in entity.related],
        missing=_missing(kind, entity),
        applicants=await visit.read(applicants, entity.row["id"], visit.lang) if kind == "call" else None,
        json_ld=entity_ld(entity, visit.base, visit.lang),
        feeds=feeds,
    )


# What a reader looks for on each kind of page and is told of when no page states it.
_EXPECTED = {
    "project": ("start", "end", "coordinator", "funder", "partner", "amount"),
    "call": ("opens", "closes", "funder", "amount"),
    "award": ("published", "funder", "partner", "amount"),
}


def _missing(kind: str, entity: Entity) -> list[str]:
    """The expected fields that no page of the entity states."""
    stated = {field.name for field in entity.fields} | {party["role"] for party in entity.parties}
    stated |= {"amount"} if entity.amounts else set()
    # Whoever an award went to stands there in one role or the other.
    stated |= {"partner"} if kind == "award" and "coordinator" in stated else set()
    return [name for name in _EXPECTED[kind] if name not in stated]


def _other_titles(entity: Entity, shown: str) -> list[Row]:
    """What the thing is called on its other pages: ``title`` and ``lang``, each title once."""
    titles = {page["title"]: page["lang"] for page in reversed(entity.pages) if page["title"] not in (None, shown)}
    return [{"title": title, "lang": lang} for title, lang in titles.items()]


async def entity_json(visit: Visit) -> Any:
    """The same as JSON-LD."""
    _, entity = await _entity(visit)
    return file(str(script_json(entity_ld(entity, visit.base, visit.lang))), "application/ld+json; charset=utf-8")


async def _entity(visit: Visit) -> tuple[str, Entity]:
    kind = visit.var("kind").removesuffix("s")
    entity = await visit.read(load_entity, kind, visit.var("id"))
    if entity is None:
        raise NotFoundError
    return kind, entity


async def organisation_page(visit: Visit) -> Any:
    """An organisation: roles over time, partners, calls that it funded."""
    ask = visit.settled if await visit.read(is_busy, visit.var("id")) else visit.read
    organisation = await ask(load_organisation, visit.var("id"))
    if organisation is None:
        raise NotFoundError
    t, own = visit.t, organisation.row
    return await page(
        visit,
        "organisation",
        body_name(own, visit.lang),
        organisation=organisation,
        projects=await visit.titled("project", organisation.projects),
        calls=await visit.titled("call", organisation.calls),
        chart=bars(organisation.by_year, t("organisations.by_year"), t),
        network=await _network(visit, ask, own, organisation.co_partners[:_PICTURED]),
        csv_href=f"/{visit.lang}/organisations/{quote(own['id'])}/projects.csv",
    )


async def _network(visit: Visit, ask: Any, own: Row, others: list[Row]) -> Any:
    if len(others) < 2:
        return None
    names = {body["id"]: body_name(body, visit.lang) for body in (own, *others)}
    pairs = await ask(pairs_around, own["id"], tuple(names))
    return network(pairs, names, visit.t("network.picture"), visit.t, own["id"])
