"""Parts of a line that may be the title: what stands before a dash, after "Slutrapport", before a date or a verb."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from normalise.titles.sieve import may_be_part
from normalise.titles.signs import WIDE_SPACES
from normalise.titles.vocabulary import DIGIT, NEWSY, OTHER_VERB, REPORT, REPORT_START, VERB, alternatives, other_verbs
from normalise.titles.wordings import Wording
from normalise.words import any_of, joining, vocabulary

# Each separator with the characters of which a line has to hold one (`title_signs.characters_of`).
_SEPARATORS = {
    "crumb": (frozenset("›»>→/\\"), re.compile(r"\s*[›»>→]\s*|\s/\s|\s\\\s")),
    "bar": (frozenset("|•·∙") | WIDE_SPACES, re.compile(r"\s[|•·∙]\s|\s{2,}|\t")),
    "dash": (frozenset("–—-"), re.compile(r"\s[–—-]\s")),
    "colon": (frozenset(":"), re.compile(r"(?<=[^\W\d_]):\s")),
}
_DATED = re.compile(r"[\s(,]+(?:\d{1,2}\.\d{1,2}\.(?:\d{4})?|(?:19|20)\d\d\s?[–-]\s?(?:19|20)?\d\d\b|(?:19|20)\d\d\b)")
_BRACKETS_LAST = re.compile(r"\s\([^()]{2,80}\)$")
_NUMBER_FIRST = re.compile(r"\d{1,2}(?:\.\d)?\.?\s(?=[\"”A-ZÅÄÖ])")
_DATE_FIRST = re.compile(
    rf"(?:(?:{any_of(vocabulary('titles')['before_dates'])}) )?"
    r"\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?\s[\s|–:-]*(?=[\"”A-ZÅÄÖ])"
)
_CAPITALS = re.compile(
    r"[A-ZÅÄÖ][A-ZÅÄÖ-]{2,30}(?:[ ,]{1,2}(?:[A-ZÅÄÖ][A-ZÅÄÖ0-9-]{0,30}|20\d\d(?!/))){1,14}(?![a-zåäö])"
)


class Part(NamedTuple):
    """A part of a line at ``start``..``end`` (characters of the line), and the sort of cut that made it."""

    start: int
    end: int
    sort: str


def parts_of(wording: Wording) -> Iterator[Part]:
    """The parts of one line, short ones and the whole left out; each span once, by its first sort."""
    line = wording.text
    seen = {(0, len(line))}
    for part in _all_parts(line, wording):
        start, end = _trimmed(line, part.start, part.end)
        if (start, end) not in seen and may_be_part(line[start:end]):
            seen.add((start, end))
            yield Part(start, end, part.sort)


def _all_parts(line: str, wording: Wording) -> Iterator[Part]:
    for sort, (needs, separator) in _SEPARATORS.items():
        if not wording.characters.isdisjoint(needs):
            yield from _cut(line, sort, separator)
    if wording.tells & REPORT_START:
        yield from _without_report(line, wording.tells)
    if line.endswith(")") and (brackets := _BRACKETS_LAST.search(line)):
        yield Part(0, brackets.start(), "before_brackets")
    if line.endswith("?") and (asked := _question().match(line)):
        yield Part(asked.end(), len(line) - 1, "asked")
    if wording.tells & DIGIT:
        yield from _beside_number(line)
    if not line.isupper():
        yield from (Part(*match.span(), "capitals") for match in _CAPITALS.finditer(line))
    verb = _verb().search(line) if wording.tells & (NEWSY | OTHER_VERB | VERB) else None
    if verb:
        yield Part(0, verb.start(), "before_verb")


def _beside_number(line: str) -> Iterator[Part]:
    """What follows a number or a date that the line begins with; what stands before the first date."""
    for sort, first in (("after_number", _NUMBER_FIRST), ("after_date", _DATE_FIRST)):
        if number := first.match(line):
            yield Part(number.end(), len(line), sort)
    dated = _DATED.search(line)
    if dated and dated.start():
        yield Part(0, dated.start(), "before_date")


def _cut(line: str, sort: str, separator: re.Pattern[str]) -> Iterator[Part]:
    """The first part, the last and those between."""
    cuts = [cut for match in separator.finditer(line) for cut in match.span()]
    if not cuts:
        return
    spans = list(zip([0, *cuts[1::2]], [*cuts[::2], len(line)], strict=True))
    yield Part(*spans[0], f"{sort}.head")
    yield Part(*spans[-1], f"{sort}.tail")
    if len(spans) > 2:
        yield from (Part(*span, f"{sort}.middle") for span in spans[1:-1][:3])


def _without_report(line: str, tells: int) -> Iterator[Part]:
    """ "SLUTRAPPORT Name", "Name -hankkeen loppuraportti": the name alone, to a date where one follows."""
    before = _report_first().match(line)
    after = _report_last().search(line) if tells & REPORT else None
    if before:
        dated = _DATED.search(line, before.end())
        yield Part(before.end(), dated.start() if dated else len(line), "after_report")
    if after and after.start():
        yield Part(before.end() if before else 0, after.start(), "before_report")


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    words = line[start:end]
    start += len(words) - len(words.lstrip(" |–—-:,•·›»>/\t"))
    return start, max(start, start + len(line[start:end].rstrip(" |–—-:,•·›»>/\t(")))


@cache
def _report_first() -> re.Pattern[str]:
    of, words = alternatives("report_of"), alternatives("report_words", "image_words")
    on = rf"{joining('of')}|{alternatives('report_on')}"
    return re.compile(
        rf"\W*(?:\d{{1,2}}\s)?(?:{words})\w{{0,4}}(?:\s(?:{on})(?:\s(?:{of}))?)?[\s:.|–-]+(?=[\"”A-ZÅÄÖ\d])",
        re.IGNORECASE,
    )


@cache
def _report_last() -> re.Pattern[str]:
    of, words = alternatives("report_of"), alternatives("report_words", "image_words")
    return re.compile(rf"[\s–:,-]+(?:-?(?:{of})\s)?(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _verb() -> re.Pattern[str]:
    """The verb of a headline or of a first sentence."""
    return re.compile(rf"\s(?:{alternatives('is_verbs', 'newsy')}|{any_of(other_verbs())})(?!\S)", re.IGNORECASE)


@cache
def _question() -> re.Pattern[str]:
    """ "Mikä on Silta?" """
    return re.compile(rf"(?:{alternatives('question_starts')})\s", re.IGNORECASE)
