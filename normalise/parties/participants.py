"""Sentences of taking part: partners named in them or listed below, though no cue stands right beside the names."""

from collections.abc import Iterator

from normalise.analysis import Analysis
from normalise.organisations.names import in_nominative
from normalise.parties.claims import Claim, against_near
from normalise.parties.lists import listed_names
from normalise.parties.names import role_beside
from normalise.parties.pieces import ListedName, as_named
from normalise.text.document import LineKind
from normalise.text.sentences import Sentence
from normalise.text.spans import within

_LONGEST_LIST = 120


def part_claims(analysis: Analysis) -> Iterator[Claim]:
    """Organisations in sentences of taking part: partners, though no cue stands right beside them."""
    for sentence in analysis.sentences:
        words = analysis.party_words.of("part_words", sentence.start, sentence.end)
        for named in _taking_part(analysis, sentence, words[0][1]) if words else ():
            role, rule = (named.role, "marked") if named.role else ("partner", "sentence")
            against = against_near(analysis, sentence, named, ("elsewhere", "part_against"))
            yield Claim(role, named, 3.0 if named.role else 2.0, f"{role}.{rule}", against)


def _taking_part(analysis: Analysis, sentence: Sentence, word_end: int) -> Iterator[ListedName]:
    text = analysis.text
    if text[sentence.end - 1] == ":" or _heads_items(analysis, sentence):
        yield from _listed_below(analysis, sentence)
        return
    colon = text.find(":", word_end, sentence.end)
    if colon > 0 and text[colon + 1 : colon + 2] == " ":
        listed = listed_names(text, colon + 1, sentence.end, analysis.organisations)
        yield from (name for name in listed if name.known)
        return
    together = analysis.party_words.has("with_words", sentence.start, sentence.end)
    for mention in within(analysis.organisations, sentence.start, sentence.end):
        if not mention.place and (together or in_nominative(text, mention)):
            yield as_named(mention, role_beside(text, mention.end))


def _heads_items(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a line without a colon opens a list: it is no sentence, and items follow it."""
    lines = analysis.document.lines
    whole = sentence.start == lines[sentence.line].start and sentence.end == lines[sentence.line].end
    if not whole or analysis.text[sentence.end - 1] in ".!?" or sentence.line + 1 >= len(lines):
        return False
    return lines[sentence.line + 1].kind is LineKind.ITEM and lines[sentence.line].kind is not LineKind.ITEM


def _listed_below(analysis: Analysis, sentence: Sentence) -> Iterator[ListedName]:
    """The list under a sentence that ends with a colon: items, or one line of names."""
    below = analysis.document.lines[sentence.line + 1 : sentence.line + 1 + _LONGEST_LIST]
    below = tuple(line for line in below if line.start >= sentence.end)
    kind = below[0].kind if below else None
    for position, line in enumerate(below):
        if line.kind is not kind or (position and line.block != below[0].block and kind is not LineKind.ITEM):
            return
        names = listed_names(analysis.text, line.start, line.end, analysis.organisations)
        if not names:
            return
        yield from names
