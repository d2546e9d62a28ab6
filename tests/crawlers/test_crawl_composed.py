"""Pages that are made of data, from the list to the archive."""

import json
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from hostile import Bench, HostileServer, Reply

from archive.captures import capture_files, read_stored

LIST = "/api/haku/list-items?Language=fi&Pagination.Page={}&Pagination.PageSize=1"
PARTS = ("yleistiedot", "hakuaika", "perustiedot", "myontoperusteet", "arviointiperusteet", "lisaehdot")


def _notice(number: int, name: str = "Erityisavustus") -> dict[str, Any]:
    return {
        "hakuasianAsianumero": f"va-okm-2026-{number}",
        "nimi": {"fi": f"{name} {number}"},
        "hakuAlkaaDateTimeUtc": "2026-01-11T22:00:00Z",
        "hakuPaattyyDateTimeUtc": "2026-03-31T13:15:00Z",
        "julkaisuTyyppi": "Hakuilmoitus",
        "hakuTyyppi": "Jatkuva",
    }


@pytest.fixture
def service(server: HostileServer, site: Bench) -> Bench:
    for number in (1, 2):
        listed = {"hakuilmoitukset": [_notice(number)], "totalCount": 2, "pageCount": 2}
        server.routes[LIST.format(number)] = Reply(json.dumps(listed))
        for part in PARTS:
            text = {"teksti": {"fi": "Avustusta voivat hakea kunnat ja kuntayhtymät. Hakemus tehdään sähköisesti."}}
            body = _notice(number) if part == "yleistiedot" else text
            server.routes[f"/api/haku/va-okm-2026-{number}/hakuilmoitus/{part}"] = Reply(json.dumps(body))
    site.fields |= {"spider": "haeavustuksia", "start": [server.url + LIST.format(1)], "keep": []}
    return site


def test_notices_are_composed_and_kept(server: HostileServer, service: Bench) -> None:
    summary = service.crawl()
    assert summary.actions["new"] == 2
    assert service.pages() == [f"{server.url}/fi/haku/va-okm-2026-{number}" for number in (1, 2)]
    text = service.rows("SELECT text FROM page_versions ORDER BY page_id")[0][0]
    assert "Hakuaika: 12.1.2026 – 31.3.2026 klo 16.15" in text
    assert sum(path.endswith("/lisaehdot") for path in server.paths) == 2
    assert service.rows("SELECT count(*) FROM problems") == [(0,)]


def test_the_same_data_are_no_news(server: HostileServer, service: Bench) -> None:
    service.crawl()
    service.age()
    summary = service.crawl(all=True)
    assert summary.actions["unchanged"] == 2
    assert service.rows("SELECT count(*) FROM captures WHERE url LIKE '%/fi/haku/%'") == [(2,)]
    server.routes["/api/haku/va-okm-2026-1/hakuilmoitus/yleistiedot"] = Reply(json.dumps(_notice(1, "Muuttunut")))
    service.age()
    assert service.crawl(all=True).actions["changed"] == 1


def test_a_part_that_fails_leaves_the_page_as_it_was(server: HostileServer, service: Bench) -> None:
    service.crawl()
    server.routes["/api/haku/va-okm-2026-1/hakuilmoitus/yleistiedot"] = Reply(b"{}")
    service.age()
    service.crawl(all=True)
    assert ("missing-label",) in service.rows("SELECT class FROM problems")
    assert service.rows("SELECT count(*) FROM page_versions") == [(2,)]


def test_a_total_that_differs(server: HostileServer, service: Bench) -> None:
    listed = {"hakuilmoitukset": [_notice(1)], "totalCount": 3, "pageCount": 2}
    server.routes[LIST.format(1)] = Reply(json.dumps(listed))
    service.crawl()
    assert service.rows("SELECT class, message FROM problems") == [
        ("total-differs", "test: 2 rows, the source says that there are 3")
    ]


def test_a_service_that_is_searched_by_post(server: HostileServer, site: Bench) -> None:
    asked: list[dict[str, Any]] = []

    def search(handler: BaseHTTPRequestHandler) -> Reply:
        query = json.loads(handler.posted)  # type: ignore[attr-defined]  # the test server reads it
        asked.append(query)
        named = {"nimi": {"fi": f"Hanke {query['tila'][0].lower()} ja muuta"}, "tila": query["tila"][0]}
        text = {"kuvaus": {"fi": "Hanke valmistelee uudistuksen yhdessä kuntien ja järjestöjen kanssa."}}
        rows = [{"kohde": {"tunnus": f"OKM{len(asked)}:00/2026", **named, **text}}]
        return Reply(json.dumps({"totalHits": 1, "result": rows}))

    server.routes["/api/v2/kohteet/haku"] = search  # type: ignore[assignment]
    site.fields |= {"spider": "hankeikkuna", "start": [f"{server.url}/api/v2/kohteet/haku"], "keep": []}
    assert site.crawl().actions["new"] == 3
    assert sorted(query["tila"] for query in asked) == [["KAYNNISSA"], ["PAATTYNYT"], ["SUUNNITTEILLA"]]
    assert all("project?tunnus=OKM" in url for url in site.pages())
    kept = [one.capture for path in capture_files(site.folder / "captures") for one in read_stored(path)]
    origins = {one.composed_from for one in kept if "tunnus=" in one.url}
    assert origins == {f"{server.url}/api/v2/kohteet/haku"}
    site.crawl(all=True)
    assert len(asked) == 6
