"""Sums in euros: digits, multipliers, words, ranges; and what is no sum."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.amounts.money import find_money, plain_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4 miljoonaa", [(4000000, None)]),
        ("1,2 milj. euroa", [(1200000, None)]),
        ("1,2 M€", [(1200000, None)]),
        ("350 t€", [(350000, None)]),
        ("25.000 euroa", [(25000, None)]),
        ("noin miljoona euroa", [(1000000, None)]),
        ("puoli miljoonaa euroa", [(500000, None)]),
        ("en halv miljon euro", [(500000, None)]),
        ("2 MEUR", [(2000000, None)]),
        ("EUR 50 000", [(50000, None)]),
        ("5 000–20 000 euroa", [(20000, 5000)]),
        ("19,5 milj. eu-\nroa", [(19500000, None)]),
        ("83 450,50 €", [(83450.5, None)]),
        ("600 000 €", [(600000, None)]),
        ("5000€", [(5000, None)]),
        ("1,9M€ vuosina", [(1900000, None)]),
        ("252.339,00 €", [(252339, None)]),
        ("2023 650 000 €", [(650000, None)]),
        ("31.12.2023 50 000 euroa", [(50000, None)]),
        ("300,000 euros", [(300000, None)]),
        ("€1.2 million", [(1200000, None)]),
        ("€50,000", [(50000, None)]),
        ("€50k", [(50000, None)]),
        ("3,2 miljoner NOK", []),
        ("0,95 miljoner kommer", [(950000, None)]),
        ("1 250 000 SEK", []),
        ("150 000 danska kronor", []),
        ("0,5–1 miljoonaa euroa", [(1000000, 500000)]),
        ("kaksi miljoonaa euroa", [(2000000, None)]),
        ("450 tuhatta euroa", [(450000, None)]),
        ("10 000 - 50 000 e", [(50000, 10000)]),
        ("10 e tunti", [(10, None)]),
        ("4 miljoonaa ihmistä", []),
        ("1 500 000,00 EUR", [(1500000, None)]),
        ("200 000 euron", [(200000, None)]),
        ("10 %", []),
        ("puh. 029 533 1439", []),
        ("50 miljoner euro", [(50000000, None)]),
        ("1,5 mn euro", [(1500000, None)]),
        ("50 000,-", [(50000, None)]),
        ("6.000,-    /kylä max 800,-", [(6000, None), (800, None)]),
        ("10,-5", []),
        ("NOK 1.9 million", []),
        ("miljardi euroa", [(1000000000, None)]),
        ("5000€-20 000€", [(20000, 5000)]),
        (">50 000 – 100 000 euroa", [(100000, 50000)]),
        ("3 miljoonasta eurosta", [(3000000, None)]),
        ("120 000 eurolla", [(120000, None)]),
        ("kymmenen tuhatta euroa", [(10000, None)]),
        ("EUR 1,200,000.50", [(1200000.5, None)]),
        ("1.200.000 euroa", [(1200000, None)]),
        ("12 miljoonan euron", [(12000000, None)]),
        ("300 000€ från", [(300000, None)]),
        ("50 000 e:n", [(50000, None)]),
        ("2–3 miljoonaa euroa", [(3000000, 2000000)]),
        ("4 M€:n", [(4000000, None)]),
        ("100.000e", [(100000, None)]),
        ("1 000 000.00 €", [(1000000, None)]),
        ("1’200 €", [(1200, None)]),
        ("KEUR 50", [(50, None)]),
        ("50 tusen euro", [(50000, None)]),
        ("n. 1,1 miljardia euroa", [(1100000000, None)]),
        ("n. 60000 euroa", [(60000, None)]),
        ("4 milj.€", [(4000000, None)]),
        ("450 k€", [(450000, None)]),
        ("mellan 2 000 och 15 000 €", [(15000, 2000)]),
        ("30 000 euroa ja 5 000 euroa", [(30000, None), (5000, None)]),
        ("2,3 miljoner euro till 45 projekt", [(2300000, None)]),
        ("Totalbudget1,6 M€", [(1600000, None)]),
        ("EUR 5,000–20,000", [(20000, 5000)]),
        ("puolitoista miljoonaa euroa", [(1500000, None)]),
        ("4x60 000 euroa", [(60000, None)]),
        ("kaksi ja puoli miljoonaa euroa", [(2500000, None)]),
        ("tre och en halv miljoner euro", [(3500000, None)]),
        ("1.4 million Finns", []),
        ("2 miljoner finns att söka", [(2000000, None)]),
    ],
)
def test_find_money(text: str, expected: list[tuple[float, float | None]]) -> None:
    assert [(money.eur, money.low) for money in find_money(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "80 %",
        "1,4 miljoner kronor",
        "690 000 kr",
        "USD 50 000",
        "5 miljoonaa ihmistä",
        "120 000 opiskelijaa",
        "s. 12",
        "e-lomake 5 e-kirjaa",
        "Eurooppa 2020",
    ],
)
def test_no_money(text: str) -> None:
    assert find_money(text) == ()


@pytest.mark.parametrize(
    ("written", "value"),
    [("336.452", 336452), ("1,200", 1200), ("252.339,00", 252339), ("1,200,000.50", 1200000.5), ("83 450,5", 83450.5)],
)
def test_plain_number(written: str, value: float) -> None:
    assert plain_number(written) == value


def test_a_sum_without_its_currency_is_marked() -> None:
    assert [money.currency for money in find_money("4 miljoonaa, siis 4 miljoonaa euroa")] == [False, True]


@given(st.integers(min_value=1, max_value=999_999_999))
def test_a_written_sum_is_read_back(eur: int) -> None:
    grouped = f"{eur:,}".replace(",", " ")
    assert [money.eur for money in find_money(f"Tuki on {grouped} euroa.")] == [eur]


@given(st.text(alphabet="0123456789., -–€emjiloanturk\n", max_size=120))
def test_mentions_are_in_order_and_within_the_text(text: str) -> None:
    end = 0
    for money in find_money(text):
        assert end <= money.start < money.end <= len(text)
        assert money.eur > 0
        end = money.end


@pytest.mark.parametrize("piece", ["1", "000 ", "1 000 € ", "miljoonaa ", "yksi ", "5-", "1.000."])
def test_time_is_linear(piece: str) -> None:
    begin = time.process_time()
    find_money(piece * (50_000 // len(piece)))
    assert time.process_time() - begin < 5
