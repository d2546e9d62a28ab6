"""The collector of garbage is spared work while a long run lasts, and only then."""

import gc

import pytest

from pipelines.garbage import collecting_seldom


class Ring:
    """An object that holds itself: only the collector can free it."""

    def __init__(self) -> None:
        self.me = self


def rings() -> int:
    return sum(isinstance(one, Ring) for one in gc.get_objects())


def test_what_is_there_is_left_alone_for_a_while() -> None:
    before, thresholds = Ring(), gc.get_threshold()
    with collecting_seldom():
        assert not any(one is before for one in gc.get_objects())
        assert gc.get_threshold()[0] > thresholds[0]
    assert any(one is before for one in gc.get_objects())
    assert gc.get_threshold() == thresholds


def test_rings_that_come_are_still_collected() -> None:
    with collecting_seldom():
        for _ in range(3 * gc.get_threshold()[0]):
            Ring()
        assert rings() <= gc.get_threshold()[0]


def test_a_failure_ends_it_too() -> None:
    thresholds = gc.get_threshold()
    with pytest.raises(ValueError, match="late"), collecting_seldom():
        raise ValueError("late")
    assert gc.get_threshold() == thresholds
