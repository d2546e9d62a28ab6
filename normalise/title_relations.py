"""How a candidate's words hang together with the rest of its page: the text, the bodies it names, its line."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from normalise.analysis import Analysis
from normalise.title_vocabulary import NEWSY, STEM, WordSense, senses_of, types

_SHORTEST_WORD = 3
# What follows a part for longer is prose (characters).
_LONGEST_REMAINDER = 300


@dataclass(frozen=True, slots=True)
class PageWords:
    """The stems of a page with their counts, those of its first prose, the words of its bodies' names."""

    stems: Counter[str]
    lead: frozenset[str]
    bodies: frozenset[str]


@lru_cache(maxsize=1)
def page_words(analysis: Analysis, lead: int) -> PageWords:
    """The words of a page whose first line of prose is the one with index ``lead``."""
    lines = analysis.document.lines
    names = {analysis.text[mention.start : mention.end] for mention in analysis.organisations}
    return PageWords(
        Counter([word.folded[:STEM] for word in analysis.words]),
        frozenset(word.stem for line in lines[lead : lead + 1] for word in senses_of(line.text) if word.stem),
        frozenset(word.folded for name in names for word in senses_of(name)),
    )


def relations(words: Sequence[WordSense], page: PageWords) -> dict[str, float]:
    """The features, by name, of a candidate's words beside those of its page."""
    features: dict[str, float] = {}
    stems = {word.stem for word in words if word.stem}
    if stems:
        features["told"] = sum([page.stems[stem] > 1 for stem in stems]) / len(stems)
        features["told.lead"] = sum([stem in page.lead for stem in stems]) / len(stems)
    own = [word.folded in page.bodies for word in words if word.runs and len(word.folded) >= _SHORTEST_WORD]
    if own:
        features["body_words"] = sum(own) / len(own)
        if all(own):
            features["only_body_words"] = 1.0
    return features


def remainder_features(line: str, start: int, end: int) -> dict[str, float]:
    """What a line says before and after its part at ``start``..``end`` (characters)."""
    features: dict[str, float] = {}
    for side, words in (("before", line[:start]), ("after", line[end:])):
        features.update((f"rest.{side}.{name}", value) for name, value in _remainder(words))
    return features


def _remainder(text: str) -> Iterator[tuple[str, float]]:
    if len(text) > _LONGEST_REMAINDER:
        yield "long", 1.0
        return
    words = senses_of(text)
    if not words:
        yield "none", 1.0
        return
    if any(word.tells & NEWSY for word in words):
        yield "newsy", 1.0
    if text.casefold().strip(" |–-:.,") in types():
        yield "type", 1.0
