"""Contacts: one person by e-mail address, or by name within one organisation or site; a mailbox by its address."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive.sync import Row
from pipelines.link_organisations import Organisation, SiteOwners
from pipelines.link_pages import LinkedFact, LinkedPage
from pipelines.slugs import slug

CONTACT_FIELD = "contact."
_HASH_HEX = 6
_LONGEST_SLUG = 32
_REASONS = {
    "email": "the same e-mail address",
    "name": "the same name on the same site",
    "phone": "the same phone number",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """One contact as one page version gives it: the facts of one group."""

    page: LinkedPage
    group: int
    facts: tuple[LinkedFact, ...]
    is_current: bool

    def value(self, part: str) -> str | None:
        """The contact's ``name``, ``title``, ``email`` or ``phone``."""
        return next((fact.value for fact in self.facts if fact.field == CONTACT_FIELD + part), None)


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or a mailbox with all its mentions, the one that was seen last first."""

    id: str
    mentions: tuple[Mention, ...]
    organisation_id: str | None
    reason: str

    def value(self, part: str) -> str | None:
        """What the newest mention that says it says."""
        return next((value for mention in self.mentions if (value := mention.value(part))), None)


def find_mentions(facts: Mapping[str, Sequence[LinkedFact]], pages: Mapping[str, LinkedPage]) -> list[Mention]:
    """The contacts of all versions of all pages."""
    groups: dict[tuple[str, str, int], list[LinkedFact]] = defaultdict(list)
    for page, page_facts in facts.items():
        for fact in page_facts:
            if fact.field.startswith(CONTACT_FIELD):
                # A fact outside any group is a contact of its own; groups count from 0.
                groups[page, fact.seen_at, -1 - fact.id if fact.group is None else fact.group].append(fact)
    return [
        Mention(pages[page], group, tuple(members), members[0].is_current)
        for (page, _seen_at, group), members in sorted(groups.items(), key=lambda item: item[0])
        if page in pages
    ]


def resolve_contacts(
    mentions: Sequence[Mention], organisations: Mapping[str, Organisation], topics: Mapping[str, str]
) -> list[Contact]:
    """Mentions that are one person or mailbox, joined. A mailbox that several people share joins nobody.

    ``topics`` gives the project, call or award that a page tells of.
    """
    names, emails = _names_by_email(mentions), _emails_by_name(mentions, topics)
    by_key: dict[tuple[str, ...], list[Mention]] = defaultdict(list)
    for mention in mentions:
        known = _known_emails(mention, names, emails, topics)
        if key := _key(mention, names, known):
            by_key[key].append(mention)
    hosts = SiteOwners(organisations)
    return [_contact(key, found, hosts) for key, found in sorted(by_key.items())]


def contact_rows(contacts: Iterable[Contact]) -> list[Row]:
    """The rows of `contacts`."""
    return [
        {
            "id": contact.id,
            "kind": "person" if contact.value("name") else "mailbox",
            **{part: contact.value(part) for part in ("name", "title", "email", "phone")},
            "organisation_id": contact.organisation_id,
            "first_seen": min(fact.seen_at for mention in contact.mentions for fact in mention.facts),
            "last_seen": max(fact.last_seen for mention in contact.mentions for fact in mention.facts),
        }
        for contact in contacts
    ]


def _key(mention: Mention, names: Mapping[str, set[str]], known: Collection[str]) -> tuple[str, ...] | None:
    email, name = mention.value("email"), _folded(mention.value("name"))
    is_shared = len(names.get(email or "", ())) > 1
    if email and not (is_shared and name):
        return ("email", email)
    if name:
        return ("email", *known) if len(known) == 1 and not email else ("name", name, mention.page.host)
    phone = mention.value("phone")
    return ("phone", phone) if phone else None


def _names_by_email(mentions: Iterable[Mention]) -> Mapping[str, set[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        email, name = mention.value("email"), _folded(mention.value("name"))
        if email and name:
            names[email].add(name)
    return names


def _emails_by_name(mentions: Iterable[Mention], topics: Mapping[str, str]) -> Mapping[tuple[str, str], set[str]]:
    """The addresses that a site, or the pages of one project, give for a name."""
    emails: dict[tuple[str, str], set[str]] = defaultdict(set)
    for mention in mentions:
        email, name = mention.value("email"), _folded(mention.value("name"))
        if email and name:
            for scope in _scopes(mention, topics):
                emails[name, scope].add(email)
    return emails


def _known_emails(
    mention: Mention,
    names: Mapping[str, set[str]],
    emails: Mapping[tuple[str, str], set[str]],
    topics: Mapping[str, str],
) -> set[str]:
    """The personal addresses that the surroundings of a mention give for its name."""
    name = _folded(mention.value("name"))
    known = {address for scope in _scopes(mention, topics) for address in emails.get((name, scope), ())}
    return {address for address in known if len(names[address]) == 1}


def _scopes(mention: Mention, topics: Mapping[str, str]) -> set[str]:
    return {mention.page.host, topics.get(mention.page.id, mention.page.host)}


def _folded(name: str | None) -> str:
    return " ".join((name or "").casefold().split())


def _contact(key: tuple[str, ...], mentions: Sequence[Mention], owners: SiteOwners) -> Contact:
    newest_first = sorted(mentions, key=lambda mention: mention.facts[0].last_seen, reverse=True)
    basis, value = key[0], key[1]
    readable = slug(value.partition("@")[0], _LONGEST_SLUG)
    digest = hashlib.sha256(" ".join(key).encode()).hexdigest()[:_HASH_HEX]
    sites = [value.partition("@")[2]] if basis == "email" else [mention.page.host for mention in newest_first]
    organisation = next((owner for site in sites if (owner := owners.owner(site))), None)
    reason = _REASONS[basis] if len(mentions) > 1 else "its only mention"
    return Contact(f"{readable}-{digest}", tuple(newest_first), organisation, reason)
