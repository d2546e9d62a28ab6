"""The rows of a made-up archive, page by page: what a page is made of follows from its number alone."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from archive.search.marks import IN_TITLE, closing_marks, label, year_marks
from normalise.organisations.places import home_of, municipalities, regions

SOURCES, BASE_TEXTS, TEXT_CHARACTERS = 300, 1_000, 1_000
PAGES_A_BODY = 50
BATCH = 5_000
MOST_PAGES = 10_000_000  # documents of entities and bodies are numbered beyond those of pages
KINDS = ("project",) * 6 + ("call",) * 2 + ("award", "other")
YEARS = range(2012, 2028)
TABLES = (
    "captures", "pages", "page_versions", "facts", "participations", "amounts", "identifiers", "changes", "projects",
    "calls", "awards", "search_documents", "search_index", "search_terms", "project_pages", "call_pages",
    "award_pages", "contacts", "contact_mentions",
)  # fmt: skip
INDEX_COLUMNS = {"search_index": "(rowid, text, title, names, labels)", "search_terms": "(rowid, terms)"}
Facet = tuple[str, str]
Party = tuple[str, str, str]  # role, id, name
Values = dict[Facet, int]
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


@cache
def home_facets(name: str) -> tuple[tuple[str, str], ...]:
    """The facets of a body's home, as `archive.search.rows` makes them."""
    home = home_of(name, None)
    found = (
        ("region", regions().get(home.region or "")),
        ("municipality", municipalities().get(home.municipality or "")),
    )
    return tuple((facet, str(names["fi"])) for facet, names in found if names)


def page_rows(
    numbers: range,
    base: Sequence[tuple[str, str]],
    words: Sequence[str],
    bodies: Sequence[tuple[str, str]],
    values: Values,
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
                facets |= party_facets(parties)
                entity_document(
                    found,
                    MOST_PAGES + number,
                    (plan.kind, plan.entity, f"Hanke {plan.entity}"),
                    dates,
                    (facets, values),
                )
        if number % 7 == 0:
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
            "r",
        )
    )
    fields = ("title", "start", "end", "funder", "coordinator", "partner", "partner", "partner", "amount")
    for place, field in enumerate(fields):
        value = {"start": dates[0], "end": dates[1]}.get(field, title)
        found["facts"].append(
            (number * 10 + place, version, plan.page, field, value, None, None, text[:12], 0, 12, "made.up", 0.9, None,
             None, None, None)
        )  # fmt: skip


def _add_document(
    found: Rows,
    plan: Plan,
    text: tuple[str, str, str],
    parties: Sequence[Party],
    known: tuple[tuple[str, str], Values],
) -> None:
    (lang, _, _), (dates, values) = text, known
    row, names = plan.number + 1, "\n".join(name for _, _, name in parties)
    facets = {("type", "page"), ("state", "gone" if plan.number % 97 == 0 else "live"), ("language", lang)}
    facets |= {("kind", plan.kind), ("year", dates[0][:4]), ("source", f"s{plan.number % SOURCES}")}
    url, closes = f"https://s{plan.number % SOURCES}.example/{plan.number}", dates[1] if plan.kind == "call" else None
    document = (row, "page", plan.page, row, url, plan.kind, f"Hanke {plan.entity}", names, lang)
    own = [values[facet] for facet in sorted(facets | party_facets(parties))]
    _index(found, document, (*dates, closes), own, text)


def party_facets(parties: Sequence[Party]) -> set[Facet]:
    """The facets that a thing has of those who take part in it."""
    facets = {("funder" if role == "funder" else "organisation", name) for role, _, name in parties}
    return facets | {facet for role, _, name in parties if role != "funder" for facet in home_facets(name)}


def entity_document(
    found: Rows, row: int, what: tuple[str, str, str], dates: Sequence[str | None], known: tuple[set[Facet], Values]
) -> None:
    """A thing without a text of its own in the index: (type, key, title)."""
    (kind, key, title), (facets, values) = what, known
    own = [values[facet] for facet in sorted(facets)]
    _index(found, (row, kind, key, None, None, kind, title, "", "fi"), (*dates, None), own, ("fi", "", ""))


def _index(
    found: Rows, document: tuple[Any, ...], dates: Sequence[str | None], values: list[int], text: tuple[str, str, str]
) -> None:
    """The rows that `archive.search.store.replace` writes, without the analysis. Dates: start, end, closes."""
    (start, end, closes), (_, written, terms) = dates, text
    row, title, names = document[0], document[6], document[7]
    found["search_documents"].append((*document, None, start, start, end, None, closes, json.dumps(values), row, 0))
    labels = " ".join((*map(label, values), *year_marks(start, end), *closing_marks(dates[2])))
    marked = " ".join(IN_TITLE + word for word in title.lower().split())
    found["search_index"].append((row, written, title, names, labels))
    found["search_terms"].append((row, f"{terms} {marked} {labels}"))


def _add_entity(found: Rows, plan: Plan, parties: Sequence[Party], dates: tuple[str, str]) -> None:
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
