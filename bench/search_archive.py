"""A made-up archive for measuring the search: some texts analysed, and multiplied to any number of pages.

The texts are words of the dictionaries, as often as words of real texts are (Zipf's law), 3,000 characters each. Every
page has facets, names, dates and a title of its own.
"""

import itertools
import json
import random
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlite_utils import Database

from archive.schema import transaction
from archive.search.documents import Document
from archive.search.marks import IN_NAMES, IN_TITLE, OFTEN, closing_marks, label, year_marks
from normalise.language.lexicon import lexicon
from normalise.language.search_terms import Block, text_terms
from normalise.organisations.places import municipalities, regions
from normalise.words import vocabulary

TEXT_LENGTH = 3_000
# A thousand texts have 59,000 word forms with these, 235 different ones each, as web pages roughly have.
TYPES, EXPONENT = 100_000, 1.08
BATCH = 2_000
YEARS, FUNDERS, ORGANISATIONS = range(2012, 2027), 60, 3_000
_TITLE_WORDS = ("Hanke", "Koulutus", "Projekt", "Kulttuuri")
_COLUMNS = (
    "type", "key", "page_version_id", "url", "kind", "title", "names", "lang", "date", "start", "end", "opens",
    "closes", "facets", "signature", "text_check", "id",
)  # fmt: skip
_PAGE = (
    "INSERT INTO pages (id, url, kind, lang, title, state, first_seen, last_seen)"
    " VALUES (?, ?, 'other', ?, '', 'ok', '2026', '2026')"
)
_VERSION = (
    "INSERT INTO page_versions (id, page_id, seen_at, last_seen, state, kind, text, text_digest, rules_version)"
    " VALUES (?, ?, '2026', '2026', 'ok', 'other', ?, '', '')"
)


class _Origin(NamedTuple):
    """A text that pages share: its language, itself, its checksum, what finds it, and what stands often in it."""

    lang: str
    text: str
    check: int
    terms: str
    often: tuple[str, ...]


def texts(count: int) -> Iterator[tuple[str, str]]:
    """(language, text) pairs: three Finnish ones to two Swedish."""
    rng = random.Random(7)  # noqa: S311 - made-up texts
    lists = {lang: _words_of(lang, rng) for lang in ("fi", "sv")}
    weights = {
        lang: list(itertools.accumulate((rank + 3) ** -EXPONENT for rank in range(len(found))))
        for lang, found in lists.items()
    }
    for number in range(count):
        lang = "fi" if number % 5 < 3 else "sv"
        drawn = rng.choices(lists[lang], cum_weights=weights[lang], k=TEXT_LENGTH // 4)
        yield lang, " ".join(drawn)[:TEXT_LENGTH]


def _words_of(lang: str, rng: random.Random) -> list[str]:
    """Words by frequency: stop words, words of the domain, then forms of the dictionary at random."""
    groups = vocabulary("search_terms")["groups"]
    domain = [word.strip() for group in groups for word in group[lang].split(",")]
    forms = [form for form in itertools.islice(lexicon(lang).forms.iterkeys(), 0, None, 7) if form.isalpha()]
    return [*vocabulary("stopwords")[lang]["words"].split(), *domain, *rng.sample(forms, TYPES)]


def document(number: int, lang: str, version: int) -> Document:
    """A page as the index has it: one of two tells of a project, one of five of a call."""
    rng = random.Random(number)  # noqa: S311 - made-up facets
    kind = rng.choice(("project", "project", "call", "award", "other"))
    year, month = rng.choice(YEARS), rng.randrange(1, 13)
    funder = f"Rahoittaja {rng.randrange(FUNDERS)}"
    partners = [f"Oppilaitos {int(ORGANISATIONS * rng.random() ** 2)}" for _ in range(rng.randrange(1, 5))]
    source, start, is_call = f"site{number % 300}.example", f"{year}-{month:02}-01", kind == "call"
    facets = {("type", "page"), ("kind", kind), ("language", lang), ("year", str(year)), ("funder", funder)}
    facets |= {("source", source), ("state", "live")} | {("organisation", name) for name in partners}
    facets |= {home for name in partners for home in _home(name)}
    return Document(
        "page", f"p{number}", kind, _title(number), f"https://{source}/{number}", (funder, *partners), lang, version,
        start, None if is_call else start, None if is_call else f"{year + 2}-12-31", start if is_call else None,
        f"{year}-{month:02}-28" if is_call else None, frozenset(facets),
    )  # fmt: skip


def _title(number: int) -> str:
    """Titles as pages have them: one in five has a common word."""
    return f"Sivu {number}" if number % 5 else f"{_TITLE_WORDS[number // 5 % len(_TITLE_WORDS)]} {number}"


@cache
def _home(name: str) -> frozenset[tuple[str, str]]:
    """A region and a municipality for a body; the same for the same name."""
    rng = random.Random(name)  # noqa: S311 - made-up facets
    region, municipality = (rng.choice(list(found.values()))["fi"] for found in (regions(), municipalities()))
    return frozenset({("region", str(region)), ("municipality", str(municipality))})


def store_texts(db: Database, found: Sequence[tuple[str, str]]) -> None:
    """The texts, each as the version of a page of its own."""
    with transaction(db):
        db.conn.executemany(_PAGE, [(f"p{n}", f"https://x.example/{n}", lang) for n, (lang, _) in enumerate(found)])
        db.conn.executemany(_VERSION, [(n + 1, f"p{n}", text) for n, (_, text) in enumerate(found)])


def multiply(db: Database, found: Sequence[tuple[str, str]], pages: int) -> None:
    """Rows like the first ones, up to the number of pages: the same texts and terms, other facets, under other keys.

    They are what `archive.search.store.replace` writes, without the analysis.
    """
    origins = [_origin(lang, text) for lang, text in found]
    values = {(facet, value): key for key, facet, value in db.execute("SELECT id, facet, value FROM search_values")}
    for start in range(len(found), pages, BATCH):
        with transaction(db):
            _add(db.conn, range(start, min(start + BATCH, pages)), origins, values)


def _origin(lang: str, text: str) -> _Origin:
    of_text = text_terms(text, [Block(0, lang)])
    often = tuple(OFTEN + term for term in of_text.often)
    return _Origin(lang, text, zlib.crc32(text.encode()), " ".join((*sorted(of_text.terms), *often)), often)


def _add(
    connection: sqlite3.Connection, numbers: range, origins: Sequence[_Origin], values: dict[tuple[str, str], int]
) -> None:
    documents, written, terms = [], [], []
    for number in numbers:
        place = number % len(origins)
        origin, page = origins[place], document(number, origins[place].lang, place + 1)
        own = [_value(connection, facet, values) for facet in sorted(page.facets)]
        marks = [*map(label, own), *year_marks(page.first_day, page.last_day), *closing_marks(page.closes)]
        names = "\n".join(page.names)
        documents.append(_row(page, number + 1, names, own, origin.check))
        written.append((number + 1, origin.text, page.title, names, " ".join(marks)))
        marks += [IN_TITLE + word for word in page.title.lower().split()]
        marks += sorted({IN_NAMES + word for word in names.lower().split()})
        terms.append((number + 1, f"{origin.terms} {' '.join(marks)}"))
    places = ", ".join("?" * len(_COLUMNS))
    connection.executemany(f"INSERT INTO search_documents ({', '.join(_COLUMNS)}) VALUES ({places})", documents)  # noqa: S608 - constants
    connection.executemany("INSERT INTO search_index (rowid, text, title, names, labels) VALUES (?,?,?,?,?)", written)
    connection.executemany("INSERT INTO search_terms (rowid, terms) VALUES (?, ?)", terms)


def _value(connection: sqlite3.Connection, facet: tuple[str, str], values: dict[tuple[str, str], int]) -> int:
    if facet not in values:
        new = connection.execute("INSERT INTO search_values (facet, value) VALUES (?, ?)", facet).lastrowid
        values[facet] = int(new or 0)
    return values[facet]


def _row(page: Document, row: int, names: str, values: list[int], check: int) -> tuple[Any, ...]:
    return (
        page.type, page.key, page.page_version_id, page.url, page.kind, page.title, names, page.lang, page.date,
        page.start, page.end, page.opens, page.closes, json.dumps(values, separators=(",", ":")), page.signature, check,
        row,
    )  # fmt: skip
