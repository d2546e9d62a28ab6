"""How fast and how large the search is, beside plain FTS5 in the same run. BENCH=full for a million pages.

Measured on the made-up archive of `bench.search_archive`; all times are processor time. The archive is kept in
BENCH_FOLDER where that is set, and used again.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.schema import open_archive, transaction
from archive.search.asking import Filters, search
from archive.search.store import clear, compact, replace
from bench import Ratio
from bench.search_archive import BATCH, document, multiply, store_texts, texts
from bench.search_questions import QUESTIONS
from normalise.language.lemmas import query_lemmas

PAGES = {False: 50_000, True: 1_000_000}
TEXTS = {False: 1_000, True: 4_000}
UPDATES = 20
ROUNDS = 3
GOAL_MS, GOAL_RATE, GOAL_SIZE, GOAL_UPDATE_MS = 50.0, 200.0, 80.0, 20.0


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of every question of a kind, asked several times."""

    kind: str
    found: list[float]

    @property
    def p95(self) -> float:
        """The 95th percentile."""
        return sorted(self.found)[-(-len(self.found) * 95 // 100) - 1]

    def __str__(self) -> str:
        return f"{self.kind:20} p50 {statistics.median(self.found):7.2f}  p95 {self.p95:7.2f} ms"


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def index_rate(found: Sequence[tuple[str, str]]) -> float:
    """Texts indexed a second, none of whose words are known before."""
    with tempfile.TemporaryDirectory() as folder:
        db = _empty(Path(folder) / "archive.db", found)
        documents = [document(number, lang, number + 1) for number, (lang, _) in enumerate(found)]
        query_lemmas("hanke")  # opens the lexicons

        def index_all() -> None:
            for start in range(0, len(documents), 100):
                with transaction(db):
                    replace(db, [], documents[start : start + 100], is_counted=False)
            compact(db)

        return len(found) / seconds(index_all)


def make_archive(path: Path, found: Sequence[tuple[str, str]], pages: int) -> None:
    """Index the texts, multiply their rows, and index the same texts with plain FTS5."""
    db = _empty(path, found)
    with transaction(db):
        replace(db, [], [document(n, lang, n + 1) for n, (lang, _) in enumerate(found)], is_counted=False)
    multiply(db, found, pages)
    compact(db)
    db.execute("CREATE VIRTUAL TABLE plain USING fts5 (text, content = '')")
    _index_plainly(db, found, pages)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.conn.close()


def _empty(path: Path, found: Sequence[tuple[str, str]]) -> Database:
    """An archive with texts whose index is empty."""
    db = open_archive(path, create=True)
    db.execute("PRAGMA cache_size = -131072")
    store_texts(db, found)
    with transaction(db):
        clear(db)
    return db


def plain_rate(found: Sequence[tuple[str, str]]) -> float:
    """Texts that plain FTS5 with unicode61 indexes a second."""
    with tempfile.TemporaryDirectory() as folder:
        db = _empty(Path(folder) / "archive.db", ())
        db.execute("CREATE VIRTUAL TABLE plain USING fts5 (text, content = '')")
        return len(found) / seconds(lambda: _index_plainly(db, found, len(found)))


def _index_plainly(db: Database, found: Sequence[tuple[str, str]], pages: int) -> None:
    for start in range(0, pages, BATCH):
        rows = [(number + 1, found[number % len(found)][1]) for number in range(start, min(start + BATCH, pages))]
        with transaction(db):
            db.conn.executemany("INSERT INTO plain (rowid, text) VALUES (?, ?)", rows)
    db.execute("INSERT INTO plain (plain) VALUES ('optimize')")


def size(db: Database, pattern: str) -> int:
    """Bytes of the tables whose names fit, with their indexes and what SQLite's pages leave empty."""
    sql = "SELECT sum(pgsize) FROM dbstat WHERE name LIKE ? OR name LIKE ?"
    return int(db.execute(sql, [pattern, f"sqlite_autoindex_{pattern}"]).fetchone()[0])


def timings(ask: Callable[[str, Filters], object]) -> Iterator[Timing]:
    """Every kind of question, asked in turn; its first one once before, for a process loads vocabularies once."""
    for kind, questions in QUESTIONS.items():
        ask(*questions[0])
        found = [
            1000 * seconds(lambda q=words, f=filters: ask(q, f))  # type: ignore[misc]  # the defaults bind the question
            for _ in range(ROUNDS)
            for words, filters in questions
        ]
        yield Timing(kind, found)


def ask_plain(db: Database, words: str) -> None:
    """The same words in plain FTS5, ranked, without snippets, facets, filters or other forms than those written."""
    quoted = " ".join(f'"{word}"' for word in words.replace('"', " ").split())
    if quoted:
        db.execute("SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 20", [quoted]).fetchall()


def update_ms(db: Database, found: Sequence[tuple[str, str]]) -> float:
    """One page taken out and indexed anew, the median of twenty."""

    def once(number: int) -> None:
        sql = "SELECT id FROM search_documents WHERE type = 'page' AND key = ?"
        row = db.execute(sql, [f"p{number}"]).fetchone()[0]
        with transaction(db):
            replace(db, [row], [document(number, found[number][0], number + 1)])

    return 1000 * statistics.median(seconds(lambda n=number: once(n)) for number in range(UPDATES))  # type: ignore[misc]  # ditto


@contextmanager
def _archive(found: Sequence[tuple[str, str]], pages: int) -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(os.environ.get("BENCH_FOLDER", temporary)) / f"search-{pages}.db"
        if not path.exists():
            part = path.with_suffix(".part.db")
            make_archive(part, found, pages)
            part.rename(path)
        db = open_archive(path)
        yield db
        db.conn.close()


def run(full: bool) -> list[Ratio]:
    """Indexing, size, answers and updates, against the goals and against plain FTS5."""
    found, pages = list(texts(TEXTS[full])), PAGES[full]
    note, few = f"{pages:,} pages of 3,000 characters", f"{len(found):,} pages of 3,000 characters"
    speed, plain_speed = index_rate(found), plain_rate(found)
    with _archive(found, pages) as db:
        asked = list(_said(timings(lambda words, filters: search(db, words, filters=filters))))
        plainly = Timing("plain", [one for t in timings(lambda words, _: ask_plain(db, words)) for one in t.found])
        text_bytes = pages * sum(len(text.encode()) for _, text in found) / len(found)
        ours, theirs = (100 * size(db, pattern) / text_bytes for pattern in ("search%", "plain%"))
        update = update_ms(db, found)
    every = Timing("all", [one for timing in asked for one in timing.found])
    return [
        Ratio("indexing", speed, plain_speed, "pages/s", speed / plain_speed,
              f"plain FTS5; {few}; higher is better, at least {GOAL_RATE:g} pages/s"),
        Ratio("index", ours, theirs, "% of the text", ours / theirs,
              f"plain FTS5; {note}; lower is better, at most {GOAL_SIZE:g} %"),
        Ratio("search", every.p95, plainly.p95, "ms", every.p95 / plainly.p95,
              f"plain FTS5 without lemmas, snippets, facets and filters; {note}; p95; lower is better"),
        *(Ratio(f"search, {one.kind}", one.p95, GOAL_MS, "ms", one.p95 / GOAL_MS,
                f"p95 with snippets and facets, {note}; goal {GOAL_MS:g} ms") for one in asked),
        Ratio("index update of a page", update, GOAL_UPDATE_MS, "ms", update / GOAL_UPDATE_MS,
              f"{note}; goal {GOAL_UPDATE_MS:g} ms"),
    ]  # fmt: skip


def _said(found: Iterator[Timing]) -> Iterator[Timing]:
    for timing in found:
        print(timing, file=sys.stderr, flush=True)
        yield timing


def main() -> None:
    """Measure, and print one JSON object."""
    figures: dict[str, Any] = {one.name: round(one.ours, 2) for one in run(os.environ.get("BENCH") == "full")}
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
