"""Which bodies are candidates, which spellings are one body, and what a page says around them."""

import pytest

from normalise.analysis import Analysis
from normalise.organisations.finding import find_organisations
from normalise.parties.candidates import party_candidates
from normalise.parties.context import has_address, party_context
from normalise.parties.features import party_features
from normalise.parties.finding import assign_roles, find_parties, role_probabilities
from normalise.parties.lists import listed_names
from normalise.parties.rows import rows_of
from normalise.parties.spellings import bare_name
from normalise.text.document import Document


def names(text: str) -> list[str]:
    return [mention.name for mention in find_organisations(Document(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kainuun, Lapin ja Pohjois-Savon ELY-keskuksilta tuli myönteinen kanta.", ["Kainuun ELY-keskus", "Lapin ELY-keskus", "Pohjois-Savon ELY-keskus"]),
        ("Laihian ja Isonkyrön kuntien yhteinen kirjastoauto", ["Laihian kunta", "Isonkyrön kunta"]),
        ("Kumlinge, Brändö och Sottunga kommuner äger färjan.", ["Kumlinge kommun", "Brändö kommun", "Sottunga kommun"]),
        ("Matti ja Liisa Koskelan lukuja", []),
        ("Med är Omnia, Ingå och Sjundeå kommuner.", ["Ingå kommun", "Sjundeå kommun"]),
        ("Med är Omnia, Åbo Akademi och Umeå universitet.", ["Åbo Akademi", "Umeå universitet"]),
        ("Med är biblioteket i Vasa och Umeå universitet.", ["Umeå universitet"]),
    ],
)  # fmt: skip
def test_a_shared_head_belongs_to_every_name(text: str, expected: list[str]) -> None:
    assert [name for name in names(text) if " " in name] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Supported by the town of Loviisa and the Municipality of Malung.", ["town of Loviisa", "Municipality of Malung"]),
        ("The Southern Lakes Water and Soil Association wrote it.", ["Southern Lakes Water and Soil Association"]),
        ("Metropolia University and Hanken School", ["Metropolia University", "Hanken School"]),
        ("Projektet drivs av Norra Kvarkens luft och vatten rf.", ["Norra Kvarkens luft och vatten rf"]),
        ("Stödmottagare Kallvik byaförening r.f.", ["Kallvik byaförening r.f."]),
        ("Helmi ja Onni Lehtisen säätiö sr", ["Helmi ja Onni Lehtisen säätiö sr"]),
        ("Mukana KylmäMissio ja Rauman Vuokratalosäätiö", ["Rauman Vuokratalosäätiö"]),
        ("Bidrag från Axel B. Holms donationsfond", ["Axel B. Holms donationsfond"]),
        ("Etusivu  Toiminta  Kuhmalan Kyläyhdistys", ["Kuhmalan Kyläyhdistys"]),
        ("Polku-hankkeessa Kuhmalan kylä ja järvet ry niittää.", ["Kuhmalan kylä ja järvet ry"]),
        ("Kotipolussa Kuhmalan kyläyhdistys niittää.", ["Kuhmalan kyläyhdistys"]),
        ("Seitsemän yläkoulua testasi.", []),
        ("Kuhmala Energia Oy:n lämpö", ["Kuhmala Energia Oy"]),
        ("Kivelän talo Oy ja Kuhmalan Osuuskauppa", ["Kivelän talo Oy", "Kuhmalan Osuuskauppa"]),
        ("Purolan ja Kuhmalan Osuuskauppa", ["Purolan ja Kuhmalan Osuuskauppa"]),
        ("Budget: EUR 2 million (Kuhmala University EUR 1 million)", ["Kuhmala University"]),
        ("Kulturföreningen Udden i Kristinestad dansar.", ["Kulturföreningen Udden", "Kristinestad"]),
        ("Skogsstiftelsen i Stockholms län", ["Skogsstiftelsen i Stockholms län"]),
        ("bidrag till Karis-Pojo svenska församling", ["Karis-Pojo svenska församling"]),
        ("Turun kaupunkilähetys ja Päiväkoti Poutapilvi", ["Turun kaupunkilähetys", "Päiväkoti Poutapilvi"]),
        ("Kuhmalan ev.lut. seurakunta ja Kivelän ev. lut. seurakunta", ["Kuhmalan ev.lut. seurakunta", "Kivelän ev. lut. seurakunta"]),
        ("Mukana on LUT. Seurakunta ei ole.", ["LUT"]),
        ("Kuhmasäätiö jakaa apurahoja. Säätiö jakaa muutakin.", ["Kuhmasäätiö"]),
        ("Skogsbruksfonden delar ut bidrag. Stipendiefonden delar ut mera.", ["Skogsbruksfonden"]),
        ("Kalmar läns folkhögskola håller kursen.", ["Kalmar läns folkhögskola"]),
        ("Med är Malms gård Ab och Omnia.", ["Malms gård Ab", "Omnia"]),
        ("Apua antaa Kuhmalan Veto ja Voima Oy.", ["Kuhmalan Veto ja Voima Oy"]),
        ("Yhdistyksen hallitus ja Säätiön hallitus päättävät.", []),
        ("Beslut av Länsstyrelsen i Kalmar län i mars", ["Länsstyrelsen i Kalmar län"]),
        ("Kuhmalan yliopiston Kasvatus ja oppiminen -yksikkö", ["Kuhmalan yliopisto"]),
        ("Rahoittajat: Suomen Kulttuurirahasto, Lapin rahasto, Omnia", ["Suomen Kulttuurirahasto, Lapin rahasto", "Omnia"]),
        ("med melontaseura Sorsa och rederiet Nordlinje", ["Sorsa", "Nordlinje"]),
        ("Liettuasta Vilniaus Bitas UAB", ["Vilniaus Bitas UAB"]),
        ("Regional Council of Lapland and Svenska kulturfonden", ["Regional Council of Lapland", "Svenska kulturfonden"]),
    ],
)  # fmt: skip
def test_where_names_begin_and_end(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Liceo Aurora, Trento, Italia", ["Liceo Aurora"]),
        ("Kokemäen lukio, Kokemäki", ["Kokemäen lukio"]),
        ("Kelopuu, Kokemäki", ["Kelopuu"]),
        ("Kelopuun Paja ry; Kokemäki", ["Kelopuun Paja ry"]),
        ("Axxell i Pargas, Hangö stad", ["Axxell", "Hangö stad"]),
        ("Norrbotten County Council, Luleå, Sweden", ["Norrbotten County Council"]),
        ("Turku, Oulu ja Vaasa", ["Turku", "Oulu", "Vaasa"]),
        ("Porista Havukone Oy, Virosta Metsik ja Omnia", ["Havukone Oy", "Metsik", "Omnia"]),
        ("Omnia, Gradia ja Careeria", ["Omnia", "Gradia", "Careeria"]),
        ("Sveriges lantbruksuniversitet, Umeå\nOmnia", ["Sveriges lantbruksuniversitet", "Omnia"]),
        ("Gradia, Kivikko ja Omnia", ["Gradia", "Kivikko", "Omnia"]),
        ("Norjasta Kivikko, Kanta-Hämeestä Purolan Kehitys Oy", ["Kivikko", "Purolan Kehitys Oy"]),
        ("Stockholm University, Department of Geography", ["Stockholm University, Department of Geography"]),
        ("Purola ry eli Purolan Martat, Havukone Oy / Anna Virtanen", ["Purola ry", "Havukone Oy"]),
        ("Purolan kaupungin ateriayhtiö Purolan Ateria Oy", ["Purolan Ateria Oy"]),
        ("Purola-akademin (Lund), ABX+ (asiantuntijakumppani)", ["Purola-akademin", "ABX+"]),
        ("Omnia\nMaa\nGradia\nHyväksytyt kustannukset", ["Omnia", "Gradia"]),
    ],
)
def test_a_town_behind_a_name_is_no_name(text: str, expected: list[str]) -> None:
    found = listed_names(text, 0, len(text), find_organisations(Document(text)))
    assert [name.name for name in found] == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kuhmalan kyläyhdistys ry", "Kuhmalan kyläyhdistys"),
        ("Föreningen Tre Båtar r.f.", "Föreningen Tre Båtar Finland"),
        ("Interreg Aurora 2021-2027", "Interreg Aurora"),
        ("Åbo stad", "Turun kaupunki"),
    ],
)
def test_spellings_of_one_body(one: str, other: str) -> None:
    assert bare_name(one) == bare_name(other)


def test_a_name_in_a_case_is_that_of_its_nominative() -> None:
    (candidate,) = party_candidates(Analysis(Document("Med är Leader Grön. Fråga Leader Gröns kansli.")))
    assert [mention.name for mention in candidate.mentions] == ["Leader Grön", "Leader Grön"]


def test_an_abbreviation_in_brackets_is_the_same_body() -> None:
    text = "Vesilaakson Taideyhdistys (VTY) vetää työtä. Apuna on Kuhmalan Koulu. VTY ry kertoo lisää."
    candidates = party_candidates(Analysis(Document(text)))
    assert [len(candidate.mentions) for candidate in candidates] == [2, 1]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ELY-keskus tiedottaa. Hankkeen rahoittaa Lapin ELY-keskus.", "ely-lapin"),
        ("NTM-centralen informerar. Nylands närings-, trafik- och miljöcentral betalar.", "ely-uudenmaan"),
        ("Interreg maksaa. Rahoitus: Interreg VI-A Sweden-Finland-Norway (Aurora)", "interreg-aurora"),
        ("Leader-rahoitus tulee tänä vuonna. Sitä jakaa Leader Tuohi.", "leader tuohi"),
    ],
)
def test_the_bare_name_of_a_sort_is_the_one_body_of_it(text: str, key: str) -> None:
    assert [candidate.key for candidate in party_candidates(Analysis(Document(text)))] == [key]


def test_a_short_line_between_bodies_is_a_candidate() -> None:
    text = "Verkosto\n\n- Turun yliopisto\n- Kivikko\n- Åbo Akademi\n\nTeksti jatkuu tästä eteenpäin."
    keys = {candidate.key for candidate in party_candidates(Analysis(Document(text)))}
    assert "kivikko" in keys


def test_a_host_of_an_address_carries_the_bodys_name() -> None:
    text = "Toteuttajat: Lakeudentie Oy ja Turun yliopisto. Lisätietoja: anna@lakeudentie.example"
    analysis = Analysis(Document(text))
    candidates = party_candidates(analysis)
    context = party_context(analysis, candidates)
    assert [has_address(candidate, context.mail_hosts) for candidate in candidates] == [True, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kauhava\n\nAvustukset haettavana keväällä.", ["Kauhava"]),
        ("Vaasa | Vasa\n\nAvustukset haettavana keväällä.", ["Vaasa"]),
        ("Kauhavalla\n\nAvustukset haettavana keväällä.", []),
        ("Kauhava saa uuden sillan\n\nTyöt alkavat keväällä.", []),
    ],
)
def test_a_place_name_as_the_name_of_a_site(text: str, expected: list[str]) -> None:
    assert [candidate.places[0].name for candidate in party_candidates(Analysis(Document(text)))] == expected


def test_probabilities_add_up_and_follow_plain_words() -> None:
    analysis = Analysis(Document("Hankkeen rahoittaja: Opetushallitus"))
    candidates = party_candidates(analysis)
    features = party_features(party_context(analysis, candidates), candidates[0], "project")
    likely = role_probabilities(features, "project")
    assert sum(likely.values()) == pytest.approx(1)
    assert max(likely, key=lambda role: likely[role]) == "funder"


def test_one_leads_at_most_and_a_call_has_funders_alone() -> None:
    leader = {"coordinator": 0.8, "funder": 0.1, "partner": 0.1, "none": 0.0}
    second = {"coordinator": 0.5, "funder": 0.0, "partner": 0.45, "none": 0.05}
    payer = {"coordinator": 0.0, "funder": 0.9, "partner": 0.1, "none": 0.0}
    assert assign_roles([leader, second, payer], "project") == ["coordinator", "partner", "funder"]
    assert assign_roles([leader, second, payer], "call") == [None, None, "funder"]
    doubtful = {"coordinator": 0.4, "funder": 0.3, "partner": 0.0, "none": 0.3}
    assert assign_roles([doubtful], "project") == ["coordinator"]
    assert assign_roles([doubtful], "award") == [None]
    assert assign_roles([doubtful], "call") == ["funder"]


def test_what_is_no_party_says_why() -> None:
    text = "Edeltäjähanketta rahoitti Suomen Kulttuurirahasto. Hanketta rahoittaa Opetushallitus."
    refused = {refusal.value: refusal.reason for refusal in find_parties(Analysis(Document(text)), "project").refusals}
    assert "Suomen Kulttuurirahasto" in refused
    assert "Opetushallitus" not in refused


def claims(text: str) -> set[tuple[str, str]]:
    """The rules that speak for each body, by its name in the text."""
    found = party_candidates(Analysis(Document(text)))
    return {(claim.named.name, claim.rule) for candidate in found for claim in candidate.believed}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Opetushallitus har beviljat Vasa stad 20 000 euro.", ("Vasa stad", "coordinator.receiver")),
        ("Päätös\n3.2.2021\n12/345/2021\nKelopuun Paja ry\n\nAsia", ("Kelopuun Paja ry", "coordinator.receiver")),
        ("Kelopuun Paja ry\n\nPäätös", ("Kelopuun Paja ry", "coordinator.owner")),
        ("Stipendier\n\nSök senast i mars.\n\nVörå kommun, 665 21 Vörå", ("Vörå kommun", "coordinator.owner")),
        (
            "Avustukset\n\nHae nyt.\n\nKelopuun Paja ry | Pajatie 3 | Avoinna 9–15",
            ("Kelopuun Paja ry", "coordinator.owner"),
        ),
        ("Avustukset\n\nHae nyt.\n\n© Copyright Kelopuun Paja ry 2024", ("Kelopuun Paja ry", "coordinator.owner")),
        ("Vimpelin kunnan nuorisolautakunta myöntää avustukset.", ("Vimpelin kunnan nuorisolautakunta", "funder.cue")),
        (
            "Vi skrev till Länsstyrelsen i Kalmar län. Projektet finansieras av Länsstyrelsen.",
            ("Länsstyrelsen i Kalmar län", "funder.run_on"),
        ),
        ("Omnia oli hankkeen kumppani.", ("Omnia", "partner.cue")),
        ("Lapin liitto myöntää Kelopuun Paja ry:lle avustusta.", ("Kelopuun Paja ry", "coordinator.receiver")),
        ("Polku on Omnian ja Gradian yhteishanke.", ("Omnia", "partner.owner")),
        ("Polku on Gradian hanke.", ("Gradia", "coordinator.owned")),
        ("Aloitamme: Gradian uusi Polku-hanke sai luvan.", ("Gradia", "coordinator.owned")),
        ("Kelopuun Paja ry, Tampere (koordinoi)", ("Kelopuun Paja ry", "coordinator.marked")),
        ("Organisation: Vasa stad", ("Vasa stad", "coordinator.weak_label")),
        ("Sitä luotsaa Gradia.", ("Gradia", "coordinator.cue")),
        ("Hankkeen vetäjä oli Gradia.", ("Gradia", "coordinator.cue")),
        ("Samordnare för arbetet var Vasa stad.", ("Vasa stad", "coordinator.cue")),
        ("The consortium is headed by Gradia.", ("Gradia", "coordinator.cue")),
        ("Maksajina ovat Lapin liitto ja Omnia.", ("Omnia", "funder.cue")),
        ("Satsningen möjliggörs till största delen av Vasa stad.", ("Vasa stad", "funder.cue")),
        ("Muita osapuolia ovat Omnia ja Gradia.", ("Gradia", "partner.cue")),
        ("Genomförare: Omnia\nÖvriga genomförare: Gradia", ("Gradia", "partner.labelled")),
        ("Kumppanit\nGradia, koordinaattori | Omnia", ("Gradia", "coordinator.marked")),
        ("Kumppanit\nGradia (koordinator, FI)\nOmnia", ("Gradia", "coordinator.marked")),
        (
            "Mukana olevat kirjastot:\n- Purolan kirjasto (vastaa hankkeesta)",
            ("Purolan kirjasto", "coordinator.marked"),
        ),
        ("Vastuukirjasto:\nKuhmalan kirjasto", ("Kuhmalan kirjasto", "coordinator.labelled")),
        ("Samarbete\nI projektet deltog också Kelopuu rf och Omnia.", ("Kelopuu rf", "partner.sentence")),
        ("Kuka tekee?\nKelopuun Paja ry yhdessä Museoviraston kanssa.", ("Museovirasto", "partner.labelled")),
        ("Kumppanit: Omnia ja 4H Kelopuu", ("4H Kelopuu", "partner.labelled")),
        ("Arbetet drivs av byggavdelningen vid Vasa stad.", ("Vasa stad", "coordinator.cue")),
        ("Hankkeen rahoituksesta vastaavat Kirkkohallitus ja Omnia.", ("Kirkkohallitus", "funder.cue")),
        ("Sen rahoittavat Hämeen liitto ESR:n varoista ja Omnia.", ("Omnia", "funder.cue")),
        ("Työn rahoittaa Omnia (päätös 12/2020; 1.9.2020–31.8.2024) ja Gradia.", ("Gradia", "funder.cue")),
        ("Maksajat ovat Omnia sekä alueen kunnat: Joutsa ja Luhanka.", ("Luhanka", "funder.cue")),
        ("Rahat tulevat kunniltamme (Karkkila, Siuntio ja Inkoo).", ("Inkoo", "funder.cue")),
        ("Omnia i Pargas och Gradia i Vasa deltar i projektet.", ("Omnia", "partner.cue")),
        ("Pengarna kommer från leadergrupperna Aktion Kelopuu och Omnia.", ("Omnia", "funder.cue")),
        ("Sitä rahoittaa STEA vuosina 2020–2022.", ("STEA", "funder.cue")),
        (
            "Funded by: Asylum, Migration and Integration Fund",
            ("Asylum, Migration and Integration Fund", "funder.labelled"),
        ),
        ("Med är deltagande byar.\nDeltagande byar är Kelopuu och Molpe.", ("Molpe", "partner.cue")),
        ("Loppuraportti Toteuttaja Kelopuun Paja ry Hankkeen nimi Polku", ("Kelopuun Paja ry", "coordinator.run_on")),
        ("Työssä auttavat Omnia, Kivikko ja Gradia.", ("Kivikko", "partner.sibling")),
        ("Työssä auttavat Omnia, Gradia ja Kivikko.", ("Kivikko", "partner.sibling")),
        ("Pengarna kom från Korsholms Lokal-TV rf.", ("Korsholms Lokal-TV rf", "funder.money")),
        ("Vi fick 6 000 euro av Korsholms Lokal-TV rf.", ("Korsholms Lokal-TV rf", "funder.money")),
        ("Lapin liitto on luvannut 8 000 € ja Kelopuun Paja ry lisäksi 2 000 €.", ("Kelopuun Paja ry", "funder.money")),
        ("Näyttelyä rahoittavat Kelopuun Paja ry, Koivikon Sähkö Oy ja Omnia.", ("Omnia", "funder.cue")),
        ("Projektet finansieras av Omnia (Havsfonden) samt Gradia.", ("Gradia", "funder.cue")),
        ("Rahoitus tulee kolmelta taholta: Omnia, Gradia ja Careeria.", ("Careeria", "funder.cue")),
        ("Gradia jakoi kylille 20 000 euroa.", ("Gradia", "funder.cue")),
        ("Vasa stad är med och betalar, Gradia lånar ut mark.", ("Vasa stad", "funder.cue")),
        ("Loput maksoivat Gradia ja Omnia.", ("Omnia", "funder.cue")),
        ("Rahoittaja: Omnia (lukio), Gradia sekä osallistuvat yritykset", ("Gradia", "funder.labelled")),
        ("Kelopuun Paja ry uusi Leader-hankkeessaan pitkokset.", ("Kelopuun Paja ry", "coordinator.owned")),
        ("Kelopuun Paja ry – Kylän asialla\n\nHaku on auki.", ("Kelopuun Paja ry", "coordinator.owner")),
        ("Haku on auki.\n\n© KPX 2023 | Puhelin 09 123", ("KPX", "coordinator.owner")),
        ("Haku on auki.\n\nCopyright 2021–2024 Kelopuu", ("Kelopuu", "coordinator.owner")),
    ],
)
def test_what_a_text_claims(text: str, claim: tuple[str, str]) -> None:
    assert claim in claims(text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Opetushallitus har beviljat Vasa stad 20 000 euro.", ("Vasa stad", "funder.cue")),
        ("Apuraha ilmoitetaan Verohallinnolle.", ("Verohallinto", "funder.money")),
        (
            "Kirjoita Kelopuun Paja ry\n\nPäätös tehdään.\n\nKelopuun Paja ry on mukana.",
            ("Kelopuun Paja ry", "coordinator.owner"),
        ),
        ("Lapin liitto myöntää Kelopuun Paja ry:lle avustusta.", ("Kelopuun Paja ry", "funder.cue")),
        ("Co-financing partners are Omnia and Gradia.", ("Omnia", "partner.cue")),
        ("Polku on Omnian ja Gradian yhteishanke.", ("Gradia", "coordinator.owned")),
        ("Polku on Gradian rahoittama hanke.", ("Gradia", "coordinator.owned")),
        ("Vasa stad är med och betalar, Gradia lånar ut mark.", ("Gradia", "funder.cue")),
        ("Yhdessä olivat mukana Kelopuun Tuki ry, Omnia ja Gradia.", ("Gradia", "funder.cue")),
        ("Tukea jaettiin: eniten sai Lapin liitto, 5 000 euroa.", ("Lapin liitto", "funder.money")),
        ("Lapin liitto: 8 000 € (2 000 €), Kelopuun Paja ry 2 000 €.", ("Kelopuun Paja ry", "funder.money")),
        ("Kunnat maksavat 20 % ja Omnia 10 %.", ("Omnia", "funder.cue")),
        ("Lue myös: Lapin liitto leikkaa tukea", ("Lapin liitto", "funder.money")),
        ("Gradian opettajat tulivat, ja hanke alkoi.", ("Gradia", "coordinator.owned")),
        ("Genomförare: Omnia\nÖvriga genomförare: Gradia", ("Gradia", "coordinator.labelled")),
        ("Hanketta vetää Omnia yhdessä Gradian kanssa.", ("Gradia", "coordinator.cue")),
        ("Omnia betalar resten och några stockhus i Ekenäs.", ("Ekenäs", "funder.cue")),
        ("Vagnen finansieras av Omnia, står i tur och ordning i Vasa, Närpes och Ilmajoki.", ("Vasa", "funder.cue")),
        ("Omnia i Pargas och Gradia i Vasa deltar i projektet.", ("Vasa", "partner.cue")),
        ("Kumppanit: Omnia ja 4H Kelopuu", ("H Kelopuu", "partner.labelled")),
        ("Matkat\n11/2018 Bolzano\n4/2021 Kokemäki\nOmnia", ("11/2018 Bolzano", "partner.sibling")),
        ("Omnia (koulutus) auttaa.", ("Omnia", "coordinator.marked")),
        ("Kunnat: Tampere, Nokia", ("Tampere", "partner.weak_label")),
        ("Työssä auttavat Omnia, Gradia ja Anna Virtanen.", ("Anna Virtanen", "partner.sibling")),
        ("Kumppanit\n- Anna Virtanen, projektipäällikkö\n- Gradia", ("Anna Virtanen", "partner.labelled")),
    ],
)
def test_what_a_text_does_not_claim(text: str, claim: tuple[str, str]) -> None:
    assert claim not in claims(text)


def test_addresses_and_people_name_no_bodies() -> None:
    text = "Apurahan sai KTM Anna Virtanen. Kysy: Anna Esimerkki, tuki@omnia.example. Ohjaajana on Sampo Virtanen. Hanketta vetää Gradia."
    assert [candidate.key for candidate in party_candidates(Analysis(Document(text)))] == ["gradia"]


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("Mukana ovat Omnia, Gradia ja Careeria.", [2, 2, 2]),
        ("- Omnia (Espoo)\n- Gradia\n\nHanketta vetää Careeria.", [1, 1, 0]),
        ("Omnia auttaa, Gradia opettaa ja Careeria vetää.", [0, 0, 0]),
    ],
)
def test_bodies_in_a_row(text: str, beside: list[int]) -> None:
    candidates = party_candidates(Analysis(Document(text)))
    found = rows_of(text, candidates)
    assert [len(found[candidate.key]) - 1 for candidate in candidates] == beside


@pytest.mark.parametrize(
    ("text", "feature", "holds"),
    [
        ("Kelopuun Paja ry\nPajatie 3\n33100 Tampere\n\nPäätös", "address_below", True),
        ("Kelopuun Paja ry\n\nPäätös avustuksesta", "address_below", False),
        ("Kelopuun Paja ry\n\nHae avustusta.", "unpaid_owner", True),
        ("Kelopuun Paja ry\n\nRahoittaja: Lapin liitto", "unpaid_owner", False),
        ("Omnia kuuluu ohjausryhmään.", "near.elsewhere", True),
        ("Omnia kutoo. Ohjausryhmä lepää.", "near.elsewhere", False),
        ("Rahoitus: Lapin liitto 35 %", "sum_behind", True),
        ("Rahoitus: Lapin liitto 2021", "sum_behind", False),
        ("Polku-hanke\n\nOmnia tuki Kivi-hanketta. Polku-hanke kasvoi. Polku-hanke elää.", "other_project", True),
        ("Polku-hanke\n\nOmnia tukee Polku-hanketta.", "other_project", False),
        ("Polku-hanke\n\nOmnia tukee Polku-hanketta.", "own_project", True),
    ],
)
def test_what_stands_beside_a_name(text: str, feature: str, holds: bool) -> None:
    analysis = Analysis(Document(text))
    candidates = party_candidates(analysis)
    features = party_features(party_context(analysis, candidates), candidates[0], "award")
    assert (feature in features) is holds
