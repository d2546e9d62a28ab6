"""The language of a page and of each of its blocks, by eldc's judgement of lines and, where those are few, of the page.

Where the two differ, langdetect has the last word.

What the markup or the address claim is not looked at here: it is often wrong.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import NamedTuple

import eldc

from normalise.language.arbiter import arbitrate
from normalise.text.document import Document, Line
from normalise.words import vocabulary

# Below 20 letters every detector guesses: "Kontakt" is Danish to one and Indonesian to another.
_FEWEST_LETTERS = 20
# More text than this makes no detector surer.
_SAMPLE = 1_000
# A page is in two languages when the second one has this share of its running text, and this much of it.
_SECOND_SHARE = 0.16
_SECOND_LETTERS = 120
_ADDRESS = re.compile(r"\S{1,80}@\S{1,80}|https?://\S{1,300}|\bwww\.\S{1,200}")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class BlockLanguage:
    """The language of one block of lines, which stands at ``start``..``end`` (characters)."""

    start: int
    end: int
    lang: str


@dataclass(frozen=True, slots=True)
class Languages:
    """``lang`` is an ISO 639-1 code, ``mul`` for two or more languages in real parts, or ``und`` for none."""

    lang: str
    blocks: tuple[BlockLanguage, ...]


class _Judged(NamedTuple):
    """A line with its language, None where it is too short to tell, its letters, and whether it is running text."""

    line: Line
    lang: str | None
    letters: int
    running: bool


def page_language(document: Document) -> str:
    """The language of a whole text, as ``Languages.lang``."""
    return _page_language(document.text, [_judged(line) for line in document.lines])


def language_of(text: str) -> Languages:
    """The languages of an archived or plain text. The same text gives the same answer on every run."""
    judged = [_judged(line) for line in Document(text).lines]
    page = _page_language(text, judged)
    fallback = _most(judged) if page in ("mul", "und") else page
    blocks = [_block(list(group), fallback or page) for _, group in groupby(judged, key=lambda one: one.line.block)]
    return Languages(page, tuple(blocks))


def _page_language(text: str, judged: Sequence[_Judged]) -> str:
    shares: Counter[str] = Counter()
    for _, lang, letters, running in judged:
        if lang and running:
            shares[lang] += letters
    ranked = shares.most_common(2)
    if len(ranked) > 1 and ranked[1][1] >= max(_SECOND_LETTERS, _SECOND_SHARE * shares.total()):
        return "mul"
    if ranked and ranked[0][1] * 2 > shares.total() and ranked[0][1] > _SAMPLE:
        return ranked[0][0]
    leading = ranked[0][0] if ranked else _most(judged)
    sample = _sample(text)
    whole = _detected(sample) if _has_enough_letters(sample) else None
    if leading and whole and leading != whole:
        return arbitrate(sample) or whole
    return whole or leading or "und"


def _most(judged: Iterable[_Judged]) -> str | None:
    votes: Counter[str] = Counter()
    for _, lang, letters, _ in judged:
        if lang:
            votes[lang] += letters
    return votes.most_common(1)[0][0] if votes else None


def _block(judged: Sequence[_Judged], page: str) -> BlockLanguage:
    """A block's language: that of most of its letters; blocks too short to tell have the page's."""
    return BlockLanguage(judged[0].line.start, judged[-1].line.end, _most(judged) or page)


def _judged(line: Line) -> _Judged:
    """Names, titles and addresses in another language make no page bilingual: only running text does."""
    if len(line.text) < _FEWEST_LETTERS:
        return _Judged(line, None, 0, running=False)
    words = _WORD.findall(line.text)
    running = len(words) >= 6 and sum([word[0].islower() for word in words]) * 2 > len(words)
    letters = sum(map(len, words))
    plain = _without_addresses(line.text)
    enough = letters >= _FEWEST_LETTERS and (plain is line.text or _has_enough_letters(plain))
    lang = _detected(plain) if enough else None
    return _Judged(line, lang, letters, running)


def _without_addresses(text: str) -> str:
    return _ADDRESS.sub(" ", text) if "@" in text or "://" in text or "www." in text else text


def _has_enough_letters(plain: str) -> bool:
    """Whether words are not too few to tell their language."""
    return sum(map(len, _WORD.findall(plain))) >= _FEWEST_LETTERS


def _detected(plain: str) -> str | None:
    """The language of some words, where it is one of this archive's."""
    lang = _detector().detect(plain)
    return lang if lang in vocabulary("languages")["languages"] else None


def _sample(text: str) -> str:
    """The beginning of a text in lower case: capitals mislead detectors."""
    return " ".join(_WORD.findall(_without_addresses(text[: 2 * _SAMPLE]).lower()))[:_SAMPLE]


@cache
def _detector() -> "eldc.Instance":
    """eldc, restricted to this archive's languages; an instance of its own, so that no other use changes it."""
    eldc.init()
    detector = eldc.instance()
    detector.set_languages(list(vocabulary("languages")["languages"]))
    return detector
