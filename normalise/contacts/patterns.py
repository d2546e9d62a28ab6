"""Patterns of addresses ("etunimi.sukunimi@oph.fi"): the people under whose names, or beside them, one stands."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from normalise.contacts.emails import EmailMention
from normalise.persons.finding import PersonMention
from normalise.text.document import Document

# A pattern speaks of the people of its own block of contacts; farther off (characters) it is another house's.
_REACH = 1500
# A line of a person, a title and a unit is no longer.
_CARD_LINE = 110


def people_of_patterns(
    document: Document, persons: Sequence[PersonMention], patterns: Sequence[EmailMention]
) -> Iterator[int]:
    """Indexes of the persons named before a pattern on its line and, a line each, right over it in its block."""
    for pattern in patterns:
        line = document.line_at(pattern.start)
        block, limit = (line.block, pattern.start) if line else (-1, 0)
        while line is not None and line.block == block and len(line.text) <= _CARD_LINE:
            first = bisect_left(persons, line.start, key=lambda person: person.start)
            last = bisect_left(persons, min(line.end, limit), lo=first, key=lambda person: person.start)
            if first == last and limit > line.end:
                break
            yield from range(first, last)
            line = document.lines[line.index - 1] if line.index else None


def nearest_pattern(patterns: Sequence[EmailMention], offset: int) -> EmailMention | None:
    """The pattern nearest to an offset, if it may speak of who stands there; ``patterns`` are in reading order."""
    after = bisect_left(patterns, offset, key=lambda pattern: pattern.start)
    near = patterns[max(0, after - 1) : after + 1]
    nearest = min(near, key=lambda pattern: abs(pattern.start - offset), default=None)
    return nearest if nearest is not None and abs(nearest.start - offset) <= _REACH else None
