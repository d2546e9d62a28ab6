"""Names that running text gives to projects: quoted, before "-hanke", after "projektet"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from normalise.words import any_of, joining, vocabulary

_QUOTED = r"[\"”“»'’](?P<name>[^\"”“»'’\n]{2,90})[\"”“»'’]"
_WORD = r"(?:[A-ZÅÄÖ][\w.+&!–-]{0,40}|[0-9]\.[0-9]|[0-9]{1,2}|I{1,3})"
_TITLES = vocabulary("titles")
_WITHIN = f"{joining('plain_and', 'of', 'in', 'at', 'the')}|{any_of(_TITLES['within_project_names'])}"
_BEFORE_HYPHEN = re.compile(rf"(?:(?<=\s)|^){_WORD}(?:\s{_WORD}){{0,5}}$|{_WORD}$")
_AFTER_WORD = re.compile(
    rf"\b(?:{any_of(_TITLES['project_named'])})\s(?P<name>{_WORD}(?:\s(?:{_WORD}|{_WITHIN})){{0,7}})"
)
_SUBJECT = (
    rf"(?:\A|[.!?:]\s|\n)[\"”“»]?(?P<name>{_WORD}(?:\s(?:{_WORD}|[a-zåäö]{{1,14}})){{0,7}}?)[\"”“»]?"
    r"(?:\s\([^()\n]{2,60}\))?"
)
# A name before its hyphen is looked for this far back (characters).
_REACH = 90
# The words of a name that is said again: as far from its first (characters), at as many of its places.
_NEXT_WORD = re.compile(r" [\w-]+")
_LONGEST_REPEATED, _MOST_REPEATS = 80, 20


@dataclass(frozen=True, slots=True)
class ProjectName:
    """A name at ``start``..``end`` (characters), as written, and how the text gave it.

    ``sort``: *hyphen* "X-hanke"; *quoted* with the word for a project beside it; *after* that word; *repeated*: the
    same with the small words that the text says with it elsewhere, too; *subject* of a sentence that says that X is a
    project.
    """

    start: int
    end: int
    name: str
    sort: str


# What opens a quoted name: a text without it has none.
_QUOTES = frozenset("\"”“»'’")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = vocabulary("titles")
    after, before = "|".join(words["project_after"]), any_of(words["project_before"])
    verbs = "|".join(words["is_verbs"])
    return (
        ("quoted", re.compile(rf"{_QUOTED}\s?-?\s?(?:{after})\w*")),
        ("quoted", re.compile(rf"(?i:\b(?:{before}))\s+{_QUOTED}")),
        ("after", _AFTER_WORD),
        (
            "subject",
            re.compile(rf"{_SUBJECT}\s(?:{verbs})\s(?:[\w+()&,/–-]+\s){{0,9}}?[\w+-]{{0,30}}(?:{after}|project)"),
        ),
    )


@cache
def _joined() -> re.Pattern[str]:
    after = "|".join(vocabulary("titles")["project_after"])
    return re.compile(rf"(?:\s-|-|\s–\s?)(?:{after})\w{{0,8}}", re.IGNORECASE)


def find_project_names(text: str) -> tuple[ProjectName, ...]:
    """All names in reading order, as often as the text uses them."""
    found = [*_before_hyphens(text), *_in_patterns(text)]
    return tuple(sorted(found, key=lambda name: (name.start, name.end)))


def _before_hyphens(text: str) -> Iterator[ProjectName]:
    """Names before "-hanke" and "-projekti": the run of capitals that ends at the hyphen."""
    for joint in _joined().finditer(text):
        floor = max(0, joint.start() - _REACH)
        name = _BEFORE_HYPHEN.search(text[floor : joint.start()])
        if name:
            yield ProjectName(floor + name.start(), joint.start(), name[0], "hyphen")


def _in_patterns(text: str) -> Iterator[ProjectName]:
    quotes = any(sign in text for sign in _QUOTES)
    for sort, pattern in _patterns():
        for match in pattern.finditer(text) if quotes or sort != "quoted" else ():
            start, end = match.span("name")
            longer = _end_of_repeated(text, start, end) if sort == "after" else end
            yield ProjectName(start, longer, text[start:longer], "repeated" if longer > end else sort)


def _end_of_repeated(text: str, start: int, end: int) -> int:
    """Where a name ends with the small words that are said with it elsewhere, too: "Två stränder vid älven"."""
    longest, other = end, -1
    for _ in range(_MOST_REPEATS):
        other = text.find(text[start:end], other + 1)
        if other < 0:
            break
        if other != start:
            longest = max(longest, end + _same_words(text, end, other + end - start))
    return longest


def _same_words(text: str, one: int, two: int) -> int:
    """How many characters of whole words are the same at two places, on one line and within a sentence."""
    length = 0
    for word in _NEXT_WORD.finditer(text, one, one + _LONGEST_REPEATED):
        after = two + length + len(word[0])
        same = text.startswith(word[0], two + length) and not text[after : after + 1].isalnum()
        if word.start() != one + length or not same:
            break
        length += len(word[0])
    return length
