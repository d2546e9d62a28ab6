"""A day of hourly crawls in fast time: nothing grows but the list of runs and what really changed."""

import resource
from pathlib import Path

from hostile import PAGE, Bench, HostileServer, Reply

HOURS = 24
GROWING = frozenset({"runs", "captures", "page_versions", "changes", "facts", "sqlite_sequence"})


def _counts(site: Bench) -> dict[str, int]:
    tables = [
        row[0] for row in site.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
    ]
    return {name: site.rows(f"SELECT count(*) FROM [{name}]")[0][0] for name in tables}  # noqa: S608 - names of the schema


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_a_day_of_crawls_grows_by_what_changed(server: HostileServer, site: Bench) -> None:
    asked = {"/hanke/a": '"1"', "/hanke/b": '"1"'}
    for path, tag in asked.items():
        plain = Reply(PAGE.format(f"Hanke {path[-1]}", ""), 200, {"ETag": tag})
        server.routes[path] = lambda handler, plain=plain, tag=tag: (  # type: ignore[misc]
            Reply(b"", 304, {"ETag": tag}) if handler.headers.get("If-None-Match") == tag else plain
        )
    site.crawl()
    site.make_due()
    site.age()
    site.crawl()
    before, kept, memory = _counts(site), _bytes(site.folder / "captures"), _memory()
    for hour in range(HOURS):
        if hour == 12:
            server.page("/hanke/b", "Hanke b muuttui")
        site.make_due()
        site.age()
        site.crawl()
    after = _counts(site)
    grown = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    # The index keeps the old words of the page that changed until it merges its parts.
    assert all(number < 20 for name, number in grown.items() if name.startswith("search_")), grown
    assert {name for name in grown if not name.startswith("search_")} <= GROWING, grown
    assert after["page_versions"] == before["page_versions"] + 1
    assert site.rows("SELECT count(*) FROM changes WHERE field = 'title'")[0][0] <= 1
    # Each hour: the list and robots.txt, tdmrep.json as captures, a note of every page that was as before.
    assert (_bytes(site.folder / "captures") - kept) / HOURS < 8_000
    assert _memory() - memory < 40


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
