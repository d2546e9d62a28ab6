"""What happens to a crawl that nobody looks at for years: lists shrink, servers fail for an hour or for good, dates lie."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
import yaml
from hostile import PAGE, Bench, HostileServer, Reply
from sqlite_utils import Database

from archive.frontier import Round, Visit, due_visits
from archive.hosts import Host, judged_trust, load_host, save_host
from archive.schema import open_archive
from crawlers import spider
from crawlers.hosts import FIRST_REST_S, HostBook
from crawlers.settings import SETTINGS

ROOT = Path(__file__).parents[2]


def _days_until_due(site: Bench) -> dict[str, float]:
    rows = site.rows("SELECT url, julianday(due_at) - julianday('now') FROM visits")
    return {url[url.index("/", 8) :]: days for url, days in rows}


def _later(site: Bench, crawls: int = 1) -> None:
    for _ in range(crawls):
        site.age()
        site.make_due()
        site.crawl()


def test_a_list_with_an_alarm_is_asked_for_anew(server: HostileServer, site: Bench) -> None:
    def same(handler: BaseHTTPRequestHandler) -> Reply:
        known = handler.headers.get("If-None-Match") == '"e"'
        return Reply(status=304) if known else Reply(PAGE.format("Hankkeet", ""), headers={"ETag": '"e"'})

    server.routes["/"] = same
    site.crawl()
    _later(site)
    assert site.rows("SELECT DISTINCT class FROM problems WHERE settled_at IS NULL") == [("zero-cards",)]
    server.page("/", "Hankkeet", ("/hanke/a",))
    _later(site)
    assert site.rows("SELECT class FROM problems WHERE settled_at IS NULL") == []


@pytest.mark.parametrize("status", [429, 500, 503])
def test_robots_that_fail_for_an_hour_cost_no_week(server: HostileServer, site: Bench, status: int) -> None:
    site.crawl()
    server.routes["/robots.txt"] = Reply(b"", status)
    _later(site)
    assert all(days <= 1 for days in _days_until_due(site).values())
    server.seen.clear()
    site.crawl()
    assert server.seen == []


def test_robots_that_forbid_are_asked_once_an_interval(server: HostileServer, site: Bench) -> None:
    server.routes["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /hanke/b\n")
    site.crawl()
    assert 6.9 < _days_until_due(site)["/hanke/b"] <= 7


def test_a_host_that_is_lost_is_asked_ever_more_seldom(
    site: Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(SETTINGS, "BACKOFF_FIRST_WAIT", 0.01)
    site.fields["start"] = ["http://127.0.0.1:9/"]
    for _ in range(3):
        site.crawl()
        site.make_due()
    assert site.rows("SELECT state, message FROM runs WHERE source_id = 'test'") == [("failed", "refused 1")]
    assert capsys.readouterr().err.count("nothing was fetched") == 1


def test_the_rest_of_a_lost_host(tmp_path: Path) -> None:
    db = open_archive(tmp_path / "hosts.db", create=True)
    rests = []
    for _ in range(7):
        save_host(
            db, Host("a.example", failures=load_host(db, "a.example").failures), checked_at="2026-01-01T00:00:00Z"
        )
        book = HostBook(db)
        book.note_reached("a.example", reached=False)
        rests.append(round(book.backoff_left("a.example") / FIRST_REST_S))
        book.save()
    assert rests == [1, 2, 4, 8, 16, 32, 32]
    HostBook(db).note_reached("a.example", reached=True)
    book = HostBook(db)
    book.note_reached("a.example", reached=True)
    book.save()
    assert load_host(db, "a.example").failures == 0


def test_dates_that_are_always_new_make_nothing_due(server: HostileServer, site: Bench) -> None:
    def dated(_: BaseHTTPRequestHandler) -> Reply:
        entry = f"<url><loc>{server.url}/hanke/a</loc><lastmod>{datetime.now(UTC).isoformat()}</lastmod></url>"
        return Reply(f"<urlset>{entry}</urlset>")

    server.routes["/map.xml"] = dated
    site.fields |= {"start": [], "sitemap": [f"{server.url}/map.xml"]}
    site.crawl()
    for _ in range(3):
        site.age()
        site.make_due("map.xml")
        site.crawl()
    assert server.paths.count("/hanke/a") == 1


def test_dates_of_a_trusted_host_make_due(server: HostileServer, site: Bench) -> None:
    entry = "<url><loc>{0}/hanke/{1}</loc><lastmod>{2}</lastmod></url>"
    site.fields |= {"start": [], "sitemap": [f"{server.url}/map.xml"]}

    def publish(*dates: str) -> None:
        entries = (entry.format(server.url, name, date) for name, date in zip("ab", dates, strict=True))
        server.routes["/map.xml"] = Reply(f"<urlset>{''.join(entries)}</urlset>")

    publish("2020-01-01", "2020-01-01")
    site.crawl()
    host = server.url.removeprefix("http://")
    save_host(
        open_archive(site.folder / "archive.db"), Host(host, lastmod_trust=9.0), checked_at="2026-01-01T00:00:00Z"
    )
    publish("2020-01-02", datetime.now(UTC).isoformat())
    site.age()
    site.make_due("map.xml")
    server.seen.clear()
    site.crawl()
    assert [path for path in server.paths if path.startswith("/hanke")] == ["/hanke/b"]
    assert _days_until_due(site)["/hanke/a"] > 27


@pytest.mark.parametrize(("real", "made_up", "trust"), [(5, 0, 5.0), (5, 4, 3.0), (10, 10, 5.0), (1, 9, -3.5)])
def test_changes_that_a_sitemap_makes_up_cost_trust(real: int, made_up: int, trust: float) -> None:
    found = 0.0
    for changed in (True,) * real + (False,) * made_up:
        found = judged_trust(found, predicted=True, changed=changed)
    assert found == trust


def test_a_list_that_has_fewer_pages_than_it_had(server: HostileServer, site: Bench) -> None:
    server.page("/", "Hankkeet", ("/hanke/a", "/?page=2"))
    server.page("/?page=2", "Hankkeet", ("/hanke/b",))
    site.crawl()
    server.page("/", "Hankkeet", ("/hanke/a", "/hanke/b"))
    del server.routes["/?page=2"]
    _later(site, 3)
    assert site.rows("SELECT state, failed FROM runs WHERE source_id = 'test' ORDER BY id DESC LIMIT 1") == [
        ("done", 0)
    ]
    assert server.paths.count("/?page=2") == 3


def test_the_list_itself_is_missed(server: HostileServer, site: Bench) -> None:
    site.crawl()
    server.routes["/"] = Reply(b"", 404)
    _later(site, 3)
    assert site.rows("SELECT state, failed FROM runs WHERE source_id = 'test' ORDER BY id DESC LIMIT 1") == [
        ("partial", 1)
    ]
    assert _days_until_due(site)["/"] <= 1


@pytest.mark.parametrize(("status", "days"), [(403, 9), (451, 9), (500, 1)])
def test_what_is_refused_for_good_is_asked_for_ever_more_seldom(
    server: HostileServer, site: Bench, monkeypatch: pytest.MonkeyPatch, status: int, days: int
) -> None:
    monkeypatch.setitem(SETTINGS, "BACKOFF_FIRST_WAIT", 0.01)
    site.crawl()
    server.routes["/hanke/b"] = Reply(b"", status)
    _later(site)
    assert _days_until_due(site)["/hanke/b"] <= 1
    _later(site, 2)
    assert _days_until_due(site)["/hanke/b"] >= days - 0.1
    server.page("/hanke/b", "Hanke B")
    _later(site)
    assert site.visit("/hanke/b")[:2] == ("ok", 200)


def test_an_answer_has_its_own_source_looked_through_alone(
    server: HostileServer, site: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: Counter[str] = Counter()

    def looking(db: Database, turn: Round, **more: Any) -> list[Visit]:
        looked[turn.source_id] += 1
        return due_visits(db, turn, **more)

    monkeypatch.setattr(spider, "due_visits", looking)
    server.page("/", "Hankkeet", tuple(f"/hanke/{number}" for number in range(30)))
    server.routes["*"] = server.routes["/hanke/a"]
    server.routes["/robots.txt"] = server.routes["/.well-known/tdmrep.json"] = Reply(b"", 404)
    folder = site.folder / "sources"
    folder.mkdir()
    idle = site.fields | {"id": "idle", "start": [f"{server.url}/idle"], "keep": ["/idle/"]}
    (folder / "idle.yml").write_text(yaml.safe_dump(idle))
    site.crawl()
    assert len(site.pages()) == 30
    assert looked["idle"] <= 5 < looked["test"]


@pytest.mark.parametrize(
    ("signals", "state", "code"),
    [
        ([signal.SIGINT], "partial", 0),
        ([signal.SIGTERM], "partial", 0),
        ([signal.SIGTERM, signal.SIGTERM], "running", -signal.SIGTERM),
    ],
)
def test_signals(  # noqa: PLR0917 - pytest passes them by name
    server: HostileServer, site: Bench, tmp_path: Path, signals: list[signal.Signals], state: str, code: int
) -> None:
    pages = tuple(f"/hanke/{number}" for number in range(50))
    server.page("/", "Hankkeet", pages)
    for page in pages:
        server.page(page)
    server.routes["/hanke/3"] = Reply(script=lambda _: time.sleep(3))
    site.fields["delay"] = 0.05
    (tmp_path / "test.yml").write_text(yaml.safe_dump(site.fields))
    places = ["--db", str(site.folder / "archive.db"), "--captures", str(site.folder / "captures")]
    command = [sys.executable, "hankearkisto.py", "crawl", "--sources", str(tmp_path / "test.yml"), *places]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}) as process:
        while "/hanke/3" not in server.paths:
            time.sleep(0.05)
        for number in signals:
            process.send_signal(number)
            time.sleep(0.5)
    assert process.returncode == code
    assert site.rows("SELECT state FROM runs WHERE source_id = 'test'") == [(state,)]
    assert len(site.pages()) < 50
