"""How fast and how large the search is, beside plain FTS5 in the same run. BENCH=full for a million pages.

The texts are made up: words of the dictionaries, as often as words of real texts are (Zipf's law), 3,000 characters
each. Some are analysed, and multiplied to the number of pages; the ratios printed hold on any machine.
"""

import itertools
import json
import os
import random
import statistics
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.schema import open_archive, transaction
from archive.search import Filters, search
from archive.search_documents import Document
from archive.search_marks import IN_NAMES, IN_TITLE, OFTEN, label, year_marks
from archive.search_store import clear, compact, replace
from bench import Ratio
from normalise.lemmas import terms
from normalise.lexicon import lexicon
from normalise.search_terms import Block, TextTerms, text_terms
from normalise.words import vocabulary

PAGES, TEXTS = (1_000_000, 10_000) if os.environ.get("BENCH") == "full" else (20_000, 500)
PAGES = int(os.environ.get("BENCH_PAGES", PAGES))
TEXT_LENGTH = 3_000
# A thousand texts have 59,000 word forms with these, 235 different ones each, as web pages roughly have.
TYPES, EXPONENT = 100_000, 1.08
BATCH = 1_000
YEARS, FUNDERS, ORGANISATIONS = range(2012, 2027), 60, 3_000
_VALUES: dict[tuple[str, str], int] = {}
_ADD = "INSERT INTO search_index (rowid, text, title, names, labels) VALUES (?, ?, ?, ?, ?)"
_ADD_TERMS = "INSERT INTO search_terms (rowid, terms) VALUES (?, ?)"
# What readers ask: common and rare words, two and three words, a phrase, a beginning, an exclusion, a field, a typo.
QUERIES = (
    "hanke", "koulutus", "projekt", "kehittämishanke", "utbildning", "ammattikorkeakoulu", "kulttuuri hanke",
    "nuori työpaja", "yrkesutbildning understöd", "koulutus rahoitus avustus", '"hankkeen rahoitus"', "kehittä*",
    "utbild*", "hanke -koulutus", "laji:call avustus", "hanke vuosi:2023", "title:kulttuuri", "kolutus", "S21925",
    "yhteistyö oppilaitos opiskelija",
)  # fmt: skip


def words_of(lang: str, rng: random.Random) -> list[str]:
    """Words by frequency: stop words, words of the domain, then forms of the dictionary at random."""
    groups = vocabulary("search_terms")["groups"]
    domain = [word.strip() for group in groups for word in group[lang].split(",")]
    forms = [form for form in itertools.islice(lexicon(lang).forms.iterkeys(), 0, None, 7) if form.isalpha()]
    return [*vocabulary("stopwords")[lang]["words"].split(), *domain, *rng.sample(forms, TYPES)]


def texts(count: int) -> Iterator[tuple[str, str]]:
    """(language, text) pairs: three Finnish ones to two Swedish."""
    rng = random.Random(7)  # noqa: S311 - made-up texts
    lists = {lang: words_of(lang, rng) for lang in ("fi", "sv")}
    weights = {
        lang: list(itertools.accumulate((rank + 3) ** -EXPONENT for rank in range(len(found))))
        for lang, found in lists.items()
    }
    for number in range(count):
        lang = "fi" if number % 5 < 3 else "sv"
        drawn = rng.choices(lists[lang], cum_weights=weights[lang], k=TEXT_LENGTH // 4)
        yield lang, " ".join(drawn)[:TEXT_LENGTH]


def document(number: int, lang: str, version: int) -> Document:
    """A page with the facets and names that pages have."""
    rng = random.Random(number)  # noqa: S311 - made-up facets
    kind = rng.choice(("project", "project", "call", "award", "other"))
    year = str(rng.choice(YEARS))
    funder, organisation = f"Rahoittaja {rng.randrange(FUNDERS)}", f"Oppilaitos {rng.randrange(ORGANISATIONS)}"
    facets = {("type", "page"), ("kind", kind), ("language", lang), ("year", year), ("funder", funder)}
    facets |= {("organisation", organisation), ("source", f"site{number % 300}.example"), ("state", "live")}
    return Document(
        "page", f"p{number}", kind, _title(number), f"https://site{number % 300}.example/{number}",
        (funder, organisation), lang, version, f"{year}-05-01", start=year, facets=frozenset(facets),
    )  # fmt: skip


def _title(number: int) -> str:
    """Titles as pages have them: one in five has a common word."""
    return (
        f"Sivu {number}" if number % 5 else f"{('Hanke', 'Koulutus', 'Projekt', 'Kulttuuri')[number // 5 % 4]} {number}"
    )


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def store_texts(db: Database, found: list[tuple[str, str]]) -> None:
    """The texts, each as the version of a page of its own."""
    with transaction(db):
        for number, (lang, text) in enumerate(found):
            page, version = f"p{number}", number + 1
            values = [page, f"https://x.example/{number}", "other", lang, "", "ok", "2026", "2026"]
            db.execute(
                "INSERT INTO pages (id, url, kind, lang, title, state, first_seen, last_seen) VALUES (?,?,?,?,?,?,?,?)",
                values,
            )
            row = [version, page, "2026", "2026", "ok", "other", text, "", "{}", ""]
            db.execute(
                "INSERT INTO page_versions (id, page_id, seen_at, last_seen, state, kind, text, text_digest, record,"
                " rules_version) VALUES (?,?,?,?,?,?,?,?,?,?)",
                row,
            )


def fill(db: Database, found: list[tuple[str, str]]) -> float:
    """Index the texts once, then multiply their rows; returns pages indexed a second by the first."""
    originals = [document(number, lang, number + 1) for number, (lang, _) in enumerate(found)]
    with transaction(db):
        clear(db)
    terms.cache_clear()

    def index_once() -> None:
        with transaction(db):
            replace(db, [], originals, is_counted=False)

    speed = len(found) / seconds(index_once)
    multiply(db, found)
    compact(db)
    return speed


def multiply(db: Database, found: list[tuple[str, str]]) -> None:
    """Rows like the first ones, up to the number of pages: the same texts and terms, other facets, under other keys."""
    of_texts = [(text, text_terms(text, [Block(0, lang)])) for lang, text in found]
    for start in range(len(found), PAGES, BATCH):
        with transaction(db):
            for number in range(start, min(start + BATCH, PAGES)):
                origin = number % len(found)
                copy_row(db, document(number, found[origin][0], origin + 1), *of_texts[origin])


def copy_row(db: Database, page: Document, text: str, of_text: TextTerms) -> None:
    """What `add` writes for a page, without the analysis."""
    values = [_VALUES.setdefault(facet, _value(db, facet)) for facet in sorted(page.facets)]
    names = "\n".join(page.names)
    row = [page.type, page.key, page.page_version_id, page.url, page.kind, page.title, names, page.lang]
    row += [page.date, page.start, json.dumps(values), page.signature, zlib.crc32(text.encode())]
    new = db.execute(
        "INSERT INTO search_documents (type, key, page_version_id, url, kind, title, names, lang, date, start, facets,"
        " signature, text_check) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        row,
    ).fetchone()[0]
    labels = [*map(label, values), *year_marks(page.first_day, page.last_day)]
    marked = [IN_TITLE + word for word in page.title.lower().split()]
    marked += [IN_NAMES + word for word in names.lower().split()] + [OFTEN + term for term in of_text.often]
    db.execute(_ADD, [new, text, page.title, names, " ".join(labels)])
    db.execute(_ADD_TERMS, [new, " ".join((*of_text.terms, *marked, *labels))])


def _value(db: Database, facet: tuple[str, str]) -> int:
    db.execute("INSERT OR IGNORE INTO search_values (facet, value) VALUES (?, ?)", facet)
    return int(db.execute("SELECT id FROM search_values WHERE facet = ? AND value = ?", facet).fetchone()[0])


def plain(db: Database, found: list[tuple[str, str]]) -> float:
    """Plain FTS5 with unicode61 over the same texts; returns pages a second."""
    db.execute("CREATE VIRTUAL TABLE plain USING fts5 (text, content = '')")

    def index_all() -> None:
        for start in range(0, PAGES, BATCH):
            with transaction(db):
                for number in range(start, min(start + BATCH, PAGES)):
                    db.execute(
                        "INSERT INTO plain (rowid, text) VALUES (?, ?)", [number + 1, found[number % len(found)][1]]
                    )

    taken = seconds(index_all)
    db.execute("INSERT INTO plain (plain) VALUES ('optimize')")
    return PAGES / taken


def size(db: Database, pattern: str) -> int:
    """Bytes of the tables whose names fit, with their indexes and what SQLite's pages leave empty."""
    sql = "SELECT sum(pgsize) FROM dbstat WHERE name LIKE ? OR name LIKE ?"
    return int(db.execute(sql, [pattern, f"sqlite_autoindex_{pattern}"]).fetchone()[0])


def latencies(ask: Callable[[str], object]) -> list[float]:
    """Milliseconds of each question, asked three times in turn."""
    return sorted(1000 * seconds(lambda q=query: ask(q)) for _ in range(3) for query in QUERIES)  # type: ignore[misc]  # a default binds the query


def quantiles(found: list[float]) -> dict[str, float]:
    """Median and 95th percentile."""
    return {"p50_ms": round(statistics.median(found), 2), "p95_ms": round(found[int(len(found) * 0.95) - 1], 2)}


def ask_plain(db: Database, query: str) -> None:
    """The same words in plain FTS5, ranked, without snippets, facets, or other forms than those written."""
    words = " ".join(f'"{word}"' for word in query.replace('"', " ").split())
    db.execute("SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 20", [words]).fetchall()


def update_ms(db: Database) -> float:
    """One page taken out and indexed anew, the median of twenty."""

    def once(number: int) -> None:
        row, version = db.execute(
            "SELECT id, page_version_id FROM search_documents WHERE key = ?", [f"p{number}"]
        ).fetchone()
        with transaction(db):
            replace(db, [row], [document(number, "fi", version)])

    return round(1000 * statistics.median(seconds(lambda n=number: once(n)) for number in range(20)), 2)  # type: ignore[misc]  # ditto


def figures() -> dict[str, Any]:
    """Measure both on the same texts: speed, size, latencies in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        db = open_archive(Path(folder) / "archive.db", create=True)
        db.execute("PRAGMA cache_size = -131072")
        found = list(texts(TEXTS))
        store_texts(db, found)
        text_bytes = PAGES * sum(len(text.encode()) for _, text in found) / len(found)
        speed = fill(db, found)
        plain_speed = plain(db, found)
        ours, theirs = latencies(lambda q: search(db, q)), latencies(lambda q: ask_plain(db, q))
        return {
            "pages": PAGES,
            "indexed_pages_per_s": round(speed),
            "plain_pages_per_s": round(plain_speed),
            "index_to_text": round(size(db, "search%") / text_bytes, 3),
            "plain_to_text": round(size(db, "plain%") / text_bytes, 3),
            "search": quantiles(ours),
            "widened": quantiles(latencies(lambda q: search(db, q, filters=Filters(widen=True)))),
            "plain": quantiles(theirs),
            "update_ms": update_ms(db),
        }


def run(full: bool) -> list[Ratio]:
    """Indexing, size and answers against plain FTS5; the number of pages follows BENCH, as ``full`` does."""
    found = figures()
    note = f"plain FTS5 without lemmas, snippets and facets; {PAGES:,} pages; {'large' if full else 'small'} input"
    speed, plain_speed = found["indexed_pages_per_s"], found["plain_pages_per_s"]
    size_ours, size_theirs = 100 * found["index_to_text"], 100 * found["plain_to_text"]
    wait, plain_wait = found["search"]["p95_ms"], found["plain"]["p95_ms"]
    return [
        Ratio("indexing", speed, plain_speed, "pages/s", speed / plain_speed, f"{note}; higher is better"),
        Ratio("index", size_ours, size_theirs, "% of the text", size_ours / size_theirs, f"{note}; lower is better"),
        Ratio("search, 95th percentile", wait, plain_wait, "ms", wait / plain_wait, f"{note}; lower is better"),
    ]


def main() -> None:
    """Measure, and print one JSON object."""
    print(json.dumps(figures(), indent=2))


if __name__ == "__main__":
    main()
