"""Labels and what they label: "Rahoittaja: X", a heading over its lines, "Projekttid1.1.2020", labels run together."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from normalise.text.document import Document, Line, LineKind
from normalise.text.label_names import LONGEST_LABEL, LabelName, fold_label, known_names, label_table, name_label
from normalise.text.label_sheets import unknown_labels
from normalise.words import AND

LabelForm = Literal["inline", "headed", "juxtaposed", "embedded"]

# No label of the vocabulary has more words; longer runs before a colon are prose.
_LONGEST_LABEL_WORDS = 6
_COLON = re.compile(r"\s?:(?!//|\d)")
_WORD_START = re.compile(r"(?:^|(?<=[\s.;,(•|–-])|(?<=[a-zåäö)]\.))(?=[A-ZÅÄÖa-zåäö])")
# What may stand between a label and its value in place of a colon; a number ("Partner 3") belongs to the label.
_ARROW = re.compile(r"^\s?\d{1,2}(?=[A-ZÅÄÖ])|^[ \t]*[–▸►→»∙·-]?[ \t]*")
_GOES_ON = re.compile(rf"[,;–-]\s*$|\b(?:{AND})\s*$")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and its value. Offsets are characters; the value may cover several lines.

    ``field`` is a key of vocabulary/labels.yml. ``weak`` tells that the label's words also mean other things.
    ``form``: *inline* "Label: value"; *headed* a line of its own over the value; *juxtaposed* "Label value" or
    "LabelValue" without a colon; *embedded* "Label: value" within running text.
    """

    field: str
    label_start: int
    label_end: int
    start: int
    end: int
    form: LabelForm
    weak: bool = False


@dataclass(frozen=True, slots=True)
class _Label:
    """A label found in a line, before its value's end is known."""

    names: tuple[LabelName, ...]
    start: int
    end: int
    value: int
    form: LabelForm
    line: Line


def find_labelled(document: Document) -> tuple[Labelled, ...]:
    """All label/value pairs of a document whose label the vocabulary knows, in reading order, `other` ones included."""
    labels = [label for line in document.lines for label in _labels_of(line)]
    headed = ((x.line.index, frozenset(name.field for name in x.names)) for x in labels if x.form == "headed")
    unknown = unknown_labels(document, dict(headed))
    found: list[Labelled] = []
    for index, label in enumerate(labels):
        following = labels[index + 1] if index + 1 < len(labels) else None
        end_of_text = len(document.text)
        limit = min(following.start if following else end_of_text, unknown.get(label.line.index, end_of_text))
        start, end = _value(document, label, limit)
        found.extend(
            Labelled(name.field, label.start, label.end, start, end, label.form, name.weak) for name in label.names
        )
    return tuple(found)


def _labels_of(line: Line) -> Iterator[_Label]:
    whole = name_label(line.text)
    if whole and not line.text.endswith("."):
        yield _Label(whole, line.start, line.end, line.end, "headed", line)
        return
    before_colon = list(_before_colons(line))
    if not (before_colon and before_colon[0].start == line.start):
        yield from _juxtaposed(line)
    yield from before_colon
    if line.kind is LineKind.ROW:
        yield from _cells(line)


def _before_colons(line: Line) -> Iterator[_Label]:
    """Labels that end at a colon: at the line's start, or within it with a capital letter."""
    taken = 0
    for colon in _COLON.finditer(line.text):
        if colon.start() - taken > 400 and taken:
            taken = colon.start() - 400
        label = _label_before(line, taken, colon.start())
        if label is None:
            continue
        start, names = label
        offset = line.start
        form: LabelForm = "inline" if start == 0 or not line.text[:start].strip(" |") else "embedded"
        value = colon.end() + len(line.text[colon.end() :]) - len(line.text[colon.end() :].lstrip())
        value = min(value, len(line.text))
        yield _Label(names, offset + start, offset + colon.start(), offset + value, form, line)
        taken = colon.end()


def _label_before(line: Line, taken: int, colon: int) -> tuple[int, tuple[LabelName, ...]] | None:
    floor = max(taken, colon - LONGEST_LABEL)
    starts = [m.start() for m in _WORD_START.finditer(line.text, floor, colon)]
    if taken == floor and taken not in starts and not line.text[taken:colon].startswith(" "):
        starts.insert(0, taken)
    starts = [start for start in starts[-_LONGEST_LABEL_WORDS * 2 :] if start == 0 or line.text[start].isupper()]
    for start in starts:
        names = known_names(fold_label(line.text[start:colon])) if start else name_label(line.text[:colon])
        if names:
            return start, names
    return None


@cache
def _glued() -> Mapping[str, re.Pattern[str]]:
    """Labels that may stand before a value without any sign between, by their first two letters."""
    plain = [
        label
        for label, names in label_table().items()
        if len(label) > 2 and any(name.field not in ("other", "contact") for name in names)
    ]
    groups: dict[str, list[str]] = {}
    for label in sorted(plain, key=len, reverse=True):
        groups.setdefault(label[:2], []).append(re.escape(label))
    return {start: re.compile("|".join(labels), re.IGNORECASE) for start, labels in groups.items()}


def _juxtaposed(line: Line) -> Iterator[_Label]:
    """A label at the line's start without a colon, before a digit or capital: "Kesto 1.8.2020–", "Projekttid1.1."""
    labels = _glued().get(line.text[:2].casefold()) if line.text[0].isupper() else None
    match = labels.match(line.text) if labels else None
    if match is None:
        return
    rest = line.text[match.end() :]
    value = _ARROW.sub("", rest, count=1)
    if not value or not (value[0].isupper() or value[0].isdigit()) or (match[0].isupper() and value == rest):
        return
    names = name_label(match[0])
    if names:
        start = line.end - len(value)
        form: LabelForm = (
            "inline" if rest.startswith(("\t", "  ")) or any(c in rest[:3] for c in "▸►→»") else "juxtaposed"
        )
        yield _Label(names, line.start, line.start + match.end(), start, form, line)


def _cells(line: Line) -> Iterator[_Label]:
    """Labels that fill a cell of a row; the next cell is the value."""
    offset = 0
    cells = line.text.split(" | ")
    for cell in cells[:-1]:
        names = name_label(cell)
        if names and not cell.rstrip().endswith(":"):
            end = line.start + offset + len(cell)
            yield _Label(names, line.start + offset, end, end + 3, "inline", line)
        offset += len(cell) + 3


def _value(document: Document, label: _Label, limit: int) -> tuple[int, int]:
    """Where a label's value starts and ends, before ``limit``."""
    if label.value < label.line.end and label.form != "headed":
        return label.value, _wrapped_end(document, label, limit)
    return _section(document, label, limit)


def _wrapped_end(document: Document, label: _Label, limit: int) -> int:
    """The end of a value on the label's line, and on the lines that go on with it."""
    end = min(label.line.end, limit)
    for line in document.lines[label.line.index + 1 :]:
        if line.start >= limit or line.block != label.line.block:
            break
        if not (_GOES_ON.search(document.text[max(label.value, end - 8) : end]) or line.text[0].islower()):
            break
        end = line.end
    return _trim(document.text, label.value, end)


def _section(document: Document, label: _Label, limit: int) -> tuple[int, int]:
    """The lines under a label, to the next label, to a heading of its rank, or to prose under another heading.

    A value that follows its label without a blank line ends with its block.
    """
    lines = document.lines[label.line.index + 1 :]
    start = end = label.line.end
    close = bool(lines) and lines[0].block == label.line.block
    for line in lines:
        if line.start >= limit or (close and line.block != label.line.block):
            break
        if _ends_section(document, label.line, line):
            break
        start = line.start if start == label.line.end else start
        end = line.end
    return start, _trim(document.text, start, min(end, limit))


def _ends_section(document: Document, head: Line, line: Line) -> bool:
    if line.kind is LineKind.HEADING:
        return head.kind is not LineKind.HEADING or line.level <= head.level
    if not document.is_heading(line) or line.index + 1 >= len(document.lines):
        return False
    following = document.lines[line.index + 1]
    return line.index > head.index + 1 and len(following.text) > 120


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \t\r\n\u00a0|•*":
        end -= 1
    return end
