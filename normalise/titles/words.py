"""What the words of a candidate say of it: those of headings, of names, and how the text goes on to use them."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from normalise.analysis import Analysis
from normalise.titles.relations import PageWords, page_words, relations
from normalise.titles.vocabulary import APPLYING, DIGIT, DOCKET, FUNDING, OTHER_VERB, WordSense, alternatives, senses_of
from normalise.words import vocabulary

# A line of more characters is prose: the title of a page seldom stands under its first.
_PROSE = 120
_SHORTEST_NAME, _LONGEST_NAME = 4, 80
# Shorter words that end like a case are mostly none ("Silta").
_SHORTEST_IN_CASE = 6
_MOST_SENTENCES = 20
_SENTENCE_START = re.compile(r"(?:\n|[.!?]\s)[\"”“]?\Z")
_LONGEST_GAP = 30
_TOLD = ((DIGIT, "digit"), (OTHER_VERB, "verb"), (FUNDING, "funding"), (APPLYING, "applying"), (DOCKET, "docket"))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where the page's first prose begins (characters, and its line), how long the longest line over it is
    (characters), the spans of bodies, and the page's words."""

    prose: int
    prose_line: int
    longest: int
    bodies: frozenset[tuple[int, int]]
    words: PageWords


def surroundings(analysis: Analysis) -> Surroundings:
    """What all candidates of a page are held against."""
    lines = analysis.document.lines
    first = next((line for line in lines if len(line.text) > _PROSE), None)
    start, index = (first.start, first.index) if first else (len(analysis.text), len(lines))
    longest = max([len(line.text) for line in lines[:index]], default=0)
    bodies = frozenset((mention.start, mention.end) for mention in analysis.organisations)
    return Surroundings(start, index, longest, bodies, page_words(analysis, index))


def word_features(
    analysis: Analysis, start: int, end: int, around: Surroundings, words: Sequence[WordSense] | None = None
) -> dict[str, float]:
    """The features of the words at ``start``..``end`` (characters) by name; ``words`` where they are known."""
    text = analysis.text[start:end].strip(" |–-:•\"”“'")
    senses = senses_of(text) if words is None else words
    runs = capitals = capitalisable = tells = 0
    for word in senses:
        runs += word.runs
        capitals += word.capitals
        capitalisable += word.capitalisable
        tells |= word.tells
    features = {
        "words": math.log1p(runs),
        "capitalised": capitals / (capitalisable or 1),
        **_heading([known for word in senses for known in word.heading]),
        **_place(analysis, start, around),
        **relations(senses, around.words),
    }
    if runs == 1:
        features["one_word"] = 1.0
        features |= dict.fromkeys(_case(text.casefold()), 1.0)
        if analysis.lowered.count(text.casefold()) <= analysis.text.count(text):
            # The page never writes it in other letters: a name of its own, no common word.
            features["proper"] = 1.0
    features |= {name: 1.0 for bit, name in _TOLD if tells & bit}
    if (start, end) in around.bodies:
        # Bodies come again on any page of their own: that the text goes on about them says nothing.
        return features | {"is_body": 1.0, "told": 0.0}
    return features | _use(analysis, text)


def _case(word: str) -> Iterator[str]:
    """What the ending of a single word, in lower case, says of its being a place or an owner in a Finnish case."""
    for case, endings in _case_endings():
        if len(word) >= _SHORTEST_IN_CASE and word.endswith(endings):
            yield f"one_word.{case}"


@cache
def _case_endings() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((case, tuple(vocabulary("titles")[f"{case}_endings"])) for case in ("local", "genitive"))


def _heading(known: Sequence[bool]) -> dict[str, float]:
    """How far the long words are those that headings on any site are made of, given for each whether it is."""
    if not known:
        return {"no_long_word": 1.0}
    features = {"heading_words": sum(known) / len(known)}
    if all(known):
        features["only_heading_words"] = 1.0
    if known[0]:
        features["heading_word_first"] = 1.0
    return features


def _use(analysis: Analysis, text: str) -> dict[str, float]:
    """How often the page says the same words, and whether a sentence is about them."""
    count = analysis.text.count(text) if _SHORTEST_NAME <= len(text) <= _LONGEST_NAME else 0
    if count < 2:
        return {}
    said = {"said": math.log(count), "said_again": 1.0}
    return said | ({"is_subject": 1.0} if _is_subject(analysis.text, text) else {})


def _is_subject(text: str, name: str) -> bool:
    """Whether one of the first sentences that say a name is about it: "Silta on ..."."""
    at = -1
    for _ in range(_MOST_SENTENCES):
        at = text.find(name, at + 1)
        if at < 0:
            return False
        if _SENTENCE_START.search(text, max(0, at - 3), at) and _verb().match(text, at + len(name)):
            return True
    return False


def _place(analysis: Analysis, start: int, around: Surroundings) -> dict[str, float]:
    if start > around.prose:
        return {"under_prose": 1.0}
    line = analysis.document.line_at(start)
    gap = around.prose_line - line.index if line else 0
    return {"over_prose": math.log1p(min(gap, _LONGEST_GAP))} if gap > 0 else {}


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"[\"”“]?\s(?:{alternatives('is_verbs')})\s")
