"""What is known of a sum where it stands: what its sentence tells, and how it stands among the sums of the page."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from normalise.amounts.money import MoneyMention
from normalise.amounts.pages import SumsOfPage, share_of
from normalise.amounts.readings import SumReading, read_sums
from normalise.amounts.sums import find_sums
from normalise.analysis import Analysis
from normalise.text.contexts import by_sentence, flowing_sentences
from normalise.text.sentences import Sentence

Features = dict[str, float]

# A sum that begins its sentence is told of by the one before, when that is near.
_LEADS = 4
_ABOVE_REACH = 260
_MANY = 4
# Sums this near each other (characters) are told of together.
_NEIGHBOUR_REACH = 160


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
    page = SumsOfPage(analysis, sums)
    sentences = flowing_sentences(analysis)
    found: list[Sum] = []
    for sentence, inside in by_sentence(sentences, sums):
        start = _context_start(sentences, sentence, inside[0])
        for money, reading in zip(inside, read_sums(page.lowered, start, sentence.end, inside), strict=True):
            left = max(start, found[-1].money.end if found else 0)
            features = dict(_told(reading, money)) | dict(page.features(money, reading, left))
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
    told_beside = (name for name in ("whole", "each", "about", "part") if getattr(reading, name))
    for name in (*told_beside, *reading.signs):
        yield name, 1.0
    for name in reading.signs:
        yield f"{told}.{name}", 1.0
    if reading.bounded:
        yield f"bounded.{reading.bounded}", 1.0
    if reading.refused:
        yield f"against.{reading.refused}", 1.0
        yield f"against.{reading.refused}.{reading.role or 'nothing'}", 1.0
    if money.low is not None:
        yield "range", 1.0
    if not money.currency:
        yield "no_currency", 1.0


def _after(before: Sum, money: MoneyMention) -> Iterator[tuple[str, float]]:
    """What the sum right before this one is to it."""
    if money.start - before.money.end < _NEIGHBOUR_REACH:
        yield f"after.{share_of(money.eur / max(before.money.eur, 1.0))}", 1.0
