"""Phone numbers in E.164, told apart from dates, times, business ids, case numbers, postal codes, sums and accounts."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import phonenumbers

from normalise.words import any_of, vocabulary

_WORDS = vocabulary("phones")
# Numbers of pages in Finland, Åland included, are dialled in Finland unless they begin with "+" or "00".
_REGION = "FI"
_COUNTRY_CODE = 358
# One or two separators between groups; "040 - 555 61 28", "040/159 3308", "+358 (0)50 ...", "0400-550 638".
_GAP = r"(?:[ \xa0\u2009\u202f]{0,2}[-–‑/.][ \xa0]?|[ \xa0\u2009\u202f]{1,2}|\(0\)[ \xa0]?|[ \xa0]\(0\)[ \xa0]?-?)?"
_CANDIDATE = re.compile(
    r"(?=[+(03])(?<![\d,§])(?<!\d\.)(?<!\D/)(?<!\d[-–:])"
    rf"(?:\+[ ]?|\(\+|\(?(?=0)|(?=358[ \d]))\d(?:{_GAP}\)?{_GAP}\d){{5,20}}"
)
# Beginnings of numbers that have nine digits after the country's code as a rule.
_USUAL = ("+35840", "+35841", "+35844", "+35846", "+35850", "+358295")
_SHORTEST, _LONGEST = 6, 13
# Sweden's way of writing: an area's code, a hyphen, groups of which the last has two digits ("08-123 555 61"); not with
# codes that Finland writes so too (013-019, 040-050).
_SWEDISH = re.compile(r"0(?!1[1-9]-|4\d-|50-)\d{1,3}-\d{2,3}(?: \d{2,3})?(?: \d{2}){1,2}(?![ ]?\d)")
# What only Sweden writes: sums in crowns, its own country code; with one of Sweden's words, also a postal code in two
# groups before a town. A page of Sweden has that and nothing that only Finland writes.
_ONLY_SWEDEN = re.compile(
    rf"\d[ \xa0]?(?:{'|'.join(_WORDS['crowns_behind'])})|\+46"
    rf"|{''.join(f'(?<!{word} )' for word in _WORDS['other_crowns'])}\b(?:{any_of(_WORDS['crowns'])})\b"
)
_SWEDISH_POST_CODE = re.compile(r"\b(?:SE-)?[1-9]\d\d \d\d [ ]?[A-ZÅÄÖ]\w")
_ONLY_FINLAND = re.compile(
    rf"\+358|€|\b(?:{any_of(_WORDS['euros'])})\b|(?:FI|AX)-\d{{5}}"
    r"|(?<!\d)(?:0[14]0[ -]\d{3} ?\d{4}|029[45] ?\d{3} ?\d{3})(?!\d)"
)
# What looks like a number with a leading zero and is none; each is blanked before numbers are looked for.
_MASKED = re.compile(
    r"(?=\d)(?:"
    r"(?<![\d+])\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?!\d)"  # 01.01.2019
    r"|(?<![\d.])\d{1,2}\.\d{1,2}\.?[ ]?[-–][ ]?\d{1,2}\.\d{1,2}\.(?:\d{4})?"  # 01.02.-05.03.2019
    r"|(?<!\d)\d{1,2}[.:]\d{2}[ ]?[-–][ ]?\d{1,2}[.:]\d{2}(?![\d ])"  # 08.00-16.00
    r"|(?<!\d)\d{1,2}[/.](?:19|20)\d{2}(?!\d)"  # 01/2019
    r"|(?<!\d)(?:19|20)\d{2}-\d{2}-\d{2}"  # 2019-01-01
    r"|(?<![\d-])\d{7}-\d(?!\d)"  # 0245437-2, a business id
    r"|(?<=[A-Z]{2})\d{2}(?:[ ]?\d{4}){3}[ ]?\d{2}\b"  # a Finnish IBAN
    r"|\b0037\d{8}[A-Z0-9]{0,5}\b"  # an e-invoice address (OVT)
    r"|(?<![\d.])\d{1,3}(?:\.\d{1,5}){5,12}"  # an OID
    r"|(?<=[A-Za-zÅÄÖåäö][/-])\d{1,5}(?:[/.-]\d{1,8}){1,5}"  # OKM/30/221/2017
    r"|\b\d{1,6}/\d{1,6}(?:\.\d{2}){2,4}/(?:19|20)\d{2}"  # 2315/02.02.03.09/2016
    r"|(?<!\d)0[,.]\d{1,3}(?!\d)[ ]?(?:%|€|M|milj)"  # 0,5 %
    r")"
)


@dataclass(frozen=True, slots=True)
class PhoneMention:
    """A valid number in E.164 and where it stands; ``is_switchboard``: a word beside it says that it is nobody's."""

    start: int
    end: int
    number: str
    is_switchboard: bool = False


def find_phones(text: str) -> tuple[PhoneMention, ...]:
    """All valid phone numbers of a text in reading order."""
    if not _CANDIDATE.search(text):
        return ()
    masked = _MASKED.sub(lambda match: "#" * len(match[0]), text)
    swedish = cache(lambda: _sweden().search(text) is not None)
    region = _region(text)
    found: list[PhoneMention] = []
    position = 0
    while candidate := _CANDIDATE.search(masked, position):
        mention = _mention(masked, candidate.start(), candidate.end(), region, swedish=swedish)
        position = mention.end if mention else candidate.end()
        if mention:
            found.append(mention)
    return tuple(found)


def _region(text: str) -> str:
    """The country in which a page's numbers are dialled: Sweden where all of the page is of Sweden, else Finland."""
    if _ONLY_FINLAND.search(text):
        return _REGION
    post_code = _SWEDISH_POST_CODE.search(text) and _sweden().search(text)
    return "SE" if post_code or _ONLY_SWEDEN.search(text) else _REGION


def _mention(text: str, start: int, end: int, region: str, *, swedish: Callable[[], bool]) -> PhoneMention | None:
    """The longest valid number that a candidate begins with; groups after it may be another number.

    ``swedish`` tells that the page speaks of Sweden: a number grouped as Sweden groups them is dialled there.
    """
    line_start = text.rfind("\n", 0, start) + 1
    before = text[max(line_start, start - 30) : start]
    if _no_phone_word().search(before) or (before[-1:].isalpha() and not _label_at_end().search(before)):
        return None
    national = _SWEDISH.match(text, start, end)
    number = _valid(national[0], "SE") if national and swedish() else None
    found = (national.end(), number) if national and number else _longest_number(text, start, end, region)
    if not found:
        return None
    stop, number = found
    closing = stop + 1 if text[start] == "(" and text[stop : stop + 1] == ")" else stop
    after = text[closing : closing + 12]
    is_switchboard = bool(_switchboard_before().search(before) or _switchboard_after().match(after))
    return PhoneMention(start, closing, number, is_switchboard)


def _longest_number(text: str, start: int, end: int, region: str) -> tuple[int, str] | None:
    """End and E.164 form of the longest valid number at ``start``, or of the one of usual length within it."""
    longest: tuple[int, str] | None = None
    for stop in (end, *_group_ends(text, start, end)):
        number = _valid(text[start:stop], region)
        if number is None:
            continue
        if _usual_length(number) or not number.startswith(_USUAL):
            return stop, number
        longest = longest or (stop, number)
    return longest


def _usual_length(number: str) -> bool:
    """Whether a number has the nine digits of nearly all Finnish mobile and 0295 numbers.

    They may have fewer or more by the numbering plan, but "050 123 4567 9-15" ends before the hour.
    """
    return len(number) == 13 and number.startswith(_USUAL)


def _group_ends(text: str, start: int, end: int) -> list[int]:
    """Where groups of digits end inside a candidate, the last one first; at most twelve."""
    ends = [m.start() for m in re.finditer(r"(?<=\d)(?=\D)", text[start:end])]
    return [start + offset for offset in ends[:-13:-1] if offset]


def _valid(written: str, region: str) -> str | None:
    digits = re.sub(r"\D", "", written.replace("(0)", ""))
    if not _SHORTEST <= len(digits) <= _LONGEST + 2 or len(set(digits)) == 1:
        return None
    plus = "+" if "+" in written[:2] or digits.startswith("358") else ""
    try:
        number = phonenumbers.parse(plus + digits, region)
    except phonenumbers.NumberParseException:
        return None
    # The numbering plans of other countries change faster than the library; a written country's code is enough there.
    foreign = bool(plus) and number.country_code != _COUNTRY_CODE
    if not (phonenumbers.is_possible_number(number) if foreign else phonenumbers.is_valid_number(number)):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@cache
def _sweden() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(vocabulary('phones')['sweden'])})\b|\+46", re.IGNORECASE)


@cache
def _no_phone_word() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[^\w-])(?:{any_of(vocabulary('phones')['not_phones'])})[.:]?[ \xa0]*$", re.IGNORECASE)


@cache
def _label_at_end() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[^\W\d_]{{0,20}}|\W)(?:{any_of(vocabulary('phones')['labels'])})$", re.IGNORECASE)


@cache
def _switchboard_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(vocabulary('phones')['switchboards'])})\b[^\d\n]{{0,12}}$", re.IGNORECASE)


@cache
def _switchboard_after() -> re.Pattern[str]:
    words = any_of(vocabulary("phones")["switchboards"])
    # A word before the next number is that one's: "03 555 7714 Fax: 03 555 7719".
    return re.compile(rf"[ ,]{{0,2}}\(?(?:{words})\b(?![.:]?[ \xa0]?[(+\d])", re.IGNORECASE)
