"""The kind of a page."""

import pytest

from normalise.analysis import Analysis
from normalise.document import Document
from normalise.kinds import KindScore, kind_features, kind_of, score_kinds
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
    doubtful = (KindScore("other", 0.5), KindScore("project", 0.3), KindScore("call", 0.1), KindScore("award", 0.1))
    monkeypatch.setattr("normalise.kinds.score_kinds", lambda _: doubtful)
    assert kind_of(Analysis(Document("Hanke"))) == KindScore("project", 0.3)


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
