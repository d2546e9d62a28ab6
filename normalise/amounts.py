"""Sums of money with their role: what a call has to give, what a project was granted, costs in all, puts in itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from normalise.amount_cues import SumReading, read_sums
from normalise.analysis import Analysis
from normalise.cues import lower_case
from normalise.facts import Fact, Findings, Kind, Refusal, Role
from normalise.labels import Labelled
from normalise.money import MoneyMention, plain_number
from normalise.sentences import Sentence

LABELLED = 0.95
CUED = 0.85
CARRIED = 0.65
ASSUMED = 0.6

_LABEL_ROLES: dict[str, Role] = {
    "amount_total": "total", "amount_grant": "grant", "amount_own": "own", "amount_available": "available",
    "amount_max": "max",
}
_REASONS = {
    "earlier": "a sum of another year or round", "past": "a sum of another year or round", "applied": "a sum applied for", "floor": "a least sum",
    "unit": "a unit price", "proposed": "a sum only proposed or aimed at",
}
# Below a label, its sum stands within the first words.
_VALUE_REACH = 60
# Two sums this near each other are one, once exact and once rounded.
_ROUNDING = 0.05
_BARE = re.compile(r"(?<![\w.,/-])(?:\d{1,3}(?:[ \u00a0.]\d{3})+|\d{4,9})(?:,\d{2})?(?![\w%/]|[.,-]\d|\s?(?:kpl|henk|%|h\b|\w*aa?\b))")
_YEAR = re.compile(r"(?:19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class _Sum:
    money: MoneyMention
    role: Role
    score: float
    rule: str
    about: bool


def find_amounts(analysis: Analysis, kind: Kind) -> Findings:
    """The page's sums in euros, each once, with its role; the sums turned down with the reason."""
    if kind == "other":
        return Findings()
    lowered = lower_case(analysis.text)
    labels = [label for label in analysis.labelled if label.field in _LABEL_ROLES or label.field == "funding"]
    found: list[_Sum] = []
    refused: list[Refusal] = []
    for sentence, sums in _sums_by_sentence(analysis, lowered, labels):
        for money, reading in zip(sums, read_sums(lowered, sentence.start, sentence.end, sums), strict=True):
            reason = _reason(reading, kind)
            label = _label_of(labels, money)
            if reason and not (label and not reading.refused):
                refused.append(Refusal("amount", f"{money.eur:g}", money.start, money.end, reason))
            elif judged := _judged(analysis, kind, money, reading, label):
                found.append(judged)
    facts = [_fact(analysis, best) for best in _best(found)]
    return Findings(tuple(facts), tuple(refused))


def _reason(reading: SumReading, kind: Kind) -> str:
    """Why a sum is turned down; what a call's page tells in the past tense is an earlier round's."""
    if not reading.refused or kind != "call" and reading.refused in {"past", "floor"}:
        return ""
    return _REASONS[reading.refused]


def _sums_by_sentence(
    analysis: Analysis, lowered: str, labels: list[Labelled]
) -> Iterator[tuple[Sentence, list[MoneyMention]]]:
    sums = sorted([*analysis.money, *_bare_sums(analysis, labels)], key=lambda m: m.start)
    position = 0
    for sentence in analysis.sentences:
        inside = []
        while position < len(sums) and sums[position].start < sentence.end:
            if sums[position].start >= sentence.start:
                inside.append(sums[position])
            position += 1
        if inside:
            yield sentence, inside


def _bare_sums(analysis: Analysis, labels: list[Labelled]) -> list[MoneyMention]:
    """Numbers without a currency right after a money label: "Myönnetty rahoitus: 612 400"."""
    found: list[MoneyMention] = []
    for label in labels:
        if label.field == "funding" or label.form == "headed":
            continue
        match = _BARE.match(analysis.text, label.start, min(label.end, label.start + _VALUE_REACH))
        if match and not _YEAR.match(match[0]) and not any(m.start <= match.start() < m.end for m in analysis.money):
            if all(match.start() != known.start for known in found):
                found.append(MoneyMention(match.start(), match.end(), plain_number(match[0].replace("\u00a0", " ")), currency=False))
    return found


def _label_of(labels: list[Labelled], money: MoneyMention) -> Labelled | None:
    over = [label for label in labels if label.start <= money.start < min(label.end, label.start + _VALUE_REACH)]
    return max(over, key=lambda label: label.start, default=None)


def _judged(
    analysis: Analysis, kind: Kind, money: MoneyMention, reading: SumReading, label: Labelled | None
) -> _Sum | None:
    if label is not None and label.field in _LABEL_ROLES and (money.start - label.start < 12 or not reading.role):
        role = _LABEL_ROLES[label.field]
        return _Sum(money, _for_kind(role, kind, money, reading), LABELLED, "amount.labelled", reading.about)
    if reading.role:
        role = _for_kind(reading.role, kind, money, reading)  # type: ignore[arg-type]
        return _Sum(money, role, CUED if reading.near else CARRIED, "amount.cue", reading.about)
    if label is not None:
        return _Sum(money, _for_kind("grant", kind, money, reading), CARRIED, "amount.funding", reading.about)
    return _Sum(money, "available" if kind == "call" else "grant" if kind == "award" else "other", ASSUMED, "amount.assumed", reading.about)


def _for_kind(role: Role, kind: Kind, money: MoneyMention, reading: SumReading) -> Role:
    """The role in the light of the page's kind: a call grants nothing yet, a project's ceiling is its grant."""
    if kind == "call":
        if role == "max":
            return "available" if not reading.near or reading.whole and not reading.each else "max"
        if role in {"grant", "total"}:
            return "max" if money.low is not None or reading.each else "available"
        return role
    if role == "max":
        return "grant"
    if role == "available":
        return "total" if kind == "project" else "available"
    return role


def _best(found: list[_Sum]) -> list[_Sum]:
    """Each sum once, by its best evidence; rounded sums give way to exact ones of the same role."""
    best: dict[float, _Sum] = {}
    for candidate in found:
        known = best.get(candidate.money.eur)
        if known is None or candidate.score > known.score:
            best[candidate.money.eur] = candidate
    kept = [s for s in best.values() if not (s.about and any(_is_exact_of(other, s) for other in best.values()))]
    return sorted(kept, key=lambda s: s.money.start)


def _is_exact_of(other: _Sum, rounded: _Sum) -> bool:
    if other is rounded or other.about or other.role != rounded.role:
        return False
    return abs(other.money.eur - rounded.money.eur) <= _ROUNDING * rounded.money.eur


def _fact(analysis: Analysis, best: _Sum) -> Fact:
    start, end = best.money.start, best.money.end
    return Fact("amount", best.money.eur, start, end, analysis.text[start:end], best.rule, best.score, role=best.role)
