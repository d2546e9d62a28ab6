"""The sums of a page: those with a currency, and bare numbers where a money label stands right before them."""

import re
from bisect import bisect_left

from normalise.amounts.cues import last_role_word, speaks_of_money
from normalise.amounts.money import MoneyMention, is_other_count, plain_number
from normalise.analysis import Analysis
from normalise.text.cues import lower_case
from normalise.text.labels import Labelled
from normalise.text.spans import holding, overlaps
from normalise.words import any_of, vocabulary

LABEL_FIELDS = ("amount_total", "amount_grant", "amount_own", "amount_available", "amount_max")
# Under a label, a bare sum is the first thing of its value.
_VALUE_REACH = 60
_NOT_COUNTED = rf"(?![\w%/]|[.,:-]\d|\s?(?:{'|'.join(vocabulary('amounts')['counted'])}))"
_GROUPED = r"(?:\d{1,3}(?:[ \u00a0.]\d{3}){1,4}|\d{5,9})(?:,\d{2})?" + _NOT_COUNTED
_BARE = re.compile(r"(?:\d{1,3}(?:[ \u00a0.]\d{3}){1,4}|\d{4,9})(?:,\d{2})?" + _NOT_COUNTED)
# A row's label, then one column of numbers or two (what was planned, what it came to).
_ROW = re.compile(
    rf"^(?P<label>[^\d\n]{{4,70}}?)[\t |:]{{1,40}}(?P<sum>{_GROUPED})"
    rf"(?:(?:\s{{2,40}}|\t|\s?\|\s?)(?P<second>{_GROUPED}))?$"
)
# A head without digits whose last column is the currency's: "Budget (euro)", "Saaja | Hanke | Euroa".
_PRICED_HEAD = re.compile(
    rf"^[^\d\n]{{3,80}}(?:\(|[\t|]\s?(?:\w+\s)?)(?:{any_of(vocabulary('amounts')['priced_in'])})\)?$", re.IGNORECASE
)
_WITH_CENTS = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0.]\d{3}){0,4},\d{2}(?![\d%]|\s?%)")
_NUMBERING = re.compile(rf"(?<!\w)(?:{'|'.join(vocabulary('amounts')['numbering'])})(?!\w)")
# Digits in groups of three with nothing counted, and what ends them: a mark, a capital, a digit, a word that goes on.
_ALONE = re.compile(
    rf"(?<![\w.,:/+-])(?<!\d )(?:\d{{1,3}}(?:[ \u00a0]\d{{3}}){{1,3}}|\d{{5,7}})(?:,\d{{2}})?{_NOT_COUNTED}"
)
_ENDED = re.compile(rf"\s*(?:\Z|\n|[.,;)(A-ZÅÄÖ\d]|(?:{'|'.join(vocabulary('amounts')['goes_on'])})\b)")
_BETWEEN = re.compile(rf"\s*(?:\(?[\d,.]{{1,5}}\s?%\)?|\)|:|\||\s|{'|'.join(vocabulary('amounts')['leads_on'])})*\s*")
_WORD_REACH = 60
# "Loput 30 000 kerätään talkoilla": what is left of a sum is one.
_REST = re.compile(rf"(?<!\w)(?:{'|'.join(vocabulary('amounts')['rest'])})\s\Z")
# A sum's currency may be left out where one stands just before it ("a school 15 000 euros, a network 50 000").
_ELLIPSIS_REACH = 90
_NEW_SENTENCE = re.compile(r"[.!?:]\s+\W?[A-ZÅÄÖ]|\n")
_SHARED = re.compile(rf"\s(?:{'|'.join(vocabulary('amounts')['shares_currency'])})\s\Z")
_STOPPED = re.compile(rf"\s?(?:\Z|\n|[.,;)]|(?:{'|'.join(vocabulary('amounts')['goes_on'])})\b)")
# More groups of digits than those of a sum of three: billions stand on no project's page, two columns do.
_GROUP = re.compile(r"\d+(?:,\d{2})?")
_TWO_COLUMNS = (4, 6)
_YEAR = re.compile(r"(?:19|20)\d\d$")


def find_sums(analysis: Analysis) -> list[MoneyMention]:
    """All sums of the page in reading order, never overlapping."""
    bare: list[MoneyMention] = []
    for start, whole in sorted({*_labelled(analysis), *_rows(analysis), *_flat(analysis)}):
        end = _first_column(analysis.text, start, whole)
        written = analysis.text[start:end]
        taken = overlaps(analysis.money, start, end) or overlaps(bare, start, end)
        if not taken and not _YEAR.match(written) and not is_other_count(analysis.text, start, end):
            bare.append(MoneyMention(start, end, plain_number(written), currency=False))
    return sorted([*analysis.money, *bare], key=lambda money: money.start)


def _first_column(text: str, start: int, end: int) -> int:
    """Where the first of two sums ends that stand side by side in a table's row: "245 000 241 726,49"."""
    groups = list(_GROUP.finditer(text, start, end))
    return groups[len(groups) // 2 - 1].end() if len(groups) in _TWO_COLUMNS else end


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
    """Rows of a table: a short label that speaks of money, then a number: "Kaupungin osuus | 37 500".

    Under a head that names the currency ("Budget (euro)") any label will do, to the end of the block.
    """
    spans, priced = [], -1
    for line in analysis.document.lines:
        if not line.text[-1].isdigit():
            priced = line.block if _PRICED_HEAD.match(line.text) else priced
            continue
        match = _ROW.match(line.text)
        label = lower_case(match["label"]) if match else ""
        told = line.block == priced or speaks_of_money(label)
        if match and told and not _NUMBERING.search(label):
            columns = ("sum", "second") if match["second"] else ("sum",)
            spans += [(line.start + match.start(column), line.start + match.end(column)) for column in columns]
    return spans


def _flat(analysis: Analysis) -> list[tuple[int, int]]:
    """The same in a text that lost its line breaks or currency: "Kustannukset yhteensä 306 000 Rahoitussuunnitelma"."""
    return [
        match.span()
        for match in _ALONE.finditer(analysis.text)
        if (_ENDED.match(analysis.text, match.end()) and _is_told(analysis.lowered, match.start()))
        or _REST.search(analysis.lowered, max(0, match.start() - _WORD_REACH), match.start())
        or (match[0].endswith("00") and _shares_currency(analysis, *match.span()))
    ]


def _shares_currency(analysis: Analysis, start: int, end: int) -> bool:
    """Whether a round number has the currency of the sum before it in its sentence, or of one joined to it by "and"."""
    index = bisect_left(analysis.money, end, key=lambda money: money.start)
    if index < len(analysis.money) and _SHARED.fullmatch(analysis.lowered, end, analysis.money[index].start):
        return True
    if not index or not _STOPPED.match(analysis.lowered, end):
        return False
    between = analysis.money[index - 1].end
    return 0 < start - between < _ELLIPSIS_REACH and not _NEW_SENTENCE.search(analysis.text, between, start)


def _is_told(lowered: str, start: int) -> bool:
    """Whether a word of money stands right before a number; shares in per cent and brackets may stand between."""
    told = last_role_word(lowered, max(0, start - _WORD_REACH), start)
    return told is not None and bool(_BETWEEN.fullmatch(lowered, told.end, start))


def label_of_sum(labels: list[Labelled], money: MoneyMention) -> Labelled | None:
    """The nearest label whose value holds the sum: near its start, but anywhere under "Rahoitus"."""
    over = [
        label
        for label in holding(labels, money.start)
        if label.field == "funding" or money.start < label.start + _VALUE_REACH
    ]
    return over[-1] if over else None
