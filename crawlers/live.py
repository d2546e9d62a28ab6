"""Try one source for real: a handful of requests into an archive that is thrown away."""

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from crawlers.run import crawl

# Enough for a list and a few of its pages, few enough to trouble nobody.
REQUESTS = 8
# Of each table that is too large to hold: some hundred rows.
SAMPLE = 1_000_000
_PAGES = """
    SELECT pages.url, pages.kind, pages.lang, pages.title, count(facts.id) FROM pages
    LEFT JOIN facts ON facts.page_version_id = pages.current_version_id GROUP BY pages.id ORDER BY pages.url
"""


def try_source(source_id: str, sources: Path | None, out: TextIO, requests: int = REQUESTS) -> int:
    """Print what a crawl of one source would archive; returns how many things went wrong.

    Raises SourceError for an unknown id or a broken file.
    """
    with TemporaryDirectory() as folder:
        db = Path(folder) / "try.db"
        crawl([source_id], sources=sources, db=db, captures=Path(folder) / "captures", limit=requests, sample=SAMPLE)
        with closing(sqlite3.connect(db)) as archive:
            return _tell(archive, source_id, out)


def _tell(archive: sqlite3.Connection, source_id: str, out: TextIO) -> int:
    out.writelines(
        f"{host}: robots.txt {state or 'not asked for'}, crawl-delay {delay if delay is not None else 'none'}\n"
        for host, state, delay in archive.execute("SELECT host, robots_state, crawl_delay FROM hosts ORDER BY host")
    )
    out.writelines(
        f"would archive {url}: {kind}, {lang}, {title!r}, {facts} facts\n"
        for url, kind, lang, title, facts in archive.execute(_PAGES)
    )
    waiting = archive.execute("SELECT count(*) FROM visits WHERE checked_at IS NULL").fetchone()[0]
    out.write(f"{source_id}: {waiting} more addresses found\n")
    failed, message = archive.execute("SELECT failed, message FROM runs WHERE source_id = ?", [source_id]).fetchone()
    problems = archive.execute("SELECT message FROM problems").fetchall()
    out.writelines(f"problem: {line}\n" for (line,) in problems)
    if message:
        out.write(f"{message}\n")
    return max(int(failed), len(problems))
