import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.contacts.phones import find_phones


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("puh. 029 533 1439", "+358295331439"),
        ("p. 0295 3 55084", "+358295355084"),
        ("+358 (0)50 123 4567", "+358501234567"),
        ("(+358 50 123 4567)", "+358501234567"),
        ("tfn 040/159 3308", "+358401593308"),
        ("018-245 99", "+3581824599"),
        ("gsm 050-123 4567", "+358501234567"),
        ("040 - 555 61 28", "+358405556128"),
        ("+358-50-123 4567", "+358501234567"),
        ("00358 40 123 4567", "+358401234567"),
        ("358 40 123 4567", "+358401234567"),
        ("puh.(09) 310 1691", "+35893101691"),
        ("p.016 322 8871", "+358163228871"),
        ("Puh:050 555 4370anna@site.fi", "+358505554370"),
        ("Telefon+358205559904", "+358205559904"),
        ("tel. 0457 873 1234", "+3584578731234"),
        ("+46 90 123 45 67", "+46901234567"),
        # Sweden's grouping on a page that speaks of Sweden; a newer foreign range.
        ("Region Norrbotten, tfn 0920-28 40 00", "+46920284000"),
        ("Bidraget är 40 000 kr. Kontakt: Eskilstuna, Södermanland, 016-555 10 94", "+46165551094"),
        ("Storgatan 1, 744 30 Uppsala. Tfn 018-611 55 09", "+46186115509"),
        ("Storgatan 1, 22100 Mariehamn. Tfn 018-25 555", "+3581825555"),
        ("Projektet i Uppsala kostar 40 000 €. Tfn 018-25 555", "+3581825555"),
        ("Kontakt i Sverige: 08-508 260 00", "+46850826000"),
        ("Sverige och Finland, tfn 040-555 61 28", "+358405556128"),
        ("Finland, tfn 06-324 21 00", "+35863242100"),
        ("tel. +372 555 0164", "+3725550164"),
        ("050 123 4567 9-15", "+358501234567"),
        ("029 516 3912 15.3.2024", "+358295163912"),
        ("00100 Helsinki, 09 123 4567", "+35891234567"),
    ],
)
def test_number_is_e164(text: str, number: str) -> None:
    assert [mention.number for mention in find_phones(text)] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "01.01.2019",
        "01.02.-05.03.2019",
        "klo 08.00-16.00",
        "Y-tunnus 0245437-2",
        "OKM/30/221/2017",
        "VM/2315/02.02.03.09/2016",
        "FI21 1234 5600 0007 85",
        "OVT 003708245437",
        "00023 Valtioneuvosto",
        "1.2.246.562.10.00000000000000001",
        "2014-2020",
        "S20597",
        "0,5 %",
        "https://site.fi/0401234567",
        "000000000",
        "",
    ],
)
def test_other_numbers_are_no_phones(text: str) -> None:
    assert find_phones(text) == ()


@pytest.mark.parametrize(
    "text", ["016 322 8871, 0400 381 206", "016 322 8871 / 0400 381 206", "040 123 4567/040 765 4321"]
)
def test_numbers_side_by_side_are_told_apart(text: str) -> None:
    assert len(find_phones(text)) == 2


@pytest.mark.parametrize(
    "text", ["020 124 4500 (vaihde)", "Vaihde 020 124 4500", "Växel 09 310 1691", "Puhelin (vaihde): 09 310 1691"]
)
def test_switchboard_is_marked(text: str) -> None:
    (mention,) = find_phones(text)
    assert mention.is_switchboard


@given(st.text(alphabet="0123456789 +-()./\np", max_size=200))
def test_mentions_are_ordered_and_apart(text: str) -> None:
    position = 0
    for mention in find_phones(text):
        assert position <= mention.start < mention.end <= len(text)
        assert mention.number.startswith("+")
        position = mention.end


@pytest.mark.parametrize("unit", ["0", "01 ", "(0)", "0-", "01.01."])
def test_time_is_linear(unit: str) -> None:
    started = time.perf_counter()
    find_phones(unit * (20_000 // len(unit)))
    assert time.perf_counter() - started < 3


def test_a_word_before_the_next_number_is_that_ones() -> None:
    phones = find_phones("Puhelin: 03 555 7714 Fax: 03 555 7719")
    assert [(phone.number, phone.is_switchboard) for phone in phones] == [
        ("+35835557714", False),
        ("+35835557719", True),
    ]
