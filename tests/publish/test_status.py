import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from publish.status import print_status, read_status
from tests.conftest import Take
from tests.plain_rules import capture

NOW = datetime(2026, 1, 2, tzinfo=UTC)
SOURCE = {"id": "site", "name": "Testi", "every_s": 86400, "expected_pages": 1, "first_seen": "2026-01-01T00:00:00Z"}
RUN = {"kind": "crawl", "source_id": "site", "started_at": "2026-01-01T12:00:00Z", "state": "done"}


@pytest.fixture
def healthy(db: Database, take: Take) -> Database:
    db["sources"].insert(SOURCE)
    take(capture("http://site.example/", "kind: project\ntitle: Hanke\n", source_id="site"))
    db["runs"].insert(RUN)
    return db


def test_a_healthy_archive_needs_nobody(healthy: Database) -> None:
    status = read_status(healthy, NOW)
    assert status.attention == ()
    assert (status.totals["projects"], status.outdated_pages) == (1, 0)
    assert [(source.pages, source.gone, source.state) for source in status.sources] == [(1, 0, "done")]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            "UPDATE runs SET state = 'failed', message = 'dns 1' WHERE source_id = 'site'",
            "the last crawl failed (dns 1)",
        ),
        ("UPDATE sources SET expected_pages = 20", "1 pages, at least 20 are expected"),
        ("UPDATE sources SET every_s = 3600", "last crawled 2026-01-01T12:00:00Z, due every 1 hours"),
        (
            "INSERT INTO problems (run_id, url, class, message, seen_at) VALUES (2, 'x', 'zero-cards', 'no cards', '')",
            "no cards",
        ),
        (
            """
            INSERT INTO runs (kind, source_id, started_at, state) VALUES ('crawl', 'site', '2026-01-01T13:00:00Z', 'done');
            UPDATE runs SET state = 'failed', due = 1, message = 'dns 1' WHERE id = 2
            """,
            "the last crawl failed (dns 1)",
        ),
        (
            "INSERT INTO runs (kind, started_at, state) VALUES ('rebuild', '2025-12-01T00:00:00Z', 'running')",
            "a run (rebuild) that began 2025-12-01T00:00:00Z never ended",
        ),
        (
            "INSERT INTO problems (run_id, url, class, message, seen_at) VALUES (1, 'x', 'rule', 'ValueError: boom', '')",
            "a rule failed on 1 pages: ValueError: boom",
        ),
    ],
)
def test_what_needs_a_person(healthy: Database, change: str, reason: str) -> None:
    healthy.conn.executescript(change)
    status = read_status(healthy, NOW)
    assert len(status.attention) == 1
    assert status.attention[0].endswith(reason)


def test_pages_of_older_rules_are_counted(healthy: Database) -> None:
    healthy.execute("UPDATE page_versions SET rules_version = 'older'")
    assert read_status(healthy, NOW).outdated_pages == 1


def test_the_status_is_printed_for_people_and_programs(healthy: Database, tmp_path: Path) -> None:
    healthy.execute("UPDATE sources SET expected_pages = 20, every_s = NULL")
    text, data = io.StringIO(), io.StringIO()
    assert print_status(tmp_path / "archive.db", as_json=False, out=text)
    assert "needs a person: site: 1 pages, at least 20 are expected\n" in text.getvalue()
    assert print_status(tmp_path / "archive.db", as_json=True, out=data)
    assert json.loads(data.getvalue())["sources"][0]["attention"] == ["1 pages, at least 20 are expected"]
