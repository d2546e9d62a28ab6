"""Expiry: personal contacts go when no page has named them for so long; role mailboxes stay."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from archive.schema import transaction
from normalise.name_forms import is_given_name
from pipelines.erase import erase_sentences, erase_versions
from pipelines.withhold import Span

# How long a person's details are of use after the last page that named them: a project's reporting and its follow-up
# end within about two years (the number is ours; docs/privacy.md says why).
KEPT_FOR = timedelta(days=730)
_PARTS = ("contact.name", "contact.email", "contact.phone")


@dataclass(frozen=True, slots=True)
class _Values:
    """The expired values of one page, as its facts give them."""

    values: frozenset[str]
    quotes: frozenset[str]

    def spans(self, text: str) -> list[Span]:
        """Wherever the page writes one of them so."""
        places = ((at, at + len(quote)) for quote in sorted(self.quotes | self.values) for at in _places(text, quote))
        return sorted(places)

    def has(self, part: str, value: str) -> bool:
        """Whether the value is one of them."""
        return part in ("name", "email", "phone") and value in self.values


def expire_contacts(db: Database, moment: datetime | None = None) -> int:
    """Erase the persons whom no page has named since `KEPT_FOR`; returns how many. Link and index come after it.

    A person who is named again comes back. Raises ArchiveError where another writer does not yield.
    """
    before = ((moment or datetime.now(UTC)) - KEPT_FOR).strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = db.execute("SELECT id, kind, email FROM contacts WHERE last_seen < ?", [before]).fetchall()
    expired = [contact for contact, kind, email in rows if kind == "person" or is_personal(email)]
    with transaction(db):
        for contact in expired:
            _erase(db, contact)
    return len(expired)


def is_personal(email: str | None) -> bool:
    """Whether an address without a name is a person's: its first word is a given name (anna.esimerkki@...)."""
    local = (email or "").partition("@")[0]
    return "." in local and is_given_name(local.partition(".")[0].capitalize())


def _erase(db: Database, contact: str) -> None:
    by_page: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for page, version, value, quote in db.execute(
        "SELECT page_id, page_version_id, value, quote FROM facts WHERE contact_id = ? AND field IN (?, ?, ?)",
        [contact, *_PARTS],
    ):
        by_page[page].append((version, value, quote))
    db.execute("DELETE FROM contact_mentions WHERE contact_id = ?", [contact])
    for page, found in by_page.items():
        erasure = _Values(frozenset(value for _, value, _ in found), frozenset(quote for *_, quote in found))
        erase_versions(db, sorted({version for version, *_ in found}), erasure)
        erase_sentences(db, erasure, [page])


def _places(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote) if quote else -1
    while at >= 0:
        yield at
        at = text.find(quote, at + len(quote))
