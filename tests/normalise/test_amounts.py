"""Sums and their roles."""

import pytest

from normalise.amounts.finding import find_amounts
from normalise.analysis import Analysis
from normalise.facts import Kind
from normalise.text.document import Document


def amounts(text: str, kind: Kind) -> set[tuple[float, str | None]]:
    return {(float(fact.value), fact.role) for fact in find_amounts(Analysis(Document(text)), kind).facts}


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (
            "Hankkeen kokonaisbudjetti on 300 000 euroa, josta EU-rahoitusta on 240 000 euroa ja omarahoitusta 60 000 euroa.",
            "project",
            {(60000, "own"), (240000, "grant"), (300000, "total")},
        ),
        ("Opetushallitus on myöntänyt hankkeelle 120 000 euron valtionavustuksen.", "project", {(120000, "grant")}),
        ("Hankkeen budjetti on noin 1,2 milj. euroa.", "project", {(1200000, "total")}),
        (
            "Hela budgeten är 120 000 euro, varav 26 400 euro kommer till Munsala.",
            "project",
            {(120000, "total"), (26400, "other")},
        ),
        ("Budget: 2 120 000 €, of which ERDF 1 696 000 €", "project", {(2120000, "total"), (1696000, "grant")}),
        (
            "Hankkeen budjetti on 11,3 miljoonaa euroa. Siitä 60 prosenttia (6,78 milj. €) tulee Euroopan komission LIFE-ohjelmasta.",
            "project",
            {(11300000, "total"), (6780000, "grant")},
        ),
        ("Kokonaiskustannukset: 50 000 €\nMyönnetty tuki: 50 000 €", "project", {(50000, "total"), (50000, "grant")}),
        ("Grant agreement ID: 101181244", "project", set()),
        ("The total budget of the pilot is 0.6 million euros.", "project", {(600000, "total")}),
        ("Tukiprosentti on 40. Yritys investoi 3 miljardia euroa.", "project", set()),
        ("Tuntihinta on enintään 75 euroa.", "call", set()),
        (
            "Seuralle myönnetään 2 500–15 000 euroa vuodessa, palkkaushankkeelle korkeintaan 20 000 euroa.",
            "call",
            {(15000, "max"), (20000, "max")},
        ),
        ("Oma panoksemme on 4 000 euroa.", "project", {(4000, "own")}),
        ("Katso myös: Kaupunki sai 2,5 miljoonaa satamaan", "project", set()),
        ("En skola kan få högst 4 000 euro.", "call", {(4000, "max")}),
        ("Ett projekt kan få högst 250 000 DKK (33 600 euro).", "call", {(33600, "max")}),
        ("Kolmen vuoden hinta on 9 miljoonaa euroa.", "project", {(9000000, "total")}),
        ("Budget: 60 000 euro, varav eget arbete 9 000 euro.", "project", {(60000, "total"), (9000, "own")}),
        ("Budget (euro)\nInterreg 236 400\nSumma 472 800", "project", {(236400, "grant"), (472800, "total")}),
        ("Yhdistys anoo kaupungilta 25 000 euron avustusta.", "award", set()),
        ("Det kom in 27 ansökningar om totalt 2,9 miljoner euro.", "award", set()),
        (
            "Potissa on rahaa yhteensä 30.000 e. Yksi yhdistys voi saada 500 - 2 500 e.",
            "call",
            {(30000, "available"), (2500, "max")},
        ),
        ("Avustusta ei saa laitteisiin, joiden arvo ylittää 2 000 euroa.", "call", set()),
        ("Vuonna 2020 avustettiin kuutta hanketta, yhteensä 548 900 euroa.", "call", set()),
        (
            "Hankkeen kokonaiskustannukset ovat 450 000 €, ESR-tuki 360 000 €.",
            "project",
            {(360000, "grant"), (450000, "total")},
        ),
        (
            "Projektets totala budget är 500 000 euro. Europeiska regionala utvecklingsfonden bidrar med 400 000 euro.",
            "project",
            {(400000, "grant"), (500000, "total")},
        ),
        ("Svenska kulturfonden har beviljat projektet 75 000 euro.", "project", {(75000, "grant")}),
        (
            "Projektets budget är 200 000 euro, varav 60 000 euro är egenfinansiering.",
            "project",
            {(60000, "own"), (200000, "total")},
        ),
        (
            "The total budget of the project is EUR 1.5 million, of which EUR 1.2 million comes from the EU.",
            "project",
            {(1200000, "grant"), (1500000, "total")},
        ),
        ("The project has received €250,000 in funding from the Kone Foundation.", "project", {(250000, "grant")}),
        ("Haettavana on yhteensä 3 miljoonaa euroa.", "call", {(3000000, "available")}),
        (
            "Avustuksiin on varattu 500 000 euroa. Yksittäinen avustus voi olla enintään 20 000 euroa.",
            "call",
            {(20000, "max"), (500000, "available")},
        ),
        ("Tuki on enintään 10 000 euroa hanketta kohden.", "call", {(10000, "max")}),
        ("Määräraha: 2,5 milj. €", "call", {(2500000, "available")}),
        (
            "Anslaget är 400 000 euro. Ett projekt kan få högst 50 000 euro.",
            "call",
            {(50000, "max"), (400000, "available")},
        ),
        ("Sammanlagt kan 600 000 euro delas ut.", "call", {(600000, "available")}),
        (
            "A total of EUR 2 million is available. The maximum grant is EUR 100,000.",
            "call",
            {(100000, "max"), (2000000, "available")},
        ),
        (
            "Vuonna 2022 avustuksia myönnettiin 1,1 miljoonaa euroa. Nyt jaossa on 1,3 miljoonaa euroa.",
            "call",
            {(1300000, "available")},
        ),
        ("Opetushallitus myönsi 3,4 miljoonaa euroa digitaitojen kehittämiseen.", "award", {(3400000, "grant")}),
        (
            "Avustusta saavat 24 hanketta, yhteensä 2,1 miljoonaa euroa. Hakemuksia tuli 80, ja niissä haettiin 9 miljoonaa euroa.",
            "award",
            {(2100000, "grant")},
        ),
        ("Ministeriet beviljade 1,4 miljoner euro för 12 projekt.", "award", {(1400000, "grant")}),
        (
            "Hankkeen rahoitus: 80 % ESR+ 240 000 €, 20 % omarahoitus 60 000 €",
            "project",
            {(60000, "own"), (240000, "grant")},
        ),
        ("Budjetti\n\n350 000 €", "project", {(350000, "total")}),
        ("Rahoitus: Keski-Suomen liitto, AKKE 60 000 €", "project", {(60000, "grant")}),
        ("Hankkeen saama avustus 45 000 euroa", "project", {(45000, "grant")}),
        ("Osallistumismaksu on 50 euroa.", "project", set()),
        ("Kokonaisbudjetti: 412 000\nJyväskylän osuus: 98 000", "project", {(98000, "other"), (412000, "total")}),
        ("Myönnetty tuki: 83.450,50 €", "project", {(83450.5, "grant")}),
        ("Avustuksen suuruus on 5 000–30 000 euroa.", "call", {(30000, "max")}),
        (
            "Rahoitus: EU 70 % (350 000 €), kunnat 15 % (75 000 €), yksityinen rahoitus 75 000 €",
            "project",
            {(75000, "own"), (350000, "grant")},
        ),
        (
            "Hankkeen kokonaisrahoitus on 520 000 €, josta Uudenmaan ELY-keskuksen myöntämä ESR-rahoitus on 390 000 €.",
            "project",
            {(390000, "grant"), (520000, "total")},
        ),
        ("Keski-Pohjanmaan liitto rahoittaa hanketta 150 000 eurolla.", "project", {(150000, "grant")}),
        ("Hankkeen hyväksytty kustannusarvio on 98 500 euroa.", "project", {(98500, "total")}),
        (
            "Kokonaisbudjetti 1,4 M€, josta EU:n osuus 1,1 M€ ja partnereiden omarahoitus 0,3 M€.",
            "project",
            {(300000, "own"), (1100000, "grant"), (1400000, "total")},
        ),
        ("Avustuksen määrä: 56 000 euroa", "project", {(56000, "grant")}),
        ("Saimme hankkeelle Suomen Akatemialta 600 000 euron rahoituksen.", "project", {(600000, "grant")}),
        ("Hankkeen laajuus on 300 000 euroa.", "project", {(300000, "total")}),
        ("Budjetti: 250 000 € (Turun osuus 40 000 €)", "project", {(40000, "other"), (250000, "total")}),
        ("Hankkeelle on myönnetty valtionavustusta 75 000 € vuosille 2022–2023.", "project", {(75000, "grant")}),
        ("Projektet har en budget på 1,2 miljoner euro.", "project", {(1200000, "total")}),
        (
            "Projektet finansieras av Europeiska socialfonden med 300 000 euro och av kommunerna med 75 000 euro.",
            "project",
            {(75000, "own"), (300000, "grant")},
        ),
        (
            "Totalfinansieringen är 640 000 euro, varav EU-stödet är 416 000 euro och den nationella finansieringen 224 000 euro.",
            "project",
            {(224000, "grant"), (416000, "grant"), (640000, "total")},
        ),
        ("Stiftelsen stöder projektet med ett bidrag på 30 000 euro.", "project", {(30000, "grant")}),
        ("Beviljat belopp: 48 000 €", "project", {(48000, "grant")}),
        ("Projektets totalkostnad uppgår till 230 000 euro.", "project", {(230000, "total")}),
        (
            "The project's total budget is €2.4 million and the University's share is €400,000.",
            "project",
            {(400000, "other"), (2400000, "total")},
        ),
        ("EU contribution: EUR 1 234 567.50", "project", {(1234567.5, "grant")}),
        ("Funding: 750 000 euros from the European Social Fund Plus", "project", {(750000, "grant")}),
        ("The EU has granted 500 000 euros to the project.", "project", {(500000, "grant")}),
        (
            "Haussa on jaettavana noin 2,6 miljoonaa euroa, josta 300 000 euroa ruotsinkielisille hankkeille.",
            "call",
            {(300000, "available"), (2600000, "available")},
        ),
        (
            "Opetushallitus voi myöntää avustuksia yhteensä enintään 1,5 miljoonaa euroa.",
            "call",
            {(1500000, "available")},
        ),
        ("Avustusta voidaan myöntää enintään 30 000 euroa hakijaa kohden.", "call", {(30000, "max")}),
        ("Yksi hakija voi saada enintään 15 000 euroa.", "call", {(15000, "max")}),
        ("Pienin myönnettävä avustus on 1 000 euroa ja suurin 10 000 euroa.", "call", {(10000, "max")}),
        ("Hakukierroksella jaetaan 800 000 euroa.", "call", {(800000, "available")}),
        ("Rahoitusta on tarjolla 1,2 miljoonaa euroa.", "call", {(1200000, "available")}),
        ("Haun kokonaisbudjetti on 4 miljoonaa euroa.", "call", {(4000000, "available")}),
        ("Edellisellä kierroksella rahoitettiin 12 hanketta 700 000 eurolla.", "call", set()),
        (
            "Stiftelsen delar ut 90 000 euro i bidrag. Bidragen är högst 5 000 euro per person.",
            "call",
            {(5000, "max"), (90000, "available")},
        ),
        ("För ändamålet har reserverats 250 000 euro.", "call", {(250000, "available")}),
        ("Det finns 1,1 miljoner euro att söka.", "call", {(1100000, "available")}),
        ("Understödet är minst 10 000 euro och högst 60 000 euro.", "call", {(60000, "max")}),
        ("I fjol beviljades 300 000 euro i stöd.", "call", set()),
        (
            "The budget of the call is EUR 3 million. Funding for one project can be EUR 50,000–300,000.",
            "call",
            {(300000, "max"), (3000000, "available")},
        ),
        ("Up to €20,000 can be granted per project.", "call", {(20000, "max")}),
        (
            "Säätiö jakoi apurahoja yhteensä 1,2 miljoonaa euroa, ja niistä suurimman sai Helsingin yliopisto.",
            "award",
            {(1200000, "grant")},
        ),
        (
            "Sammanlagt beviljades 2,3 miljoner euro till 45 projekt. Ansökningarna uppgick till 9 miljoner euro.",
            "award",
            {(2300000, "grant")},
        ),
        (
            "Business Finland myönsi yliopistolle 1,5 miljoonan euron rahoituksen. Hankkeen kokonaisbudjetti on 2 miljoonaa euroa.",
            "award",
            {(1500000, "grant"), (2000000, "total")},
        ),
        ("Myönnetty EU- ja valtion rahoitus: 612 400", "project", {(612400, "grant")}),
        ("Kustannukset yhteensä 306 000 Rahoitussuunnitelma", "award", {(306000, "total")}),
        ("Kaupungin osuus | 37 500", "project", {(37500, "own")}),
        ("Budjetti yhteensä\n412 860 €", "project", {(412860, "total")}),
        # A transcript that lost its currency, and a table's two columns, of which the first is the plan.
        (
            "Hyväksytty kustannusarvio 148 600 , josta julkinen tuki 80 % eli 118 880",
            "project",
            {(118880, "grant"), (148600, "total")},
        ),
        ("Kokonaiskustannukset 245 000 241 726,49 Päätelmät", "project", {(245000, "total")}),
        ("Mukana oli yhteensä 12 500 kävijää.", "project", set()),
    ],
)
def test_amounts(text: str, kind: Kind, expected: set[tuple[float, str]]) -> None:
    assert amounts(text, kind) == expected


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("Viime vuonna avustuksia jaettiin 300 000 euroa.", "call", "another year"),
        ("Avustus on vähintään 5 000 euroa.", "call", "least"),
        ("Hakemuksissa haettiin yhteensä 900 000 euroa.", "award", "applied for"),
        ("Osallistumismaksu on 150 euroa.", "project", "unit price"),
        ("Talkootyön arvo on 15 €/h.", "project", "unit price"),
        ("Avustusta ehdotetaan annettavaksi 168 000 euroa.", "award", "proposed"),
    ],
)
def test_refused_with_a_reason(text: str, kind: Kind, reason: str) -> None:
    findings = find_amounts(Analysis(Document(text)), kind)
    assert findings.facts == ()
    assert any(reason in refusal.reason for refusal in findings.refusals)


def test_the_exact_sum_before_the_rounded_one() -> None:
    text = "Yli 65 000 euron avustus\n\nMinisteriö myönsi kirkolle 65 688 euroa."
    assert amounts(text, "award") == {(65688, "grant")}


def test_evidence_stands_in_the_text() -> None:
    text = "Hankkeen budjetti on 1,2 milj. euroa, josta omarahoitusta 0,2 milj. euroa."
    facts = find_amounts(Analysis(Document(text)), "project").facts
    assert [fact.quote for fact in facts] == ["1,2 milj. euroa", "0,2 milj. euroa"]
    assert all(text[fact.start : fact.end] == fact.quote for fact in facts)


def test_pages_about_no_project_have_no_amounts() -> None:
    assert amounts("Hankkeen budjetti on 300 000 euroa.", "other") == set()
