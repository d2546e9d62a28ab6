"""Names that are only parts of longer ones that a page lists: "Savo ry", "Martat" of "Kivilän seudun Martat"."""

import re
from collections.abc import Iterable

from normalise.analysis import Analysis
from normalise.organisations.names import OrganisationMention
from normalise.parties.claims import Claim
from normalise.parties.pieces import ListedName
from normalise.text.spans import overlaps
from normalise.words import joining

# What may stand before or behind a name within a longer one: capitals alone, or what a house is for.
_CAPITALS = re.compile(r"\s*(?:[A-ZÅÄÖ][\w-]*\s+)*(?:[A-ZÅÄÖ][\w-]*)?")
_AIM = re.compile(rf"\s(?:{joining('of')})\s.+")


class Listed:
    """The names that lists and cues give and no register knows, each with the longest that shares an edge with it."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        """Take a page's claims."""
        self._starts: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        for named in (claim.named for claim in claims if claim.named.entry is None):
            self._starts[named.start] = max(named.end, self._starts.get(named.start, named.end))
            self._ends[named.end] = min(named.start, self._ends.get(named.end, named.start))

    def ends_longer(self, named: ListedName) -> bool:
        """Whether an unregistered name is only a longer one's end: "Savo ry" of "Omaishoitajat ja läheiset Savo ry"."""
        return named.entry is None and self._ends.get(named.end, named.start) < named.start

    def is_within(self, analysis: Analysis, mention: OrganisationMention) -> bool:
        """Whether a body is named within a longer name, which goes on in capitals or tells its aim: "4H Purola"."""
        start = self._ends.get(mention.end, mention.start)
        end = self._starts.get(mention.start, mention.end)
        front, rest = analysis.text[start : mention.start], analysis.text[mention.end : end]
        if not (front or rest) or overlaps(analysis.organisations, start, mention.start):
            return False
        if overlaps(analysis.organisations, mention.end, end):
            return False
        return bool(_CAPITALS.fullmatch(front) and (_CAPITALS.fullmatch(rest) or _AIM.fullmatch(rest)))
