"""How a candidate's words hang together with the rest of its page: the text, the bodies it names, its line."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from normalise.analysis import Analysis
from normalise.titles.vocabulary import NEWSY, WordSense, senses_of, types
from normalise.words import STEM

_WORD = re.compile(r"\w")
_SHORTEST_WORD = 3
# What follows a part for longer is prose (characters).
_LONGEST_REMAINDER = 300
# Where more of the long words are those of headings, a part is one (share).
_MOST_HEADING_WORDS = 0.6


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


def remainder_features(line: str, start: int, end: int, tells: int) -> dict[str, float]:
    """What a line, whose words tell ``tells``, says before and after its part at ``start``..``end`` (characters)."""
    newsy = bool(tells & NEWSY)
    names = [f"rest.before.{name}" for name in _remainder(line[:start], newsy)]
    names += [f"rest.after.{name}" for name in _remainder(line[end:], newsy)]
    return dict.fromkeys(names, 1.0)


def said_beside_line(found: Sequence[Mapping[str, float]]) -> Iterator[dict[str, float]]:
    """For each candidate of one line, by its features: whether the page says a part of the line oftener than the line.

    Parts of words of headings are said on any page, and are no reason to doubt their line.
    """
    line = max([features.get("said", 0.0) for features in found if "is_part" not in features], default=0.0)
    part = max([features.get("said", 0.0) for features in found if _is_part_of_its_own(features)], default=0.0)
    for features in found:
        said = features.get("said", 0.0)
        if "is_part" in features:
            yield {"said_over_line": said} if said > line else {}
        else:
            yield {"part_said": part} if part > line else {}


def _is_part_of_its_own(features: Mapping[str, float]) -> bool:
    return "is_part" in features and features.get("heading_words", 0.0) <= _MOST_HEADING_WORDS


def _remainder(text: str, may_be_newsy: bool) -> Iterator[str]:
    if len(text) > _LONGEST_REMAINDER:
        yield "long"
        return
    if not _WORD.search(text):
        yield "none"
        return
    if may_be_newsy and any(word.tells & NEWSY for word in senses_of(text)):
        yield "newsy"
    if text.casefold().strip(" |–-:.,") in types():
        yield "type"
