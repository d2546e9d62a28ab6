"""A page that was erased on request: no crawl asks for it again, and its address stands nowhere."""

import gzip
import io
from collections.abc import Iterator

from hostile import PAGE, Bench, HostileServer, Reply

from pipelines.forget import forget
from pipelines.ingest import ingest


def _forget(site: Bench, url: str) -> None:
    forget("url", url, site.folder / "archive.db", site.folder / "captures", io.StringIO())


def _values(site: Bench) -> Iterator[str]:
    for (table,) in site.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"):
        yield from (str(value) for row in site.rows(f"SELECT * FROM [{table}]") for value in row)  # noqa: S608


def _is_named(site: Bench, path: str) -> bool:
    captured = b"".join(gzip.decompress(file.read_bytes()) for file in (site.folder / "captures").glob("*.gz"))
    heads = [line for line in captured.split(b"\r\n") if line.startswith(b"WARC-Target-URI")]
    return any(path in value for value in _values(site)) or any(path.encode() in line for line in heads)


def test_a_forgotten_page_is_not_asked_for(server: HostileServer, site: Bench) -> None:
    server.page("/hanke/b", "Hanke B", ("/hanke/unohdettu", "/hanke/muutti"))
    server.page("/hanke/unohdettu", "Unohdettu hanke")
    server.routes["/hanke/muutti"] = Reply(b"", 302, {"Location": "/hanke/unohdettu"})
    site.crawl()
    assert f"{server.url}/hanke/unohdettu" in site.pages()
    _forget(site, f"{server.url}/hanke/unohdettu")
    assert not _is_named(site, f"{server.url}/hanke/unohdettu")
    server.seen.clear()
    server.page("/hanke/b", "Hanke B2", ("/hanke/unohdettu", "/hanke/muutti", "/hanke/uusi"))
    server.page("/hanke/uusi", "Hanke U")
    site.crawl(all=True)
    assert "/hanke/uusi" in server.paths
    assert "/hanke/unohdettu" not in server.paths
    assert not _is_named(site, f"{server.url}/hanke/unohdettu")


def test_an_ingest_leaves_no_trace_of_it(server: HostileServer, site: Bench) -> None:
    site.crawl()
    file = site.folder / "unohdettu.html"
    file.write_text(PAGE.format("Unohdettu hanke", ""), "utf-8")
    _forget(site, file.as_uri())
    ingest([file], db_path=site.folder / "archive.db", captures=site.folder / "captures")
    assert not _is_named(site, "unohdettu.html")


def test_a_source_that_begins_with_it(server: HostileServer, site: Bench) -> None:
    server.page("/hanke/a", "Hanke A")
    site.fields["start"] = [f"{server.url}/", f"{server.url}/hanke/a"]
    site.crawl()
    _forget(site, f"{server.url}/hanke/a")
    server.seen.clear()
    site.crawl(all=True)
    assert "/hanke/a" not in server.paths
    assert "forgotten" in site.failures()
    assert site.pages() == [f"{server.url}/hanke/b"]
