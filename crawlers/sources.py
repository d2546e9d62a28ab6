"""Source files: what is fetched, how often, how politely, and what is expected."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from archive.errors import HankearkistoError
from crawlers.addresses import canonical, netloc, target
from crawlers.off_limits import why_off_limits
from crawlers.source_fields import SourceFieldError, source_fields
from crawlers.table_excerpt import TableBounds

DEFAULT_SOURCES = Path(__file__).parent / "sources"


class SourceError(HankearkistoError):
    """A source file cannot be used as it stands; the message names the file and the key."""


@dataclass(frozen=True, slots=True)
class Attachments:
    """How many documents of one page are fetched, and of which kinds (file suffixes, lower case)."""

    limit: int = 10
    suffixes: tuple[str, ...] = (".pdf", ".docx", ".pptx")


@dataclass(frozen=True)
class Source:
    """One source, as its file says. Times are seconds.

    ``hosts`` are the network locations (``host`` or ``host:port``) that may be asked; anything else is off-site.
    ``listing`` patterns mark further pages that only lead to kept ones. ``api`` holds the settings of a spider with
    code of its own, ``table`` the bounds of tables that such a spider takes an excerpt of. ``guess`` names the keys
    whose values nobody has seen confirmed.
    """

    id: str
    name: dict[str, str]
    spider: str
    every: int
    start: tuple[str, ...] = ()
    sitemap: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    wordpress: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    listing: tuple[str, ...] = ()
    delay: float = 1.0
    connections: int = 1
    budget: int = 5000
    private: bool = False
    expected_pages: int | None = None
    attachments: Attachments = field(default_factory=Attachments)
    table: TableBounds = field(default_factory=TableBounds)
    api: dict[str, str] = field(default_factory=dict)
    publisher: str | None = None
    licence: str | None = None
    terms: str | None = None
    robots_note: str | None = None
    note: str | None = None
    guess: tuple[str, ...] = ()

    @cached_property
    def allowed_hosts(self) -> frozenset[str]:
        """The network locations of the source, each with and without ``www.``."""
        addresses = (*self.start, *self.sitemap, *self.feeds, *self.wordpress)
        bare = {host.removeprefix("www.") for host in (*self.hosts, *map(netloc, addresses))}
        return frozenset(bare | {"www." + host for host in bare})

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The addresses that the file itself names, in their one spelling: without them nothing is found."""
        addresses = (*self.start, *self.sitemap, *self.feeds, *self.wordpress)
        return frozenset(addresses) | {url for address in addresses if (url := canonical(address))}

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {key: _pattern(getattr(self, key)) for key in ("keep", "skip", "listing")}

    def keeps(self, url: str) -> bool:
        """Whether an address is a page to archive."""
        place = target(url)
        return bool(self._patterns["keep"].match(place)) and not self._patterns["skip"].match(place)

    def leads(self, url: str) -> bool:
        """Whether an address is marked as a listing."""
        place = target(url)
        return bool(self._patterns["listing"].match(place)) and not self._patterns["skip"].match(place)

    @cached_property
    def _document(self) -> re.Pattern[str]:
        suffixes = "|".join(map(re.escape, self.attachments.suffixes)) or r"(?!)"
        return re.compile(rf"(?:{suffixes})(?:/|$)", re.IGNORECASE)

    def is_document(self, url: str) -> bool:
        """Whether a document's name ends the path or a part of it: Liferay puts keys behind (``/report.pdf/1a2b``)."""
        return self._document.search(target(url).partition("?")[0]) is not None

    def serves(self, url: str) -> bool:
        """Whether an address belongs to the source's own hosts."""
        return netloc(url) in self.allowed_hosts

    @property
    def title(self) -> str:
        """The name in the first language given."""
        return next(iter(self.name.values()))


def load_sources(path: Path | str | None = None) -> list[Source]:
    """The sources of one file or of all ``*.yml`` files in a folder (default: those that ship), in order of their ids.

    Raises SourceError for a missing or broken file, an unknown key, a wrong value, or an id used twice.
    """
    place = Path(path) if path is not None else DEFAULT_SOURCES
    if not place.exists():
        raise SourceError(f"{place}: no such file or folder")
    files = sorted(place.glob("*.yml")) if place.is_dir() else [place]
    if not files:
        raise SourceError(f"{place}: no source files (*.yml)")
    by_id: dict[str, Path] = {}
    sources = []
    for file in files:
        source = load_source(file)
        if source.id in by_id:
            raise SourceError(f"{file}: id: {source.id!r} is already used by {by_id[source.id]}")
        by_id[source.id] = file
        sources.append(source)
    return sorted(sources, key=lambda source: source.id)


def load_source(file: Path) -> Source:
    """One source file. Raises SourceError."""
    try:
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{file}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    except yaml.YAMLError as error:
        raise SourceError(f"{file}: no valid YAML: {_one_line(error)}") from error
    try:
        fields = source_fields(raw)
        attachments = Attachments(**fields.pop("attachments", {}))
        table = TableBounds(**fields.pop("table", {}))
        source = Source(**fields, attachments=attachments, table=table)
        _check(source)
    except SourceFieldError as error:
        raise SourceError(f"{file}: {error}") from error
    return source


def _check(source: Source) -> None:
    for key in ("keep", "skip", "listing"):
        for pattern in getattr(source, key):
            try:
                re.compile(_expression(pattern))
            except re.error as error:
                raise SourceFieldError(f"{key}: {pattern!r} is no regular expression: {error}") from error
    for key in ("start", "sitemap", "feeds", "wordpress"):
        for url in getattr(source, key):
            if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
                raise SourceFieldError(f"{key}: {url!r} is no http or https address")
    for host in source.allowed_hosts:
        if reason := why_off_limits(host):
            raise SourceFieldError(f"start: {host} is off limits: {reason}")
    if not (source.start or source.sitemap or source.feeds or source.wordpress):
        raise SourceFieldError("start: there is nothing to start from (start, sitemap, feeds or wordpress)")


def _expression(pattern: str) -> str:
    return pattern if pattern.startswith("^") else re.escape(pattern)


def _pattern(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for all patterns; without any it matches nothing."""
    return re.compile("|".join(f"(?:{_expression(pattern)})" for pattern in patterns) or r"(?!)")


def _one_line(error: yaml.YAMLError) -> str:
    return " ".join(str(error).split())
