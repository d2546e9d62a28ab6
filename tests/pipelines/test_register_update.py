"""Imports of public registers: strict reading of saved answers, polite fetching from a loopback server, storing."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from sqlite_utils import Database

from archive.register_names import known_bodies, known_history
from archive.schema import open_archive
from normalise.resolution.history import Merger
from normalise.resolution.resolving import Mention, resolve
from pipelines.linking.linking import link
from pipelines.register_update import Addresses, register_update, update_registers
from pipelines.registers import areas, opintopolku, prh
from pipelines.registers.cache import Cache
from pipelines.registers.errors import RegisterShapeError, RegisterUnreachableError
from pipelines.registers.fetch import FRESH_S, USER_AGENT, Fetcher
from pipelines.registers.shapes import Record, records
from tests.conftest import Take
from tests.plain_rules import capture

SAVED = Path(__file__).parent.parent / "data" / "registers"
REGION = "01"


def saved(name: str) -> Any:
    return json.loads((SAVED / f"{name}.json").read_text("utf-8"))


@dataclass
class Site:
    """A loopback server; ``answers`` by path: a JSON value, or a list of (status, headers, value) given in turn."""

    base: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [path for path, _ in self.seen]


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self._answer()

        def _answer(self) -> None:
            found.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            answer = found.answers.get(self.path, found.answers.get(urlsplit(self.path).path, (404, {}, "none")))
            if isinstance(answer, list) and answer and isinstance(answer[0], tuple):
                answer = answer.pop(0) if len(answer) > 1 else answer[0]
            status, headers, value = answer if isinstance(answer, tuple) else (200, {}, answer)
            body = value.encode() if isinstance(value, str) else json.dumps(value).encode()
            self.send_response(status)
            for name, content in headers.items():
                self.send_header(name, content)
            self.send_header("Content-Length", str(0 if status == 304 else len(body)))
            self.end_headers()
            if status != 304:
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    found.base = f"http://127.0.0.1:{server.server_port}"
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Clock:
    now: float = 1_000_000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def time(self) -> float:
        return self.now


def fetcher(tmp_path: Path, clock: Clock) -> Fetcher:
    return Fetcher(Cache(tmp_path / "cache"), delay_s=1.5, sleep=clock.sleep, clock=clock.time)


# Fetching


def test_asks_politely_and_only_for_what_changed(site: Site, tmp_path: Path) -> None:
    site.answers["/a"] = [(200, {"ETag": '"1"'}, [1]), (304, {}, ""), (200, {"ETag": '"2"'}, [2])]
    clock = Clock()
    asking = fetcher(tmp_path, clock)
    assert asking.get(f"{site.base}/a") == [1]
    assert asking.get(f"{site.base}/a") == [1]
    assert site.paths() == ["/robots.txt", "/a"], "a fresh answer is not asked for again"
    clock.now += FRESH_S + 1
    assert asking.get(f"{site.base}/a") == [1]
    assert site.seen[-1][1]["if-none-match"] == '"1"'
    assert site.seen[-1][1]["user-agent"] == USER_AGENT
    clock.now += FRESH_S + 1
    assert asking.get(f"{site.base}/a") == [2]
    assert clock.slept == [1.5, 1.5, 1.5], "the delay stands between any two requests"


def test_tries_again_and_heeds_retry_after(site: Site, tmp_path: Path) -> None:
    site.answers["/a"] = [(503, {"Retry-After": "7"}, ""), (429, {}, ""), (200, {}, {"ok": True})]
    clock = Clock()
    assert fetcher(tmp_path, clock).get(f"{site.base}/a") == {"ok": True}
    assert clock.slept == [1.5, 7.0, 1.5, 30.0, 1.5]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((500, {}, ""), "500"),
        ((403, {}, ""), "403"),
        ((301, {"Location": "http://other.example/a"}, ""), "moved to http://other.example/a"),
    ],
)
def test_gives_up_with_the_address_and_the_reason(site: Site, tmp_path: Path, answer: Any, said: str) -> None:
    site.answers["/a"] = answer
    with pytest.raises(RegisterUnreachableError, match=said):
        fetcher(tmp_path, Clock()).get(f"{site.base}/a")


def test_robots_txt_is_obeyed(site: Site, tmp_path: Path) -> None:
    site.answers["/robots.txt"] = "User-agent: *\nDisallow: /shut\nCrawl-delay: 4\n"
    site.answers["/open"] = {}
    clock = Clock()
    asking = fetcher(tmp_path, clock)
    with pytest.raises(RegisterUnreachableError, match="forbids"):
        asking.get(f"{site.base}/shut/x")
    assert asking.get(f"{site.base}/open") == {}
    assert clock.slept == [4.0]
    assert site.paths() == ["/robots.txt", "/open"]


def test_unreadable_robots_txt_stops_the_import(site: Site, tmp_path: Path) -> None:
    site.answers["/robots.txt"] = (503, {}, "")
    with pytest.raises(RegisterUnreachableError, match="503"):
        fetcher(tmp_path, Clock()).get(f"{site.base}/a")


def test_no_json_is_a_named_error(site: Site, tmp_path: Path) -> None:
    site.answers["/a"] = "<html>"
    with pytest.raises(RegisterShapeError, match="no JSON"):
        fetcher(tmp_path, Clock()).get(f"{site.base}/a")


def test_nobody_there(tmp_path: Path) -> None:
    with pytest.raises(RegisterUnreachableError, match=r"127\.0\.0\.1:1"):
        fetcher(tmp_path, Clock()).get("http://127.0.0.1:1/a")


def test_a_broken_cache_file_is_no_answer(site: Site, tmp_path: Path) -> None:
    site.answers["/a"] = {"n": 1}
    asking = fetcher(tmp_path, Clock())
    asking.get(f"{site.base}/a")
    for path in (tmp_path / "cache").glob("*.json"):
        path.write_text("{", "utf-8")
    assert asking.get(f"{site.base}/a") == {"n": 1}
    assert site.paths().count("/a") == 2


# Reading


def organisation(**changes: Any) -> Record:
    return Record({**saved("opintopolku-findbyoids")[1], **changes}, "test")


def test_names_hold_until_the_next_ones_day() -> None:
    body = opintopolku.read_body(organisation())
    assert body is not None
    assert [(name.name, name.starts, name.ends) for name in body.names] == [
        ("Koivurannan kauppaoppilaitos", "2005-08-01", "2015-12-31"),
        ("Koivurannan ammattiopisto", "2016-01-01", None),
    ]
    assert (body.kind, body.institution_code, body.municipality_code) == ("school", "01234", "179")
    assert body.parent_id == "oid:1.2.246.562.10.100"


@pytest.mark.parametrize(("status", "kept"), [("AKTIIVINEN", True), ("PASSIIVINEN", True), ("SUUNNITELTU", False)])
def test_planned_bodies_are_left_out(status: str, kept: bool) -> None:
    assert (opintopolku.read_body(organisation(status=status)) is not None) is kept


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"status": "UUSI"}, "status: expected one of"),
        ({"oid": None}, "oid: expected a text"),
        ({"nimet": [], "nimi": {}}, "nimi: expected a name"),
        ({"nimet": {}}, None),
        ({"nimet": "x"}, "nimet: expected a list"),
        ({"nimet": [], "nimi": {"de": "Schule"}}, "nimi: expected texts by language"),
        ({"ytunnus": "0208201-2"}, "ytunnus: expected a business id"),
        ({"alkuPvm": "eilen"}, "alkuPvm: expected a day"),
        ({"tyypit": [1]}, "tyypit: expected a list of texts"),
    ],
)
def test_unknown_shapes_of_organisations_are_named(changes: dict[str, Any], said: str | None) -> None:
    if said is None:
        assert opintopolku.read_body(organisation(**changes)) is not None
        return
    with pytest.raises(RegisterShapeError, match=said):
        opintopolku.read_body(organisation(**changes))


def test_days_come_as_text_or_milliseconds() -> None:
    record = Record({"a": 694224000000, "b": "1992-01-01T00:00:00Z", "c": None}, "test")
    assert [record.optional_day(key) for key in "abc"] == ["1992-01-01", "1992-01-01", None]


def test_mergers() -> None:
    assert opintopolku.read_mergers(saved("opintopolku-liitokset")) == [
        Merger("oid:1.2.246.562.10.200", "oid:1.2.246.562.10.300", "2019-01-01")
    ]


def test_prh_names_by_date() -> None:
    (body,) = prh.read_companies(saved("prh-2245018-4"), "2245018-4")
    assert [(name.name, name.starts, name.is_short) for name in body.names] == [
        ("Länsirannikon Koulutus Oy", "2009-01-28", False),
        ("WinNova", "2010-02-01", True),
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"totalResults": 2}, "totalResults"),
        ({"companies": [{"businessId": {"value": "0502454-6"}, "names": []}]}, "businessId"),
        ({"companies": [{"businessId": {"value": "2245018-4"}, "names": []}]}, "names: expected at least one"),
        ({"companies": [{"businessId": {"value": "2245018-4"}, "names": [{"name": "A", "type": "9"}]}]}, "type"),
    ],
)
def test_unknown_shapes_of_companies_are_named(change: dict[str, Any], said: str) -> None:
    with pytest.raises(RegisterShapeError, match=said):
        list(prh.read_companies({**saved("prh-2245018-4"), **change}, "2245018-4"))


def test_a_list_is_expected() -> None:
    with pytest.raises(RegisterShapeError, match="expected a list"):
        list(records({}, "test"))


# Importing


def names_of(codes: list[str], name: str) -> list[dict[str, Any]]:
    return [{"code": code, "classificationItemNames": [{"lang": "fi", "name": f"{name} {code}"}]} for code in codes]


def serve_areas(site: Site, municipalities: int = 308) -> None:
    towns = [f"{number:03}" for number in range(1, municipalities + 1)]
    regions = [f"{number:02}" for number in range(1, 20)]
    at = "/api/classifications"
    site.answers[f"{at}/kunta_1_{areas.DATE}/classificationItems"] = names_of(towns, "Kunta")
    site.answers[f"{at}/maakunta_1_{areas.DATE}/classificationItems"] = names_of(regions, "Maakunta")
    table = f"/api/correspondenceTables/kunta_1_{areas.DATE}%23maakunta_1_{areas.DATE}/maps"
    site.answers[table] = [{"sourceItem": {"code": code}, "targetItem": {"code": REGION}} for code in towns]


def serve_opintopolku(site: Site) -> None:
    search = "/oid/hae?aktiiviset=true&suunnitellut=false&lakkautetut=true&organisaatiotyyppi=organisaatiotyyppi_"
    site.answers[f"{search}01"] = saved("opintopolku-search-01")
    for number in ("02", "09"):
        site.answers[f"{search}{number}"] = saved("opintopolku-search-empty")
    site.answers["/oid/findbyoids"] = saved("opintopolku-findbyoids")
    site.answers["/oid/liitokset"] = saved("opintopolku-liitokset")


def serve_prh(site: Site) -> None:
    site.answers["/prh/companies"] = {"totalResults": 0, "companies": []}
    site.answers["/prh/companies?businessId=2245018-4"] = saved("prh-2245018-4")


def addresses(site: Site) -> Addresses:
    return Addresses(f"{site.base}/api", f"{site.base}/oid", f"{site.base}/prh")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    found = open_archive(tmp_path / "archive.db", create=True)
    yield found
    found.close()


def test_imports_all_registers(site: Site, tmp_path: Path, db: Database) -> None:
    serve_areas(site)
    serve_opintopolku(site)
    serve_prh(site)
    outcomes = update_registers(db, fetcher(tmp_path, Clock()), addresses=addresses(site))
    assert [(outcome.source, outcome.number, outcome.error) for outcome in outcomes] == [
        ("areas", 327, None),
        ("opintopolku", 4, None),
        ("prh", 1, None),
    ]
    assert {row["id"]: row["entry_id"] for row in db["register_bodies"].rows} == {
        "oid:1.2.246.562.10.100": "gradia",
        "oid:1.2.246.562.10.101": None,
        "oid:1.2.246.562.10.200": None,
        "oid:1.2.246.562.10.300": None,
        "prh:2245018-4": "winnova",
    }
    asked = [parse_qs(urlsplit(unquote(path)).query) for path in site.paths() if path.startswith("/prh/companies")]
    assert ["2245018-4"] in [query["businessId"] for query in asked]


def test_imported_bodies_are_resolved(site: Site, tmp_path: Path, db: Database) -> None:
    serve_opintopolku(site)
    update_registers(db, fetcher(tmp_path, Clock()), ["opintopolku"], addresses(site))
    old, new = Mention("Koivurannan kauppaoppilaitoksen"), Mention("Koivurannan ammattiopisto")
    by_oid = Mention("x", oid="1.2.246.562.10.101")
    owner = Mention("Gradia")
    resolution = resolve([old, new, by_oid, owner], bodies=known_bodies(db))
    assert len({resolution.of_mention[mention] for mention in (old, new, by_oid)}) == 1
    assert resolution.entity(new).part_of == resolution.of_mention[owner] == "gradia"


def test_history_of_imported_bodies(site: Site, tmp_path: Path, db: Database) -> None:
    serve_opintopolku(site)
    update_registers(db, fetcher(tmp_path, Clock()), ["opintopolku"], addresses(site))
    history = known_history(db)
    keronmaa, suovanlahti = "oid:1.2.246.562.10.200", "oid:1.2.246.562.10.300"
    assert history.successor_today(keronmaa) == (suovanlahti,)
    assert [then.id for then in history.as_of(suovanlahti, "2017-05-01")] == [keronmaa]
    assert [then.id for then in history.as_of(keronmaa, "2020-05-01")] == [suovanlahti]
    (then,) = history.as_of("oid:1.2.246.562.10.101", "2010-01-01")
    assert then.names == ("Koivurannan kauppaoppilaitos",)


def test_imported_names_and_mergers_hold_dates_in_sql(site: Site, tmp_path: Path, db: Database, take: Take) -> None:
    page = "kind: project\ntitle: Silta\ncoordinator: Koivurannan kauppaoppilaitos\npartner: {}\n"
    take(capture("http://a.example/", page.format("Keronmaan koulutuskuntayhtymän")))
    serve_opintopolku(site)
    update_registers(db, fetcher(tmp_path, Clock()), ["opintopolku"], addresses(site))
    link(db)
    names = db.query(
        "SELECT name, valid_from, valid_to FROM organisation_names WHERE organisation_id LIKE '%.101' ORDER BY valid_to"
    )
    assert {row["name"]: (row["valid_from"], row["valid_to"]) for row in names if row["valid_to"]} == {
        "Koivurannan kauppaoppilaitos": ("2005-08-01", "2015-12-31")
    }
    successors = db.execute("SELECT today_name FROM organisations_today WHERE organisation_id LIKE '%.200'").fetchall()
    assert successors == [("Suovanlahden opisto",)]
    assert db.execute("SELECT valid_from FROM successions WHERE body_id LIKE '%.200'").fetchall() == [("2019-01-01",)]


def test_a_register_that_fails_keeps_what_was_stored(site: Site, tmp_path: Path, db: Database) -> None:
    serve_areas(site)
    serve_opintopolku(site)
    clock = Clock()
    asking = fetcher(tmp_path, clock)
    update_registers(db, asking, ["areas", "opintopolku"], addresses(site))
    before = list(db["register_names"].rows)
    clock.now += FRESH_S + 1
    site.answers["/oid/findbyoids"] = [{"oid": 1}]
    serve_areas(site, municipalities=308)
    outcomes = update_registers(db, asking, ["areas", "opintopolku"], addresses(site))
    assert [bool(outcome.error) for outcome in outcomes] == [False, True]
    assert "findbyoids 1: oid: expected a text" in str(outcomes[1].error)
    assert list(db["register_names"].rows) == before


def test_too_few_municipalities_are_an_error(site: Site, tmp_path: Path, db: Database) -> None:
    serve_areas(site, municipalities=3)
    (outcome,) = update_registers(db, fetcher(tmp_path, Clock()), ["areas"], addresses(site))
    assert outcome.error == "stat.fi: kunta: 3 found, at least 290 expected"


def test_fewer_hits_given_than_said_are_an_error(site: Site, tmp_path: Path, db: Database) -> None:
    serve_opintopolku(site)
    search = next(path for path in site.answers if path.endswith("tyyppi_01"))
    site.answers[search] = {**saved("opintopolku-search-01"), "numHits": 9}
    (outcome,) = update_registers(db, fetcher(tmp_path, Clock()), ["opintopolku"], addresses(site))
    assert "9 hits, 4 given" in str(outcome.error)


def test_command_says_what_came(tmp_path: Path) -> None:
    out = StringIO()
    assert register_update(tmp_path / "archive.db", tmp_path / "cache", sources=[], out=out) == 0
    assert out.getvalue() == ""


def test_without_an_import_the_shipped_register_serves(db: Database) -> None:
    assert known_bodies(db).entries["gradia"].id == "gradia"
    assert known_history(db).successor_today("cimo") == ("opetushallitus",)
