"""Contacts put together from the mentions of a page: whose each detail is, who counts without one, which mailboxes count."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from normalise.analysis import Analysis
from normalise.contact_matching import Match, derived_address, is_refused_mailbox, match, spelled_name
from normalise.contact_owners import OwnerFinder, is_postal
from normalise.contact_titles import TitleFinder
from normalise.document import Line
from normalise.emails import EmailMention
from normalise.facts import Refusal
from normalise.phones import PhoneMention
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

    ``mention`` is the index of the person's mention beside the details; ``spelled`` a name that only the address tells.
    """

    position: int
    mention: int | None = None
    email: EmailMention | None = None
    phone: PhoneMention | None = None
    title: RoleMention | None = None
    derived: str | None = None
    spelled: str | None = None


class Assembly:
    """The contacts of one page: call `groups` once, then read ``refusals``."""

    def __init__(self, analysis: Analysis) -> None:
        """Take the page's analysis."""
        self._text = analysis.text
        self._document = analysis.document
        self._persons = analysis.persons
        self._emails = [email for email in analysis.emails if not email.is_pattern]
        self._patterns = [email for email in analysis.emails if email.is_pattern]
        self._phones = analysis.phones
        self._sections = [la for la in analysis.labelled if la.field in ("contact", "contact_name")]
        self._owners = OwnerFinder(self._document, self._persons, self._emails, analysis.labelled)
        self._titles = TitleFinder(self._document, self._persons, (*self._emails, *self._phones), analysis.labelled)
        self.refusals: list[Refusal] = []

    def groups(self) -> list[Group]:
        """All contacts, by their place in the text."""
        people: dict[str, Group] = {}
        unowned = self._give_details(people)
        for index in self._labelled_people():
            self._group_of(people, index, self._persons[index].start)
        for group in people.values():
            group.derived = self._derived(group)
            group.title = self._title(group)
        mailboxes = self._mailboxes(unowned, list(people.values()))
        return sorted([*people.values(), *mailboxes], key=lambda group: group.position)

    def _group_of(self, people: dict[str, Group], index: int, position: int) -> Group:
        return people.setdefault(self._persons[index].name.casefold(), Group(position, index))

    def _give_details(self, people: dict[str, Group]) -> list[EmailMention | PhoneMention]:
        """Give each address and number to its owner; returns those without one."""
        unowned: list[EmailMention | PhoneMention] = []
        for email in self._emails:
            owner = self._owners.of_email(email)
            if owner is None or (
                is_refused_mailbox(email.local) and match(email.local, self._persons[owner]) is Match.NONE
            ):
                unowned.append(email)
            else:
                self._add_email(self._group_of(people, owner, self._place(owner, email.start)), email)
        for phone in self._phones:
            if phone.is_switchboard:
                self._refuse("contact.phone", phone, "switchboard")
                continue
            owner = self._owners.of_phone(phone)
            if owner is None:
                unowned.append(phone)
            else:
                self._add_phone(self._group_of(people, owner, self._place(owner, phone.start)), phone)
        return sorted(unowned, key=lambda detail: detail.start)

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
        for index, person in enumerate(self._persons):
            line = self._document.line_at(person.start)
            if line is not None and (self._is_labelled(person.start, line) or self._is_introduced(person.start, line)):
                yield index

    def _is_labelled(self, start: int, line: Line) -> bool:
        section = next((la for la in self._sections if la.start <= start < la.end), None)
        if section is None:
            return False
        if section.form != "headed":
            return start - section.start <= _NEAR_LABEL
        return len(line.text) <= _CARD_LINE and not _no_contact().search(line.text)

    def _is_introduced(self, start: int, line: Line) -> bool:
        """ "Yhteyshenkilöinä toimivat Anna Aho ja Otto Lind", "Projektledare: Anna Berg"."""
        before = _SENTENCE_END.split(self._text[max(line.start, start - _INTRODUCTION) : start])[-1]
        return bool(_introduction().search(before) or _leader().fullmatch(self._text, line.start, start))

    def _derived(self, group: Group) -> str | None:
        """The address by the page's pattern, for a person without one."""
        pattern = self.pattern_for(group)
        return derived_address(pattern, self._persons[group.mention]) if pattern and group.mention is not None else None

    def pattern_for(self, group: Group) -> EmailMention | None:
        """The nearest pattern that may speak of a contact without an address."""
        if group.email is not None or group.mention is None:
            return None
        near = [p for p in self._patterns if abs(p.start - group.position) <= _PATTERN_REACH]
        return min(near, key=lambda p: abs(p.start - group.position), default=None)

    def _title(self, group: Group) -> RoleMention | None:
        """The title beside the contact's own mention of the name, else beside the first other one."""
        if group.mention is None:
            return None
        name = self._persons[group.mention].name.casefold()
        others = [i for i, person in enumerate(self._persons) if person.name.casefold() == name and i != group.mention]
        titles = (self._titles.title_at(index) for index in (group.mention, *others))
        return next((title for title in titles if title), None)

    def _mailboxes(self, unowned: list[EmailMention | PhoneMention], people: list[Group]) -> list[Group]:
        """Contacts without a person: addresses and numbers that the page invites to use."""
        found: dict[str, Group] = {}
        for email in (detail for detail in unowned if isinstance(detail, EmailMention)):
            reason = self._reason_against(email, people)
            if reason:
                self._refuse("contact.email", email, reason)
            else:
                found.setdefault(email.address, Group(email.start, email=email, spelled=spelled_name(email.local)))
        for phone in (detail for detail in unowned if isinstance(detail, PhoneMention)):
            beside = next(
                (g for g in found.values() if g.phone is None and self._share_line(g.position, phone.start)), None
            )
            if beside:
                beside.phone = phone
            elif self._is_invited(phone) and not self._is_footer(phone.start):
                found.setdefault(phone.number, Group(phone.start, phone=phone))
            else:
                self._refuse("contact.phone", phone, "nobody's number")
        return list(found.values())

    def _reason_against(self, email: EmailMention, people: list[Group]) -> str | None:
        """Why a mailbox is no contact; None where it is one."""
        if spelled_name(email.local):
            return None
        if is_refused_mailbox(email.local):
            return "registry, technical or data protection mailbox"
        sentence = self._sentence(email.start, email.end)
        if _invitation().search(sentence):
            return None
        if self._is_footer(email.start):
            return "footer"
        if _delivery().search(sentence):
            return "takes applications, registrations or technical questions"
        if self._in_section(email.start) or (len(sentence) < _CARD_LINE and self._beside_contact(email.start, people)):
            return None
        alone = len(sentence.strip(" .\t•-")) <= email.end - email.start
        return None if alone and not people else "nothing invites to write there"

    def _is_invited(self, phone: PhoneMention) -> bool:
        sentence = self._sentence(phone.start, phone.end)
        return bool(_invitation().search(sentence)) and not _delivery().search(sentence)

    def _sentence(self, start: int, end: int) -> str:
        """The sentence or line around a detail, the detail itself left out."""
        floor = max(0, start - 300)
        begin = max((m.end() for m in _SENTENCE_END.finditer(self._text, floor, start)), default=floor)
        stop = _SENTENCE_END.search(self._text, end, end + 200)
        return self._text[begin:start] + self._text[end : stop.start() if stop else end + 200]

    def _in_section(self, offset: int) -> bool:
        return any(la.start <= offset < la.end for la in self._sections)

    def _beside_contact(self, offset: int, people: list[Group]) -> bool:
        own = self._document.line_at(offset)
        lines = [self._document.line_at(g.position) for g in people if g.email or g.phone]
        return own is not None and any(line is not None and 0 <= own.block - line.block <= 1 for line in lines)

    def _share_line(self, first: int, second: int) -> bool:
        return "\n" not in self._text[min(first, second) : max(first, second)]

    def _is_footer(self, offset: int) -> bool:
        """Whether a detail stands on a line with a postal address, or under or over one in its block."""
        own = self._document.line_at(offset)
        if own is None:
            return False
        near = [line for line in self._document.block_lines(own.block) if abs(line.index - own.index) <= 1]
        return any(is_postal(line.text) for line in near)

    def _refuse(self, field: str, detail: EmailMention | PhoneMention, reason: str) -> None:
        value = detail.address if isinstance(detail, EmailMention) else detail.number
        self.refusals.append(Refusal(field, value, detail.start, detail.end, reason))


@cache
def _leader() -> re.Pattern[str]:
    words = "|".join(vocabulary("contacts")["leaders"])
    return re.compile(rf"[\w-]{{0,30}}(?:{words})(?: \w{{2,12}})?\s?:\s?", re.IGNORECASE)


@cache
def _introduction() -> re.Pattern[str]:
    return _any_start(vocabulary("contacts")["introductions"])


def _any_start(words: list[str]) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})", re.IGNORECASE
    )


@cache
def _invitation() -> re.Pattern[str]:
    return _any_start(vocabulary("contacts")["invitations"])


@cache
def _delivery() -> re.Pattern[str]:
    return _any_start(vocabulary("contacts")["deliveries"])


@cache
def _no_contact() -> re.Pattern[str]:
    return _any_start(vocabulary("contacts")["no_contact_lines"])
