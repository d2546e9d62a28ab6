"""Readable parts of ids."""

import re
import unicodedata

_OTHER = re.compile(r"[^a-z0-9]+")
# Letters that no decomposition turns into ASCII.
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "đ": "d"})
LONGEST_SLUG = 48


def slug(text: str, longest: int = LONGEST_SLUG) -> str:
    """Lower-case ASCII words joined by hyphens, cut at a word's end: "Åbo stad" -> "abo-stad"; "x" for none."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = _OTHER.sub("-", plain).strip("-")
    if len(words) > longest:
        words = words[: longest + 1].rpartition("-")[0] or words[:longest]
    return words or "x"
