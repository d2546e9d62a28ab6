"""The pictures say what their numbers say, and the map has every region and municipality."""

import re

import pytest
from lxml import etree

from normalise.organisations.places import municipalities, regions
from publish.language import LANGUAGES, texts
from publish.pictures.bars import bars
from publish.pictures.map import drawing, legend, municipality_map, region_map, shade

T = texts("fi")


def test_the_map_is_whole() -> None:
    assert drawing()["regions"].keys() == regions().keys() == drawing()["labels"].keys()
    assert drawing()["municipalities"].keys() == municipalities().keys()
    width, height = drawing()["width"], drawing()["height"]
    points = [*drawing()["municipalities"].values(), *drawing()["labels"].values()]
    assert all(0 <= x <= width and 0 <= y <= height for x, y in points)
    corners = re.findall(r"[ML]([\d.]+) ([\d.]+)", "".join(drawing()["regions"].values()))
    assert all(0 <= float(x) <= width and 0 <= float(y) <= height for x, y in corners)


def test_places_lie_where_they_should() -> None:
    at = drawing()["municipalities"]
    north, south = at["rovaniemen-kaupunki"], at["helsingin-kaupunki"]
    west, east = at["vaasan-kaupunki"], at["joensuun-kaupunki"]
    assert north[1] < south[1]
    assert west[0] < east[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_numbers_stand_on_the_map(lang: str) -> None:
    t = texts(lang)
    svg = etree.fromstring(str(region_map({"pirkanmaan-liitto": 12, "lapin-liitto": 1}, "Otsikko", t)))
    assert svg.get("aria-label") == "Otsikko"
    titles = svg.xpath("//title/text()")
    assert f"{regions()['pirkanmaan-liitto'][lang]}: 12" in titles
    assert len(titles) == len(regions())
    circles = etree.fromstring(str(municipality_map({"tampereen-kaupunki": 4, "turun-kaupunki": 1}, "x", t)))
    radii = [float(value) for value in circles.xpath("//circle/@r")]
    assert radii[0] == 2 * radii[1]
    assert municipalities()["tampereen-kaupunki"][lang] in circles.xpath("//text/text()")


def test_names_on_the_map_do_not_lie_on_each_other() -> None:
    numbers = dict.fromkeys(municipalities(), 3)
    svg = etree.fromstring(str(municipality_map(numbers, "x", T)))
    places = [(float(text.get("x")), float(text.get("y"))) for text in svg.xpath("//text")]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("most", [0, 1, 2, 5, 6, 7, 99, 12_345])
def test_the_legend_names_every_shade_once(most: int) -> None:
    classes = [class_ for class_, _ in legend(most, T)]
    assert classes == sorted(set(classes))
    assert {f"s{shade(number, most)}" for number in (0, 1, most) if number <= most} <= set(classes)


def test_bars_have_every_year() -> None:
    svg = etree.fromstring(str(bars([(2020, 1), (2021, 0), (2022, 3)], "x", T)))
    assert len(svg.xpath("//rect")) == 3
    assert bars([], "x", T) is None
