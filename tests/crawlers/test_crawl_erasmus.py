"""Erasmus+: lists in the shape that they are known to have, from the page that names them to the archive."""

import csv
import gzip
import io
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from hostile import Bench, HostileServer, Reply

from archive.captures import capture_files, read_stored
from archive.errors import CaptureError
from crawlers.made_pages import MadePages
from crawlers.sources import Source, load_sources
from crawlers.spiders import spider_named
from crawlers.spiders.erasmus_rows import day_first, finnish_day
from crawlers.steps import Alarm, Answer, Counted, Document, Follow, Step
from crawlers.table_excerpt import TableBounds, TableExcerpt

SOURCE = next(source for source in load_sources() if source.id == "erasmus")
GRANT = "EU Grant award in euros (an indicative amount, awarded after the selection stage)"
GENERAL = (
    *("Programme", "Key Action", "Action Type", "Call year", "Project Identifier", "Project Title", "Topics"),
    *("Project Summary", "Project Status", GRANT, "Is Good Practice", "Project Website", "Results Available"),
    *("Results Platform Project Card", "Participating countries", "Coordinating organisation name"),
    *("Coordinating organisation type", "Coordinator's address", "Coordinator's region", "Coordinator's country"),
    "Coordinator's website",
)
OF_PARTNER = ("name", "organisation type", "address", "region", "country", "website")
PARTNERS = 100
HEADS = (*GENERAL, *(f"Partner {number} {what}" for number in range(1, PARTNERS + 1) for what in OF_PARTNER))
CARD = "https://erasmus-plus.ec.europa.eu/projects/search/details/{}"
BOATS: dict[str, str] = {
    "Programme": "Erasmus+",
    "Key Action": "Partnerships for cooperation and exchanges of practices",
    "Action Type": "Cooperation partnerships in vocational education and training",
    "Call year": "2023",
    "Project Identifier": "2023-1-FI01-KA220-VET-000150001",
    "Project Title": "Old boats, young hands",
    "Topics": "Digital skills",
    "Project Summary": 'A common curriculum for mending wooden boats.\r\n\r\nSixty students try it, and call it "floating".',
    "Project Status": "Ongoing",
    GRANT: "250000.00",
    "Project Website": "https://boats.example/",
    "Results Platform Project Card": CARD.format("2023-1-FI01-KA220-VET-000150001"),
    "Coordinating organisation name": "Keksitty Rannikon Ammattiopisto",
    "Coordinating organisation type": "School/Institute/Educational centre",
    "Coordinator's address": "Keksittykatu 1, 00000, Mallila",
    "Coordinator's country": "FI",
    "Partner 1 name": "Påhittade Yrkesskolan AB",
    "Partner 1 country": "SE",
    "Partner 2 name": "Näidis Kutsekool",
    "Partner 2 country": "EE",
}
BREAD = BOATS | {
    "Project Identifier": "2023-1-EE01-KA210-ADU-000150002",
    "Project Title": "Bread for all seasons",
    "Results Platform Project Card": "",
    GRANT: "60,000",
    "Coordinating organisation name": "Näidis Rahvaülikool",
    "Coordinator's country": "EE",
    "Partner 2 name": "Kuvitteellinen Kansalaisopisto",
    "Partner 2 country": "FI",
}
ABROAD = BREAD | {"Project Identifier": "2023-1-EE01-KA210-ADU-000150003", "Partner 2 country": "LV"}


def table(*rows: Mapping[str, str], heads: tuple[str, ...] = HEADS) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([row.get(head, "") for head in heads] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def steps_of(content: bytes, source: Source = SOURCE) -> list[Step]:
    spider = spider_named("erasmus")
    url = "https://ec.europa.eu/programmes//erasmus-plus/project-result-content/0-1/ErasmusPlus_KA2_Projects_Overview_2026-04-02.csv"
    wanted = spider.table(source, url)
    assert wanted is not None
    excerpt = TableExcerpt(wanted.choose, TableBounds())
    excerpt.feed(content)
    return list(spider.read(source, Answer(url, b"", "feed", table=excerpt.close())))


def alarms(steps: list[Step]) -> list[str]:
    return [step.kind for step in steps if isinstance(step, Alarm)]


def test_rows_become_pages() -> None:
    steps = steps_of(table(BOATS, ABROAD, BREAD))
    documents = {step.url: step.html for step in steps if isinstance(step, Document)}
    assert list(documents) == [CARD.format(row["Project Identifier"]) for row in (BOATS, BREAD)]
    boats, bread = documents.values()
    assert "<h1>Old boats, young hands</h1>" in boats
    assert "<dt>EU grant</dt><dd>250 000 €</dd>" in boats
    assert "<dt>Partners</dt><dd>Påhittade Yrkesskolan AB</dd><dd>Näidis Kutsekool</dd>" in boats
    assert "boats.</p>\n<p>Sixty students try it, and call it &quot;floating&quot;.</p>" in boats
    assert "<dt>EU grant</dt><dd>60 000 €</dd>" in bread
    assert "Keksittykatu" not in boats
    assert Counted(3) in steps
    assert alarms(steps) == []


@pytest.mark.parametrize("country", ["FI", "fi", " FI ", "Finland"])
def test_finland_is_told_in_several_ways(country: str) -> None:
    steps = steps_of(table(BOATS | {"Coordinator's country": country}))
    assert sum(isinstance(step, Document) for step in steps) == 1


def test_persons_are_not_named() -> None:
    person = {
        "Coordinating organisation name": "Keksi Tyinen",
        "Coordinating organisation type": "Informal group of young people",
    }
    group = {"Partner 1 name": "Olle Påhittad", "Partner 1 organisation type": "Natural person"}
    (document,) = (step for step in steps_of(table(BOATS | person | group)) if isinstance(step, Document))
    assert "Keksi Tyinen" not in document.html
    assert "Olle Påhittad" not in document.html
    assert "Näidis Kutsekool" in document.html


def without(*heads: str) -> tuple[str, ...]:
    return tuple(head for head in HEADS if head not in heads)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (table(BOATS | {"Project Status": "Paused"}), ["unknown-status"]),
        (table(BOATS | {"Project Title": ""}), ["missing-label"]),
        (table(BOATS | {"Project Identifier": "?"}), ["missing-label"]),
        (table(BOATS | {"Call year": "next year"}), ["missing-label"]),
        (table(BOATS | {GRANT: "secret"}), ["missing-label"]),
        (table(BOATS | {"Coordinating organisation name": ""}), ["missing-label"]),
        (table(BOATS).replace("Näidis Kutsekool".encode(), b"N\xe4idis"), []),
        (table(BOATS).replace(b"Old boats", b"Old \xe5 boats"), ["missing-label"]),
        (table(ABROAD), ["zero-cards"]),
        (table(BOATS) + b"2" + b"," * 700 + b"\r\n", ["not-understood"]),
        (table(BOATS, heads=(*HEADS, "Partner 7 shoe size")), ["unknown-status"]),
        (table(BOATS, heads=without("Project Identifier")), ["missing-label"]),
        (table(BOATS, heads=without("Coordinator's country")), ["missing-label"]),
        (table(BOATS, heads=GENERAL), ["missing-label"]),
        (b"<html><body>Service unavailable</body></html>", ["missing-label"]),
        (b"", ["missing-label"]),
    ],
)
def test_surprises(content: bytes, expected: list[str]) -> None:
    assert alarms(steps_of(content)) == expected


def test_other_years_spell_the_columns_otherwise() -> None:
    spelled = {
        "Project Status": "Project or Accreditation Status",
        "Call year": "Funding Year",
        "Coordinator's country": "Coordinator\u2019s country",
    }
    heads = tuple(spelled.get(head, head) for head in HEADS)
    steps = steps_of(table({spelled.get(head, head): value for head, value in BOATS.items()}, heads=heads))
    assert sum(isinstance(step, Document) for step in steps) == 1
    assert alarms(steps) == []


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (("01/09/2023", "31/08/2026"), True),
        (("09/01/2023", "08/31/2026"), False),
        (("01/09/2023", "01/02/2024"), None),
        (("31/08/2023", "08/31/2023"), None),
        (("2023-09-01", ""), None),
    ],
)
def test_the_order_of_days_and_months(days: tuple[str, ...], first: bool | None) -> None:
    assert day_first(days) is first


@pytest.mark.parametrize(
    ("text", "first", "day"),
    [
        ("01/09/2023", True, "1.9.2023"),
        ("01/09/2023", False, "9.1.2023"),
        ("01/09/2023", None, ""),
        ("31/02/2023", True, ""),
        ("2023-09-01", None, "1.9.2023"),
        ("2023-09-01T00:00:00", None, "1.9.2023"),
        ("autumn", True, ""),
    ],
)
def test_days(text: str, first: bool | None, day: str) -> None:
    assert finnish_day(text, first) == day


def test_periods_where_a_list_has_them() -> None:
    heads = (*GENERAL, "Start date", "End date", *HEADS[len(GENERAL) :])
    told = {"Start date": "01/09/2023", "End date": "31/08/2026"}
    (document,) = (step for step in steps_of(table(BOATS | told, heads=heads)) if isinstance(step, Document))
    assert "<dt>Start date</dt><dd>1.9.2023</dd>\n<dt>End date</dt><dd>31.8.2026</dd>" in document.html
    steps = steps_of(table(BOATS | {"Start date": "01/09/2023"}, heads=heads))
    assert alarms(steps) == ["missing-label"]


TEASER = '<eac-document-teaser url="{}" title="List"></eac-document-teaser>'
KINDS = ("KA1_2023_Mobility", "KA2_Partnerships", "KA3_Policy", "JeanMonnet", "Sports")


def address(kind: str, day: str = "2026-04-02", uuid: str = "0f-1a") -> str:
    return f"/programmes//erasmus-plus/project-result-content/{uuid}/ErasmusPlus_{kind}_Projects_Overview_{day}.csv"


@pytest.mark.parametrize(
    ("links", "tables", "expected"),
    [
        ([address(kind) for kind in KINDS], 5, []),
        ([*(address(kind) for kind in KINDS), address("Sports", "2026-04-01", "2b")], 5, []),
        ([address(kind) for kind in KINDS[:4]], 4, ["missing-label"]),
        ([address(kind).replace(".csv", ".pdf") for kind in KINDS], 0, ["zero-cards"]),
        ([], 0, ["zero-cards"]),
        (["http://[broken", *(address(kind) for kind in KINDS)], 5, []),
    ],
)
def test_the_lists_are_found(links: list[str], tables: int, expected: list[str]) -> None:
    body = "".join(TEASER.format(f"https://ec.europa.eu{link}" if link.startswith("/") else link) for link in links)
    found = list(spider_named("erasmus").read(SOURCE, Answer(SOURCE.start[0], f"<p>{body}</p>".encode(), "listing")))
    follows = [step for step in found if isinstance(step, Follow)]
    assert len(follows) == tables
    assert all(step.role == "feed" and "2026-04-02" in step.url and step.via == SOURCE.start[0] for step in follows)
    assert alarms(found) == expected


@pytest.fixture
def portal(server: HostileServer, site: Bench) -> Bench:
    """A portal with one list of each kind, of which that of mobilities alone has rows with Finnish organisations."""
    publish(server, table(BOATS, ABROAD, BREAD))
    site.fields |= {"spider": "erasmus", "start": [f"{server.url}/lists"], "keep": [], "listing": list(SOURCE.listing)}
    return site


def publish(server: HostileServer, content: bytes, day: str = "2026-04-02", **headers: str) -> None:
    """Put an edition of all lists in place; those but the first always hold one row."""
    server.routes = {path: route for path, route in server.routes.items() if "ErasmusPlus" not in path}
    links = [address(kind, day, day) for kind in KINDS]
    for link in links:
        body = content if link == links[0] else table(BOATS | {"Project Identifier": f"x-{links.index(link)}-00"})
        server.routes[link] = Reply(body, headers={"Content-Type": "text/csv", **headers})
    server.routes["/lists"] = Reply("".join(TEASER.format(server.url + link) for link in links))


def fetched(server: HostileServer, kind: str = "KA1") -> list[dict[str, str]]:
    found = [headers for _, path, headers in server.seen if f"ErasmusPlus_{kind}" in path]
    server.seen.clear()
    return found


def test_lists_from_their_page_to_the_archive(server: HostileServer, portal: Bench) -> None:
    assert portal.crawl().actions["new"] == 6
    assert portal.rows("SELECT count(*) FROM problems") == [(0,)]
    ((text,),) = portal.rows(
        "SELECT text FROM page_versions JOIN pages ON pages.id = page_id WHERE pages.title LIKE 'Bread%'"
    )
    assert "- Kuvitteellinen Kansalaisopisto" in text
    facts = portal.rows("SELECT DISTINCT field FROM facts")
    assert {"title", "funder", "coordinator", "partner", "amount", "identifier"} <= {row[0] for row in facts}


def test_the_excerpt_is_captured_with_what_the_whole_table_was(server: HostileServer, portal: Bench) -> None:
    portal.crawl()
    kept = [one for path in capture_files(portal.folder / "captures") for one in read_stored(path)]
    (excerpt,) = (one for one in kept if "KA1" in one.capture.url)
    assert not excerpt.page
    assert excerpt.capture.composed_from == excerpt.capture.url
    assert excerpt.capture.body == table(BOATS, BREAD)
    names = [path.read_bytes() for path in capture_files(portal.folder / "captures")]
    members = b"".join(map(gzip.decompress, names))
    assert f"table-bytes: {len(table(BOATS, ABROAD, BREAD))}\r\n".encode() in members
    pages = [one.capture for one in kept if one.page]
    assert {page.composed_from for page in pages if "000150001" in page.url} == {excerpt.capture.url}


def test_an_unchanged_edition_costs_one_request_and_no_reading(server: HostileServer, portal: Bench) -> None:
    portal.crawl()
    captured = portal.rows("SELECT count(*) FROM captures")
    for day in ("2026-04-03", "2026-04-04", "2026-04-05"):
        publish(server, table(BOATS, ABROAD, BREAD), day)
        fetched(server)
        portal.age()
        summary = portal.crawl(all=True)
        assert (summary.actions["new"], summary.actions["changed"]) == (0, 0)
        assert len(fetched(server)) == 1
    assert portal.rows("SELECT count(*) FROM captures") == captured
    assert portal.rows("SELECT count(*) FROM visits WHERE url LIKE '%KA1%' AND url LIKE '%2026-04-05%'") == [(1,)]
    assert portal.rows("SELECT count(*) FROM visits WHERE role = 'feed'") == [(5,)]
    assert portal.rows("SELECT unchanged_count FROM visits WHERE url LIKE '%KA1%'") == [(3,)]


def test_a_length_is_believed_three_editions_long(server: HostileServer, portal: Bench) -> None:
    portal.crawl()
    other = table(BOATS | {"Project Title": "Old boats, young minds"}, ABROAD, BREAD)
    changed = []
    for day in ("2026-04-03", "2026-04-04", "2026-04-05", "2026-04-06"):
        publish(server, other, day)
        portal.age()
        changed.append(portal.crawl(all=True).actions["changed"])
    assert changed == [0, 0, 0, 1]


def test_a_changed_edition_changes_its_pages_alone(server: HostileServer, portal: Bench) -> None:
    portal.crawl()
    publish(server, table(BOATS | {GRANT: "300000.00"}, ABROAD, BREAD, ABROAD), "2026-04-03")
    portal.age()
    summary = portal.crawl(all=True)
    assert (summary.actions["new"], summary.actions["changed"]) == (0, 1)
    assert portal.rows("SELECT count(*) FROM visits WHERE url LIKE '%KA1%'") == [(1,)]


def test_an_edition_under_the_same_address_is_asked_for_conditionally(server: HostileServer, portal: Bench) -> None:
    publish(server, table(BOATS), ETag='"e1"')
    portal.crawl()
    fetched(server)

    def unmodified(handler: BaseHTTPRequestHandler) -> Reply:
        return Reply(status=304) if handler.headers.get("If-None-Match") == '"e1"' else Reply(b"", 500)

    for path in server.routes:
        if "ErasmusPlus" in path:
            server.routes[path] = unmodified
    portal.age()
    assert portal.crawl(all=True).failed == 0
    assert [headers["if-none-match"] for headers in fetched(server)] == ['"e1"']
    assert portal.rows("SELECT state, unchanged_count FROM visits WHERE url LIKE '%KA1%'") == [("ok", 0)]


def test_an_edition_of_unknown_columns_is_read_again_until_it_is_known(server: HostileServer, portal: Bench) -> None:
    publish(server, table(BOATS, heads=without("Project Identifier")))
    portal.crawl()
    assert ("missing-label",) in portal.rows("SELECT class FROM problems")
    fetched(server)
    portal.age()
    portal.crawl(all=True)
    assert len(fetched(server)) == 1
    assert portal.rows("SELECT count(*) FROM problems WHERE class = 'missing-label' AND settled_at IS NULL") == [(1,)]


def test_the_length_of_an_edition_that_is_only_packed_otherwise_is_kept(server: HostileServer, portal: Bench) -> None:
    whole = table(BOATS, ABROAD, BREAD)
    portal.crawl()
    for day in ("2026-04-03", "2026-04-04"):
        publish(server, table(BOATS), day)
        packed = Reply(gzip.compress(whole), headers={"Content-Type": "text/csv", "Content-Encoding": "gzip"})
        server.routes[address(KINDS[0], day, day)] = packed
        portal.age()
        summary = portal.crawl(all=True)
        assert (summary.actions["new"], summary.actions["changed"]) == (0, 0)
    # The second one was known by its length alone.
    assert portal.rows("SELECT unchanged_count FROM visits WHERE url LIKE '%KA1%'") == [(1,)]


def test_an_empty_answer_is_no_edition(server: HostileServer, portal: Bench) -> None:
    server.routes[address(KINDS[0], "2026-04-02", "2026-04-02")] = Reply(b"", headers={"Content-Type": "text/csv"})
    portal.crawl()
    assert ("not-understood",) in portal.rows("SELECT class FROM problems")
    assert portal.rows("SELECT text_digest FROM visits WHERE url LIKE '%KA1%'") == [(None,)]


def test_a_project_that_a_list_has_twice_is_one_page(server: HostileServer, portal: Bench) -> None:
    publish(server, table(BOATS, BOATS, BOATS | {GRANT: "300000.00"}))
    summary = portal.crawl()
    assert (summary.actions["unchanged"], summary.actions["changed"]) == (1, 1)
    assert len(portal.pages()) == 5
    # What is known already is not captured again.
    kept = [one for path in capture_files(portal.folder / "captures") for one in read_stored(path) if one.page]
    assert [one.capture.status for one in kept if "000150001" in one.capture.url] == [200, 304, 200]


def test_an_edition_that_has_gone_sends_back_to_the_page_of_the_lists(server: HostileServer, portal: Bench) -> None:
    gone = next(path for path in server.routes if "KA1" in path)
    server.routes[gone] = Reply(b"", 404)
    portal.crawl()
    assert portal.rows("SELECT count(*) FROM visits WHERE url LIKE '%KA1%'") == [(0,)]
    ((days,),) = portal.rows("SELECT julianday(due_at) - julianday('now') FROM visits WHERE url LIKE '%/lists'")
    assert days <= 1


@pytest.mark.parametrize(
    ("bounds", "headers", "reason", "rests"),
    [
        ({"bytes": 5000}, {}, "size", True),
        ({"kept": 5000}, {}, "size", True),
        ({"seconds": 5}, {"Content-Encoding": "gzip"}, "encoding", False),
    ],
)
def test_tables_beyond_their_bounds(  # noqa: PLR0917 - pytest passes them by name
    server: HostileServer, portal: Bench, bounds: dict[str, int], headers: dict[str, str], reason: str, rests: bool
) -> None:
    publish(server, table(*[BOATS] * 9), **headers)
    portal.fields["table"] = bounds
    portal.crawl()
    assert reason in portal.failures()
    assert portal.rows("SELECT state, due_at IS NULL FROM visits WHERE url LIKE '%KA1%'") == [(reason, rests)]


def test_a_packed_table_is_unpacked_while_it_comes(server: HostileServer, portal: Bench) -> None:
    server.routes[address(KINDS[0], "2026-04-02", "2026-04-02")] = Reply(
        gzip.compress(table(BOATS, BREAD)), headers={"Content-Type": "text/csv", "Content-Encoding": "gzip"}
    )
    assert portal.crawl().actions["new"] == 6
    assert {headers["accept-encoding"] for headers in fetched(server)} == {"gzip"}


def test_a_table_that_breaks_off_is_read_again_whole(server: HostileServer, portal: Bench) -> None:
    whole = table(BOATS, BREAD)
    place = address(KINDS[0], "2026-04-02", "2026-04-02")

    def half(handler: BaseHTTPRequestHandler) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: {len(whole)}\r\n\r\n"
        handler.wfile.write(head.encode() + whole[: len(whole) // 2])

    server.routes[place] = Reply(script=half)
    portal.crawl()
    assert portal.rows("SELECT state, text_digest FROM visits WHERE url LIKE '%KA1%'") == [("dropped", None)]
    assert len(portal.pages()) == 4
    server.routes[place] = Reply(whole, headers={"Content-Type": "text/csv"})
    portal.make_due("%KA1%")
    portal.crawl()
    assert len(portal.pages()) == 6


def test_a_run_that_ends_within_a_table_is_gone_on_with(
    server: HostileServer, portal: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [BOATS | {"Project Identifier": f"2023-1-FI01-KA121-VET-0001500{number}"} for number in range(10, 30)]
    publish(server, table(BREAD, *others, BOATS))
    store, stored = MadePages.store, []

    async def full(self: MadePages, source: Source, document: Document, composed_from: str | None = None) -> Any:
        stored.append(document.url)
        if len(stored) == 15:
            raise CaptureError("no room is left")
        return await store(self, source, document, composed_from)

    with monkeypatch.context() as broken:
        broken.setattr(MadePages, "store", full)
        with pytest.raises(CaptureError):
            portal.crawl()
    begun = len(portal.pages())
    assert 8 <= begun < 26
    fetched(server)
    assert portal.crawl().actions["new"] == 26 - begun
    assert len(fetched(server)) == 1
    assert portal.rows("SELECT count(*), count(DISTINCT page_id) FROM page_versions") == [(26, 26)]


def test_a_trial_reads_the_beginning_only(server: HostileServer, portal: Bench) -> None:
    sent: list[int] = []

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n\r\n" + table(BOATS))
        row = table(ABROAD).split(b"\r\n", 1)[1]
        while True:
            handler.wfile.write(row * 100)
            sent.append(len(row) * 100)

    server.routes[address(KINDS[0], "2026-04-02", "2026-04-02")] = Reply(script=endless)
    assert portal.crawl(sample=200_000).actions["new"] == 5
    assert sum(sent) < 50_000_000
    assert portal.rows("SELECT text_digest FROM visits WHERE url LIKE '%KA1%'") == [(None,)]
