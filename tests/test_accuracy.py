"""The gate: no field may fall under its floor, and the published figures are those of today's rules and pages."""

import json

import pytest

from tests import accuracy


@pytest.fixture(scope="module")
def groups() -> dict[str, accuracy.Accuracy]:
    return accuracy.measure()


FLOORS: dict[str, float] = json.loads(accuracy.FLOORS.read_text("utf-8"))


@pytest.mark.parametrize("name", [name for name in FLOORS if name != "macro"])
def test_no_field_falls_under_its_floor(groups: dict[str, accuracy.Accuracy], name: str) -> None:
    assert groups["all"].fields[name].f1 >= FLOORS[name], "a rule lost facts; see python -m tests.accuracy"


def test_the_mean_stays_over_its_floor(groups: dict[str, accuracy.Accuracy]) -> None:
    assert groups["all"].macro >= FLOORS["macro"]


def test_the_published_figures_are_todays(groups: dict[str, accuracy.Accuracy]) -> None:
    published = json.loads(accuracy.REPORT.read_text("utf-8"))
    assert published == accuracy.report(groups, accuracy.measure(accuracy.HELD_OUT)["all"]), (
        "run python -m tests.accuracy --update"
    )


def test_floors_only_rise(groups: dict[str, accuracy.Accuracy]) -> None:
    high = dict.fromkeys(FLOORS, 2.0)
    assert accuracy.raised_floors(groups, high) == high


def test_no_page_is_golden_and_held_out() -> None:
    assert not {path.name for path in accuracy.HELD_OUT.iterdir()} & {path.name for path in accuracy.PAGES.iterdir()}
