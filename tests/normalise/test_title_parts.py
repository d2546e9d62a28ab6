"""Names within longer lines, under the labels of flattened forms, and as the subject of a sentence."""

import pytest

from normalise.project_names import find_project_names
from normalise.title_parts import parts_of
from normalise.title_sheets import find_sheet_names
from normalise.title_wordings import wording_of


@pytest.mark.parametrize(
    ("line", "part", "sort"),
    [
        ("SILTA AMIKSEEN -HANKKEEN LOPPURAPORTTI", "SILTA AMIKSEEN", "before_report"),
        ("SLUTRAPPORT Bron till byn", "Bron till byn", "after_report"),
        ("Projektplan för projektet Bron till byn", "Bron till byn", "after_report"),
        ("Silta amikseen -hankkeen logo", "Silta amikseen", "before_report"),
        ("Slutrapport. Bron till byn", "Bron till byn", "after_report"),
        ("3 Silta-hanke", "Silta-hanke", "after_number"),
        ("Bron till byn (Leader)", "Bron till byn", "before_brackets"),
        ("Mikä on Silta?", "Silta", "asked"),
        ("Silta kotiin 14.2.2013 Hanke toteutetaan", "Silta kotiin", "before_date"),
        ("Bron till byn får pengar av fonden", "Bron till byn", "before_verb"),
        ("kunta.example > Silta 2.0 > Rahoittajat", "Silta 2.0", "crumb.middle"),
        ("Kunnan liitto 4/2013 AVUSTUKSEN MYÖNTÄMINEN SILLALLE 118/2013", "AVUSTUKSEN MYÖNTÄMINEN SILLALLE", "capitals"),
    ],
)  # fmt: skip
def test_parts(line: str, part: str, sort: str) -> None:
    assert (part, sort) in {(line[p.start : p.end], p.sort) for p in parts_of(wording_of(line))}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2. PROJEKTI Projektin nimi Bron till arbete Ohjelma Manner-Suomen ESR-ohjelma", "Bron till arbete"),
        (
            "Hankkeen julkinen nimi Silta - sivuvirrat kiertoon Alkamispäivämäärä 1.1.2020",
            "Silta - sivuvirrat kiertoon",
        ),
        ("Projektets namnÅterbruk\nDiarienummer ÅLR 2022/7741", "Återbruk"),
    ],
)
def test_names_under_the_labels_of_flattened_forms(text: str, name: str) -> None:
    assert [text[s.start : s.end] for s in find_sheet_names(text)] == [name]


def test_names_come_in_reading_order() -> None:
    names = find_project_names('Havsbron är ett projekt. "Uusia polkuja" -hanke alkaa. Silta-hanke päättyi.')
    assert [(name.name, name.sort) for name in names] == [
        ("Havsbron", "subject"),
        ("Uusia polkuja", "quoted"),
        ("Silta", "hyphen"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Vi leder projektet Två stränder vid älven. Två stränder vid älven får pengar.", "Två stränder vid älven"),
        ("Vi leder projektet Två stränder vid älven. Två byar är med.", "Två"),
        ("Vi leder projektet Två stränder. Två strändernas folk är med.", "Två"),
        ("Vi leder projektet Två stränder", "Två"),
    ],
)
def test_small_words_belong_to_a_name_that_is_said_with_them_again(text: str, name: str) -> None:
    assert [found.name for found in find_project_names(text)] == [name]


def test_the_subject_of_a_sentence_about_a_project() -> None:
    names = find_project_names("Vi gläds. Havsbron är ett treårigt projekt för unga.")
    assert [(n.name, n.sort) for n in names] == [("Havsbron", "subject")]
