"""People whom a label, a heading or their own sentence makes contacts, with or without details."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from normalise.facts import Kind
from normalise.persons.finding import PersonMention
from normalise.text.document import Document, Line
from normalise.text.labels import Labelled
from normalise.text.positions import Spans
from normalise.text.sentences import SENTENCE_END
from normalise.words import any_start, vocabulary

# "Yhteyshenkilö: projektipäällikkö Anna Aho": a name this near to its label is what it labels.
_NEAR_LABEL = 80
# A name alone on a line of at most this length, under a heading of contacts, is a contact without details.
_CARD_LINE = 110
# A clause such as "Lisätietoja hankkeesta antavat ..." names its people within this many characters.
_INTRODUCTION = 140


def introduced_people(
    document: Document, persons: Sequence[PersonMention], sections: Sequence[Labelled], kind: Kind
) -> Iterator[int]:
    """Indexes of the persons introduced; ``sections`` are the page's labels of contacts, sorted by their start."""
    spans = Spans([(section.start, section.end) for section in sections])
    for index, person in enumerate(persons):
        line = document.line_at(person.start)
        around = spans.around(person.start)
        labelled = line is not None and around is not None and _is_labelled(sections[around], person.start, line)
        if labelled or (line is not None and _is_introduced(document.text, person.start, line, kind)):
            yield index


def _is_labelled(section: Labelled, start: int, line: Line) -> bool:
    if section.form != "headed":
        return start - section.start <= _NEAR_LABEL
    return len(line.text) <= _CARD_LINE and not _no_contact().search(line.text)


def _is_introduced(text: str, start: int, line: Line, kind: Kind) -> bool:
    """ "Yhteyshenkilöinä toimivat Anna Aho ja Otto Lind", "Projektledare: Anna Berg", a row's cells."""
    before = SENTENCE_END.split(text[max(line.start, start - _INTRODUCTION) : start])[-1]
    leads = kind == "project" and _leader().fullmatch(text, line.start, start)
    return bool(_introduction().search(before) or leads)


@cache
def _leader() -> re.Pattern[str]:
    words = "|".join(vocabulary("contacts")["leaders"])
    return re.compile(rf"[\w-]{{0,30}}(?:{words})(?: \w{{2,12}})?(?:\s?[:|]\s?|\t)", re.IGNORECASE)


@cache
def _introduction() -> re.Pattern[str]:
    return any_start(vocabulary("contacts")["introductions"])


@cache
def _no_contact() -> re.Pattern[str]:
    return any_start(vocabulary("contacts")["no_contact_lines"])
