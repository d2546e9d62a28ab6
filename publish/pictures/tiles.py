"""The regions of Finland as a map of squares: each region one square, about where it lies."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup

from publish.language import Texts
from publish.pictures.svg import element, joined, picture

_SIDE, _GAP = 74.0, 6.0
_SHADES = 5
Region = Mapping[str, Any]


@cache
def regions() -> Sequence[Region]:
    """The regions from north to south: ``id`` of the regional council, names, ``short``, ``column`` and ``row``."""
    loaded: Sequence[Region] = yaml.safe_load((Path(__file__).parent / "regions.yml").read_text("utf-8"))
    return loaded


def tiles(numbers: Mapping[str, int], title: str, t: Texts) -> Markup:
    """The map; ``numbers`` are the projects by region id."""
    most = max(numbers.values(), default=0)
    columns = 1 + max(region["column"] for region in regions())
    rows = 1 + max(region["row"] for region in regions())
    squares = [_square(region, numbers.get(region["id"], 0), most, t) for region in regions()]
    return picture(title, columns * (_SIDE + _GAP), rows * (_SIDE + _GAP), joined(squares), "tiles")


def shade(number: int, most: int) -> int:
    """0 for none, else 1 (few) to 5 (most), by equal steps."""
    return 0 if not number else min(_SHADES, 1 + (number - 1) * _SHADES // most)


def _square(region: Region, number: int, most: int, t: Texts) -> Markup:
    x, y = region["column"] * (_SIDE + _GAP), region["row"] * (_SIDE + _GAP)
    content = [
        element("title", f"{region[t.lang]}: {t.number(number)}"),
        element("rect", x=x, y=y, width=_SIDE, height=_SIDE, rx=6),
        element("text", region["short"], x=x + _SIDE / 2, y=y + 32, text_anchor="middle", class_="short"),
        element("text", t.number(number), x=x + _SIDE / 2, y=y + 54, text_anchor="middle", class_="value"),
    ]
    return element("g", joined(content), class_=f"tile s{shade(number, most)}")
