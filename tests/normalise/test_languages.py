"""The language of pages and blocks."""

import pytest

from normalise.language.languages import language_of

FI = "Hankkeessa kehitetään ammatillisen koulutuksen ohjausta yhdessä alueen oppilaitosten ja yritysten kanssa. "
SV = "Projektet utvecklar handledningen inom yrkesutbildningen tillsammans med regionens läroanstalter och företag. "
EN = "The project develops guidance in vocational education together with schools and companies of the region. "


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (FI * 3, "fi"),
        (FI.upper() * 3, "fi"),
        (SV * 3, "sv"),
        (SV.upper() * 3, "sv"),
        (EN * 3, "en"),
        (f"{FI * 3}\n\n{SV * 3}", "mul"),
        (f"{FI * 3}\n\nSvenska kulturfonden i Finland rf, Ålands landskapsregering", "fi"),
        (f"{FI * 12}\n\n{SV}", "fi"),
        ("", "und"),
        ("12.3.2024, 040 555 0101", "und"),
    ],
)
def test_page(text: str, lang: str) -> None:
    assert language_of(text).lang == lang


def test_blocks_keep_their_language_and_short_ones_inherit() -> None:
    text = f"# Kontakt\n\n{FI * 2}\n\n{SV * 2}"
    blocks = language_of(text).blocks
    assert [block.lang for block in blocks][1:] == ["fi", "sv"]
    assert text[blocks[1].start : blocks[1].end] == (FI * 2).strip()


def test_same_text_same_answer() -> None:
    assert len({language_of("Projektet finansieras\n" + SV) for _ in range(5)}) == 1
