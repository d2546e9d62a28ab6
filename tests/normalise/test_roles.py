import time

import pytest

from normalise.persons.job_title_words import role_lemma
from normalise.persons.job_titles import find_roles


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Yksikön päällikkö, opetusneuvos Kati Aho", ["Yksikön päällikkö, opetusneuvos"]),
        ("Lisätietoja antaa vapaa-aikaohjaaja Jere Aho", ["vapaa-aikaohjaaja"]),
        ("Tiedolla johtamisen asiantuntija Joensuu", ["Tiedolla johtamisen asiantuntija"]),
        ("Liikkuvan korjaamon opettaja", ["Liikkuvan korjaamon opettaja"]),
        ("Vastaava rehtori", ["Vastaava rehtori"]),
        ("neuvotteleva virkamies", ["neuvotteleva virkamies"]),
        ("koordinoiva opinto-ohjaaja", ["koordinoiva opinto-ohjaaja"]),
        ("kirjasto- ja kulttuurisihteeri Anita", ["kirjasto- ja kulttuurisihteeri"]),
        ("Diakonia- ja yhteiskuntatyön koordinaattori", ["Diakonia- ja yhteiskuntatyön koordinaattori"]),
        ("hallituksen puheenjohtaja", ["hallituksen puheenjohtaja"]),
        ("vapaan sivistystyön johtaja", ["vapaan sivistystyön johtaja"]),
        ("Opetusalajohtaja (tekniikka ja liikenne) Kitee", ["Opetusalajohtaja (tekniikka ja liikenne)"]),
        ("Osaamisaluepäällikkö, Hyvinvoinnin osaamisalue", ["Osaamisaluepäällikkö"]),
        ("Vanhustyön keskusliiton projektipäällikkö", ["projektipäällikkö"]),
        ("hankkeen projektipäällikkö", ["projektipäällikkö"]),
        ("TKI-asiantuntija, p. 050", ["TKI-asiantuntija"]),
        ("Toimitusjohtaja-rehtori", ["Toimitusjohtaja-rehtori"]),
        ("vt. kehittämispäällikkö", ["vt. kehittämispäällikkö"]),
        ("Projektipäällikkönä toimii", ["Projektipäällikkö"]),
        ("opetusneuvokselta", ["opetusneuvos"]),
        ("Projektikoordinaattorit A ja B", ["Projektikoordinaattori"]),
        ("Hankkeen johtajan, apulaisprofessori Osmo", ["johtaja", "apulaisprofessori"]),
        ("kulttuurisihteeri / kultursekreterare", ["kulttuurisihteeri"]),
        ("Kulttuurituottaja, kulturproducent Anna", ["Kulttuurituottaja"]),
        ("lehtori, project manager", ["lehtori, project manager"]),
        ("projektipäällikkö (project manager)", ["projektipäällikkö", "project manager"]),
        ("rådgivare (norra Åland)", ["rådgivare"]),
        ("Internationella koordinatorn Anna", ["Internationella koordinatorn"]),
        ("t.f. direktör", ["t.f. direktör"]),
        ("Säätiön viestintävastaava Irmeli", ["viestintävastaava"]),
        ("hanketta vetävä erikoistutkija", ["erikoistutkija"]),
        ("Jaakko Mäki, pj., 040 555 1234", ["pj"]),
        ("Otto Lind, viceordf., tfn", ["viceordf"]),
        ("Projektledaren Sara", ["Projektledaren"]),
        ("Undervisningsrådet Viveca", ["Undervisningsrådet"]),
        ("specialsakkunnig", ["specialsakkunnig"]),
        ("lektor respektive projektledare", ["lektor respektive projektledare"]),
        ("Lärare på Mariegatans skola", ["Lärare"]),
        ("Professor i modersmål och litteratur", ["Professor i modersmål och litteratur"]),
        ("Senior Project Manager", ["Senior Project Manager"]),
        ("Head of International Affairs", ["Head of International Affairs"]),
        ("Museopedagogi Anni", ["Museopedagogi"]),
        ("ungdomsarbetaren Otto", ["ungdomsarbetaren"]),
        ("Arkivarie Otto", ["Arkivarie"]),
        ("Rahaston asiamies Otto", ["Rahaston asiamies"]),
        ("Koordinaattoriksi valittiin", ["Koordinaattori"]),
        ("neuvokseksi", ["neuvos"]),
        ("Kvarkenrådet och Statsrådet", []),
        ("Yhteyshenkilö ja kontaktperson", []),
        ("", []),
    ],
)
def test_titles(text: str, titles: list[str]) -> None:
    mentions = find_roles(text)
    assert [mention.title for mention in mentions] == titles
    assert all(0 <= mention.start < mention.end <= len(text) for mention in mentions)


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("projektipäällikön", "projektipäällikkö"),
        ("Johtajalle", "Johtaja"),
        ("lakimieheltä", "lakimies"),
        ("talo", None),
        ("hanke", None),
    ],
)
def test_lemma(word: str, lemma: str | None) -> None:
    assert role_lemma(word) == lemma


@pytest.mark.parametrize("unit", ["johtaja, ", "projektipäällikkö ", "ja ", "vapaan ", "- "])
def test_time_is_linear(unit: str) -> None:
    started = time.perf_counter()
    find_roles(unit * (20_000 // len(unit)))
    assert time.perf_counter() - started < 3
