"""Expiry: personal contacts go when no page has named them for so long; role mailboxes stay."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from archive.schema import transaction
from normalise.persons.name_forms import is_given_name
from pipelines.erase import erase_sentences, erase_versions
from pipelines.withhold import Span
from pipelines.written_values import inflected, stands_alone, written

# How long a person's details are of use after the last page that named them: a project's reporting and its follow-up
# end within about two years (the number is ours; docs/privacy.md says why).
KEPT_FOR = timedelta(days=730)
_PARTS = ("contact.name", "contact.email", "contact.phone")


@dataclass(frozen=True, slots=True)
class _Values:
    """The expired values of one page, as its facts give them; ``names`` are those of ``values`` that are names.

    ``glued`` quotes stand within longer words where they were found, and are erased wherever they stand.
    """

    values: frozenset[str]
    names: frozenset[str]
    quotes: frozenset[str]
    glued: frozenset[str]

    def spans(self, text: str) -> list[Span]:
        """Wherever the page writes one of them as words of its own, a name in any case."""
        return sorted(
            {
                *(span for quote in self.quotes | self.values for span in written(text, quote)),
                *(span for name in self.names for span in inflected(text, name)),
                *((at, at + len(quote)) for quote in self.glued for at in _places(text, quote)),
            }
        )

    def has(self, part: str, value: str) -> bool:
        """Whether the value is one of them."""
        return part in ("name", "email", "phone") and value in self.values


@dataclass(frozen=True, slots=True)
class _Written:
    """A fact of a contact: where its version writes it, in characters of the text."""

    version: int
    field: str
    value: str
    quote: str
    start: int
    end: int


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
    by_page: dict[str, list[_Written]] = defaultdict(list)
    rows = db.execute(
        "SELECT page_id, page_version_id, field, value, quote, start, end FROM facts"
        " WHERE contact_id = ? AND field IN (?, ?, ?)",
        [contact, *_PARTS],
    )
    for page, *fact in rows:
        by_page[page].append(_Written(*fact))
    db.execute("DELETE FROM contact_mentions WHERE contact_id = ?", [contact])
    for page, facts in by_page.items():
        erasure = _values(db, facts)
        erase_versions(db, sorted({fact.version for fact in facts}), erasure)
        erase_sentences(db, erasure, [page])


def _values(db: Database, facts: Sequence[_Written]) -> _Values:
    texts = {version: _text(db, version) for version in {fact.version for fact in facts}}
    return _Values(
        values=frozenset(fact.value for fact in facts),
        names=frozenset(fact.value for fact in facts if fact.field == "contact.name"),
        quotes=frozenset(fact.quote for fact in facts),
        glued=frozenset(fact.quote for fact in facts if not stands_alone(texts[fact.version], fact.start, fact.end)),
    )


def _text(db: Database, version: int) -> str:
    return str(db.execute("SELECT text FROM page_versions WHERE id = ?", [version]).fetchone()[0])


def _places(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote) if quote else -1
    while at >= 0:
        yield at
        at = text.find(quote, at + len(quote))
