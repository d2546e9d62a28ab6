"""A first look at lines and their parts: which may be the title at all. Cheap, it spares the rest all questions.

It turns more than half of them away; of 577 golden pages on which the title was a candidate it was one still on 0.998.
"""

from normalise.text.document import Line, LineKind

_SHORTEST, _LONGEST_LINE, _LONGEST_PART = 3, 140, 100
# How a sentence, a label or a line broken in two ends.
_ENDS = (".", ",", ";", ":")
# Lower lines are seldom headings with more than the title in them; longer ones are prose, unless they stand first and
# are a title with all that follows in a transcript without line breaks.
_LINES_WITH_PARTS, _LINES_RUN_TOGETHER = 10, 8
_LONGEST_WITH_PARTS = 120


def may_be_title(line: Line) -> bool:
    """Whether a whole line may be the title."""
    # Numbered headings in capitals read as items.
    return (
        (line.kind is not LineKind.ITEM or line.text.isupper())
        and _SHORTEST <= len(line.text) <= _LONGEST_LINE
        and _reads_as_title(line.text)
    )


def may_hold_title(line: Line) -> bool:
    """Whether a part of a line may be the title."""
    if line.kind is LineKind.ITEM or line.index >= _LINES_WITH_PARTS:
        return False
    return len(line.text) <= _LONGEST_WITH_PARTS or line.index < _LINES_RUN_TOGETHER


def may_be_part(words: str) -> bool:
    """Whether a part of a line may be the title by its own words."""
    return _SHORTEST <= len(words) <= _LONGEST_PART and _reads_as_title(words)


def _reads_as_title(words: str) -> bool:
    return not (words.endswith(_ENDS) or words[0].islower()) and any(map(str.isalpha, words))
