"""What is known of a sum where it stands: the words around it, its label, its row, and the other sums of the page."""

import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from normalise.amount_cues import SumReading, read_sums
from normalise.analysis import Analysis
from normalise.contexts import by_sentence, flowing_sentences
from normalise.document import LineKind
from normalise.labels import Labelled
from normalise.money import MoneyMention
from normalise.sentences import Sentence
from normalise.spans import within
from normalise.sums import LABEL_FIELDS, find_sums, label_of

Features = dict[str, float]

# Words are told apart, and their inflection is not, by about this many letters.
STEM = 6
# The words that speak of a sum stand this near it (characters), and are so many at most.
_STEMS_BEFORE, _STEMS_BEHIND = (70, 6), (50, 4)
_STEM_VALUE = 0.7
_WORD = re.compile(r"[^\W\d_]{2,}")
# A label holds for the first sum of its value.
_FIRST_REACH = 14
# A sum that begins its sentence is told of by the one before, when that is near.
_LEADS = 4
_ABOVE_REACH = 260
_LONGEST_ROW, _SHORT_LINE = 80, 60
_MANY = 4
# Sums are of the order of a hundred thousand euros.
_USUAL = 5
# Sums this near each other (characters) are told of together.
_NEIGHBOUR_REACH = 160
# Of a page's sums, so many are compared with one another.
_COMPARED = 40
_PERCENT = re.compile(r"(\d{1,2}(?:[.,]\d)?)\s?(?:%|pros)")
_PERCENT_REACH = 40


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of the page with its features by name and the reading of its sentence."""

    money: MoneyMention
    features: Features
    reading: SumReading


def read_page(analysis: Analysis) -> tuple[Sum, ...]:
    """All sums of a page in reading order, each with its features."""
    sums = find_sums(analysis)
    if not sums:
        return ()
    page = _Page(analysis, sums)
    sentences = flowing_sentences(analysis)
    found: list[Sum] = []
    for sentence, inside in by_sentence(sentences, sums):
        start = _context_start(sentences, sentence, inside[0])
        for money, reading in zip(inside, read_sums(page.lowered, start, sentence.end, inside), strict=True):
            features = dict(_told(reading, money)) | dict(page.features(money, start, sentence.end))
            features |= {"many": 1.0} if len(inside) >= _MANY else {}
            features |= dict(_after(found[-1], money)) if found else {}
            found.append(Sum(money, features, reading))
    return tuple(found)


def _context_start(sentences: tuple[Sentence, ...], sentence: Sentence, first: MoneyMention) -> int:
    """Where reading begins: a sum at its sentence's start is told of by the sentence or heading above."""
    index = bisect_left(sentences, sentence.start, key=lambda s: s.start)
    if first.start - sentence.start > _LEADS or not index:
        return sentence.start
    above = sentences[index - 1]
    return above.start if sentence.end - above.start < _ABOVE_REACH else sentence.start


def _told(reading: SumReading, money: MoneyMention) -> Iterator[tuple[str, float]]:
    """What the words of the sentence tell, by the vocabulary of sums."""
    told = f"told.{reading.role or 'nothing'}{'' if reading.near else '.far'}"
    yield told, 1.0
    if reading.part:
        yield f"{told}.part", 1.0
    for name in ("whole", "each", "about", "part"):
        if getattr(reading, name):
            yield name, 1.0
    if reading.refused:
        yield f"against.{reading.refused}", 1.0
    if money.low is not None:
        yield "range", 1.0
    if not money.currency:
        yield "no_currency", 1.0


def _after(before: Sum, money: MoneyMention) -> Iterator[tuple[str, float]]:
    """What the sum right before this one is to it."""
    if money.start - before.money.end < _NEIGHBOUR_REACH:
        yield f"after.{_share(money.eur / max(before.money.eur, 1.0))}", 1.0


def _share(ratio: float) -> str:
    bounds = (("small", 0.05), ("minor", 0.45), ("major", 0.97), ("same", 1.03))
    return next((name for name, bound in bounds if ratio < bound), "larger")


class _Page:
    """A page's sums together: which is the largest, which are parts of which, what labels and rows hold them."""

    def __init__(self, analysis: Analysis, sums: list[MoneyMention]) -> None:
        self.analysis = analysis
        self.lowered = analysis.lowered
        self._labels = [x for x in analysis.labelled if x.field in LABEL_FIELDS or x.field == "funding"]
        self._values = sorted({money.eur for money in sums})[-_COMPARED:]
        self._first, self._only = sums[0], len(self._values) == 1

    def features(self, money: MoneyMention, start: int, end: int) -> Iterator[tuple[str, float]]:
        """The features of a sum in its sentence ``start``..``end`` beside what that sentence's cues tell."""
        yield from self._standing(money)
        yield from self._size(money)
        yield from self._stems(money, start, end)
        label = label_of(self._labels, money)
        if label is not None:
            yield _label_name(label, money), 1.0

    def _standing(self, money: MoneyMention) -> Iterator[tuple[str, float]]:
        if money is self._first:
            yield "first", 1.0
        line = self.analysis.document.line_at(money.start)
        if line is None:
            return
        if line.kind is not LineKind.TEXT:
            yield f"line.{line.kind.value}", 1.0
        if len(line.text) < _SHORT_LINE:
            yield "line.short", 1.0
        ends = len(line.text) <= _LONGEST_ROW and money.end >= line.end - _LEADS
        # A row that gives a body and its sum: "Svenska kulturfonden 85.000 €".
        if ends and within(self.analysis.organisations, line.start, money.start):
            yield "paid", 1.0

    def _size(self, money: MoneyMention) -> Iterator[tuple[str, float]]:
        yield "size", math.log10(max(money.eur, 1.0)) - _USUAL
        largest = self._values[-1]
        if self._only:
            yield "only", 1.0
        elif money.eur == largest:
            yield "largest", 1.0
        else:
            yield f"share.{_share(money.eur / largest)}", 1.0
        yield from self._arithmetic(money)

    def _arithmetic(self, money: MoneyMention) -> Iterator[tuple[str, float]]:
        """Whether other sums of the page add up to this one, or this one and another to a third."""
        known = set(self._values)
        smaller = [value for value in self._values if value < money.eur]
        pair = any(money.eur - value in known and money.eur - value != value for value in smaller)
        if pair or (len(smaller) > 1 and abs(sum(smaller) - money.eur) < 1):
            yield "adds_up", 1.0
        if any(value - money.eur in known for value in self._values if value > money.eur):
            yield "is_part", 1.0
        near = self.lowered[max(0, money.start - _PERCENT_REACH) : money.end + _PERCENT_REACH]
        for percent in (float(match[1].replace(",", ".")) / 100 for match in _PERCENT.finditer(near)):
            if any(abs(value * percent - money.eur) < value * 0.006 for value in self._values if value > money.eur):
                yield "is_percent", 1.0

    def _stems(self, money: MoneyMention, start: int, end: int) -> Iterator[tuple[str, float]]:
        (far_before, most_before), (far_behind, most_behind) = _STEMS_BEFORE, _STEMS_BEHIND
        before = _WORD.findall(self.lowered, max(start, money.start - far_before), money.start)[-most_before:]
        behind = _WORD.findall(self.lowered, money.end, min(end, money.end + far_behind))[:most_behind]
        for word in before:
            yield f"stem.before.{word[:STEM]}", _STEM_VALUE
        for word in behind:
            yield f"stem.behind.{word[:STEM]}", _STEM_VALUE


def _label_name(label: Labelled, money: MoneyMention) -> str:
    return f"label.{label.field}{'.first' if money.start - label.start < _FIRST_REACH else ''}"
