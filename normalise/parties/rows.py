"""Rows of bodies: those that only commas, line ends and joining words part; a list gives them one role as a rule."""

import re
from collections.abc import Iterator, Mapping, Sequence

from normalise.parties.candidates import PartyCandidate
from normalise.words import AND, joining

# What parts two names of a row: a case ending, brackets, a sign or a joining word, and a list's mark.
_JOINT = re.compile(
    r"(?::?[a-zåäö]{1,4})?(?:\s*\([^()\n]{0,60}\))?\s*(?:[,;/|]|\n)?\s*(?:[-*•–]\s+)?"
    rf"(?:(?:{AND}|&)\s+)?(?:(?:{joining('the', 'also')})\s+)?"
)
_PARTS = re.compile(rf"[,;/|&\n]|\b(?:{AND})\b")
_LONGEST_JOINT = 90


def rows_of(text: str, candidates: Sequence[PartyCandidate]) -> Mapping[str, frozenset[str]]:
    """By the key of each body the keys of all in a row with it, its own too; bodies of one row share one set."""
    found: dict[str, frozenset[str]] = {body.key: frozenset((body.key,)) for body in candidates}
    for row in _rows(text, candidates):
        keys = frozenset(row)
        for key in keys:
            found[key] = keys if found[key] <= keys else found[key] | keys
    return found


def _rows(text: str, candidates: Sequence[PartyCandidate]) -> Iterator[list[str]]:
    places = sorted((place.start, place.end, body.key) for body in candidates for place in body.places)
    row: list[str] = []
    reached = 0
    for start, end, key in places:
        if start < reached:
            continue
        if row and not _joined(text, reached, start):
            yield row
            row = []
        row.append(key)
        reached = end
    if row:
        yield row


def _joined(text: str, end: int, start: int) -> bool:
    """Whether nothing but what parts the names of a row stands between two names."""
    if start - end > _LONGEST_JOINT or text.count("\n", end, start) > 1:
        return False
    return _JOINT.fullmatch(text, end, start) is not None and _PARTS.search(text, end, start) is not None
