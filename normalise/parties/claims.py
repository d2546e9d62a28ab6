"""Claims: that a text says an organisation pays for, leads or takes part in its project."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from normalise.parties.pieces import ListedName
from normalise.text.sentences import Sentence
from normalise.text.spans import overlaps

if TYPE_CHECKING:  # an analysis holds the claims of its text: the import goes the other way
    from normalise.analysis import Analysis

# How far a word that turns a claim away reaches: characters before the name and after it.
_REACH_BEFORE = 110
_REACH_AFTER = 50


@dataclass(frozen=True, slots=True)
class Claim:
    """That a text says an organisation has a role.

    ``weight`` is 3 for plain words, 1 for weak ones; ``against`` is a word that tells not to believe it.
    """

    role: str
    named: ListedName
    weight: float
    rule: str
    against: str | None = None


def against_near(analysis: "Analysis", sentence: Sentence, named: ListedName, keys: Iterable[str]) -> str | None:
    """The word near a name, in its sentence, that turns a claim away from this project; None without one."""
    text = analysis.text
    start = max(sentence.start, named.start - _REACH_BEFORE)
    bracket = text.find("(", named.end, named.end + _REACH_AFTER)
    end = min(sentence.end, named.end + _REACH_AFTER if bracket < 0 else bracket)
    spans = (span for key in keys for span in analysis.party_words.of(key, start, end))
    found = [span for span in spans if not overlaps(analysis.organisations, *span)]
    return text[slice(*found[0])] if found else None
