import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalise.contacts.emails import find_emails, pattern_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("anna.aho@site.example", "anna.aho@site.example"),
        ("Anna.Aho@Site.Example.", "anna.aho@site.example"),
        ("<anna@site.fi>", "anna@site.fi"),
        ("mailto:anna@site.fi?subject=x", "anna@site.fi"),
        ("anna.aho(at)site.fi", "anna.aho@site.fi"),
        ("anna.aho [at] site.fi", "anna.aho@site.fi"),
        ("anna.aho (a) site.fi", "anna.aho@site.fi"),
        ("anna.aho(ät)site.fi", "anna.aho@site.fi"),
        ("anna.aho (@) site.fi", "anna.aho@site.fi"),
        ("anna.aho (snabel-a) site.fi", "anna.aho@site.fi"),
        ("anna.aho miukumauku site.fi", "anna.aho@site.fi"),
        ("anna.aho at site.fi", "anna.aho@site.fi"),
        ("anna.aho@ site.fi", "anna.aho@site.fi"),
        ("anna.aho @site.fi", "anna.aho@site.fi"),
        ("anna[dot]aho[at]site[dot]fi", "anna.aho@site.fi"),
        ("anna.aho(at)site(piste)fi", "anna.aho@site.fi"),
        ("anna piste aho at site piste fi", "anna.aho@site.fi"),
        ("päivi.åberg@site.fi", "päivi.åberg@site.fi"),
        ("Anna-Liisa.Aho-Mäki@edu.site.fi", "anna-liisa.aho-mäki@edu.site.fi"),
        ("anna@site.fiPuhelin 050", "anna@site.fi"),
        ("anna@site.fipuh. 050", "anna@site.fi"),
        ("anna@site.fi.Lue lisää", "anna@site.fi"),
        ("E-postanna.aho@site.fi", "anna.aho@site.fi"),
        ("Puh:050 555 4370anna.aho@site.fi", "anna.aho@site.fi"),
        ("anna.aho-\nlind@site.fi", "anna.aho-lind@site.fi"),
        ("Sähköposti: anna at site.fi", "anna@site.fi"),
    ],
)
def test_address_is_restored(text: str, address: str) -> None:
    (mention,) = find_emails(text)
    assert mention.address == address
    assert not mention.is_pattern


@pytest.mark.parametrize("filler", range(60, 90))
def test_brackets_before_an_address_do_not_cut_it(filler: int) -> None:
    text = f"Päätökset (pdf) {'x ' * filler}anna.aho(at)site.example"
    assert [mention.address for mention in find_emails(text)] == ["anna.aho@site.example"]


@pytest.mark.parametrize(
    "text",
    [
        "[email protected]",
        "anna@",
        "anna@site",
        "@site.fi",
        "Seuraa @hanke.fi",
        "nähdään at home",
        "kohta (a) ja (b).",
        "a@b.c",
        "",
    ],
)
def test_no_address_is_invented(text: str) -> None:
    assert find_emails(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "etunimi.sukunimi@oph.fi",
        "förnamn.efternamn(at)oph.fi",
        "fornamn.efternamn@oph.fi",
        "firstname.lastname@oph.fi",
    ],
)
def test_pattern_is_told_from_address(text: str) -> None:
    (mention,) = find_emails(text)
    assert mention.is_pattern
    assert pattern_address(mention.address, "anna", "aho") == "anna.aho@oph.fi"


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("e.sukunimi@x.fi", "a.aho@x.fi"),
        ("etunimi@x.fi", "anna@x.fi"),
        ("sukunimi.etunimi@x.fi", "aho.anna@x.fi"),
    ],
)
def test_pattern_gives_address(pattern: str, address: str) -> None:
    assert pattern_address(pattern, "anna", "aho") == address


@given(st.text(alphabet="ab.@() -\n[]A1åt", max_size=200))
def test_mentions_are_ordered_and_apart(text: str) -> None:
    position = 0
    for mention in find_emails(text):
        assert position <= mention.start < mention.end <= len(text)
        assert mention.address.count("@") == 1
        position = mention.end


@pytest.mark.parametrize("unit", ["a@", "(at) ", "a.", "a@a.", " at ", "a-"])
def test_time_is_linear(unit: str) -> None:
    started = time.perf_counter()
    find_emails(unit * (20_000 // len(unit)))
    assert time.perf_counter() - started < 3
