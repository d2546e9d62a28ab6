"""Addresses, records, runs, locks and derived tables."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from archive.addresses import host_of, normalise_url, page_id
from archive.errors import ArchiveError
from archive.lock import work_lock
from archive.records import current_records, insert_facts, version_values
from archive.runs import count, end_run, start_run
from archive.sync import sync_table
from normalise.facts import Fact, Record, as_json
from normalise.gathering import with_facts
from normalise.organisations.register import register
from tests.conftest import Take
from tests.plain_rules import capture, plain_extract


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTP://WWW.Site.example:80/a/?b=1#top", "http://www.site.example/a/?b=1"),
        ("https://site.example", "https://site.example/"),
        ("https://site.example/ä ö", "https://site.example/%C3%A4%20%C3%B6"),
        ("https://site.example/%c3%a4%7e", "https://site.example/%C3%A4~"),
        ("https://site.example/?utm_source=x&id=5&fbclid=y", "https://site.example/?id=5"),
        ("https://site.example/?q=%c3%a4", "https://site.example/?q=%C3%A4"),
        ("https://äö.example/", "https://xn--4ca0b.example/"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a"),
        ("file:///tmp/a%20b.txt", "file:///tmp/a%20b.txt"),
        ("http://site.example:99999999/", "http://site.example:99999999/"),
        ("https://site.example/a%2Fb", "https://site.example/a%2Fb"),
    ],
)
def test_addresses_have_one_form(url: str, normal: str) -> None:
    assert normalise_url(url) == normal
    assert page_id(url) == page_id(normal)


@given(st.text(max_size=60).map("http://site.example/{}".format) | st.text(max_size=60))
def test_the_normal_form_is_final(url: str) -> None:
    assert normalise_url(normalise_url(url)) == normalise_url(url)
    assert len(page_id(url)) == 12


@pytest.mark.parametrize(
    ("url", "host"), [("https://www.Site.example:8/a", "site.example"), ("http://[", ""), ("x", "")]
)
def test_hosts(url: str, host: str) -> None:
    assert host_of(url) == host


PAGE = """kind: project
title: Hanke \u2028 yksi
funder: Opetushallitus
partner: Tredu
partner: Axxell
contact: Anna Esimerkki; Suunnittelija; anna@site.example; +358401234567
amount: 1200.5 grant
amount: 4000000 available
identifier: S12345
published: 2024-03-01T16:15
"""


def test_a_record_comes_out_as_it_went_in(db: Database, take: Take) -> None:
    url = "http://site.example/hanke"
    take(capture(url, PAGE))
    (found,) = current_records(db)
    expected = as_json(plain_extract(PAGE, id=page_id(url), url=url))
    assert found == expected
    assert list(found) == list(expected)
    assert [list(fact) for fact in found["facts"]] == [list(fact) for fact in expected["facts"]]


def test_a_body_has_the_names_of_the_register(db: Database, take: Take) -> None:
    entry = next(iter(register().values()))
    known = Fact("funder", "Oma muoto", 0, 4, "Omaa", "test", aliases=entry.names, register_id=entry.id)
    other = Fact("funder", "Muu", 5, 8, "Muun", "test")
    take(capture("http://site.example/", "kind: project\n"))
    insert_facts(db, 1, with_facts(Record(page_id("http://site.example/"), None, "fi", "project", ""), (known, other)))
    assert version_values(db, 1)["funders"] == [
        {"name": "Oma muoto", "aliases": list(entry.names), "id": entry.id},
        {"name": "Muu", "aliases": [], "id": None},
    ]


@pytest.mark.parametrize(("text", "confidence"), [(PAGE, 0.75), ("title: Silta\n", None)])
def test_a_version_holds_how_sure_its_kind_is(db: Database, take: Take, text: str, confidence: float | None) -> None:
    take(capture("http://site.example/hanke", text))
    assert [row["kind_confidence"] for row in db["page_versions"].rows] == [confidence]


def test_records_are_read_in_batches(db: Database, take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.records._BATCH", 2)
    take(*(capture(f"http://site.example/{n}", f"title: {n}\n") for n in range(5)))
    ids = [record["id"] for record in current_records(db)]
    assert len(ids) == 5
    assert ids == sorted(ids)


def test_only_what_differs_is_written(db: Database) -> None:
    rows = [{"key": name, "value": "1"} for name in ("a", "b", "c")]
    assert sync_table(db, "meta", ["key"], rows) == {("a",), ("b",), ("c",), ("schema_version",)}
    before = db.conn.total_changes
    assert sync_table(db, "meta", ["key"], rows) == set()
    assert db.conn.total_changes == before
    assert sync_table(db, "meta", ["key"], [{"key": "a", "value": "2"}, rows[1]]) == {("a",), ("c",)}
    assert db.execute("SELECT * FROM meta ORDER BY key").fetchall() == [("a", "2"), ("b", "1")]


def test_being_seen_again_is_no_change(db: Database) -> None:
    def row(last_seen: str) -> dict[str, str | None]:
        nothing = dict.fromkeys(("type", "register_id", "business_id", "part_of_id"))
        return {"id": "a", "name": "A", "first_seen": "1", "last_seen": last_seen, **nothing}

    assert sync_table(db, "organisations", ["id"], [row("1")]) == {("a",)}
    assert sync_table(db, "organisations", ["id"], [row("2")]) == set()
    assert db.execute("SELECT last_seen FROM organisations").fetchall() == [("2",)]


def test_runs_are_counted(db: Database) -> None:
    run = start_run(db, "crawl")
    count(db, run, "new", 3)
    end_run(db, run, "partial", "hm")
    row = db.execute("SELECT kind, new, state, message, ended_at >= started_at FROM runs").fetchone()
    assert row == ("crawl", 3, "partial", "hm", 1)
    with pytest.raises(ValueError, match="no count 'message'"):
        count(db, run, "message")


def test_one_worker_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with work_lock(path), pytest.raises(ArchiveError, match=r"archive\.db is being worked on"), work_lock(path):
        pass
    with work_lock(path):
        pass
    with pytest.raises(ArchiveError, match="No such file"), work_lock(tmp_path / "none" / "a.db"):
        pass
