"""What a spider is given and what it answers: plain records; a spider is a pure function of saved answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal, Protocol, TypeAlias, get_args

from crawlers.sources import Source
from crawlers.table_excerpt import Choose, TableRead

Role: TypeAlias = Literal["page", "attachment", "listing", "sitemap", "feed"]
AlarmKind: TypeAlias = Literal[
    "zero-cards",
    "shut-out",
    "unknown-status",
    "missing-label",
    "total-differs",
    "not-understood",
    "too-few-pages",
    "field-emptied",
    "field-scarce",
    "clock",
]
ALARM_KINDS: tuple[AlarmKind, ...] = get_args(AlarmKind)
ROLES: tuple[Role, ...] = ("page", "attachment", "listing", "sitemap", "feed")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: the decoded body, the address that answered, the headers in lower case.

    ``links`` are the page's links where the pipeline has read them already; ``table`` is the excerpt of a table, whose
    body is empty.
    """

    url: str
    body: bytes
    role: Role = "page"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    links: tuple[str, ...] | None = None
    table: TableRead | None = None

    @property
    def declared_type(self) -> str | None:
        """The Content-Type header as sent."""
        return self.headers.get("content-type")

    @property
    def content_type(self) -> str:
        """The media type without parameters, lower case; empty where the server gave none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Follow:
    """An address to visit. ``via`` is the page that an attachment belongs to; ``lastmod`` is a sitemap's hint."""

    url: str
    role: Role = "page"
    via: str | None = None
    lastmod: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A page made from data that has no readable page of its own: ``html`` stands for ``url``."""

    url: str
    html: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that a person must look at: the source no longer looks as its spider expects."""

    kind: AlarmKind
    message: str


@dataclass(frozen=True, slots=True)
class Advertised:
    """How many rows a list says it has, told once a list; their sum is compared with what was ``Counted``."""

    total: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows one listing answer held."""

    rows: int


Step: TypeAlias = Follow | Document | Alarm | Advertised | Counted


@dataclass(frozen=True, slots=True)
class Form:
    """The documented POST of an API source: the only requests that are neither GET nor HEAD.

    ``accept`` is the Accept header, where the service answers in another format without one.
    """

    body: bytes
    content_type: str
    accept: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A list too large to hold, of which an excerpt is taken.

    ``name`` stays the same where its address changes with every edition; ``choose`` tells which rows are kept.
    """

    name: str
    choose: Choose


class Spider(Protocol):
    """How one kind of source is read. Spiders hold no state and touch no network."""

    name: ClassVar[str]

    def start(self, source: Source) -> Iterator[Follow]:
        """Where a crawl of the source begins."""

    def read(self, source: Source, answer: Answer) -> Iterator[Step]:
        """What one answer leads to. Listings, sitemaps and feeds are not archived as pages; pages are."""

    def parts(self, source: Source, url: str) -> tuple[str, ...]:
        """The addresses whose answers make the page; mostly just its own."""

    def compose(self, source: Source, url: str, answers: tuple[Answer, ...]) -> Document | Alarm | None:
        """The page made of its parts, or None where the answer is the page."""

    def form(self, source: Source, url: str) -> Form | None:
        """What to POST to an address, or None for a plain GET."""

    def table(self, source: Source, url: str) -> Table | None:
        """The table at the address of a feed, or None where the answer is small."""


class PlainSpider:
    """The defaults of a spider whose pages are pages."""

    def parts(self, source: Source, url: str) -> tuple[str, ...]:  # noqa: ARG002 - the protocol's signature
        """A page is its own answer."""
        return (url,)

    def compose(self, source: Source, url: str, answers: tuple[Answer, ...]) -> Document | Alarm | None:  # noqa: ARG002
        """Nothing to compose."""
        return None

    def form(self, source: Source, url: str) -> Form | None:  # noqa: ARG002 - the protocol's signature
        """A plain GET."""
        return None

    def table(self, source: Source, url: str) -> Table | None:  # noqa: ARG002 - the protocol's signature
        """A small answer."""
        return None
