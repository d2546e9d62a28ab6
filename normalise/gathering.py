"""The facts of a page put together to its record: what it says follows from them alone."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from normalise.contacts.finding import contacts_of
from normalise.facts import DATE_FIELDS, Amount, Fact, Party, Record


def with_facts(page: Record, facts: tuple[Fact, ...]) -> Record:
    """A record of a page's id, kind, language and text, filled in with what its facts state, in their order."""
    coordinators, counts = _parties(facts, "coordinator"), _values(facts, "partner_count")
    single: dict[str, Any] = {name: _first(facts, name) for name in ("title", *DATE_FIELDS)}
    return replace(
        page,
        **single,
        funders=_parties(facts, "funder"),
        coordinator=coordinators[0] if coordinators else None,
        partners=_parties(facts, "partner"),
        partner_count=int(counts[0]) if counts else None,
        contacts=contacts_of(facts),
        amounts=_amounts(facts),
        identifiers=tuple(dict.fromkeys(map(str, _values(facts, "identifier")))),
        facts=facts,
    )


def _values(facts: Sequence[Fact], field: str) -> list[str | int | float]:
    return [fact.value for fact in facts if fact.field == field]


def _first(facts: Sequence[Fact], field: str) -> str | None:
    return next((str(fact.value) for fact in facts if fact.field == field), None)


def _parties(facts: Sequence[Fact], field: str) -> tuple[Party, ...]:
    return tuple(Party(str(fact.value), fact.aliases, fact.register_id) for fact in facts if fact.field == field)


def _amounts(facts: Sequence[Fact]) -> tuple[Amount, ...]:
    pairs = dict.fromkeys((float(fact.value), fact.role) for fact in facts if fact.field == "amount")
    return tuple(Amount(eur, role) for eur, role in pairs if role is not None)
