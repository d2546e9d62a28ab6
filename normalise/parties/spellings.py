"""What two spellings of a body's name have in common: the bare name, and the abbreviation that a page gives."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from normalise.organisations.names import identify
from normalise.organisations.words import is_legal_form
from normalise.parties.names import is_generic
from normalise.parties.pieces import ListedName
from normalise.words import WORDS_KEPT

_ABBREVIATION = re.compile(r"\s\((?P<short>[A-ZÅÄÖ][\w-]{1,11})\)")
# Brackets and years: "Seinäjoen ammattikorkeakoulu (SeAMK)", "Interreg Central Baltic 2014–2020".
_ADDED = re.compile(r"\s*\([^()]*\)|\s*(?:19|20)\d\d\s?[–-]\s?(?:19|20)?\d\d")


@lru_cache(WORDS_KEPT)
def bare_name(name: str) -> str:
    """A name without what pages add or leave out: legal form, country behind it, years, brackets.

    The id of the register's body where the bare name is one of its names.
    """
    bare = _ADDED.sub("", name).strip(" ,.-–")
    words = bare.split()
    while len(words) > 1 and (is_generic(words[-1]) or is_legal_form(words[-1])):
        words.pop()
    found = identify(" ".join(words))
    return found.entry.id if found and found.entry else " ".join(words).casefold()


def abbreviations(text: str, places: Iterable[ListedName]) -> Iterator[str]:
    """What the page gives in brackets behind a body's name or in it, folded: "Svenska litteratursällskapet (SLS)"."""
    for place in places:
        found = _ABBREVIATION.match(text, place.end) or _ABBREVIATION.search(place.name)
        if found:
            yield found["short"].casefold()
