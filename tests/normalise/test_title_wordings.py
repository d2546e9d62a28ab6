"""What a line says by its own words and signs, and that looking for signs only where they can be misses none."""

import re
from pathlib import Path

import pytest

from normalise.titles import signs as title_signs
from normalise.titles.vocabulary import DIGIT, NEWSY, count_menu_words, sense_of
from normalise.titles.wordings import wording_flags, wording_of

PAGES = Path(__file__).parents[1] / "pages" / "facts"


@pytest.mark.parametrize(
    ("line", "flags"),
    [
        ("Uutiset", {"length.12", "type", "menu.1", "label"}),
        ("Hem  Nyheter  Kontakt", {"length.30", "crumbs", "menu.2", "type_last"}),
        ("Silta sai rahoituksen.", {"length.30", "stop", "newsy"}),
        ("SILTA-HANKE 2024", {"length.30", "capitals", "hyphen_project", "year"}),
        ("Julkaistu 1.2.2024", {"length.30", "date", "date_line", "year"}),
        ("Puh. vaihde", {"length.12", "contact"}),
        ("Lue lisää täältä", {"length.30", "furniture"}),
        ("hankkeen nimi:", {"length.30", "colon", "starts_low", "label"}),
        ("(3) Silta", {"length.12", "brackets"}),
        ("Siltahankkeen logo", {"length.30", "image"}),
        ("Silta?", {"length.12", "question"}),
        ("Nro 118/1999", {"length.12", "docket_number"}),
        ("Translate this page", {"length.30", "furniture"}),
        ("Avainsana: sillat", {"length.30", "furniture"}),
        ("Stiftelsen Kontaktuppgifter", {"length.30", "menu.2"}),
        ("klo 12", {"length.12", "starts_low", "clock"}),
        ("Tuki 500 euroa", {"length.30", "money"}),
        ("Nuoret * Seurat * Hankkeet", {"length.30", "crumbs", "menu.1"}),
        ("Silta – polku – porras", {"length.30", "dash", "dashes"}),
        ("Silta 2019–2021", {"length.30", "year", "span_of_years"}),
        ("Silta.fi", {"length.12", "host"}),
        ("Till huvudinnehåll", {"length.30", "furniture"}),
        ("Vem kan söka", {"length.12", "furniture", "label"}),
    ],
)  # fmt: skip
def test_flags_of_a_line(line: str, flags: set[str]) -> None:
    assert set(wording_flags(wording_of(line))) == flags


def test_no_sign_is_missed_for_want_of_what_it_needs() -> None:
    lines = {line for path in sorted(PAGES.glob("*.txt")) for line in path.read_text("utf-8").splitlines() if line}
    lines |= {"a\u2003\u2003b", "a\tb", "ett › två", "x - y", "x  y"}
    for line in lines:
        found = set(title_signs.signs_of(line, title_signs.characters_of(line), wording_of(line).tells))
        expected = {name for name, sign in title_signs._SIGNS.items() if sign.pattern.search(line)}
        assert expected <= found, line


def test_what_words_tell() -> None:
    assert sense_of("Alkaa").tells & NEWSY
    assert not sense_of("alkaapa").tells
    assert sense_of("Hankkeen").heading == (True,)
    # Short words of headings begin many names.
    assert [sense_of(word).heading for word in ("Merituuli", "Kompassi", "Läslust")] == [(False,)] * 3
    assert sense_of("AB12CDE") == ("ab12cde", DIGIT, "ab12cd", 2, (), 1, 1)
    assert count_menu_words("Hem | På svenska | Tietoa meistä") == 3


def test_white_space_of_any_width_is_known() -> None:
    wide = {chr(c) for c in range(0x3001) if re.fullmatch(r"\s", chr(c))} - {" "}
    assert wide <= title_signs.WIDE_SPACES
