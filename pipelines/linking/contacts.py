"""Contacts: one person by e-mail address, or by name within one organisation or site; a mailbox by its address."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive.addresses import host_of
from archive.sync import Row
from pipelines.linking.organisations import Named, SiteOwners
from pipelines.slugs import slug

CONTACT_FIELD = "contact."
_HASH_HEX = 6
_LONGEST_SLUG = 32
_REASONS = {
    "email": "the same e-mail address",
    "name": "the same name on the same site",
    "phone": "the same phone number",
}
ContactKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A stored fact of a contact; ``contact``: whose it was when it was linked."""

    id: int
    field: str
    value: str
    contact: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """One contact as one page version gives it: the facts of one group. ``url`` is the page's."""

    page: str
    url: str
    group: int
    facts: tuple[Said, ...]
    seen_at: str
    last_seen: str
    is_current: bool

    @property
    def host(self) -> str:
        """The page's host without ``www.``."""
        return host_of(self.url)

    @property
    def name(self) -> str:
        """The name in small letters and single spaces, or nothing."""
        return " ".join((self.value("name") or "").casefold().split())

    def value(self, part: str) -> str | None:
        """The contact's ``name``, ``title``, ``email`` or ``phone``."""
        return next((fact.value for fact in self.facts if fact.field == CONTACT_FIELD + part), None)


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or a mailbox with all its mentions, the newest first."""

    id: str
    mentions: tuple[Mention, ...]
    organisation_id: str | None
    reason: str

    def value(self, part: str) -> str | None:
        """What the newest mention that says it says."""
        return next((value for mention in self.mentions if (value := mention.value(part))), None)

    @property
    def row(self) -> Row:
        """The row of `contacts`."""
        return {
            "id": self.id,
            "kind": "person" if self.value("name") else "mailbox",
            **{part: self.value(part) for part in ("name", "title", "email", "phone")},
            "organisation_id": self.organisation_id,
            "first_seen": min(mention.seen_at for mention in self.mentions),
            "last_seen": max(mention.last_seen for mention in self.mentions),
        }


def newest_first(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """What pages say now before what they said, then the later word; a page that was only seen again is no news."""
    ordered = sorted(mentions, key=lambda mention: (mention.page, mention.group))
    return tuple(sorted(ordered, key=lambda mention: (mention.is_current, mention.seen_at), reverse=True))


def key_of(mention: Mention, shared: Collection[str], known: Collection[str]) -> ContactKey | None:
    """Whose mention it is; None for one that says nothing to tell by.

    ``shared``: addresses that stand with several names; they tell nobody. ``known``: the addresses of one person that
    the site, or the pages of the same project, give for the name.
    """
    email, name = mention.value("email"), mention.name
    if email and not (email in shared and name):
        return ("email", email)
    if name:
        return ("email", *known) if len(known) == 1 and not email else ("name", name, mention.host)
    phone = mention.value("phone")
    return ("phone", phone) if phone else None


def emails_by_name(
    mentions: Iterable[Mention], topics: Mapping[str, str], shared: Collection[str]
) -> Mapping[tuple[str, str], set[str]]:
    """The addresses of one person that a site, or the pages of one project, give for a name."""
    emails: dict[tuple[str, str], set[str]] = defaultdict(set)
    for mention in mentions:
        email = mention.value("email")
        if email and mention.name and email not in shared:
            for scope in scopes(mention, topics):
                emails[mention.name, scope].add(email)
    return emails


def scopes(mention: Mention, topics: Mapping[str, str]) -> set[str]:
    """Where a name means one person: the site, and the pages of one project, call or award."""
    return {mention.host, topics.get(mention.page, mention.host)}


def contact_id(key: ContactKey) -> str:
    """A readable id from what tells a contact."""
    digest = hashlib.sha256(" ".join(key).encode()).hexdigest()[:_HASH_HEX]
    return f"{slug(key[1].partition('@')[0], _LONGEST_SLUG)}-{digest}"


def make_contact(id_: str, mentions: Sequence[Mention], owners: SiteOwners, named: Named) -> Contact:
    """The contact of an id with all its mentions; ``named``: the bodies that their pages name."""
    ordered = newest_first(mentions)
    basis, value = _told_by(id_, ordered)
    sites = [value.partition("@")[2]] if basis == "email" else list(dict.fromkeys(m.host for m in ordered))
    organisation = next((owner for site in sites if (owner := owners.owner(site, named))), None)
    return Contact(id_, ordered, organisation, _REASONS[basis] if len(ordered) > 1 else "its only mention")


def _told_by(id_: str, mentions: Iterable[Mention]) -> tuple[str, str]:
    """What made the id: at least one mention says it itself."""
    for mention in mentions:
        for key in (
            ("email", mention.value("email")),
            ("name", mention.name, mention.host),
            ("phone", mention.value("phone")),
        ):
            if key[1] and contact_id(tuple(map(str, key))) == id_:
                return key[0], key[1]
    raise ValueError(f"contact {id_}: no mention says what it was told by")
