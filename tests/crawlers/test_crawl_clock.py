"""Clocks that jump: what a wrong clock has planned or would erase."""

from datetime import UTC, datetime, timedelta

import pytest
from hostile import Bench, HostileServer, Reply

from archive.hosts import Host, save_host
from archive.schema import open_archive
from crawlers.clock import ClockWatch, told
from crawlers.hosts import HostBook

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PERSON = "<p>Lisätietoja: projektipäällikkö Aino Virtanen, aino.virtanen@tuulikoulu.example</p>"


@pytest.mark.parametrize(
    ("dates", "hours"),
    [
        ([], None),
        (["Sun, 01 Mar 2026 11:58:00 GMT"], None),
        (["Sun, 01 Mar 2026 02:00:00 GMT"], 10),
        (["Wed, 04 Mar 2026 12:00:00 GMT"], -72),
        (["Sun, 01 Mar 2026 12:00:00 GMT", "Sun, 01 Mar 2026 12:00:01 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"], None),
        (["no date", "2026-03-01", ""], None),
    ],
)
def test_most_servers_tell_whether_the_clock_is_wrong(dates: list[str], hours: int | None) -> None:
    watch = ClockWatch()
    for date in [None, *dates]:
        watch.note(date, NOW)
    assert watch.skew() == (None if hours is None else timedelta(hours=hours))


def test_a_skew_is_told_in_words() -> None:
    assert told(timedelta(days=3.5)) == "this machine's clock is 3.5 days ahead of the servers'"
    assert told(timedelta(hours=-5)) == "this machine's clock is 5.0 hours behind the servers'"


def test_what_a_clock_ahead_had_planned_is_due_at_once(server: HostileServer, site: Bench) -> None:
    server.page("/", links=("/hanke/a",))
    server.page("/hanke/a")
    site.crawl()
    connection = site.db
    with connection:
        connection.execute("UPDATE visits SET checked_at = '2099-01-01T00:00:00Z', due_at = '2099-01-08T00:00:00Z'")
    connection.close()
    server.seen.clear()
    site.crawl()
    assert "/hanke/a" in server.paths
    assert site.rows("SELECT count(*) FROM visits WHERE checked_at > '2098'") == [(0,)]


@pytest.mark.parametrize(("ahead", "people"), [(0.0, 0), (-900 * 86_400.0, 1)])
def test_nobody_expires_by_a_clock_that_is_wrong(server: HostileServer, site: Bench, ahead: float, people: int) -> None:
    server.page("/", links=("/hanke/a",))
    server.routes["/hanke/a"] = Reply(f"<html><body><h1>Tuulikoulu-hanke</h1>{PERSON}</body></html>")
    site.crawl()
    connection = site.db
    with connection:
        for table in ("contacts", "pages", "page_versions"):
            connection.execute(f"UPDATE {table} SET last_seen = '2020-01-01T00:00:00Z'")  # noqa: S608
    connection.close()
    server.clock_ahead = ahead
    server.routes["/hanke/a"] = Reply(b"", 500)
    site.make_due()
    site.crawl()
    assert site.rows("SELECT count(*) FROM contacts WHERE name LIKE 'Aino%'") == [(people,)]
    assert ("alarm clock" in site.failures()) == bool(people)


def test_a_host_rests_for_a_day_at_most(site: Bench) -> None:
    db = open_archive(site.folder / "hosts.db", create=True)
    book = HostBook(db)
    book.set_backoff("a.example", 10**9)
    assert 86_000 < book.backoff_left("a.example") <= 86_400
    save_host(db, Host("b.example", backoff_until="2099-01-01T00:00:00Z"), checked_at="2026-01-01T00:00:00Z")
    assert HostBook(db).backoff_left("b.example") == 0.0
