"""Parties under labels: the lists and sentences beside or under a label of funders, coordinator or partners."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from normalise.analysis import Analysis
from normalise.document import Line
from normalise.label_names import LONGEST_LABEL, fold_label, known_names
from normalise.labels import Labelled
from normalise.organisation_names import OrganisationMention
from normalise.party_claims import Claim
from normalise.party_lists import listed_names
from normalise.party_names import is_generic
from normalise.party_pieces import ListedName, as_named
from normalise.spans import first_from, within
from normalise.words import AND, vocabulary

_FIELD_ROLE = {
    "funder": "funder",
    "funding": "funder",
    "coordinator": "coordinator",
    "partners": "partner",
    "programme": "funder",
}
_CAPITAL = re.compile(r"(?<!\w)[A-ZÅÄÖ]")
_LISTED = re.compile(rf",\s|,?\s(?:{AND})\s")
# In lists of names fewer words than this share are in lower case.
_LOWER_SHARE = 0.55
# A piece of a series has so many words at most; those of sentences have more.
_SHORT_PIECE = 4


def label_claims(analysis: Analysis) -> Iterator[Claim]:
    """The claims of all labels of parties, in reading order."""
    for label in analysis.labelled:
        role = _FIELD_ROLE.get(label.field)
        if role is None or label.end <= label.start:
            continue
        weak = label.weak and label.form != "headed"
        yield from _of_weak_label(analysis, label, role) if weak else _of_label(analysis, label, role)
    yield from _run_on_claims(analysis)


def _run_on_claims(analysis: Analysis) -> Iterator[Claim]:
    """Bodies right behind a label in text that lost its lines: "Toteuttaja Kuhmon Kylät ry Hankkeen nimi"."""
    text = analysis.text
    role: str | None = None
    reached = 0
    for mention in analysis.organisations:
        if not (role and _LISTED.fullmatch(text, reached, mention.start)):
            role = _label_right_before(text, mention)
        if role and text[mention.start : mention.end] == mention.name and not mention.place:
            yield Claim(role, as_named(mention), 2.0, f"{role}.run_on")
        reached = mention.end


def _label_right_before(text: str, mention: OrganisationMention) -> str | None:
    """The role that the words right before a name label, the first with a capital; None without such a label."""
    words = text[max(0, mention.start - LONGEST_LABEL) : mention.start]
    if not words.endswith(" ") or "\n" in words[-2:]:
        return None
    for start in _CAPITAL.finditer(words):
        fields = [name.field for name in known_names(fold_label(words[start.start() :])) if not name.weak]
        if fields and "\n" not in words[start.start() :]:
            return _FIELD_ROLE.get(fields[0])
    return None


def _of_label(analysis: Analysis, label: Labelled, role: str) -> Iterator[Claim]:
    text = analysis.text
    if label.field == "programme":
        yield from _programmes(analysis, label)
        return
    if role == "partner":
        yield from _prose_of_label(analysis, label)
    for start, end in _list_lines(analysis, label):
        names = listed_names(text, start, end, analysis.organisations)
        if label.field == "coordinator" and _one_body(text[start:end], names):
            names = _whole(text, names)
        for named in names:
            if label.form == "juxtaposed" and not named.known:
                continue
            actual = named.role if named.role in ("coordinator", "funder") and role == "partner" else role
            if not _fits_label(label, named):
                continue
            rule = f"{actual}.marked" if actual != role else f"{role}.labelled"
            yield Claim(actual, named, 2.0 if label.weak else 4.0 if label.form != "headed" else 3.5, rule)
            if role == "coordinator":
                role = "partner"


def _of_weak_label(analysis: Analysis, label: Labelled, role: str) -> Iterator[Claim]:
    """Bodies beside a label that also means other things: "Organisation: Vasa yrkeshögskola", no towns, no groups."""
    for mention in within(analysis.organisations, label.start, label.end):
        if not mention.place and analysis.text[mention.start : mention.end] == mention.name:
            yield Claim(role, as_named(mention), 1.5, f"{role}.weak_label")


def _programmes(analysis: Analysis, label: Labelled) -> Iterator[Claim]:
    """Programmes and funds under a label of the programme: they pay; priorities and themes beside them do not."""
    for mention in within(analysis.organisations, label.start, label.end):
        if mention.entry and mention.entry.type in ("programme", "fund"):
            yield Claim("funder", as_named(mention), 2.5, "funder.labelled")


def _fits_label(label: Labelled, named: ListedName) -> bool:
    """Labels of money also head sums and sentences: only bodies count there."""
    return label.field != "funding" or named.known


def _one_body(words: str, names: tuple[ListedName, ...]) -> bool:
    """Whether a line under a coordinator's label is one name with its unit: "Faculty of Education, Åbo Akademi"."""
    return (
        len(names) > 1
        and words.count(",") < 3
        and sum(1 for n in names if n.entry) < 2
        and not any(n.role for n in names)
    )


def _whole(text: str, names: tuple[ListedName, ...]) -> tuple[ListedName, ...]:
    first, last = names[0], names[-1]
    entry = next((n.entry for n in names if n.entry), None)
    return (ListedName(first.start, last.end, text[first.start : last.end], entry, None, known=True),)


def _prose_of_label(analysis: Analysis, label: Labelled) -> Iterator[Claim]:
    """Organisations in sentences under a label of partners."""
    for start, end, prose in _value_lines(analysis, label):
        if prose:
            for m in within(analysis.organisations, start, end):
                if not m.place and analysis.text[m.start : m.end] == m.name:
                    yield Claim("partner", as_named(m), 2.5, "partner.sentence")


def _list_lines(analysis: Analysis, label: Labelled) -> Iterator[tuple[int, int]]:
    """The lines of a label's value that list names; sentences are left to the cues."""
    return ((start, end) for start, end, prose in _value_lines(analysis, label) if not prose)


def _value_lines(analysis: Analysis, label: Labelled) -> Iterator[tuple[int, int, bool]]:
    """The lines of a label's value and whether each is prose. Parties but partners stand in the first block."""
    first = None
    limit = label.end if label.field != "partners" or label.form == "headed" else _block_end(analysis, label)
    first_line = analysis.document.line_at(label.start)
    for line in analysis.document.lines[first_line.index if first_line else 0 :]:
        start, end = max(line.start, label.start), min(line.end, limit)
        if line.start >= limit:
            return
        if start >= end:
            continue
        first = line.block if first is None else first
        if line.block != first and (label.field != "partners" or _holds_contact(analysis, line)):
            return
        words = analysis.text[start:end]
        first_stop = words.find(". ")
        if first_stop > 0 and not _is_prose(words[:first_stop]):
            yield start, start + first_stop, False
            start += first_stop + 2
        yield start, end, _is_prose(analysis.text[start:end]) and not _is_name(analysis, start, end)


def _is_name(analysis: Analysis, start: int, end: int) -> bool:
    """Whether a line is one organisation's name and nothing more, however many small letters it has."""
    found = first_from(analysis.organisations, start, end)
    return found is not None and found.start == start and found.end >= end


def _holds_contact(analysis: Analysis, line: Line) -> bool:
    """Whether a line names a person or gives an address: a card of contacts ends a list of partners."""
    starts = [m.start for m in analysis.persons] + [m.start for m in analysis.emails]
    starts += [m.start for m in analysis.phones]
    return any(line.start <= start < line.end for start in starts)


def _block_end(analysis: Analysis, label: Labelled) -> int:
    """Where a list that starts beside its label ends: before the next label, or with its block; a cell is alone."""
    line = analysis.document.line_at(label.start)
    if line is None or label.form != "inline" or "\t" in analysis.text[label.label_end : label.start]:
        return label.end
    labels = analysis.labelled
    following = bisect_right(labels, label.start, key=lambda other: other.label_start)
    last = analysis.document.block_lines(line.block)[-1].end
    return max(label.end, min(last, labels[following].label_start) if following < len(labels) else last)


def _is_prose(words: str) -> bool:
    """Whether a line under a label is a sentence: it has a finite verb, or more words in lower case than names have.

    Before a group a verb's form is no verb: "osallistuvat yritykset" are the enterprises that take part.
    """
    tokens = words.split()
    verbs = vocabulary("parties")["verbs"]
    if any(token.strip(".,") in verbs and not is_generic(behind) for token, behind in pairwise((*tokens, ""))):
        return True
    lower = sum(1 for token in tokens if token[0].islower() and len(token) > 3)
    return len(tokens) > 4 and lower > _LOWER_SHARE * len(tokens) and not _is_series(words)


def _is_series(words: str) -> bool:
    """Whether commas part a line into a few words each: bodies among groups, "alueen yritykset, Omnia ja koulut"."""
    pieces = words.split(",")
    return len(pieces) > 1 and all(len(piece.split()) <= _SHORT_PIECE for piece in pieces)
