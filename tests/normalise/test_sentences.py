"""Where sentences end."""

import pytest

from normalise.text.document import Document
from normalise.text.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Hanke alkoi 1.1.2024. Se päättyy 2025.", ["Hanke alkoi 1.1.2024.", "Se päättyy 2025."]),
        ("Lisätietoja: puh. 040 123 4567 (ark. 9–15). Tervetuloa!", ["Lisätietoja: puh. 040 123 4567 (ark. 9–15).", "Tervetuloa!"]),
        ("Hanketta johtaa Tredu.Mukana on Omnia.", ["Hanketta johtaa Tredu.", "Mukana on Omnia."]),
        ("Mukana ovat bl.a. Optima och m.fl. andra. Slut.", ["Mukana ovat bl.a. Optima och m.fl. andra.", "Slut."]),
        ("Ansök senast den 3. maj. Välkommen", ["Ansök senast den 3. maj.", "Välkommen"]),
        ("Otsikko\n\nLause yksi.", ["Otsikko", "Lause yksi."]),
        (
            "Tämä kappale on rivitetty niin, että lause jatkuu\nseuraavalla rivillä. Loppu.",
            ["Tämä kappale on rivitetty niin, että lause jatkuu\nseuraavalla rivillä.", "Loppu."],
        ),
    ],
)  # fmt: skip
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[s.start : s.end] for s in split_sentences(Document(text))] == sentences
