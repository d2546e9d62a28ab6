"""What speaks for and against a page's kind: its cues, labels, shape and word stems, each a number with a name."""

import math
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import takewhile

from normalise.analysis import Analysis
from normalise.facts import Kind
from normalise.kinds.page_shape import shape_features
from normalise.periods.candidates import period_candidates
from normalise.text.phrases import Matches, PhraseFinder, Word, words_of
from normalise.titles.finding import first_title_line
from normalise.words import vocabulary

# What stands first says what the page is: the words of so many characters count once more.
_TOP = 400
# Finnish and Swedish words are told apart, and their inflection is not, by about this many letters.
_STEM = 5
# How much all stems of a page, and all of its top, weigh together beside a cue; 3 to 9 were tried by cross-validation.
_STEMS_SHARE = 5.0
# The same for the stems of the title line.
_TITLE_SHARE = 2.0
# The kinds of pages whose dates the rules of periods read.
_DATED: tuple[Kind, ...] = ("project", "call")
# The blocks of features that are word stems.
STEM_BLOCKS = ("stem.", "top.", "title.")


def kind_features(analysis: Analysis) -> dict[str, float]:
    """The values of all features that a page has, by the names that the weights use."""
    title = first_title_line(analysis)
    title_words = words_of(title)
    of_text = _finder().find(analysis.text, analysis.words)
    counts = _cue_counts(_finder().find(title, title_words), of_text)
    features = {name: math.log1p(count) for name, count in counts.items() if count}
    features |= dict(_densities(of_text, len(analysis.words)))
    features |= dict(_labels(analysis))
    features |= dict(_datings(analysis))
    features |= shape_features(analysis, title)
    features |= _stems("stem", analysis.words, _STEMS_SHARE)
    features |= _stems("title", title_words, _TITLE_SHARE)
    return features | _stems("top", takewhile(lambda word: word.start < _TOP, analysis.words), _STEMS_SHARE)


@cache
def _finder() -> PhraseFinder:
    return PhraseFinder({name: map(_phrase, group["words"]) for name, group in vocabulary("kinds")["groups"].items()})


def _phrase(stem: str) -> str:
    """A cue of kinds.yml as a phrase: a stem unless $ says that the word ends there."""
    return stem.removesuffix("$") if stem.endswith("$") else f"{stem}*"


@cache
def _group_names(where: str) -> tuple[str, ...]:
    return tuple(name for name, group in vocabulary("kinds")["groups"].items() if group["where"] == where)


def _cue_counts(of_title: Matches, of_text: Matches) -> dict[str, int]:
    """How often each group's cues stand where the group looks for them."""
    counts = {name: len(of_title.of(name)) for name in _group_names("title")}
    counts |= {name: len(of_text.of(name)) for name in _group_names("text")}
    return counts | {name: len(of_text.of(name, 0, _TOP)) for name in _group_names("top")}


def _datings(analysis: Analysis) -> Iterator[tuple[str, float]]:
    """How surely the page, taken for a project's or a call's, tells each of its dates: the best candidate's score."""
    for kind in _DATED:
        best: dict[str, float] = {}
        for candidate in period_candidates(analysis, kind)[0]:
            best[candidate.field] = max(candidate.score, best.get(candidate.field, 0.0))
        for field, score in best.items():
            yield f"dated.{kind}.{field}", score


def _densities(of_text: Matches, words: int) -> Iterator[tuple[str, float]]:
    """How many of a hundred words are cues of a group, wherever the group looks for them."""
    for name in of_text.keys:
        yield f"density.{name}", 100 * len(of_text.of(name)) / words


def _labels(analysis: Analysis) -> Iterator[tuple[str, float]]:
    seen = {label.field for label in analysis.labelled if label.end > label.start and not label.weak}
    for field in vocabulary("kinds")["labels"]:
        if field in seen:
            yield f"label.{field}", 1.0


def _stems(block: str, words: Iterable[Word], weight: float) -> dict[str, float]:
    """The stems of words, each with its share of what all of them weigh."""
    stems = {word.folded[:_STEM] for word in words if len(word.folded) > 2 and word.folded.isalpha()}
    return dict.fromkeys((f"{block}.{stem}" for stem in stems), weight / math.sqrt(len(stems) or 1))
