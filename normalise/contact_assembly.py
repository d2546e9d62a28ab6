"""Contacts put together from the mentions of a page: whose each detail is, and who counts without one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from normalise.analysis import Analysis
from normalise.contact_given import GivenName, GivenNames
from normalise.contact_mailboxes import MailboxJudge, any_start
from normalise.contact_matching import Match, derived_address, is_refused_mailbox, match, spelled_name
from normalise.contact_owners import OwnerFinder
from normalise.contact_patterns import people_of_patterns
from normalise.contact_titles import TitleFinder
from normalise.document import Line
from normalise.emails import EmailMention
from normalise.facts import Kind, Refusal
from normalise.phones import PhoneMention
from normalise.positions import Positions, Spans
from normalise.roles import RoleMention
from normalise.words import vocabulary

# "Yhteyshenkilö: projektipäällikkö Anna Aho": a name this near to its label is what it labels.
_NEAR_LABEL = 80
# A name alone on a line of at most this length, under a heading of contacts, is a contact without details.
_CARD_LINE = 110
# A pattern speaks of the people of its own block of contacts; farther off it is another house's.
_PATTERN_REACH = 1500
# A clause such as "Lisätietoja hankkeesta antavat ..." names its people within this many characters.
_INTRODUCTION = 140
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-ZÅÄÖ])|\n")


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
        self._pattern_starts = Positions(pattern.start for pattern in self._patterns)
        self._phones = analysis.phones
        labelled = analysis.labelled
        self._sections = sorted(
            (la for la in labelled if la.field in ("contact", "contact_name")), key=lambda la: la.start
        )
        self._spans = Spans([(la.start, la.end) for la in self._sections])
        self._given_names = GivenNames(analysis.text, self._persons)
        self._given: dict[str, Group] = {}
        self._owners = OwnerFinder(self._document, self._persons, self._emails, labelled)
        self._titles = TitleFinder(self._document, self._persons, (*self._emails, *self._phones), labelled)
        self.refusals: list[Refusal] = []

    def groups(self) -> list[Group]:
        """All contacts, by their place in the text."""
        people: dict[str, Group] = {}
        unowned = self._give_details(people)
        for index in self._labelled_people():
            self._group_of(people, index, self._persons[index].start)
        mentions: dict[str, list[int]] = {}
        for index, person in enumerate(self._persons):
            mentions.setdefault(person.name.casefold(), []).append(index)
        for name, group in people.items():
            group.pattern = self._pattern_for(group)
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

    def _labelled_people(self) -> Iterator[int]:
        """People whom a label, a heading or their sentence makes contacts, with or without details."""
        yield from people_of_patterns(self._document, self._persons, self._patterns)
        for index, person in enumerate(self._persons):
            line = self._document.line_at(person.start)
            if line is not None and (self._is_labelled(person.start, line) or self._is_introduced(person.start, line)):
                yield index

    def _is_labelled(self, start: int, line: Line) -> bool:
        index = self._spans.around(start)
        if index is None:
            return False
        section = self._sections[index]
        if section.form != "headed":
            return start - section.start <= _NEAR_LABEL
        return len(line.text) <= _CARD_LINE and not _no_contact().search(line.text)

    def _is_introduced(self, start: int, line: Line) -> bool:
        """ "Yhteyshenkilöinä toimivat Anna Aho ja Otto Lind", "Projektledare: Anna Berg"."""
        before = _SENTENCE_END.split(self._text[max(line.start, start - _INTRODUCTION) : start])[-1]
        leads = self._kind == "project" and _leader().fullmatch(self._text, line.start, start)
        return bool(_introduction().search(before) or leads)

    def _pattern_for(self, group: Group) -> EmailMention | None:
        """The nearest pattern that may speak of a person without an address."""
        if group.email is not None:
            return None
        after = self._pattern_starts.first_from(group.position)
        near = [(abs(p.start - group.position), p) for p in self._patterns[max(0, after - 1) : after + 1]]
        distance, pattern = min(near, key=lambda pair: pair[0], default=(0, None))
        return pattern if distance <= _PATTERN_REACH else None

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
        judge = MailboxJudge(self._document, self._spans, beside, has_people=bool(people))
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


@cache
def _leader() -> re.Pattern[str]:
    words = "|".join(vocabulary("contacts")["leaders"])
    return re.compile(rf"[\w-]{{0,30}}(?:{words})(?: \w{{2,12}})?\s?:\s?", re.IGNORECASE)


@cache
def _introduction() -> re.Pattern[str]:
    return any_start(vocabulary("contacts")["introductions"])


@cache
def _no_contact() -> re.Pattern[str]:
    return any_start(vocabulary("contacts")["no_contact_lines"])
