"""What expiry erases of a page's text: the person's own words in any case, and nothing of longer words."""

from datetime import UTC, datetime

import pytest
from sqlite_utils import Database

from pipelines.expiry import expire_contacts
from pipelines.withhold import MARK, blacken
from pipelines.written_values import inflected, stands_alone, written
from tests.conftest import Take
from tests.plain_rules import capture


def erased(value: str, text: str) -> list[str]:
    """What of a text would be erased."""
    shown = blacken(text, sorted({*written(text, value), *inflected(text, value)}))
    assert len(shown) == len(text)
    places = "".join(letter if mark == MARK else "|" for letter, mark in zip(text, shown, strict=True))
    return [part for part in places.split("|") if part]


@pytest.mark.parametrize(
    ("value", "text", "found"),
    [
        ("Anna", "Annalan kylä, Hanna, Susanna ja Annastiina", []),
        ("Anna", "Annan, Annalla, Annakin, Annallekin, Annas och Anna:n", ["Annan", "Annalla", "Annakin", "Annallekin", "Annas", "Anna"]),
        ("Felix", "Felixille, Felixin, Felixs, Felixia", ["Felixille", "Felixin", "Felixs", "Felixia"]),
        ("Pekka", "Kysy Pekalta tai Pekan tiimiltä, pekka leipää", ["Pekalta", "Pekan"]),
        ("Anna", "yhteysAnna 12Anna34 Anna-hanke (Anna)", ["Anna", "Anna", "Anna", "Anna"]),
        ("Maria Niemi", "Maria Nieminen, Maria Niemisen ja Annamaria Niemi", []),
        ("Maria Niemi", "Maria Niemen, Niemi, Maria, MARIA NIEMELLE", ["Maria", "Niemen", "Niemi,", "Maria", "MARIA", "NIEMELLE"]),
        ("Anna Esimerkki", "Anna Esimerkille, Anna Esimerkkiä, Anna Esimerkki-Muu", ["Anna", "Esimerkille", "Anna", "Esimerkkiä", "Anna", "Esimerkki"]),
        ("Anna Esimerkki", "Anna EsimerkkiProjektipäällikkö", ["Anna", "Esimerkki"]),
        ("040 123 4567", "040 123 45678, 1040 123 4567, p.040 123 4567anna", ["040", "123", "4567"]),
        ("anna@a.example", "johanna@a.example, anna@a.example.", ["anna@a.example"]),
        ("", "Anna", []),
    ],
)  # fmt: skip
def test_words_of_their_own(value: str, text: str, found: list[str]) -> None:
    assert erased(value, text) == found


def test_a_span_within_a_word_does_not_stand_alone() -> None:
    assert stands_alone("Anna", 0, 4)
    assert not stands_alone("Annala", 0, 4)
    assert not stands_alone("Hanna", 1, 5)


def test_longer_words_stay_and_inflected_names_go(db: Database, take: Take) -> None:
    text = "kind: project\ntitle: Annalan polku\ncontact: Anna\nsaid: Annalta Annalassa.\ncontact: Aino Esimerkki\nasked: Aino Esimerkiltä\n"
    take(capture("http://a.example/", text))
    expire_contacts(db, datetime(2030, 1, 1, tzinfo=UTC))
    (left,) = db.execute("SELECT text FROM page_versions").fetchone()
    for word in ("Annalta", "Anna\n", "Aino", "Esimerkki", "Esimerkiltä"):
        text = text.replace(word, MARK * len(word.strip()) + "\n" * word.count("\n"))
    assert left == text
    assert "Annalan polku" in left
    assert "Annalassa" in left
    assert db.execute("SELECT title FROM pages").fetchone() == ("Annalan polku",)


def test_a_name_that_was_found_within_a_word_is_erased_there(db: Database, take: Take) -> None:
    """Whatever the rules took for a name must not stay where they found it."""
    take(capture("http://a.example/", "kind: project\ntitle: Valo\ncontact: Anna Esimerkki; ; ; \nnext: x\n"))
    db.execute("UPDATE page_versions SET text = replace(text, 'Esimerkki;', 'Esimerkkix')")
    expire_contacts(db, datetime(2030, 1, 1, tzinfo=UTC))
    assert "Anna" not in db.execute("SELECT text FROM page_versions").fetchone()[0]
