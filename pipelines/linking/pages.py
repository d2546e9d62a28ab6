"""What linking knows of each page: its current values, its facts, and where it stands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlite_utils import Database

from archive.addresses import host_of, page_id
from archive.sync import chosen
from normalise.facts import DATE_FIELDS, Kind

_PAGE_COLUMNS = (
    "id",
    "url",
    "kind",
    "heading",
    "source_id",
    "parent_id",
    "first_seen",
    "last_seen",
    "gone_at",
    "lang",
    "moved_to",
)
# Fields of which a page has one value, which is the first that it gives.
_SINGLE = ("title", *DATE_FIELDS, "partner_count")
# Contacts are linked by themselves (`pipelines.linking.people`).
_USED = (*_SINGLE, "funder", "coordinator", "partner", "amount", "identifier")


@dataclass(frozen=True, slots=True)
class LinkedFact:
    """A fact of a page's current version, as far as linking needs it; ``organisation``: the body that it names."""

    id: int
    page_id: str
    field: str
    value: str
    number: float | None
    role: str | None
    organisation: str | None


@dataclass(frozen=True, slots=True)
class LinkedPage:
    """A page with the facts of its current version, in reading order, contacts left out.

    ``heading`` is the page's title, which also pages of no title field have. ``values`` are those of the fields that
    have one.
    """

    id: str
    url: str
    kind: Kind
    heading: str | None
    source_id: str | None
    parent_id: str | None
    first_seen: str
    last_seen: str
    gone_at: str | None
    lang: str | None
    moved_to: str | None
    values: Mapping[str, str]
    alternates: frozenset[str] = frozenset()
    facts: tuple[LinkedFact, ...] = field(default=(), repr=False)

    @property
    def host(self) -> str:
        """The page's host without ``www.``."""
        return host_of(self.url)

    def value(self, name: str) -> str | None:
        """A single value of the page as text."""
        return self.values.get(name)

    @property
    def sums(self) -> list[tuple[float, str | None]]:
        """The page's different sums in euros, each with its role."""
        amounts = (fact for fact in self.facts if fact.field == "amount")
        return list(dict.fromkeys((eur, fact.role) for fact in amounts if (eur := fact.number) is not None))

    @property
    def identifiers(self) -> frozenset[str]:
        """The case numbers and codes that the page states."""
        return frozenset(fact.value for fact in self.facts if fact.field == "identifier")


class Pages:
    """The pages of an archive, each read once, as it is when it is first asked for."""

    def __init__(self, db: Database) -> None:
        """Read from an archive, as part of the caller's transaction."""
        self._db = db
        self._found: dict[str, LinkedPage] = {}
        self._absent: set[str] = set()

    def get(self, ids: Iterable[str]) -> dict[str, LinkedPage]:
        """The pages with these ids, in the order of the ids; ids of no page are left out."""
        wanted = set(ids)
        missing = wanted - self._found.keys() - self._absent
        if missing:
            self._read(missing)
        return {page: self._found[page] for page in sorted(wanted - self._absent)}

    def _read(self, ids: set[str]) -> None:
        alternates, facts = self._alternates(ids), self._facts(ids)
        rows = self._db.execute(
            "SELECT pages.id, url, pages.kind, pages.title, source_id, parent_id, first_seen, pages.last_seen, gone_at,"
            " pages.lang, moved_to_id FROM pages LEFT JOIN page_moves ON page_moves.page_id = pages.id"
            " WHERE current_version_id IS NOT NULL AND pages.id IN (SELECT value FROM json_each(?))",
            [chosen(ids)],
        )
        for row in rows:
            known = dict(zip(_PAGE_COLUMNS, row, strict=True))
            own = facts[row[0]]
            others = frozenset(alternates[row[0]])
            page = LinkedPage(**known, values=_single(own), alternates=others, facts=tuple(own))
            self._found[page.id] = page
        self._absent |= ids - self._found.keys()

    def _facts(self, ids: set[str]) -> dict[str, list[LinkedFact]]:
        """The facts that linking needs of the current versions, in reading order."""
        rows = self._db.execute(
            "SELECT facts.id, facts.page_id, field, value, value_number, role, organisation_id"
            " FROM pages JOIN facts ON page_version_id = current_version_id"
            " WHERE pages.id IN (SELECT value FROM json_each(?))"
            " AND field IN (SELECT value FROM json_each(?)) ORDER BY facts.id",
            [chosen(ids), chosen(_USED)],
        )
        facts: dict[str, list[LinkedFact]] = defaultdict(list)
        for row in rows:
            facts[row[1]].append(LinkedFact(*row))
        return facts

    def _alternates(self, ids: set[str]) -> dict[str, set[str]]:
        """The ids of the pages that a page names as itself in another language."""
        alternates: dict[str, set[str]] = defaultdict(set)
        sql = "SELECT page_id, url FROM page_alternates WHERE page_id IN (SELECT value FROM json_each(?))"
        for page, url in self._db.execute(sql, [chosen(ids)]):
            alternates[page].add(page_id(url))
        return alternates


def _single(facts: Iterable[LinkedFact]) -> dict[str, str]:
    values: dict[str, str] = {}
    for fact in facts:
        if fact.field in _SINGLE:
            values.setdefault(fact.field, fact.value)
    return values
