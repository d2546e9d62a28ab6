"""Alarms stand until the listings of their source were read anew."""

import pytest
from sqlite_utils import Database

from archive.alarms import settle_alarms, standing_alarms

RAISED, BEFORE, AFTER = "2026-01-02T10:00:00Z", "2026-01-02T09:59:59.5Z", "2026-01-02T11:00:00.0Z"


@pytest.fixture
def raised(db: Database) -> Database:
    db["sources"].insert({"id": "s", "name": "S", "first_seen": RAISED})
    db["runs"].insert_all(
        {"id": number, "kind": "crawl", "source_id": source, "started_at": RAISED}
        for number, source in enumerate(("s", None, "s"), 1)
    )
    for run, message in ((1, "no cards"), (1, "no cards"), (2, "trouble of a page")):
        db["problems"].insert({"run_id": run, "url": "x", "class": "c", "message": message, "seen_at": RAISED})
    return db


def _visited(db: Database, url: str, role: str, checked_at: str | None, state: str = "ok") -> None:
    row = {"url": url, "source_id": "s", "role": role, "checked_at": checked_at, "state": state, "found_at": RAISED}
    db["visits"].insert(row)


def test_a_later_run_of_the_source_settles_nothing_by_itself(raised: Database) -> None:
    _visited(raised, "/", "listing", BEFORE)
    _visited(raised, "/hanke/a", "page", AFTER)
    assert settle_alarms(raised, "s", now=AFTER) == 0
    assert standing_alarms(raised, "s") == ["no cards"]


@pytest.mark.parametrize(("state", "stand"), [("ok", True), ("alias", False)])
def test_every_listing_has_to_be_read(raised: Database, state: str, *, stand: bool) -> None:
    _visited(raised, "/", "listing", AFTER)
    _visited(raised, "/sitemap.xml", "sitemap", None, state)
    settle_alarms(raised, "s", now=AFTER)
    assert bool(standing_alarms(raised, "s")) is stand


def test_a_table_that_rests_until_it_is_named_again_holds_up_nothing(raised: Database) -> None:
    _visited(raised, "/", "listing", AFTER)
    _visited(raised, "/table.csv", "feed", BEFORE)
    assert settle_alarms(raised, "s", now=AFTER) == 2


def test_other_sources_and_runs_keep_theirs(raised: Database) -> None:
    _visited(raised, "/", "feed", AFTER)
    assert settle_alarms(raised, "other", now=AFTER) == 0
    assert settle_alarms(raised, "s", now=AFTER) == 2
    assert raised.execute("SELECT message FROM problems WHERE settled_at IS NULL").fetchall() == [
        ("trouble of a page",)
    ]
