"""The words of markup that tell furniture, labels, cards and panels: normalise/vocabulary/furniture.yml, compiled."""

import re
from functools import cache, lru_cache
from typing import Final

from normalise.words import any_of, vocabulary


class Role:
    """What the class and id words of an element say about it: flags, as plain ints.

    They are asked for at every element; with `enum.IntFlag` each question costs ten times as much.
    """

    NONE: Final = 0
    ALWAYS: Final = 1
    OUTSIDE: Final = 2
    KEEP: Final = 4
    LABEL: Final = 8
    VALUE: Final = 16
    CARD: Final = 32
    PANEL: Final = 64
    FOOT: Final = 128
    SIDE: Final = 256
    WHOLE: Final = 512
    TEASER: Final = 1024
    BUTTON: Final = 2048


_LISTS = {
    "always": Role.ALWAYS,
    "outside": Role.OUTSIDE,
    "keep": Role.KEEP,
    "label": Role.LABEL,
    "value": Role.VALUE,
    "card": Role.CARD,
    "panel": Role.PANEL,
    "foot": Role.FOOT,
    "side": Role.SIDE,
    "whole": Role.WHOLE,
    "teaser": Role.TEASER,
    "button": Role.BUTTON,
}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[a-z0-9]+")
_OUTER = " \t.,:;!?…»›→>|-–—\"'()[]«‹←<+×✕#*•·"


@cache
def _terms() -> tuple[dict[str, int], list[tuple[str, str, int]], dict[str, list[tuple[tuple[str, ...], int]]]]:
    """Exact words; starred words as (head, tail); sequences by their first word."""
    exact: dict[str, int] = {}
    starred: list[tuple[str, str, int]] = []
    sequences: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for name, role in _LISTS.items():
        for term in vocabulary("furniture")[name]:
            words = tuple(term.split())
            if len(words) > 1:
                sequences.setdefault(words[0].rstrip("*"), []).append((words, role))
            elif "*" in term:
                head, _, tail = term.partition("*")
                starred.append((head, tail, role))
            else:
                exact[term] = exact.get(term, Role.NONE) | role
    return exact, starred, sequences


@lru_cache(maxsize=32768)
def _word_roles(word: str) -> int:
    exact, starred, _ = _terms()
    roles = exact.get(word, Role.NONE)
    for head, tail, role in starred:
        if word.startswith(head) and word.endswith(tail):
            roles |= role
    return roles


@lru_cache(maxsize=32768)
def roles_of(marks: str) -> int:
    """The `Role` flags of an element whose class and id attributes are ``marks``, joined by a blank."""
    words = _WORD.findall(_CAMEL.sub(" ", marks).lower())
    roles = 0
    for position, word in enumerate(words):
        roles |= _word_roles(word) | _sequence_roles(words, position)
    return roles


def _sequence_roles(words: list[str], position: int) -> int:
    roles = 0
    for sequence, role in _terms()[2].get(words[position], ()):
        here = words[position : position + len(sequence)]
        if len(here) == len(sequence) and all(_same(w, pattern) for w, pattern in zip(here, sequence, strict=True)):
            roles |= role
    return roles


def _same(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def bare(line: str) -> str:
    """A line as the line lists hold it: lower case, no outer punctuation, single blanks."""
    return " ".join(line.lower().split()).strip(_OUTER)


@cache
def furniture_lines() -> frozenset[str]:
    """Whole lines that are furniture, in the form of `bare`."""
    return frozenset(vocabulary("furniture")["lines"])


@cache
def elsewhere_lines() -> frozenset[str]:
    """Headings that open lists of other pages, in the form of `bare`."""
    return frozenset(vocabulary("furniture")["elsewhere"])


@cache
def elsewhere_begins() -> tuple[str, ...]:
    """Beginnings of such headings where sites write them freely."""
    return tuple(begin + " " for begin in vocabulary("furniture")["elsewhere_begins"])


@cache
def credit_pattern() -> re.Pattern[str]:
    """A line that only says who took a picture."""
    words = any_of(vocabulary("furniture")["credits"])
    return re.compile(rf"[(\[]?(?:{words})\s?(?::|©|by |von |av )[^:]*$")


@cache
def trailing_credit() -> re.Pattern[str]:
    """The maker of a picture at the end of its caption: after a colon or a copyright sign, in brackets or not."""
    words = any_of(vocabulary("furniture")["credits"])
    maker = r"[^:.@0-9()\[\]]{2,45}"
    mark = rf"(?:(?:{words})\s?[:©]|©)\s?"
    return re.compile(rf"(?:(?<=[.!?)])\s|\s[|/–-]\s)\s?{mark}{maker}$|\s[(\[]{mark}{maker}[)\]]\.?$", re.IGNORECASE)


@cache
def tag_labels() -> frozenset[str]:
    """Labels of a site's own keywords, in the form of `bare`."""
    return frozenset(vocabulary("furniture")["tag_labels"])


@cache
def agencies() -> tuple[str, ...]:
    """Names of agencies that sell pictures, in lower case."""
    return tuple(vocabulary("furniture")["agencies"])


@cache
def appeals() -> tuple[str, ...]:
    """What makes a line a site's appeal for itself, in lower case."""
    return tuple(vocabulary("furniture")["appeals"])


@cache
def appeal_things() -> tuple[str, ...]:
    """Parts of words for what an appeal aims at, in lower case."""
    return tuple(vocabulary("furniture")["appeal_things"])


@cache
def appeal_acts() -> re.Pattern[str]:
    """Beginnings of words for what an appeal asks for."""
    return _beginning(vocabulary("furniture")["appeal_acts"])


@cache
def onward_begins() -> tuple[str, ...]:
    """Beginnings of links that only lead back or to all pages of a kind, in the form of `bare`."""
    return tuple(vocabulary("furniture")["onward"])


@cache
def facts_pattern() -> re.Pattern[str]:
    """Words that begin the labels of a page's own side box."""
    return _beginning(vocabulary("furniture")["facts"])


@cache
def own_contact_pattern() -> re.Pattern[str]:
    """Words that tell a project's own contacts."""
    return _beginning(vocabulary("furniture")["own_contact"])


@cache
def foot_pattern() -> re.Pattern[str]:
    """Words that tell the foot of a site."""
    return re.compile(rf"(?<!\w)(?:{any_of(vocabulary('furniture')['foot_text'])})(?!\w)")


def _beginning(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(words)})")
