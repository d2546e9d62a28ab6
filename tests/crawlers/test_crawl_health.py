"""Telling people: notices, trying a source, off-limits hosts."""

import io
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
import yaml
from hostile import Bench, HostileServer, Reply
from mail_server import certificate, mail_server

from crawlers.live import try_source
from crawlers.notify import notify
from crawlers.off_limits import why_off_limits


def test_webhook(server: HostileServer) -> None:
    posted: list[bytes] = []

    def hook(handler: Any) -> Reply:
        posted.append(handler.posted)
        return Reply(b"ok")

    server.routes["/hook"] = hook
    notify(["tredu: 3 pages, at least 20 are expected"], {"HANKEARKISTO_WEBHOOK": server.url + "/hook"})
    assert posted == [b'{"text": "tredu: 3 pages, at least 20 are expected"}']


TO = {"HANKEARKISTO_MAIL_TO": "a@b.example"}
LOGIN = {"HANKEARKISTO_MAIL_USER": "vahti", "HANKEARKISTO_MAIL_PASSWORD": "sana sanasta"}


def test_mail() -> None:
    with mail_server() as server:
        notify(["hälytys"], TO | {"HANKEARKISTO_MAIL_SERVER": server.address})
    message = message_from_bytes(server.messages[0])
    assert (message["To"], message["Subject"]) == ("a@b.example", "Hankearkisto: 1 alarms")
    assert str(message.get_payload(decode=True), "utf-8").strip() == "hälytys"


def test_mail_with_a_login_goes_over_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with mail_server(context) as server:
        notify(["alarm"], TO | LOGIN | {"HANKEARKISTO_MAIL_SERVER": server.address})
    assert server.logins == [("vahti", "sana sanasta")]
    assert server.commands.index("STARTTLS") < server.commands.index("AUTH")
    assert len(server.messages) == 1


@pytest.mark.parametrize("offers_tls", [False, True])
def test_no_password_without_tls_or_to_a_stranger(
    offers_tls: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    context = certificate(tmp_path)[0] if offers_tls else None
    with mail_server(context) as server:
        notify(["alarm"], TO | LOGIN | {"HANKEARKISTO_MAIL_SERVER": server.address})
    assert (server.logins, server.messages) == ([], [])
    assert capsys.readouterr().err.startswith("alarms could not be sent: ")


def test_a_source_that_answers_nothing_is_told(
    server: HostileServer, site: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    server.routes["/"] = Reply(b"", 403)
    server.routes["/robots.txt"] = Reply(b"", 404)
    site.fields["start"] = ["http://127.0.0.1:9/"]
    site.crawl()
    assert "alarm: test: nothing was fetched (refused 1)" in capsys.readouterr().err


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/hook", "file:///etc/passwd", "nonsense"])
def test_a_message_that_cannot_be_sent(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    notify(["alarm"], {"HANKEARKISTO_WEBHOOK": url})
    assert capsys.readouterr().err.startswith("alarms could not be sent: ")


def test_nothing_is_sent_without_alarms_or_wishes(server: HostileServer) -> None:
    notify([], {"HANKEARKISTO_WEBHOOK": server.url})
    notify(["alarm"], {})
    assert server.seen == []


def test_trying_a_source(server: HostileServer, site: Bench) -> None:
    server.page("/", "Hankkeet", tuple(f"/hanke/{n}" for n in range(30)))
    server.routes["*"] = server.routes["/hanke/a"]
    server.routes["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 0\n")
    folder = site.folder / "sources"
    folder.mkdir()
    (folder / "test.yml").write_text(yaml.safe_dump(site.fields), encoding="utf-8")
    out = io.StringIO()
    assert try_source("test", folder, out, requests=3) == 0
    assert out.getvalue().count("would archive") == 2
    assert "robots.txt read, crawl-delay 0.0" in out.getvalue()
    assert "test: 28 more addresses found" in out.getvalue()
    assert sum(path.startswith("/hanke") for path in server.paths) == 2


@pytest.mark.parametrize(
    ("host", "refused"), [("valtionavustukset.oph.fi", True), ("www.norden.org:443", True), ("www.oph.fi", False)]
)
def test_off_limits(host: str, refused: bool) -> None:
    assert bool(why_off_limits(host)) is refused
