"""Periods of projects and applications: which date is which, and which dates are none."""

import pytest

from normalise.analysis import Analysis
from normalise.facts import Kind
from normalise.periods.finding import find_periods
from normalise.text.document import Document


def periods(text: str, kind: Kind) -> dict[str, str]:
    return {fact.field: str(fact.value) for fact in find_periods(Analysis(Document(text)), kind).facts}


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (
            "Hanke X\n\nHankkeen toteutusaika on 1.1.2021–31.12.2022.",
            "project",
            {"start": "2021-01-01", "end": "2022-12-31"},
        ),
        ("Hankeaika: 1.8.2022 alkaen\n", "project", {"start": "2022-08-01"}),
        # The day of a decision is no new end; with its word it is.
        (
            "Maakuntaliitto myönsi hankkeelle jatkoaikaa päätöksellään 3.10.2012, ja hanke päättyi 31.5.2013.",
            "project",
            {"end": "2013-05-31"},
        ),
        (
            "Hankeaika 1.6.2011–31.12.2012, jatkettu liiton päätöksellä 30.4.2013 asti",
            "project",
            {"start": "2011-06-01", "end": "2013-04-30"},
        ),
        # When an extension was granted is no end; what goes on since a year ends with no word of it.
        (
            "Silta-hanke\n\nAlku 1.5.2022, loppu 31.12.2024. Jatkoaika vahvistettiin helmikuussa 2024.",
            "project",
            {"start": "2022-05-01", "end": "2024-12-31"},
        ),
        (
            "Projektet Bro pågår 1.5.2022–31.12.2024. En förlängning beviljades i februari 2024.",
            "project",
            {"start": "2022-05-01", "end": "2024-12-31"},
        ),
        (
            "Silta-hanke on vuodesta 2019 asti auttanut perheitä. Hanke päättyi toukokuun 2022 lopussa.",
            "project",
            {"start": "2019", "end": "2022-05"},
        ),
        # An exception to the usual days holds where it makes them longer.
        (
            "Hakuaika: 1.10.–31.10.\n\nVuonna 2020 hakuaika jatkuu poikkeuksellisesti 15.11.2020 saakka.",
            "call",
            {"opens": "2020-10-01", "closes": "2020-11-15"},
        ),
        # When applications are handled is no time to apply, but until then they may come.
        (
            "Ansökningstiden börjar den 18 september 2023 och slutar den 8 oktober 2023. Utskottet går igenom ansökningarna den 16–20 oktober.",
            "call",
            {"opens": "2023-09-18", "closes": "2023-10-08"},
        ),
        ("Ansökningar behandlas löpande fram till den 15 november 2024.", "call", {"closes": "2024-11-15"}),
        # What was first said under a label; a bracket before the period; a year by which something ends.
        (
            "Hakuaika: 1.2.2022 – 15.3.2022 klo 16. Alun perin määräaika oli 1.3.2022.",
            "call",
            {"opens": "2022-02-01", "closes": "2022-03-15T16:00"},
        ),
        (
            "Rahoitus: Suomen Akatemia (päätös 356712) 1.9.2023–31.8.2027, 598 420 euroa.",
            "project",
            {"start": "2023-09-01", "end": "2027-08-31"},
        ),
        (
            "18.3.2022 8.05\n\nTaimi-hanke alkoi tammikuussa ja jatkuu vuoden 2024 loppuun.",
            "project",
            {"start": "2022-01", "end": "2024"},
        ),
        # What began lies behind the page's date, whatever year its sentence tells of the end.
        (
            "7.9.2023\n\nTaimi-hanke käynnistyi elokuussa ja jatkuu heinäkuuhun 2025.",
            "project",
            {"start": "2023-08", "end": "2025-07"},
        ),
        (
            "7.9.2023\n\nTaimi-hanke käynnistyy lokakuussa ja jatkuu heinäkuuhun 2025.",
            "project",
            {"start": "2024-10", "end": "2025-07"},
        ),
        # Extensions, by more words; one that was not given; what moved and is no end.
        (
            "Projekttid: 1 mars 2019-31 augusti 2021. På grund av isen får projektet fortgå till den 28 februari 2022.",
            "project",
            {"start": "2019-03-01", "end": "2022-02-28"},
        ),
        (
            "Hanke starttasi 2.5.2022. Alkuperäinen loppu oli 31.12.2023, mutta muutoshakemus meni läpi ja jatkamme 30.6.2024 asti.",
            "project",
            {"start": "2022-05-02", "end": "2024-06-30"},
        ),
        (
            "Kesto: 1.1.2021 - 31.12.2022, jatkoaikaa 30.6.2023 saakka koskeva hakemus hylättiin",
            "project",
            {"start": "2021-01-01", "end": "2022-12-31"},
        ),
        (
            "Päättymispäivä: 31.12.2021\n\nTietokanta siirtyi 1.1.2022 Saimaan tutkimuksen ylläpitoon.",
            "project",
            {"end": "2021-12-31"},
        ),
        # More words that begin and end a project; strategic funding is no strategy.
        (
            "Ministeriö on myöntänyt strategiarahoitusta 640 000 euroa ajalle 1.2.2023–31.12.2024.",
            "project",
            {"start": "2023-02-01", "end": "2024-12-31"},
        ),
        (
            "Työ alkoi syyskuussa 2022, ja hanke saadaan valmiiksi toukokuussa 2025.",
            "project",
            {"start": "2022-09", "end": "2025-05"},
        ),
        (
            "Startskottet för projektet gick 1.9.2021. Projektet ros i land 31.8.2024.",
            "project",
            {"start": "2021-09-01", "end": "2024-08-31"},
        ),
        # Who joined later begins nothing.
        (
            "Silta (2020–2022)\n\nHankkeen kumppani on vuodesta 2021 alkaen myös Monikko ry.",
            "project",
            {"start": "2020", "end": "2022"},
        ),
        # On a call's page nothing but the call is open.
        (
            "Liitto avaa haun. Haku koskee hankkeita, ja se on auki 15.2.–28.4.2023 EURA-palvelussa.",
            "call",
            {"opens": "2023-02-15", "closes": "2023-04-28"},
        ),
        # The hour stands where the day is told again, or beside the years of a system's name.
        (
            "Haku on auki 14.8.–8.9.2023. Hylkäämme hakemukset, jotka tulevat 8.9. klo 15 jälkeen.",
            "call",
            {"opens": "2023-08-14", "closes": "2023-09-08T15:00"},
        ),
        (
            "Ansökningstid: 1–30 september 2022\n\nText.\n\nBlanketten finns här till den 30 september kl. 23.59.",
            "call",
            {"opens": "2022-09-01", "closes": "2022-09-30T23:59"},
        ),
        (
            "Hakuaika: 15.2.–28.4.2023. Hakemus jätetään EURA 2021 -järjestelmässä viimeistään viimeisenä päivänä klo 16.15.",
            "call",
            {"opens": "2023-02-15", "closes": "2023-04-28T16:15"},
        ),
        ("Den 15 februari 2024 slår vi upp dörrarna för ansökningar.", "call", {"opens": "2024-02-15"}),
        ("Ensi vuoden haku on 10.1.–10.2.2020.", "award", {}),
        ("Tjänsten är öppen 1.3–30.4.2022.", "call", {"opens": "2022-03-01", "closes": "2022-04-30"}),
        # What money is asked for is no time to ask for it.
        (
            "Tukea voi hakea ajalle 1.5.–30.9.2023. Hakuaika päättyy 19.5.2023 klo 15.",
            "call",
            {"start": "2023-05-01", "end": "2023-09-30", "closes": "2023-05-19T15:00"},
        ),
        # What others did before.
        (
            "Silta (2020–2022)\n\nLiitolla on jo kokemusta Polku-hankkeesta, jota säätiö tuki vuosina 2009–2012.",
            "project",
            {"start": "2020", "end": "2022"},
        ),
        # News of the beginning bears its own day.
        (
            "Hankeaika: helmikuu 2021 – joulukuu 2022\n\n11.2.2021 Hanke käynnistyi!",
            "project",
            {"start": "2021-02", "end": "2022-12"},
        ),
        # Ways to open and close.
        (
            "Säätiö avasi haun 3.2., ja se menee kiinni 14.3.2022.",
            "call",
            {"opens": "2022-02-03", "closes": "2022-03-14"},
        ),
        ("Haku aukee 10/01/2023 ja menee kiinni 24/02/2023.", "call", {"opens": "2023-01-10", "closes": "2023-02-24"}),
        ("Kevään 2019 hakuaika on 4.3. – 29.3. klo 15.", "call", {"opens": "2019-03-04", "closes": "2019-03-29T15:00"}),
        (
            "The sub-programme opens on 1 October 2021 and closes on 15 January 2022.",
            "call",
            {"opens": "2021-10-01", "closes": "2022-01-15"},
        ),
        # Told in words that no rule knows: the model reads them.
        (
            "# Understöd för byar\n\nByarna kan söka pengar till sina gårdar. Det går bra ända fram till den 15 maj 2020, sedan tar vi inte emot fler.",
            "call",
            {"closes": "2020-05-15"},
        ),
        (
            "Hankkeen kesto: 1.8.2011 31.12.2014 (alun perin 30.6.2014)",
            "project",
            {"start": "2011-08-01", "end": "2014-12-31"},
        ),
        (
            "Aloitamme syyskuussa 2023 ja jatkamme vuoden 2025 toukokuun loppuun.",
            "project",
            {"start": "2023-09", "end": "2025-05"},
        ),
        # Ways to tell of a beginning and an end without their verbs.
        (
            "Hanke X\n\nLiikkeelle lähdettiin toukokuussa 2021, maalissa ollaan huhtikuussa 2024.",
            "project",
            {"start": "2021-05", "end": "2024-04"},
        ),
        (
            "Hanke X\n\nTöihin päästiin elokuussa 2021 ja valmista pitäisi olla heinäkuussa 2024.",
            "project",
            {"start": "2021-08", "end": "2024-07"},
        ),
        (
            "Projekt X\n\nFörstudien startar i februari och ska vara färdig i slutet av november 2024.",
            "project",
            {"start": "2024-02", "end": "2024-11"},
        ),
        ("Projektet fick sin början i januari 2021.", "project", {"start": "2021-01"}),
        (
            "It started in September 2021 and goes on until 31 August 2023.",
            "project",
            {"start": "2021-09", "end": "2023-08-31"},
        ),
        ("Työ alkoi 1.1.2022 ja kestää 30.9.2024 saakka.", "project", {"start": "2022-01-01", "end": "2024-09-30"}),
        (
            "Hanke alkaa tammikuussa 2022 ja sitä on määrä jatkaa vuoden 2023 kesäkuuhun.",
            "project",
            {"start": "2022-01", "end": "2023-06"},
        ),
        (
            "Jatkoa haettiin kerran, hankkeen lopullinen päättymispäivä oli 31.12.2014.",
            "project",
            {"end": "2014-12-31"},
        ),
        ("För treårsperioden 2014–2016 är budgeten 540 000 euro.", "project", {"start": "2014", "end": "2016"}),
        (
            "Nyt alkaa kolmivuotinen kokeilu (2023–2025), jonka seurakunta tekee.",
            "project",
            {"start": "2023", "end": "2025"},
        ),
        (
            "Metsäkoulu oli Erasmus+-kumppanuus 1.9.2014-31.8.2016.",
            "project",
            {"start": "2014-09-01", "end": "2016-08-31"},
        ),
        ("Rahoittajana on yhdistys vuosina 2013 2016.", "project", {"start": "2013", "end": "2016"}),
        # Founding years, reports on a year, holders of a post, other projects, "from the beginning".
        ("The school was started in 1909.", "project", {}),
        ("Hanke X\nToimintaraportti 2013-2014", "project", {}),
        ("Verksamhetsberättelse 2013-2014\nProjekt X", "project", {}),
        ("Hankkeen vetäjänä toimi Pirkko Koski 31.8.2012 asti.", "project", {}),
        ("Nästa steg är Vi också, ett annat projekt som fortsätter till 2024.", "project", {}),
        ("Med från början är skolorna i utredningen (hösten 2020).", "project", {}),
        ("Projekten ska vara klara före utgången av 2020.", "award", {}),
        # Several deadlines: the last one counts; a decision's day and a co-funder's window are none.
        (
            "Hae tälle vuodelle 3.4.2018 mennessä tai ensi vuodelle 31.5.2018 mennessä!",
            "call",
            {"closes": "2018-05-31"},
        ),
        (
            "Bidrag kan sökas före 28.3.2024 kl. 15.00 och före 30.9.2024 kl. 15.00",
            "call",
            {"closes": "2024-09-30T15:00"},
        ),
        ("Ansökan lämnas senast 7.5.2024, besked senast 17.5.2024.", "call", {"closes": "2024-05-07"}),
        (
            "Projekttid: läsåren 2015-2016 samt 2016-2017 (1.9.2015–31.8.2017)",
            "project",
            {"start": "2015-09-01", "end": "2017-08-31"},
        ),
        # The year of the other end, before or after a turn of the year.
        (
            "Tuki 2022–2025\n\nHakemus on jätettävä viimeistään 30.9.2020 klo 16.15. Haku aukesi kesäkuussa.",
            "call",
            {"opens": "2020-06", "closes": "2020-09-30T16:15"},
        ),
        (
            "Stöd 2022–2025\n\nAnsökan lämnas senast 31.1.2020. Ansökningstiden öppnade 15.12.",
            "call",
            {"opens": "2019-12-15", "closes": "2020-01-31"},
        ),
        ("Ansökan ska vara inne 31.8.2023.", "call", {"closes": "2023-08-31"}),
        (
            "Utlysningen öppnar den 4.9.2017 och stänger den 2.10.2017. Medfinansiering kan sökas 4.9–9.10.2017.",
            "call",
            {"opens": "2017-09-04", "closes": "2017-10-02"},
        ),
        ("14-30.9 2020 ANSÖKNING\n", "call", {"opens": "2020-09-14", "closes": "2020-09-30"}),
        ("Haku: Ilmastotaidot 2022\n", "call", {}),
        ("Tidtabell: 2021–2023, tilläggsår 2024", "project", {"start": "2021", "end": "2024"}),
        ("Projektet skulle ha slutat 31.10.2024. Nu är sista dagen 30.4.2025.", "project", {"end": "2025-04-30"}),
        (
            "Hanke sai lisäaikaa, ja viimeiset äänitykset tehtiin syyskuussa 2022. Hanke päättyi 30.11.2022.",
            "project",
            {"end": "2022-11-30"},
        ),
        ("Menot hyväksytään ajalta 1.1.2023–30.6.2024.", "award", {"start": "2023-01-01", "end": "2024-06-30"}),
        ("Hankkeet ovat käynnissä enintään vuoden 2024 loppuun.", "award", {}),
        ("Apurahojen maksuaika alkaa 10.1.2022.", "award", {}),
        ("Haku päättyi 1.4.2022, ja hakemuksia tuli 121.", "award", {"closes": "2022-04-01"}),
        ("Seuraava haku on avoinna 1.8.–15.9.2025.", "award", {}),
        (
            "Sanomalehtihaku\n\n23.4.2024 → 30.8.2024 klo 16:15\n",
            "call",
            {"opens": "2024-04-23", "closes": "2024-08-30T16:15"},
        ),
        (
            "Hakuaika\n2.9.2024 klo 8.00 – 7.10.2024 klo 15.00 (alkuperäinen päättymisaika 30.9.2024)",
            "call",
            {"opens": "2024-09-02T08:00", "closes": "2024-10-07T15:00"},
        ),
        (
            "Ansökningstid: 1–30 november 2025 (den 30 klockan 23.59)",
            "call",
            {"opens": "2025-11-01", "closes": "2025-11-30T23:59"},
        ),
        (
            "Application period: 1–31 October 2025 (closes at 18:00 Finnish time).",
            "call",
            {"opens": "2025-10-01", "closes": "2025-10-31T18:00"},
        ),
        ("Kesto: 2 vuotta (2022–2024)", "project", {"start": "2022", "end": "2024"}),
        (
            "Kesto 1.9.2021 – 31.8.2023, jatkoaika 31.12.2023 asti",
            "project",
            {"start": "2021-09-01", "end": "2023-12-31"},
        ),
        (
            "Hanke käynnistyi elokuussa 2021 ja päättyy heinäkuussa 2023.",
            "project",
            {"start": "2021-08", "end": "2023-07"},
        ),
        ("Hanke kestää vuoden 2024 loppuun.", "project", {"end": "2024"}),
        (
            "Kolmivuotinen hanke alkoi keväällä 2020 ja jatkuu kevääseen 2023.",
            "project",
            {"start": "2020", "end": "2023"},
        ),
        ("Projektet pågår 1.1.2023–31.12.2024.", "project", {"start": "2023-01-01", "end": "2024-12-31"}),
        (
            "Projektet startade i augusti 2021 och avslutas i juni 2023.",
            "project",
            {"start": "2021-08", "end": "2023-06"},
        ),
        (
            "Projektet genomförs under tiden 1.9.2022–31.8.2024.",
            "project",
            {"start": "2022-09-01", "end": "2024-08-31"},
        ),
        ("Projektet pågår till slutet av år 2025.", "project", {"end": "2025"}),
        (
            "Projekttiden är 1.1.2022–31.12.2023 men har förlängts till den 30 april 2024.",
            "project",
            {"start": "2022-01-01", "end": "2024-04-30"},
        ),
        ("The project runs from September 2021 to August 2024.", "project", {"start": "2021-09", "end": "2024-08"}),
        (
            "The project started on 1 January 2022 and will end on 31 December 2024.",
            "project",
            {"start": "2022-01-01", "end": "2024-12-31"},
        ),
        ("Duration: 1 September 2022 – 31 August 2025", "project", {"start": "2022-09-01", "end": "2025-08-31"}),
        ("Project period: 01/2023–12/2024", "project", {"start": "2023-01", "end": "2024-12"}),
        (
            "The three-year project (2021–2023) is funded by the Academy of Finland.",
            "project",
            {"start": "2021", "end": "2023"},
        ),
        (
            "The project has been extended until 30 June 2025. It was originally due to end on 31 December 2024.",
            "project",
            {"end": "2025-06-30"},
        ),
        ("Hanke on osa ohjelmaa Uudistuva ja osaava Suomi 2021–2027.", "project", {}),
        ("Loppuseminaari järjestetään 12.5.2023 Turussa. Hanke päättyy 30.6.2023.", "project", {"end": "2023-06-30"}),
        (
            "Hanke on jatkoa Digitaito-hankkeelle (2018–2020). Hankkeen toteutusaika: 1.1.2021-31.12.2022",
            "project",
            {"start": "2021-01-01", "end": "2022-12-31"},
        ),
        ("Edeltävä hanke toteutettiin 2017–2019.", "project", {}),
        ("Hankkeen aikataulu: elokuu 2022 – toukokuu 2024", "project", {"start": "2022-08", "end": "2024-05"}),
        ("Alkamispäivä 1.3.2022\nPäättymispäivä 28.2.2025", "project", {"start": "2022-03-01", "end": "2025-02-28"}),
        (
            "Alkamispäivä\n1.3.2022\n\nPäättymispäivä\n28.2.2025",
            "project",
            {"start": "2022-03-01", "end": "2025-02-28"},
        ),
        ("Startdatum: 1.3.2022\nSlutdatum: 28.2.2025", "project", {"start": "2022-03-01", "end": "2025-02-28"}),
        ("Start date 01/03/2022\nEnd date 28/02/2025", "project", {"start": "2022-03-01", "end": "2025-02-28"}),
        ("| Hankkeen kesto | 1.1.2022 - 31.12.2023 |", "project", {"start": "2022-01-01", "end": "2023-12-31"}),
        ("Hanke toteutetaan vuosina 2023–2025.", "project", {"start": "2023", "end": "2025"}),
        ("Hankkeen toiminta-aika on 1.1.2023 – 30.6.2025.", "project", {"start": "2023-01-01", "end": "2025-06-30"}),
        ("Hanke sai jatkoaikaa 30.9.2024 asti.", "project", {"end": "2024-09-30"}),
        # The day on which an extension was granted is no end.
        (
            "Toteutusaika 1.3.2020-31.5.2022 (jatkoaika myönnetty 2.2.2021, alun perin 30.9.2021 asti)",
            "project",
            {"start": "2020-03-01", "end": "2022-05-31"},
        ),
        # Two labels above two dates, as in printed forms.
        (
            "Hankelomake\nAlkamispäivä\nPäättymispäivä\n1.3.2016\n30.4.2018\nTiivistelmä\nHankkeessa opitaan.",
            "project",
            {"start": "2016-03-01", "end": "2018-04-30"},
        ),
        (
            "Ansökan öppnar\nAnsökan stänger\n1.3.2024\n30.4.2024",
            "call",
            {"opens": "2024-03-01", "closes": "2024-04-30"},
        ),
        (
            "Tärkeät tiedot\n\nUtlysningen öppnar\n4 mars 2024\nUtlysningen stänger\n2 maj 2024 kl 15:00",
            "call",
            {"opens": "2024-03-04", "closes": "2024-05-02T15:00"},
        ),
        # A final report on the project's time; one on a part of it tells no more than that.
        (
            "Här är ett sammandrag av slutrapporten, som omfattar perioden 2019-01-01 – 2020-12-31.",
            "project",
            {"start": "2019-01-01", "end": "2020-12-31"},
        ),
        ("Här är ett sammandrag av rapporten, som omfattar perioden 2019-01-01 – 2020-12-31.", "project", {}),
        (
            "Haku on auki 2.5.2023 alkaen ja sulkeutuu 31.8.2023 klo 16. Aiemmin ilmoitettu määräaika 25.8. on siirretty.",
            "call",
            {"opens": "2023-05-02", "closes": "2023-08-31T16:00"},
        ),
        # Results come out when they do.
        (
            "Hankkeen työ alkaa maaliskuussa 2023, ja tulokset julkaistaan viimeistään kesäkuussa 2024.",
            "project",
            {"start": "2023-03"},
        ),
        # After a decision the sentence goes on with the project.
        (
            "Projektet fick ett positivt beslut från myndigheten den 3 mars 2021 och pågår till och med maj 2023.",
            "project",
            {"end": "2023-05"},
        ),
        (
            "Hanke sai rahoituspäätöksen 3.3.2021 ja päättyy toukokuussa 2023.",
            "project",
            {"end": "2023-05"},
        ),
        # The years for which an award's money is granted, though they are told of a programme.
        (
            "Säätiö valitsi ohjelmassa seitsemän ryhmää, jotka saavat yhteensä 3,2 miljoonaa euroa vuosille 2018–2021.",
            "award",
            {"start": "2018", "end": "2021"},
        ),
        ("Säätiö rahoittaa ohjelmassa 3,2 miljoonalla eurolla ryhmiä. Ohjelma 2018–2021.", "award", {}),
        (
            "Hankkeen päättymisajankohtaa on siirretty: uusi päättymispäivä on 31.8.2024.",
            "project",
            {"end": "2024-08-31"},
        ),
        ("Hanketta on jatkettu 31.12.2022 saakka.", "project", {"end": "2022-12-31"}),
        ("Projektet är tvåårigt och inleds 1.8.2024.", "project", {"start": "2024-08-01"}),
        ("Projektet inleddes hösten 2022 och avslutas våren 2025.", "project", {"start": "2022", "end": "2025"}),
        ("Hankkeen rekrytointi päättyy 15.8.2022. Ilmoittautuminen 1.9.2022 mennessä.", "project", {}),
        (
            "Haku avautuu 1.3.2024 klo 9.00 ja sulkeutuu 30.4.2024 klo 16.15.",
            "call",
            {"opens": "2024-03-01T09:00", "closes": "2024-04-30T16:15"},
        ),
        ("Hakuaika on 1.–31.3.2024.", "call", {"opens": "2024-03-01", "closes": "2024-03-31"}),
        ("Hakemukset tulee jättää viimeistään 31.3.2024 klo 16.15.", "call", {"closes": "2024-03-31T16:15"}),
        (
            "Hakemusten tulee olla perillä torstaina 28.3.2024 kello 15 mennessä.",
            "call",
            {"closes": "2024-03-28T15:00"},
        ),
        ("Avustusta haetaan 15.9.2023 mennessä.", "call", {"closes": "2023-09-15"}),
        ("Haku on auki 1.2.–15.3.2024 klo 16.15 asti.", "call", {"opens": "2024-02-01", "closes": "2024-03-15T16:15"}),
        ("Viimeinen hakupäivä on 30.9.2022.", "call", {"closes": "2022-09-30"}),
        ("Hakuaika päättyy maanantaina 2. lokakuuta 2023 klo 16.", "call", {"closes": "2023-10-02T16:00"}),
        ("Ansökningstiden går ut den 31 mars 2024 kl. 16.15.", "call", {"closes": "2024-03-31T16:15"}),
        (
            "Ansökan öppnar den 1 mars 2024 och stänger den 30 april 2024 kl. 15.00.",
            "call",
            {"opens": "2024-03-01", "closes": "2024-04-30T15:00"},
        ),
        ("Sista ansökningsdag är 15.10.2023.", "call", {"closes": "2023-10-15"}),
        ("Ansökan ska lämnas in senast 15.10.2023 klockan 12.", "call", {"closes": "2023-10-15T12:00"}),
        ("Bidrag kan sökas under tiden 1.9–30.9.2023.", "call", {"opens": "2023-09-01", "closes": "2023-09-30"}),
        ("Understödet kan sökas 1–31.1.2025.", "call", {"opens": "2025-01-01", "closes": "2025-01-31"}),
        ("Ansökningstid: 10.1–10.2.2022", "call", {"opens": "2022-01-10", "closes": "2022-02-10"}),
        (
            "The call is open from 1 March to 30 April 2024 at 16:15.",
            "call",
            {"opens": "2024-03-01", "closes": "2024-04-30T16:15"},
        ),
        ("Applications must be submitted by 4 pm on 15 March 2024.", "call", {"closes": "2024-03-15T16:00"}),
        (
            "The deadline for applications is 31 May 2024 at 16:15 (Finnish time).",
            "call",
            {"closes": "2024-05-31T16:15"},
        ),
        ("Application deadline: 15 September 2023, 16:00", "call", {"closes": "2023-09-15T16:00"}),
        ("Apply by March 31, 2024.", "call", {"closes": "2024-03-31"}),
        ("Hakuaikaa on jatkettu 15.4.2024 asti (alkuperäinen määräaika 31.3.2024).", "call", {"closes": "2024-04-15"}),
        ("Haku päättyi 31.3.2023. Päätökset tehdään 15.6.2023 mennessä.", "call", {"closes": "2023-03-31"}),
        (
            "Hakuinfo järjestetään 12.2.2024 klo 13. Hakuaika 1.2.-28.2.2024.",
            "call",
            {"opens": "2024-02-01", "closes": "2024-02-28"},
        ),
        (
            "Hakuaika\n\n1.2.2024 8.00 - 28.2.2024 16.15",
            "call",
            {"opens": "2024-02-01T08:00", "closes": "2024-02-28T16:15"},
        ),
        (
            "Hakuaika alkaa 1.2.2024\nHakuaika päättyy 28.2.2024 klo 16:15",
            "call",
            {"opens": "2024-02-01", "closes": "2024-02-28T16:15"},
        ),
        (
            "Tila: Avoinna\nHakuaika: 4.12.2023 klo 09:00 - 31.1.2024 klo 16:15",
            "call",
            {"opens": "2023-12-04T09:00", "closes": "2024-01-31T16:15"},
        ),
        ("Haku on käynnissä 30.11. saakka.\n\n15.10.2023", "call", {"closes": "2023-11-30"}),
        ("15.11.2023\n\nHaku on auki\n\nHaku päättyy 15.1. klo 16.", "call", {"closes": "2024-01-15T16:00"}),
        ("Avustus on käytettävä 31.12.2025 mennessä. Hae viimeistään 1.3.2024!", "call", {"closes": "2024-03-01"}),
        ("Selvitys avustuksen käytöstä on toimitettava 30.6.2025 mennessä.", "call", {}),
        ("Kauden 2024 avustusten hakuaika on helmikuu 2024.", "call", {}),
        ("Myönnettiin 50 000 euroa vuosille 2022–2024.", "award", {"start": "2022", "end": "2024"}),
        (
            "Digisilta (1.8.2021–31.7.2023)\n\nHanke auttaa kouluja.",
            "project",
            {"start": "2021-08-01", "end": "2023-07-31"},
        ),
        ("Hanke\n\nToteutusaika: 8/2022–12/2024\n", "project", {"start": "2022-08", "end": "2024-12"}),
        (
            "Hankkeen aika 1.1.2020-31.12.2021 (jatkoaika 30.6.2022)",
            "project",
            {"start": "2020-01-01", "end": "2022-06-30"},
        ),
        (
            "Hanke alkoi 1.1.2020. Sen oli määrä päättyä 31.12.2021, mutta koronan vuoksi päättymispäivä siirtyi 30.6.2022.",
            "project",
            {"start": "2020-01-01", "end": "2022-06-30"},
        ),
        ("Kolmevuotinen hanke käynnistyy 1.9.2024.", "project", {"start": "2024-09-01"}),
        ("Hanke on käynnissä 2022–2024.", "project", {"start": "2022", "end": "2024"}),
        ("Hanke toteutettiin ajalla 1.3.2019–31.8.2020.", "project", {"start": "2019-03-01", "end": "2020-08-31"}),
        (
            "Hankkeen kesto on kolme vuotta, elokuusta 2021 heinäkuuhun 2024.",
            "project",
            {"start": "2021-08", "end": "2024-07"},
        ),
        (
            "Hanke toteutetaan 1.10.2023 alkaen 30.9.2025 saakka.",
            "project",
            {"start": "2023-10-01", "end": "2025-09-30"},
        ),
        (
            "Projektin toteutus alkaa syyskuussa 2022 ja se päättyy joulukuun lopussa 2024.",
            "project",
            {"start": "2022-09", "end": "2024-12"},
        ),
        ("Hanke on päättynyt 31.12.2020.", "project", {"end": "2020-12-31"}),
        ("Hankkeemme päättyy vuodenvaihteessa 2024–2025.", "project", {"end": "2024"}),
        ("Hankekausi 2023-2026", "project", {"start": "2023", "end": "2026"}),
        ("Ajankohta: 2021-2023", "project", {"start": "2021", "end": "2023"}),
        (
            "Hanke sai alkunsa vuonna 2018 toteutetusta selvityksestä. Hanke käynnistyi tammikuussa 2020.",
            "project",
            {"start": "2020-01"},
        ),
        ("Projektet drivs av Åbo Akademi åren 2021–2024.", "project", {"start": "2021", "end": "2024"}),
        ("Projektets tidsram: 1.1.2022–30.6.2024", "project", {"start": "2022-01-01", "end": "2024-06-30"}),
        (
            "Projektet inleds i januari 2023 och pågår till och med december 2025.",
            "project",
            {"start": "2023-01", "end": "2025-12"},
        ),
        (
            "Projektperioden är från den 1 oktober 2020 till den 30 september 2022.",
            "project",
            {"start": "2020-10-01", "end": "2022-09-30"},
        ),
        ("Projektet avslutades 31.12.2019.", "project", {"end": "2019-12-31"}),
        ("Projektet fortsätter till 2026.", "project", {"end": "2026"}),
        ("Projektet beviljades förlängning till den 31 augusti 2023.", "project", {"end": "2023-08-31"}),
        (
            "The project was launched in September 2020 and will run until the end of 2023.",
            "project",
            {"start": "2020-09", "end": "2023"},
        ),
        (
            "The project is implemented between 1.1.2022 and 31.12.2023.",
            "project",
            {"start": "2022-01-01", "end": "2023-12-31"},
        ),
        ("Implementation period: 1.9.2019–31.8.2022", "project", {"start": "2019-09-01", "end": "2022-08-31"}),
        ("Our project (2022–2025) studies reading.", "project", {"start": "2022", "end": "2025"}),
        ("The project began in 2021 and ended in 2023.", "project", {"start": "2021", "end": "2023"}),
        (
            "Projekti on osa Euroopan sosiaalirahaston ohjelmaa vuosille 2014–2020. Projekti toteutetaan 1.3.2018–28.2.2021.",
            "project",
            {"start": "2018-03-01", "end": "2021-02-28"},
        ),
        ("Koulutus järjestetään 12.–14.9.2023. Hanke päättyy 31.12.2023.", "project", {"end": "2023-12-31"}),
        ("Hankkeen ohjausryhmä kokoontui 12.5.2022.", "project", {}),
        ("Hankkeen väliraportti julkaistiin 1.6.2022.", "project", {}),
        (
            "Opetushallituksen päätös 12.6.2021. Hankeaika 1.8.2021–31.12.2022.",
            "project",
            {"start": "2021-08-01", "end": "2022-12-31"},
        ),
        (
            "Avustusten haku alkaa 1.2. ja päättyy 28.2.2024 klo 15.",
            "call",
            {"opens": "2024-02-01", "closes": "2024-02-28T15:00"},
        ),
        ("Hakuaika on 15.1.-15.2.2024 klo 16.15.", "call", {"opens": "2024-01-15", "closes": "2024-02-15T16:15"}),
        (
            "Hakemukset on lähetettävä 29.2.2024 klo 15.00 mennessä osoitteeseen kirjaamo@kunta.fi.",
            "call",
            {"closes": "2024-02-29T15:00"},
        ),
        ("Hakemuksen viimeinen jättöpäivä on perjantai 15.3.2024.", "call", {"closes": "2024-03-15"}),
        ("Haku on avoinna tammikuun ajan 1.1.–31.1.2024.", "call", {"opens": "2024-01-01", "closes": "2024-01-31"}),
        ("Seuraava hakuaika: 1.–31.10.2024", "call", {"opens": "2024-10-01", "closes": "2024-10-31"}),
        ("Hakuajat 2024: 1.2.–28.2. ja 1.9.–30.9.", "call", {"opens": "2024-02-01", "closes": "2024-02-28"}),
        (
            "Hakukierros avautuu maanantaina 4.3.2024 ja sulkeutuu perjantaina 5.4.2024 klo 16:00.",
            "call",
            {"opens": "2024-03-04", "closes": "2024-04-05T16:00"},
        ),
        ("Hakua on pidennetty 30.4.2024 klo 16.15 asti.", "call", {"closes": "2024-04-30T16:15"}),
        ("Ansökningstiden pågår 2.1–31.1.2024.", "call", {"opens": "2024-01-02", "closes": "2024-01-31"}),
        (
            "Ansökningarna ska vara framme senast den 15 februari 2024 kl. 16.00.",
            "call",
            {"closes": "2024-02-15T16:00"},
        ),
        (
            "Ansökan är öppen från den 1 februari till den 31 mars 2024.",
            "call",
            {"opens": "2024-02-01", "closes": "2024-03-31"},
        ),
        ("Sista ansökningsdagen är fredagen den 15 mars 2024 klockan 15.", "call", {"closes": "2024-03-15T15:00"}),
        (
            "Utlysningen öppnas 1.3.2024 och stängs 15.4.2024 kl. 14.00.",
            "call",
            {"opens": "2024-03-01", "closes": "2024-04-15T14:00"},
        ),
        ("Ansökningstiden har förlängts till 30.4.2024.", "call", {"closes": "2024-04-30"}),
        ("Deadline: 15 March 2024 at 16:15 (EET)", "call", {"closes": "2024-03-15T16:15"}),
        (
            "The application period is 1 February–15 March 2024.",
            "call",
            {"opens": "2024-02-01", "closes": "2024-03-15"},
        ),
        ("The call closes on 30 September 2024 at 23:59.", "call", {"closes": "2024-09-30T23:59"}),
        ("Applications are accepted until 31.5.2024.", "call", {"closes": "2024-05-31"}),
        (
            "Call opens 1.9.2024\nCall closes 31.10.2024 at 16:15",
            "call",
            {"opens": "2024-09-01", "closes": "2024-10-31T16:15"},
        ),
        ("Hakuaika: jatkuva", "call", {}),
        # An end before its start makes way for one in order.
        (
            "Perustoiminnan haku päättyi 30.11.2022. Kokeilujen hakuaika alkaa 9.1.2023 ja päättyy 28.2.2023.",
            "call",
            {"opens": "2023-01-09", "closes": "2023-02-28"},
        ),
        (
            "You can apply from 3 March to 4 April 2025 (15:30 Finnish time).",
            "call",
            {"opens": "2025-03-03", "closes": "2025-04-04T15:30"},
        ),
        # A project told in phases; a long period without a word; another project's years in brackets; an hour.
        (
            "Fas 1: kartläggning 1.2.2021–30.6.2021.\n\nFas 2: försök 1.7.2021–31.8.2022.\n\nFas 3: spridning 1.9.2022–31.1.2023.",
            "project",
            {"start": "2021-02-01", "end": "2023-01-31"},
        ),
        (
            "Asukkaat ja yhdistykset tekevät työtä kylällä 1.3.2022–31.10.2023.",
            "project",
            {"start": "2022-03-01", "end": "2023-10-31"},
        ),
        ("Kursseja pidettiin kahdella paikkakunnalla, ja tulijoita riitti, 1.3.2022–30.4.2022.", "project", {}),
        (
            "Föreningen har lett liknande arbete, senast projektet Ljus (2009–2011), som fick pris.\n\nVerksamheten inleds 1.5.2013.",
            "project",
            {"start": "2013-05-01"},
        ),
        ("Perehdytys alkaa 14.3.2024 klo 17.", "project", {}),
        # Other projects in the page's latter half.
        (
            "Hanke alkaa 1.2.2022. Siinä kokeillaan kylien yhteistä talonmiestä.\n\nMuut hankkeet\n\nPolut kuntoon (päättyi 31.5.2020)",
            "project",
            {"start": "2022-02-01"},
        ),
        ("Avustusta voi hakea ympäri vuoden. Päätökset tehdään 30.6. ja 31.12.", "call", {}),
    ],
)
def test_periods(text: str, kind: Kind, expected: dict[str, str]) -> None:
    assert periods(text, kind) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("16.5.2022\n\nHanke käynnistyi tammikuussa.", "project", {"start": "2022-01"}),
        ("16.5.2022\n\nViime syyskuusta asti olemme vetäneet hanketta.", "project", {"start": "2021-09"}),
        ("16.5.2022\n\nHaku päättyy 31.5. klo 16.", "call", {"closes": "2022-05-31T16:00"}),
        ("16.12.2022\n\nHaku päättyy 31.1.", "call", {"closes": "2023-01-31"}),
        ("Publicerad 3.3.2022\n\nProjektet inleddes den 1 februari i år.", "project", {"start": "2022-02-01"}),
        ("Kulttuuriavustukset 2023\n\nHaku päättyy 31.3.", "call", {"closes": "2023-03-31"}),
        ("Haku päättyy 31.3. klo 16.15.", "call", {}),
        # A day that the year has not.
        ("Kevään 2023 haku on auki 1.2.–29.2.", "call", {"opens": "2023-02-01"}),
        ("Kulttuuriavustukset 2023\n\nHaku päättyy 29.2.", "call", {}),
        ("Kulttuuriavustukset 2024\n\nHaku päättyy 29.2.", "call", {"closes": "2024-02-29"}),
    ],
)
def test_a_year_comes_from_the_page_only(text: str, kind: Kind, expected: dict[str, str]) -> None:
    assert periods(text, kind) == expected


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("Edeltävä hanke toteutettiin 2017–2019.", "project", "an earlier project or round"),
        ("Loppuseminaari pidetään 12.5.2023.", "project", "date of an event"),
        ("Ilmoittaudu viimeistään 12.5.2023.\nIlmoittautuminen päättyy 13.5.2023.", "project", "registration"),
        ("Ohjelma jatkuu vuoteen 2027.", "project", "period of the wider programme"),
        ("Päätökset tehdään 30.6.2024 mennessä.", "call", "date of a decision"),
        ("Selvitys annetaan 31.3.2026 mennessä.", "call", "reporting"),
        ("Raha on käytettävä 31.12.2025 mennessä.", "call", "time for which the money may be used"),
    ],
)
def test_refused_with_a_reason(text: str, kind: Kind, reason: str) -> None:
    findings = find_periods(Analysis(Document(text)), kind)
    assert findings.facts == ()
    assert any(reason in refusal.reason for refusal in findings.refusals)


def test_an_older_deadline_is_refused() -> None:
    text = "Hakuaikaa on jatkettu 15.4.2024 asti (alkuperäinen määräaika 31.3.2024)."
    refusals = find_periods(Analysis(Document(text)), "call").refusals
    assert [refusal.value for refusal in refusals] == ["2024-03-31"]


def test_evidence_stands_in_the_text() -> None:
    text = "Hanke\n\nToteutusaika: 1.1.2021–31.12.2022, jatkoaika 30.6.2023 asti"
    for fact in find_periods(Analysis(Document(text)), "project").facts:
        assert text[fact.start : fact.end] == fact.quote
        assert 0 < fact.confidence < 1


def test_pages_about_no_project_have_no_period() -> None:
    assert periods("Hanke alkaa 1.1.2021.", "other") == {}
