"""Pages as no rule was written for: cut, joined, repeated, with characters lost. No text raises, every quote stays true."""

import json
import random
import re
from collections.abc import Callable

import pytest

from normalise.facts import as_json
from pipelines.extract import extract
from tests.accuracy import PAGES

_PAGES = sorted(PAGES.glob("*.txt"))
_SAMPLE = 25
# Of a repeated page so much (characters) is taken so many times.
_PIECE, _TIMES = 300, 30
_LOST = 0.05
_YEAR = re.compile(r"[ ,]?(?<!\d)(?:19|20)\d\d(?!\d)")
# Days by the month's name in lines of their own: what a page that lost its years has for its date.
_DAY_LINE = re.compile(r"^[^\n\d]{0,12}\d{1,2}\.? [a-zåäö]+ (?:19|20)\d\d$", re.MULTILINE)
_MARKS = "-–.,:;/|()[]0 19\n\t€%§•#*'\"&@+"


def _cut(text: str, chance: random.Random) -> str:
    start, end = sorted(chance.sample(range(len(text) + 1), 2))
    return text[start:end]


def _repeated(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text))
    return text[start : start + _PIECE] * _TIMES


def _dropped(text: str, chance: random.Random) -> str:
    return "".join(c for c in text if chance.random() > _LOST)


def _marked(text: str, chance: random.Random) -> str:
    """Marks and digits where other characters were."""
    return "".join(chance.choice(_MARKS) if chance.random() < _LOST else c for c in text)


def _renumbered(text: str, chance: random.Random) -> str:
    """Other digits, or marks, for a third of the digits: days, years and sums that cannot be."""
    return "".join(chance.choice("0123456789--./ ") if c.isdigit() and chance.random() < 1 / 3 else c for c in text)


def _shuffled(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


MANGLINGS: dict[str, Callable[[str, random.Random], str]] = {
    "cut": _cut,
    "joined": lambda text, _: text.replace("\n", " "),
    "capitals": lambda text, _: text.upper(),
    "small letters": lambda text, _: text.lower(),
    "repeated": _repeated,
    "dropped": _dropped,
    "marked": _marked,
    "renumbered": _renumbered,
    "shuffled": _shuffled,
}


@pytest.mark.parametrize("name", MANGLINGS)
def test_a_mangled_page_is_read(name: str) -> None:
    chance = random.Random(name)  # noqa: S311 - no secret
    for path in chance.sample(_PAGES, _SAMPLE):
        text = MANGLINGS[name](path.read_text("utf-8"), chance)
        _read(text, path.stem)


def test_a_page_without_years_is_read() -> None:
    for path in _PAGES:
        text = path.read_text("utf-8")
        if _DAY_LINE.search(text):
            _read(_YEAR.sub("", text), path.stem)


def _read(text: str, name: str) -> None:
    """Extract a text; what was found is quoted as it stands there and can be written."""
    record = extract(text, id=name)
    assert all(text[fact.start : fact.end] == fact.quote for fact in record.facts), name
    json.dumps(as_json(record), allow_nan=False)
