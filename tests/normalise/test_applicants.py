"""Who may apply, as calls of many kinds say it."""

import json
from pathlib import Path

import pytest

from normalise.parties.applicants import find_applicants

FACTS = Path(__file__).parent.parent / "pages" / "facts"


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("# Haku\n\nKuka voi hakea?\n\nKunnat ja kuntayhtymät.\n\nMuuta asiaa.", "Kunnat ja kuntayhtymät."),
        ("## Vem kan söka\n\nFöreningar.\n\n## Hur mycket\n\nHögst 500 euro.", "Föreningar."),
        ("Hakijat: oppilaitokset ja yritykset\n\nHakuaika 1.2.2026", "oppilaitokset ja yritykset"),
        ("## Who can apply\n\n- Schools\n- Libraries\n\n## When", "Schools\n- Libraries"),
        ("Haettavana on 5 000 €. Avustusta voivat hakea rekisteröidyt yhdistykset. Hae 1.3. mennessä.",
         "Avustusta voivat hakea rekisteröidyt yhdistykset."),
        ("Bidraget är 1 000 €. Understöd kan sökas av kommuner.", "Understöd kan sökas av kommuner."),
        ("You can apply from 1 August to 2 September.", None),
        ("Avustusta voi hakea 1.2.2026 alkaen.", None),
        ("# Kyläraha\n\nHakijan on oltava rekisteröity yhdistys.", "Hakijan on oltava rekisteröity yhdistys."),
        ("# Bygdepeng\n\nPengar beviljas föreningar på orten.", "Pengar beviljas föreningar på orten."),
        ("# Järjestöt voivat hakea syyskuun ajan\n\nLue lisää.", None),
        ("Hakijana on yleensä kunta tai koulu.", "Hakijana on yleensä kunta tai koulu."),
        ("Lehtoraha 2026\n\nHakijoiksi käyvät kyläseurat.", "Hakijoiksi käyvät kyläseurat."),
        ("Tuki on tarkoitettu soittajille ja säveltäjille.", "Tuki on tarkoitettu soittajille ja säveltäjille."),
        ("Hakea saa mikä tahansa yhdistys.", "Hakea saa mikä tahansa yhdistys."),
        ("Sökanden ska höra till en byaförening.", "Sökanden ska höra till en byaförening."),
        ("Medel kan beviljas en skola på ön.", "Medel kan beviljas en skola på ön."),
        ("Proposals are sought. We welcome applications from small schools.", "We welcome applications from small schools."),
        ("— Hakija: kyläseura\n\nHakuaika 1.2.2026", "kyläseura"),
        ("## Vem kan söka stöd?\n\nByalag.", "Byalag."),
        ("- Kuka voi hakea\n- Hakeminen vaiheittain\n- Raportti", None),
        ("Kunta ei voi hakea.", None),
        ("Hakea voi heti.", None),
        ("Bidraget per sökande är högst 900 euro.", None),
        ("Bidrag beviljas inte till skolor.", None),
        ("Nu kan man söka understöd.", None),
        ("", None),
    ],
)  # fmt: skip
def test_passage(text: str, passage: str | None) -> None:
    found = find_applicants(text)
    assert (text[found.start : found.end] if found else None) == passage


def test_long_passages_end_with_a_word() -> None:
    text = "## Kuka voi hakea\n\n" + "kunnat " * 300
    found = find_applicants(text)
    assert found
    assert found.end - found.start <= 600
    assert text[found.start : found.end].endswith("kunnat")


def test_golden_calls_say_it() -> None:
    """Of the calls of the golden pages three in five name who may apply in words that are found."""
    calls = [path for path in FACTS.glob("*.json") if json.loads(path.read_text("utf-8"))["kind"] == "call"]
    found = [path for path in calls if find_applicants(path.with_suffix(".txt").read_text("utf-8"))]
    assert len(found) >= 0.6 * len(calls)
