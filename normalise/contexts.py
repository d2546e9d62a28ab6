"""Sentences as the field modules read them: with the line that a date or a sum at a line's start belongs to."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol, TypeVar

from normalise.analysis import Analysis
from normalise.document import LineKind
from normalise.sentences import Sentence

# A shorter line was ended on purpose; a longer one without a stop goes on.
_SHORTEST_WRAPPED = 30
_ENDED = re.compile(r"[.!?:;][\"”’)]?\s*$")


class Mention(Protocol):
    """Anything with a span."""

    @property
    def start(self) -> int:
        """Where it begins (characters)."""

    @property
    def end(self) -> int:
        """Where it ends."""


M = TypeVar("M", bound=Mention)


def flowing_sentences(analysis: Analysis) -> tuple[Sentence, ...]:
    """The sentences, each wrapped line that begins with a digit joined to the line before it."""
    joined: list[Sentence] = []
    for sentence in analysis.sentences:
        if joined and analysis.text[sentence.start].isdigit() and _goes_on(analysis, joined[-1], sentence):
            joined[-1] = replace(joined[-1], end=sentence.end)
        else:
            joined.append(sentence)
    return tuple(joined)


def _goes_on(analysis: Analysis, before: Sentence, sentence: Sentence) -> bool:
    line = analysis.document.line_at(sentence.start)
    above = analysis.document.line_at(before.end - 1)
    if line is None or above is None or line.block != above.block or line.index != above.index + 1:
        return False
    if line.kind is not LineKind.TEXT or above.kind is not LineKind.TEXT or len(above.text) < _SHORTEST_WRAPPED:
        return False
    return not _ENDED.search(analysis.text, before.start, before.end)


def by_sentence(sentences: Iterable[Sentence], mentions: Iterable[M]) -> Iterator[tuple[Sentence, list[M]]]:
    """The sentences that hold a mention, each with its mentions; both come in reading order."""
    waiting = iter(mentions)
    mention = next(waiting, None)
    for sentence in sentences:
        inside: list[M] = []
        while mention is not None and mention.start < sentence.end:
            if mention.start >= sentence.start:
                inside.append(mention)
            mention = next(waiting, None)
        if inside:
            yield sentence, inside
