"""Contacts as facts: names, titles, addresses and numbers tied to their person; mailboxes and phones without one."""

from collections.abc import Iterator, Sequence

from normalise.analysis import Analysis
from normalise.contact_assembly import Assembly, Group
from normalise.facts import Contact, Fact, Findings, Kind

DERIVED_EMAIL = "contact.email.derived"


def find_contacts(analysis: Analysis, kind: Kind) -> Findings:
    """The contacts of a page as facts that share a ``group`` number for each contact, in reading order.

    Fields: ``contact.name``, ``contact.title``, ``contact.email``, ``contact.phone``. A page of any kind has contacts.
    """
    assembly = Assembly(analysis)
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
    def fact(part: str, value: str, start: int, end: int, rule: str, confidence: float) -> Fact:
        quote = analysis.text[start:end]
        return Fact(f"contact.{part}", value, start, end, quote, rule, confidence, group=number)

    if group.mention is not None:
        person = analysis.persons[group.mention]
        has_detail = group.email or group.phone
        rule, confidence = ("contact.name.details", 0.98) if has_detail else ("contact.name.labelled", 0.85)
        yield fact("name", person.name, person.start, person.end, rule, confidence)
    elif group.email and group.spelled:
        yield fact("name", group.spelled, group.email.start, group.email.end, "contact.name.address", 0.7)
    if group.title:
        yield fact("title", group.title.title, group.title.start, group.title.end, "contact.title.beside", 0.93)
    pattern = assembly.pattern_for(group)
    if group.email:
        rule, confidence = ("contact.email.mailbox", 0.8) if group.mention is None else ("contact.email.person", 0.98)
        yield fact("email", group.email.address, group.email.start, group.email.end, rule, confidence)
    elif group.derived and pattern:
        yield fact("email", group.derived, pattern.start, pattern.end, DERIVED_EMAIL, 0.9)
    if group.phone:
        rule, confidence = ("contact.phone.mailbox", 0.7) if group.mention is None else ("contact.phone.person", 0.98)
        yield fact("phone", group.phone.number, group.phone.start, group.phone.end, rule, confidence)
