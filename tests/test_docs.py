"""The documentation says what the code does: its generated parts are fresh, its links lead somewhere."""

import re
from pathlib import Path

import pytest

from docs import generate

PAGES = [*generate.PAGES, generate.ROOT / "CONTRIBUTING.md"]
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")


def test_generated_parts_are_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.main(["--check"]) == 0, capsys.readouterr().err


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    missing = [link for link in _LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert not missing


def test_a_stale_part_is_seen() -> None:
    text = "<!-- generated: bodies -->\nold\n<!-- end -->"
    assert generate.regenerated(text) != text
