"""Place names in Finnish cases: what a municipality's name is in the nominative, and which words say where."""

from collections.abc import Mapping
from functools import cache

from normalise.organisations.register import register
from normalise.words import vocabulary


@cache
def place_forms() -> Mapping[str, str]:
    """Inflected place names of municipalities, folded, to their folded nominative: "turussa" -> "turku"."""
    forms: dict[str, str] = {}
    cases = vocabulary("organisation_words")["place_cases"]
    for entry in register().values():
        if entry.type == "municipality" and entry.genitive:
            place = next(name for name in entry.names if " " not in name).casefold()
            stem = entry.genitive.casefold().removesuffix("n")
            forms.update({stem + case: place for case in cases})
    return forms


def tells_where(folded: str) -> bool:
    """Whether a word is a place's name in a local case: "helsingissä", "kanta-hämeestä"; a genitive is none."""
    if folded.startswith(directions()) and folded.endswith(local_cases()):
        return True
    return not folded.endswith("n") and folded in place_forms()


@cache
def directions() -> tuple[str, ...]:
    """The first halves of the names of parts of the country, in lower case."""
    return tuple(word.casefold() for word in vocabulary("organisation_words")["directions_fi"])


@cache
def local_cases() -> tuple[str, ...]:
    """The endings of Finnish words that say where something is or comes from."""
    return tuple(vocabulary("organisation_words")["local_cases"])
