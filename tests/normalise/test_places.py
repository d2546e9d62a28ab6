"""Where bodies are at home."""

import pytest

from normalise.organisations.places import Home, home_of, municipalities, regions
from normalise.organisations.register import official_names, register


@pytest.mark.parametrize(
    ("name", "register_id", "home"),
    [
        ("Tampereen kaupunki", "tampereen-kaupunki", Home("tampereen-kaupunki", "pirkanmaan-liitto")),
        ("Tredu", "tredu", Home("tampereen-kaupunki", "pirkanmaan-liitto")),
        ("Turun lukio", None, Home("turun-kaupunki", "varsinais-suomen-liitto")),
        ("Åbo svenska skola", None, Home("turun-kaupunki", "varsinais-suomen-liitto")),
        ("Pirkanmaan liitto", "pirkanmaan-liitto", Home(None, "pirkanmaan-liitto")),
        ("Opetushallitus", "opetushallitus", Home()),
        ("", None, Home()),
    ],
)
def test_home(name: str, register_id: str | None, home: Home) -> None:
    assert home_of(name, register_id) == home


def test_every_municipality_is_in_a_region() -> None:
    assert len(regions()) == 19
    assert len(municipalities()) == 308
    assert {register()[key].region for key in municipalities()} == regions().keys()


def test_official_names_are_of_the_register() -> None:
    names = official_names()
    assert names["tampereen-kaupunki"] == {"fi": "Tampereen kaupunki", "sv": "Tammerfors stad", "en": "City of Tampere"}
    assert "Helsingforss stad" not in register()["helsingin-kaupunki"].names
    for key, entry in register().items():
        assert set(names[key].values()) <= set(entry.names), key
