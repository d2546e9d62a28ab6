from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from archive.capture import Capture
from archive.records import current_records
from archive.schema import open_archive
from pipelines.flow import Flow
from tests.conftest import Take
from tests.plain_rules import capture, plain_extract, plain_read

URL = "http://site.example/hanke"
PAGE = "kind: project\ntitle: Hanke\nend: 2026-12-31\npartner: Tredu\n"
LATER = PAGE.replace("2026-12-31", "2027-06-30").replace("Tredu", "Axxell")


def page(db: Database, url: str = URL) -> dict[str, object]:
    (found,) = db.query("SELECT * FROM pages WHERE url = ?", [url])
    return found


def changes(db: Database) -> list[tuple[str, str | None, str | None, str]]:
    return db.execute("SELECT field, old, new, substr(seen_at, 9, 2) FROM changes ORDER BY seen_at, id").fetchall()


def versions(db: Database) -> list[tuple[str, str, str]]:
    sql = (
        "SELECT substr(seen_at, 9, 2), substr(last_seen, 9, 2), substr(text, 1, 40) FROM page_versions ORDER BY seen_at"
    )
    return db.execute(sql).fetchall()


def test_the_first_sight_of_a_page(db: Database, take: Take) -> None:
    summary = take(capture(URL, PAGE, source_id="site"))
    assert summary.actions == {"new": 1}
    assert summary.totals["projects"] == 1
    found = page(db)
    assert (found["kind"], found["title"], found["state"], found["source_id"]) == ("project", "Hanke", "ok", "site")
    assert changes(db) == []


def test_every_fact_stands_at_its_offsets(db: Database, take: Take) -> None:
    take(capture(URL, PAGE))
    rows = db.execute(
        "SELECT quote, substr(text, start + 1, end - start) FROM facts JOIN page_versions v ON v.id = page_version_id"
    )
    pairs = rows.fetchall()
    assert len(pairs) == 3
    assert all(quote == text for quote, text in pairs)


def test_the_same_text_only_moves_last_seen(db: Database, take: Take) -> None:
    take(capture(URL, PAGE))
    assert take(capture(URL, PAGE, day=5)).actions == {"unchanged": 1}
    assert [(first, last) for first, last, _ in versions(db)] == [("01", "05")]
    assert page(db)["last_seen"] == "2026-01-05T08:00:00Z"


def test_an_unchanged_text_is_not_extracted_again(db: Database, take: Take) -> None:
    take(capture(URL, PAGE))

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    outcome = Flow(db, read=plain_read, extract=refuse).take(capture(URL, PAGE, day=2))  # type: ignore[arg-type]
    assert outcome.action == "unchanged"


def test_a_change_is_a_version_and_a_row_for_each_value(db: Database, take: Take) -> None:
    take(capture(URL, PAGE))
    assert take(capture(URL, LATER, day=2)).actions == {"changed": 1}
    assert len(versions(db)) == 2
    assert changes(db) == [
        ("end", "2026-12-31", "2027-06-30", "02"),
        ("partner", "Tredu", None, "02"),
        ("partner", None, "Axxell", "02"),
    ]
    (record,) = current_records(db)
    assert record["end"] == "2027-06-30"


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("title: Valo", "title: Valo 2", ("title", "Valo", "Valo 2")),
        ("amount: 1700000 grant", "amount: 2000000.5 grant", ("amount", "1 700 000 EUR (grant)", "2 000 000.50 EUR (grant)")),
        ("amount: 100 grant", "amount: 100 grant\namount: 5 own", ("amount", None, "5 EUR (own)")),
        ("contact: Anna Aho; ; a@a.example; ", "contact: Anna Aho; ; b@a.example; ", ("contact", "Anna Aho, a@a.example", "Anna Aho, b@a.example")),
        ("contact: Anna Aho; ; a@a.example; ", "contact: Bo Ek; ; a@a.example; ", ("contact", "Anna Aho, a@a.example", None)),
        ("coordinator: Tredu", "coordinator: Axxell", ("coordinator", "Tredu", "Axxell")),
        ("coordinator: Tredu", "note: x", ("coordinator", "Tredu", None)),
        ("partner: Tredu", "partner: TREDU", None),
    ],
)  # fmt: skip
def test_changes_read_as_sentences_do(
    db: Database, take: Take, before: str, after: str, found: tuple[str, str | None, str | None] | None
) -> None:
    take(capture(URL, f"kind: project\n{before}\n"), capture(URL, f"kind: project\n{after}\n", day=2))
    rows = [row[:3] for row in changes(db)]
    assert rows[:1] == ([found] if found else [])
    seen = db.execute("SELECT count(*) FROM fact_sightings WHERE is_current = 0").fetchone()[0]
    assert (seen > 0) is (before != after and "5 own" not in after)


def test_two_misses_make_a_page_gone_and_it_can_come_back(db: Database, take: Take) -> None:
    take(capture(URL, PAGE))
    take(capture(URL, day=2, status=404))
    assert (page(db)["misses"], page(db)["gone_at"]) == (1, None)
    take(capture(URL, day=3, status=410))
    assert (page(db)["misses"], page(db)["gone_at"]) == (2, "2026-01-03T08:00:00Z")
    assert db.execute("SELECT gone_at FROM projects").fetchone() == ("2026-01-03T08:00:00Z",)
    take(capture(URL, PAGE, day=4))
    assert (page(db)["misses"], page(db)["gone_at"]) == (0, None)
    assert [row[:3] for row in changes(db)] == [("state", "ok", "gone"), ("state", "gone", "ok")]


def test_a_304_keeps_a_page_alive(db: Database, take: Take) -> None:
    take(capture(URL, PAGE), capture(URL, day=2, status=404), capture(URL, day=3, status=304))
    assert (page(db)["misses"], page(db)["last_seen"]) == (0, "2026-01-03T08:00:00Z")
    assert versions(db)[0][:2] == ("01", "03")


@pytest.mark.parametrize("status", [304, 404, 301])
def test_a_page_that_nobody_knows_is_not_made_by_its_absence(db: Database, take: Take, status: int) -> None:
    assert take(capture(URL, status=status)).actions == {"skipped": 1}
    assert list(db.query("SELECT * FROM pages")) == []


def test_a_server_error_is_a_failure_and_harms_no_page(db: Database, take: Take) -> None:
    summary = take(capture(URL, PAGE), capture(URL, day=2, status=503))
    assert (summary.failed, summary.problems) == (1, {"http": 1})
    assert page(db)["misses"] == 0
    assert db.execute("SELECT class, url, message FROM problems").fetchall() == [
        ("http", URL, "the server answered 503")
    ]
    assert db.execute("SELECT state, new, failed FROM runs").fetchall() == [("partial", 1, 1)]


@pytest.mark.parametrize(
    ("text", "state"), [("", "empty"), ("%PDF", "scanned"), ("lang: de\nkind: project\ntitle: Projekt\n", "foreign")]
)
def test_what_cannot_be_understood_is_archived_and_marked(db: Database, take: Take, text: str, state: str) -> None:
    summary = take(capture(URL, text))
    assert summary.problems == {state: 1}
    assert summary.failed == 0
    assert (page(db)["state"], page(db)["kind"]) == (state, "other")
    assert db.execute("SELECT count(*) FROM facts").fetchone() == (0,)
    assert {row[0] for row in db.execute("SELECT status FROM page_fields")} == {"not looked for"}


def test_a_page_that_turns_empty_keeps_its_last_good_version(db: Database, take: Take) -> None:
    take(capture(URL, PAGE))
    take(capture(URL, "", day=2), capture(URL, "", day=3))
    assert page(db)["state"] == "empty"
    assert len(versions(db)) == 1
    assert db.execute("SELECT count(*) FROM projects").fetchone() == (1,)
    take(capture(URL, PAGE, day=4))
    assert page(db)["state"] == "ok"
    assert [row[:3] for row in changes(db)] == [("state", "ok", "empty"), ("state", "empty", "ok")]


def test_a_fault_of_a_rule_costs_one_page(db: Database, take: Take) -> None:
    summary = take(capture(URL, "boom"), capture(f"{URL}2", PAGE))
    assert (summary.failed, summary.problems, summary.totals["pages"]) == (1, {"rule": 1}, 1)
    assert db.execute("SELECT message FROM problems").fetchall() == [("ValueError: boom",)]


def test_the_same_record_is_stored_once(db: Database, take: Take) -> None:
    one = capture(URL, PAGE, warc_file="a.warc.gz", warc_offset=7)
    assert take(one, one).actions == {"new": 1, "skipped": 1}
    assert db.execute("SELECT count(*) FROM captures").fetchone() == (1,)


def test_an_attachment_knows_its_page_whichever_comes_first(db: Database, take: Take) -> None:
    liite = capture("http://site.example/liite.pdf", "title: Liite\n", via=URL)
    take(liite, capture(URL, PAGE))
    assert page(db, liite.url)["parent_id"] == page(db)["id"]
    assert db.execute("SELECT count(*) FROM project_pages").fetchone() == (2,)


def test_stated_not_stated_and_not_looked_for(db: Database, take: Take) -> None:
    take(capture(URL, PAGE))
    status = dict(db.execute("SELECT field, status FROM page_fields").fetchall())
    assert [status[name] for name in ("end", "start", "partners", "funders", "closes")] == [
        *("stated", "not stated", "stated", "not stated", "not looked for")
    ]


TEXTS = [PAGE, LATER, "kind: other\ntitle: Muu\n"]


def _state_of(path: str, captures: list[Capture]) -> tuple[list[dict[str, object]], list[tuple[object, ...]]]:
    db = open_archive(path, create=True)
    flow = Flow(db, read=plain_read, extract=plain_extract)
    for one in captures:
        flow.take(one)
    pages = db.execute("SELECT id, kind, title, first_seen, last_seen FROM pages ORDER BY id").fetchall()
    records = list(current_records(db))
    db.conn.close()
    return records, pages


@settings(max_examples=25, deadline=None)
@given(
    days=st.lists(st.tuples(st.integers(0, 2), st.sampled_from(TEXTS[:3])), min_size=1, max_size=6), seed=st.randoms()
)
def test_the_order_of_arrival_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, days: list[tuple[int, str]], seed: object
) -> None:
    captures = [capture(f"{URL}{site}", text, day=day) for day, (site, text) in enumerate(days, start=1)]
    shuffled = [replace(one) for one in captures]
    seed.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis' Random
    folder = tmp_path_factory.mktemp("order")
    assert _state_of(f"{folder}/a.db", captures) == _state_of(f"{folder}/b.db", shuffled)


def test_history_is_right_whatever_comes_late(db: Database, take: Take) -> None:
    take(capture(URL, PAGE, day=1), capture(URL, PAGE, day=9))
    take(capture(URL, LATER, day=12))
    take(capture(URL, LATER, day=11))
    assert [(first, last) for first, last, _ in versions(db)] == [("01", "09"), ("11", "12")]
    assert {row[3] for row in changes(db)} == {"11"}
    take(capture(URL, "kind: other\n", day=10))
    assert [(row[0], row[3]) for row in changes(db)][:2] == [("kind", "10"), ("title", "10")]
    assert page(db)["kind"] == "project"
