"""Case numbers, project codes and agreement numbers; and the numbers that are none."""

import pytest

from normalise.analysis import Analysis
from normalise.identifiers import find_identifiers
from normalise.text.document import Document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hankekoodi: S30123", ["S30123"]),
        ("Hankkeen numero on A80012.", ["A80012"]),
        ("Projektkod J10123", ["J10123"]),
        ("Hankkeen nro: 21450", ["21450"]),
        ("Projektets nummer 33871", ["33871"]),
        ("Suomen Akatemia (päätös 351884)", ["351884"]),
        ("Tunniste: KEHA-V-2022-14", ["KEHA-V-2022-14"]),
        ("LIFE18 IPE/FI/000021", ["LIFE18 IPE/FI/000021"]),
        ("LIFE22-NAT-FI-KOSKI", ["LIFE22-NAT-FI-KOSKI"]),
        ("CB214 Kylvö ja CB0100077 Kasvu", ["CB214", "CB0100077"]),
        ("Journalnummer: 2018–1104", ["2018–1104"]),
        ("Diaarinumero Kela 14/310/2024", ["Kela 14/310/2024"]),
        ("2019-1-FI01-KA229-060719_3", ["2019-1-FI01-KA229-060719_3"]),
        ("Erasmus+ KA210-SCH-4F0A19C2", ["KA210-SCH-4F0A19C2"]),
        ("Asia TREDno-2022-118", ["TREDno-2022-118"]),
        ("Diaarinumero VN/1234/2023", ["VN/1234/2023"]),
        ("Dnro OKM/12/525/2021", ["OKM/12/525/2021"]),
        ("Project number: 2021-1-FI01-KA220-VET-000033119", ["2021-1-FI01-KA220-VET-000033119"]),
        ("Grant agreement No 101049328", ["101049328"]),
        ("(grant agreement No. 875134)", ["875134"]),
        ("Laki 1705/2009, puh. 029 533 1439, 00530 Helsinki, Y-tunnus 0245437-2", []),
        ("Projektnummer 20357123", ["20357123"]),
        ("Hankenumero 304-12105-2009", ["304-12105-2009"]),
        ("EURA 2014/131/09 02 01 01/2014/LL", ["EURA 2014/131/09 02 01 01/2014/LL"]),
        ("Dnr 5-700-2022", ["5-700-2022"]),
        ("Diarienr OPH-5012-2023", ["OPH-5012-2023"]),
        ("KEHA/123/2021 ja ESAVI/4567/2020", ["KEHA/123/2021", "ESAVI/4567/2020"]),
        ("Asianumero: VN/10523/2022-OKM-3", ["VN/10523/2022-OKM-3"]),
        ("Hankkeen tunnus: NPHE-2021/10123", ["NPHE-2021/10123"]),
        ("Hakuaika 1/2020–12/2021", []),
        ("OKM:n päätös 12/625/2019", ["12/625/2019"]),
        ("Business Finland 1234/31/2021", ["1234/31/2021"]),
        ("ISBN 978-952-13-1234-5", []),
        ("Hankkeen koodi EURA-järjestelmässä on S22548", ["S22548"]),
        ("TEM/1234/03.01.02/2020", ["TEM/1234/03.01.02/2020"]),
        ("Dnro: 230/06.02/2022", ["230/06.02/2022"]),
        ("HEL 2022-004512", ["HEL 2022-004512"]),
        ("Erasmus+ KA229, KA122-SCH, SDG 4, COVID-19", []),
        ("Hakutunnus: PSUEVK-105", ["PSUEVK-105"]),
        ("ESR-haku kevät 2024 (ESAELY-012)", ["ESAELY-012"]),
        ("Edellisessä haussa (ESAELY-009) rahaa oli enemmän.\nTunniste ESAELY-012", ["ESAELY-012"]),
        ("Projektet bygger på Strandpilen (S21777) och har fått medel (S30177)", ["S30177"]),
        ("Asianumero: Stea/41/2023", ["Stea/41/2023"]),
        ("Asianumero va-okm-2024-31", ["va-okm-2024-31"]),
        ("Haku VA-MMM-2024-7 on auki", ["VA-MMM-2024-7"]),
        ("Hankenumero TAMK | 404-1234", ["404-1234"]),
        ("Hankenumero SYKE: 5404-123456", ["5404-123456"]),
        ("LVM031:00/2022   Valmistelu", ["LVM031:00/2022"]),
        ("TRE:1234/02.05.01/2021", ["TRE:1234/02.05.01/2021"]),
        ("Suomen Akatemia, decision numbers 311201, 311202 and 311203", ["311201", "311202", "311203"]),
        ("Hankenumerot 340011 ja 340012, rahaa 500000 euroa", ["340011", "340012"]),
        ("Hankenumero 20441, 12000 euroa", ["20441"]),
        ("Päätös on numeroltaan OM 12/61/2015.", ["OM 12/61/2015"]),
        ("Rahoituspäätös nro 340011", ["340011"]),
        ("Interreg Aurora, NYPS 20201234; Karelia CBC, KA4012; KA220", ["NYPS 20201234", "KA4012"]),
        ("DNRO 12/345/2019", ["12/345/2019"]),
        ("LIFE23-NAT-FI-Harju, 101155231", ["LIFE23-NAT-FI-Harju", "101155231"]),
        ("HankekoodiS30123", ["S30123"]),
        ("Pelastajat rySMDno-2022-14 Hankkeessa", ["SMDno-2022-14"]),
        ("Hakemusnumero 2019, viite MMM 2020", []),
        ("Hankekoodi: S21925\nMalleja saatiin Väylä-hankkeesta (S20944).", ["S21925"]),
    ],
)
def test_identifiers(text: str, expected: list[str]) -> None:
    facts = find_identifiers(Analysis(Document(text)), "project").facts
    assert [fact.value for fact in facts] == expected
    assert all(text[fact.start : fact.end] == fact.quote for fact in facts)


def test_each_once() -> None:
    facts = find_identifiers(Analysis(Document("OPH-123-2024\n\nPäätös OPH-123-2024")), "award").facts
    assert len(facts) == 1


def test_a_partys_number_is_refused() -> None:
    findings = find_identifiers(Analysis(Document("Verkkolaskuosoite 1234/56/2020")), "project")
    assert findings.facts == ()
    assert [refusal.reason for refusal in findings.refusals] == ["the number of a party"]


def test_pages_about_no_project_have_no_identifiers() -> None:
    assert find_identifiers(Analysis(Document("Dnro OKM/12/525/2021")), "other").facts == ()
