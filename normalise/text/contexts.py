"""Sentences as the field modules read them: with the line that a date or a sum at a line's start belongs to."""

import re
from collections.abc import Iterable, Iterator

from normalise.analysis import Analysis
from normalise.text.document import LineKind
from normalise.text.sentences import Sentence
from normalise.text.spans import S

# A shorter line was ended on purpose; a longer one without a stop goes on.
_SHORTEST_WRAPPED = 30
# Longer runs without a stop are tables or lists that lost their lines: words tell nothing across so much text.
_LONGEST_READ = 1_500
_ENDED = re.compile(r"[.!?:;][\"”’)]?\s*\Z")


def flowing_sentences(analysis: Analysis) -> tuple[Sentence, ...]:
    """The sentences, each wrapped line that begins with a digit joined to the line before it, the longest ones cut."""
    joined: list[Sentence] = []
    for sentence in analysis.sentences:
        if joined and analysis.text[sentence.start].isdigit() and _goes_on(analysis, joined[-1], sentence):
            joined[-1] = joined[-1]._replace(end=sentence.end)
        else:
            joined.append(sentence)
    return tuple(piece for sentence in joined for piece in _cut(analysis.text, sentence))


def _goes_on(analysis: Analysis, before: Sentence, sentence: Sentence) -> bool:
    line = analysis.document.line_at(sentence.start)
    above = analysis.document.line_at(before.end - 1)
    if line is None or above is None or line.block != above.block or line.index != above.index + 1:
        return False
    if line.kind is not LineKind.TEXT or above.kind is not LineKind.TEXT or len(above.text) < _SHORTEST_WRAPPED:
        return False
    return not _ENDED.search(analysis.text, max(before.start, before.end - 4), before.end)


def _cut(text: str, sentence: Sentence) -> Iterator[Sentence]:
    start = sentence.start
    while sentence.end - start > _LONGEST_READ:
        space = text.rfind(" ", start + 1, start + _LONGEST_READ)
        stop = space if space > start else start + _LONGEST_READ
        yield sentence._replace(start=start, end=stop)
        start = stop
    yield sentence._replace(start=start)


def by_sentence(sentences: Iterable[Sentence], mentions: Iterable[S]) -> Iterator[tuple[Sentence, list[S]]]:
    """The sentences in which a mention begins, each with its mentions; both come in reading order."""
    waiting = iter(mentions)
    mention = next(waiting, None)
    for sentence in sentences:
        inside: list[S] = []
        while mention is not None and mention.start < sentence.end:
            if mention.start >= sentence.start:
                inside.append(mention)
            mention = next(waiting, None)
        if inside:
            yield sentence, inside
