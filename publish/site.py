"""The Datasette that shows an archive: its settings, templates and plugin in one place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from datasette.app import Datasette
from datasette.database import Database

from archive.errors import HankearkistoError
from publish.counted import CountedDatabase

HERE = Path(__file__).parent
PLUGIN = "hankearkisto"
# The name of the database in addresses and configuration, whatever its file is called.
DATABASE = "archive"
# Measured on an archive of a million rows: facet suggestion dominates table pages, the SQL box lets one visitor
# take all memory, and streamed CSV is cut without a word; whole tables are offered as files instead.
PORTAL_SETTINGS: Mapping[str, Any] = {
    "default_allow_sql": False,
    "suggest_facets": False,
    "allow_facet": False,
    "allow_download": False,
    "max_returned_rows": 500,
    "sql_time_limit_ms": 500,
    "num_sql_threads": 8,
    "default_cache_ttl": 60,
    "truncate_cells_html": 200,
    "default_page_size": 20,
}
# A process of its own for analysts: SQL is on, and its limits are its own.
ANALYST_SETTINGS: Mapping[str, Any] = {
    **PORTAL_SETTINGS,
    "default_allow_sql": True,
    "allow_facet": True,
    "max_returned_rows": 10_000,
    "sql_time_limit_ms": 5_000,
    "num_sql_threads": 2,
}


class Constant(dict[str, Any]):
    """A mapping that nobody changes, so that a copy of what holds it need not copy it.

    Datasette 0.65 copies its whole configuration for each table that a page lists; descriptions of columns and named
    queries are most of it.
    """

    def __deepcopy__(self, _memo: object) -> "Constant":
        """Itself."""
        return self


class SiteError(HankearkistoError):
    """The site cannot be served as asked; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Site:
    """How an archive is shown.

    ``address`` is the public base address (``https://archive.example``) when there is one. ``hosts`` are the host names
    that are answered to beside loopback names and plain IP addresses. ``captures`` is the folder of the WARC files;
    records are offered for download only with it. ``files`` is the folder of finished exports, made of the public copy.
    ``password`` asks for a login (HTTP Basic) on every page. ``shares``: readers who ask for the same page within the
    same state of the archive get one answer, made once (`publish.portal.shared`); never for analysts.
    """

    db: Path
    analyst: bool = False
    address: str | None = None
    hosts: tuple[str, ...] = ()
    captures: Path | None = None
    files: Path | None = None
    password: str | None = None
    shares: bool = True


def metadata() -> dict[str, Any]:
    """The published configuration, metadata.yml beside the project's packages; empty where there is none.

    Raises SiteError where the file is no YAML mapping.
    """
    path = HERE.parent / "metadata.yml"
    if not path.exists():
        return {}
    return _load(path, path.stat().st_mtime_ns)


def make_datasette(site: Site, *, settings: Mapping[str, Any] | None = None) -> Datasette:
    """A Datasette with the project's plugin, templates and safe settings; ``settings`` override single ones.

    Works with Datasette 0.65 and with the alphas of 1.0. Raises SiteError for a missing archive.
    """
    if not site.db.exists():
        raise SiteError(f"no archive at {site.db}: make one with 'hankearkisto crawl' or 'hankearkisto ingest'")
    datasette = Datasette(
        [],
        metadata=_configuration(site),
        template_dir=str(HERE / "templates"),
        plugins_dir=str(HERE / "plugins"),
        settings={**(ANALYST_SETTINGS if site.analyst else PORTAL_SETTINGS), **(settings or {})},
    )
    datasette.add_database(_database(datasette, site), name=DATABASE)
    return datasette


def shown_tables() -> dict[str, dict[str, Any]]:
    """The tables and views of metadata.yml that are not hidden, as it describes them."""
    described = (metadata().get("databases") or {}).get(DATABASE, {}).get("tables") or {}
    return {name: table for name, table in described.items() if not table.get("hidden")}


def _database(datasette: Datasette, site: Site) -> Database:
    # Who asks in SQL wants today's numbers.
    if site.analyst:
        return Database(datasette, path=str(site.db), is_mutable=True)
    return CountedDatabase(datasette, str(site.db), shown_tables())


@lru_cache(maxsize=1)
def _load(path: Path, _changed_at: int) -> dict[str, Any]:
    """The file's content, read again when it changes: reading it takes as long as making a page."""
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise SiteError(f"{path} is not valid YAML: {error}") from error
    if not isinstance(content, dict):
        raise SiteError(f"{path} holds no mapping")
    return content


def _configuration(site: Site) -> dict[str, Any]:
    content = metadata()
    plugins = dict(content.get("plugins") or {})
    plugins[PLUGIN] = {
        **(plugins.get(PLUGIN) or {}),
        "address": site.address,
        "hosts": _names(site.hosts),
        "captures": str(site.captures) if site.captures else None,
        "files": str(site.files) if site.files else None,
        "password": site.password,
        "analyst": site.analyst,
        "shares": site.shares and not site.analyst,
    }
    databases = {name: _with_constants(database) for name, database in (content.get("databases") or {}).items()}
    return {**content, "databases": databases, "plugins": plugins}


def _with_constants(database: Mapping[str, Any]) -> dict[str, Any]:
    tables = {
        name: {**table, "columns": Constant(table.get("columns") or {})}
        for name, table in (database.get("tables") or {}).items()
    }
    return {**database, "tables": tables, "queries": Constant(database.get("queries") or {})}


def _names(hosts: Sequence[str]) -> list[str]:
    return [host.casefold() for host in hosts]
