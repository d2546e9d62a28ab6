"""JSON-LD with schema.org's terms: https://schema.org/MonetaryGrant, /ResearchProject, /Organization."""

from collections.abc import Mapping, Sequence
from typing import Any

from publish.queries.entities import Entity
from publish.queries.rows import Row

CONTEXT = "https://schema.org"
# A project with public money is a Project; a call and an award are grants, offered and given.
_TYPES = {"project": "Project", "call": "MonetaryGrant", "award": "MonetaryGrant"}
# The role of a sum whose meaning is schema.org's "amount": what is given, or is there to be given.
_AMOUNT_COLUMNS = {"project": "grant_eur", "call": "available_eur", "award": "grant_eur"}


def entity_ld(entity: Entity, base: str, lang: str) -> dict[str, Any]:
    """A project, call or award with its parties and pages. ``base`` is the site's address, ``lang`` the page's."""
    row = entity.row
    content = {
        "@context": CONTEXT,
        "@type": _TYPES[entity.kind],
        "@id": f"{base}/{lang}/{entity.kind}s/{row['id']}",
        "url": f"{base}/{lang}/{entity.kind}s/{row['id']}",
        "name": row["title"],
        "inLanguage": entity.lang,
        "identifier": [entry["value"] for entry in entity.identifiers],
        "subjectOf": [_page(page) for page in entity.pages],
        "funder": [organisation_ld(party, base, lang) for party in entity.party_rows("funder")],
    }
    content |= _grant(entity) if entity.kind != "project" else _project(entity, base, lang)
    return filled(content)


def organisation_ld(party: Row, base: str, lang: str) -> dict[str, Any]:
    """An organisation by its page."""
    return {"@type": "Organization", "@id": f"{base}/{lang}/organisations/{party['id']}", "name": party["name"]}


def money(eur: float | None) -> dict[str, Any] | None:
    """A sum of euros."""
    return None if eur is None else {"@type": "MonetaryAmount", "value": eur, "currency": "EUR"}


def filled(content: Mapping[str, Any]) -> dict[str, Any]:
    """Without the names that have nothing to say."""
    return {name: value for name, value in content.items() if value not in (None, [], "")}


def _project(entity: Entity, base: str, lang: str) -> dict[str, Any]:
    grant = money(entity.row.get("grant_eur"))
    parties = [*entity.party_rows("coordinator"), *entity.party_rows("partner")]
    return {
        "foundingDate": entity.row["start"],
        "dissolutionDate": entity.row["end"],
        "member": _once([organisation_ld(party, base, lang) for party in parties]),
        "funding": [{"@type": "MonetaryGrant", "amount": grant}] if grant else [],
    }


def _grant(entity: Entity) -> dict[str, Any]:
    return {
        "amount": money(entity.row.get(_AMOUNT_COLUMNS[entity.kind])),
        "datePublished": entity.row.get("published"),
    }


def _page(page: Row) -> dict[str, Any]:
    return filled({"@type": "WebPage", "url": page["url"], "name": page["title"], "inLanguage": page["lang"]})


def _once(entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({entry["@id"]: entry for entry in entries}.values())
