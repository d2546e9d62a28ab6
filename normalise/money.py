"""Sums in euros: digits in Finnish, Swedish and English habits, multipliers in words and letters, numbers in words."""

import re
from dataclasses import dataclass

from normalise.date_points import alternatives
from normalise.words import vocabulary

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
_NUMBER = r"(?:\d{1,3}(?:[   ]\d{3})+(?:[.,]\d{1,2})?|\d{1,3}(?:(?P<%s>[.,'’])\d{3})(?:(?P=%s)\d{3}){0,3}(?:[.,]\d{1,2})?|\d{1,10}(?:[.,]\d{1,4})?)"
_EURO = f"(?:{_any(_WORDS['euro'])})"
_MULTIPLIER = f"(?:{_any([word for words in _WORDS['multipliers'].values() for word in words])})"
_GLUED = f"(?:{alternatives(_WORDS['glued'])})(?:{_any(_WORDS['glued_euro'])})"
_WORD_NUMBER = f"(?:{alternatives(word for words in _WORDS['numbers'].values() for word in words)})"
_TO = rf"(?:\s?[-–—−]\s?|\s(?:{alternatives(_WORDS['range_words'])})\s)"


def _digits(name: str) -> str:
    return f"(?P<{name}>{_NUMBER % (name + '_mark', name + '_mark')})(?!\\d)"


_SUM = re.compile(
    rf"(?<![\d.,])(?<!\w-)(?:(?P<before>EUR|€)\s?)?(?:{_digits('low')}(?:,-|:-)?\s?(?P<low_multiplier>{_MULTIPLIER})?\s?{_EURO}?{_TO}(?:(?:EUR|€)\s?)?)?"
    rf"{_digits('sum')}(?:,[-–]|:-)?"
    rf"(?:\s?(?P<glued>{_GLUED})|\s?(?P<multiplier>{_MULTIPLIER})(?!\w)(?:\s?(?P<euro>{_EURO}))?|\s?(?P<plain>{_EURO})|(?P<letter>[mMkK])(?!\w)|)",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    rf"(?<!\w)(?:(?P<number>{_WORD_NUMBER})\s)?(?P<multiplier>{_MULTIPLIER})(?!\w)\s?(?P<euro>{_EURO})",
    re.IGNORECASE,
)
_OTHER_COUNT = re.compile(rf"\s?(?:{alternatives(_WORDS['not_money'])})", re.IGNORECASE)
_FACTORS = tuple(
    (re.compile(_any(words), re.IGNORECASE), int(factor)) for factor, words in _WORDS["multipliers"].items()
)
_NUMBERS = {word: float(number) for number, words in _WORDS["numbers"].items() for word in words}


def find_money(text: str) -> tuple[MoneyMention, ...]:
    """Sums in euros in reading order, never overlapping. Other currencies, percentages and plain numbers are none."""
    found = [mention for match in _SUM.finditer(text) if (mention := _in_digits(text, match))]
    taken = {position for mention in found for position in range(mention.start, mention.end)}
    found += [_in_words(match) for match in _IN_WORDS.finditer(text) if match.start("multiplier") not in taken]
    return tuple(sorted(found, key=lambda mention: mention.start))


def plain_number(written: str) -> float:
    """The value of digits with thousands and decimal marks of any of the three languages.

    A single mark before exactly three digits parts thousands ("336.452", "1,200"). Raises ValueError for anything else.
    """
    compact = re.sub(r"[\s'’]", "", written)
    if re.fullmatch(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*", compact):
        return float(re.sub(r"[.,]", "", compact))
    whole, _, decimals = compact.rpartition("," if compact.rfind(",") > compact.rfind(".") else ".")
    return float(f"{re.sub(r'[.,]', '', whole)}.{decimals}") if whole else float(compact)


def _in_digits(text: str, match: re.Match[str]) -> MoneyMention | None:
    factor = _factor(match)
    written = match["euro"] or match["plain"] or match["glued"] or match["before"]
    if not written and (not match["multiplier"] or _OTHER_COUNT.match(text, match.end())):
        return None
    eur = plain_number(match["sum"]) * factor
    if not eur:
        return None
    low = None
    if match["low"]:
        low = plain_number(match["low"]) * (_word_factor(match["low_multiplier"]) if match["low_multiplier"] else factor)
    return MoneyMention(match.start(), _end(match), _cents(eur), low if low is None else _cents(low), bool(written))


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
