"""Names of organisations: registered ones in any case, unknown ones by their form."""

import pytest

from normalise.organisations.finding import find_organisations
from normalise.organisations.names import identify
from normalise.organisations.register import register
from normalise.text.document import Document


def names(text: str) -> list[str]:
    return [m.name for m in find_organisations(Document(text)) if not m.place]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rahoitus tulee Opetushallitukselta.", ["Opetushallitus"]),
        ("Hanketta hallinnoi Hämeen elinkeino-, liikenne- ja ympäristökeskus.", ["Hämeen elinkeino-, liikenne- ja ympäristökeskus"]),
        ("Tampereen kaupungin ja Gradian yhteinen", ["Tampereen kaupunki", "Gradia"]),
        ("opetus- ja kulttuuriministeriön tuella", ["opetus- ja kulttuuriministeriö"]),
        ("Svenska kulturfondens bidrag", ["Svenska kulturfonden"]),
        ("Mukana on myös Kuusiston Kyläkonttori ry ja Pajupuun Puutyö Oy.", ["Kuusiston Kyläkonttori ry", "Pajupuun Puutyö Oy"]),
        ("Hakijana on Ilmari ja Aili Vainion säätiö sr.", ["Ilmari ja Aili Vainion säätiö sr"]),
        ("Syrjälän Evankelisen Opiston kanssa", ["Syrjälän Evankelinen Opisto"]),
        ("Bygdegårdarnas Vänner r.f. ordnar", ["Bygdegårdarnas Vänner r.f."]),
        ("Hankkeen kokeilut tehdään Kuusiston kaupungin ammattiopisto Pajussa.", ["Kuusiston kaupungin ammattiopisto"]),
        ("Mukana ovat Kuusiston kaupungin ammattiopisto Varia ja Technische Universität Linden.", ["Kuusiston kaupungin ammattiopisto Varia", "Technische Universität Linden"]),
        ("Opetushallitus seuraa kokeilua.", ["Opetushallitus"]),
        ("Ålands kulturdelegation delar ut medel.", ["Ålands kulturdelegation"]),
        ("Rahoitus: Leader Tuohikoppa, 4 000 €", ["Leader Tuohikoppa"]),
        ("Malax kommun FI SV EN Tjänster", ["Malax kommun"]),
        ("Stiftelsen Norra Hemmets bidrag", ["Stiftelsen Norra Hemmet"]),
        ("Tarkoitus on tukea lähikirjastoissa tehtävää työtä", []),
    ],
)  # fmt: skip
def test_names_in_text(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sju kommuner är med: Ingå, Hangö och Malax.", ["Ingå", "Hangö", "Malax"]),
        ("Kolme kuntaa, Teuva, Karijoki ja Isojoki, aloitti.", ["Teuva", "Karijoki", "Isojoki"]),
        ("Kolme pientä kuntaa (Teuva, Karijoki, Isojoki) päätti.", ["Teuva", "Karijoki", "Isojoki"]),
        ("Kunnat: Teuva, Karijoki, Isojoki", []),
        ("Yrityksistä mukana ovat muun muassa Havukone ja virolainen Metsik.", ["Havukone", "Metsik"]),
        ("Kartorna ritas av konsultbyrån Tallkott.", ["Tallkott"]),
        ("Rahoittajana on Leader-ryhmä Tuohikoppa.", ["Tuohikoppa"]),
        ("Kirjan teki ruotsalainen Anna Lindberg.", []),
        ("Båtmuseet i Jungsund ställer ut.", ["Båtmuseet i Jungsund"]),
        ("Mukana on Kuusiston maa- ja kotitalousseura.", ["Kuusiston maa- ja kotitalousseura"]),
        ("Kuusiston Kehitysvammaisten Tuki ry:n hanke", ["Kuusiston Kehitysvammaisten Tuki ry"]),
        ("Pengarna ger Region Gotland och Nylands förbund.", ["Region Gotland", "Nylands förbund"]),
        ("Säätiö Apurahat Yhteystiedot", []),
        ("Päätöksenteko Satakunta", []),
        ("Mukana ovat Kallion Setlementti Tampereella ja Kotilan Setlementti Porissa.", ["Kallion Setlementti", "Kotilan Setlementti"]),
        ("Avustus myönnetään opetusministeriön varoista.", ["opetusministeriö"]),
        ("Med är gymnasierna i Karis, Hangö och Borgå.", ["gymnasiet i Karis", "gymnasiet i Hangö", "gymnasiet i Borgå"]),
        ("Idén kom från Universitetet i Lund.", ["Universitetet i Lund"]),
        ("Mukana Kotkanmäen lyseo ja Tartu Kesklinna Gümnaasium", ["Kotkanmäen lyseo", "Tartu Kesklinna Gümnaasium"]),
        ("Lounais-Lapin LUMA-keskus järjestää", ["Lounais-Lapin LUMA-keskus"]),
        ("Stiftelsen Skogen och Hem delar ut bidrag.", ["Stiftelsen Skogen och Hem"]),
        ("Pengarna kommer från Stiftelsen Brita och Sven Vik.", ["Stiftelsen Brita och Sven Vik"]),
        ("Med är Stiftelsen Havet och Malax kommun.", ["Stiftelsen Havet", "Malax kommun"]),
        ("Hankkeessa ovat SPR:n Itä-Savon piiri ja Lounais-Lapin ELY-keskus.", ["SPR:n Itä-Savon piiri", "Lounais-Lapin ELY-keskus"]),
        ("Maten lagas på restaurang Strandbo.", ["Strandbo"]),
        ("Egentliga Finlands ELY-central leder", ["Egentliga Finlands ELY-central"]),
        ("Kuusiston säätiö - Finnish Heron Foundation", ["Kuusiston säätiö", "Finnish Heron Foundation"]),
    ],
)  # fmt: skip
def test_bodies_that_a_noun_or_place_makes_known(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kylänliitto > Purolan säätiö > Apurahat ja avustukset", ["Purolan säätiö"]),
        ("Med fanns Kulturföreningen Norra Udd. Tanken var god.", ["Kulturföreningen Norra Udd"]),
        ("Biblioteket Anna ordnar kurser.", []),
        ("kouluissa, jotka ovat Volkshochschule Linden Saksassa ja Folkeuniversitetet Vik Norjassa", ["Volkshochschule Linden", "Folkeuniversitetet Vik"]),
        ("We work with IES Rafael Pinar in Linares, Spain, and Gymnasium Am See in Lindau.", ["IES Rafael Pinar", "Gymnasium Am See"]),
        ("Mustanojan ja Kirkkaanojan suojeluyhdistys ry istutti puita.", ["Mustanojan ja Kirkkaanojan suojeluyhdistys ry"]),
        ("Purolan ja Kivilän kansalaisopisto opettaa.", ["Purolan ja Kivilän kansalaisopisto"]),
        ("Purolan ja Kivilän kaupunki", ["Kivilän kaupunki"]),
        ("Purolan ja Kivilän Omaishoitajat ja Läheiset ry", ["Purolan ja Kivilän Omaishoitajat ja Läheiset ry"]),
        ("Porilainen Kuitupuu Oy sai avustuksen, samoin Suomalainen Kuitu Oy.", ["Kuitupuu Oy", "Suomalainen Kuitu Oy"]),
        ("Med är Vanda svenska församling och Lovisa svenska församling.", ["Vanda svenska församling", "Lovisa svenska församling"]),
        ("Tähän uskoo Nuoriso- ja lähimmäistyön liitto.", ["Nuoriso- ja lähimmäistyön liitto"]),
        ("We visited the Lindholm Museum and Archives.", ["Lindholm Museum and Archives"]),
        ("Ett ESF-projekt, STEA-avustus ja Leader-hanke", ["ESF", "STEA"]),
        ("Loimaan Säästöpankkisäätiö maksoi.", ["Loimaan Säästöpankkisäätiö"]),
        ("loput tulee Västernorrlannin lääninhallitukselta", ["Västernorrlannin lääninhallitus"]),
        ("Mukana: ProAgria Itä-Suomi, Luckan Raseborg", ["ProAgria Itä-Suomi", "Luckan Raseborg"]),
        ("ProAgria Helsingissä opettaa", ["ProAgria"]),
        ("We asked the Agricultural University of Iceland.", ["Agricultural University of Iceland"]),
        ("Norjassa Purolan kyläkokous päätti, Kanta-Hämeestä Purolan Kehitys Oy auttoi.", ["Purolan kyläkokous", "Purolan Kehitys Oy"]),
        ("Rahat tulevat kunnilta (Teuva, Karijoki).", ["Teuva", "Karijoki"]),
    ],
)  # fmt: skip
def test_names_of_two_places_of_chapters_and_of_foreign_bodies(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hallin rakennuttaa Purolan Kuplat Ry.", ["Purolan Kuplat Ry"]),
        ("Asukkaat ja muut ystävät ry\n\nHanke alkaa.", ["Asukkaat ja muut ystävät ry"]),
        ("Yleishyödyllinen kyläsäätiö", []),
        ("Finlands miljöministerium stöder elva projekt.", ["Finlands miljöministerium"]),
        ("Partner: Vasa stads räddningsverk och Räddningsverket i Östra Nyland.", ["Vasa stads räddningsverk", "Räddningsverket i Östra Nyland"]),
        ("Studentkåren vid Åbo universitet delar ut bidrag.", ["Studentkåren vid Åbo universitet"]),
        ("Med är det isländska universitetet i Akureyri.", ["universitetet i Akureyri"]),
        ("Med är Folkhälsan i Vasa och Marthorna.", ["Folkhälsan i Vasa", "Marthorna"]),
        ("Partners are Linden University and University of Vik.", ["Linden University", "University of Vik"]),
        ("Med är jaktföreningarna i Pargas och Ekenäs.", ["jaktföreningen i Pargas", "jaktföreningen i Ekenäs"]),
        ("Apuna ovat Espoon seurakuntien työntekijät.", ["Espoon seurakunnat"]),
        ("It is funded by the municipalities of Eastern Lapland.", []),
        ("Vi stöder föreningar i Norden och Baltikum.", []),
        ("Två organisationer är med: Kivik och Aspö.", ["Kivik", "Aspö"]),
        ("Slovenian kumppani Arborea testaa, samoin taimivalmistaja Kuituma.", ["Arborea", "Kuituma"]),
        ("Rahat tulevat Seudun säästöpankkisäätiöltä.", ["Seudun säästöpankkisäätiö"]),
        ("Tuen myönsi Hämeen ELY-keskus Leader-ryhmä Tuohi ry:n puoltamana.", ["Hämeen ELY-keskus", "Leader-ryhmä Tuohi ry"]),
    ],
)  # fmt: skip
def test_bodies_of_cities_houses_and_places(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kauhavan kaupunginhallitus päätti tuesta.", "Kauhavan kaupunki"),
        ("Korsholms kommunfullmäktige", "Korsholms kommun"),
    ],
)
def test_what_decides_for_a_municipality_is_the_municipality(text: str, name: str) -> None:
    (mention,) = find_organisations(Document(text))
    body = identify(name)
    assert body is not None
    assert mention.entry == body.entry
    assert not mention.place


def test_a_place_is_told_from_a_municipality() -> None:
    places = [m for m in find_organisations(Document("Kauhavalla ja Kauhavan kaupungissa")) if m.place]
    assert [m.name for m in places] == ["Kauhava"]


def test_abbreviations_keep_their_case() -> None:
    assert names("TEM maksaa, mutta tem ei") == ["TEM"]


def test_identify_takes_whole_names_only() -> None:
    found = identify("Turun yliopistossa")
    assert found is not None
    assert found.name == "Turun yliopisto"
    assert identify("Turun yliopiston rehtori Kalle") is None


def test_mentions_stand_at_their_offsets_and_do_not_overlap() -> None:
    text = "Opetushallitus, Turun yliopisto ja Turun kaupunki sekä Åbo Akademi. " * 5
    end = 0
    for mention in find_organisations(Document(text)):
        assert mention.start >= end
        end = mention.end


def test_all_municipalities_have_both_names() -> None:
    municipalities = [e for e in register().values() if e.type == "municipality" and not e.until]
    assert len(municipalities) == 308
    finnish, swedish = identify("Turun kaupunki"), identify("Åbo stad")
    assert finnish
    assert finnish.entry
    assert swedish
    assert finnish.entry == swedish.entry


def test_every_reference_of_the_register_exists() -> None:
    entries = register()
    for entry in entries.values():
        assert entry.part_of is None or entry.part_of in entries
        assert entry.successor is None or entry.successor in entries


def test_a_value_glued_to_its_label_begins_a_name() -> None:
    found = find_organisations(Document("StödmottagareMarthorna på Vallgrund rf"), {13})
    assert [(mention.start, mention.name) for mention in found] == [(13, "Marthorna på Vallgrund rf")]
