"""Numbers in words: Finnish in all cases, Swedish and English, as single words from one to 199."""

from collections.abc import Iterator
from functools import cache

from normalise.words import vocabulary

_TEN, _HUNDRED = 10, 100
_PARTITIVE = 2


@cache
def number_words() -> dict[str, int]:
    """The number that each word means, in small letters. English tens and ones are two words ("twenty-one")."""
    words = {word: number for lang in ("sv", "en") for word, number in _germanic(lang)}
    return words | dict(_finnish())


def _germanic(lang: str) -> Iterator[tuple[str, int]]:
    """Words of Swedish or English; Swedish ones of tens with ones, too ("tjugofem")."""
    table = vocabulary("numbers")[lang]
    small, tens = table["upto"].split(), table["tens"].split()
    yield from ((word, number) for number, word in enumerate(small) if number)
    for ten, word in enumerate(tens, 2):
        yield word, ten * _TEN
        yield from ((word + one, ten * _TEN + number) for number, one in enumerate(small[:_TEN]) if number)
    yield table["hundred"], _HUNDRED


def _finnish() -> Iterator[tuple[str, int]]:
    table = vocabulary("numbers")["fi"]
    forms = {number: table[number].split() for number in (*range(1, _TEN + 1), _HUNDRED)}
    for case in range(len(forms[1])):
        small = dict(_finnish_to_99({number: of[case] for number, of in forms.items()}, forms, case, table["teen"]))
        hundred = forms[_HUNDRED][case]
        yield from ((word, number) for number, word in small.items())
        yield hundred, _HUNDRED
        yield from ((hundred + word, _HUNDRED + number) for number, word in small.items())


def _finnish_to_99(
    ones: dict[int, str], forms: dict[int, list[str]], case: int, teen: str
) -> Iterator[tuple[int, str]]:
    """The numbers from one to 99 in a case, whose forms of one to ten are ``ones``."""
    for number in range(1, _TEN):
        yield number, ones[number]
        yield _TEN + number, ones[number] + teen
    yield _TEN, ones[_TEN]
    tens = forms[_TEN][case or _PARTITIVE]
    for ten in range(2, _TEN):
        yield ten * _TEN, ones[ten] + tens
        yield from ((ten * _TEN + number, ones[ten] + tens + ones[number]) for number in range(1, _TEN))
