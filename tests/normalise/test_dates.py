"""The date grammar: forms of three languages, shared parts, precision, times; and what is no date."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.dates.finding import find_dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.12.2023-31.12.2024", [("2023-12-01", "2024-12-31")]),
        ("17.6.2020– 30.6.2022", [("2020-06-17", "2022-06-30")]),
        ("1.–15.3.2024 klo 16.15", [("2024-03-01", "2024-03-15T16:15")]),
        ("10/2015-3/2018", [("2015-10", "2018-03")]),
        ("1/8-2020", [("2020-08-01",)]),
        ("okt 30, 2018", [("2018-10-30",)]),
        ("loka 5, 2019", [("2019-10-05",)]),
        ("elokuu 2021 – heinäkuu 2023", [("2021-08", "2023-07")]),
        ("vuosina 2019-2021", [("2019", "2021")]),
        ("den 15 mars 2024 kl. 16.15", [("2024-03-15T16:15",)]),
        ("1 augusti 2022–31 december 2024", [("2022-08-01", "2024-12-31")]),
        ("maaliskuun 3. päivä 2024", [("2024-03-03",)]),
        ("från den första mars 2014", [("2014-03-01",)]),
        ("helmikuun viimeisenä päivänä 2023", [("2023-02-28",)]),
        ("viimeistään helmikuun viimeisenä päivänä 2024", [("2024-02-29",)]),
        ("ensimmäisenä maaliskuuta 2022", [("2022-03-01",)]),
        ("by the last day of May 2024", [("2024-05-31",)]),
        ("on the twenty-first of March 2022", [("2022-03-21",)]),
        ("mellan första januari och sista mars 2020", [("2020-01-01", "2020-03-31")]),
        ("marraskuun viimeisenä päivänä 30.11. klo 16", [("--11",), ("--11-30T16:00",)]),
        ("första halvan av maj 2020", [("2020-05",)]),
        ("andra året, mars", []),
        ("1/8 2021 – 31/7 2023", [("2021-08-01", "2023-07-31")]),
        ("den 15/3 2024", [("2024-03-15",)]),
        ("från maj 2021 fram till oktober 2022", [("2021-05", "2022-10")]),
        ("under 2023 och 2024", [("2023", "2024")]),
        ("Start-/slutdatum01/02/2021 → 31/01/2024", [("2021-02-01", "2024-01-31")]),
        ("Arkisto > 2012 > Tammikuu 2013", [("2012",), ("2013-01",)]),
        ("1.1.-30.6.2025", [("2025-01-01", "2025-06-30")]),
        ("22.10-5.11.2023", [("2023-10-22", "2023-11-05")]),
        ("1/2020–12/2021", [("2020-01", "2021-12")]),
        ("08/2021 - 07/2023", [("2021-08", "2023-07")]),
        ("1/01/22 → 31/12/23", [("2022-01-01", "2023-12-31")]),
        ("2011-09.21", [("2011-09-21",)]),
        ("2022–23", [("2022", "2023")]),
        ("läsåret 2018–19.", [("2018", "2019")]),
        ("24 / 01 / 2024", [("2024-01-24",)]),
        ("from April 1. 2020 until September 30. 2022", [("2020-04-01", "2022-09-30")]),
        ("2009-10", [("2009", "2010")]),
        ("2021-08", [("2021-08",)]),
        ("2021-08 – 2023-07", [("2021-08", "2023-07")]),
        ("elokuusta 2021 heinäkuuhun 2023", [("2021-08", "2023-07")]),
        ("3. maaliskuuta 2024", [("2024-03-03",)]),
        ("17 februari, 2012", [("2012-02-17",)]),
        ("March 3, 2024", [("2024-03-03",)]),
        ("3rd of March 2024", [("2024-03-03",)]),
        ("vuoden 2024 loppuun", [("2024",)]),
        ("åren 2019–2021", [("2019", "2021")]),
        ("vuosina 2022 ja 2023", [("2022", "2023")]),
        ("mellan den 9 juni 2021 och den 9 juni 2022", [("2021-06-09", "2022-06-09")]),
        ("31.3. klo 16.15", [("--03-31T16:15",)]),
        ("haku päättyy 31.3. ja alkaa 1.2.", [("--03-31",), ("--02-01",)]),
        ("31.2.2024 ja 1.13.2020", []),
        ("(1705/2009) OKM/30/221/2017 304-12105-2009 ÅLR 2019/850 2019-1-FI01-KA202-060809", []),
        ("4.1. Tavoitteet", []),
        ("029 533 1439 ja +358 (0)50 123 4567 00170 HELSINKI", []),
        ("4–5.12.2023", [("2023-12-04", "2023-12-05")]),
        ("21–22.9.2017", [("2017-09-21", "2017-09-22")]),
        ("1.1.2021 alkaen 31.12.2022 saakka", [("2021-01-01", "2022-12-31")]),
        ("vuodesta 2019 vuoteen 2021", [("2019", "2021")]),
        ("tammi–maaliskuu 2024", [("2024-01", "2024-03")]),
        ("maalis-huhtikuussa 2024", [("2024-03", "2024-04")]),
        ("1.–15. maaliskuuta 2024", [("2024-03-01", "2024-03-15")]),
        ("15 mars–3 april 2024", [("2024-03-15", "2024-04-03")]),
        ("kl. 16.15 den 15 mars 2024", [("2024-03-15T16:15",)]),
        ("by 4 pm on 3 March 2024", [("2024-03-03T16:00",)]),
        ("13.9.2022 kello 12.22", [("2022-09-13T12:22",)]),
        ("22.10.2018 - 14.35", [("2018-10-22T14:35",)]),
        ("1.2.2024 klo 8.00 – 29.3.2024 klo 16.15", [("2024-02-01T08:00", "2024-03-29T16:15")]),
        ("syksy 2021 – kevät 2023", [("2021", "2023")]),
        ("hösten 2021", [("2021",)]),
        ("2010-09-01 - 2010-12-31", [("2010-09-01", "2010-12-31")]),
        ("2024-03-15T16:15", [("2024-03-15T16:15",)]),
        ("1.11.–31.1.2024", [("2023-11-01", "2024-01-31")]),
        ("8/21–12/23", [("2021-08", "2023-12")]),
        ("ti 1.3.–pe 15.3.2024", [("2024-03-01", "2024-03-15")]),
        ("from 1 January 2021 to 31 December 2023", [("2021-01-01", "2023-12-31")]),
        ("1. elokuuta 2021 – 31. heinäkuuta 2023", [("2021-08-01", "2023-07-31")]),
        ("01.03.2021-28.02.2023", [("2021-03-01", "2023-02-28")]),
        ("2023 650 000 €", [("2023",)]),
        ("1990-luvulla", []),
        ("Avustus2010-projekti (2008–2010)", [("2008", "2010")]),
        ("3.1. – 5.1.2024", [("2024-01-03", "2024-01-05")]),
        ("15.3.2024 kl 16", [("2024-03-15T16:00",)]),
        ("fredag 15 mars 2024 senast kl. 16.15", [("2024-03-15T16:15",)]),
        ("the 15th of March 2024 at 16:15 (Finnish time)", [("2024-03-15T16:15",)]),
        ("1.3.2024 alkaen", [("2024-03-01",)]),
        ("2021–", [("2021",)]),
        ("klo 9–15 1.3.2024", [("2024-03-01",)]),
        ("19,5 milj. 2.5–3 miljoonaa", []),
        ("0.5 3.3.2017 Ensimmäinen 1.0 13.4.2017", [("2017-03-03",), ("2017-04-13",)]),
        ("1.8.2023–31.7.2025Hanketta rahoittaa", [("2023-08-01", "2025-07-31")]),
        ("Toteutusaika1.1.2020 - 31.12.2021", [("2020-01-01", "2021-12-31")]),
        ("Asiakirja luotu 17.3.2015 10:42:03", [("2015-03-17T10:42",)]),
        ("Huhtikuussa 2024 ja toukokuussa 2025", [("2024-04",), ("2025-05",)]),
        ("1-12/2020", [("2020-01", "2020-12")]),
        ("ajalla 1.2.2020 - 31.12.2020", [("2020-02-01", "2020-12-31")]),
        ("1.9.2008 ja 30.6.2011 välisenä aikana", [("2008-09-01", "2011-06-30")]),
        ("vuoden 2021 alusta vuoden 2023 loppuun", [("2021", "2023")]),
        ("tammikuusta 2022 joulukuuhun 2023", [("2022-01", "2023-12")]),
        ("1.3. – 31.12.2020", [("2020-03-01", "2020-12-31")]),
        ("January 2021 – December 2023", [("2021-01", "2023-12")]),
        ("Jan 2021 - Dec 2023", [("2021-01", "2023-12")]),
        ("Sept. 2021", [("2021-09",)]),
        ("1.1.2021 t.o.m. 31.12.2022", [("2021-01-01", "2022-12-31")]),
        ("från 1.1.2021 till 31.12.2022", [("2021-01-01", "2022-12-31")]),
        ("1 sept 2021 – 31 dec 2022", [("2021-09-01", "2022-12-31")]),
        ("mars 2021 till och med juni 2022", [("2021-03", "2022-06")]),
        ("2021 - 2023", [("2021", "2023")]),
        ("2021 -2023", [("2021", "2023")]),
        ("(2014-2020)", [("2014", "2020")]),
        ("aikana 1.1.2018 -31.12.2019", [("2018-01-01", "2019-12-31")]),
        ("4.12 kl. 13–ca 16.30", [("--12-04T13:00",)]),
        ("30. marraskuuta 2021", [("2021-11-30",)]),
        ("14.11. mennessä", [("--11-14",)]),
        ("klo 16.15 mennessä 31.3.2024", [("2024-03-31T16:15",)]),
        ("Hakuaika 1.3.2024 klo 8.00–31.3.2024 klo 16.15", [("2024-03-01T08:00", "2024-03-31T16:15")]),
        ("15.3.2024–31.12.2025 (kl. 16)", [("2024-03-15", "2025-12-31T16:00")]),
        ("lukuvuosi 2020-2021", [("2020", "2021")]),
        ("lukuvuonna 2020–21", [("2020", "2021")]),
        ("Q1/2024", []),
        ("24.11.2017 klo 16.15", [("2017-11-24T16:15",)]),
        ("2,5 v. 12 kk", []),
        ("12. joulukuuta 2024 klo 12", [("2024-12-12T12:00",)]),
        ("den 5:e maj 2021", [("2021-05-05",)]),
        ("kesäkuun 30. päivään 2023 mennessä", [("2023-06-30",)]),
    ],
)
def test_find_dates(text: str, expected: list[tuple[str, ...]]) -> None:
    assert [tuple(end.value for end in found.ends) for found in find_dates(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "31.2.2024",
        "1.13.2020",
        "32.1.2020",
        "0.1.2020",
        "laki 1705/2009",
        "OKM/30/221/2017",
        "OPH-123-2024",
        "2019-1-FI01-KA202-060809",
        "puh. 029 533 1439",
        "050 555 1917",
        "00530 Helsinki",
        "Avustus2010-projekti",
        "1990-luvulla",
        "2000 euroa",
        "klo 16.12.",
        "4.1. Tavoitteet",
        "versio 2.10",
        "momentti 29.10.30.5",
    ],
)
def test_no_dates(text: str) -> None:
    assert find_dates(text) == ()


@pytest.mark.parametrize(
    ("stem", "month"),
    [
        ("tammi", "01"),
        ("helmi", "02"),
        ("maalis", "03"),
        ("huhti", "04"),
        ("touko", "05"),
        ("kesä", "06"),
        ("heinä", "07"),
        ("elo", "08"),
        ("syys", "09"),
        ("loka", "10"),
        ("marras", "11"),
        ("joulu", "12"),
    ],
)
@pytest.mark.parametrize("ending", ["kuu", "kuun", "kuuta", "kuussa", "kuusta", "kuuhun", "kuulle", "kuuna"])
def test_every_case_of_a_finnish_month(stem: str, month: str, ending: str) -> None:
    assert [found.first.value for found in find_dates(f"{stem}{ending} 2021")] == [f"2021-{month}"]


@pytest.mark.parametrize(
    ("name", "month"),
    [
        *[
            (name, n)
            for n, name in enumerate(["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti"], 1)
        ],
        *[(name, n) for n, name in enumerate(["September", "October", "November", "December"], 9)],
    ],
)
def test_swedish_and_english_months(name: str, month: int) -> None:
    assert [found.first.value for found in find_dates(f"den 5 {name} 2021")] == [f"2021-{month:02d}-05"]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_a_written_day_is_read_back(day: date) -> None:
    assert [found.first.value for found in find_dates(f"Alkaa {day:%d.%m.%Y} heti")] == [day.isoformat()]


@given(st.text(alphabet="0123456789.,-–/ :klopdenjamaaliskuu\n", max_size=120))
def test_mentions_are_in_order_and_within_the_text(text: str) -> None:
    end = 0
    for found in find_dates(text):
        assert end <= found.start < found.end <= len(text)
        assert all(found.start <= part.start < part.end <= found.end for part in found.ends)
        end = found.end


@pytest.mark.parametrize("piece", ["1", "1.", "1.1. ", "2020-", "1 ", "maaliskuussa ", "klo 9 ", "den ", " 5", "1/"])
def test_time_is_linear(piece: str) -> None:
    begin = time.process_time()
    find_dates(piece * (50_000 // len(piece)))
    assert time.process_time() - begin < 5
