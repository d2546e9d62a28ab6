"""Job titles: found by heads and compounding, with the words before the head that belong to them."""

import re
from dataclasses import dataclass
from functools import cache

from normalise.words import vocabulary

# A word of a title: "TKI-asiantuntija", "Toimitusjohtaja-rehtori", "kulttuuri-" (of "kulttuuri- ja ..."), "t.f.", "R&D".
_WORD = re.compile(r"[^\W\d_][\w&/+’']*(?:[-‐‑–][^\W_][\w&]*)*-?(?:\.(?:[a-zåäö]\.)?(?=\s))?")
_LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True, slots=True)
class RoleMention:
    """A job title as written (``text[start:end]``); ``title`` is the form that a record gives, Finnish case endings undone."""

    start: int
    end: int
    title: str


def is_role_word(word: str) -> bool:
    """Whether a single word (any case) is a job title or ends in a title's head."""
    return _is_head(word.casefold())
