"""Bars by year."""

from collections.abc import Sequence

from markupsafe import Markup

from publish.language import Texts
from publish.pictures.svg import element, joined, picture

_WIDTH, _HEIGHT, _FOOT, _HEAD = 720.0, 236.0, 32.0, 28.0
_LABEL_ROOM = 60.0  # units that a year's label needs so that two do not touch, in the larger letters of small screens
_WIDEST = 96.0  # units of a column with the room around it: a single year is a column, not a wall


def bars(by_year: Sequence[tuple[int, int]], title: str, t: Texts) -> Markup | None:
    """A column a year, the highest one labelled, or all where there is room; None without years."""
    if not by_year:
        return None
    most = max(number for _, number in by_year) or 1
    step = min(_WIDTH / len(by_year), _WIDEST)
    left = (_WIDTH - step * len(by_year)) / 2
    every = max(1, round(_LABEL_ROOM / step + 0.49))
    room = _HEIGHT - _FOOT - _HEAD
    parts = [element("line", x1=0, x2=_WIDTH, y1=_HEIGHT - _FOOT, y2=_HEIGHT - _FOOT, class_="axis")]
    labelled = False
    for place, (year, number) in enumerate(by_year):
        height = room * number / most
        x = left + place * step
        shape = element(
            "rect",
            x=x + step * 0.12,
            y=_HEIGHT - _FOOT - height,
            width=step * 0.76,
            height=height,
            rx=min(2.0, step / 8),
        )
        label = element("title", t("charts.bar", year=year, n=t.number(number)))
        parts.append(element("g", joined([label, shape]), class_="bar"))
        if (step >= _LABEL_ROOM and number) or (number == most and not labelled):
            labelled = True
            parts.append(_label(x + step / 2, _HEIGHT - _FOOT - height - 5, t.number(number), "value", _WIDTH))
        if (len(by_year) - 1 - place) % every == 0:
            parts.append(_label(x + step / 2, _HEIGHT - 8, str(year), "tick", _WIDTH))
    return picture(title, _WIDTH, _HEIGHT, joined(parts), "bars")


def _label(x: float, y: float, text: str, class_: str, width: float) -> Markup:
    anchor = "start" if x < 16 else "end" if x > width - 16 else "middle"
    x = 0.0 if anchor == "start" else width if anchor == "end" else x
    return element("text", text, x=x, y=y, class_=class_, text_anchor=anchor)
