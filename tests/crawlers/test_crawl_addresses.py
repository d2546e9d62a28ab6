"""One spelling an address, bounds against traps, schedules."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.addresses import LONGEST, canonical, same_host, target, variants
from crawlers.schedule import parse_time, plan, predicts_change
from crawlers.traps import MOST_LISTINGS_OF_A_SHAPE, TrapGuard

BASE = "https://site.example/hankkeet/lista"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("a", "https://site.example/hankkeet/a"),
        ("/a/", "https://site.example/a/"),
        ("../a/./b/../c", "https://site.example/a/c"),
        ("//muu.example/x", "https://muu.example/x"),
        ("?page=2", "https://site.example/hankkeet/lista?page=2"),
        ("#osa", BASE),
        ("HTTPS://SITE.example:443/A", "https://site.example/A"),
        ("http://site.example:8080/a", "http://site.example:8080/a"),
        ("https://user:secret@site.example/a", "https://site.example/a"),
        ("/a?utm_source=x&utm_medium=y&id=3&fbclid=z", "https://site.example/a?id=3"),
        ("/a?b=2&a=1", "https://site.example/a?a=1&b=2"),
        ("/a;jsessionid=0A1B2C?x=1", "https://site.example/a?x=1"),
        ("/sv/newsid/20?PHPSESSID=abc", "https://site.example/sv/newsid/20"),
        ("/a?print=1", "https://site.example/a"),
        ("/hanke/yö äiti", "https://site.example/hanke/y%C3%B6%20%C3%A4iti"),
        ("/hanke/y%c3%b6", "https://site.example/hanke/y%C3%B6"),
        (" /a\n/b ", "https://site.example/a/b"),
        ("https://hankkeet.äänekoski.example/", "https://hankkeet.xn--nekoski-4waa.example/"),
        ("http://[2001:708::1]:8080/a", "http://[2001:708::1]:8080/a"),
    ],
)
def test_canonical(link: str, address: str) -> None:
    assert canonical(link, BASE) == address


@pytest.mark.parametrize(
    "link",
    [
        "mailto:a@b.example",
        "tel:+358",
        "javascript:void(0)",
        "data:text/html,x",
        "ftp://a/b",
        "http://",
        "http://[::1",
        "http://a:99999/",
        "/" + "a" * LONGEST,
    ],
)
def test_no_address(link: str) -> None:
    assert canonical(link, BASE) is None


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_canonical_is_settled(path: str) -> None:
    address = canonical("/" + path, BASE)
    assert address is None or canonical(address) == address


@pytest.mark.parametrize(
    ("url", "count"),
    [
        ("https://www.site.example/a", 8),
        ("https://site.example/a/", 8),
        ("https://site.example/", 4),
        ("https://site.example/a.pdf", 4),
    ],
)
def test_variants(url: str, count: int) -> None:
    found = variants(url)
    assert found[0] == url
    assert len(found) == len(set(found)) == count


def test_hosts_and_targets() -> None:
    assert same_host("www.site.example", "site.example")
    assert not same_host("site.example", "site.example.attacker.example")
    assert target("https://site.example/a?b=1") == "/a?b=1"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://a.example/hanke/1", None),
        ("https://a.example/" + "/".join("abcdefghijklm"), "path too deep"),
        ("https://a.example/x/y/x/y/x/y/x/y", "path repeats itself"),
        ("https://a.example/a?" + "&".join(f"p{n}={n}" for n in range(7)), "too many parameters"),
    ],
)
def test_traps(url: str, reason: str | None) -> None:
    assert TrapGuard().reason(url, listing=False) == reason


def test_listings_of_one_shape_end_and_pages_do_not() -> None:
    guard = TrapGuard()
    pages = [guard.reason(f"https://a.example/hanke/{n}", listing=False) for n in range(2 * MOST_LISTINGS_OF_A_SHAPE)]
    lists = [
        guard.reason(f"https://a.example/lista?page={n}", listing=True) for n in range(2 * MOST_LISTINGS_OF_A_SHAPE)
    ]
    assert set(pages) == {None}
    assert lists.count(None) == MOST_LISTINGS_OF_A_SHAPE


NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
DAY, WEEK = 86_400, 604_800


@pytest.mark.parametrize(
    ("sighting", "interval", "next_interval", "wait"),
    [
        ("new", None, WEEK, WEEK),
        ("unchanged", None, int(1.5 * WEEK), int(1.5 * WEEK)),
        ("unchanged", 4 * WEEK, 4 * WEEK, 4 * WEEK),
        ("changed", None, WEEK // 2, WEEK // 2),
        ("changed", WEEK // 4, WEEK // 4, WEEK // 4),
        ("missing", WEEK, WEEK, DAY),
        ("failed", WEEK, WEEK, DAY),
        ("way", 3 * WEEK, WEEK, WEEK),
    ],
)
def test_plan(sighting: str, interval: int | None, next_interval: int, wait: int) -> None:
    found = plan(sighting, interval, WEEK, NOW)  # type: ignore[arg-type]
    assert found.interval_s == next_interval
    assert found.due_at == NOW + timedelta(seconds=wait)


@pytest.mark.parametrize(
    ("lastmod", "predicted"),
    [
        ("2026-11-22T08:00:01Z", True),
        ("2026-11-22T07:59:59Z", False),
        ("2026-11-22T10:30:00+02:00", True),
        ("2026-11-22T09:30:00+02:00", False),
        ("2026-11-22", True),
        ("2026-11-21", False),
        ("2026-11", True),
        ("nonsense", True),
    ],
)
def test_predictions(lastmod: str, predicted: bool) -> None:
    assert predicts_change(lastmod, NOW) is predicted


def test_times() -> None:
    assert parse_time("2026-11-22T10:00:00+02:00") == NOW
    assert parse_time("2026-11") is None
