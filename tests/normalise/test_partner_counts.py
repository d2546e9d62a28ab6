"""The number of partners that a text states."""

import pytest

from normalise.analysis import Analysis
from normalise.facts import Findings, Kind
from normalise.partner_counts.candidates import counted_numbers
from normalise.partner_counts.finding import find_partner_count
from normalise.text.document import Document


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Verkostossa on mukana 81 ammatillisen koulutuksen järjestäjää.", 81),
        ("Hankkeeseen osallistuu kuusi ammattikorkeakoulua.", 6),
        ("I projektet deltar tolv kommuner.", 12),
        ("Verkostossamme on 14 jäsentä.", 14),
        ("Parterna är sex till antalet.", 6),
        ("Tekijöitä on yhdeksän kumppania viidestä maasta.", 9),
        ("Työtä tekee viisi osatoteuttajaa.", 5),
        ("Pöydän ympärillä on 19 organisaatiota.", 19),
        ("Yhteensä allekirjoittajia on 21.", 21),
        ("Kumppaneita: 7", 7),
        ("Osapuolia on kaikkiaan yksitoista.", 11),
        ("Seitsemän kumppanin konsortio jatkaa.", 7),
        ("Meitä on yhdeksän.", 9),
        ("Bakom arbetet står tolv parter.", 12),
        ("Ett konsortium av sju bygger verktyget.", 7),
        ("Antal partner: 8", 8),
        ("Vi är fyra, ingen den andra lik.", 4),
        ("Sammanlagt är vi alltså sju.", 7),
        ("The work is done together with five partners.", 5),
        ("Number of partners: 12", 12),
        ("A consortium of seventeen runs the pilots.", 17),
        ("We are seven.", 7),
        ("Bland de elva partnerna finns två museer.", 11),
        ("Hankkeessa on mukana viisi peruskoulua.", 5),
        ("Mukana on noin 60 ala- ja yhtenäiskoulua.", 60),
        ("Kyseessä on seitsemän yliopiston yhteishanke.", 7),
        ("Verkko oli kuuden järjestäjän yhteishanke.", 6),
        ("Työ tehdään neljän kunnan yhteistyönä.", 4),
        ("Ett gemensamt projekt för sex skolor.", 6),
        ("A collaboration between five municipalities.", 5),
        ("Nu är 33 kommuner med, och fler frågar.", 33),
        ("Toisena vuonna kuusi kirjastoa on mukana.", 6),
        ("Ett samarbete mellan de fjorton leaderområdena vid kusten.", 14),
        ("Pato on yhdeksän partnerin konsortio. Osahankkeita vetää kaikkiaan neljä toimijaa.", 9),
        ("Yksi tehdas päästää enemmän kuin viisi kuntaa yhteensä.", None),
        ("For three seasons the partners dried berries.", None),
        ("Kolmen vuoden yhteishanke alkoi.", None),
        ("Tilaisuuteen tuli 120 henkilöä.", None),
        ("Hankkeessa koulutettiin 64 harjoittelijaa.", None),
        ("Mukana oli 46 yritystä.", None),
        ("Mukana on neljä muuta kuntaa.", 4),
        ("Hanketta vetää kuusijäseninen konsortio.", 6),
        ("Projektet samlar tjugofyra aktörer.", 24),
        ("The consortium brings together twenty-one universities.", 21),
        ("Hankkeen kahdestatoista osatoteuttajasta puolet on kouluja.", 12),
        ("Hankekumppanit (9)", 9),
        ("Projektet drivs av åtta församlingar tillsammans.", 8),
        ("Edellisessä hankkeessa oli mukana yhdeksän kuntaa.", None),
        ("Mukana hankkeessa: 11 alakoulua, Saarelan lukio ja Niemen opisto.", None),
        ("Kumppani 4: Niemen opisto\nKumppani 5: Saaren koulu\nKumppani 6: Lahden seura", None),
        ("Hanke on viiden maan museoiden yhteinen.", None),
        ("Verkostoon kuuluu parikymmentä kuntaa, ja kokous on 12.5.2024 klo 14.", None),
        ("Hankkeessa on kaksi kuntaa.", None),
        ("Partners 2020", None),
        ("Vi är fyra lärare i laget.", None),
        ("Kumppaneita on 15 % enemmän.", None),
        ("Kumppaneita on kaikkiaan 12 maasta.", None),
        ("Lisäksi tukena on 12 liitännäiskumppania.", None),
    ],
)
def test_stated_number_of_partners(text: str, count: int | None) -> None:
    facts = find_partner_count(Analysis(Document(text)), "project").facts
    assert [fact.value for fact in facts] == ([] if count is None else [count])
    assert all(text[fact.start : fact.end] == fact.quote for fact in facts)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Mukana hankkeessa on 14 kuntaa.", ["14 kuntaa"]),
        ("Hankkeeseen kuuluu 81 ammatillisen koulutuksen järjestäjää.", ["81 ammatillisen koulutuksen järjestäjää"]),
        ("Antal partner: 8", ["Antal partner: 8"]),
    ],
)
def test_evidence_has_the_noun_or_the_label(text: str, quotes: list[str]) -> None:
    assert [fact.quote for fact in find_partner_count(Analysis(Document(text)), "project").facts] == quotes


def test_confidence_is_a_probability_and_other_numbers_tell_why_not() -> None:
    text = "Hankkeessa on mukana kahdeksan kuntaa.\n\nVerkostoon kuuluu yhdeksän kuntaa."
    found = find_partner_count(Analysis(Document(text)), "project")
    shares = [fact.confidence for fact in found.facts]
    assert len(shares) <= 1
    assert all(0.5 <= share <= 1 for share in shares)
    assert found.refusals
    assert all(refusal.reason.startswith("too little speaks for it: 0.") for refusal in found.refusals)


@pytest.mark.parametrize("kind", ["call", "award", "other"])
def test_only_projects_have_partners_counted(kind: Kind) -> None:
    assert find_partner_count(Analysis(Document("Hankkeeseen osallistuu kuusi kuntaa.")), kind) == Findings()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Mukana on 12 kuntaa.", [12]),
        ("Mukana on 12–14 kuntaa.", []),
        ("Mukana on 12,5 kuntaa.", []),
        ("Kokous on 12.5.2024 kunnassa.", []),
        ("Verkosto sai 300 euroa kunnalta.", []),
        ("Verkosto kokoontui 12. kerran kunnassa.", []),
        ("Verkostossa on 4 500 jäsentä.", []),
        ("Koululla on kolme kurssia ja neljä opettajaa.", []),
        ("Kokous on salissa 204.", []),
        ("The network has twenty-one members and 14 schools.", [21, 14]),
    ],
)
def test_numbers_that_may_count_partners(text: str, values: list[int]) -> None:
    assert [number.value for number in counted_numbers(Analysis(Document(text)))] == values
