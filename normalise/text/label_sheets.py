"""Sheets in which labels and values stand on lines of their own by turns: where an unknown label ends a value."""

import re
from collections.abc import Mapping
from itertools import pairwise

from normalise.text.document import Document

# From a label to the next one: itself, its value. Some steps of exactly so much show that a sheet goes by turns.
_TURN, _FEWEST_STEPS = 2, 2
# Labels on either side that bear witness.
_NEAR = 4
_LABEL_LIKE = re.compile(r"[A-ZÅÄÖ][^\W\d_]+(?:[ /-][^\W\d_]+){0,4}\s?[:?]?")
# Fields whose values may fill several lines, each of which could be taken for a label.
_LISTS = frozenset({"partners", "funder", "funding", "recipients", "contact", "contact_name", "other"})


def unknown_labels(document: Document, headed: Mapping[int, frozenset[str]]) -> dict[int, int]:
    """Where unknown labels begin (characters), by the index of the known label's line whose value they end.

    ``headed`` gives the fields of the known labels that fill a line, by the line's index in ascending order.
    "Slutdatum / 31.3.2021 / Typ av satsning / Utveckling / Stödmottagare": the third line is a label, for known ones
    stand an even number of lines apart all around.
    """
    lines = list(headed)
    steps = [following - line for line, following in pairwise(lines)]
    found = {}
    for position, step in enumerate(steps):
        near = steps[max(0, position - _NEAR) : position + _NEAR + 1]
        by_turns = _TURN in near and len(near) >= _FEWEST_STEPS and all(other % _TURN == 0 for other in near)
        line = document.lines[min(lines[position] + _TURN, len(document.lines) - 1)]
        if by_turns and step > _TURN and not _LISTS & headed[lines[position]] and _LABEL_LIKE.fullmatch(line.text):
            found[lines[position]] = line.start
    return found
