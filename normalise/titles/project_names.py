"""Names that running text gives to projects: quoted, before "-hanke", after "projektet", before "project"."""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache

from normalise.words import any_of, at_word_start, joining, vocabulary

_QUOTED = r"[\"”“»'’](?P<name>[^\"”“»'’\n]{2,90})[\"”“»'’]"
_QUOTED_BEHIND = re.compile(rf"(?<=\s){_QUOTED}")
_WORD = r"(?:[A-ZÅÄÖ](?:[\w+&!–-]|\.(?=\w)){0,40}|[0-9]\.[0-9]|[0-9]{1,2}|I{1,3})"
_TITLES = vocabulary("titles")
_SMALL = f"(?:{joining('plain_and', 'of', 'in', 'at', 'the')}|{any_of(_TITLES['within_project_names'])})"
# A year may end a name ("Silta 2030"), no span of years.
_RUN = rf"{_WORD}(?: (?:{_SMALL} ){{0,2}}{_WORD}){{0,7}}(?: 20[0-9]{{2}}(?!\s?[–/-]|\.[0-9]))?"
# Names before a hyphen: a run of words with capitals, a word with one that others follow, and the last of a run.
_BEFORE = {
    "hyphen": re.compile(rf"(?<![^\s\"”“(]){_RUN}$|{_WORD}$"),
    "hyphen_long": re.compile(r"(?<![^\s\"”“(])[A-ZÅÄÖ][\w-]{0,40}(?: [a-zåäö][\w-]{0,40}){1,6}$"),
    "hyphen_word": re.compile(rf"(?<= ){_WORD}$"),
}
_APPOSED = any_of(_TITLES["project_apposed"])
_APPOSITION = re.compile(rf", (?:[\w–-]+ ){{1,6}}[\w+-]{{0,30}}(?:{_APPOSED})\b")
# A longer name ends where the sentence goes on: at a sign, or before one of the words of `goes_on`.
_FIRST, _NEXT = r"[A-ZÅÄÖ0-9][\w+&-]*", r"[\w+&–-]+"
_SUBJECT = (
    rf"(?:\A|[.!?:]\s|\n)[\"”“»]?(?P<name>{_WORD}(?: (?:{_WORD}|[a-zåäö]{{1,14}})){{0,7}}?)[\"”“»]?"
    r"(?:\s\([^()\n]{2,60}\))?"
)
# Capitals within a word, or a programme's own name behind one: nobody but a name has them.
_BEHIND = rf"[ -](?:{any_of(_TITLES['coined_behind'])})"
_COINED = (
    r"[A-ZÅÄÖ](?<![\w@./-].)"
    rf"(?:[a-zåäö]{{1,30}}[A-ZÅÄÖ][A-ZÅÄÖa-zåäö]{{0,40}}(?:{_BEHIND})?|\w{{1,40}}{_BEHIND})(?![\w@]|\.\w)"
)
# A name before its hyphen is looked for this far back (characters).
_REACH = 90
# The words before a quoted name take no more (characters).
_LONGEST_WORDS = 30
_LETTERS = re.compile(r"[^\W\d_]{2}")
# The words of a name that is said again: as far from its first (characters), at as many of its places.
_NAME_START = re.compile(r"(?<!\w)[A-ZÅÄÖ0-9]")
_NEXT_WORD = re.compile(r" [\w-]+")
_LONGEST_REPEATED, _MOST_REPEATS = 80, 20


@dataclass(frozen=True, slots=True)
class ProjectName:
    """A name at ``start``..``end`` (characters), as written, and how the text gave it.

    ``sort``: *hyphen* "X-hanke", *hyphen_long* the same with small words, *hyphen_word* its last word alone; *quoted*
    with the word for a project beside it; *after* that word, *after_long* up to where the sentence goes on, *after_cut*
    where it does not yet, *repeated* with the small words that the text says with it elsewhere, too; *before* the
    English word; *called*: said to be the name; *subject* of a sentence that says that X is a project, *apposed* "X, a
    project", *funded*: said to be; *coined*: with capitals within a word.
    """

    start: int
    end: int
    name: str
    sort: str


# What opens a quoted name: a text without it has none.
_QUOTES = frozenset("\"”“»'’")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = _TITLES
    project, verbs = "|".join(words["project_after"]), "|".join(words["is_verbs"])
    called, funded = at_word_start(words["project_called"]), any_of(words["is_funded"])
    announced = any_of([*words["project_announced"], *map(str.capitalize, words["project_announced"])])
    english = words["project_english"]
    before, behind = at_word_start(english["before"]), any_of(english["behind"])
    goes_on = any_of([*words["goes_on"], *words["newsy"], *words["is_verbs"], *words["other_verbs"].split()])
    end = rf"\s?[,.;:!?()\n\"”]|\s[–-]\s|\s(?:{goes_on})\b|\Z"
    patterns = (
        ("quoted", rf"{_QUOTED}\s?-?\s?(?:{project})\w*"),
        ("after", rf"(?:{announced}) (?P<name>{_RUN})(?={end})"),
        ("after_cut", rf"(?:{announced}) (?P<name>{_RUN})(?![\w+&!-]|{end})"),
        ("after_long", rf"(?:{announced}) (?!\S+ (?:{goes_on})\b)(?P<name>{_FIRST}(?: {_NEXT}){{1,8}}?)(?={end})"),
        ("called", rf"{called} (?P<name>{_FIRST}(?: {_NEXT}){{0,8}}?)(?={end})"),
        ("before", rf"{before} (?P<name>{_RUN}) (?:\w+ )?(?:{behind})\b"),
        ("coined", rf"(?P<name>{_COINED})"),
        ("funded", rf"(?:[.!?:]\s|\n)(?P<name>{_RUN}) (?:{funded})\b"),
        ("subject", rf"{_SUBJECT}\s(?:{verbs})\s(?:[\w+()&,/–-]+\s){{0,9}}?[\w+-]{{0,30}}(?:{project}|{_APPOSED})"),
    )
    return tuple((sort, re.compile(pattern)) for sort, pattern in patterns)


@cache
def _joined() -> re.Pattern[str]:
    after = "|".join(_TITLES["project_after"])
    return re.compile(rf"(?: [-–]|-| – ?)[a-zåäö]{{0,14}}(?:{after})\w{{0,8}}", re.IGNORECASE)


def find_project_names(text: str) -> tuple[ProjectName, ...]:
    """All names in reading order, as often as the text uses them."""
    found = [*_before_hyphens(text), *_apposed(text), *_quoted_behind(text), *_in_patterns(text)]
    named = (name for name in found if name.name.casefold() not in _no_names() and _LETTERS.search(name.name))
    return tuple(sorted(named, key=lambda name: (name.start, name.end)))


@cache
def _no_names() -> frozenset[str]:
    return frozenset(_TITLES["no_names"])


def _before_hyphens(text: str) -> Iterator[ProjectName]:
    """Names before "-hanke" and "-projekti": the run of capitals that ends at the hyphen, and other readings."""
    for joint in _joined().finditer(text):
        floor, end = max(0, joint.start() - _REACH), joint.start()
        words = text[floor:end]
        starts = {sort: floor + name.start() for sort, pattern in _BEFORE.items() if (name := pattern.search(words))}
        # Only a name of one word has its hyphen without a space.
        if joint[0][0] != "-" or starts.get("hyphen_word") == starts.get("hyphen"):
            starts.pop("hyphen_word", None)
        yield from (ProjectName(start, end, text[start:end], sort) for sort, start in starts.items())


def _apposed(text: str) -> Iterator[ProjectName]:
    """Names before a comma and what they are: "Silta, rahaston tukema hanke"."""
    for told in _APPOSITION.finditer(text):
        floor, end = max(0, told.start() - _REACH), told.start()
        name = _BEFORE["hyphen"].search(text[floor:end])
        if name:
            yield ProjectName(floor + name.start(), end, name[0], "apposed")


def _quoted_behind(text: str) -> Iterator[ProjectName]:
    """Quoted names with the word for a project before them."""
    for quoted in _QUOTED_BEHIND.finditer(text):
        if _before().search(text, max(0, quoted.start() - _LONGEST_WORDS), quoted.start()):
            yield ProjectName(*quoted.span("name"), quoted["name"], "quoted")


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?i:\b(?:{any_of(_TITLES['project_before'])}))\s+\Z")


def _in_patterns(text: str) -> Iterator[ProjectName]:
    quotes = any(sign in text for sign in _QUOTES)
    for sort, pattern in _patterns():
        matches = list(pattern.finditer(text)) if quotes or sort != "quoted" else []
        places = _places(text, {match["name"] for match in matches}) if sort in ("after", "after_cut") else {}
        for match in matches:
            start, end = match.span("name")
            others = (place for place in places.get(match["name"], ()) if place != start)
            longer = max((end + _same_words(text, end, place + end - start) for place in others), default=end)
            yield ProjectName(start, longer, text[start:longer], "repeated" if longer > end else sort)


def _places(text: str, names: Set[str]) -> Mapping[str, list[int]]:
    """Where names stand, each at its first places: they may go on there with small words ("Två stränder vid älven").

    All names are looked for at once: the work grows with the text, not with the text times its names.
    """
    found: dict[str, list[int]] = {name: [] for name in names}
    lengths = sorted({len(name) for name in names})
    for word in _NAME_START.finditer(text) if names else ():
        start = word.start()
        for length in lengths:
            places = found.get(text[start : start + length])
            if places is not None and len(places) < _MOST_REPEATS:
                places.append(start)
    return found


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
