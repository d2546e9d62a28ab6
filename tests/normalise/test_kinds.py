"""The kind of a page."""

import pytest

from normalise.analysis import Analysis
from normalise.kinds.features import kind_features
from normalise.kinds.finding import KindScore, kind_of, score_kinds
from normalise.text.document import Document
from pipelines.extract import extract


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# Silta-hanke\n\nHankeaika: 1.1.2024–31.12.2025\nRahoittaja: Opetushallitus\n\nHankkeessa kehitetään ohjausta.", "project"),
        ("# Hanke A\n\nHankkeen toteutusaika on 1.4.2024–31.10.2025 ja sen rahoittaa Opetushallitus.", "project"),
        ("# Projekt Fyren\n\nProjektet finansieras av Svenska kulturfonden och pågår till hösten 2025.", "project"),
        ("# Avustukset yhdistyksille 2024\n\nHakuaika: 1.–31.3.2024\n\nAvustusta voivat hakea yhdistykset. Hakemus tehdään sähköisesti.", "call"),
        ("# Sök bidrag för skolprojekt\n\nAnsökningstid: 1–31.3.2024\n\nBidrag kan sökas av skolor. Ansökan lämnas in senast den 31 mars.", "call"),
        ("# Ministeriö myönsi 2 miljoonaa euroa kirjastoille\n\nAvustuksen saivat 14 kirjastoa. Hakemuksia tuli 40.", "award"),
        ("# Tietosuojaseloste\n\nRekisterinpitäjä on yhdistys. Henkilötietoja säilytetään vuosi. Rekisteröidyllä on oikeus tarkastaa tietonsa.", "other"),
        ("# Meneillään olevat hankkeet\n\nSilta. Kesto 1.1.2024–31.12.2025, rahoittaja Opetushallitus.\n\nPolku. Kesto 1.8.2023–31.7.2024, rahoittaja Leader.\n\nPorras. Päättyy 30.6.2025.", "other"),
        ("# Yhdistyksen toimintakertomus 2023\n\nJäseniä oli 214. Silta-hanke (2022–2024) sai kaupungilta 9 000 euroa. Hallitus kokoontui kuusi kertaa, ja tilikauden ylijäämä oli 310 euroa.", "other"),
        ("# Kommunstyrelsens protokoll\n\nNärvarande: sju ledamöter. § 4 Deltagande i projektet Bron. Beslut: kommunen deltar. § 5 Anmälningsärenden. Protokollet justerades.", "other"),
        ("# Bidrag för föreningar\n\nKommunen har fyra bidragsformer.\n\nGrundbidrag söks i mars.\n\nProjektbidrag söks när som helst.\n\nStartbidrag, 400 euro.\n\nLokalbidrag, ansökningstid 1–30.9.", "other"),
        ("# Seminaari hanketoimijoille\n\nIlmoittaudu viimeistään maanantaina. Kahvitarjoilu. Tervetuloa!", "other"),
    ],
)  # fmt: skip
def test_kinds(text: str, kind: str) -> None:
    assert kind_of(Analysis(Document(text))).kind == kind


def test_probabilities_are_ranked_and_add_up() -> None:
    scores = [s.probability for s in score_kinds(Analysis(Document("Hanke")))]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1.0)


def test_a_doubtful_page_keeps_its_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    doubtful = (KindScore("other", 0.5), KindScore("project", 0.4), KindScore("call", 0.1), KindScore("award", 0.0))
    monkeypatch.setattr("normalise.kinds.finding.score_kinds", lambda _: doubtful)
    assert kind_of(Analysis(Document("Hanke"))) == KindScore("project", 0.4)


def test_cues_count_by_how_many_of_the_words_they_are() -> None:
    short, long = (
        kind_features(Analysis(Document(f"Polku\n\nHakuaika päättyy pian.{more}")))["density.call_time"]
        for more in ("", " Polku kulkee metsän halki kylään." * 4)
    )
    assert short == pytest.approx(25)
    assert long == pytest.approx(100 / 24)


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Hakukalenteri\n\nTähän on koottu tulevat haut.", "other_calendar"),
        ("Finansieringskalender\n\nKommande utlysningar i vår.", "other_calendar"),
        ("Päättyneet hankkeet\n\nTarina alkoi aikanaan.", "other_title_list"),
        ("Avustushaut keväällä\n\nTarina alkoi aikanaan.", "other_title_calendar"),
        ("Vanliga frågor\n\nTarina alkoi aikanaan.", "other_title_guide"),
        ("Bron har kick-off\n\nTarina alkoi aikanaan.", "other_title_event"),
        ("Silta\n\nToukokuussa päättyneessä haussa oli tungosta.", "other_waiting"),
        ("Lain muutos\n\nEduskunta hyväksyi hallituksen esityksen, ja se tulee voimaan keväällä.", "other_law"),
        ("PROMEMORIA\n\nFörhinder: Otto Lind\n\nÖppnande", "other_minutes"),
        ("Lediga tjänster\n\nTjänsten är på heltid.", "other_job"),
        ("Bron\n\nProjektnummer: 123456", "project_phrase"),
        ("Kollekten\n\nBidraget gick till Nykarleby.", "award_text"),
    ],
)
def test_a_cue_counts_in_its_group(text: str, group: str) -> None:
    features = kind_features(Analysis(Document(text)))
    assert features[group] > 0
    assert group not in kind_features(Analysis(Document("Polku kulkee metsän halki.")))


def test_dates_that_a_project_or_a_call_would_have_count_by_how_surely_they_are_told() -> None:
    features = kind_features(
        Analysis(Document("Silta\n\nHakuaika: 1.–31.3.2024\n\nHankkeen toteutusaika on 1.4.2024–31.10.2025."))
    )
    dated = {name for name in features if name.startswith("dated.")}
    assert {"dated.call.opens", "dated.call.closes", "dated.project.start", "dated.project.end"} <= dated
    assert features["dated.call.closes"] > features["dated.project.end"]


def test_stems_of_the_title_line_count_by_themselves() -> None:
    features = kind_features(Analysis(Document("Silta nuorille\n\nTarina kertoo polusta.")))
    assert {name for name in features if name.startswith("title.")} == {"title.silta", "title.nuori"}
    assert features["title.silta"] == features["title.nuori"] < features["stem.silta"]


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("# Silta-hanke\n\nHankkeessa kehitetään ohjausta. Hanke päättyy 31.12.2025, ja sen rahoittaa Opetushallitus.", True),
        ("# Die Brücke\n\nDas Vorhaben wird von der Gemeinde getragen und dauert noch zwei Jahre. Wir freuen uns auf Besuch.", False),
    ],
)  # fmt: skip
def test_a_record_says_how_sure_its_kind_is(text: str, is_asked: bool) -> None:
    sure = extract(text, id="x").kind_confidence
    assert sure == (round(kind_of(Analysis(Document(text))).probability, 3) if is_asked else None)
