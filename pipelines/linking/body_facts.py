"""The facts that name organisations."""

from dataclasses import dataclass

from sqlite_utils import Database

PARTY_FIELDS = ("coordinator", "funder", "partner")
_FIELDS = ", ".join(f"'{name}'" for name in PARTY_FIELDS)
_COLUMNS = (
    "facts.id, facts.page_id, value, register_id, organisation_id, page_versions.seen_at, page_versions.last_seen"
)
_OF_PAGE = (
    f"SELECT {_COLUMNS} FROM page_versions JOIN facts ON page_version_id = page_versions.id"  # noqa: S608 - constants
    f" WHERE page_versions.page_id = ? AND field IN ({_FIELDS}) ORDER BY facts.id"
)
_OF_BODY = (
    f"SELECT {_COLUMNS} FROM facts JOIN page_versions ON page_version_id = page_versions.id"  # noqa: S608 - constants
    f" WHERE organisation_id = ? AND field IN ({_FIELDS}) ORDER BY facts.id"
)


@dataclass(frozen=True, slots=True)
class Naming:
    """A fact that names an organisation, of any version of a page; ``body``: as linked before."""

    id: int
    page: str
    value: str
    register_id: str | None
    body: str | None
    seen_at: str
    last_seen: str


def namings_of_page(db: Database, page: str) -> list[Naming]:
    """Those of all versions of a page."""
    return [Naming(*row) for row in db.execute(_OF_PAGE, [page])]


def namings_of_body(db: Database, body: str) -> list[Naming]:
    """Those that were linked to an organisation."""
    return [Naming(*row) for row in db.execute(_OF_BODY, [body])]
