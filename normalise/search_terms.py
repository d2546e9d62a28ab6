"""What a text is searched by: its words as written, and the terms that stand beside them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from normalise import voikko
from normalise.lemmas import terms, whole_words, words_as_written
from normalise.lexicon import LANGUAGES, lexicon_version

# What the terms of a word depend on beside the lexicon.
_SOURCES = (
    "lemmas.py",
    "compounds.py",
    "link_forms.py",
    "readings.py",
    "noun_stems.py",
    "voikko.py",
    "lexicon.py",
    "search_terms.py",
    "vocabulary/compounds.yml",
    "vocabulary/stopwords.yml",
)
_DIGEST_HEX = 8
# The language whose dictionary reads a block in a language that has none here, and what is mixed.
_FALLBACK = "fi"


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a text, from ``start`` (characters) to the next block's, in one language."""

    start: int
    lang: str


@dataclass(frozen=True, slots=True)
class TextTerms:
    """``surface``: a text's words as written; ``terms``: what finds it beside them; ``lemmas``: whole words of it."""

    surface: frozenset[str]
    terms: frozenset[str]
    lemmas: frozenset[str]


def text_terms(text: str, blocks: Sequence[Block]) -> TextTerms:
    """The terms of a text; a term that stands in the text as it is, is not repeated."""
    surface: set[str] = set()
    found: set[str] = set()
    whole: set[str] = set()
    ends = [block.start for block in blocks[1:]] + [len(text)]
    for block, end in zip(blocks, ends, strict=True):
        lang = block.lang if block.lang in LANGUAGES else _FALLBACK
        seen = {word.lower() for word in words_as_written(text[block.start : end])}
        surface |= seen
        for word in seen:
            found |= terms(word, lang)
            whole.update(whole_words(word, lang))
    return TextTerms(frozenset(surface), frozenset(found - surface), frozenset(whole))


@cache
def analyser_version() -> str:
    """Name and version of the analyser: terms of two versions never stand in one index."""
    digest = hashlib.sha256()
    for name in _SOURCES:
        digest.update(files("normalise").joinpath(name).read_bytes())
    helper = ", voikko" if voikko.is_in_use() else ""
    return f"simplemma {lexicon_version()}{helper}, rules {digest.hexdigest()[:_DIGEST_HEX]}"
