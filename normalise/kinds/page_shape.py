"""The shape of a page: counts of dates, sums, people and bodies, its title's form, how often labels come again."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from normalise.analysis import Analysis
from normalise.text.phrases import words_of
from normalise.words import vocabulary

# Codes of the EURA register, grant agreements of Horizon Europe, projects of Erasmus+: a list of projects has many.
_CODES = re.compile(r"\b[A-Z]{1,2}\d{4,6}\b|\b10\d{7}\b|\b\d{4}-\d-[A-Z]{2}\d{2}-[A-Z0-9-]{5,30}")
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_QUOTED = re.compile(r"[\"”“»]([^\"”“»\n]{2,90})[\"”“»]")
_SENTENCE_END = re.compile(r"\.\s")
# A longer line is prose (characters): pages of a register have little of it, those that tell a story little else.
_PROSE = 120
# A line of no more characters may be a heading.
_HEADING = 90
# Lines begin alike with a word, of so many letters at least.
_WORD = re.compile(r"\w+")
_SHORTEST_START = 4
# Words of a title are looked for within the words of a text, in compounds too: longer beginnings, so that few fit by
# chance.
_TITLE_WORD = re.compile(r"\w{5,}")
_TITLE_STEM = 7
_TITLE_SIGNS = {
    "title_question": re.compile(r"\?"),
    "title_exclamation": re.compile("!"),
    "title_digit": re.compile(r"\d"),
    "title_year": _YEARS,
    "title_parts": re.compile(r":| [–-] "),
    "title_quote": re.compile('["”“»]'),
}


def shape_features(analysis: Analysis, title: str) -> dict[str, float]:
    """Counts of a page as log(1 + n), by names that begin with "shape."; ``title`` is the page's title line."""
    counted = {name: math.log1p(count) for name, count in _counts(analysis).items() if count}
    features = counted | _prose(analysis) | _repeated_labels(analysis) | _title_form(title) | _told(analysis, title)
    return {f"shape.{name}": value for name, value in features.items()}


def _counts(analysis: Analysis) -> Mapping[str, int]:
    text = analysis.text
    names = Counter(found.name.casefold() for found in analysis.project_names)
    periods = {text[mention.start : mention.end] for mention in analysis.dates if mention.last}
    return {
        "dates": len(analysis.dates),
        "periods": len(periods),
        "sums": len(analysis.money),
        "people": len({(person.given, person.family) for person in analysis.persons}),
        "bodies": len({_span(analysis, mention.start, mention.end) for mention in analysis.organisations}),
        "emails": len(analysis.emails),
        "phones": len(analysis.phones),
        "names": len(names),
        "name_used": max(names.values(), default=0),
        "years": len(set(_YEARS.findall(text))),
        "codes": len(set(_CODES.findall(text))),
        "quoted": len(set(_QUOTED.findall(text))),
        "questions": text.count("?"),
        "exclamations": text.count("!"),
        **_words(analysis),
        **_bodies(analysis),
        **_lines(analysis),
    }


def _bodies(analysis: Analysis) -> dict[str, int]:
    """How often bodies of each type of the register are named, and bodies that it does not know."""
    types = Counter([mention.entry.type if mention.entry else "unknown" for mention in analysis.organisations])
    return {f"bodies.{name}": count for name, count in types.items()}


def _lines(analysis: Analysis) -> dict[str, int]:
    """What makes a page a list: lines that hold periods or sums, short lines over prose, lines that begin alike."""
    lines = analysis.document.lines
    lengths = [len(line.text) for line in lines]
    first_words = Counter([word[0].casefold() for line in lines if (word := _WORD.search(line.text))])
    return {
        "period_lines": _line_count(analysis, [mention.start for mention in analysis.dates if mention.last]),
        "sum_lines": _line_count(analysis, [mention.start for mention in analysis.money]),
        "sections": sum(a <= _HEADING and b > _PROSE for a, b in pairwise(lengths)),
        "same_start": max([n for word, n in first_words.items() if len(word) >= _SHORTEST_START], default=0),
        "spellings": len({analysis.text[found.start : found.end] for found in analysis.project_names}),
    }


def _line_count(analysis: Analysis, starts: Iterable[int]) -> int:
    return len({line.index for line in map(analysis.document.line_at, starts) if line})


def _span(analysis: Analysis, start: int, end: int) -> str:
    return analysis.text[start:end].casefold()


def _words(analysis: Analysis) -> dict[str, int]:
    """How often a page says "project", "projects", "I", "we" and "you"."""
    counts = Counter([word.folded for word in analysis.words])
    return {name: sum([counts[word] for word in words]) for name, words in vocabulary("kinds")["persons"].items()}


def _prose(analysis: Analysis) -> dict[str, float]:
    """How long the text and its sentences are (words, as log(1 + n)), and what share of its characters is prose."""
    words, text = len(analysis.words), analysis.text
    if not words:
        return {}
    sentences = len(_SENTENCE_END.findall(text)) or 1
    prose = sum(len(line.text) for line in analysis.document.lines if len(line.text) > _PROSE)
    return {"words": math.log1p(words), "sentence": math.log1p(words / sentences), "prose": prose / len(text)}


def _repeated_labels(analysis: Analysis) -> dict[str, float]:
    """How often a label comes again: one project has one period, a list of projects has many."""
    counts = Counter(label.field for label in analysis.labelled if label.end > label.start)
    known = vocabulary("kinds")["repeated_labels"]
    return {f"repeated.{field}": math.log(counts[field]) for field in known if counts[field] > 1}


def _title_form(title: str) -> dict[str, float]:
    """The length of a title line (characters and words, as log(1 + n)) and the signs that it has."""
    if not title:
        return {}
    signs = {name: 1.0 for name, sign in _TITLE_SIGNS.items() if sign.search(title)}
    return {"title_length": math.log1p(len(title)), "title_words": math.log1p(len(words_of(title))), **signs}


def _told(analysis: Analysis, title: str) -> dict[str, float]:
    """Whether the text goes on to speak of what its title names."""
    folded = title.casefold()
    stems = [word[:_TITLE_STEM] for word in _TITLE_WORD.findall(folded)]
    if not stems:
        return {}
    counts = [analysis.lowered.count(stem) for stem in stems]
    return {"title_told": math.log1p(max(counts)), "title_words_told": sum(n > 1 for n in counts) / len(counts)}
