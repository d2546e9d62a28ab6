"""What speaks for a number's counting the partners: the words around it, its noun, and what stands beside it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from normalise.analysis import Analysis
from normalise.partner_counts.candidates import CountedNumber, word_class
from normalise.text.document import LineKind
from normalise.text.phrases import Word
from normalise.text.spans import holding
from normalise.words import AND, CONJUNCTIONS, STEM, WORDS_KEPT, any_of, vocabulary

Features = dict[str, float]

# The nearest words say more by their place; of those before, the first that has a class is looked for this far.
_PLACED, _NEAR = 2, 4
_SHORT_LINE = 60
# A page's first characters say what it is about.
_TOP = 400
_SIZES = (4, 5, 7, 10, 16, 30, 60, 120)
_MOST_ALIKE = 4
# A list opens with a colon this near behind its number (characters), or below it; so many lines are looked at.
_LIST_OPENS = re.compile(r"[^.!?:\n]{0,80}:[ \u00a0]*")
_LISTED = re.compile(rf",|;|\s(?:{AND})\s")
_LIST_ENDS = re.compile(r"[.!?](?:\s|\Z)|\n")
_MOST_LINES, _LONGEST_ITEM, _LONGEST_LIST = 60, 120, 800
# A name joined to the counted ones: they are not all that take part.
_JOINT = any_of(CONJUNCTIONS)
_JOINED_BEFORE = re.compile(
    rf"[A-ZÅÄÖ][\w-]+(?:\s[a-zåäö-]+){{0,2}},?\s(?:{_JOINT})\s(?:{vocabulary('partner_counts')['article']}\s)?\Z"
)
_JOINED_BEHIND = re.compile(rf"(?:\s[a-zåäö-]+){{0,3}}(?:,|,?\s(?:{_JOINT}))\s[A-ZÅÄÖ]\w")
_JOINED_REACH = 60
_WORD = re.compile(r"[^\W\d_]{4,}")


def count_features(
    analysis: Analysis, numbers: Sequence[CountedNumber], claims: Mapping[int, str], title: str
) -> list[Features]:
    """The features of each number by name, absent ones zero.

    ``claims`` are the rules' verdicts by the numbers' starts, ``title`` is the page's title line.
    """
    values, nouns = Counter(n.value for n in numbers), Counter(n.noun for n in numbers)
    places = {(number.before[0].folded, number.value) for number in numbers if number.before}
    stems = frozenset(word[:STEM] for word in _WORD.findall(title.casefold()) if not word_class(word))
    found = []
    for number in numbers:
        features: Features = dict.fromkeys(_of_number(analysis, number), 1.0)
        features |= dict.fromkeys(_of_words(number, stems), 1.0)
        if number.start in claims:
            features[f"claim.{claims[number.start]}"] = 1.0
        if values[number.value] > 1:
            features["repeated"] = 1.0
        if number.before and not places.isdisjoint(_neighbours(number)):
            features["numbered"] = 1.0
        features[f"alike.{min(nouns[number.noun], _MOST_ALIKE)}"] = 1.0
        found.append(features)
    return found


def _neighbours(number: CountedNumber) -> tuple[tuple[str, int], ...]:
    """A number's word with the numbers before and after it: "Partner 6", "Partner 8"."""
    word = number.before[0].folded
    return (word, number.value - 1), (word, number.value + 1)


def _of_number(analysis: Analysis, number: CountedNumber) -> Iterator[str]:
    """How a number is written, what it counts, where it stands, and what is joined to it."""
    yield f"size.{sum(number.value >= size for size in _SIZES)}"
    yield "in_words" if number.in_words else "digits"
    yield f"noun.{number.noun or 'none'}"
    yield from _marks(analysis.lowered, number)
    if number.start < _TOP:
        yield "top"
    line = analysis.document.line_at(number.start)
    if line is not None:
        if line.kind is not LineKind.TEXT:
            yield f"line.{line.kind.value}"
        if len(line.text) < _SHORT_LINE:
            yield "line.short"
    for label in holding(analysis.labelled, number.start):
        yield f"label.{label.field}"
    if _JOINED_BEFORE.search(analysis.text, max(0, number.start - _JOINED_REACH), number.start):
        yield "joined.before"
    if _JOINED_BEHIND.match(analysis.text, number.noun_end):
        yield "joined.behind"
    listed = _listed_behind(analysis, number)
    if listed > 1:
        yield f"listed.{min(abs(number.value - listed), 2)}"


def _marks(lowered: str, number: CountedNumber) -> Iterator[str]:
    """The signs right before and behind a number."""
    before = lowered[number.before[0].end if number.before else max(0, number.start - 2) : number.start].strip()
    behind = lowered[number.end : number.behind[0].start if number.behind else number.end + 2].strip()
    if before:
        yield f"mark.before.{before[-1]}"
    if behind:
        yield f"mark.behind.{behind[0]}"


def _of_words(number: CountedNumber, title: frozenset[str]) -> Iterator[str]:
    """The words around a number by stem and class, the nearest and those behind its noun by their place, too."""
    if not number.before:
        yield "opens"
    yield from _named("before", number.before)
    yield from _named("behind", number.behind)
    classes = {word_class(word.folded) for word in (*number.before, *number.behind)} - {""}
    if any(word.folded[:STEM] in title for word in (*number.before, *number.behind)):
        classes.add("named")
    yield from (f"told:{name}" for name in sorted(classes))
    if not classes.isdisjoint(("project", "named")):
        yield "own"
    nearest = next((name for word in number.before[:_NEAR] if (name := word_class(word.folded))), "none")
    yield f"nearest:{nearest}"
    if number.noun:
        yield from _placed("after", [word for word in number.behind if word.start >= number.noun_end])


def _named(side: str, words: Sequence[Word]) -> Iterator[str]:
    for word in words:
        yield from _names_of(side, word.folded)
    yield from _placed(side, words)


def _placed(side: str, words: Sequence[Word]) -> Iterator[str]:
    for place, word in enumerate(words[:_PLACED]):
        yield from _names_of(f"{side}.{place}", word.folded)


@lru_cache(WORDS_KEPT)
def _names_of(side: str, word: str) -> tuple[str, ...]:
    """The features of a word on a side: its stem (all numbers are one) and its class."""
    stem, name = "0" if word.isdecimal() else word[:STEM], word_class(word)
    return (f"{side}.{stem}", f"{side}:{name}") if name else (f"{side}.{stem}",)


def _listed_behind(analysis: Analysis, number: CountedNumber) -> int:
    """How many the list counts that a colon opens behind a number, in its line or below; 0 where there is none."""
    opened = _LIST_OPENS.match(analysis.lowered, number.end)
    line = analysis.document.line_at(number.start)
    if not opened or line is None:
        return 0
    if opened.end() < line.end:
        limit = min(line.end, opened.end() + _LONGEST_LIST)
        stop = _LIST_ENDS.search(analysis.lowered, opened.end(), limit)
        return len(_LISTED.findall(analysis.lowered, opened.end(), stop.start() if stop else limit)) + 1
    below = analysis.document.lines[line.index + 1 : line.index + _MOST_LINES]
    count = 0
    for item in below:
        ended = item.kind is LineKind.HEADING or item.kind is not below[0].kind or len(item.text) > _LONGEST_ITEM
        if ended or (item.block > line.block + 1 and item.kind is not LineKind.ITEM):
            break
        count += 1
    return count
