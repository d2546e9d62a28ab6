"""Sentences: where one ends, in Finnish, Swedish and English text full of dates, abbreviations and glued words."""

import re
from typing import NamedTuple

from normalise.text.document import Document, Line, LineKind
from normalise.words import AND, joining, vocabulary


class Sentence(NamedTuple):
    """A sentence, heading, list item or row at ``start``..``end`` (characters); ``line`` is its first line's index."""

    start: int
    end: int
    line: int


# Where a sentence or line ends, for a look around an offset that needs no more.
SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-ZÅÄÖ])|\n")
# A full stop, question or exclamation mark, perhaps closed by a quote or bracket, before space or a glued capital.
_STOP = re.compile(r"[.!?…][\"'”’)\]]{0,2}(?=\s|$)|(?<=[a-zåäö)])[.!?](?=[A-ZÅÄÖ][a-zåäö])")
_ABBREVIATION = re.compile(r"(?:^|[\s(,/])([^\s(,/]{1,12})$")
_GOES_ON = re.compile(rf"(?:,|\s(?:{AND}|{joining('of', 'in', 'at')}))$")
_ABBREVIATIONS = frozenset(vocabulary("abbreviations")["sentence_internal"])
_CONTINUES = re.compile(r"\s*(?:[a-zåäö0-9(]|$)")


def split_sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences of a document in reading order. Wrapped lines of a paragraph are joined into one run first."""
    found: list[Sentence] = []
    for first, last in _runs(document):
        found.extend(_split(document.text, first, last))
    return tuple(found)


def _runs(document: Document) -> list[tuple[Line, Line]]:
    """Lines that belong together: a wrapped paragraph is one run, every other line its own."""
    runs: list[tuple[Line, Line]] = []
    for line in document.lines:
        if runs and _wraps(runs[-1][1], line):
            runs[-1] = (runs[-1][0], line)
        else:
            runs.append((line, line))
    return runs


def _wraps(before: Line, line: Line) -> bool:
    """Whether a line goes on with the one before: same block, plain text, and it starts in lower case."""
    if before.block != line.block or line.kind is not LineKind.TEXT or before.kind is LineKind.HEADING:
        return False
    full = len(before.text) > 40
    if line.text[0].islower():
        return full or before.text[-1] in "-,"
    return full and _GOES_ON.search(before.text) is not None


def _split(text: str, first: Line, last: Line) -> list[Sentence]:
    sentences = []
    start = first.start
    for stop in _STOP.finditer(text, first.start, last.end):
        if stop.end() < last.end and _inside(text, start, stop):
            continue
        sentences.append(Sentence(start, stop.end(), first.index))
        start = stop.end()
        while start < last.end and text[start].isspace():
            start += 1
    if start < last.end:
        sentences.append(Sentence(start, last.end, first.index))
    return sentences


def _inside(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a stop stands inside a sentence: after an abbreviation, an ordinal, or before a lower-case word."""
    if stop[0][0] != ".":
        return False
    before = _ABBREVIATION.search(text, max(start, stop.start() - 14), stop.start())
    word = before[1] if before else ""
    if word.casefold() in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()):
        return True
    return bool(_CONTINUES.match(text, stop.end())) and (word[-1:].isdigit() or len(word) <= 5)
