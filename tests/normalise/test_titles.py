"""The title among menus, dates, site names and headlines."""

import pytest

from normalise.analysis import Analysis
from normalise.facts import Kind
from normalise.text.document import Document
from normalise.titles.candidates import title_candidates
from normalise.titles.finding import find_title


def title(text: str, kind: Kind = "project", hint: str = "") -> str | int | float | None:
    facts = find_title(Analysis(Document(text), title_hint=hint), kind).facts
    return facts[0].value if facts else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hyppää sisältöön\n\nEtusivu › Hankkeet › Silta\n\nSilta – nuorten polut\n\nHankeaika\n\n2021–2022", "Silta – nuorten polut"),
        ("# Silta\n\n## Tavoite\n\nTavoitteena on silta.", "Silta"),
        ("5.3.2024\n\nUutinen\n\nSilta vie töihin\n\nLeipäteksti alkaa tästä ja jatkuu pitkään.", "Silta vie töihin"),
        ("1 Hanke\n\nHankekoodi: S20001\n\nHankkeen nimi: Silta 2.0\n\nToimintalinja: 2", "Silta 2.0"),
        ("Uutinen: Silta vie töihin\n\nSilta alkoi Turussa. Silta vie töihin sata nuorta.", "Silta vie töihin"),
        ("Turun kaupunki\n\nSilta\n\nHanketta johtaa Turun kaupunki.", "Silta"),
        ("Studera  Forskning  Samarbete\n\nBron till arbete\n\nProjekttid\n2021–2022", "Bron till arbete"),
    ],
)  # fmt: skip
def test_project_titles(text: str, expected: str) -> None:
    assert title(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (
            "Kylälehti\n\nNuoret kunnostavat veneitä laiturilla\n\n3.5.2022\n\nKunta antaa rahaa Vanhat veneet -hankkeelle. Vanhat veneet -hanke alkoi.",
            "project",
            "Vanhat veneet",
        ),
        (
            "Byabladet\n\nUngdomar rustar båtar vid bryggan\n\n3.5.2022\n\nKommunen stöder projektet Gamla båtar. Projektet Gamla båtar pågår i två år.",
            "project",
            "Gamla båtar",
        ),
        (
            "Kylälehti\n\nKyläavustukset haettavissa toukokuun ajan\n\n3.5.2022\n\nKunta jakaa kyläavustuksia yhdistyksille.",
            "call",
            "Kyläavustukset haettavissa toukokuun ajan",
        ),
        ("Translate this page\n\nStöd för våtmarker\n\nStödet kan sökas av alla som har mark.", "call", "Stöd för våtmarker"),
    ],
)  # fmt: skip
def test_a_headline_is_the_title_of_a_call_and_no_projects(text: str, kind: Kind, expected: str) -> None:
    assert title(text, kind) == expected


def test_the_body_before_a_name_is_no_part_of_it() -> None:
    text = "Rahaa saa Metsähallituksen Silta Kotiin -hanke. Metsähallituksen silta -hanke ei."
    found = {text[c.start : c.end] for c in title_candidates(Analysis(Document(text))) if c.rule == "title.named"}
    assert {"Silta Kotiin", "Metsähallituksen Silta Kotiin"} <= found
    assert "silta" not in found


def test_no_title_is_empty() -> None:
    """The word for news is cut from what stands behind it only."""
    assert title("Uutinen –\n\nHanke alkoi 1.1.2024.") != ""


@pytest.mark.parametrize("heading", ["Avustukset kylille", "Tuki kyläyhdistyksille"])
def test_the_title_element_decides_between_lines(heading: str) -> None:
    text = "Avustukset kylille\n\nTuki kyläyhdistyksille\n\nKunta jakaa rahaa yhdistyksille, jotka pitävät huolta rannoista, poluista ja kylätaloista."
    assert title(text, "call", hint=f"{heading} | Kunta") == heading


def test_what_was_blacked_out_is_no_title() -> None:
    text = "Hankkeen nimi: ██████ ████-hanke\n\n# Silta vie töihin\n\n”██ ███ ████”-hanke alkoi. ██████-hanke, ██████-hanke, █████-hanke."
    assert title(text) == "Silta vie töihin"


def test_pages_of_nothing_in_particular_have_no_title() -> None:
    assert title("# Silta", "other") is None
    assert title("") is None
