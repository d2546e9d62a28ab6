"""Contacts put together from the mentions of a page: whose each detail is, and who counts without one."""

from collections.abc import Iterator
from dataclasses import dataclass

from normalise.analysis import Analysis
from normalise.contacts.emails import EmailMention
from normalise.contacts.given import GivenName, GivenNames
from normalise.contacts.introductions import introduced_people
from normalise.contacts.job_titles import TitleFinder
from normalise.contacts.mailboxes import MailboxJudge
from normalise.contacts.matching import Match, derived_address, is_refused_mailbox, match, spelled_name
from normalise.contacts.owners import OwnerFinder
from normalise.contacts.patterns import nearest_pattern, people_of_patterns
from normalise.contacts.phones import PhoneMention
from normalise.facts import Kind, Refusal
from normalise.persons.job_titles import RoleMention
from normalise.text.positions import Spans


@dataclass(slots=True)
class Group:
    """One contact while it is put together.

    ``mention`` is the index of the person's mention beside the details; ``pattern`` says how an address
    is made that the page does not give; ``spelled`` is a name that only the address tells, ``given`` one without a
    surname beside the details.
    """

    position: int
    mention: int | None = None
    email: EmailMention | None = None
    phone: PhoneMention | None = None
    title: RoleMention | None = None
    pattern: EmailMention | None = None
    spelled: str | None = None
    given: GivenName | None = None


class Assembly:
    """The contacts of one page: call `groups` once, then read ``refusals``."""

    def __init__(self, analysis: Analysis, kind: Kind) -> None:
        """Take the page's analysis and what kind of page it is."""
        self._text = analysis.text
        self._document = analysis.document
        self._kind = kind
        self._persons = analysis.persons
        self._emails = [email for email in analysis.emails if not email.is_pattern]
        self._patterns = [email for email in analysis.emails if email.is_pattern]
        self._phones = analysis.phones
        labelled = analysis.labelled
        self._sections = sorted(
            (la for la in labelled if la.field in ("contact", "contact_name")), key=lambda la: la.start
        )
        self._given_names = GivenNames(analysis.text, self._persons)
        self._given: dict[str, Group] = {}
        self._owners = OwnerFinder(self._document, self._persons, self._emails, labelled)
        self._titles = TitleFinder(self._document, self._persons, (*self._emails, *self._phones), labelled)
        self.refusals: list[Refusal] = []

    def groups(self) -> list[Group]:
        """All contacts, by their place in the text."""
        people: dict[str, Group] = {}
        unowned = self._give_details(people)
        for index in self._people_without_details():
            self._group_of(people, index, self._persons[index].start)
        mentions: dict[str, list[int]] = {}
        for index, person in enumerate(self._persons):
            mentions.setdefault(person.name.casefold(), []).append(index)
        for name, group in people.items():
            group.pattern = None if group.email else nearest_pattern(self._patterns, group.position)
            group.title = self._title(group, mentions[name])
        mailboxes = self._mailboxes(unowned, list(people.values()))
        return sorted([*people.values(), *self._given.values(), *mailboxes], key=lambda group: group.position)

    def _group_of(self, people: dict[str, Group], index: int, position: int) -> Group:
        return people.setdefault(self._persons[index].name.casefold(), Group(position, index))

    def _give_details(self, people: dict[str, Group]) -> list[EmailMention | PhoneMention]:
        """Give each address and number to its owner, by full or given name; returns those without one."""
        unowned: list[EmailMention | PhoneMention] = []
        for email in self._emails:
            if group := self._named(people, email):
                self._add_email(group, email)
                continue
            owner = self._owners.of_email(email)
            if owner is None or self._is_house_mailbox(email, owner):
                unowned.append(email)
            else:
                self._add_email(self._group_of(people, owner, self._place(owner, email.start)), email)
        for phone in self._phones:
            if not phone.is_switchboard and (group := self._named(people, phone)):
                self._add_phone(group, phone)
                continue
            owner = None if phone.is_switchboard else self._owners.of_phone(phone)
            if phone.is_switchboard:
                self._refuse("contact.phone", phone, "switchboard")
            elif owner is None:
                unowned.append(phone)
            else:
                self._add_phone(self._group_of(people, owner, self._place(owner, phone.start)), phone)
        return sorted(unowned, key=lambda detail: detail.start)

    def _named(self, people: dict[str, Group], detail: EmailMention | PhoneMention) -> Group | None:
        """The contact whose given name alone stands beside a detail: the page's person, or the name's own."""
        name = self._given_names.beside(detail)
        if name is None:
            return None
        person = self._given_names.person(name)
        if person is not None:
            return self._group_of(people, person, name.start)
        return self._given.setdefault(name.name, Group(name.start, given=name, title=name.title))

    def _is_house_mailbox(self, email: EmailMention, owner: int) -> bool:
        return is_refused_mailbox(email.local) and match(email.local, self._persons[owner]) is Match.NONE

    def _place(self, owner: int, detail: int) -> int:
        """Where a contact stands: at the name, or at the detail where the name is far from it."""
        start = self._persons[owner].start
        return start if abs(detail - start) < 500 else detail

    def _add_email(self, group: Group, email: EmailMention) -> None:
        if group.email is None:
            group.email = email
        elif group.email.address != email.address:
            self._refuse("contact.email", email, "second address of the same person")

    def _add_phone(self, group: Group, phone: PhoneMention) -> None:
        if group.phone is None:
            group.phone = phone
        elif group.phone.number != phone.number:
            self._refuse("contact.phone", phone, "second number of the same person")

    def _people_without_details(self) -> Iterator[int]:
        """Indexes of those whom a pattern of addresses, a label or their sentence makes contacts."""
        yield from people_of_patterns(self._document, self._persons, self._patterns)
        yield from introduced_people(self._document, self._persons, self._sections, self._kind)

    def derived_address(self, group: Group) -> str | None:
        """The address by the page's pattern, for a person without one."""
        if group.pattern is None or group.mention is None:
            return None
        return derived_address(group.pattern, self._persons[group.mention])

    def _title(self, group: Group, mentions: list[int]) -> RoleMention | None:
        """The title beside the contact's own mention of the name, else beside the first other one."""
        own = group.mention if group.mention is not None else mentions[0]
        titles = (self._titles.title_at(index) for index in (own, *(i for i in mentions if i != own)))
        return next((title for title in titles if title), None)

    def _mailboxes(self, unowned: list[EmailMention | PhoneMention], people: list[Group]) -> list[Group]:
        """Contacts without a person: addresses and numbers that the page invites to use."""
        beside = [group.position for group in people if group.email or group.phone]
        sections = Spans([(section.start, section.end) for section in self._sections])
        judge = MailboxJudge(self._document, sections, beside, has_people=bool(people))
        found: dict[str, Group] = {}
        by_line: dict[int, Group] = {}
        for email in (detail for detail in unowned if isinstance(detail, EmailMention)):
            spelled = spelled_name(email.local)
            reason = None if spelled else judge.reason_against_email(email)
            if reason:
                self._refuse("contact.email", email, reason)
            else:
                group = found.setdefault(email.address, Group(email.start, email=email, spelled=spelled))
                by_line.setdefault(self._line_start(email.start), group)
        for phone in (detail for detail in unowned if isinstance(detail, PhoneMention)):
            beside_it = by_line.get(self._line_start(phone.start))
            if beside_it and beside_it.phone is None:
                beside_it.phone = phone
            elif reason := judge.reason_against_phone(phone):
                self._refuse("contact.phone", phone, reason)
            else:
                found.setdefault(phone.number, Group(phone.start, phone=phone))
        return list(found.values())

    def _line_start(self, offset: int) -> int:
        return self._text.rfind("\n", 0, offset) + 1

    def _refuse(self, field: str, detail: EmailMention | PhoneMention, reason: str) -> None:
        value = detail.address if isinstance(detail, EmailMention) else detail.number
        self.refusals.append(Refusal(field, value, detail.start, detail.end, reason))
