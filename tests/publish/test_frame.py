"""What surrounds the pages: how deadlines are told."""

from datetime import UTC, date, datetime

import pytest

from publish.portal.frame import days_left, is_past

NOON = datetime(2026, 11, 29, 10, tzinfo=UTC)  # in Finland


@pytest.mark.parametrize(
    ("closes", "past"),
    [
        ("2026-11-29T11:59", True),
        ("2026-11-29T12:00", False),
        ("2026-11-28", True),
        ("2026-11-29", False),
        ("2026-10", True),
        ("2026-11", False),
        ("2025", True),
        ("2026", False),
        (None, False),
        ("", False),
    ],
)
def test_a_deadline_is_over_with_its_last_moment(closes: str | None, past: bool) -> None:
    assert is_past(closes, NOON) is past


@pytest.mark.parametrize(
    ("closes", "days"),
    [("2026-11-29", 0), ("2026-12-11T16:15", 12), ("2026-11-28", None), ("2026-12", None), (None, None), ("x", None)],
)
def test_days_are_counted_to_exact_days(closes: str | None, days: int | None) -> None:
    assert days_left(closes, date(2026, 11, 29)) == days
