import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.contacts.emails import find_emails
from normalise.persons.finding import find_persons
from normalise.persons.name_forms import fold, nominative
from normalise.text.document import Document


def names(text: str) -> list[str]:
    return [mention.name for mention in find_persons(Document(text), find_emails(text))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anna Virtanen", "Anna Virtanen"),
        ("Anna-Liisa Ahlström-Kujala", "Anna-Liisa Ahlström-Kujala"),
        ("Maija Liisa Muotka", "Maija Liisa Muotka"),
        ("Hanna K. Virtanen", "Hanna K. Virtanen"),
        ('Birgitta "Bigi" Lind', 'Birgitta "Bigi" Lind'),
        ("Carl von Essen", "Carl von Essen"),
        ("Matti Luoma-aho", "Matti Luoma-aho"),
        ("Virtanen, Anna", "Anna Virtanen"),
        ("- Wikström Miia, osastopäällikkö", "Miia Wikström"),
        ("YHTEYSHENKILÖ: LARS-GÖRAN SANDSTRÖM", "Lars-Göran Sandström"),
        ("KontaktpersonArvo Pulkkila", "Arvo Pulkkila"),
        ("Lisätietoja saa Anna Virtaselta.", "Anna Virtanen"),
        ("kysy Matti Niemiseltä", "Matti Nieminen"),
        ("Pekka Sillanpään johdolla", "Pekka Sillanpää"),
        ("ota yhteyttä Anna Aholaan", "Anna Ahola"),
        ("detta är Ingrid Lindqvists projekt", "Ingrid Lindqvist"),
        ("S2-opettaja Leila Abdin (leila.abdi@site.fi)", "Leila Abdi"),
        ("opetusneuvos Qwerta Zyxström, p. 029 533 1234", "Qwerta Zyxström"),
        ("Qwerta Zyx (qwerta.zyx@site.fi)", "Qwerta Zyx"),
        ("Yhteyshenkilö: Qwerta Niemi", "Qwerta Niemi"),
    ],
)
def test_name_is_read_in_the_nominative(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Emil Aaltosen säätiö",
        "Aino ja Olla Teräsvuoren Säätiö",
        "Stiftelsen Brita Maria Renlunds minne",
        "Aleksis Kiven katu",
        "Rajaton Meri",
        "Alla Projektet",
        "Turun Yliopisto",
        "Åbo Akademi",
        "Svenska Kulturfonden",
        "Anna Maria",
        "Projektipäällikkö Anna",
        "Ring Felix",
        "Ring Anders, projektledare, 040 123 4567",
        "",
    ],
)
def test_other_capitals_are_no_names(text: str) -> None:
    assert names(text) == []


def test_unit_beside_a_name_is_no_name() -> None:
    assert names("Anna Aho, Oma Häme, anna.aho@site.fi") == ["Anna Aho"]


def test_inflected_name_agrees_with_another_mention() -> None:
    assert names("Anna Zyxola johtaa. Anna Zyxolan mukaan") == ["Anna Zyxola", "Anna Zyxola"]


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("Virtasen", "Virtanen"),
        ("Mäen", "Mäki"),
        ("Kankaan", "Kangas"),
        ("Koskelta", "Koski"),
        ("Lindbergille", "Lindberg"),
        ("Nielsen", "Nielsen"),
    ],
)
def test_nominative(form: str, base: str) -> None:
    assert nominative(form) == base


@given(st.text(max_size=30))
def test_folded_name_is_ascii(name: str) -> None:
    folded = fold(name)
    assert folded.isascii()
    assert fold(folded) == folded


@pytest.mark.parametrize("unit", ["Anna ", "Anna Aho ", "A. ", "Aa-", "Aho, Anna\n", "von "])
def test_time_is_linear(unit: str) -> None:
    started = time.perf_counter()
    find_persons(Document(unit * (20_000 // len(unit))), ())
    assert time.perf_counter() - started < 3
