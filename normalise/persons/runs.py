"""Names of people in a run of capitalised words: which words of the run are one, and in which order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from normalise.persons import name_forms
from normalise.persons.evidence import (
    CAPITAL,
    NAME,
    follows_name,
    has_detail_next,
    has_detail_on_line,
    has_title,
    heads_a_body,
    opens_line,
)
from normalise.persons.job_title_words import role_lemma
from normalise.words import vocabulary

SPACE = r"[ \xa0]{1,2}"
# Words after the first; longer runs are headings or lists without commas, read piece by piece.
_LONGEST_RUN = 11
# Names in the e-mail addresses of the page, folded: ("anna", "virtanen").
Addresses = frozenset[tuple[str, str]]


class Word(NamedTuple):
    """A word of a run and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words of one name; ``is_reversed``: the surname comes first."""

    words: tuple[Word, ...]
    is_reversed: bool = False


def names_in_runs(text: str, addresses: Addresses) -> Iterator[NameWords]:
    """All names in the runs of capitalised words of a text, in reading order."""
    for run in _runs().finditer(text):
        words = [_word(m[0], run.start() + m.start()) for m in re.finditer(r"\S+", run[0])]
        yield from _names_in_run(text, words, addresses)


def _names_in_run(text: str, words: list[Word], addresses: Addresses) -> Iterator[NameWords]:
    index = 0
    while index < len(words) - 1:
        if name_forms.calls_for_name(words[index].text):
            index += 1
            continue
        last = _known_name(text, words, index)
        reverse = None if last else _reversed_name(text, words, index, addresses)
        if last is None and reverse is None and _proven_name(text, words, index, addresses):
            last = index + 1
        end = last or reverse or index
        if end > index:
            yield NameWords(tuple(words[index : end + 1]), is_reversed=reverse is not None)
        index = end + 1


def _word(written: str, start: int) -> Word:
    """A word of a run; a label glued before a given name ("KontaktpersonArvo") is cut off."""
    glued = re.match(r"[^\W\d_]{3,20}[a-zåäö](?=[A-ZÅÄÖ][a-zåäö])", written)
    if glued and name_forms.is_given_name(written[glued.end() :]):
        return Word(written[glued.end() :], start + glued.end(), start + len(written))
    return Word(written, start, start + len(written))


def _known_name(text: str, words: list[Word], index: int) -> int | None:
    """Index of the surname of a name that begins with a known given name at ``index``."""
    given = words[index].text
    if not name_forms.is_given_name(given) or role_lemma(given):
        return None
    last = index + 1
    while last + 1 < len(words) and _is_middle(words[last].text) and _may_end_name(words[last + 1], given):
        last += 1
    while last + 1 < len(words) and words[last].text in _particles():
        last += 1
    if not _may_end_name(words[last], given) or heads_a_body(text, words[last].end):
        return None
    family = words[last].text
    doubtful = name_forms.is_ambiguous_given_name(given) or name_forms.is_given_name(family)
    return None if doubtful and not name_forms.is_surname(name_forms.nominative(family)) else last


def _is_middle(word: str) -> bool:
    """Whether a word may stand between given name and surname: another given name, an initial, a nickname in quotes."""
    return name_forms.is_given_name(word) or len(word.rstrip(".")) == 1 or word[0] in "\"”“’'"


def _may_end_name(word: Word, given: str) -> bool:
    """Whether a word may be the surname to a given name: no function, place or body, in the same kind of letters."""
    if word.text in _particles():
        return True
    if not word.text[0].isupper() or (word.text.isupper() and not given.isupper()):
        return False
    return name_forms.may_be_surname(word.text) and not role_lemma(word.text)


def _reversed_name(text: str, words: list[Word], index: int, addresses: Addresses) -> int | None:
    """Index of the last given name of "Virtanen Anna (Maria)" at ``index``: nothing that could be a surname follows."""
    family = words[index].text
    if (name_forms.fold(words[index + 1].text), name_forms.fold(family)) in addresses:
        return index + 1
    if name_forms.is_given_name(family) or role_lemma(family) or not _may_end_name(words[index], family):
        return None
    # An unknown surname is taken at the start of an item only: "- Koivunoro Tero, johtaja".
    opens_item = opens_line(text, words[index].start) and text[words[-1].end : words[-1].end + 1] == ","
    if not name_forms.is_surname(family) and not opens_item:
        return None
    last = index
    while last + 1 < len(words) and last < index + 2 and name_forms.is_given_name(words[last + 1].text):
        last += 1
    follows = last + 1 < len(words) and _may_end_name(words[last + 1], family)
    return None if last == index or follows else last


def _proven_name(text: str, words: list[Word], index: int, addresses: Addresses) -> bool:
    """Whether two words without a known given name are a name: by an address, or by a title and contact details."""
    first, second = words[index], words[index + 1]
    if not _may_end_name(first, "x") or not _may_end_name(second, "x"):
        return False
    if (name_forms.fold(first.text), name_forms.fold(second.text)) in addresses:
        return True
    if index + 2 < len(words) and _may_end_name(words[index + 2], "x"):
        return False
    surname = name_forms.looks_like_surname(second.text)
    has_detail = has_detail_on_line(text, second.end)
    if has_title(text, first.start, second.end):
        return surname or has_detail
    # "Turun Virta, puh. ...": a place in the genitive is no given name.
    is_genitive = first.text.casefold().endswith("n") and not name_forms.is_given_name(first.text)
    if not surname or is_genitive or follows_name(text, first.start):
        return False
    return has_detail_next(text, second.end) or (has_detail and opens_line(text, first.start))


@cache
def _particles() -> frozenset[str]:
    return frozenset(vocabulary("persons")["particles"])


@cache
def _runs() -> re.Pattern[str]:
    particles = "|".join(sorted(_particles(), key=lambda word: (-len(word), word)))
    nickname = rf"[\"”“’'][{CAPITAL}]\w{{1,20}}[\"”“’']"
    word = rf"{nickname}|[{CAPITAL}]\.|{NAME}|(?:{particles})(?={SPACE}[{CAPITAL}])"
    return re.compile(rf"(?:[{CAPITAL}]\.|{NAME})(?:{SPACE}(?:{word})){{1,{_LONGEST_RUN}}}")
