"""Paragraphs that were broken to a measure: lines joined, parted words whole, and where each find stood."""

import pytest

from normalise.text.wrapping import unwrap

PARTED = """Työhön ovat lupautuneet Purolan ammatti-
korkeakoulu Oy, Itä-Kivilän kyläyhdistys ry ja Ylä-
Purolan seurakunta. Alku oli elo- tai syys-
kuussa."""
FULL = """Hankkeen omistaa Purolan kaupunki, ja Kivilän
kylätoimikunta auttaa talkoissa kevään ajan niin
kuin aina, sillä sen väki on tottunut siihen jo
vuosia."""
LISTED = """Purolan kaupunki
Kivilän kunta
tulokset ja vaikutukset maakunnassa
julkaisut"""


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        pytest.param(
            PARTED,
            "Työhön ovat lupautuneet Purolan ammattikorkeakoulu Oy, Itä-Kivilän kyläyhdistys ry ja "
            "Ylä-Purolan seurakunta. Alku oli elo- tai syyskuussa.",
            id="parted words; a name's own hyphen stays",
        ),
        pytest.param(FULL, FULL.replace("\n", " "), id="full lines that go on in lower case"),
        pytest.param(LISTED, LISTED, id="short lines are a list's"),
        pytest.param("Rahoittaja\nEuroopan sosiaalirahasto\nTuki 50 000 €", None, id="labels and values"),
        pytest.param(
            "Avustus on tarkoitettu koulutus-\nja kehittämistoimintaan sekä muuhun\ntyöhön.",
            None,
            id="half a pair's compound is no parted word",
        ),
        pytest.param(
            "Kirjoita osoitteeseen aune.aura-\npurola@site.example, niin vastaamme\nsinulle.",
            None,
            id="an address is no word",
        ),
        pytest.param(
            "- Kehittämis- ja koulutustyötä Purolan seu-\n- dulla ja lähikunnissa", None, id="items are not joined"
        ),
        pytest.param("", None, id="nothing"),
    ],
)
def test_paragraphs_become_whole_and_nothing_else(text: str, whole: str | None) -> None:
    assert unwrap(text).text == (text if whole is None else whole)


@pytest.mark.parametrize(
    ("name", "quote"),
    [
        ("Purolan ammattikorkeakoulu Oy", "Purolan ammatti-\nkorkeakoulu Oy"),
        ("Purolan ammattikorkeakoulu", "Purolan ammatti-\nkorkeakoulu"),
        ("Ylä-Purolan seurakunta", "Ylä-\nPurolan seurakunta"),
        ("korkeakoulu Oy", "korkeakoulu Oy"),
        ("syyskuussa", "syys-\nkuussa"),
        ("Työhön", "Työhön"),
    ],
)
def test_a_find_has_its_place_in_the_text_that_was_given(name: str, quote: str) -> None:
    whole = unwrap(PARTED)
    start = whole.text.index(name)
    first, last = whole.place(start, start + len(name))
    assert PARTED[first:last] == quote
