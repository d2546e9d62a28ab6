"""Names within longer lines, under the labels of flattened forms, and as the subject of a sentence."""

import pytest

from normalise.titles.parts import parts_of
from normalise.titles.project_names import find_project_names
from normalise.titles.sheets import find_sheet_names
from normalise.titles.wordings import wording_of


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
        ("Kylätalo nousee", "Kylätalo", "before_verb"),
        ("21.3.2022 Bystöd kan sökas", "Bystöd kan sökas", "after_date"),
        ("date 2018-02 Kokeiluun haetaan kuntia", "Kokeiluun haetaan kuntia", "after_date"),
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
    ("text", "names"),
    [
        ("Rahalla toteutetaan Polku kotiin -hanke.", [("Polku kotiin", "hyphen_long")]),
        ("Kunnan Silta-hankkeessa on viisi.", [("Kunnan Silta", "hyphen"), ("Silta", "hyphen_word")]),
        ("Säätiön Iso Silta -hanke alkoi.", [("Säätiön Iso Silta", "hyphen")]),
        ("Silta-niminen hanke alkoi.", [("Silta", "hyphen")]),
        ('I projektet "Vår hamn" är två med.', [("Vår hamn", "quoted")]),
        ("Projektet heter Bron till byn.", [("Bron till byn", "called")]),
        ("Hankkeen nimi on Silta kotiin, ja se kestää.", [("Silta kotiin", "called")]),
        ("Vi driver Leaderprojektet Hamn som pågår.", [("Hamn", "after")]),
        ("Vi driver projektet Vår hamn som pågår.", [("Vår", "after_cut"), ("Vår hamn", "after_long")]),
        # A year may end a name, a span of years does not; verbs and clauses end it.
        ("Projektet Vik 2030 beviljades stöd.", [("Vik", "after_cut"), ("Vik 2030", "after"), ("Vik 2030", "after_long")]),
        ("Kupoli 2016 -hanke alkaa.", [("Kupoli 2016", "hyphen")]),
        ("Sen jatkoi hanke Uusi Silta 2019–2021.", [("Uusi Silta", "after_cut"), ("Uusi Silta 2019–2021", "after_long")]),
        ("Projektin nimi on Laturetki -investointi ja se päättyi.", [("Laturetki -investointi", "called")]),
        ("Vi driver projektet Hamn\nKontakt", [("Hamn", "after")]),
        ("Rahaa annetaan hankkeeseen Polku kotiin (2018).", [("Polku", "after_cut"), ("Polku kotiin", "after_long")]),
        ("Tukea haetaan hankkeelle ’Polku kotiin 2023’.", [("Polku kotiin 2023", "quoted")]),
        ("The Bright Shores project ends.", [("Bright Shores", "before")]),
        ("Rahalla palkkaa RantaPolku ohjaajan.", [("RantaPolku", "coined")]),
        ("Kunnassa tutkii Kaisla LIFE ojia.", [("Kaisla LIFE", "coined")]),
        ("Nyt alkoi Silta, rahaston tukema hanke.", [("Silta", "apposed")]),
        ("Nu börjar Bron, en fyraårig satsning på skolor.", [("Bron", "apposed")]),
        ("Hello.\nBright Shores is funded by the union.", [("Bright Shores", "funded")]),
        ("Detta är ett projekt. ESR-hanke alkoi.", []),
        ("Projektet X drivs av två.", []),
    ],
)  # fmt: skip
def test_how_a_text_gives_the_name_of_its_project(text: str, names: list[tuple[str, str]]) -> None:
    assert [(found.name, found.sort) for found in find_project_names(text)] == names


@pytest.mark.parametrize(
    ("text", "name", "sort"),
    [
        (
            "Vi leder projektet Två stränder vid älven. Två stränder vid älven får pengar.",
            "Två stränder vid älven",
            "repeated",
        ),
        ("Vi leder projektet Två stränder vid älven. Två byar är med.", "Två", "after_cut"),
        ("Vi leder projektet Två stränder. Två strändernas folk är med.", "Två", "after_cut"),
        ("Vi leder projektet Två stränder", "Två", "after_cut"),
    ],
)
def test_small_words_belong_to_a_name_that_is_said_with_them_again(text: str, name: str, sort: str) -> None:
    assert [(n.name, n.sort) for n in find_project_names(text) if n.sort != "after_long"] == [(name, sort)]


def test_the_subject_of_a_sentence_about_a_project() -> None:
    names = find_project_names("Vi gläds. Havsbron är ett treårigt projekt för unga.")
    assert [(n.name, n.sort) for n in names] == [("Havsbron", "subject")]
