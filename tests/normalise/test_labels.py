"""Labels in the habits of real pages, and the words that name a field."""

import pytest

from normalise.text.document import Document
from normalise.text.label_names import name_label
from normalise.text.labels import find_labelled


def labelled(text: str) -> list[tuple[str, str, str]]:
    """(field, form, value) of each label but those that only end values."""
    return [(f.field, f.form, text[f.start : f.end]) for f in find_labelled(Document(text)) if f.field != "other"]


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("Rahoittaja", ["funder"]),
        ("Hankkeen rahoittajat:", ["funder"]),
        ("2.1 Hankkeen nimi", ["title"]),
        ("Kesto ja rahoitus", ["period", "funding"]),
        ("Projekttid samt finansiering", ["period", "funding"]),
        ("Rahoittajat / Finansiärer", ["funder"]),
        ("Huvudfinansiär", ["funder"]),
        ("Övriga genomförare", ["partners"]),
        ("Muut rahoittajat", ["funder"]),
        ("Projektets samarbetspartner", ["partners"]),
        ("Kesto (päivämäärinä)", ["period"]),
        ("Sataa vettä", []),
    ],
)
def test_label_words_name_fields(words: str, fields: list[str]) -> None:
    assert [name.field for name in name_label(words)] == fields


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rahoittaja: Kone Oyj\nMuuta", [("funder", "inline", "Kone Oyj")]),
        ("Rahoittaja\nKone Oyj\n\nAivan muuta", [("funder", "headed", "Kone Oyj")]),
        ("## Hankeaika\n\n1.1.2024–31.5.2025\n\n## Tavoitteet\n\nX", [("period", "headed", "1.1.2024–31.5.2025")]),
        ("Toteutusaika 1.1.2024–31.5.2025", [("period", "juxtaposed", "1.1.2024–31.5.2025")]),
        ("Projekttid1 mars 2021–30 juni 2022", [("period", "juxtaposed", "1 mars 2021–30 juni 2022")]),
        ("Hanke\tSilta 2.0", [("title", "inline", "Silta 2.0")]),
        ("Rahoittaja | Kone Oyj", [("funder", "inline", "Kone Oyj")]),
        (
            "Hankekoodi: S20001 Hankkeen nimi: Silta Toiminnan tila: käynnissä",
            [("identifier", "inline", "S20001"), ("title", "embedded", "Silta"), ("status", "embedded", "käynnissä")],
        ),
        (
            "Kumppanit: Omnia, Gradia,\nLappia ja Sedu\n\nMuuta",
            [("partners", "inline", "Omnia, Gradia,\nLappia ja Sedu")],
        ),
    ],
)
def test_labels_are_found_in_every_form(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert labelled(text) == expected


def test_a_bullet_that_is_a_label_ends_the_list_above_it() -> None:
    text = "Samarbetspartner\n\n • Optima\n • Finansiär\n\n • Kulturfonden\n"
    assert labelled(text) == [("partners", "headed", "Optima"), ("funder", "headed", "Kulturfonden")]


def test_a_long_run_of_colons_is_read_in_linear_time() -> None:
    assert labelled("a:" * 50_000) == []


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_an_unknown_label_ends_a_value_where_labels_and_values_take_turns(gap: str) -> None:
    lines = [
        "Alkaa",
        "1.2.2019",
        "Päättyy",
        "31.3.2021",
        "Toimen laji",
        "Kehittäminen",
        "Hallinnoija",
        "Opisto",
        "Budjetti",
        "9 000 €",
    ]
    document = Document(gap.join(lines))
    values = {label.field: document.text[label.start : label.end] for label in find_labelled(document)}
    assert values == {"start": "1.2.2019", "end": "31.3.2021", "coordinator": "Opisto", "amount_total": "9 000 €"}


def test_a_list_of_several_lines_keeps_them() -> None:
    document = Document("Alkaa\n1.2.2019\nPäättyy\n31.3.2021\nKumppanit\nOpisto\nKoulu\nBudjetti\n9 000 €")
    values = {label.field: document.text[label.start : label.end] for label in find_labelled(document)}
    assert values["partners"] == "Opisto\nKoulu"
