"""Dates of publication and update: only where the page itself says so."""

import pytest

from normalise.analysis import Analysis
from normalise.facts import Kind
from normalise.publication.finding import find_publication
from normalise.text.document import Document


def publication(text: str, kind: Kind = "project") -> dict[str, str]:
    return {fact.field: str(fact.value) for fact in find_publication(Analysis(Document(text)), kind).facts}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hanke X\n\nJulkaistu 3.4.2023\n\nTeksti alkaa tästä.", {"published": "2023-04-03"}),
        ("Sanomat  •  Tiedote  •  2023-04-03 08:30 CET\n\nHanke alkoi\n\nTeksti", {"published": "2023-04-03T08:30"}),
        ("Tutkimus ja tiede   3.4.2023\n\nHanke alkoi\n\nTeksti", {"published": "2023-04-03"}),
        ("Hakuaika päättyy   3.4.2023\n\nAvustukset\n\nTeksti", {}),
        ("Projektplan\n\nUppgjord 3.4.2023, reviderad 5.5.2023", {"published": "2023-04-03", "updated": "2023-05-05"}),
        # A section whose name may be a label, and the hour under a blog's post.
        ("Etusivu\n\nTuet on jaettu\n\nJärjestöt | 3.4.2023\n\nTeksti", {"published": "2023-04-03"}),
        (
            "Museo\n\nmaanantai 3. huhtikuuta 2023\n\nTuet\n\nTeksti.\n\nLähettänyt Museo klo 9.20 Ei kommentteja:",
            {"published": "2023-04-03T09:20"},
        ),
        (
            "Bloggen\n\n3 april 2023\n\nBidrag\n\nText.\n\nUpplagd av Ellen kl. 09:05 2 kommentarer:",
            {"published": "2023-04-03T09:05"},
        ),
        ("Uutiset\n\nma 3. huhtikuuta 2023 08.15.30\n\nTeksti", {"published": "2023-04-03T08:15"}),
        ("Päätös\n\nTeksti.\n\nPäätös tullut nähtäväksi 3.4.2023\n\nMuutoksenhaku", {"published": "2023-04-03"}),
        ("Haku on auki. Ilmoitusta päivitetty 5.5.2023.", {"updated": "2023-05-05"}),
        (
            "Publication date: 3 April 2023\nLast update 5 May 2023",
            {"published": "2023-04-03", "updated": "2023-05-05"},
        ),
        ("Uutinen\n3.4.2023 klo 12.30\n\nTeksti", {"published": "2023-04-03T12:30"}),
        ("Publicerad den 3 april 2023\nUppdaterad 5.5.2023", {"published": "2023-04-03", "updated": "2023-05-05"}),
        ("Published 3 April 2023 | Last updated: 5 May 2023", {"published": "2023-04-03", "updated": "2023-05-05"}),
        ("Sivu on päivitetty viimeksi 1.2.2024", {"updated": "2024-02-01"}),
        ("Sidan uppdaterad 1.2.2024 kl. 12:30", {"updated": "2024-02-01T12:30"}),
        ("© 2023 Kaupunki", {}),
        # A day without a year is as long as a month with one, and no date of publication.
        ("Talkoot\n\nRaivausta\n\nKylällä 4. kesäkuuta", {}),
        # An author beside the date, and words that lead in an author's role.
        ("Hösten\n\n15.12.2021 Mary-Ann Malm\n\nText", {"published": "2021-12-15"}),
        ("Tuet\n\nEija Koski (eija.koski a liitto.example), 9.2.2021\n\nTeksti", {"published": "2021-02-09"}),
        ("Bloggen\n\n21.9.2018 Skrivet av Ellen\n\nText", {"published": "2018-09-21"}),
        ("Nyheter\n\nSkrivet av bitr. rektor den 11 maj 2023 kl. 8.15\n\nText", {"published": "2023-05-11T08:15"}),
        (
            "Hankkeet\n" + "Teksti\n\n" * 9 + "Kirjoittanut: Minna  |  12.2.2025  |  Ei kommentteja",
            {"published": "2025-02-12"},
        ),
        ("Yliopisto tiedottaa 14.6.2018\n\nHanke\n\nTeksti", {"published": "2018-06-14"}),
        ("Högskolan informerar 14.6.2018\n\nProjekt\n\nText", {"published": "2018-06-14"}),
        ("En prästgård\n\nFörsamlingen får stöd. 25.4.2018 kl. 14:05\n\nText", {"published": "2018-04-25T14:05"}),
        # Below the navigation: alone between a heading and prose, but not in a list of news.
        (
            "Etusivu\n" * 9
            + "\nKyytikaveri-hanke alkaa\n\n21.11.2022\n\n"
            + "Kirkko on myöntänyt hankkeelle avustusta. " * 3,
            {"published": "2022-11-21"},
        ),
        ("Etusivu\n" * 9 + "Kyytikaveri-hanke alkaa\n\n21.11.2022\n\n" + "Lue lisää\n" * 8, {}),
        # Signatures of letters and reports.
        ("Raportti\n" + "Teksti jatkuu.\n" * 12 + "Paimiossa tammikuussa 2015\nRitva Koski", {"published": "2015-01"}),
        (
            "Plan\n" + "Texten fortsätter.\n" * 12 + "Slut. Pargas 12.2.2020 Ann Malmlund, rektor",
            {"published": "2020-02-12"},
        ),
        ("Avustukset\n" + "Teksti jatkuu.\n" * 12 + "Raasepori 9.1.2023 Raseborg", {"published": "2023-01-09"}),
        (
            "Päätös työpajatoimintaan\n"
            + "Etusivu\n" * 10
            + "Opetustoimi     24.3.2015     LSAVI/412/2015\n\nYhdistys ry",
            {"published": "2015-03-24"},
        ),
        ("Projekt\n\nText.\n\nUppdaterad den 5 april 2023", {"updated": "2023-04-05"}),
        ("Hanke\n\nTeksti.\n\nSivun tiedot päivitetty 5.4.2023", {"updated": "2023-04-05"}),
        ("Sidan granskades senast den 8 januari 2025", {"updated": "2025-01-08"}),
        ("Sivu päivitettiin 8.1.2025", {"updated": "2025-01-08"}),
        (
            "Raportti\n" + "Teksti.\n\n" * 10 + "Esipuhe\n\nOulussa toukokuussa 2019\nTekijät\n\n" + "Teksti.\n" * 40,
            {"published": "2019-05"},
        ),
        ("Raportti\n" + "Teksti.\n\n" * 10 + "Julkaisuja 4/2016\nKemi, toukokuu 2016", {"published": "2016-05"}),
        ("Tuet\n\nSeuroille apua – hae elokuussa\n14.05.2025\nHaku on kesällä.", {"published": "2025-05-14"}),
        ("Nyheter\n\nSanomat · 14 jun 2019 · Nyheter · MAJA MODELL\n\nText", {"published": "2019-06-14"}),
        # A month of an update; words of sites and blogs; cards of news under a page.
        ("Hanke\n\nTeksti.\n\nTiedot päivitetty huhtikuussa 2023", {"updated": "2023-04"}),
        ("Projekt\n\nText.\n\nUppdaterad i april 2023", {"updated": "2023-04"}),
        ("Hanke\n\nSuunnitelma päivitetty ja hyväksytty huhtikuussa 2023", {}),
        ("Blogi\n\nPostattu 3.4.2023\n\nTeksti", {"published": "2023-04-03"}),
        ("Nyhet\n\nTillagd 3.4.2023\n\nText", {"published": "2023-04-03"}),
        ("Blogi\n\n03 huhti 2023\n\nTeksti", {"published": "2023-04-03"}),
        ("Hankekuvaus 3.4.2023\n\nHanke X", {"published": "2023-04-03"}),
        ("Hanke\n" + "Teksti.\n\n" * 10 + "Kysely auki\n3.4.2023\n\nSeminaari oli\n5.5.2023\n", {}),
        ("Tutkimus\n\n1/2025\n\nApurahat", {}),
        ("Retket\n" + "Teksti.\n\n" * 10 + "- Oulussa toukokuussa 2019\n- Kemissä\n\n" + "Teksti.\n\n" * 9, {}),
        ("Nyhetsrum\n\nPressmeddelande  •  Maj 30, 2018 11:30 EEST\n\nText", {"published": "2018-05-30T11:30"}),
        # Under a heading that is no label of the date; another author's words before it; in a bracket.
        ("TUET\n\nKevään kierros\n\n1.3.2021\n\nTeksti alkaa tästä.", {"published": "2021-03-01"}),
        ("Hanke\nLuonut Maija Malli, viimeksi muokattu 3.4.2022\n\nTeksti", {"updated": "2022-04-03"}),
        (
            "Haku\n\nHakuaika: 1.4.–30.4.2022\n(Korjattu 3.4.2022: aiemmin tässä oli väärä päivä)",
            {"updated": "2022-04-03"},
        ),
        ("Projekt\n" + "Text\n\n" * 10 + "uppd. 3.4.2022 MM", {"updated": "2022-04-03"}),
        # A date of a table, of a calendar, of a file, of a party.
        ("Hanke\n\nNimi | Uimarit\nAloituspäivä | 01.02.2019\nVastuuyksikkö | Liikunta", {}),
        ("Utlysning\n\nÖppnar\t1 mars 2019 kl. 13.00 CET\nSpråk\tsvenska", {}),
        ("Päätökset\n\n4811 | Kylä ry | Laituri | 3.4.2018\n4812 | Seura ry | Kota | 12.4.2018", {}),
        ("Bidrag\n" + "Text\n\n" * 10 + "Kalender\n15.1.2024   öppnas\n29.2.2024   stängs\n16.5.2024   beslut", {}),
        ("Projekt\n\nRapport: Vägen (pdf, 2 MB), publicerad 3.4.2022", {}),
        ("Hanke\n" + "Teksti jatkuu.\n" * 12 + "2022: arviointi, päätösjuhla Kulttuurikeskus Telakassa 18.11.2022", {}),
        # The day of a visit, of a meeting or event, of another page, the end of a period.
        ("tiistai 6.9.2016\nHaku auki\n\nTeksti", {}),
        ("Tisdag 6.9.2016\nUtlysning\n\nText", {}),
        ("Kirkkoneuvosto\nPöytäkirja 18.04.2024/Pykälä 133\n\nAvustukset", {}),
        ("Nämnden\nProtokoll 10.05.2023/Paragraf 63\n\nUnderstöd", {}),
        ("Valiokunta § 41  25.04.2023\n\nAvustukset", {}),
        ("Avustukset\n\n18.9.2025 klo 14–15 Yleinen avustusinfo", {}),
        ("Hanke X\n\n- 31.03.2027\n\nKäynnissä", {}),
        ("Utdelning\n" + "Texten fortsätter.\n\n" * 9 + "Läs också\n11.11.2021\nYrkesskolan", {}),
        ("Jako\n" + "Teksti jatkuu.\n\n" * 9 + "Lue myös\n11.11.2021\nAmmattikoulu", {}),
        ("Koulun blogi\n\n6. syyskuuta 2022 · Kirjoittaja: Nina\n\nTeksti", {"published": "2022-09-06"}),
        (
            "Avustukset haettavana\n\nLounais-Suomen aluehallintovirasto 12.10.2018\n\nTeksti",
            {"published": "2018-10-12"},
        ),
        ("PÄÄTÖS\n21.11.2022            HAMELY/2207/2022\n\nTyöpaja ry", {"published": "2022-11-21"}),
        ("Haku\n" + "Teksti jatkuu.\n\n" * 10 + "6.4.2024 / Marika\n", {"published": "2024-04-06"}),
        ("Haku\n" + "Teksti jatkuu.\n\n" * 10 + "Pietarsaari – Jakobstad 15.1.2025\n", {"published": "2025-01-15"}),
        ("Tulokset julkaistiin 1.2.2023 järjestetyssä seminaarissa.", {}),
        ("Tiedote 12.3.2021\n\nMinisteriö myöntää", {"published": "2021-03-12"}),
        ("12 March 2021\n\nNew project launched", {"published": "2021-03-12"}),
        ("Lähetetty: 12.3.2021", {"published": "2021-03-12"}),
        ("Viimeksi päivitetty: 12.3.2021", {"updated": "2021-03-12"}),
        ("to 12.3.2021 - 14:05\n\nJuttu", {"published": "2021-03-12T14:05"}),
        ("Pressmeddelande 3.4.2022 12.00\n\nText", {"published": "2022-04-03T12:00"}),
        ("Muokattu 3.4.2022", {"updated": "2022-04-03"}),
        ("Hankkeesta kertova kirja julkaistaan 3.4.2022.", {}),
        ("Luotu: 3.4.2022 Päivitetty: 4.4.2022", {"published": "2022-04-03", "updated": "2022-04-04"}),
        ("Åbo den 3 april 2022", {"published": "2022-04-03"}),
        ("# Otsikko\n\n29.12.2025 12:40:00 EET | Kunta | Tiedote", {"published": "2025-12-29T12:40"}),
        ("Ajankohtaista | 24.08.2020\n\nJuttu", {"published": "2020-08-24"}),
        ("30.5.2017 / Kirjoittaja: Maija Malli\n\nJuttu", {"published": "2017-05-30"}),
        ("Otsikko\n\nJuttua.\n\nLisää juttua.\n\nHelsingissä 26.3.2012\nMaija Malli", {"published": "2012-03-26"}),
        ("1 Virasto 15.1.2016 KIRJE Dnro VN/1/2016 Jakelussa mainitut", {"published": "2016-01-15"}),
        ("Viimeksi muokannut Malli Maija 04.10.2010 klo 14:07", {"updated": "2010-10-04T14:07"}),
        ("Uutinen 02.10.2023 Julkaistu 10:05\n\nJuttu", {"published": "2023-10-02T10:05"}),
        ("Seuraava hankesuunnitelma (päivitetty 3.11.2015) on liitteenä, ja siihen kannattaa tutustua ajoissa.", {}),
        ("1.3.2024 Kevätseminaari Oulussa", {}),
        ("Hakuaika\n\n1.3.2024\n\nLomake", {}),
    ],
)
def test_publication(text: str, expected: dict[str, str]) -> None:
    assert publication(text) == expected


def test_a_crawlers_stamp_is_refused() -> None:
    findings = find_publication(Analysis(Document("date 2025-12-29 Kunta avaa haun.")), "call")
    assert findings.facts == ()
    assert [refusal.reason for refusal in findings.refusals] == ["a crawler's stamp or a copyright year"]


@pytest.mark.parametrize(("kind", "expected"), [("award", {"published": "2021-05-18"}), ("project", {})])
def test_a_decisions_date_is_that_of_a_decision_only(kind: Kind, expected: dict[str, str]) -> None:
    assert publication("Päätöspäivä: 18.5.2021\n\nHanke", kind) == expected


def test_evidence_stands_in_the_text() -> None:
    text = "Julkaistu 3.4.2023 klo 9.00\n\nPäivitetty 5.4.2023"
    facts = find_publication(Analysis(Document(text)), "project").facts
    assert [fact.quote for fact in facts] == ["3.4.2023 klo 9.00", "5.4.2023"]
    assert all(text[fact.start : fact.end] == fact.quote for fact in facts)
