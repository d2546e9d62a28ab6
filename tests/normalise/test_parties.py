"""Funders, coordinator, partners and their number, from labels and from running text."""

import pytest

from normalise.analysis import Analysis
from normalise.facts import Findings, Kind
from normalise.parties.finding import find_parties
from normalise.parties.lists import listed_names
from normalise.text.document import Document


def found(text: str, kind: Kind = "project") -> Findings:
    return find_parties(Analysis(Document(text)), kind)


def values(text: str, field: str, kind: Kind = "project") -> list[str | int | float]:
    return [fact.value for fact in found(text, kind).facts if fact.field == field]


@pytest.mark.parametrize(
    ("text", "funders"),
    [
        ("Rahoittaja: Opetushallitus", ["Opetushallitus"]),
        ("Rahoittajat\n\nEuroopan sosiaalirahasto (ESR) / Hämeen ELY-keskus\n\nLoppu.", ["Euroopan sosiaalirahasto (ESR)", "Hämeen ELY-keskus"]),
        ("Hanketta rahoittaa Työsuojelurahasto.", ["Työsuojelurahasto"]),
        ("Hanke on Opetushallituksen rahoittama.", ["Opetushallitus"]),
        ("Projektet finansieras av Svenska kulturfonden och Konstsamfundet.", ["Svenska kulturfonden", "Konstsamfundet"]),
        ("The project is funded by the Kone Foundation.", ["Kone Foundation"]),
        ("Yhdistys on saanut Kirkkohallitukselta 35 000 euron avustuksen.", ["Kirkkohallitus"]),
        ("Rahoittaja: Svenska kulturfonden 85.000 €", ["Svenska kulturfonden"]),
        ("Finansiär: Finlands Akademi 2021–2025", ["Finlands Akademi"]),
        ("Rahoittaja: Keski-Suomen liitto Euroopan aluekehitysrahastosta", ["Keski-Suomen liitto", "Euroopan aluekehitysrahasto"]),
        ("Medfinansiering: Österbottens förbund", ["Österbottens förbund"]),
        ("Loppuraportti Rahoittaja Lapin liitto Hankkeen nimi Kelo", ["Lapin liitto"]),
        ("Projektet får rum i Jungsund. Jungsunds kommun ger oss lokaler.", []),
    ],
)  # fmt: skip
def test_funders(text: str, funders: list[str]) -> None:
    assert values(text, "funder") == funders


@pytest.mark.parametrize(
    ("text", "coordinator"),
    [
        ("Hanketta koordinoi Jyväskylän yliopisto.", ["Jyväskylän yliopisto"]),
        ("Hakijan virallinen nimi: Savonia-ammattikorkeakoulu Oy", ["Savonia-ammattikorkeakoulu Oy"]),
        ("Projektet leds av Yrkeshögskolan Novia.", ["Yrkeshögskolan Novia"]),
        ("Projektägaren är Svenska 4H-förbundet.", ["Svenska 4H-förbundet"]),
        ("Toteuttajat: Omnia, Gradia (hallinnoija) ja Lappia", ["Gradia"]),
        (
            "Sökande\n\nJokivarren kristillisen opiston säätiö sr\n\nBudget",
            ["Jokivarren kristillisen opiston säätiö sr"],
        ),
        ("Hankkeen johtaa Oulun yliopisto, joka myös vastaa viestinnästä.", ["Oulun yliopisto"]),
    ],
)
def test_coordinator(text: str, coordinator: list[str]) -> None:
    assert values(text, "coordinator") == coordinator


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        ("Kumppanit: Omnia, Gradia ja Koulutuskuntayhtymä Tavastia", ["Omnia", "Gradia", "Koulutuskuntayhtymä Tavastia"]),
        ("Med är Esbo stad respektive Kyrkslätts kommun.", ["Esbo stad", "Kyrkslätts kommun"]),
        ("Hankkeessa ovat mukana Turun, Tukholman ja Tarton yliopistot.", ["Turun yliopisto", "Tukholman yliopisto", "Tarton yliopisto"]),
        ("Samarbetspartner är Malax och Korsnäs kommuner.", ["Malax kommun", "Korsnäs kommun"]),
        ("Toteutamme hankkeen yhteistyössä Omnian ja Gradian kanssa.", ["Omnia", "Gradia"]),
        ("## Partners\n\n- Careeria (Finland)\n- Tallinna Teeninduskool (Estonia)", ["Careeria", "Tallinna Teeninduskool"]),
        ("Kumppanit: alueen yritykset, Omnia ja oppilaitokset", ["Omnia"]),
        ("Kumppanit: Omnia, Careeria (associated)", ["Omnia", "Careeria"]),
        ("Partners: Omnia, Vagar Municipality (Faroe Islands)", ["Omnia", "Vagar Municipality"]),
        ("Kumppanit: Omnia, Ruotsin puolella Umeå universitet", ["Omnia", "Umeå universitet"]),
        ("Kumppanit: Omnia, Kelopuu Oy ilmaiseksi", ["Omnia", "Kelopuu Oy"]),
        ("Kumppanit: Omnian opettajat ja Gradia", ["Omnia", "Gradia"]),
        ("Kumppanit: Me Itse ry, Omnia", ["Me Itse ry", "Omnia"]),
        ("Kumppanit\tOmnia; Gradia\nTehtävänimike\tohjaaja\nPuhelin\t040 123 4567", ["Omnia", "Gradia"]),
    ],
)  # fmt: skip
def test_partners(text: str, partners: list[str]) -> None:
    assert values(text, "partner") == partners


def test_a_predecessors_funder_is_refused_with_its_reason() -> None:
    findings = found("Edeltävää hanketta rahoitti Opetushallitus.")
    assert not [fact for fact in findings.facts if fact.field == "funder"]
    assert any("something else" in refusal.reason for refusal in findings.refusals)


def test_a_calls_publisher_pays_where_nobody_else_is_named() -> None:
    assert values("Siilinjärven kunta\n\nAvustukset yhdistyksille\n\nHae 31.3. mennessä.", "funder", "call") == [
        "Siilinjärven kunta"
    ]


def test_pages_of_nothing_in_particular_have_no_parties() -> None:
    assert found("Rahoittaja: Opetushallitus", "other") == Findings()


def test_names_in_a_list_stand_at_their_offsets() -> None:
    text = "Omnia, Gradia; Lappia\n• Sedu"
    assert [text[n.start : n.end] for n in listed_names(text, 0, len(text), ())] == [
        "Omnia",
        "Gradia",
        "Lappia",
        "Sedu",
    ]


def test_a_megabyte_without_a_name_is_read_quickly() -> None:
    assert values("Kumppanit: " + "a, " * 100_000, "partner") == []
