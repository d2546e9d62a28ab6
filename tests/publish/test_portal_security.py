"""What Datasette is guarded from, each tried."""

# ruff: noqa: S104 - the tests name the addresses that must not be served openly

import asyncio
import base64
import shutil
from pathlib import Path

import pytest

from publish.portal.security import BURST, Brake, data_policy, is_known_host
from publish.serve import is_loopback, serve
from publish.site import Site, SiteError
from tests.publish.conftest import Get, client


@pytest.mark.parametrize(
    "path",
    [
        "/archive?sql=select+1", "/archive.json?sql=select+1", "/archive.db", "/archive.csv?sql=select+1",
        "/archive/projects?_facet=title",
    ],
)  # fmt: skip
def test_sql_facets_and_downloads_are_closed(get: Get, path: str) -> None:
    assert get(path).status_code in (400, 403)


@pytest.mark.parametrize(
    "query", ["select 1; drop table pages", "attach '/etc/passwd' as x", "insert into meta values (1,2)"]
)
def test_analysts_can_only_read(archive: Path, loop: asyncio.AbstractEventLoop, query: str) -> None:
    get = client(Site(archive, analyst=True), loop)
    assert get("/archive.json", params={"sql": "select count(*) from projects"}).status_code == 200
    assert get("/archive.json", params={"sql": query}).status_code == 400


def test_long_values_are_refused(archive: Path, loop: asyncio.AbstractEventLoop) -> None:
    get = client(Site(archive, analyst=True), loop)
    response = get("/archive.json", params={"sql": "select length(printf('%.*c', 900000000, 'x'))"})
    assert response.status_code == 400 or (response.json()["rows"][0][0] or 0) <= 32_000_000


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_only_reading(archive: Path, loop: asyncio.AbstractEventLoop, method: str) -> None:
    from publish.site import make_datasette

    datasette = make_datasette(Site(archive))
    loop.run_until_complete(datasette.invoke_startup())
    response = loop.run_until_complete(datasette.client.request(method.upper(), "/fi"))
    assert response.status_code == 405


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("localhost", True), ("localhost:8001", True), ("127.0.0.1:8001", True), ("[::1]:8001", True),
        ("10.1.2.3", True), ("arkisto.example", True), ("ARKISTO.example:443", True), ("evil.example", False),
        ("", False), ("127.0.0.1.evil.example", False), ("localhost.evil.example", False),
    ],
)  # fmt: skip
def test_hosts(host: str, known: bool) -> None:
    assert is_known_host(host, frozenset({"arkisto.example"})) is known


def test_a_foreign_host_is_refused(get: Get) -> None:
    response = get("/fi", headers={"host": "evil.example"})
    assert response.status_code == 421
    assert "evil" not in response.text


@pytest.mark.parametrize(
    "path", ["/fi", "/archive", "/archive/projects.json", "/fi/search.csv", "/nothing", "/robots.txt"]
)
def test_every_answer_has_the_headers(get: Get, path: str) -> None:
    headers = get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe-inline" not in headers["content-security-policy"].partition("style-src")[0]


def test_scripts_of_the_stock_pages_are_known() -> None:
    assert "sha256-" in data_policy()
    assert "unsafe-eval" not in data_policy()


def test_a_password_closes_every_page(archive: Path, loop: asyncio.AbstractEventLoop) -> None:
    get = client(Site(archive, password="oikea"), loop)  # noqa: S106 - the test's own
    for path in ("/fi", "/archive/contacts.json", "/-/versions.json", "/fi/search.csv"):
        assert get(path).status_code == 401
        assert get(path, headers=_login("väärä")).status_code == 401
        assert get(path, headers={"authorization": "Basic ###"}).status_code == 401
        assert get(path, headers=_login("oikea")).status_code == 200


def _login(password: str) -> dict[str, str]:
    return {"authorization": f"Basic {base64.b64encode(f'tutkija:{password}'.encode()).decode()}"}


def test_brake_slows_one_address_only() -> None:
    brake = Brake()
    allowed = sum(brake.allows("192.0.2.1", 0.0) for _ in range(500))
    assert allowed == int(BURST)
    assert brake.allows("192.0.2.2", 0.0)
    assert brake.allows("192.0.2.1", 1.0)
    assert all(brake.allows("127.0.0.1", 0.0) for _ in range(500))


@pytest.mark.parametrize(
    ("host", "local"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)]
)
def test_loopback(host: str, local: bool) -> None:
    assert is_loopback(host) is local


def test_the_full_archive_needs_a_password(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HANKEARKISTO_PASSWORD", raising=False)
    with pytest.raises(SiteError, match="personal data"):
        serve(archive, "0.0.0.0", 0, full=True)


def test_the_world_gets_the_public_copy(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Site] = []
    source = tmp_path / "archive.db"
    shutil.copy(archive, source)
    monkeypatch.setattr("publish.serve.make_datasette", lambda site: served.append(site) or _Nothing())
    monkeypatch.setattr("publish.serve.uvicorn.run", lambda *_arguments, **_options: None)
    serve(source, "0.0.0.0", 0)
    serve(source, "127.0.0.1", 0)
    serve(source, "127.0.0.1", 0, address="https://arkisto.example")
    assert [site.db.name for site in served] == ["archive.public.db", "archive.db", "archive.public.db"]
    assert served[2].hosts == ("127.0.0.1", "arkisto.example")


def test_a_missing_archive_is_said(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="no archive"):
        serve(tmp_path / "none.db")


class _Nothing:
    def app(self) -> None:
        """No application."""
