"""A made-up archive of any size, for measuring the portal: every table that its pages read, filled in proportion.

The texts are those of `bench.search`, some analysed and multiplied. A page tells of a project, call, award or nothing;
every second one shares its entity with the page before. Bodies take part in projects as real ones do: few in many,
most in a few.
"""

import itertools
import random
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from archive.schema import open_archive
from archive.search_store import ANALYSER_KEY, label
from bench.search import texts
from normalise.places import home_of, municipalities, regions
from normalise.register import register
from normalise.search_terms import Block, analyser_version, text_terms

SOURCES, BASE_TEXTS, TEXT_CHARACTERS = 300, 1_000, 1_000
PAGES_A_BODY = 50
BATCH = 5_000
MOST_PAGES = 10_000_000  # documents of entities and bodies are numbered beyond those of pages
KINDS = ("project",) * 6 + ("call",) * 2 + ("award", "other")
YEARS = range(2012, 2028)
TABLES = (
    "captures", "pages", "page_versions", "facts", "participations", "amounts", "identifiers", "changes", "projects",
    "calls", "awards", "search_documents", "search_index", "search_facets", "project_pages", "call_pages",
    "award_pages", "contacts", "contact_mentions",
)  # fmt: skip
Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What one page is made of, by its number alone."""

    number: int

    @property
    def page(self) -> str:
        """The page's id."""
        return f"{self.number:012x}"

    @property
    def entity(self) -> str:
        """The id of what it tells of; two pages tell of one thing."""
        return f"{self.kind}-{self.number // 20 * 10 + self.number % 10:x}"

    @property
    def kind(self) -> str:
        """The page's kind: six of ten tell of projects."""
        return KINDS[self.number % 10]

    @property
    def is_first(self) -> bool:
        """Whether it is the first page of its entity."""
        return self.number // 10 % 2 == 0

    @property
    def rng(self) -> random.Random:
        """Chance that is the same for both pages of an entity."""
        return random.Random(self.entity)  # noqa: S311 - made-up values


def make_archive(path: Path, pages: int) -> None:
    """Write an archive of ``pages`` pages to a file that is not there yet."""
    db = open_archive(path, create=True)
    connection = db.conn
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    bodies = _write_bodies(connection, max(300, pages // PAGES_A_BODY))
    values = _write_frame(connection, bodies)
    _write_body_documents(connection, bodies, values)
    base = [(lang, text[:TEXT_CHARACTERS]) for lang, text in texts(BASE_TEXTS)]
    words = [" ".join(text_terms(text, [Block(0, lang)]).terms) for lang, text in base]
    for start in range(0, pages, BATCH):
        connection.execute("BEGIN")
        filled = _rows(range(start, min(start + BATCH, pages)), base, words, bodies, values)
        for table, found in filled.items():
            _insert(connection, table, found)
        connection.execute("COMMIT")
    connection.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")
    connection.execute(
        "INSERT INTO runs (kind, started_at, ended_at, state)"
        " VALUES ('crawl', '2026-11-20T01:00:00Z', '2026-11-20T02:00:00Z', 'done')"
    )
    connection.execute("ANALYZE")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _insert(connection: sqlite3.Connection, table: str, found: Sequence[tuple[Any, ...]]) -> None:
    if not found:
        return
    marks = ", ".join("?" * len(found[0]))
    columns = "(rowid, text, terms, title, title_terms, names, labels)" if table == "search_index" else ""
    connection.executemany(f"INSERT INTO {table} {columns} VALUES ({marks})", found)  # noqa: S608 - constants


def _write_bodies(connection: sqlite3.Connection, count: int) -> list[tuple[str, str]]:
    """(id, name) of every body: the register's first, then schools by number."""
    known = [(entry.id, entry.names[0], entry.type, entry.id) for entry in register().values()]
    made = [(f"oppilaitos-{n}", f"Oppilaitos {n}", "school", None) for n in range(max(0, count - len(known)))]
    bodies = [*known, *made][:count]
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO organisations (id, name, type, register_id, first_seen, last_seen)"
        " VALUES (?, ?, ?, ?, '2020-01-01T00:00:00Z', '2026-11-20T00:00:00Z')",
        bodies,
    )
    connection.executemany(
        "INSERT INTO organisation_names VALUES (?, ?, 'page', 2, 'the same name')", [body[:2] for body in bodies]
    )
    connection.execute("COMMIT")
    return [body[:2] for body in bodies]


def _write_frame(connection: sqlite3.Connection, bodies: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Sources and the facets' values; returns the values' ids."""
    sources = [(f"s{n}", f"Lähde {n}", f"https://s{n}.example/") for n in range(SOURCES)]
    facets = [("type", "page"), ("state", "live"), ("state", "gone"), ("language", "fi"), ("language", "sv")]
    facets += [("kind", kind) for kind in ("project", "call", "award", "other")]
    facets += [("year", str(year)) for year in YEARS] + [("source", source) for source, _, _ in sources]
    facets += [(facet, name) for facet in ("funder", "organisation") for _, name in bodies]
    facets += [("type", kind) for kind in ("project", "call", "award", "organisation")]
    facets += [facet for _, name in bodies for facet in _home(name)]
    facets = list(dict.fromkeys(facets))
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO sources (id, name, start_url, every_s, first_seen) VALUES (?, ?, ?, 604800, '2020-01-01')", sources
    )
    connection.executemany("INSERT INTO search_values (facet, value) VALUES (?, ?)", facets)
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [ANALYSER_KEY, analyser_version()])
    connection.execute("COMMIT")
    found = connection.execute("SELECT facet, value, id FROM search_values")
    return {(facet, value): key for facet, value, key in found}


@cache
def _home(name: str) -> tuple[tuple[str, str], ...]:
    """The facets of a body's home, as `archive.search_rows` makes them."""
    home = home_of(name, None)
    found = (
        ("region", regions().get(home.region or "")),
        ("municipality", municipalities().get(home.municipality or "")),
    )
    return tuple((facet, str(names["fi"])) for facet, names in found if names)


def _write_body_documents(
    connection: sqlite3.Connection, bodies: Sequence[tuple[str, str]], values: dict[tuple[str, str], int]
) -> None:
    connection.execute("BEGIN")
    for place, (key, name) in enumerate(bodies):
        found: Rows = {name: [] for name in TABLES}
        facets = {("type", "organisation"), ("organisation", name), *_home(name)}
        _document(found, 3 * MOST_PAGES + place, ("organisation", key, name), (None,) * 4, (facets, values))
        for table, filled in found.items():
            _insert(connection, table, filled)
    connection.execute("COMMIT")


def _rows(
    numbers: range,
    base: Sequence[tuple[str, str]],
    words: Sequence[str],
    bodies: Sequence[tuple[str, str]],
    values: dict[tuple[str, str], int],
) -> Rows:
    """The rows of some pages by table; rows that others refer to have ids made of the page's number."""
    found: Rows = {name: [] for name in TABLES}
    for number in numbers:
        plan = Plan(number)
        lang, text = base[number % len(base)]
        parties = list(_parties(plan, bodies))
        dates = _dates(plan)
        _add_page(found, plan, lang, text, dates)
        _add_document(found, plan, (lang, text, words[number % len(base)]), parties, (dates, values))
        if plan.kind != "other":
            _add_entity(found, plan, parties, dates)
            if plan.is_first:
                facets = {("type", plan.kind), ("kind", plan.kind), ("state", "live"), ("year", dates[0][:4])}
                facets |= _party_facets(parties)
                _document(
                    found,
                    MOST_PAGES + number,
                    (plan.kind, plan.entity, f"Hanke {plan.entity}"),
                    (*dates, None, None),
                    (facets, values),
                )
        if number % 5 == 0:
            moved = (number, plan.page, "closes" if plan.kind == "call" else "end", "2026-01-31", dates[1], _seen(plan))
            found["changes"].append(moved)
    return found


def _parties(plan: Plan, bodies: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """(role, id, name): a funder, a coordinator, three partners; a body's share falls with its number."""
    rng = plan.rng
    for role in ("funder", "coordinator", "partner", "partner", "partner"):
        most = 60 if role == "funder" else len(bodies)
        yield (role, *bodies[int(most * rng.random() ** 2)])


def _dates(plan: Plan) -> tuple[str, str]:
    rng = plan.rng
    year, month = rng.choice(YEARS), rng.randrange(1, 11)
    end = f"{year}-{month + 2:02}-28" if plan.kind == "call" else f"{year + 2}-{month:02}-28"
    return f"{year}-{month:02}-01", end


def _seen(plan: Plan) -> str:
    return f"{2024 + plan.number % 3}-{1 + plan.number // 3 % 11:02}-{1 + plan.number // 33 % 28:02}T02:00:00Z"


def _add_page(found: Rows, plan: Plan, lang: str, text: str, dates: tuple[str, str]) -> None:
    number, seen, last = plan.number, _seen(plan), "2026-11-20T02:00:00Z"
    url, source = f"https://s{number % SOURCES}.example/{number}", f"s{number % SOURCES}"
    gone = last if number % 97 == 0 else None
    title, version = f"Hanke {plan.entity}", number + 1
    digest = f"{number:064x}"
    found["pages"].append(
        (plan.page, url, source, None, plan.kind, lang, title, "ok", seen, last, 0, None, gone, version)
    )
    found["captures"].append(
        (version, plan.page, 1, url, None, None, seen, 200, "text/html", len(text), digest, "c.warc.gz", number * 900)
    )
    found["page_versions"].append(
        (
            version,
            plan.page,
            version,
            seen,
            last,
            "ok",
            plan.kind,
            lang,
            title,
            "html",
            text,
            digest,
            '{"title":"x"}',
            "r",
        )
    )
    fields = ("title", "start", "end", "funder", "coordinator", "partner", "partner", "partner", "amount")
    for place, field in enumerate(fields):
        value = {"start": dates[0], "end": dates[1]}.get(field, title)
        found["facts"].append(
            (number * 10 + place, version, plan.page, field, value, None, None, text[:12], 0, 12, "made.up", 0.9, None,
             None, None, None, None)
        )  # fmt: skip


def _add_document(
    found: Rows,
    plan: Plan,
    text: tuple[str, str, str],
    parties: Sequence[tuple[str, str, str]],
    known: tuple[tuple[str, str], dict[tuple[str, str], int]],
) -> None:
    (lang, written, terms), (dates, values) = text, known
    row, names = plan.number + 1, "\n".join(name for _, _, name in parties)
    closes = dates[1] if plan.kind == "call" else None
    found["search_documents"].append(
        (row, "page", plan.page, row, f"https://s{plan.number % SOURCES}.example/{plan.number}", plan.kind,
         f"Hanke {plan.entity}", names, lang, f'[[0,"{lang}"]]', dates[0], dates[0], dates[1], None, closes, "", 0)
    )  # fmt: skip
    facets = {("type", "page"), ("state", "gone" if plan.number % 97 == 0 else "live"), ("language", lang)}
    facets |= {("kind", plan.kind), ("year", dates[0][:4]), ("source", f"s{plan.number % SOURCES}")}
    facets |= _party_facets(parties)
    ids = sorted(values[facet] for facet in facets)
    found["search_facets"] += [(row, value) for value in ids]
    labels = " ".join(map(label, ids))
    found["search_index"].append((row, written, terms, f"Hanke {plan.entity}", "hanke", names, labels))


def _party_facets(parties: Sequence[tuple[str, str, str]]) -> set[tuple[str, str]]:
    facets = {("funder" if role == "funder" else "organisation", name) for role, _, name in parties}
    return facets | {facet for role, _, name in parties if role != "funder" for facet in _home(name)}


def _document(
    found: Rows,
    row: int,
    what: tuple[str, str, str],
    dates: Sequence[str | None],
    known: tuple[set[tuple[str, str]], dict[tuple[str, str], int]],
) -> None:
    """A thing without a text of its own in the index: (type, key, title)."""
    (kind, key, title), (facets, values) = what, known
    found["search_documents"].append(
        (row, kind, key, None, None, kind, title, "", "fi", '[[0,"fi"]]', dates[0], *dates, "", 0)
    )
    ids = sorted(values[facet] for facet in facets)
    found["search_facets"] += [(row, value) for value in ids]
    found["search_index"].append((row, "", "", title, title.lower(), "", " ".join(map(label, ids))))


def _add_entity(found: Rows, plan: Plan, parties: Sequence[tuple[str, str, str]], dates: tuple[str, str]) -> None:
    kind, key, number = plan.kind, plan.entity, plan.number
    found[f"{kind}_pages"].append((key, plan.page, 0.9, "the same title"))
    if not plan.is_first:
        return
    own = [key if kind == other else None for other in ("project", "call", "award")]
    first, last, title = _seen(plan), "2026-11-20T02:00:00Z", f"Hanke {key}"
    rows = {
        "project": (key, title, *dates, parties[1][1], 5, 1e5, 7e4, None, first, last, None),
        "call": (key, title, dates[0], dates[1], None, None, None, 1e6, 1e5, first, last, None),
        "award": (key, title, dates[0], None, None, 7e4, None, first, last, None),
    }
    found[f"{kind}s"].append(rows[kind])
    for place, (role, body, _) in enumerate(parties):
        found["participations"].append((f"{key}-{place}", body, role, *own, plan.page, number * 10 + 3 + place, 2))
    found["amounts"].append((f"{key}-a", 7e4, "grant", plan.page, number * 10 + 8, *own))
    found["identifiers"].append((f"{key}-i", f"S{number}", plan.page, number * 10, *own))
    if number % 4 == 0:
        contact = f"c{number}"
        found["contacts"].append(
            (contact, "mailbox", None, None, f"info@s{number}.example", None, parties[1][1], first, last)
        )
        found["contact_mentions"].append((contact, plan.page, 0, None, "", *own))


def some_ids(path: Path, count: int) -> dict[str, list[str]]:
    """Ids of every kind of thing, spread over the archive."""
    connection = sqlite3.connect(path)
    tables = ("projects", "calls", "awards", "organisations", "pages")
    found = {
        table: [key for (key,) in connection.execute(f"SELECT id FROM {table} ORDER BY rowid")]  # noqa: S608 - constants
        for table in tables
    }
    connection.close()
    return {table: list(itertools.islice(keys, 0, None, max(1, len(keys) // count))) for table, keys in found.items()}
