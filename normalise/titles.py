"""The title: the name of the project or call as the page gives it."""

import re
from collections import Counter
from collections.abc import Iterator

from normalise.analysis import Analysis
from normalise.document import LineKind
from normalise.facts import Fact, Findings, Kind
from normalise.labels import Labelled
from normalise.title_lines import LONGEST_TITLE, Candidate, top_lines, without_section_names
from normalise.words import vocabulary

_CAPITAL_LABEL = re.compile(r"\s[A-ZÅÄÖ]{4,30}:")


def find_title(analysis: Analysis, kind: Kind) -> Findings:
    """The best candidate among labelled names, the lines at the top, and names in running text."""
    if kind == "other":
        return Findings()
    candidates = [*_labelled(analysis), *top_lines(analysis, newsy=-3.0 if kind == "project" else 0.0)]
    if kind == "project":
        candidates.extend(_named(analysis))
    if not candidates:
        return Findings()
    best = max(candidates, key=lambda c: (c.score, -c.start))
    if best.score <= 0:
        return Findings()
    text = analysis.text
    start, end = without_section_names(text, best.start, best.end)
    quote = text[start:end]
    return Findings((Fact("title", _clean(quote), start, end, quote, best.rule, min(0.95, 0.5 + best.score / 20)),))


def _clean(title: str) -> str:
    return re.sub(r"\s+", " ", title).strip(" |–-:•\"”“'")


def _labelled(analysis: Analysis) -> Iterator[Candidate]:
    """Names under a label: "Hankkeen nimi: X", "Asia" over the subject of a letter. Bare words ("Hanke") weigh less."""
    for label in analysis.labelled:
        if label.field != "title" or label.form == "juxtaposed" or label.start >= label.end:
            continue
        line = analysis.document.line_at(label.label_start)
        end = _first_line_end(analysis.text, label)
        plain = analysis.text[label.label_start : label.label_end].casefold() in vocabulary("titles")["plain_labels"]
        if not 2 <= end - label.start <= LONGEST_TITLE or line is None or line.kind is LineKind.ROW:
            continue
        if label.form == "headed":
            if not plain:
                yield Candidate(label.start, end, 5.0, "title.labelled")
            continue
        yield Candidate(label.start, end, 4.0 if plain else 16.0, "title.labelled")


def _first_line_end(text: str, label: Labelled) -> int:
    """Where a labelled title ends: at its line's end, or before another label in capitals of a flattened sheet."""
    line_end = text.find("\n", label.start, label.end)
    end = label.end if line_end < 0 else line_end
    unknown_label = _CAPITAL_LABEL.search(text, label.start, end)
    return unknown_label.start() if unknown_label else end


def _named(analysis: Analysis) -> Iterator[Candidate]:
    """A name that running text gives to its project, the more often the better."""
    text = analysis.text
    counts = Counter(name.name.casefold() for name in analysis.project_names)
    for found in analysis.project_names:
        name = found.name
        weight = 2.4 + min(counts[name.casefold()], 4) * 0.6 + min(text.count(name), 6) * 0.2 + 0.3 * name.count(" ")
        yield Candidate(found.start, found.end, weight, "title.named")
