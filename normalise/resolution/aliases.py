"""The other names that a name carries beside it: in brackets, after a slash or dash, as an abbreviation."""

from collections.abc import Iterator
from dataclasses import dataclass

from normalise.resolution.bodies import Bodies
from normalise.resolution.names import Name, Part, concepts, is_abbreviation, is_legal_form, read_name, signed_parts
from normalise.words import vocabulary

_LONGEST_ABBREVIATION = 6


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of the same body, how surely, and why."""

    text: str
    score: float
    reason: str


def aliases(text: str, bodies: Bodies) -> Iterator[Alias]:
    """The names that stand together in a cleaned text as names of one body."""
    parts = signed_parts(text)
    if len(parts) > 1:
        yield from _side_by_side(parts, bodies)
    words = text.split()
    if len(words) > 2:
        yield from _with_abbreviation(words[0], " ".join(words[1:]))
        yield from _with_abbreviation(words[-1], " ".join(words[:-1]))


def place_words(name: Name, bodies: Bodies) -> frozenset[str]:
    """The words of a name that are a municipality's place name, in the nominative or genitive."""
    return frozenset(word for word in name.words if bodies.is_place_word(word))


def is_abbreviation_of(short: str, text: str) -> bool:
    """Whether the letters of an abbreviation stand in this order in a name, the first of them first."""
    letters = iter(read_name(text).key)
    folded = short.casefold()
    return read_name(text).key[:1] == folded[:1] and all(letter in letters for letter in folded)


def _side_by_side(parts: tuple[Part, ...], bodies: Bodies) -> Iterator[Alias]:
    front = parts[0]
    for part in parts[1:]:
        if part.bracketed and is_abbreviation(part.text):
            yield Alias(front.text, 0.96, f"the name without its abbreviation {part.text}")
        elif part.bracketed and not any(letter.isupper() for letter in part.text):
            yield Alias(front.text, 0.95, "the name without the remark in brackets")
        elif are_translations(front.text, part.text) or (part.bracketed and _is_second_name(part, bodies)):
            yield Alias(front.text, 0.95, f"named together with {part.text}")
            yield Alias(part.text, 0.95, f"named together with {front.text}")


def are_translations(first: str, second: str) -> bool:
    """Whether two names' heads, or legal forms, mean the same in two languages: "... koulu / ... skola", "ry / rf"."""
    one, other = first.casefold().split(), second.casefold().split()
    forms = {one[-1].replace(".", ""), other[-1].replace(".", "")} if one and other else set()
    if sorted(forms) in vocabulary("legal_forms")["translated_forms"]:
        return True
    heads, others = _heads(read_name(first)), _heads(read_name(second))
    return any(heads[concept] != others[concept] for concept in heads.keys() & others.keys())


def _heads(name: Name) -> dict[int, str]:
    """The heads in a name by the group of translations they are of."""
    found: dict[int, str] = {}
    for word in (name.words[0], name.words[-1]):
        for head, concept in concepts().items():
            if word.endswith(head) and len(found.get(concept, "")) < len(head):
                found[concept] = head
    return found


def _is_second_name(part: Part, bodies: Bodies) -> bool:
    """Whether a bracket holds a name of several words that is no registered body and no place."""
    return " " in part.text and bodies.by_name(part.text) is None


def _with_abbreviation(short: str, name: str) -> Iterator[Alias]:
    """ "SSK Suomen Saarikunnat": the abbreviation's letters are the words' first letters, compounds' inside them."""
    if _is_short_for(short, name):
        yield Alias(name, 0.95, f"the name without its abbreviation {short}")


def abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """The abbreviations that a cleaned name carries, each with the key of the name that it stands for."""
    words = text.split()
    parts = signed_parts(text)
    pairs = [(part.text, parts[0].text) for part in parts[1:] if part.bracketed]
    if len(words) > 2 and len(parts) == 1:
        bare = [word for word in words if not is_legal_form(word)]
        pairs += [(bare[0], " ".join(bare[1:])), (bare[-1], " ".join(bare[:-1]))] if len(bare) > 2 else []
    yield from ((short, read_name(name).key) for short, name in pairs if _is_short_for(short, name))


def _is_short_for(short: str, name: str) -> bool:
    return (
        1 < len(short) <= _LONGEST_ABBREVIATION
        and sum(letter.isupper() for letter in short) > 1
        and is_abbreviation_of(short, name)
    )
