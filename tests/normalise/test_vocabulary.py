"""Every vocabulary file loads, and holds words: YAML turns an unquoted `no` or `on` into a truth value."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import normalise
from normalise.words import joining, vocabulary

FOLDER = Path(normalise.__file__).parent / "vocabulary"
FILES = sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.yml"))


def leaves(node: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from leaves(value)
    elif isinstance(node, list):
        for value in node:
            yield from leaves(value)
    else:
        yield node


@pytest.mark.parametrize("name", FILES)
def test_words_are_words(name: str) -> None:
    found = list(leaves(vocabulary(name)))
    assert found
    assert not [leaf for leaf in found if isinstance(leaf, bool)]


@pytest.mark.parametrize(
    ("lists", "language", "expression"),
    [
        (["plain_and"], None, "and|och|ja"),
        (["plain_and", "as_well_as"], "sv", "respektive|samt|och"),
        (["plain_and", "of"], "en", "and|for|of"),
        (["of"], "fi", ""),
    ],
)
def test_joining_words_make_one_expression_longest_first(
    lists: list[str], language: str | None, expression: str
) -> None:
    assert joining(*lists, language=language) == expression
