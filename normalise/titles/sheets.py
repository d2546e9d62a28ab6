"""Names under the labels of forms that were flattened to running text: "Projektin nimi Silta Ohjelma Manner-Suomen"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from normalise.text.label_names import fold_label, known_names, label_table
from normalise.words import at_word_start, vocabulary

# A name has no more characters; a page has no more such labels of its own.
_LONGEST_NAME = 160
_MOST = 12
_CAPITAL_WORD = re.compile(r"(?<=\s)[A-ZÅÄÖ][\w-]+")
_NEXT_WORDS = re.compile(r"[\w/-]+(?:\s[\w/-]+){0,3}")
_DATE = re.compile(r"\s\d{1,2}\.\d{1,2}\.(?:\d{4})?|\s{2,}|\s\|\s")
# Shorter labels begin many words that are none.
_SHORTEST_LABEL = 6


@dataclass(frozen=True, slots=True)
class SheetName:
    """A name at ``start``..``end`` (characters); ``is_bare`` where the label is no more than "Projekt"."""

    start: int
    end: int
    is_bare: bool


def find_sheet_names(text: str) -> Iterator[SheetName]:
    """The names after such labels, to the next label, date, column or line."""
    for count, label in enumerate(_labels().finditer(text)):
        if count >= _MOST:
            return
        start = label.end()
        line_end = text.find("\n", start)
        limit = min(start + _LONGEST_NAME, line_end if line_end >= 0 else len(text))
        end = _end_of_name(text, start, limit)
        if end - start > 2:
            yield SheetName(start, end, " " not in label[0].strip(" :"))


def _end_of_name(text: str, start: int, limit: int) -> int:
    dated = _DATE.search(text, start, limit)
    limit = dated.start() if dated else limit
    for word in _CAPITAL_WORD.finditer(text, start + 1, limit):
        if _begins_label(text, word.start()):
            return word.start() - 1
    return limit


def _begins_label(text: str, at: int) -> bool:
    following = _NEXT_WORDS.match(text, at)
    words = following[0].split() if following else []
    if any(known_names(fold_label(" ".join(words[:n]))) for n in range(len(words), 0, -1)):
        return True
    return bool(words) and any(words[0].casefold().startswith(label) for label in _long_labels())


@cache
def _long_labels() -> tuple[str, ...]:
    return tuple(label for label in label_table() if " " not in label and len(label) >= _SHORTEST_LABEL)


@cache
def _labels() -> re.Pattern[str]:
    labels = at_word_start(vocabulary("titles")["sheet_labels"])
    return re.compile(rf"{labels}(?:\s?:\s?|\s(?=[A-ZÅÄÖ0-9\"”])|(?=[A-ZÅÄÖ]))(?=\S)")
