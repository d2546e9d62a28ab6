"""What a page says: facts with their evidence, and the record that gathers them."""

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["project", "call", "award", "other"]
Role = Literal["available", "grant", "total", "own", "max", "other"]

KINDS: tuple[Kind, ...] = ("project", "call", "award", "other")
ROLES: tuple[Role, ...] = ("available", "grant", "total", "own", "max", "other")
DATE_FIELDS = ("start", "end", "opens", "closes", "published", "updated")


@dataclass(frozen=True, slots=True)
class Fact:
    """One value and where it stands in the archived text.

    ``field`` names the record's field: a date field, ``title``, ``funder``, ``coordinator``, ``partner``,
    ``partner_count``, ``contact.name``, ``contact.title``, ``contact.email``, ``contact.phone``, ``amount`` or
    ``identifier``. ``start`` and ``end`` count characters; ``text[start:end] == quote`` always holds.
    ``confidence`` is the share of facts found by this rule with this support that were right on the golden pages, 0..1.
    ``group`` ties the facts of one contact together. ``role`` is set for amounts only.
    """

    field: str
    value: str | int | float
    start: int
    end: int
    quote: str
    rule: str
    confidence: float = 0.5
    role: Role | None = None
    group: int | None = None
    aliases: tuple[str, ...] = ()
    register_id: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A candidate that was turned down, and why: so that a missing value can be explained."""

    field: str
    value: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What a field module returns: facts chosen, candidates refused."""

    facts: tuple[Fact, ...] = ()
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation, fund or programme in the nominative, in the page's own wording; aliases are the register's."""

    name: str
    aliases: tuple[str, ...] = ()
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A person, or a mailbox or phone without a person (``name`` None). ``phone`` is E.164."""

    name: str | None = None
    title: str | None = None
    email: str | None = None
    phone: str | None = None
    email_derived: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """Euros with their role; amounts of different roles are never added up."""

    eur: float
    role: Role


@dataclass(frozen=True, slots=True)
class Record:
    """The facts of one page. Dates are ISO at the text's own precision; absent single values are None.

    ``kind_confidence`` is the probability that the page is of its kind, 0..1; None where nothing was looked for.
    """

    id: str
    url: str | None
    lang: str
    kind: Kind
    text: str
    kind_confidence: float | None = None
    title: str | None = None
    start: str | None = None
    end: str | None = None
    opens: str | None = None
    closes: str | None = None
    published: str | None = None
    updated: str | None = None
    funders: tuple[Party, ...] = ()
    coordinator: Party | None = None
    partners: tuple[Party, ...] = ()
    partner_count: int | None = None
    contacts: tuple[Contact, ...] = ()
    amounts: tuple[Amount, ...] = ()
    identifiers: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    refusals: tuple[Refusal, ...] = field(default=(), repr=False)


def as_json(record: Record) -> dict[str, Any]:
    """The record as the JSON object that ``extract`` and ``export records`` print."""
    return {**values_of(record), "text": record.text, "facts": [_fact(fact) for fact in record.facts]}


def values_of(record: Record) -> dict[str, Any]:
    """What the page states, as in `as_json`, without the text and the evidence."""
    return {
        "id": record.id,
        "url": record.url,
        "lang": record.lang,
        "kind": record.kind,
        "kind_confidence": record.kind_confidence,
        "title": record.title,
        **{name: getattr(record, name) for name in DATE_FIELDS},
        "funders": [_party(party) for party in record.funders],
        "coordinator": _party(record.coordinator) if record.coordinator else None,
        "partners": [_party(party) for party in record.partners],
        "partner_count": record.partner_count,
        "contacts": [_contact(contact) for contact in record.contacts],
        "amounts": [{"eur": _plain(amount.eur), "role": amount.role} for amount in record.amounts],
        "identifiers": list(record.identifiers),
    }


def _plain(number: float) -> float | int:
    return int(number) if float(number).is_integer() else number


def _party(party: Party) -> dict[str, Any]:
    return {"name": party.name, "aliases": list(party.aliases), "id": party.id}


def _contact(contact: Contact) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": contact.name,
        "title": contact.title,
        "email": contact.email,
        "phone": contact.phone,
    }
    if contact.email_derived:
        entry["email_derived"] = True
    return entry


def _fact(fact: Fact) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "field": fact.field,
        "value": _plain(fact.value) if isinstance(fact.value, float) else fact.value,
        "quote": fact.quote,
        "start": fact.start,
        "end": fact.end,
        "rule": fact.rule,
        "confidence": round(fact.confidence, 3),
    }
    if fact.role is not None:
        entry["role"] = fact.role
    if fact.group is not None:
        entry["group"] = fact.group
    return entry
