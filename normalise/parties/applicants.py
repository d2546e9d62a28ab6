"""Who may apply: the passage of a call that says so, in its own words. It is shown and linked, not taken apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from normalise.text.document import Document, Line, LineKind
from normalise.words import any_of, vocabulary

# A passage is read at a glance; what is longer is read on the page.
_LONGEST = 600
_SENTENCE = re.compile(r"[^.!?]+(?:[.!?](?!\s+[A-ZÅÄÖ0-9]|\s*$)[^.!?]*)*[.!?]?")
# "Kuka voi hakea?", "Vem kan söka:", "WHO CAN APPLY   Non-profit bodies": a head, then nothing, a colon or a gap.
_AFTER_HEAD = re.compile(r"\s*(?:[?:–]|\s{3}|$)[?:\s]*")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text, in characters."""

    start: int
    end: int


def find_applicants(text: str) -> Passage | None:
    """The passage on who may apply: what stands under a heading that asks it, else a sentence that names them."""
    document = Document(text)
    found = next(_under_heads(document), None) or next(_sentences(document), None)
    return Passage(found.start, min(found.end, _cut(text, found))) if found else None


def _cut(text: str, passage: Passage) -> int:
    """Where a long passage is cut: at the end of a word."""
    if passage.end - passage.start <= _LONGEST:
        return passage.end
    space = text.rfind(" ", passage.start, passage.start + _LONGEST)
    return space if space > passage.start else passage.start + _LONGEST


def _under_heads(document: Document) -> Iterator[Passage]:
    """What stands behind a head in its line or under it; one that is an item of a list has nothing under it."""
    for line in document.lines:
        found = _heads().match(line.text)
        after = _AFTER_HEAD.match(line.text, found.end()) if found else None
        if not after:
            continue
        if after.end() < len(line.text):
            yield Passage(line.start + after.end(), line.end)
        elif line.kind is not LineKind.ITEM and (passage := _following(document, line)):
            yield passage


def _following(document: Document, head: Line) -> Passage | None:
    """The lines after a head: a paragraph, or a list with the line that leads into it."""
    lines = document.lines[head.index + 1 :]
    taken: list[Line] = []
    for line in lines:
        leads_into_list = len(taken) == 1 and taken[0].text.endswith(":")
        is_list = line.kind is LineKind.ITEM and bool(taken) and (leads_into_list or taken[-1].kind is LineKind.ITEM)
        if line.kind is LineKind.HEADING or (taken and line.block != taken[0].block and not is_list):
            break
        taken.append(line)
    return Passage(taken[0].start, taken[-1].end) if taken else None


def _sentences(document: Document) -> Iterator[Passage]:
    for line in document.lines:
        if document.is_heading(line):
            continue
        for sentence in _SENTENCE.finditer(line.text):
            if _phrases().search(sentence.group()) and not _reader().search(sentence.group()):
                start = line.start + sentence.start() + len(sentence.group()) - len(sentence.group().lstrip())
                yield Passage(start, line.start + sentence.end())


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"(?:[–—-]\s)?(?:{any_of(vocabulary('applicants')['headings'])})(?!\w)", re.IGNORECASE)


@cache
def _phrases() -> re.Pattern[str]:
    """The words of a phrase stand close: at most three others come between two of them, and none that denies it."""
    words = vocabulary("applicants")
    named = {name: f"(?:{expression})" for name, expression in words["named"].items()}
    between = rf"\W+(?:(?!(?:{'|'.join(words['not'])})\b)\w+\W+){{0,3}}?"
    phrases = (between.join(f"(?:{word.format(**named)})" for word in phrase) for phrase in words["phrases"])
    return re.compile(r"(?<!\w)(?:" + "|".join(phrases) + r")(?!\w)", re.IGNORECASE)


@cache
def _reader() -> re.Pattern[str]:
    words = any_of(vocabulary("applicants")["reader"])
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
