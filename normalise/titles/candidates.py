"""Candidates for the title: lines at the top, their parts, names under labels, and names in running text."""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from normalise.analysis import Analysis
from normalise.text.document import LineKind
from normalise.text.labels import Labelled
from normalise.text.spans import within
from normalise.titles.features import length_of_news_word, line_features, without_section_names
from normalise.titles.lines import TopContext, TopLine, length_features, top_context
from normalise.titles.parts import parts_of
from normalise.titles.project_names import ProjectName
from normalise.titles.relations import remainder_features, said_beside_line
from normalise.titles.sheets import find_sheet_names
from normalise.titles.sieve import may_be_title, may_hold_title
from normalise.titles.vocabulary import WordSense, plain_labels
from normalise.titles.wordings import Wording, wording_of
from normalise.titles.words import Surroundings, surroundings, word_features

# The title stands near the top; menus before it seldom take more lines than this.
_TOP_LINES = 20
# Names and quotations of a longer text are those of what it cites.
_MOST_NAMES = 200
# A label's value is no longer.
_LONGEST_LABELLED = 220
# Parts of a line are looked for so far in (characters).
_REACH = 500
_LETTER = re.compile(r"[^\W\d_]")
_CAPITAL_LABEL = re.compile(r"\s[A-ZÅÄÖ]{4,30}:")
_QUOTED = re.compile(r"[\"”“»](?P<name>[A-ZÅÄÖ0-9][^\"”“»\n.!?]{2,70})[\"”“»]")
# Stands for each letter that was erased on request (pipelines/withhold.py).
_BLACKED_OUT = "█"


class Candidate(NamedTuple):
    """A span that may be the title, its words as titles are compared, the rule that found it, what speaks for it."""

    start: int
    end: int
    words: str
    rule: str
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Page:
    """A text, and what its candidates are held against."""

    analysis: Analysis
    text: str
    around: Surroundings

    def candidate(
        self,
        span: tuple[int, int],
        rule: str,
        features: dict[str, float],
        senses: Sequence[WordSense] | None = None,
    ) -> Candidate:
        """A candidate with what its words say; ``senses`` where they are known."""
        features.update(word_features(self.analysis, *span, self.around, senses))
        return Candidate(*span, clean(self.text[span[0] : span[1]]).casefold(), rule, features)


@lru_cache(maxsize=1)
def title_candidates(analysis: Analysis) -> tuple[Candidate, ...]:
    """All candidates of a text, each cut to the name, in no order."""
    page = _Page(analysis, analysis.text, surroundings(analysis))
    found = [*_top(page), *_labelled(page), *_sheets(page), *_named(page), *_quoted(page)]
    if _BLACKED_OUT in page.text:
        found = [c for c in found if _BLACKED_OUT not in page.text[c.start : c.end]]
    return tuple(_with_agreement(found))


def clean(title: str) -> str:
    """A title without the signs and spaces around it."""
    return " ".join(title.split()).strip(" |–-:•\"”“'")


def _top(page: _Page) -> Iterator[Candidate]:
    context = top_context(page.analysis, _TOP_LINES)
    for top in context.lines:
        whole, parts = may_be_title(top.line), may_hold_title(top.line)
        wording = wording_of(top.line.text[:_REACH])
        found = list(_parts(page, top, wording, context)) if parts else []
        if whole:
            found.append(_whole_line(page, top, wording, context))
        for candidate, features in zip(found, said_beside_line([c.features for c in found]), strict=True):
            yield candidate._replace(features={**candidate.features, **features}) if features else candidate


def _parts(page: _Page, top: TopLine, wording: Wording, context: TopContext) -> Iterator[Candidate]:
    line = top.line
    for part in parts_of(wording):
        words = wording_of(line.text[part.start : part.end])
        features = line_features(page.text, top, line.start + part.start, words, context)
        features |= {
            "is_part": 1.0,
            f"part.{part.sort}": 1.0,
            **remainder_features(line.text, part.start, part.end, wording.tells),
        }
        span = line.start + part.start, line.start + part.end
        yield page.candidate(span, "title.part", features, words.words)


def _whole_line(page: _Page, top: TopLine, wording: Wording, context: TopContext) -> Candidate:
    line = top.line
    span = without_section_names(page.text, line.start + length_of_news_word(line.text), line.end)
    features = line_features(page.text, top, line.start, wording, context) | {"is_top": 1.0}
    features |= length_features(page.analysis.document.lines, line.index, page.around.longest)
    senses = wording.words if span == (line.start, line.end) else None
    return page.candidate(span, "title.top", features, senses)


def _labelled(page: _Page) -> Iterator[Candidate]:
    """Names under a label: "Hankkeen nimi: X", "Asia" over the subject of a letter."""
    for label in page.analysis.labelled:
        if label.field != "title" or label.form == "juxtaposed" or label.start >= label.end:
            continue
        line = page.analysis.document.line_at(label.label_start)
        end = _first_line_end(page.text, label)
        if not 2 <= end - label.start <= _LONGEST_LABELLED or line is None or line.kind is LineKind.ROW:
            continue
        plain = page.text[label.label_start : label.label_end].casefold() in plain_labels()
        sort = f"is_labelled.{'plain' if plain else 'full'}.{'headed' if label.form == 'headed' else 'beside'}"
        span = without_section_names(page.text, label.start, end)
        yield page.candidate(span, "title.labelled", {"is_labelled": 1.0, sort: 1.0})


def _first_line_end(text: str, label: Labelled) -> int:
    """Where a labelled title ends: at its line's end, or before another label in capitals of a flattened sheet."""
    line_end = text.find("\n", label.start, label.end)
    end = label.end if line_end < 0 else line_end
    unknown_label = _CAPITAL_LABEL.search(text, label.start, end)
    return unknown_label.start() if unknown_label else end


def _sheets(page: _Page) -> Iterator[Candidate]:
    """Names under the labels of a form whose lines were run together."""
    for sheet in find_sheet_names(page.text):
        if not _LETTER.search(page.text, sheet.start, sheet.end):
            continue
        bare = "sheet.bare" if sheet.is_bare else "sheet.full"
        features = {"is_sheet": 1.0, bare: 1.0, **_place(page, sheet.start)}
        yield page.candidate((sheet.start, sheet.end), "title.sheet", features)


def _named(page: _Page) -> Iterator[Candidate]:
    """Each name that running text gives to its project, where it first stands, with all the ways it is given in."""
    given: dict[str, list[ProjectName]] = defaultdict(list)
    for found in page.analysis.project_names[:_MOST_NAMES]:
        given[found.name.casefold()].append(found)
    most = max(map(len, given.values()), default=0)
    for names in given.values():
        first = names[0]
        if not _LETTER.search(first.name):
            continue
        features = {
            "is_named": 1.0,
            **{f"named.{name.sort}": 1.0 for name in names},
            "named.count": math.log1p(len(names)),
        }
        if len(names) == most:
            features["named.most"] = 1.0
        if len({name.sort for name in names}) > 1:
            features["named.ways"] = 1.0
        yield _of_name(page, first.start, first.end, features)
        behind = _behind_body(page, first)
        if behind is not None:
            yield _of_name(page, behind, first.end, {**features, "named.behind_body": 1.0})


def _behind_body(page: _Page, name: ProjectName) -> int | None:
    """Where a name begins before which the text says whose project it is ("Saaristo-opiston Silta -hanke")."""
    inside = within(page.analysis.organisations, name.start, name.end)
    body = next((mention for mention in inside if mention.start == name.start), None)
    if body is None or not page.text.startswith(" ", body.end) or not page.text[body.end + 1].isupper():
        return None
    return body.end + 1 if body.end + 1 < name.end else None


def _quoted(page: _Page) -> Iterator[Candidate]:
    """Quoted words that begin with a capital letter."""
    for count, match in enumerate(_QUOTED.finditer(page.text)):
        if count >= _MOST_NAMES:
            return
        yield _of_name(page, *match.span("name"), {"is_quoted": 1.0})


def _of_name(page: _Page, start: int, end: int, features: dict[str, float]) -> Candidate:
    name = page.text[start:end]
    features |= {
        "named.text": math.log1p(page.text.count(name)),
        "named.words": math.log1p(name.count(" ")),
        **_place(page, start),
    }
    if name.casefold() in page.analysis.title_hint.casefold():
        features["in_title_element"] = 1.0
    if name[:1].islower():
        features["starts_low"] = 1.0
    return page.candidate((start, end), "title.named", features)


def _place(page: _Page, start: int) -> dict[str, float]:
    return {"named.early": 1.0} if start < len(page.text) / 4 else {}


def _with_agreement(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Candidates with what other rules found in the same words."""
    rules: dict[str, set[str]] = defaultdict(set)
    for candidate in found:
        rules[candidate.words].add(candidate.rule)
    for candidate in found:
        others = rules[candidate.words] - {candidate.rule}
        agreed = {f"also.{rule.removeprefix('title.')}": 1.0 for rule in others}
        yield candidate._replace(features={**candidate.features, **agreed}) if agreed else candidate
