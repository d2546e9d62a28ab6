"""Organisations on a circle, joined where they share projects; the layout follows from the data alone."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from publish.language import Texts
from publish.pictures.svg import element, joined, picture

_WIDTH, _HEIGHT, _RADIUS = 800.0, 800.0, 185.0
_LONGEST_LABEL = 26
_THICKEST = 6.0
Pair = Mapping[str, Any]
Point = tuple[float, float]


def network(
    pairs: Sequence[Pair], names: Mapping[str, str], title: str, t: Texts, centre: str | None = None
) -> Markup | None:
    """A picture of pairs (``source``, ``target``, ``projects``); ``centre`` is set apart. None without pairs."""
    if not pairs:
        return None
    order = _order(pairs, centre)
    angles = {body: 2 * math.pi * place / len(order) - math.pi / 2 for place, body in enumerate(order)}
    most = max(pair["projects"] for pair in pairs)
    edges = [_edge(pair, angles, most, names, t) for pair in sorted(pairs, key=lambda pair: int(pair["projects"]))]
    nodes = [_node(angles[body], names[body], body == centre) for body in order]
    return picture(title, _WIDTH, _HEIGHT, joined([*edges, *nodes]), "circle")


def _order(pairs: Sequence[Pair], centre: str | None) -> list[str]:
    """Each organisation next to one that it works with most, beginning with the best connected."""
    weights: dict[str, dict[str, int]] = defaultdict(dict)
    for pair in pairs:
        weights[pair["source"]][pair["target"]] = weights[pair["target"]][pair["source"]] = int(pair["projects"])
    left = set(weights)
    current = centre if centre in left else max(sorted(left), key=lambda body: sum(weights[body].values()))
    order = []
    while left:
        left.discard(current)
        order.append(current)
        near = sorted(left & weights[current].keys()) or sorted(left)
        if near:
            last = current
            current = max(near, key=lambda body: (weights[last].get(body, 0), sum(weights[body].values())))
    return order


def _edge(pair: Pair, angles: Mapping[str, float], most: int, names: Mapping[str, str], t: Texts) -> Markup:
    (x1, y1), (x2, y2) = _on_circle(angles[pair["source"]]), _on_circle(angles[pair["target"]])
    label = t.count("network.edge", pair["projects"], source=names[pair["source"]], target=names[pair["target"]])
    # Curves bend towards the middle, so that neighbours' lines do not lie on the circle itself.
    bend_x, bend_y = _WIDTH / 2 + (x1 + x2 - _WIDTH) * 0.15, _HEIGHT / 2 + (y1 + y2 - _HEIGHT) * 0.15
    path = f"M{x1:.1f} {y1:.1f}Q{bend_x:.1f} {bend_y:.1f} {x2:.1f} {y2:.1f}"
    width = 1 + (_THICKEST - 1) * pair["projects"] / most
    return element("path", element("title", label), d=path, stroke_width=width, class_="edge")


def _node(angle: float, name: str, is_centre: bool) -> Markup:
    x, y = _on_circle(angle)
    flipped = math.cos(angle) < -1e-9
    turn = math.degrees(angle) + (180 if flipped else 0)
    shown = name if len(name) <= _LONGEST_LABEL else f"{name[: _LONGEST_LABEL - 1]}…"
    text = element(
        "text",
        shown,
        x=-10 if flipped else 10,
        y=4,
        text_anchor="end" if flipped else "start",
        transform=f"translate({x:.1f} {y:.1f}) rotate({turn:.1f})",
    )
    dot = element("circle", cx=x, cy=y, r=6 if is_centre else 4)
    content = joined([element("title", name), dot, text])
    return element("g", content, class_="node centre" if is_centre else "node")


def _on_circle(angle: float) -> Point:
    return _WIDTH / 2 + _RADIUS * math.cos(angle), _HEIGHT / 2 + _RADIUS * math.sin(angle)
