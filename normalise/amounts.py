"""Sums of money with their role: what a call has to give, what a project was granted, costs in all, puts in itself."""

from bisect import bisect_left
from dataclasses import dataclass

from normalise.amount_cues import SumReading, read_sums
from normalise.analysis import Analysis
from normalise.contexts import by_sentence, flowing_sentences
from normalise.cues import lower_case
from normalise.facts import Fact, Findings, Kind, Refusal, Role
from normalise.labels import Labelled
from normalise.money import MoneyMention
from normalise.sentences import Sentence
from normalise.spans import within
from normalise.sums import LABEL_FIELDS, find_sums, label_of

# Confidence by kind of evidence: the share of right sums on annotated pages.
LABELLED = 0.95
CUED = 0.85
CARRIED = 0.65
ASSUMED = 0.5

_REASONS = {
    "earlier": "a sum of another year or round",
    "past": "a sum of another year or round",
    "applied": "a sum applied for",
    "floor": "a least sum",
    "programme": "money of the wider programme",
    "unit": "a unit price",
    "proposed": "a sum only proposed or aimed at",
}
# What a call's page tells in the past tense is another round's; a project's floor is its own share.
_CALL_ONLY = ("past", "floor")
# A label holds for the first sum of its value.
_FIRST_REACH = 14
# Two sums this near each other are one, once exact and once rounded.
_ROUNDING = 0.05
# A sum that begins its sentence is told of by the one before, when that is near.
_LEADS = 4
_ABOVE_REACH = 260
_LONGEST_ROW = 80


@dataclass(frozen=True, slots=True)
class _Sum:
    money: MoneyMention
    role: Role
    score: float
    rule: str
    about: bool


def find_amounts(analysis: Analysis, kind: Kind) -> Findings:
    """The page's sums in euros, each once, with its role; the sums turned down with the reason."""
    sums = find_sums(analysis) if kind != "other" else []
    if not sums:
        return Findings()
    lowered = lower_case(analysis.text)
    labels = [label for label in analysis.labelled if label.field in LABEL_FIELDS or label.field == "funding"]
    found: list[_Sum] = []
    refused: list[Refusal] = []
    sentences = flowing_sentences(analysis)
    for sentence, inside in by_sentence(sentences, sums):
        start = _context_start(sentences, sentence, inside[0])
        for money, reading in zip(inside, read_sums(lowered, start, sentence.end, inside), strict=True):
            if reading.refused and (kind == "call" or reading.refused not in _CALL_ONLY):
                reason = _REASONS[reading.refused]
                refused.append(Refusal("amount", f"{money.eur:.2f}", money.start, money.end, reason))
            else:
                found.append(_judged(kind, money, reading, label_of(labels, money), paid=_is_paid(analysis, money)))
    return Findings(tuple(_fact(analysis, best) for best in _best(found)), tuple(refused))


def _context_start(sentences: tuple[Sentence, ...], sentence: Sentence, first: MoneyMention) -> int:
    """Where reading begins: a sum at its sentence's start is told of by the sentence or heading above."""
    index = bisect_left(sentences, sentence.start, key=lambda s: s.start)
    if first.start - sentence.start > _LEADS or not index:
        return sentence.start
    above = sentences[index - 1]
    return above.start if sentence.end - above.start < _ABOVE_REACH else sentence.start


def _is_paid(analysis: Analysis, money: MoneyMention) -> bool:
    """Whether a row gives a body and its sum: "Svenska kulturfonden 85.000 €"."""
    line = analysis.document.line_at(money.start)
    if line is None or len(line.text) > _LONGEST_ROW or money.end < line.end - _LEADS:
        return False
    return bool(within(analysis.organisations, line.start, money.start))


def _judged(kind: Kind, money: MoneyMention, reading: SumReading, label: Labelled | None, *, paid: bool) -> _Sum:
    told = reading.role
    if label is not None and label.field in LABEL_FIELDS and (money.start - label.start < _FIRST_REACH or not told):
        score, rule, told = LABELLED, "amount.labelled", label.field.removeprefix("amount_")
    elif told:
        score, rule = (CUED if reading.near else CARRIED), "amount.cue"
    elif label is not None:
        score, rule, told = CARRIED, "amount.funding", "grant"
    else:
        score, rule, told = ASSUMED, "amount.assumed", "grant" if paid else ""
    return _Sum(money, role_for(kind, told, reading, ranged=money.low is not None), score, rule, reading.about)


def role_for(kind: Kind, told: str, reading: SumReading, *, ranged: bool) -> Role:
    """The role in the light of the page's kind: a call grants nothing yet, a project's ceiling is its grant."""
    if kind == "call":
        return _call_role(told, reading, ranged=ranged)
    if told in {"max", "grant", "granted", "given"} or (kind == "award" and told in {"sum", ""}):
        return "grant"
    if kind == "award" and told == "available":
        return "available"
    if told in {"available", "sum", "total"}:
        return "other" if reading.each or (reading.part and told == "total") else "total"
    return "own" if told == "own" else "other"


def _call_role(told: str, reading: SumReading, *, ranged: bool) -> Role:
    if told in {"own", "part"}:
        return "own" if told == "own" else "available" if reading.part else "other"
    if told == "max" and not reading.near and not reading.part:
        return "max"
    if told == "max":
        return "available" if reading.part or (reading.whole and not reading.each) else "max"
    if (told in {"available", "given"} and not ranged) or reading.part:
        return "available"
    return "max" if ranged or reading.each else "available"


def _best(found: list[_Sum]) -> list[_Sum]:
    """Each sum once, by its best evidence, labels apart; rounded sums give way to exact ones of the same role."""
    best: dict[float, _Sum] = {}
    twice: list[_Sum] = []
    for candidate in found:
        known = best.get(candidate.money.eur)
        if known is None or candidate.score > known.score:
            best[candidate.money.eur] = candidate
        elif _is_second(candidate, known):
            twice.append(candidate)
    exact: dict[Role, list[float]] = {}
    for known in sorted(best.values(), key=lambda s: s.money.eur):
        if not known.about:
            exact.setdefault(known.role, []).append(known.money.eur)
    kept = [s for s in best.values() if not (s.about and _is_rounded(s.money.eur, exact.get(s.role, [])))]
    return sorted([*kept, *twice[:1]], key=lambda s: s.money.start)


def _is_second(candidate: _Sum, known: _Sum) -> bool:
    """Whether two labels give one sum two roles: a grant that covers all of the costs."""
    return candidate.rule == known.rule == "amount.labelled" and {candidate.role, known.role} == {"total", "grant"}


def _is_rounded(eur: float, exact: list[float]) -> bool:
    """Whether an exact sum (of those given in order) lies so near that this one is its rounded form."""
    nearest = bisect_left(exact, eur * (1 - _ROUNDING))
    return nearest < len(exact) and exact[nearest] <= eur * (1 + _ROUNDING)


def _fact(analysis: Analysis, best: _Sum) -> Fact:
    start, end = best.money.start, best.money.end
    return Fact("amount", best.money.eur, start, end, analysis.text[start:end], best.rule, best.score, role=best.role)
