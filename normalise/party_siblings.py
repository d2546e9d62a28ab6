"""Names that no rule knows, in lists where bodies stand: "KGHM" on a line between two universities."""

import re
from collections.abc import Iterator

from normalise.analysis import Analysis
from normalise.document import Line
from normalise.label_names import name_label
from normalise.party_cues import Claim
from normalise.party_lists import listed_names

# A list has so many lines at least, and bodies on so large a share of them.
_FEWEST_LINES = 3
_SHARE = 0.34
_LONGEST_NAME = 70
_NO_NAME = re.compile(r"[@€\d]")


def sibling_claims(analysis: Analysis) -> Iterator[Claim]:
    """Weak claims of taking part for the short capitalised lines beside lines that name bodies."""
    bodies = {line.index for m in analysis.organisations if (line := analysis.document.line_at(m.start))}
    for run in _runs(analysis):
        named = [line for line in run if line.index in bodies]
        if len(run) < _FEWEST_LINES or not _SHARE * len(run) <= len(named) < len(run):
            continue
        for line in run:
            if line.index not in bodies:
                for name in listed_names(analysis.text, line.start, line.end, analysis.organisations)[:1]:
                    yield Claim("partner", name, 1.0, "partner.sibling")


def _runs(analysis: Analysis) -> Iterator[list[Line]]:
    """Runs of short lines of one kind, each of which may be a name."""
    run: list[Line] = []
    people = {line.index for m in analysis.persons if (line := analysis.document.line_at(m.start))}
    for line in analysis.document.lines:
        fits = _may_be_name(line) and line.index not in people
        if run and (not fits or line.kind is not run[-1].kind or line.block > run[-1].block + 1):
            yield run
            run = []
        if fits:
            run.append(line)
    if run:
        yield run


def _may_be_name(line: Line) -> bool:
    text = line.text
    if len(text) > _LONGEST_NAME or not text[0].isupper() or text[-1] in ".:!?":
        return False
    return not _NO_NAME.search(text) and not name_label(text)
