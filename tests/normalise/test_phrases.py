"""Phrases of the vocabulary: what templates stand for, and where phrases stand in a text."""

import re

import pytest

from normalise.text.phrases import PhraseFinder, words_of, written_out
from normalise.words import vocabulary

PARTS = {"who": ["he", "she"], "now": [None, "now"]}


@pytest.mark.parametrize(
    ("template", "phrases"),
    [
        ("plain words", ["plain words"]),
        ("{who} leads", ["he leads", "she leads"]),
        ("{now} led by {who}", ["led by he", "led by she", "now led by he", "now led by she"]),
        ("leads {now}", ["leads", "leads now"]),
    ],
)
def test_templates_stand_for_phrases(template: str, phrases: list[str]) -> None:
    assert list(written_out(template, PARTS)) == phrases


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is led by us.", ["led by"]),
        ("It is led well by us.", []),
        ("Led by, and leading.", ["Led by", "leading"]),
        ("He led the whole project.", ["led the whole"]),
        ("He led the whole. Project over.", ["led the whole"]),
        ("An EU-funded thing, funded well.", ["funded"]),
        ("He misled by night.", []),
    ],
)
def test_where_phrases_stand(text: str, found: list[str]) -> None:
    finder = PhraseFinder({"cue": ["led by", "led the", "led the whole", "lead*", "-funded"]})
    assert [text[slice(*span)] for span in finder.find(text, words_of(text)).of("cue")] == found


def test_every_part_of_the_cues_is_used_and_known() -> None:
    words = vocabulary("party_cues")
    templates = [
        phrase
        for sides in words["cues"].values()
        for weights in sides.values()
        for phrases in weights.values()
        for phrase in phrases
    ]
    assert {name for phrase in templates for name in re.findall(r"\{(\w+)\}", phrase)} == set(words["parts"])
