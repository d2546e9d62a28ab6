"""The sums of a page: those with a currency, and bare numbers where a money label stands right before them."""

import re
from functools import cache

from normalise.amount_cues import role_words
from normalise.analysis import Analysis
from normalise.cues import lower_case, word_starts
from normalise.labels import Labelled
from normalise.money import MoneyMention, plain_number
from normalise.spans import holding, overlaps
from normalise.words import vocabulary

LABEL_FIELDS = ("amount_total", "amount_grant", "amount_own", "amount_available", "amount_max")
# Under a label, a bare sum is the first thing of its value.
_VALUE_REACH = 60
# Shorter labels ("tuki", "bidrag") also stand before numbers that count other things.
_SHORTEST_FLAT_LABEL = 9
_NOT_COUNTED = rf"(?![\w%/]|[.,:-]\d|\s?(?:{'|'.join(vocabulary('amounts')['counted'])}))"
_GROUPED = r"(?:\d{1,3}(?:[ \u00a0.]\d{3}){1,4}|\d{5,9})(?:,\d{2})?" + _NOT_COUNTED
_BARE = re.compile(r"(?:\d{1,3}(?:[ \u00a0.]\d{3}){1,4}|\d{4,9})(?:,\d{2})?" + _NOT_COUNTED)
_ROW = re.compile(rf"^(?P<label>[^\d\n]{{4,70}}?)[\t |:]{{1,4}}(?P<sum>{_GROUPED})$")
_WITH_CENTS = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0.]\d{3}){0,4},\d{2}(?![\d%]|\s?%)")
_NUMBERING = re.compile(rf"(?<!\w)(?:{'|'.join(vocabulary('amounts')['numbering'])})(?!\w)")
_YEAR = re.compile(r"(?:19|20)\d\d$")


def find_sums(analysis: Analysis) -> list[MoneyMention]:
    """All sums of the page in reading order, never overlapping."""
    bare: list[MoneyMention] = []
    for start, end in sorted({*_labelled(analysis), *_rows(analysis), *_flat(analysis)}):
        written = analysis.text[start:end]
        taken = overlaps(analysis.money, start, end) or overlaps(bare, start, end)
        if not taken and not _YEAR.match(written):
            bare.append(MoneyMention(start, end, plain_number(written), currency=False))
    return sorted([*analysis.money, *bare], key=lambda money: money.start)


def _labelled(analysis: Analysis) -> list[tuple[int, int]]:
    """Bare numbers right after a money label: "Myönnetty rahoitus: 612 400"; under "Rahoitus" those with cents."""
    spans = []
    for label in analysis.labelled:
        reach = min(label.end, label.start + _VALUE_REACH)
        match = _BARE.match(analysis.text, label.start, reach)
        if match and label.field in LABEL_FIELDS and label.form != "headed":
            spans.append(match.span())
        if label.field == "funding":
            spans += [match.span() for match in _WITH_CENTS.finditer(analysis.text, label.start, reach)]
    return spans


def _rows(analysis: Analysis) -> list[tuple[int, int]]:
    """Rows of a table: a short label that speaks of money, then a number: "Kaupungin osuus | 37 500"."""
    spans = []
    for line in analysis.document.lines:
        if not line.text[-1].isdigit():
            continue
        match = _ROW.match(line.text)
        label = lower_case(match["label"]) if match else ""
        if match and role_words(label) and not _NUMBERING.search(label):
            spans.append((line.start + match.start("sum"), line.start + match.end("sum")))
    return spans


@cache
def _flat_labels() -> re.Pattern[str]:
    fields = vocabulary("labels")["fields"]
    labels = [label for field in LABEL_FIELDS for label in fields[field]["labels"]]
    longest_first = sorted((re.escape(x) for x in labels if len(x) >= _SHORTEST_FLAT_LABEL), key=len, reverse=True)
    return re.compile(rf"(?:{word_starts(longest_first)})\s{{1,4}}(?P<sum>{_GROUPED})")


def _flat(analysis: Analysis) -> list[tuple[int, int]]:
    """The same in a text that lost its line breaks: "Kustannukset yhteensä 306 000 Rahoitussuunnitelma"."""
    return [match.span("sum") for match in _flat_labels().finditer(analysis.lowered)]


def label_of(labels: list[Labelled], money: MoneyMention) -> Labelled | None:
    """The nearest label whose value holds the sum: near its start, but anywhere under "Rahoitus"."""
    over = [
        label
        for label in holding(labels, money.start)
        if label.field == "funding" or money.start < label.start + _VALUE_REACH
    ]
    return over[-1] if over else None
