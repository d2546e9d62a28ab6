"""The lines of the value of a label of parties: which of them list names, and which are sentences."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from normalise.analysis import Analysis
from normalise.parties.names import is_generic
from normalise.text.labels import Labelled
from normalise.text.spans import first_from
from normalise.words import vocabulary

# In lists of names fewer words than this share are in lower case.
_LOWER_SHARE = 0.55
# A piece of a series has so many words at most; those of sentences have more.
_SHORT_PIECE = 4


def value_lines(analysis: Analysis, label: Labelled) -> Iterator[tuple[int, int, bool]]:
    """The lines of a label's value and whether each is prose. Parties but partners stand in the first block."""
    first = None
    limit = label.end if label.field != "partners" or label.form == "headed" else _block_end(analysis, label)
    first_line = analysis.document.line_at(label.start)
    for line in analysis.document.lines[first_line.index if first_line else 0 :]:
        start, end = max(line.start, label.start), min(line.end, limit)
        if line.start >= limit:
            return
        if start >= end:
            continue
        first = line.block if first is None else first
        # A card of contacts ends a list of partners.
        if line.block != first and (label.field != "partners" or line.index in analysis.contact_lines):
            return
        words = analysis.text[start:end]
        first_stop = words.find(". ")
        if first_stop > 0 and not _is_prose(words[:first_stop]):
            yield start, start + first_stop, False
            start += first_stop + 2
        yield start, end, _is_prose(analysis.text[start:end]) and not _is_name(analysis, start, end)


def _is_name(analysis: Analysis, start: int, end: int) -> bool:
    """Whether a line is one organisation's name and nothing more, however many small letters it has."""
    found = first_from(analysis.organisations, start, end)
    return found is not None and found.start == start and found.end >= end


def _block_end(analysis: Analysis, label: Labelled) -> int:
    """Where a list that starts beside its label ends: before the next label, or with its block; a cell is alone."""
    line = analysis.document.line_at(label.start)
    if line is None or label.form != "inline" or "\t" in analysis.text[label.label_end : label.start]:
        return label.end
    labels = analysis.labelled
    following = bisect_right(labels, label.start, key=lambda other: other.label_start)
    last = analysis.document.block_lines(line.block)[-1].end
    return max(label.end, min(last, labels[following].label_start) if following < len(labels) else last)


def _is_prose(words: str) -> bool:
    """Whether a line under a label is a sentence: it has a finite verb, or more words in lower case than names have.

    Before a group a verb's form is no verb: "osallistuvat yritykset" are the enterprises that take part.
    """
    tokens = words.split()
    verbs = vocabulary("parties")["verbs"]
    if any(token.strip(".,") in verbs and not is_generic(behind) for token, behind in pairwise((*tokens, ""))):
        return True
    lower = sum(1 for token in tokens if token[0].islower() and len(token) > 3)
    return len(tokens) > 4 and lower > _LOWER_SHARE * len(tokens) and not _is_series(words)


def _is_series(words: str) -> bool:
    """Whether commas part a line into a few words each: bodies among groups, "alueen yritykset, Omnia ja koulut"."""
    pieces = words.split(",")
    return len(pieces) > 1 and all(len(piece.split()) <= _SHORT_PIECE for piece in pieces)
