"""What a text is searched by: its words as written, and the terms that stand beside them."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from operator import itemgetter

from normalise.language import voikko
from normalise.language.lemmas import index_terms, terms, word_list
from normalise.language.lexicon import LANGUAGES, lexicon_version
from normalise.words import vocabulary_names

# What the terms of a word depend on beside the lexicon.
_SOURCES = (
    "language/lemmas.py",
    "language/compounds.py",
    "language/link_forms.py",
    "language/readings.py",
    "language/noun_stems.py",
    "language/verb_forms.py",
    "language/voikko.py",
    "language/lexicon.py",
    "language/search_terms.py",
    "vocabulary/compounds.yml",
    "vocabulary/readings.yml",
    "vocabulary/stopwords.yml",
)
_DIGEST_HEX = 8
# The language whose dictionary reads a block in a language that has none here, and what is mixed.
_FALLBACK = "fi"
# A text is about what it names again and again.
_OFTEN, _MOST_OFTEN = 3, 16
# Shorter words that stand once or twice are seldom what a text is about; counting them takes a third of the time.
_LONG = 4
# Holds nine of ten words of running text; some 600 bytes each.
_CACHED_WORDS = 1 << 16


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a text, from ``start`` (characters) to the next block's, in one language."""

    start: int
    lang: str


@dataclass(frozen=True, slots=True)
class TextTerms:
    """``terms``: what finds a text. ``often``: those that stand in it at least three times, at most sixteen."""

    terms: frozenset[str]
    often: frozenset[str]


def text_terms(text: str, blocks: Sequence[Block]) -> TextTerms:
    """The terms of a text, each block's words read in its language."""
    found: set[str] = set()
    standing: list[str] = []
    ends = [block.start for block in blocks[1:]] + [len(text)]
    for block, end in zip(blocks, ends, strict=True):
        lang = block.lang if block.lang in LANGUAGES else _FALLBACK
        for word, count in Counter(word_list(text[block.start : end])).items():
            indexed, own = _of_word(word, lang)
            found |= indexed
            if count >= _OFTEN or len(word) >= _LONG:
                standing += own * count
    return TextTerms(frozenset(found), frozenset(_often(standing)))


@lru_cache(maxsize=_CACHED_WORDS)
def _of_word(word: str, lang: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """What a word is indexed by, and its terms in an order that is the same in every process."""
    return index_terms(word, lang), tuple(sorted(terms(word, lang)))


def _often(standing: Iterable[str]) -> list[str]:
    """The commonest of the terms that stand in a text; of even ones those that come first."""
    counts = [(term, count) for term, count in Counter(standing).items() if count >= _OFTEN]
    return [term for term, _ in sorted(counts, key=itemgetter(1), reverse=True)[:_MOST_OFTEN]]


@cache
def analyser_version() -> str:
    """Name and version of the analyser: terms of two versions never stand in one index."""
    digest = hashlib.sha256()
    for name in _SOURCES:
        digest.update(files("normalise").joinpath(name).read_bytes())
    # A body's names stand in the index, too.
    for name in vocabulary_names("organisations"):
        digest.update(files("normalise").joinpath("vocabulary", f"{name}.yml").read_bytes())
    helper = ", voikko" if voikko.is_in_use() else ""
    return f"simplemma {lexicon_version()}{helper}, rules {digest.hexdigest()[:_DIGEST_HEX]}"
