"""A body's name with more words around it: its unit, its brand, or the body named twice."""

from dataclasses import dataclass, replace
from functools import cache

from normalise.resolution.bodies import Bodies, Hit
from normalise.resolution.names import LONGEST, is_abbreviation, is_organ, read_name, words_of
from normalise.resolution.words import is_head

# A shorter owner's name before more words is seldom one: "Luo", "ABC".
_SHORTEST_OWNER = 3


@dataclass(frozen=True, slots=True)
class Match:
    """What a name means. ``rest`` holds the words of a unit of ``hit.id``; ``several``: two bodies named together."""

    hit: Hit | None = None
    rest: str = ""
    several: bool = False


NOTHING = Match()


def unit_of(text: str, bodies: Bodies) -> Match:
    """A body's name with more words: "Helsingin yliopiston Ruralia-instituutti", "Tampereen kaupunki Tredu"."""
    words = text.split()
    if len(words) < 2 or len(words) > LONGEST:
        return NOTHING
    brand = _brand_last(words, bodies)
    if brand:
        return Match(brand)
    for at in range(len(words) - 1, 0, -1):
        front, back = " ".join(words[:at]), " ".join(words[at:])
        found = _unit_after(front, back, bodies) or _unit_before(words, at, bodies)
        if found:
            return found
    return NOTHING


def _brand_last(words: list[str], bodies: Bodies) -> Hit | None:
    """A registered brand after a written-out name that the register does not have: "... förbund SuPer"."""
    front = read_name(" ".join(words[:-1])).words
    if len(front) < 2 or not is_abbreviation(words[-1]) or not is_head(front[-1]) or is_organ(front[-1:]):
        return None
    hit = bodies.by_name(words[-1])
    return (
        replace(hit, rule="names together", score=0.9, reason=f"{hit.reason}, after its written-out name")
        if hit
        else None
    )


def _unit_after(front: str, back: str, bodies: Bodies) -> Match | None:
    """``front`` is the body: in the genitive, or in the nominative with a name of two words or with its own unit."""
    owner = bodies.by_name(front)
    if owner is None or owner.place:
        return _organ_of_town(back, owner) if owner else None
    own = bodies.by_name(back)
    if own and not own.place:
        return _own_unit(own, owner, bodies)
    if len(read_name(front).key) < _SHORTEST_OWNER:
        return None
    if back.casefold() in _ignorable():
        return Match(owner)
    is_branch = back.split(maxsplit=1)[0] in words_of("branch_links")
    is_plain = owner.rule != "inflected" and len(read_name(front).words) == 1 and not is_branch
    if is_plain and not (front.isupper() and len(front) < len(back)):
        return None
    return _within_town(front, back, owner, bodies) or Match(owner, rest=back)


def _own_unit(own: Hit, owner: Hit, bodies: Bodies) -> Match | None:
    """The body named after its owner's name, or after another name of its own."""
    if own.id == owner.id or bodies.is_within(own.id, owner.id):
        return Match(replace(own, rule="provider and brand", reason=f"{own.reason}, after the name of {owner.id}"))
    return None


def _organ_of_town(back: str, town: Hit) -> Match | None:
    """ "Siilinjärven hyvinvointilautakunta": an organ after the town's place name in the genitive."""
    if town.rule == "inflected" and back[:1].islower() and is_organ(read_name(back).words):
        return Match(replace(town, place=False), rest=back)
    return None


def _within_town(front: str, back: str, owner: Hit, bodies: Bodies) -> Match | None:
    """ "Turun kaupungin ammatti-instituutti" where the register has "Turun ammatti-instituutti" of that city."""
    place = bodies.entries[owner.id].genitive
    own = bodies.by_name(f"{place} {back}") if place and " " in front else None
    if own and bodies.is_within(own.id, owner.id):
        return Match(replace(own, reason=f"{own.reason}, with its owner's kind ({front})"))
    return None


def _unit_before(words: list[str], at: int, bodies: Bodies) -> Match | None:
    """``words[at:]`` is the body, a linking word before it: "Centret för livslångt lärande vid Åbo Akademi"."""
    link = words[at - 1].casefold()
    two = f"{words[at - 2].casefold()} {link}" if at > 2 else ""
    length = 2 if two in _long_links() else 1 if link in _links() and at > 1 else 0
    if not length:
        return None
    owner = bodies.by_name(" ".join(words[at:]))
    if owner is None or owner.place:
        return None
    front = " ".join(words[: at - length])
    own = bodies.by_name(front)
    if own and bodies.is_within(own.id, owner.id):
        return Match(own)
    return Match(owner, rest=front)


@cache
def _links() -> frozenset[str]:
    return words_of("unit_links")


@cache
def _long_links() -> frozenset[str]:
    return words_of("unit_links_long")


@cache
def _ignorable() -> frozenset[str]:
    return words_of("group_words")
