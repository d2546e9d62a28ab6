"""Which lines and parts may be the title at all."""

import pytest

from normalise.analysis import Analysis
from normalise.text.document import Document, Line
from normalise.titles.candidates import title_candidates
from normalise.titles.sieve import may_be_part, may_be_title, may_hold_title


def line(text: str, above: int = 0) -> Line:
    return Document("Ylempi rivi\n\n" * above + text).lines[above]


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("Silta nuorille", True),
        ("# Silta nuorille", True),
        ("Kuka auttaa?", True),
        ("2.0 Silta", True),
        ("- Silta nuorille", False),
        ("3. STÖD FÖR BROAR", True),
        ("3. Stöd för broar", False),
        ("Silta alkaa tänään.", False),
        ("Rahoittaja:", False),
        ("ja niin edelleen", False),
        ("2021–2023", False),
        ("AB", False),
        ("Silta " * 24, False),
    ],
)
def test_lines(text: str, may: bool) -> None:
    assert may_be_title(line(text)) is may


@pytest.mark.parametrize(
    ("text", "above", "may"),
    [
        ("Silta – nuorten polut", 9, True),
        ("Silta – nuorten polut", 10, False),
        ("Silta on hanke. " * 20, 7, True),
        ("Silta on hanke. " * 20, 8, False),
        ("- Silta – nuorten polut", 0, False),
    ],
)
def test_lines_with_parts(text: str, above: int, may: bool) -> None:
    assert may_hold_title(line(text, above)) is may


def test_parts() -> None:
    assert may_be_part("Silta")
    assert not any(map(may_be_part, ("S", "silta", "Silta alkaa.", "2021", "Silta " * 17)))


def test_a_sheet_without_a_letter_is_no_title() -> None:
    analysis = Analysis(Document("Projektin nimi: Silta\nHanke 2022\n"))
    assert "2022" not in {candidate.words for candidate in title_candidates(analysis)}
