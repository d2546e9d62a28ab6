"""The lines at a page's top, and what each and all its parts have by where they stand: kind, block, neighbours."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple, TypeVar

from normalise.analysis import Analysis
from normalise.organisations.names import OrganisationMention
from normalise.persons.finding import PersonMention
from normalise.text.document import Line, LineKind
from normalise.text.label_names import name_label
from normalise.titles.sieve import may_be_title, may_hold_title
from normalise.titles.signs import characters_of, has_digit, is_crumbs, is_date_line
from normalise.titles.vocabulary import types

_Mention = TypeVar("_Mention", PersonMention, OrganisationMention)
_LONG_LINE = 120
# Lower lines are equally far down.
_LOWEST = 25
# A line that has more times the digits of another's length is prose beside a heading.
_MOST_TIMES = 2.0


class TopLine(NamedTuple):
    """A line, the features that its parts share with it, and the people and bodies that it names."""

    line: Line
    features: Mapping[str, float]
    people: Sequence[PersonMention]
    bodies: Sequence[OrganisationMention]


@dataclass(frozen=True, slots=True)
class TopContext:
    """What the words at the top are held against: repeated lines, labelled places, breadcrumbs, names."""

    lines: tuple[TopLine, ...]
    counts: Counter[str]
    labelled: frozenset[int]
    crumbs: str
    names: Counter[str]
    hint: str


def top_context(analysis: Analysis, top: int) -> TopContext:
    """The context of one text's first ``top`` lines, and those of them that may be or hold the title."""
    lines = analysis.document.lines
    sorts = [tuple(_sorts(line.text)) for line in lines[: top + 1]]
    return TopContext(
        tuple(_top_lines(analysis, sorts, top)),
        Counter([line.text.casefold() for line in lines]),
        frozenset(label.label_start for label in analysis.labelled if label.form == "inline"),
        " ".join(line.text.casefold() for line, sort in zip(lines[:top], sorts, strict=False) if "crumbs" in sort),
        Counter(name.name.casefold() for name in analysis.project_names),
        analysis.title_hint.casefold(),
    )


def length_features(lines: Sequence[Line], index: int, longest: int) -> dict[str, float]:
    """How long a line is beside the next and beside the ``longest`` (characters) over the page's first prose."""
    length = len(lines[index].text)
    features = {"longest": 1.0} if length == longest else {}
    if index + 1 < len(lines):
        features["next_length"] = min(_MOST_TIMES, math.log1p(len(lines[index + 1].text)) / math.log1p(length))
    return features


def _top_lines(analysis: Analysis, sorts: Sequence[Sequence[str]], top: int) -> Iterator[TopLine]:
    lines = analysis.document.lines[:top]
    if not lines:
        return
    people = _by_line(analysis, analysis.persons, lines[-1].end)
    bodies = _by_line(analysis, analysis.organisations, lines[-1].end)
    for line in lines:
        if not (may_be_title(line) or may_hold_title(line)):
            continue
        names = [*_place(analysis, line), *_neighbours(sorts, line.index)]
        features = {"index": min(line.index, _LOWEST) / 10, **dict.fromkeys(names, 1.0)}
        yield TopLine(line, features, people.get(line.index, ()), bodies.get(line.index, ()))


def _by_line(analysis: Analysis, mentions: Sequence[_Mention], end: int) -> Mapping[int, Sequence[_Mention]]:
    """The mentions before ``end`` (characters) by the index of the line that they start in."""
    found: dict[int, list[_Mention]] = defaultdict(list)
    for mention in takewhile(lambda m: m.start < end, mentions):
        line = analysis.document.line_at(mention.start)
        if line:
            found[line.index].append(mention)
    return found


def _place(analysis: Analysis, line: Line) -> Iterator[str]:
    yield f"kind.{line.kind}"
    if line.kind is LineKind.HEADING:
        yield f"heading.{min(line.level, 3)}"
    block = len(analysis.document.block_lines(line.block))
    yield "alone" if block == 1 else "in_small_block" if block <= 3 else "in_block"
    if line.index == 0:
        yield "first"


def _neighbours(sorts: Sequence[Sequence[str]], index: int) -> Iterator[str]:
    if index + 1 < len(sorts):
        yield from (f"before.{name}" for name in sorts[index + 1])
    if index:
        yield from (f"after.{name}" for name in sorts[index - 1])


def _sorts(text: str) -> Iterator[str]:
    """What a line is to its neighbours."""
    characters = characters_of(text)
    if len(text) > _LONG_LINE:
        yield "prose"
    if name_label(text):
        yield "label"
    if has_digit(characters) and is_date_line(text):
        yield "date"
    if text.casefold().strip(" :|") in types():
        yield "type"
    if is_crumbs(text, characters):
        yield "crumbs"
