"""Parties under labels: the lists and sentences beside or under a label of funders, coordinator or partners."""

import re
from collections.abc import Iterator

from normalise.analysis import Analysis
from normalise.organisations.names import OrganisationMention, in_nominative
from normalise.parties.claims import Claim
from normalise.parties.label_values import value_lines
from normalise.parties.lists import listed_names
from normalise.parties.pieces import ListedName, as_named
from normalise.text.label_names import LONGEST_LABEL, fold_label, known_names
from normalise.text.labels import Labelled
from normalise.text.spans import within
from normalise.words import AND

_FIELD_ROLE = {
    "funder": "funder",
    "funding": "funder",
    "coordinator": "coordinator",
    "partners": "partner",
    "programme": "funder",
}
_CAPITAL = re.compile(r"(?<!\w)[A-ZÅÄÖ]")
_LISTED = re.compile(rf",\s|,?\s(?:{AND})\s")


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
        if role and in_nominative(text, mention) and not mention.place:
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
    # Sentences are left to the cues.
    for start, end in ((start, end) for start, end, prose in value_lines(analysis, label) if not prose):
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
        if not mention.place and in_nominative(analysis.text, mention):
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
    for start, end, prose in value_lines(analysis, label):
        for mention in within(analysis.organisations, start, end) if prose else ():
            if not mention.place and in_nominative(analysis.text, mention):
                yield Claim("partner", as_named(mention), 2.5, "partner.sentence")
