"""Re-crawls: validators, intervals, gone and moved pages, kills, alarms."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from hostile import PAGE, Bench, HostileServer, Reply

from archive.alarms import standing_alarms
from archive.captures import capture_files, read_stored
from archive.hosts import judged_trust
from archive.schema import open_archive


def _with_etag(body: str, tag: str) -> Reply | object:
    def route(handler: BaseHTTPRequestHandler) -> Reply:
        if handler.headers.get("If-None-Match") == tag:
            return Reply(b"", 304, {"ETag": tag})
        return Reply(body, 200, {"ETag": tag, "Last-Modified": "Mon, 06 May 2024 07:00:00 GMT"})

    return route


def test_a_second_crawl_fetches_nothing(server: HostileServer, site: Bench) -> None:
    site.crawl()
    asked = len(server.seen)
    site.crawl()
    assert len(server.seen) == asked


def test_validators_are_sent_and_a_304_moves_last_seen_only(server: HostileServer, site: Bench) -> None:
    server.routes["/hanke/a"] = _with_etag(PAGE.format("Hanke A", ""), '"v1"')  # type: ignore[assignment]
    site.crawl()
    captures = site.rows("SELECT count(*) FROM captures")
    site.age()
    seen = site.rows("SELECT last_seen FROM pages WHERE url LIKE '%/a'")
    summary = site.crawl(all=True)
    request = [headers for _, path, headers in server.seen if path == "/hanke/a"][-1]
    assert request["if-none-match"] == '"v1"'
    assert request["if-modified-since"] == "Mon, 06 May 2024 07:00:00 GMT"
    assert site.visit("/hanke/a")[:2] == ("ok", 304)
    assert summary.actions["unchanged"] == 2
    assert site.rows("SELECT last_seen FROM pages WHERE url LIKE '%/a'") > seen
    assert site.rows("SELECT count(*) FROM captures WHERE url LIKE '%/a'")[0][0] == 1
    assert captures[0][0] == 2
    files = capture_files(site.folder / "captures")
    kept = [
        stored.capture.status for path in files for stored in read_stored(path) if stored.capture.url.endswith("/a")
    ]
    assert kept == [200, 304]


def test_the_same_text_in_other_markup_is_no_change(server: HostileServer, site: Bench) -> None:
    site.crawl()
    server.routes["/hanke/a"] = Reply(PAGE.format("Hanke A", "").replace("<p>", "<p class='uusi'>"))
    assert site.crawl(all=True).actions["changed"] == 0
    assert site.rows("SELECT count(*) FROM page_versions") == [(2,)]


def test_intervals_adapt(server: HostileServer, site: Bench) -> None:
    week = 7 * 86_400
    site.crawl()
    server.page("/hanke/b", "Hanke B on muuttunut")
    site.crawl(all=True)
    intervals = dict(site.rows("SELECT substr(url, -1), interval_s FROM visits WHERE role = 'page'"))
    assert intervals == {"a": int(week * 1.5), "b": week // 2}


def test_gone_after_two_sightings_and_back_again(server: HostileServer, site: Bench) -> None:
    site.crawl()
    there = server.routes["/hanke/a"]
    server.routes["/hanke/a"] = Reply(b"", 404)
    site.age()
    site.crawl(all=True)
    assert site.visit("/hanke/a") == ("missing", 404, 1)
    assert site.rows("SELECT gone_at FROM pages WHERE url LIKE '%/a'") == [(None,)]
    site.age()
    site.crawl(all=True)
    assert site.visit("/hanke/a") == ("gone", 404, 2)
    assert site.rows("SELECT gone_at IS NOT NULL FROM pages WHERE url LIKE '%/a'") == [(1,)]
    assert site.rows("SELECT gone FROM runs WHERE source_id = 'test' ORDER BY id DESC LIMIT 1") == [(1,)]
    server.routes["/hanke/a"] = there
    site.age()
    site.crawl(all=True)
    assert site.visit("/hanke/a") == ("ok", 200, 0)
    assert site.rows("SELECT gone_at FROM pages WHERE url LIKE '%/a'") == [(None,)]


@pytest.mark.parametrize(
    "reply",
    [
        Reply("<html><title>Sivua ei löytynyt | Tredu</title><body><h1>Sivua ei löytynyt</h1></body></html>"),
        Reply("<html><title>Optima</title><body><h1>Sidan hittades inte</h1></body></html>"),
        Reply(b"", 302, {"Location": "/"}),
        Reply(b"", 301, {"Location": "/fi/"}),
        Reply(b"", 410),
    ],
    ids=["soft-fi", "soft-sv", "front-page", "front-page-fi", "410"],
)
def test_other_ways_of_being_gone(server: HostileServer, site: Bench, reply: Reply) -> None:
    site.crawl()
    site.age()
    server.routes["/hanke/a"] = reply
    site.crawl(all=True)
    assert site.visit("/hanke/a")[0] == "missing"
    assert site.rows("SELECT misses FROM pages WHERE url LIKE '%/a'") == [(1,)]
    assert site.rows("SELECT count(*) FROM page_versions") == [(2,)]


def test_a_moved_page_is_visited_under_its_new_address(server: HostileServer, site: Bench) -> None:
    site.crawl()
    server.routes["/hanke/a"] = Reply(b"", 301, {"Location": "/hanke/uusi-a"})
    server.page("/hanke/uusi-a", "Hanke A")
    site.crawl(all=True)
    assert site.visit("/hanke/a")[0] == "alias"
    assert site.rows("SELECT requested_url FROM captures WHERE url LIKE '%uusi-a'") == [(f"{server.url}/hanke/a",)]


def test_redirect_loops_end(server: HostileServer, site: Bench) -> None:
    server.routes["/hanke/a"] = Reply(b"", 302, {"Location": "/hanke/c"})
    server.routes["/hanke/c"] = Reply(b"", 302, {"Location": "/hanke/a"})
    site.crawl()
    assert server.paths.count("/hanke/a") == 1
    assert server.paths.count("/hanke/c") == 1


def test_one_page_under_many_addresses(server: HostileServer, site: Bench) -> None:
    server.page(
        "/",
        "Hankkeet",
        ("/hanke/a", "/hanke/a/", "/hanke/a?utm_source=x", "/hanke/a#osa", "/hanke/a;jsessionid=00FF", "/./hanke/a"),
    )
    site.crawl()
    assert [path for path in server.paths if path.startswith("/hanke")] == ["/hanke/a"]


def test_canonical_links_lead_to_the_page(server: HostileServer, site: Bench) -> None:
    head = f"<link href='{server.url}/hanke/a' rel='canonical'>"
    server.routes["/hanke/b"] = Reply(PAGE.format("Hanke A", "").replace("</head>", head + "</head>"))
    site.crawl()
    assert site.pages() == [f"{server.url}/hanke/a"]
    assert site.visit("/hanke/b")[0] == "alias"


def test_only_what_is_due(server: HostileServer, site: Bench) -> None:
    site.crawl()
    site.make_due("/hanke/b")
    asked = len(server.seen)
    site.crawl()
    assert [path for path in server.paths[asked:] if path.startswith("/hanke")] == ["/hanke/b"]


def test_limit(server: HostileServer, site: Bench) -> None:
    server.page("/", "Hankkeet", tuple(f"/hanke/{n}" for n in range(9)))
    server.routes["/robots.txt"] = server.routes["/.well-known/tdmrep.json"] = Reply(b"", 404)
    server.routes["*"] = Reply(PAGE.format("Hanke", ""))
    site.crawl(limit=4)
    assert sum(path.startswith("/hanke") for path in server.paths) == 3
    site.crawl()
    assert len([path for path in server.paths if path.startswith("/hanke")]) == 9


def test_a_deadline_that_is_near_is_watched_daily(server: HostileServer, site: Bench) -> None:
    closes = time.strftime("%-d.%-m.%Y", time.localtime(time.time() + 5 * 86_400))
    server.page("/hanke/a", "Avustusta haettavana")
    text = f"<p>Valtionavustusta voi hakea {closes} klo 16.15 mennessä. Haettavana on 500 000 euroa.</p>"
    server.routes["/hanke/a"] = Reply(
        f"<html lang='fi'><h1>Valtionavustus: avustushaku</h1>{text}<p>Hakuaika päättyy {closes}</p>"
    )
    site.crawl()
    if site.rows("SELECT kind FROM pages WHERE url LIKE '%/a'") == [("call",)]:
        due = site.rows("SELECT julianday(due_at) - julianday('now') FROM visits WHERE url LIKE '%/a'")[0][0]
        assert 0.9 < due < 1.1


@pytest.mark.parametrize(("foretold", "missed", "trusted"), [(4, 0, False), (5, 0, True), (9, 1, False), (20, 1, True)])
def test_trust_in_lastmod_is_earned(foretold: int, missed: int, trusted: bool) -> None:
    trust = 0.0
    for _ in range(foretold):
        trust = judged_trust(trust, predicted=True, changed=True)
    for _ in range(missed):
        trust = judged_trust(trust, predicted=False, changed=True)
    assert (trust >= 5.0) is trusted


def test_kill_and_go_on(server: HostileServer, site: Bench) -> None:
    """`kill -9` in the middle: what was captured is not fetched again, and nothing is missing in the end."""
    pages = tuple(f"/hanke/{n}" for n in range(40))
    server.page("/", "Hankkeet", pages)
    for page in pages:
        server.page(page, f"Hanke {page}")
    site.fields["delay"] = 0.03
    site.crawl(limit=1)
    program = textwrap.dedent(
        f"""
        from pathlib import Path
        from crawlers.run import crawl
        folder = Path({str(site.folder)!r})
        crawl(sources=folder / "sources", db=folder / "archive.db", captures=folder / "captures")
        """
    )
    child = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.DEVNULL)
    while sum(path.startswith("/hanke") for path in server.paths) < 12:
        time.sleep(0.01)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    done = {row[0] for row in site.rows("SELECT url FROM captures")}
    asked = len(server.seen)
    site.crawl()
    again = {server.url + path for path in server.paths[asked:]}
    assert len(done) >= 10
    assert not done & again
    assert len(site.pages()) == 40
    assert ("failed", "interrupted") in site.rows("SELECT state, message FROM runs WHERE source_id = 'test'")


@pytest.mark.parametrize(
    ("change", "alarm"),
    [
        (lambda site, _: site.fields.update(expect={"pages": 3}), "too-few-pages"),
        (lambda _, server: server.page("/", "Uusi ulkoasu"), "zero-cards"),
    ],
)
def test_alarms(server: HostileServer, site: Bench, change: object, alarm: str) -> None:
    change(site, server)  # type: ignore[operator]
    site.crawl()
    assert site.rows("SELECT class FROM problems") == [(alarm,)]
    assert site.rows("SELECT state FROM runs WHERE source_id = 'test'") == [("partial",)]


PROJECT = (
    "<html lang='fi'><h1>Osaava työpaikka -hanke {0}</h1><p>Hankkeessa kehitetään ammatillisten oppilaitosten ja yritysten "
    "yhteistyötä. Hankkeen tavoitteena on työpaikalla oppimisen malli.</p>{1}<h2>Rahoittaja</h2><p>Opetushallitus</p>"
    "<h2>Kumppanit</h2><ul><li>Koulutuskuntayhtymä OSAO</li><li>Omnia</li></ul></html>"
)


def test_a_redesign_that_empties_a_field_is_an_alarm(server: HostileServer, site: Bench) -> None:
    pages = tuple(f"/hanke/{n}" for n in range(6))
    server.page("/", "Hankkeet", pages)
    for page in pages:
        server.routes[page] = Reply(PROJECT.format(page, "<h2>Hankeaika</h2><p>1.3.2024–31.12.2025</p>"))
    site.crawl()
    assert site.rows("SELECT count(*) FROM page_fields WHERE field = 'end' AND status = 'stated'") == [(6,)]
    for page in pages:
        server.routes[page] = Reply(PROJECT.format(page, ""))
    site.age()
    site.crawl(all=True)
    assert any("end is left on 0 of 6" in row[0] for row in site.rows("SELECT message FROM problems"))


@pytest.mark.parametrize("are_told", [True, False])
def test_new_pages_that_lack_what_the_old_ones_had_are_an_alarm(
    server: HostileServer, site: Bench, *, are_told: bool
) -> None:
    paths = [f"/hanke/n{number}" for number in range(6)]
    server.page("/", "Hankkeet", tuple(paths))
    period = "<h2>Hankeaika</h2><p>1.3.2024–31.12.2025</p>"
    for path in paths:
        server.routes[path] = Reply(PROJECT.format(path, period))
    site.crawl()
    new = [f"/hanke/u{number}" for number in range(6)]
    server.page("/", "Hankkeet", (*paths, *new))
    for path in new:
        server.routes[path] = Reply(PROJECT.format(path, period if are_told else ""))
    site.make_due()
    site.age()
    site.crawl()
    scarce = [row[0] for row in site.rows("SELECT message FROM problems WHERE class = 'field-scarce'")]
    assert (
        any("0 of 6 new pages of kind project have end, 6 of 6 had it before" in line for line in scarce)
        is not are_told
    )


def test_attachments_belong_to_their_page(server: HostileServer, site: Bench) -> None:
    pdf = (Path(__file__).parents[2] / "examples/sites/rahoittaja/sites/default/files/documents").glob("*.pdf")
    server.page("/hanke/a", "Hanke A", tuple(f"/liite{n}.pdf" for n in range(15)))
    for n in range(15):
        server.routes[f"/liite{n}.pdf"] = Reply(
            next(iter(pdf), Path(__file__)).read_bytes() if n == 0 else b"%PDF-", 200
        )
    site.crawl()
    assert site.rows("SELECT count(*) FROM visits WHERE role = 'attachment'") == [(10,)]
    assert site.rows("SELECT via FROM captures WHERE url LIKE '%liite0.pdf'") == [(f"{server.url}/hanke/a",)]


def test_an_alarm_stands_until_the_list_is_read_anew(server: HostileServer, site: Bench) -> None:
    server.page("/", "Uusi ulkoasu")
    site.crawl()
    site.age()
    site.crawl()
    assert standing_alarms(open_archive(site.folder / "archive.db"), "test") == [
        f"{server.url}/: the listing leads to no page that is kept"
    ]
    server.page("/", "Hankkeet", ("/hanke/a",))
    site.make_due("/")
    site.crawl()
    assert standing_alarms(open_archive(site.folder / "archive.db"), "test") == []


def test_too_few_pages_are_told_once_a_round_and_idle_runs_leave_no_row(site: Bench) -> None:
    site.fields["expect"] = {"pages": 3}
    site.crawl()
    site.age()
    site.make_due("/hanke/a")
    site.crawl()
    assert site.rows("SELECT due FROM runs WHERE source_id = 'test'") == [(3,), (1,)]
    assert site.rows("SELECT class FROM problems") == [("too-few-pages",)]
    site.crawl()
    assert site.rows("SELECT count(*) FROM runs WHERE source_id = 'test'") == [(2,)]
    assert site.rows("SELECT count(*) FROM runs WHERE source_id IS NULL") == [(3,)]


def test_a_list_that_has_moved_and_is_empty_is_an_alarm(server: HostileServer, site: Bench) -> None:
    server.routes["/"] = Reply(b"", 301, {"Location": "/hankkeet"})
    server.page("/hankkeet", "Hankkeet", ("/hanke/a",))
    site.crawl()
    assert site.rows("SELECT class FROM problems") == []
    server.page("/hankkeet", "Uusi ulkoasu")
    site.age()
    site.make_due()
    site.crawl()
    assert site.rows("SELECT class FROM problems") == [("zero-cards",)]
