"""Pages about one thing: a project, call, award or organisation."""

from typing import Any
from urllib.parse import quote

from publish.json_ld import entity_ld
from publish.pictures.bars import bars
from publish.pictures.network import network
from publish.portal.render import file, page, script_json
from publish.portal.visit import NotFoundError, Visit
from publish.queries.entities import SHOWN_FIELDS, Entity, load_entity
from publish.queries.organisations import load_organisation, pairs_among
from publish.queries.rows import Row

# A picture of more bodies than this is a ball of wool; the table beneath it holds them all.
_PICTURED = 24


async def entity_page(visit: Visit) -> Any:
    """A project, a call or an award."""
    kind, entity = await _entity(visit)
    missing = [name for name in SHOWN_FIELDS[kind] if entity.field(name) is None]
    feeds = []
    if kind == "call" and entity.row["closes"]:
        href = f"/{visit.lang}/calls/{quote(entity.row['id'])}.ics"
        feeds = [{"type": "text/calendar", "title": visit.t("feeds.calendar"), "href": href}]
    return await page(
        visit,
        "entity",
        entity.row["title"],
        kind=kind,
        entity=entity,
        missing=[name for name in missing if name not in ("updated", "partner_count")],
        json_ld=entity_ld(entity, visit.base, visit.lang),
        feeds=feeds,
    )


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
    organisation = await visit.read(load_organisation, visit.var("id"))
    if organisation is None:
        raise NotFoundError
    t, own = visit.t, organisation.row
    return await page(
        visit,
        "organisation",
        own["name"],
        organisation=organisation,
        chart=bars(organisation.by_year, t("organisations.by_year"), t),
        network=await _network(visit, own, organisation.co_partners[:_PICTURED]),
        csv_href=f"/{visit.lang}/organisations/{quote(own['id'])}/projects.csv",
    )


async def _network(visit: Visit, own: Row, others: list[Row]) -> Any:
    if len(others) < 2:
        return None
    names = {own["id"]: own["name"], **{other["id"]: other["name"] for other in others}}
    pairs = await visit.read(pairs_among, list(names))
    return network(pairs, names, visit.t("network.picture"), visit.t, own["id"])
