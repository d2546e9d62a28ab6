"""`crawl --dask` with real worker processes: the archive is that of a crawl on one machine, whatever happens to workers."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import yaml
from distributed import Client, LocalCluster
from hostile import HostileServer
from upath import UPath

sys.path.insert(0, str(Path(__file__).parents[1] / "pipelines"))

from killing import content, faults, sources

from archive.captures import CaptureWriter
from archive.schema import open_archive
from crawlers.bundle import BundleOrder, crawl_bundle
from crawlers.bundles import share_out
from crawlers.run import crawl, crawl_sources
from crawlers.sources import Source, load_sources
from examples.serve import serving
from pipelines.cluster import Cluster
from pipelines.flow import Summary

# Of this process alone, that two runs of the tests do not meet.
PORT = 30_000 + os.getpid() % 500 * 8
TIMELESS = "SELECT url, source_id, role, via, etag, interval_s, unchanged_count, misses, state FROM visits ORDER BY url"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The example sites, and a crawl of them on this machine alone."""
    folder = tmp_path_factory.mktemp("whole")
    with serving(PORT):
        run(folder, sources(folder / "sources", PORT))
        yield folder


def run(folder: Path, sources: Path, address: str | None = None, **options: object) -> Summary:
    folder.mkdir(exist_ok=True)
    cluster = Cluster(address, folder / "shared") if address else None
    return crawl(sources=sources, db=folder / "a.db", captures=folder / "captures", cluster=cluster, **options)  # type: ignore[arg-type]


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    db = open_archive(folder / "a.db")
    found: list[tuple[object, ...]] = db.execute(sql).fetchall()
    db.conn.close()
    return found


def test_a_crawl_and_a_recrawl_on_a_cluster(served: Path, tmp_path: Path, cluster: LocalCluster) -> None:
    summary = run(tmp_path, served / "sources", cluster.scheduler_address)
    assert content(tmp_path) == content(served)
    assert faults(tmp_path) == []
    assert rows(tmp_path, TIMELESS) == rows(served, TIMELESS)
    counts = "SELECT source_id, fetched, new, changed, failed, state, message FROM runs WHERE source_id IS NOT NULL"
    assert rows(tmp_path, counts) == rows(served, counts)
    assert summary.actions["new"] == rows(tmp_path, "SELECT count(*) FROM pages")[0][0]
    assert not (tmp_path / "shared").exists()
    classes = "SELECT class, count(*) FROM problems GROUP BY class"
    assert rows(tmp_path, classes) == rows(served, classes)
    # Everything is asked for again, and answers that nothing has changed: no capture tells that, the excerpts do.
    seen = rows(tmp_path, "SELECT min(last_seen) FROM pages")
    time.sleep(1.1)
    again = run(tmp_path, served / "sources", cluster.scheduler_address, all=True)
    assert (again.actions["new"], again.actions["changed"]) == (0, 0)
    assert again.actions["unchanged"] > 20
    assert rows(tmp_path, "SELECT min(last_seen) FROM pages") > seen
    assert content(tmp_path) == content(served)
    assert faults(tmp_path) == []


def test_a_worker_that_is_killed_changes_nothing(served: Path, tmp_path: Path, cluster: LocalCluster) -> None:
    killed: list[int] = []

    def kill() -> None:
        while len(list((tmp_path / "captures").glob("*.warc.gz"))) < 2:
            time.sleep(0.02)
        with Client(cluster.scheduler_address, set_as_default=False) as client:
            killed.extend(client.run(os.getpid).values())
        os.kill(killed[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    run(tmp_path, served / "sources", cluster.scheduler_address)
    killer.join()
    assert content(tmp_path) == content(served)
    assert faults(tmp_path) == []
    # The lost worker's captures are in the archive, and its crawl ended with it: a third file, and nobody writes on it.
    assert len(list((tmp_path / "captures").glob("*.warc.gz"))) == 3
    files = rows(tmp_path, "SELECT count(DISTINCT warc_file) FROM captures")
    assert files[0][0] >= 2
    assert rows(tmp_path, TIMELESS) == rows(served, TIMELESS)


def test_a_bundle_that_fails_is_said_and_the_others_go_on(
    served: Path,
    tmp_path: Path,
    cluster: LocalCluster,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("crawlers.cluster._seed", _break_first_seed(monkeypatch))
    summary = run(tmp_path, served / "sources", cluster.scheduler_address)
    assert summary.failed > 0
    states = dict(rows(tmp_path, "SELECT state, count(*) FROM runs WHERE source_id IS NOT NULL GROUP BY state"))  # type: ignore[arg-type]
    assert states["failed"] >= 1
    assert states.get("done", 0) + states.get("partial", 0) >= 1
    assert "cannot be opened as an archive" in capsys.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_workers_finish_and_gives_the_rest_back(
    tmp_path: Path, cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """Three hosts for two workers: what was captured is archived, the third host is never asked, nothing is lost."""
    monkeypatch.setattr("crawlers.cluster.share_out", lambda sources, due, _workers: share_out(sources, due, 3))
    with ExitStack() as stack:
        servers = [stack.enter_context(many_pages()) for _ in range(3)]
        for at, server in enumerate(servers):
            fields = {
                "id": f"s{at}",
                "name": "Testi",
                "spider": "site",
                "start": [server.url + "/"],
                "keep": ["/hanke/"],
            }
            (tmp_path / f"s{at}.yml").write_text(
                yaml.safe_dump(fields | {"every": "7d", "delay": 0.1, "private": True})
            )
        (tmp_path / "shared").mkdir()
        (tmp_path / "shared" / "stop").touch()  # of an earlier crawl that was killed: says nothing to this one

        def interrupt() -> None:
            while sum("/hanke/2" in server.paths for server in servers) < 2:
                time.sleep(0.05)
            os.kill(os.getpid(), number)

        killer = threading.Thread(target=interrupt)
        killer.start()
        run(tmp_path, tmp_path, cluster.scheduler_address)
        killer.join()
        states = "SELECT state, message FROM runs WHERE source_id IS NOT NULL ORDER BY fetched"
        assert rows(tmp_path, states) == [("partial", "interrupted")] * 3
        fetched = [count for (count,) in rows(tmp_path, "SELECT fetched FROM runs WHERE source_id IS NOT NULL")]
        assert min(fetched) == 0 < sorted(fetched)[1]
        assert min(len(server.paths) for server in servers) == 0
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
        asked = sum(path.startswith("/hanke/") for server in servers for path in server.paths)
        assert rows(tmp_path, "SELECT count(*) FROM pages WHERE url LIKE '%/hanke/%'") == [(asked,)]
        assert 6 <= asked < 80
        assert faults(tmp_path) == []
        run(tmp_path, tmp_path, cluster.scheduler_address)
        assert rows(tmp_path, "SELECT count(*) FROM pages WHERE url LIKE '%/hanke/%'") == [(120,)]
        assert rows(tmp_path, "SELECT count(*) FROM captures WHERE url LIKE '%/hanke/%'") == [(120,)]


@contextmanager
def many_pages() -> Iterator[HostileServer]:
    """A site of forty pages."""
    pages = tuple(f"/hanke/{number}" for number in range(40))
    with HostileServer() as server:
        server.page("/", "Hankkeet", pages)
        for page in pages:
            server.page(page, f"Hanke {page}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_bundle_that_is_to_stop_before_it_begins_is_given_back(tmp_path: Path) -> None:
    order = BundleOrder("x-1", tuple(load_sources(None))[:1], tmp_path, tmp_path / "captures")
    BundleOrder("x-0", order.sources, tmp_path, order.captures).stop.touch()
    crawl_bundle(order)
    assert not order.state.exists()
    assert not order.captures.exists()


def test_a_stop_that_comes_while_the_crawl_starts_is_heeded(tmp_path: Path) -> None:
    """Scrapy forgets to stop where it is asked before it runs."""
    with many_pages() as server:
        fields = {"id": "s", "name": "Testi", "spider": "site", "start": [server.url + "/"], "keep": ["/hanke/"]}
        (tmp_path / "s.yml").write_text(yaml.safe_dump(fields | {"every": "7d", "delay": 0, "private": True}))
        (tmp_path / "stop").touch()
        db = open_archive(tmp_path / "a.db", create=True)
        with CaptureWriter(tmp_path / "captures") as writer:
            sources = {one.id: one for one in load_sources(tmp_path / "s.yml")}
            crawl_sources(db, sources, writer, is_part=True, stop=tmp_path / "stop")
        assert len(server.paths) <= 2
        assert db.execute("SELECT state, message FROM runs WHERE source_id = 's'").fetchall() == [
            ("partial", "interrupted")
        ]


def _break_first_seed(monkeypatch: pytest.MonkeyPatch) -> object:
    import crawlers.cluster

    whole = crawlers.cluster._seed

    def seed(db_path: Path, order: BundleOrder) -> None:
        whole(db_path, order)
        if order.name.endswith("-0"):
            order.seed.write_bytes(b"no archive at all, " * 100)

    return seed


def test_a_limit_is_shared_out_and_captures_go_to_a_store(served: Path, tmp_path: Path, cluster: LocalCluster) -> None:
    # A store that all processes see; as `file://` was written by a person it would be a plain path.
    store = Cluster(cluster.scheduler_address, UPath((tmp_path / "shared").as_uri()))
    captures = UPath((tmp_path / "captures").as_uri())
    crawl(sources=served / "sources", db=tmp_path / "a.db", captures=captures, cluster=store, limit=30)
    assert len(list((tmp_path / "captures").iterdir())) == 2
    assert rows(tmp_path, "SELECT count(*) FROM captures") > [(0,)]
    assert faults(tmp_path) == []
    assert rows(tmp_path, "SELECT sum(fetched) FROM runs WHERE source_id IS NOT NULL") == [(30,)]


def source(name: str, *hosts: str) -> Source:
    return Source(name, {"fi": name}, "site", 3600, tuple(f"https://{host}/" for host in hosts))


def test_hosts_are_never_shared_by_two_bundles() -> None:
    found = [source("a", "a.example"), source("b", "b.example"), source("ab", "www.a.example", "b.example")]
    found += [source(name, f"{name}.example") for name in "cdef"]
    by_id = {one.id: one for one in found}
    due = dict.fromkeys(by_id, 10) | {"f": 100}
    bundles = share_out(by_id, due, 3)
    assert [[one.id for one in bundle] for bundle in bundles] == [["f"], ["a", "ab", "b"], ["c", "d", "e"]]
    assert share_out(by_id, due, 99) == share_out(dict(reversed(by_id.items())), due, 99)
    assert len(share_out(by_id, due, 99)) == 5
    assert share_out({}, {}, 4) == []


def test_a_bundle_that_is_there_is_not_crawled_again(tmp_path: Path) -> None:
    order = BundleOrder("x-0", tuple(load_sources(None))[:1], tmp_path, tmp_path / "captures")
    order.state.write_bytes(b"done")
    crawl_bundle(order)
    assert [path.name for path in tmp_path.iterdir()] == ["x-0.state.db"]
