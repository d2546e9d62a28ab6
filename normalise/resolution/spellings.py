"""Other spellings of a registered name: its case forms, abbreviated words, a town's other names, a school's brand."""

from collections.abc import Iterator

from normalise.language.inflection import genitive_adjective, nominatives
from normalise.organisations.register import Entry
from normalise.resolution.names import Name, forms_of, read_name, words_of
from normalise.words import vocabulary

_SHORTEST_BRAND = 4


def brand_of(name: Name) -> str | None:
    """The word of a name that is not one for schools, where there is just one."""
    rest = [word for word in name.words if word not in words_of("school_heads")]
    return rest[0] if len(rest) == 1 and len(rest[0]) >= _SHORTEST_BRAND else None


def place_forms(entry: Entry) -> Iterator[str]:
    """A municipality's place names in one word, folded, and their genitives; nothing for other bodies."""
    if entry.type == "municipality":
        singles = [name.casefold() for name in entry.names if " " not in name and "-" not in name]
        yield from (*singles, *(f"{name}s" for name in singles), (entry.genitive or "").casefold())


def town_names(entry: Entry) -> Iterator[str]:
    """Keys of what else a municipality is called: as town or rural municipality, in either language."""
    if entry.type != "municipality":
        return
    kinds = vocabulary("legal_forms")["town_words"]
    places = [name for name in entry.names if " " not in name]
    genitives = [entry.genitive or "", *places, *(f"{place}s" for place in places)]
    for text in (*(f"{front} {kind}" for front in genitives for kind in kinds["after"]),
                 *(f"{kind} {place}" for place in places for kind in kinds["before"])):  # fmt: skip
        yield read_name(text).key


def spellings(name: Name) -> Iterator[tuple[tuple[str, ...], str, float, str]]:
    """The spellings of a name to look up, the surest first."""
    words = name.words
    yield words, "registered name", 0.99, "the register has this name but for case, punctuation and legal form"
    for last in nominatives(words[-1])[:-1]:
        yield (*words[:-1], last), "inflected", 0.98, "an inflected form of a registered name"
        if len(words) > 1:
            adjective = genitive_adjective(words[-2])
            if adjective != words[-2]:
                yield (*words[:-2], adjective, last), "inflected", 0.98, "an inflected form of a registered name"
    if len(words) > 1 and words[0][-1] == "s" and len(words[0]) > 3:
        yield (words[0][:-1], *words[1:]), "inflected", 0.97, "a Swedish genitive at the front of a registered name"
    for opening in words_of("leader_groups"):
        front = tuple(opening.split())
        if words[: len(front)] == front and len(words) > len(front):
            yield ("leader", *words[len(front) :]), "group by its kind", 0.97, f"a Leader group, called {opening}"
    if words[-1] in forms_of("abbreviated"):
        long = forms_of("abbreviated")[words[-1]]
        yield (*words[:-1], long), "abbreviated word", 0.97, f"{words[-1]} stands for {long}"
    if "partnership" in name.classes:
        long = forms_of("abbreviated")["ky"]
        yield (*words, long), "abbreviated word", 0.97, f"ky stands for {long}"
