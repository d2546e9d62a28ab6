"""What the search index takes from a text: the languages of its parts, and its terms. Pure: it runs anywhere."""

from dataclasses import dataclass

from normalise.language.languages import language_of
from normalise.language.lexicon import LANGUAGES
from normalise.language.search_terms import Block, TextTerms, text_terms


@dataclass(frozen=True, slots=True)
class Analysed:
    """A text's blocks by language, and what finds it."""

    blocks: list[Block]
    found_by: TextTerms


def analyse(text: str, lang: str | None) -> Analysed:
    """The analysis of a page's text whose main language is ``lang``."""
    blocks = _blocks(text, lang)
    return Analysed(blocks, text_terms(text, blocks))


def _blocks(text: str, lang: str | None) -> list[Block]:
    """Where the language changes in a text.

    Only texts in several languages, or in none that is known, are looked through block by block: in the others, words
    that the main language does not know are read in the other ones anyway.
    """
    if lang in LANGUAGES or not text:
        return [Block(0, lang or "und")]
    blocks: list[Block] = []
    for found in language_of(text).blocks:
        if not blocks or blocks[-1].lang != found.lang:
            blocks.append(Block(found.start if blocks else 0, found.lang))
    return blocks or [Block(0, "und")]
