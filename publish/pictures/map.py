"""Finland drawn from a file that ships with the project: regions shaded by number, municipalities as circles.

The areas are made by docs/map.py, which names their sources.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from normalise.organisations.places import municipalities, regions
from publish.language import DASH, Texts
from publish.pictures.svg import element, joined, picture

SHADES = 5
_LARGEST, _SMALLEST = 34.0, 4.0  # radii of circles, in units of the drawing
_LABELLED = 14
_LETTER, _LINE = 12.5, 26.0  # room that a letter of a label and its line take
Box = tuple[float, float, float, float]


@cache
def drawing() -> Mapping[str, Any]:
    """``width``, ``height``; ``regions`` (SVG paths), ``labels`` (points), ``municipalities`` (points) by id."""
    content: Mapping[str, Any] = json.loads((Path(__file__).parent / "finland.json").read_text("utf-8"))
    return content


def region_map(numbers: Mapping[str, int], title: str, t: Texts) -> Markup:
    """The regions, darker the larger their number (by region id); on each its letters and the number."""
    most = max(numbers.values(), default=0)
    areas = [_area(region, numbers.get(region, 0), most, t) for region in drawing()["regions"]]
    labels = [_area_label(region, numbers.get(region, 0), most, t) for region in drawing()["labels"]]
    return _map(title, [*areas, *labels], "finland")


def municipality_map(numbers: Mapping[str, int], title: str, t: Texts) -> Markup:
    """A circle for each municipality with a number (by its id), its area as the number; the largest have names."""
    land = [element("path", d=path, class_="land") for path in drawing()["regions"].values()]
    ranked = sorted(
        ((key, number) for key, number in numbers.items() if number and key in drawing()["municipalities"]),
        key=lambda pair: (-pair[1], pair[0]),
    )
    most = ranked[0][1] if ranked else 1
    circles = [_circle(key, number, most, t) for key, number in ranked]
    return _map(title, [*land, *circles, *_names(ranked, most, t)], "finland circles")


def shade(number: int, most: int) -> int:
    """0 for none, else 1 (few) to 5 (most), by equal steps."""
    return 0 if not number else min(SHADES, 1 + (number - 1) * SHADES // most)


def legend(most: int, t: Texts) -> list[tuple[str, str]]:
    """(class, words) of every shade that some number up to ``most`` has."""
    found: dict[int, list[int]] = {}
    for number in range(most + 1) if most < 1000 else range(0, most + 1, max(1, most // 500)):
        found.setdefault(shade(number, most), []).append(number)
    return [(f"s{level}", _range(numbers[0], numbers[-1], t)) for level, numbers in sorted(found.items())]


def _range(first: int, last: int, t: Texts) -> str:
    return t.number(first) if first == last else f"{t.number(first)}{DASH}{t.number(last)}"


def _map(title: str, parts: Sequence[Markup], class_: str) -> Markup:
    return picture(title, float(drawing()["width"]), float(drawing()["height"]), joined(parts), class_)


def _area(region: str, number: int, most: int, t: Texts) -> Markup:
    title = element("title", f"{regions()[region][t.lang]}: {t.number(number)}")
    shape = element("path", d=drawing()["regions"][region])
    return element("g", joined([title, shape]), class_=f"area s{shade(number, most)}")


def _area_label(region: str, number: int, most: int, t: Texts) -> Markup:
    x, y = drawing()["labels"][region]
    letters = element("text", regions()[region]["short"], x=x, y=y - 2, text_anchor="middle", class_="short")
    value = element("text", t.number(number), x=x, y=y + 20, text_anchor="middle", class_="value")
    return element("g", joined([letters, value] if number else [letters]), class_=f"on s{shade(number, most)}")


def _circle(key: str, number: int, most: int, t: Texts) -> Markup:
    x, y = drawing()["municipalities"][key]
    title = element("title", f"{municipalities()[key][t.lang]}: {t.number(number)}")
    return element("g", joined([title, element("circle", cx=x, cy=y, r=_radius(number, most))]), class_="place")


def _radius(number: int, most: int) -> float:
    return max(_SMALLEST, _LARGEST * math.sqrt(number / most))


def _names(ranked: Sequence[tuple[str, int]], most: int, t: Texts) -> Iterator[Markup]:
    """The names of the largest circles, each beside its own; a name that would lie on another mark is left out."""
    taken = [_around(key, _radius(number, most)) for key, number in ranked]
    for key, number in ranked[:_LABELLED]:
        name = municipalities()[key][t.lang]
        for anchor, x, y, box in _sides(key, _radius(number, most), len(name) * _LETTER):
            inside = box[0] >= 0 and box[2] <= drawing()["width"] and box[3] <= drawing()["height"]
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                yield element("text", name, x=x, y=y, text_anchor=anchor, class_="name")
                break


def _sides(key: str, radius: float, length: float) -> Iterator[tuple[str, float, float, Box]]:
    """Where a name may stand: right, left, above, below; how it is anchored, where, and the room that it takes."""
    x, y = drawing()["municipalities"][key]
    reach, half = radius + 5, _LINE / 2
    yield "start", x + reach, y + 7, (x + reach, y - half, x + reach + length, y + half)
    yield "end", x - reach, y + 7, (x - reach - length, y - half, x - reach, y + half)
    for middle in (y - reach - half, y + reach + half):
        yield "middle", x, middle + 7, (x - length / 2, middle - half, x + length / 2, middle + half)


def _around(key: str, radius: float) -> Box:
    x, y = drawing()["municipalities"][key]
    return x - radius, y - radius, x + radius, y + radius


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
