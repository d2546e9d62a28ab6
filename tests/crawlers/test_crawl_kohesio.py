"""Kohesio's projects, from results in the form that SPARQL services give."""

import json
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs

import pytest
from hostile import Bench, HostileServer, Reply

from crawlers.sources import Source
from crawlers.spiders import spider_named
from crawlers.steps import Advertised, Alarm, Answer, Counted, Document, Follow, Step

SERVICE = "https://query.linkedopendata.eu/sparql"
SOURCE = Source(id="kohesio", name={"fi": "Kohesio"}, spider="kohesio", every=86_400, start=(SERVICE,))
SPIDER = spider_named("kohesio")
PROJECT = {
    "project": "https://linkedopendata.eu/entity/Q7300123",
    "name_fi": "Osaajia vihreään vetyyn",
    "name_en": "Talent for green hydrogen",
    "summary_fi": "Hanke kouluttaa osaajia.\n\nKumppanit kehittävät  opintoja.",
    "code": "S30123",
    "start": "2024-03-01T00:00:00Z",
    "end": "2026-08-31T00:00:00Z",
    "budget": "1234567.8",
    "contribution": "740740.68",
    "funds": "European Social Fund Plus",
    "programmes": "Innovation and skills in Finland 2021-2027",
    "beneficiaries": "Pohjanrannan ammattiopisto|Meriharjun ammattikorkeakoulu Oy",
}


def _result(*rows: dict[str, str]) -> str:
    bindings = [{name: {"type": "literal", "value": value} for name, value in row.items()} for row in rows]
    return json.dumps({"head": {"vars": sorted({n for row in rows for n in row})}, "results": {"bindings": bindings}})


def _read(body: str, window: str = "0") -> list[Step]:
    return list(SPIDER.read(SOURCE, Answer(f"{SERVICE}#{window}", body.encode(), "feed")))


def _alarms(steps: list[Step]) -> list[str]:
    return [step.kind for step in steps if isinstance(step, Alarm)]


def _query(window: str) -> str:
    form = SPIDER.form(SOURCE, f"{SERVICE}#{window}")
    assert form is not None
    assert (form.content_type, form.accept) == ("application/x-www-form-urlencoded", "application/sparql-results+json")
    return parse_qs(form.body.decode())["query"][0]


def test_the_number_of_projects_names_the_windows() -> None:
    assert [follow.url for follow in SPIDER.start(SOURCE)] == [f"{SERVICE}#total"]
    steps = _read(_result({"total": "1001"}), "total")
    assert Advertised(1001) in steps
    assert [step.url for step in steps if isinstance(step, Follow)] == [f"{SERVICE}#{n}" for n in (0, 500, 1000)]


def test_queries() -> None:
    assert "COUNT(DISTINCT ?project)" in _query("total")
    rows = _query("1500")
    assert "LIMIT 500 OFFSET 1500" in rows
    assert rows.count("{") == rows.count("}")
    assert 'p:P173 "FI"' in rows


def test_a_project() -> None:
    steps = _read(_result(PROJECT))
    (document,) = (step for step in steps if isinstance(step, Document))
    assert document.url == "https://kohesio.ec.europa.eu/en/projects/Q7300123"
    for part in (
        "<h1>Osaajia vihreään vetyyn</h1>",
        "<dt>Alkamispäivä</dt><dd>1.3.2024</dd>",
        "<dt>Päättymispäivä</dt><dd>31.8.2026</dd>",
        "<dt>Rahasto</dt><dd>Euroopan sosiaalirahasto plus (ESR+)</dd>",
        "<dt>Tuensaaja</dt><dd>Meriharjun ammattikorkeakoulu Oy; Pohjanrannan ammattiopisto</dd>",
        "<dt>Kokonaisbudjetti</dt><dd>1 234 567,80 €</dd>",
        "<dt>EU:n rahoitus</dt><dd>740 740,68 €</dd>",
        "<h2>Tiivistelmä</h2>\n<p>Hanke kouluttaa osaajia.</p>\n<p>Kumppanit kehittävät opintoja.</p>",
    ):
        assert part in document.html
    assert Counted(1) in steps
    assert _alarms(steps) == []


def test_names_in_other_languages() -> None:
    rows = {**PROJECT, "name_fi": ""}, {"project": PROJECT["project"], "name_sv": "Grön", "start": "2024", "funds": "x"}
    titles = [
        step.html.partition("<h1>")[2].partition("<")[0] for step in _read(_result(*rows)) if isinstance(step, Document)
    ]
    assert titles == ["Talent for green hydrogen", "Grön"]


@pytest.mark.parametrize(
    ("change", "alarm"),
    [
        ({"funds": "Modernisation Fund"}, "unknown-status"),
        ({"funds": ""}, "missing-label"),
        ({"start": "pian"}, "missing-label"),
        ({"name_fi": "", "name_en": ""}, "missing-label"),
        ({"project": "https://elsewhere.example/Q1"}, "missing-label"),
    ],
)
def test_surprises(change: dict[str, str], alarm: str) -> None:
    assert _alarms(_read(_result(PROJECT | change))) == [alarm]


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"results": {"bindings": [3]}}', '{"boolean": true}', "<sparql/>"])
@pytest.mark.parametrize("window", ["total", "0"])
def test_what_is_no_result(body: Any, window: str) -> None:
    assert _alarms(_read(body, window)) == ["not-understood"]


@pytest.mark.parametrize(
    ("rows", "alarm"),
    [([{"total": "many"}], "not-understood"), ([], "not-understood"), ([{"total": "0"}], "zero-cards")],
)
def test_numbers_that_are_none(rows: list[dict[str, str]], alarm: str) -> None:
    assert _alarms(_read(_result(*rows), "total")) == [alarm]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "paljon", "", "1e999999"])
def test_sums_that_are_none(number: str) -> None:
    (document,) = (step for step in _read(_result(PROJECT | {"budget": number})) if isinstance(step, Document))
    assert "Kokonaisbudjetti" not in document.html


def test_projects_from_the_service_to_the_archive(server: HostileServer, site: Bench) -> None:
    asked: list[str] = []

    def answer(handler: BaseHTTPRequestHandler) -> Reply:
        query = parse_qs(handler.posted.decode())["query"][0]  # type: ignore[attr-defined]  # the server of these tests
        asked.append(handler.headers["Accept"])
        rows = [{"total": "2"}] if "COUNT(DISTINCT" in query else [PROJECT]
        return Reply(_result(*rows), headers={"Content-Type": "application/sparql-results+json"})

    server.routes["/sparql"] = answer
    site.fields |= {"spider": "kohesio", "start": [f"{server.url}/sparql"], "keep": []}
    assert site.crawl().actions["new"] == 1
    assert asked == ["application/sparql-results+json"] * 2
    facts = dict(site.rows("SELECT field, value FROM facts"))
    assert (facts["start"], facts["end"]) == ("2024-03-01", "2026-08-31")
    assert site.rows("SELECT class FROM problems") == [("total-differs",)]
    site.age()
    assert site.crawl(all=True).actions["unchanged"] == 1
