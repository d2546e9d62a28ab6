"""Contacts of the pages that changed: whose mentions may be told otherwise now, and the rows that come of it."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from archive.sync import Key, Row, Value, chosen, sync_table
from pipelines.linking.contacts import (
    Contact,
    Mention,
    Said,
    contact_id,
    emails_by_name,
    key_of,
    make_contact,
    newest_first,
    scopes,
)
from pipelines.linking.entities import ENTITY_TABLES
from pipelines.linking.organisations import SiteOwners, named_on
from pipelines.linking.pages import Pages

_COLUMNS = (
    "page_versions.page_id, pages.url, page_versions.id, contact_group, facts.id, field, value, contact_id,"
    " page_versions.seen_at, page_versions.last_seen, page_versions.id = current_version_id"
)
_OF_PAGES = (
    f"SELECT {_COLUMNS} FROM page_versions JOIN pages ON pages.id = page_versions.page_id"  # noqa: S608 - constants
    " JOIN facts ON page_version_id = page_versions.id"
    " WHERE page_versions.page_id IN (SELECT value FROM json_each(?)) AND field LIKE 'contact.%' ORDER BY facts.id"
)
_OF_CONTACT = (
    f"SELECT {_COLUMNS} FROM facts JOIN page_versions ON page_versions.id = page_version_id"  # noqa: S608 - constants
    " JOIN pages ON pages.id = page_versions.page_id WHERE contact_id = ? ORDER BY facts.id"
)
_TOPICS = " UNION ALL ".join(
    f"SELECT page_id, {kind}_id AS entity_id, '{kind}' AS kind FROM {kind}_pages"  # noqa: S608 - constants
    " WHERE page_id IN (SELECT value FROM json_each(:pages))"
    for kind in ENTITY_TABLES
)
# Of a contact's newest mentions so many pages are asked whose site its address is.
_ASKED_PAGES = 10
_TOKEN_BYTES = 8


class PeopleLinker:
    """Brings contacts up to date with pages that changed, within one transaction of the caller's."""

    def __init__(self, db: Database, pages: Pages, owners: SiteOwners) -> None:
        """Read and write an archive, as part of the caller's transaction."""
        self._db, self._pages, self._owners = db, pages, owners
        self._shared: dict[str, bool] = {}

    def link(self, changed: set[str], moved: set[str]) -> dict[str, set[Key]]:
        """``changed``: pages that say other things; ``moved``: those that may tell of another project or call."""
        own = self._mentions(changed | moved)
        lost = self._store_tokens(changed, own)
        flipped = self._store_mailboxes(own, lost)
        far = self._mentions(self._having({_token("email", email) for email in flipped} | lost))
        names = {mention.name for mention in own} | {m.name for m in far} - {""}
        namesakes = self._mentions(self._having({_token("name", name) for name in names}))
        every = list({(m.page, m.group, m.seen_at): m for m in (*own, *far, *namesakes)}.values())
        touched = self._losses() | {fact.contact for mention in own for fact in mention.facts if fact.contact}
        mine = set(own)
        again = [m for m in every if m in mine or m.name in names or m.value("email") in flipped]
        touched |= self._point(again, every)
        return self._write(touched, changed | moved)

    # Whose mention each is.

    def _point(self, mentions: Iterable[Mention], every: Iterable[Mention]) -> set[str]:
        """Point the facts of mentions to their contacts; returns the contacts that gained or lost some."""
        topics = {page: entity for page, (entity, _) in self._topics({m.page for m in every}).items()}
        shared = {email for m in every if (email := m.value("email")) and self._is_shared(email)}
        emails = emails_by_name(every, topics, shared)
        touched: set[str] = set()
        for mention in mentions:
            known = {email for scope in scopes(mention, topics) for email in emails.get((mention.name, scope), ())}
            key = key_of(mention, shared, known)
            contact = contact_id(key) if key else None
            stale = [(contact, fact.id) for fact in mention.facts if fact.contact != contact]
            self._db.conn.executemany("UPDATE facts SET contact_id = ? WHERE id = ?", stale)
            if stale:
                touched |= {found for found in (contact, *(fact.contact for fact in mention.facts)) if found}
        return touched

    def _topics(self, pages: Iterable[str]) -> dict[str, tuple[str, str]]:
        """What each page tells of, with its kind; a document of several pages belongs to the first by its id."""
        found: dict[str, tuple[str, str]] = {}
        for page, entity, kind in self._db.execute(_TOPICS, {"pages": chosen(pages)}):
            found[page] = min(found.get(page, (entity, kind)), (entity, kind))
        return found

    # What is remembered of names and addresses.

    def _store_tokens(self, pages: set[str], mentions: Iterable[Mention]) -> set[int]:
        """Store which page gives which names and addresses; returns what pages no longer give."""
        sql = "SELECT token, page_id FROM link_people WHERE page_id IN (SELECT value FROM json_each(?))"
        stored = set(self._db.execute(sql, [chosen(pages)]))
        found = {(token, m.page) for m in mentions if m.page in pages for token in _tokens(m)}
        lost = stored - found
        self._db.conn.executemany("DELETE FROM link_people WHERE token = ? AND page_id = ?", list(lost))
        self._db.conn.executemany("INSERT INTO link_people VALUES (?, ?)", list(found - stored))
        return {token for token, _ in lost}

    def _store_mailboxes(self, mentions: Iterable[Mention], lost: set[int]) -> set[str]:
        """Store which addresses stand with several names; returns those of which that is new, or no longer so."""
        flipped: set[str] = set()
        self._db.conn.executemany("DELETE FROM link_mailboxes WHERE token = ?", [(token,) for token in lost])
        left = self._mentions(self._having(lost))
        for mention in (*mentions, *left):
            email, name = mention.value("email"), mention.name
            if email and name and self._is_news(_token("email", email), _token("name", name)):
                flipped.add(email)
        self._shared.clear()
        return flipped

    def _is_news(self, email: int, name: int) -> bool:
        row = self._db.execute("SELECT name_token, is_shared FROM link_mailboxes WHERE token = ?", [email]).fetchone()
        if row is None:
            self._db.execute("INSERT INTO link_mailboxes VALUES (?, ?, 0)", [email, name])
        elif row[0] != name and not row[1]:
            self._db.execute("UPDATE link_mailboxes SET is_shared = 1 WHERE token = ?", [email])
            return True
        return False

    def _is_shared(self, email: str) -> bool:
        if email not in self._shared:
            sql = "SELECT is_shared FROM link_mailboxes WHERE token = ?"
            row = self._db.execute(sql, [_token("email", email)]).fetchone()
            self._shared[email] = bool(row and row[0])
        return self._shared[email]

    def _having(self, tokens: Iterable[int]) -> set[str]:
        sql = "SELECT page_id FROM link_people WHERE token IN (SELECT value FROM json_each(?))"
        return {page for (page,) in self._db.execute(sql, [chosen(tokens)])}

    # Mentions.

    def _mentions(self, pages: Iterable[str]) -> list[Mention]:
        return _grouped(self._db.execute(_OF_PAGES, [chosen(pages)]))

    def _losses(self) -> set[str]:
        return {contact for (contact,) in self._db.execute("SELECT contact_id FROM link_losses")}

    # Rows.

    def _write(self, touched: set[str], pages: set[str]) -> dict[str, set[Key]]:
        contacts = [contact for key in sorted(touched) if (contact := self._contact(key))]
        topics = self._topics({mention.page for contact in contacts for mention in contact.mentions} | pages)
        key = ["contact_id", "page_id", "contact_group"]
        rows = [row for contact in contacts for row in _mention_rows(contact, topics)]
        changed = {
            "contacts": sync_table(self._db, "contacts", ["id"], [c.row for c in contacts], ("id", touched)),
            "contact_mentions": sync_table(self._db, "contact_mentions", key, rows, ("contact_id", touched)),
        }
        self._db.execute("DELETE FROM link_losses")
        return changed

    def _contact(self, key: str) -> Contact | None:
        mentions = _grouped(self._db.execute(_OF_CONTACT, [key]))
        if not mentions:
            return None
        asked = self._pages.get({mention.page for mention in newest_first(mentions)[:_ASKED_PAGES]})
        return make_contact(key, mentions, self._owners, named_on(asked.values()))


def _grouped(rows: Iterable[Any]) -> list[Mention]:
    """The mentions that facts make up, by page, time and place on the page."""
    groups: dict[tuple[str, int, int], list[Said]] = defaultdict(list)
    known: dict[tuple[str, int, int], tuple[Any, ...]] = {}
    for page, url, version, group, id_, field, value, contact, *times in rows:
        # A fact outside any group is a contact of its own; groups count from 0.
        key = (page, version, -1 - id_ if group is None else group)
        groups[key].append(Said(id_, field, value, contact))
        known[key] = (url, *times)
    return [
        Mention(page, known[key][0], group, tuple(groups[key]), known[key][1], known[key][2], bool(known[key][3]))
        for key in sorted(groups)
        for page, _, group in (key,)
    ]


def _mention_rows(contact: Contact, topics: Mapping[str, tuple[str, str]]) -> Iterator[Row]:
    for mention in contact.mentions:
        if mention.is_current:
            entity, kind_of = topics.get(mention.page, (None, None))
            told: dict[str, Value] = {f"{kind}_id": entity if kind == kind_of else None for kind in ENTITY_TABLES}
            yield {
                "contact_id": contact.id,
                "page_id": mention.page,
                "contact_group": mention.group,
                "title": mention.value("title"),
                "reason": contact.reason,
                **told,
            }


def _tokens(mention: Mention) -> Iterator[int]:
    if mention.name:
        yield _token("name", mention.name)
    if email := mention.value("email"):
        yield _token("email", email)


def _token(kind: str, value: str) -> int:
    digest = hashlib.blake2b(f"{kind} {value}".encode(), digest_size=_TOKEN_BYTES).digest()
    return int.from_bytes(digest, "big", signed=True)
