"""The frontier: what a kill leaves behind, and what a crawl on another machine brings back."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.excerpts import merge_crawl_state, write_excerpt
from archive.frontier import forget_validators, settle_interrupted
from archive.schema import open_archive

BEFORE, BEGUN, TAKEN, NOW = (f"2026-01-02T{hour}:00:00Z" for hour in ("08", "10", "11", "12"))
URL = "https://a.example/hanke"


@pytest.fixture
def archive(tmp_path: Path) -> Database:
    db = open_archive(tmp_path / "a.db", create=True)
    db["sources"].insert({"id": "s", "name": "S", "first_seen": BEFORE})
    return db


def _visit(db: Database, url: str, **more: object) -> None:
    db["visits"].insert(
        {"url": url, "source_id": "s", "role": "page", "found_at": BEFORE, "checked_at": BEFORE, **more}
    )


@pytest.mark.parametrize(
    ("due_at", "then"),
    [(BEFORE, "2026-01-03T11:00:00Z"), (None, None)],
    ids=["a page is looked at again after a day", "a page made of data has no address to fetch"],
)
def test_a_capture_before_a_kill_counts_as_a_visit(archive: Database, due_at: str | None, then: str | None) -> None:
    _visit(archive, URL, due_at=due_at)
    archive["runs"].insert({"id": 1, "kind": "crawl", "source_id": "s", "state": "running", "started_at": BEGUN})
    archive["captures"].insert({"id": 1, "url": URL, "captured_at": TAKEN, "status": 200, "bytes": 9})
    assert settle_interrupted(archive, "s", now=NOW) == BEGUN
    ((checked_at, due),) = archive.execute("SELECT checked_at, due_at FROM visits").fetchall()
    assert (checked_at, due) == (TAKEN, then)


def test_lists_are_asked_for_in_full_once_their_validators_are_forgotten(archive: Database) -> None:
    for url, role in ((URL, "page"), (URL + "?page=1", "listing"), (URL + ".xml", "sitemap")):
        _visit(archive, url, role=role, etag='"e"', last_modified="Thu, 01 Jan 2026 00:00:00 GMT")
    forget_validators(archive, "s")
    rows = archive.execute("SELECT role, etag IS NOT NULL, last_modified IS NOT NULL FROM visits ORDER BY role")
    assert rows.fetchall() == [("listing", 0, 0), ("page", 1, 1), ("sitemap", 0, 0)]


def test_what_a_crawl_elsewhere_forgot_is_forgotten(archive: Database, tmp_path: Path) -> None:
    archive["sources"].insert({"id": "other", "name": "O", "first_seen": BEFORE})
    archive["runs"].insert({"id": 1, "kind": "crawl", "source_id": "s", "state": "running", "started_at": BEGUN})
    for url in (URL, URL + "?page=9"):
        _visit(archive, url)
    _visit(archive, "https://o.example/", source_id="other")
    part = tmp_path / "part.db"
    write_excerpt(tmp_path / "a.db", part, ["s"])
    excerpt = open_archive(part)
    excerpt["runs"].insert({"id": 9, "kind": "crawl", "source_id": "s", "state": "done", "started_at": BEGUN})
    excerpt.execute("DELETE FROM visits WHERE url LIKE '%page=9'")
    excerpt.conn.close()
    merge_crawl_state(archive, part, {"s": 1}, [], [])
    assert [row[0] for row in archive.execute("SELECT url FROM visits ORDER BY url")] == [URL, "https://o.example/"]
