"""The language of a page and of each of its blocks.

langdetect judges the page, eldc its lines: langdetect needs a few sentences to be sure, eldc is right on single lines.
What the markup or the address claim is not looked at here: it is often wrong.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby

import eldc
from langdetect import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from normalise.document import Document, Line
from normalise.words import vocabulary

# Below 20 letters every detector guesses: "Kontakt" is Danish to one and Indonesian to another.
_FEWEST_LETTERS = 20
# langdetect gains nothing from more text, and costs as much again for every further 1,000 characters.
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


def language_of(text: str) -> Languages:
    """The languages of an archived or plain text. The same text gives the same answer on every run."""
    lines = Document(text).lines
    found = [(line, _line_language(line.text)) for line in lines]
    page = _page_language(text, found)
    fallback = _most(found) if page in ("mul", "und") else page
    blocks = [_block(list(group), fallback or page) for _, group in groupby(found, key=lambda pair: pair[0].block)]
    return Languages(page, tuple(blocks))


def _page_language(text: str, found: list[tuple[Line, str | None]]) -> str:
    shares: Counter[str] = Counter()
    for line, lang in found:
        if lang and _is_running(line.text):
            shares[lang] += _letters(line.text)
    ranked = shares.most_common(2)
    if len(ranked) > 1 and ranked[1][1] >= max(_SECOND_LETTERS, _SECOND_SHARE * shares.total()):
        return "mul"
    if ranked and ranked[0][1] * 2 > shares.total() and ranked[0][1] > _SAMPLE:
        return ranked[0][0]
    return _document_language(text) or (ranked[0][0] if ranked else _most(found)) or "und"


def _most(found: list[tuple[Line, str | None]]) -> str | None:
    votes: Counter[str] = Counter()
    for line, lang in found:
        if lang:
            votes[lang] += _letters(line.text)
    return votes.most_common(1)[0][0] if votes else None


def _block(found: list[tuple[Line, str | None]], page: str) -> BlockLanguage:
    """A block's language: that of most of its letters; blocks too short to tell have the page's."""
    return BlockLanguage(found[0][0].start, found[-1][0].end, _most(found) or page)


def _line_language(text: str) -> str | None:
    """The language of a line, None for one that is too short to tell."""
    plain = _ADDRESS.sub(" ", text)
    if _letters(plain) < _FEWEST_LETTERS:
        return None
    lang = _line_detector().detect(plain)
    return lang if lang in vocabulary("languages")["languages"] else None


def _is_running(text: str) -> bool:
    """Whether a line is running text: names, titles and addresses in another language make no page bilingual."""
    words = _WORD.findall(text)
    return len(words) >= 6 and sum(word[0].islower() for word in words) * 2 > len(words)


def _letters(text: str) -> int:
    return sum(len(word) for word in _WORD.findall(text))


def _document_language(text: str) -> str | None:
    """langdetect's verdict on the beginning of a text, in lower case: capitals mislead it."""
    sample = " ".join(_WORD.findall(_ADDRESS.sub(" ", text[: 2 * _SAMPLE]).lower()))[:_SAMPLE]
    if len(sample) < _FEWEST_LETTERS:
        return None
    detector = _document_detector().create()
    detector.append(sample)
    try:
        lang = str(detector.detect())
    except LangDetectException:
        return None
    return lang if lang in vocabulary("languages")["languages"] else None


@cache
def _document_detector() -> DetectorFactory:
    """langdetect with the profiles of this archive's languages only, seeded so that answers repeat."""
    factory = DetectorFactory()
    factory.seed = 0
    profiles = files("langdetect").joinpath("profiles")
    factory.load_json_profile(
        [profiles.joinpath(code).read_text("utf-8") for code in vocabulary("languages")["languages"]]
    )
    return factory


@cache
def _line_detector() -> "eldc.Instance":
    """eldc, restricted to this archive's languages; an instance of its own, so that no other use changes it."""
    eldc.init()
    detector = eldc.instance()
    detector.set_languages(list(vocabulary("languages")["languages"]))
    return detector
