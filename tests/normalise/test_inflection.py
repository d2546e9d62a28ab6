"""Inflected last words of names, brought back to the nominative."""

import pytest

from normalise.language.inflection import genitive_adjective, nominatives


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("kaupungin", "kaupunki"),
        ("kaupunginkirjastossa", "kaupunginkirjasto"),
        ("kuntayhtymän", "kuntayhtymä"),
        ("opetushallitukselta", "opetushallitus"),
        ("instituutissa", "instituutti"),
        ("liiton", "liitto"),
        ("keskuksesta", "keskus"),
        ("kirkon", "kirkko"),
        ("yliopistoon", "yliopisto"),
        ("Tredun", "Tredu"),
        ("Gradiassa", "Gradia"),
        ("Luckanin", "Luckan"),
        ("OPH:n", "OPH"),
        ("Oy:lle", "Oy"),
        ("kulturfondens", "kulturfonden"),
        ("Helsingin", "Helsinki"),
        ("Metsänomistajien", "Metsänomistajat"),
        ("yrittäjille", "yrittäjät"),
        ("tutkijoiden", "tutkijat"),
        ("veneilijöillä", "veneilijät"),
        ("Partiolaisten", "Partiolaiset"),
        ("helsinkiläisiltä", "helsinkiläiset"),
    ],
)
def test_the_nominative_is_among_the_readings(form: str, base: str) -> None:
    assert base in nominatives(form)


def test_the_word_itself_comes_last() -> None:
    assert nominatives("kaupungin")[-1] == "kaupungin"
    assert nominatives("Omnia")[-1] == "Omnia"


def test_adjectives_before_an_inflected_head() -> None:
    assert genitive_adjective("ortodoksisen") == "ortodoksinen"
    assert genitive_adjective("Turun") == "Turun"
