"""Dependencies: every pinned package has its licence in the docs, and none is under one that a program must follow."""

import re
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PINNED = re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
_ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_SAID = {"MIT": "MIT", "Apache": "Apache", "BSD": "BSD", "Mozilla": "MPL", "MPL": "MPL", "PSF": "PSF", "ZPL": "ZPL"}


def licences() -> dict[str, str]:
    """The docs' licence of every package."""
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8").partition("## Everything that is installed")[2]
    return {name: licence for licence, names in _ROW.findall(page) for name in names.split(", ")}


def said(name: str) -> str:
    """What an installed package says of its licence."""
    try:
        data = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        pytest.skip("not installed on this system")
    classifiers = [line for line in data.get_all("Classifier", []) if line.startswith("License ::")]
    return " ".join([data.get("License-Expression") or (data.get("License") or "").partition("\n")[0], *classifiers])


def test_the_lock_file_was_read() -> None:
    assert len(PINNED) > 50


def test_every_pinned_package_is_listed_and_no_other() -> None:
    assert set(licences()) - {"packages", "---"} == set(PINNED)


@pytest.mark.parametrize("name", PINNED)
def test_a_listed_licence_is_what_the_package_says(name: str) -> None:
    words = said(name)
    known = {licence for word, licence in _SAID.items() if word in words}
    assert not known or any(licence in licences()[name] for licence in known), words


@pytest.mark.parametrize("name", PINNED)
def test_no_package_is_under_the_gpl_alone(name: str) -> None:
    words = said(name)
    assert "GPL" not in words or " OR " in words, words
