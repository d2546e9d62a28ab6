"""Contacts as facts: names, titles, addresses and numbers tied to their person; mailboxes and phones without one."""

from collections.abc import Iterator, Sequence

from normalise.analysis import Analysis
from normalise.contacts.assembly import Assembly, Group
from normalise.facts import Contact, Fact, Findings, Kind
from normalise.text.spans import Span

DERIVED_EMAIL = "contact.email.derived"
# Rules with the share of facts found by each that were right on the golden pages.
_NAMED = ("contact.name.details", 0.99)
_LABELLED = ("contact.name.labelled", 0.85)
_SPELLED = ("contact.name.address", 0.7)
_GIVEN = ("contact.name.given", 0.8)
_TITLED = ("contact.title.beside", 0.97)
_OWN_EMAIL = ("contact.email.person", 0.99)
_MAILBOX = ("contact.email.mailbox", 0.85)
_DERIVED = (DERIVED_EMAIL, 0.95)
_OWN_PHONE = ("contact.phone.person", 0.99)
_HOUSE_PHONE = ("contact.phone.mailbox", 0.75)


def find_contacts(analysis: Analysis, kind: Kind) -> Findings:
    """The contacts of a page as facts that share a ``group`` number for each contact, in reading order.

    Fields: ``contact.name``, ``contact.title``, ``contact.email``, ``contact.phone``. A page of any kind has contacts.
    """
    assembly = Assembly(analysis, kind)
    facts: list[Fact] = []
    for number, group in enumerate(assembly.groups()):
        facts.extend(_facts(analysis, assembly, group, number))
    return Findings(tuple(facts), tuple(assembly.refusals))


def contacts_of(facts: Sequence[Fact]) -> tuple[Contact, ...]:
    """The contacts that facts describe, in the order of their groups; facts of other fields are passed over."""
    groups: dict[int, dict[str, Fact]] = {}
    for fact in facts:
        field, _, part = fact.field.partition(".")
        if field == "contact" and part and fact.group is not None:
            groups.setdefault(fact.group, {}).setdefault(part, fact)
    return tuple(_contact(groups[number]) for number in sorted(groups))


def _contact(parts: dict[str, Fact]) -> Contact:
    values = {part: str(fact.value) for part, fact in parts.items()}
    derived = "email" in parts and parts["email"].rule == DERIVED_EMAIL
    return Contact(values.get("name"), values.get("title"), values.get("email"), values.get("phone"), derived)


def _facts(analysis: Analysis, assembly: Assembly, group: Group, number: int) -> Iterator[Fact]:
    for part, value, span, (rule, confidence) in _parts(analysis, assembly, group):
        quote = analysis.text[span.start : span.end]
        yield Fact(f"contact.{part}", value, span.start, span.end, quote, rule, confidence, group=number)


def _parts(analysis: Analysis, assembly: Assembly, group: Group) -> Iterator[tuple[str, str, Span, tuple[str, float]]]:
    """Field, value, place and rule of each fact of a contact."""
    if group.mention is not None:
        person = analysis.persons[group.mention]
        yield "name", person.name, person, _NAMED if group.email or group.phone else _LABELLED
    elif group.given:
        yield "name", group.given.name, group.given, _GIVEN
    elif group.spelled and group.email:
        yield "name", group.spelled, group.email, _SPELLED
    if group.title:
        yield "title", group.title.title, group.title, _TITLED
    owned = group.mention is not None or group.given is not None
    derived = assembly.derived_address(group)
    if group.email:
        yield "email", group.email.address, group.email, _OWN_EMAIL if owned else _MAILBOX
    elif group.pattern and derived:
        yield "email", derived, group.pattern, _DERIVED
    if group.phone:
        yield "phone", group.phone.number, group.phone, _OWN_PHONE if owned else _HOUSE_PHONE
