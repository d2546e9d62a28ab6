"""Robots, delays, reservations, back-off and budgets, against a server that tries them."""

import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from hostile import PAGE, Bench, HostileServer, Reply


def _drop(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.close()


@pytest.mark.parametrize(
    ("reply", "fetched"),
    [
        (Reply(b"User-agent: *\nDisallow:\n"), True),
        (Reply(b"", 404), True),
        (Reply(b"", 403), True),
        (Reply(b"<html>not a robots file</html>"), True),
        (Reply(b"User-agent: *\nDisallow: /\n"), False),
        (Reply(b"User-agent: Hankearkisto\nDisallow: /\n\nUser-agent: *\nDisallow:\n"), False),
        (Reply(b"", 500), False),
        (Reply(b"", 503), False),
        (Reply(b"", 429), False),
        (Reply(b"", 301, {"Location": "http://elsewhere.example/robots.txt"}), False),
        (Reply(b"", 301, {"Location": "/robots.txt"}), False),
        (Reply(script=_drop), False),
    ],
    ids=["empty", "404", "403", "html", "all", "by-name", "500", "503", "429", "off-site", "loop", "dropped"],
)
def test_robots(server: HostileServer, site: Bench, reply: Reply, fetched: bool) -> None:
    server.routes["/robots.txt"] = reply
    site.crawl()
    assert ("/hanke/a" in server.paths) is fetched
    assert any(word in site.failures() for word in ("robots", "dropped")) is not fetched
    # A source that cannot be read at all is told to a person.
    state, alarms = (
        site.rows("SELECT state FROM runs WHERE source_id = 'test'"),
        site.rows("SELECT class FROM problems"),
    )
    told = [("dropped",)] if reply.script else [("shut-out",)]
    assert (alarms, state[0][0] == "done") == ([] if fetched else told, fetched)


def test_robots_redirect_on_the_same_site_is_followed(server: HostileServer, site: Bench) -> None:
    server.routes["/robots.txt"] = Reply(b"", 302, {"Location": "/static/robots.txt"})
    server.routes["/static/robots.txt"] = Reply(b"User-agent: *\nDisallow: /hanke/b\n")
    site.crawl()
    assert "/hanke/a" in server.paths
    assert "/hanke/b" not in server.paths
    assert site.visit("/hanke/b")[0] == "robots"


def test_sitemaps_that_robots_names(server: HostileServer, site: Bench) -> None:
    server.routes["/robots.txt"] = Reply(
        f"Sitemap: {server.url}/kartta.xml\nSitemap: https://elsewhere.example/m.xml\n"
    )
    server.routes["/kartta.xml"] = Reply(f"<urlset><url><loc>{server.url}/hanke/c</loc></url></urlset>")
    server.routes["/sitemap.xml"] = Reply("<urlset></urlset>")
    server.page("/hanke/c", "Hanke C")
    site.crawl()
    assert "/kartta.xml" not in server.paths
    site.fields["sitemap"] = [server.url + "/sitemap.xml"]
    site.crawl(all=True)
    assert f"{server.url}/hanke/c" in site.pages()


def test_a_refusal_by_robots_is_no_failure(server: HostileServer, site: Bench) -> None:
    server.routes["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /hanke/b\n")
    assert site.crawl().failed == 0
    assert site.rows("SELECT state, failed FROM runs WHERE source_id = 'test'") == [("done", 0)]


def test_crawl_delay_is_kept(server: HostileServer, site: Bench) -> None:
    server.routes["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 0.4\n")
    started = time.monotonic()
    site.crawl()
    # The list, the reservations and two pages are at least three gaps apart.
    assert time.monotonic() - started >= 3 * 0.4


def test_own_delay_is_kept_where_it_is_longer(server: HostileServer, site: Bench) -> None:
    server.routes["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 0.05\n")
    site.fields["delay"] = 0.3
    started = time.monotonic()
    site.crawl()
    assert time.monotonic() - started >= 3 * 0.3


def test_reservation_by_header(server: HostileServer, site: Bench) -> None:
    server.page("/hanke/a", "Varattu", headers={"tdm-reservation": "1"})
    site.crawl()
    assert site.pages() == [f"{server.url}/hanke/b"]
    assert "reserved 1" in site.failures()
    assert not any(b"Varattu" in path.read_bytes() for path in (site.folder / "captures").iterdir())


def test_reservation_by_meta_element(server: HostileServer, site: Bench) -> None:
    server.routes["/hanke/a"] = Reply(
        "<html><head><meta content='1' name='tdm-reservation'></head><body>x</body></html>"
    )
    site.crawl()
    assert site.pages() == [f"{server.url}/hanke/b"]


def test_reservation_by_well_known_file(server: HostileServer, site: Bench) -> None:
    server.routes["/.well-known/tdmrep.json"] = Reply(
        b'[{"location": "/hanke/*a$", "tdm-reservation": 1}, {"location": "/", "tdm-reservation": 0}]'
    )
    site.crawl()
    assert "/hanke/a" not in server.paths
    assert "/hanke/b" in server.paths


def test_retry_after_is_waited_for(server: HostileServer, site: Bench) -> None:
    times: list[float] = []

    def busy_once(_: BaseHTTPRequestHandler) -> Reply:
        times.append(time.monotonic())
        return Reply(b"", 503, {"Retry-After": "1"}) if len(times) == 1 else Reply(PAGE.format("Hanke A", ""))

    server.routes["/hanke/a"] = busy_once
    site.crawl()
    assert len(times) == 2
    assert times[1] - times[0] >= 0.9
    assert site.visit("/hanke/a")[:2] == ("ok", 200)


def test_a_long_retry_after_ends_the_hosts_turn(server: HostileServer, site: Bench) -> None:
    server.page("/", "Hankkeet", tuple(f"/hanke/{n}" for n in range(30)))
    server.routes["*"] = Reply(b"", 429, {"Retry-After": "3600"})
    server.routes["/robots.txt"] = Reply(b"", 404)
    server.routes["/.well-known/tdmrep.json"] = Reply(b"", 404)
    site.crawl()
    assert sum(path.startswith("/hanke/") for path in server.paths) <= 4
    asked = len(server.paths)
    site.crawl()
    assert len(server.paths) <= asked + 2
    assert site.rows("SELECT count(*) FROM visits WHERE state IS NULL")[0][0] >= 26


def test_server_errors_are_tried_thrice_and_counted(server: HostileServer, site: Bench) -> None:
    server.routes["/hanke/a"] = Reply(b"", 502)
    summary = site.crawl()
    assert server.paths.count("/hanke/a") == 3
    assert summary.failed == 1
    assert "5xx 1" in site.failures()
    assert site.visit("/hanke/a")[0] == "5xx"


def test_daily_budget(server: HostileServer, site: Bench) -> None:
    server.page("/", "Hankkeet", tuple(f"/hanke/{n}" for n in range(30)))
    server.routes["*"] = Reply("<h1>Hanke</h1><p>Teksti.</p>")
    site.fields["budget"] = 10
    site.crawl()
    assert len(server.paths) == 10
    assert "budget" in site.failures()
    site.crawl()
    assert len(server.paths) == 10


def test_nothing_but_get_is_sent_and_no_cookie_comes_back(server: HostileServer, site: Bench) -> None:
    server.page("/", "Hankkeet", ("/hanke/a", "/hanke/b"), headers={"Set-Cookie": "id=1; Path=/"})
    site.crawl()
    assert {method for method, _, _ in server.seen} == {"GET"}
    assert not any("cookie" in headers or "referer" in headers for _, _, headers in server.seen)
    agents = {headers["user-agent"] for _, _, headers in server.seen}
    assert len(agents) == 1
    assert agents.pop().startswith("Hankearkisto/")


def test_two_crawls_at_once(site: Bench, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from archive.lock import work_lock

    with work_lock(tmp_path / "archive.db"):
        summary = site.crawl()
    assert summary.failed == 0
    assert "nothing was done" in capsys.readouterr().err
    assert not (tmp_path / "archive.db").exists()


def test_a_crawl_delay_of_hours_is_kept_over_several_runs(server: HostileServer, site: Bench) -> None:
    server.routes["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 3600\n")
    started = time.monotonic()
    site.crawl()
    assert time.monotonic() - started < 20
    assert [path for path in server.paths if "." not in path] == ["/"]
    assert site.failures() == "backoff 2"
    site.crawl()
    assert [path for path in server.paths if "." not in path] == ["/"]
    connection = site.db
    with connection:
        connection.execute("UPDATE hosts SET backoff_until = '2020-01-01T00:00:00Z'")
    connection.close()
    site.crawl()
    assert [path for path in server.paths if "." not in path] == ["/", "/hanke/a"]


@pytest.mark.parametrize("delay", ["inf", "nan", "-3", "paljon"])
def test_a_crawl_delay_that_is_none(server: HostileServer, site: Bench, delay: str) -> None:
    server.routes["/robots.txt"] = Reply(f"User-agent: *\nCrawl-delay: {delay}\n")
    site.crawl()
    assert len(site.pages()) == 2
