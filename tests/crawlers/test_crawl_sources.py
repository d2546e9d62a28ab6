"""Source files: strict reading, and those that ship."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from crawlers.off_limits import off_limits
from crawlers.run import choose_sources
from crawlers.settings import SETTINGS, settings_for
from crawlers.sources import SourceError, load_sources
from crawlers.spiders import SPIDER_NAMES, spider_named

GOOD: dict[str, Any] = {
    "id": "tredu",
    "name": {"fi": "Tredu"},
    "spider": "site",
    "start": ["https://www.tredu.fi/hankkeet"],
    "keep": ["/hankkeet/", "^/uutinen/\\d+"],
    "skip": ["/hankkeet/arkisto"],
    "every": "7d",
}


def _file(folder: Path, fields: object, name: str = "a.yml") -> Path:
    path = folder / name
    path.write_text(fields if isinstance(fields, str) else yaml.safe_dump(fields), encoding="utf-8")
    return path


def test_a_source(tmp_path: Path) -> None:
    source = load_sources(_file(tmp_path, GOOD | {"expect": {"pages": 20}, "attachments": {"limit": 3}}))[0]
    assert (source.every, source.delay, source.expected_pages, source.attachments.limit) == (604_800, 1.0, 20, 3)
    assert source.keeps("https://www.tredu.fi/hankkeet/a")
    assert source.keeps("https://www.tredu.fi/uutinen/12")
    assert not source.keeps("https://www.tredu.fi/uutinen/a")
    assert not source.keeps("https://www.tredu.fi/hankkeet/arkisto/a")
    assert source.serves("https://tredu.fi/x")
    assert not source.serves("https://tredu.fi.attacker.example/x")
    assert not source.serves("https://www.tredu.fi:8443/x")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kepp": ["/a"]}, "kepp: unknown key"),
        ({"every": None}, "every: None must be a time"),
        ({"every": "7 days"}, "every: '7 days' must be a time"),
        ({"every": "0d"}, "every: '0d' must be a time"),
        ({"delay": "slow"}, "delay: 'slow' must be a number"),
        ({"delay": -1}, "delay: -1 must be a number"),
        ({"private": "yes"}, "private: must be true or false"),
        ({"expect": {"pages": "many"}}, "expect.pages: 'many' must be a whole number"),
        ({"expect": {"page": 3}}, "expect.page: unknown key"),
        ({"keep": "/hankkeet/"}, "keep: must be a list"),
        ({"keep": ["^/(hanke"]}, "keep: '^/(hanke' is no regular expression"),
        ({"start": ["www.tredu.fi"]}, "start: 'www.tredu.fi' is no http or https address"),
        ({"start": ["file:///etc/passwd"]}, "start: 'file:///etc/passwd' is no http"),
        ({"start": []}, "start: there is nothing to start from"),
        ({"id": "Tredu 1"}, "id: 'Tredu 1' must be small letters"),
        ({"name": {}}, "name: must hold keys and values"),
        ({"start": ["https://valtionavustukset.oph.fi/"]}, "off limits"),
    ],
)
def test_refused(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    path = _file(tmp_path, GOOD | change)
    with pytest.raises(SourceError) as error:
        load_sources(path)
    assert str(error.value).startswith(f"{path}: ")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("key", ["id", "name", "spider", "every"])
def test_required(tmp_path: Path, key: str) -> None:
    with pytest.raises(SourceError, match=f"{key}: missing"):
        load_sources(_file(tmp_path, {name: value for name, value in GOOD.items() if name != key}))


@pytest.mark.parametrize("text", ["id: [", "- a\n- b\n", "", "\x00", "a: b: c"])
def test_broken_files(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError, match=r"a\.yml"):
        load_sources(_file(tmp_path, text))


def test_folders(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        load_sources(tmp_path / "none")
    with pytest.raises(SourceError, match="no source files"):
        load_sources(tmp_path)
    _file(tmp_path, GOOD)
    _file(tmp_path, GOOD, "b.yml")
    with pytest.raises(SourceError, match="'tredu' is already used by"):
        load_sources(tmp_path)


def test_choosing(tmp_path: Path) -> None:
    sources = load_sources(_file(tmp_path, GOOD))
    assert list(choose_sources([], sources)) == ["tredu"]
    with pytest.raises(SourceError, match="unknown source 'nobody'"):
        choose_sources(["nobody"], sources)
    with pytest.raises(SourceError, match="spider: 'teleport' is none of"):
        choose_sources([], load_sources(_file(tmp_path, GOOD | {"spider": "teleport"})))


SHIPPED = load_sources()


@pytest.mark.parametrize("source", SHIPPED, ids=lambda source: source.id)
def test_shipped_sources(source: Any) -> None:
    assert source.spider in SPIDER_NAMES
    assert source.publisher
    assert source.terms
    assert source.robots_note
    assert source.expected_pages
    assert not source.private
    assert source.delay >= 1.0
    assert list(spider_named(source.spider).start(source))
    assert source.keep or source.spider in (
        "haeavustuksia",
        "eu_funding",
        "sitra",
        "hankeikkuna",
        "kohesio",
        "stea",
        "erasmus",
    )


def test_the_sources_that_matter_most() -> None:
    assert {
        "haeavustuksia",
        "eura2021-calls",
        "oph",
        "okm",
        "jotpa",
        "rakennerahastot",
        "eu-funding",
        "eura2014",
        "kohesio",
        "stea",
    } <= {source.id for source in SHIPPED}
    assert off_limits()["valtionavustukset.oph.fi"]


def test_settings_are_the_safe_ones() -> None:
    assert SETTINGS["ROBOTSTXT_OBEY"]
    assert SETTINGS["DOWNLOAD_VERIFY_CERTIFICATES"]
    assert not SETTINGS["TELNETCONSOLE_ENABLED"]
    assert not SETTINGS["REMOTE_CONTROL_ENABLED"]
    assert not SETTINGS["COOKIES_ENABLED"]
    assert {name for name, handler in SETTINGS["DOWNLOAD_HANDLERS"].items() if handler} == {"http", "https"}
    slots = settings_for(SHIPPED)["DOWNLOAD_SLOTS"]
    assert all(slot["delay"] >= 1.0 and slot["concurrency"] == 1 for slot in slots.values())
