"""Numbers in words."""

import pytest

from normalise.language.number_words import number_words


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("kolme", 3),
        ("seitsemää", 7),
        ("kymmentä", 10),
        ("kahdentoista", 12),
        ("kuudestatoista", 16),
        ("kaksikymmentä", 20),
        ("kahdenkymmenen", 20),
        ("kolmessakymmenessäviidessä", 35),
        ("satakaksi", 102),
        ("sadankahden", 102),
        ("sjutton", 17),
        ("tjugofem", 25),
        ("nittio", 90),
        ("twelve", 12),
        ("forty", 40),
        ("hundred", 100),
        ("kymmenenkaksi", None),
        ("parikymmentä", None),
        ("tjugotal", None),
    ],
)
def test_words_of_numbers(word: str, number: int | None) -> None:
    assert number_words().get(word) == number
