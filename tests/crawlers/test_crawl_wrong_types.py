"""Interfaces that answer values of wrong types: whatever stands in the place of whatever, a spider says what is wrong."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from crawlers.sources import Source
from crawlers.spiders import spider_named
from crawlers.steps import Answer, Role, Step
from pipelines.registers.areas import read_names, read_pairs
from pipelines.registers.errors import RegisterShapeError
from pipelines.registers.opintopolku import read_body, read_mergers
from pipelines.registers.prh import read_companies
from pipelines.registers.shapes import records
from tests.fuzz.targets import storable

WRONG: tuple[Any, ...] = (
    None, True, -1, 10**400, 1.5, "", "x", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "\ud800", "\x00<b>", [], {},
    [[]], [None, {}], {"fi": None}, {"fi": []}, {"a": {"b": []}}, ["\ud800"], {"\ud800": "\ud800"},
)  # fmt: skip
NOTICE = {
    "hakuasianAsianumero": "va-okm-2026-15",
    "nimi": {"fi": "Erityisavustus", "richFi": '{"children": [{"text": "a"}]}'},
    "hakuAlkaaDateTimeUtc": "2026-01-11T22:00:00Z",
    "hakuTyyppi": "Jatkuva",
    "julkaisuTyyppi": "Hakuilmoitus",
    "vastuullinenJarjestajaOrganisaatio": {"nimi": {"fi": "Ministeriö"}},
}
TOPIC = {
    "metadata": {
        "identifier": ["HORIZON-1"], "title": ["Topic"], "status": ["31094502"], "startDate": ["2026-01-01T00:00:00Z"],
        "deadlineDate": ["2026-04-01T00:00:00Z"], "caName": ["A"], "descriptionByte": ["<p>a</p>"], "topicConditions": ["<p>"],
    }
}  # fmt: skip
ROW = {"link": "https://s.example/hanke/1", "modified_gmt": "2026-01-01T00:00:00", "content": {"rendered": "<p>a"}}
CALLS = {
    "hankehaku": [{"id": "1", "tila": "AVOIN", "viranomainen": "1"}],
    "koodisto": {"viranomainen": [{"koodi": "1"}]},
}
URL = "https://s.example/wp-json/wp/v2/hanke?pageNumber=1&page=1"
CASES: list[tuple[str, Role, Any]] = [
    ("haeavustuksia", "feed", {"hakuilmoitukset": [NOTICE], "totalCount": 1, "pageCount": 2}),
    ("haeavustuksia", "page", NOTICE),
    ("eu_funding", "feed", {"totalResults": 90, "results": [TOPIC]}),
    ("site", "feed", [ROW]),
    ("sitra", "feed", [ROW]),
    ("eura2021_calls", "listing", {"preRenderData": CALLS}),
    ("eura2021_calls", "page", {"preRenderData": {"ilmoitus": CALLS["hankehaku"][0]} | CALLS}),  # type: ignore[index]
]


def variants(value: Any) -> Iterator[Any]:
    """The value with each of its parts in turn replaced, left out, or hung under a thousand lists."""
    for path in list(_paths(value)):
        for wrong in WRONG:
            yield _with(value, path, wrong)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from _paths(value[key], (*path, key))


def _with(value: Any, path: tuple[Any, ...], wrong: Any) -> Any:
    if not path:
        return wrong
    changed = copy.deepcopy(value)
    place = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = wrong
    return changed


def _body(spider: str, value: Any) -> bytes:
    text = json.dumps(value)
    return (
        f'<script type="__PREACT_CLI_DATA__">{text}</script>'.encode() if spider.startswith("eura") else text.encode()
    )


def _steps(spider: str, role: Role, body: bytes) -> Iterator[Step]:
    source = Source(id="s", name={"fi": "S"}, spider=spider, every=86_400, keep=("/",), start=(URL,), wordpress=(URL,))
    found = spider_named(spider)
    yield from found.read(source, Answer(URL, body, role, headers={"x-wp-total": "9", "x-wp-totalpages": "2"}))
    made = found.compose(source, URL, tuple(Answer(part, body) for part in found.parts(source, URL)))
    if made:
        yield made


@pytest.mark.parametrize(("spider", "role", "value"), CASES, ids=[f"{case[0]}-{case[1]}" for case in CASES])
def test_spiders(spider: str, role: Role, value: Any) -> None:
    for wrong in variants(value):
        storable(_steps(spider, role, _body(spider, wrong)))
    for text in (b"[" * 200_000, b'{"a":' * 100_000, b"1" * 5_000, b"NaN", b"", b"\xff", b'"\\ud800"'):
        storable(_steps(spider, role, text))


BODY = {
    "oid": "1.2.246.562.10.1", "nimi": {"fi": "Koulu"}, "tyypit": ["organisaatiotyyppi_02"], "alkuPvm": "2000-01-01",
    "status": "AKTIIVINEN", "ytunnus": "0116510-6", "kotipaikkaUri": "kunta_091", "parentOid": "1.2.246.562.10.0",
    "nimet": [{"nimi": {"fi": "A"}, "alkuPvm": "2000-01-01"}],
}  # fmt: skip
MERGER = {"organisaatio": {"oid": "1.2.246.562.10.1"}, "kohde": {"oid": "1.2.246.562.10.2"}, "alkuPvm": "2000-01-01"}
COMPANY = {
    "businessId": {"value": "0116510-6"}, "names": [{"name": "A Oy", "type": "1", "version": 1}],
    "addresses": [{"postOffices": [{"city": "HELSINKI"}]}], "website": {"url": "a.example"}, "endDate": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("value", "reader"),
    [
        ([BODY], lambda value: [read_body(item) for item in records(value, "haku")]),
        ([MERGER], read_mergers),
        ({"totalResults": 1, "companies": [COMPANY]}, lambda value: list(read_companies(value, "0116510-6"))),
        (
            [{"code": "091", "classificationItemNames": [{"lang": "fi", "name": "Helsinki"}]}],
            lambda v: read_names(v, "a"),
        ),
        ([{"sourceItem": {"code": "1"}, "targetItem": {"code": "2"}}], lambda v: read_pairs(v, "a")),
    ],
    ids=["opintopolku", "mergers", "prh", "areas", "pairs"],
)
def test_registers(value: Any, reader: Callable[[Any], object]) -> None:
    refused = 0
    for wrong in variants(value):
        try:
            reader(wrong)
        except RegisterShapeError:
            refused += 1
    assert refused
