"""Where bodies stand on a page: the heading above, the line that opens their list, who else stands in their block."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from normalise.analysis import Analysis
from normalise.document import Line
from normalise.party_candidates import PartyCandidate
from normalise.party_cues import ROLES
from normalise.sentences import Sentence
from normalise.titles import first_title_line

# A heading governs this many lines below it; lists on real pages are seldom longer.
_GOVERNED = 40
_LONGEST_OPENER = 60
# Longer lines are prose, and open no list.
_LONGEST_LINE = 90
_LIST_REACH = 25


@dataclass(eq=False)
class PartyContext:
    """What the features of all candidates of one page look at."""

    analysis: Analysis
    title: str
    most_named: int
    strongest: dict[str, float]
    in_block: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    claimed_in_block: dict[tuple[int, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    contact_lines: frozenset[int] = frozenset()
    _sentence_starts: list[int] = field(default_factory=list)
    _headings: list[str | None] = field(default_factory=list)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds a character."""
        return self.analysis.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def heading_above(self, line: Line) -> str | None:
        """The nearest heading, or short line with a colon, above a line; None where none is near."""
        return self._headings[line.index]

    def opener(self, line: Line) -> str | None:
        """What opens the list that a line belongs to: the words before its colon, or the line before its like ones."""
        if ":" in line.text[:_LONGEST_OPENER]:
            return line.text.partition(":")[0]
        if len(line.text) > _LONGEST_LINE:
            return None
        lines, document = self.analysis.document.lines, self.analysis.document
        index = line.index - 1
        while index >= 0 and line.index - index < _LIST_REACH:
            before = lines[index]
            alike = before.kind is line.kind and len(before.text) < _LONGEST_LINE and not before.text.endswith(":")
            if not alike or document.is_heading(before):
                break
            index -= 1
        return lines[index].text[-_LONGEST_LINE:] if index >= 0 else None


def party_context(analysis: Analysis, candidates: Sequence[PartyCandidate]) -> PartyContext:
    """The context of a page's candidates."""
    context = PartyContext(
        analysis,
        first_title_line(analysis).casefold(),
        max((len(candidate.mentions) for candidate in candidates), default=0),
        _strongest(candidates),
        contact_lines=_contact_lines(analysis),
        _sentence_starts=[sentence.start for sentence in analysis.sentences],
        _headings=_headings(analysis),
    )
    for candidate in candidates:
        _count_in(context, candidate)
    return context


def _strongest(candidates: Sequence[PartyCandidate]) -> dict[str, float]:
    """The weight of the strongest believed claim of each role."""
    strongest = dict.fromkeys(ROLES, 0.0)
    for candidate in candidates:
        for claim in candidate.believed:
            strongest[claim.role] = max(strongest[claim.role], claim.weight)
    return strongest


def _count_in(context: PartyContext, candidate: PartyCandidate) -> None:
    for place in candidate.places:
        line = context.analysis.document.line_at(place.start)
        if line:
            context.in_block[line.block].add(candidate.key)
    for claim in candidate.believed:
        line = context.analysis.document.line_at(claim.named.start)
        if line:
            context.claimed_in_block[line.block, claim.role].add(candidate.key)


def _contact_lines(analysis: Analysis) -> frozenset[int]:
    """Indexes of the lines that name a person or give an address or number."""
    starts = [m.start for m in analysis.persons] + [m.start for m in analysis.emails]
    starts += [m.start for m in analysis.phones]
    return frozenset(line.index for start in starts if (line := analysis.document.line_at(start)))


def _headings(analysis: Analysis) -> list[str | None]:
    """For each line the nearest heading above it."""
    found: list[str | None] = []
    current, since = None, 0
    for line in analysis.document.lines:
        found.append(current if line.index - since <= _GOVERNED else None)
        if analysis.document.is_heading(line) or (line.text.endswith(":") and len(line.text) < _LONGEST_OPENER):
            current, since = line.text[:_LONGEST_LINE], line.index
    return found
