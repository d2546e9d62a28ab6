"""Sums in euros: digits in Finnish, Swedish and English habits, multipliers in words and letters, numbers in words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalise.dates.patterns import alternatives
from normalise.text.spans import overlaps
from normalise.words import any_of, joining, vocabulary

_WORDS = vocabulary("money")
_BREAK = r"(?:-\s{1,2})?"


@dataclass(frozen=True, slots=True)
class MoneyMention:
    """A sum in euros. ``low`` is the lower end of a range, whose upper end is ``eur``.

    ``currency`` is False where only a multiplier says that it is money ("4 miljoonaa").
    """

    start: int
    end: int
    eur: float
    low: float | None = None
    currency: bool = True


def _any(words: list[str]) -> str:
    return alternatives(word.replace("{break}", _BREAK) for word in words)


# Thousands are parted by a space, a full stop, an apostrophe or (English) a comma; decimals by a comma or a full stop.
_NUMBER = (
    r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,4}(?:[.,]\d{1,2})?"
    r"|\d{1,3}(?:(?P<%s>[.,'’])\d{3})(?:(?P=%s)\d{3}){0,3}(?:[.,]\d{1,2})?"
    r"|\d{1,10}(?:[.,]\d{1,4})?)"
)
_EURO = f"(?:{_any(_WORDS['euro'])})"
_MULTIPLIER = f"(?:{_any([word for words in _WORDS['multipliers'].values() for word in words])})"
_GLUED = f"(?:{alternatives(_WORDS['glued'])})(?:{_any(_WORDS['glued_euro'])})"
_WORD_NUMBER = f"(?:{alternatives(word for words in _WORDS['numbers'].values() for word in words)})"
_TO = (
    r"(?:(?P<dash>\s?[-–—−]\s?)"
    rf"|\s(?P<word>{alternatives(_WORDS['range_words'])})\s|\s(?P<pair>{joining('plain_and')})\s)"
)
_PAIR_OPENER = re.compile(rf"(?:{alternatives(_WORDS['pair_openers'])})\s\Z", re.IGNORECASE)
_PAIR_CLOSER = re.compile(rf"\w{{0,4}}\s(?:{alternatives(_WORDS['pair_closers'])})", re.IGNORECASE)


def _digits(name: str) -> str:
    return f"(?P<{name}>{_NUMBER % (name + '_mark', name + '_mark')})(?!\\d)"


_UNIT = (
    rf"(?:\s?(?P<glued>{_GLUED})|\s?(?P<multiplier>{_MULTIPLIER})(?!\w)(?:\s?(?P<euro>{_EURO}))?|\s?(?P<plain>{_EURO}))"
)
_BEFORE = r"(?:(?P<before>EUR|€)\s?)"
_DASHES = r"(?:,[-–]|:-)?"
# "800,-": a price without its currency.
_PRICED = r"(?P<priced>(?:,[-–]|:-)(?![\w-]))?"
_LOW_UNIT = rf"(?P<low_unit>(?:\s?(?P<low_multiplier>{_MULTIPLIER})(?!\w))?(?:\s?{_EURO})?)"
_RANGE = re.compile(
    rf"{_BEFORE}?{_digits('low')}{_DASHES}{_LOW_UNIT}{_TO}(?:(?:EUR|€)\s?)?{_digits('sum')}{_PRICED}"
    rf"(?:{_UNIT}|(?P<letter>[mk])(?!\w)|)",
    re.IGNORECASE,
)
_SINGLE = re.compile(rf"{_BEFORE}?{_digits('sum')}{_PRICED}(?:{_UNIT}|(?P<letter>[mk])(?!\w)|)", re.IGNORECASE)
_IN_WORDS = re.compile(
    rf"(?<!\w)(?:(?P<number>{_WORD_NUMBER})\s)?(?P<multiplier>{_MULTIPLIER})(?!\w)\s?(?P<euro>{_EURO})",
    re.IGNORECASE,
)
# Sums are looked for at digits and at multipliers only: nearly all text is neither.
_DIGITS = re.compile(r"(?<![\d.,])\d")
_CURRENCY_BEFORE = re.compile(r"(?:EUR|€)\s?$", re.IGNORECASE)
_MULTIPLIER_STEM = re.compile(rf"\b(?:{any_of(_WORDS['multiplier_starts'])})\w", re.IGNORECASE)
_LONGEST_NUMBER, _LONGEST_UNIT = 24, 30
_OTHER_COUNT = re.compile(rf"\s?(?:{alternatives(_WORDS['not_money'])})", re.IGNORECASE)
_OTHER_BEFORE = re.compile(rf"(?:{'|'.join(_WORDS['other_currencies'])})\s?\Z", re.IGNORECASE)
_FACTORS = tuple(
    (re.compile(_any(words), re.IGNORECASE), int(factor)) for factor, words in _WORDS["multipliers"].items()
)
_NUMBERS = {word: float(number) for number, words in _WORDS["numbers"].items() for word in words}


def find_money(text: str) -> tuple[MoneyMention, ...]:
    """Sums in euros in reading order, never overlapping. Other currencies, percentages and plain numbers are none."""
    in_digits = tuple(_all_in_digits(text))
    in_words = _all_in_words(text, in_digits)
    return tuple(sorted((*in_digits, *in_words), key=lambda mention: mention.start))


def _all_in_words(text: str, in_digits: Sequence[MoneyMention]) -> Iterator[MoneyMention]:
    """Sums without a digit, where none of those in digits stands ("3 miljoonaa euroa")."""
    taken = 0
    for multiplier in _MULTIPLIER_STEM.finditer(text):
        match = _IN_WORDS.search(text, max(0, multiplier.start() - _LONGEST_NUMBER), multiplier.end() + _LONGEST_UNIT)
        if match and match.start() >= taken and not overlaps(in_digits, match.start(), match.end()):
            taken = match.end()
            yield _in_words(match)


def _all_in_digits(text: str) -> Iterator[MoneyMention]:
    taken = 0
    for digit in _DIGITS.finditer(text):
        if digit.start() < taken:
            continue
        currency = _CURRENCY_BEFORE.search(text, max(taken, digit.start() - 4), digit.start())
        start = currency.start() if currency else digit.start()
        mention = _range(text, start) or _single(text, start)
        if mention:
            taken = mention.end
            yield mention


def plain_number(written: str) -> float:
    """The value of digits with thousands and decimal marks of any of the three languages.

    A single mark before exactly three digits parts thousands ("336.452", "1,200"). Raises ValueError for anything else.
    """
    compact = re.sub(r"[\s'’]", "", written)
    if re.fullmatch(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*", compact):
        return float(re.sub(r"[.,]", "", compact))
    whole, _, decimals = compact.rpartition("," if compact.rfind(",") > compact.rfind(".") else ".")
    return float(f"{re.sub(r'[.,]', '', whole)}.{decimals}") if whole else float(compact)


def _single(text: str, start: int) -> MoneyMention | None:
    match = _SINGLE.match(text, start)
    if match is None or not (eur := plain_number(match["sum"]) * _factor(match)):
        return None
    written = _is_written(match)
    if not written and (not match["multiplier"] or is_other_count(text, start, match.end())):
        return None
    return MoneyMention(start, _end(match), _cents(eur), currency=written)


def _range(text: str, start: int) -> MoneyMention | None:
    """Two sums with one unit ("5 000–20 000 euroa"), the lower one first; words only where they make a range."""
    match = _RANGE.match(text, start)
    if match is None:
        return None
    if not _is_written(match) and (not match["multiplier"] or is_other_count(text, start, match.end())):
        return None
    if not match["dash"] and (match["low_unit"] or not (match["word"] or _is_pair(text, match))):
        return None
    factor = _factor(match)
    low = plain_number(match["low"]) * (_word_factor(match["low_multiplier"]) if match["low_multiplier"] else factor)
    eur = plain_number(match["sum"]) * factor
    if low >= eur:
        return None
    return MoneyMention(start, _end(match), _cents(eur), _cents(low), _is_written(match))


def is_other_count(text: str, start: int, end: int) -> bool:
    """Whether a number without the euro counts people, tonnes or another currency."""
    return bool(_OTHER_COUNT.match(text, end) or _OTHER_BEFORE.search(text, max(0, start - 5), start))


def _is_written(match: re.Match[str]) -> bool:
    """Whether the euro is named."""
    return bool(match["euro"] or match["plain"] or match["glued"] or match["before"] or match["priced"])


def _is_pair(text: str, match: re.Match[str]) -> bool:
    """Whether "and" stands in "between A and B"."""
    opener = _PAIR_OPENER.search(text, max(0, match.start() - 12), match.start())
    return bool(opener or _PAIR_CLOSER.match(text, match.end()))


def _end(match: re.Match[str]) -> int:
    return match.start() + len(match[0].rstrip())


def _factor(match: re.Match[str]) -> int:
    if match["multiplier"]:
        return _word_factor(match["multiplier"])
    if match["glued"]:
        return _glued_factor(match["glued"])
    if match["letter"] and match["before"]:
        return _glued_factor(match["letter"])
    return 1


def _glued_factor(written: str) -> int:
    glued: dict[str, int] = _WORDS["glued"]
    folded = written.casefold()
    return next(glued[mark] for mark in sorted(glued, key=len, reverse=True) if folded.startswith(mark))


def _word_factor(word: str) -> int:
    return next(factor for pattern, factor in _FACTORS if pattern.fullmatch(word))


def _in_words(match: re.Match[str]) -> MoneyMention:
    number = _NUMBERS[match["number"].casefold()] if match["number"] else 1.0
    return MoneyMention(match.start(), match.end(), _cents(number * _word_factor(match["multiplier"])))


def _cents(eur: float) -> float:
    return round(eur, 2)
