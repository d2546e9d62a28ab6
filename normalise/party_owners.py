"""Coordinators that no word names as such: who received the money, whose project it is, whose page tells of it."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from normalise.analysis import Analysis
from normalise.organisations import OrganisationMention
from normalise.party_cues import Claim, phrases
from normalise.party_lists import ListedName
from normalise.words import vocabulary

# The name of the page's owner stands alone on one of the first lines, or in its last ones.
_FIRST_LINES = 6
# Named this often, a body is the page's subject.
_OFTEN = 2
_GRANTED_TO = re.compile(r"(?:lle|:lle)$")
_GRANTING = re.compile(r"(?<!\w)(?:myön|bevilj|granted|awarded|avustu)", re.IGNORECASE)
_NOT_OWNERS = ("programme", "fund", "foundation", "ministry", "agency", "ely", "avi")


def receiver_claims(analysis: Analysis) -> Iterator[Claim]:
    """Bodies said to have received money for the project ("X sai", "myönsi X:lle", "X:n hanke")."""
    text = analysis.text
    for sentence in analysis.sentences:
        inside = [m for m in analysis.organisations if sentence.start <= m.start < sentence.end and not m.place]
        for mention in inside:
            if _receives(text, mention, sentence.end) or _is_given(text, mention, sentence.start, sentence.end):
                yield _claim(mention, 1.6, "coordinator.receiver")
            elif _owned().match(text, mention.end, sentence.end) and text[mention.start : mention.end] != mention.name:
                yield _claim(mention, 1.5, "coordinator.receiver")


def _receives(text: str, mention: OrganisationMention, end: int) -> bool:
    return text[mention.start : mention.end] == mention.name and _receiving().match(text, mention.end, end) is not None


def _is_given(text: str, mention: OrganisationMention, start: int, end: int) -> bool:
    written = text[mention.start : mention.end]
    return bool(_GRANTED_TO.search(written)) and written != mention.name and bool(_GRANTING.search(text, start, end))


@cache
def _receiving() -> re.Pattern[str]:
    return re.compile(r"\s+" + phrases(vocabulary("parties")["receiving"]).pattern, re.IGNORECASE)


@cache
def _owned() -> re.Pattern[str]:
    return re.compile(r"\s+" + phrases(vocabulary("parties")["owned"]).pattern, re.IGNORECASE)


def owner_claims(analysis: Analysis) -> Iterator[Claim]:
    """The body whose page this is, where it stands alone on one of the first lines; used where nothing else speaks."""
    for line in analysis.document.lines[:_FIRST_LINES]:
        for mention in analysis.organisations:
            fills = mention.start <= line.start + 2 and mention.end >= line.end - 2 and mention.end <= line.end
            if fills and not mention.place and not (mention.entry and mention.entry.type in _NOT_OWNERS):
                yield _claim(mention, 0.5, "coordinator.owner")


def teller_claims(analysis: Analysis, taken: frozenset[str]) -> Iterator[Claim]:
    """The body that a page names most, but for those with other roles: whoever tells of a project mostly leads it."""
    mentions = [m for m in analysis.organisations if _may_tell(m, taken)]
    counts = Counter(_key(m) for m in mentions)
    best = max(mentions, key=lambda m: (counts[_key(m)], -m.start), default=None)
    if best and counts[_key(best)] >= _OFTEN:
        yield _claim(best, 0.3, "coordinator.owner")


def _may_tell(mention: OrganisationMention, taken: frozenset[str]) -> bool:
    if mention.place or _key(mention) in taken:
        return False
    return mention.entry is None or mention.entry.type not in _NOT_OWNERS


def _key(mention: OrganisationMention) -> str:
    return mention.entry.id if mention.entry else mention.name.casefold()


def _claim(mention: OrganisationMention, weight: float, rule: str) -> Claim:
    named = ListedName(mention.start, mention.end, mention.name, mention.entry, None, known=True)
    return Claim("coordinator", named, weight, rule)
