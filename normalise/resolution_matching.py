"""What a name means among the known bodies: the body itself, a unit of it, several bodies, or none."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, product

from normalise.resolution_bodies import Bodies, Hit, is_short
from normalise.resolution_names import (
    LONGEST,
    Part,
    is_kind_word,
    is_organ,
    read_name,
    signed_parts,
    split_parts,
    without_years,
    words_of,
)
from normalise.resolution_words import is_head, similarity
from normalise.words import vocabulary

# Share of a name's weight (IDF) that must agree with the registered name for a misspelling of it.
MISSPELT_SCORE = 0.88
# Corrections tried for one name: two candidates for each of at most three words.
_CORRECTIONS = 8
# A shorter owner's name before more words is seldom one: "Luo", "ABC".
_SHORTEST_OWNER = 3


@dataclass(frozen=True, slots=True)
class Match:
    """What a name means. ``rest`` holds the words of a unit of ``hit.id``; ``several``: two bodies named together."""

    hit: Hit | None = None
    rest: str = ""
    several: bool = False


NOTHING = Match()


def match(text: str, bodies: Bodies) -> Match:
    """The meaning of a cleaned name; misspelt words are put right only where nothing else is found."""
    found = _match(text, bodies)
    if found.rest:
        # What looks like a unit may be the misspelt body itself: "Raision seudun koulutukuntayhtymä, Raseko".
        corrected = _misspelt(text, bodies)
        return corrected if corrected.hit and not corrected.rest else found
    if found.hit or found.several:
        return found
    bare = without_years(text)
    if bare and bare != text:
        found = _match(bare, bodies)
        if found.hit or found.several:
            return found
    return _misspelt(bare or text, bodies)


def _match(text: str, bodies: Bodies) -> Match:
    hit = bodies.by_name(text) or bodies.by_words(text)
    if hit:
        return Match(hit)
    parts = signed_parts(text)
    if len(parts) > 1:
        found = _side_by_side(parts, bodies)
        if found:
            return found
    if _are_several(split_parts(text), bodies):
        return Match(several=True)
    return _unit(text, bodies)


def _side_by_side(parts: tuple[Part, ...], bodies: Bodies) -> Match | None:
    """Names divided by brackets, commas, slashes, dashes: one body's names, a body and its unit, or several bodies."""
    hits = [(part, _part_hit(part, bodies)) for part in parts]
    known = [(part, hit) for part, hit in hits if hit and not hit.place]
    if not known:
        return None
    # An abbreviation beside a written-out name says nothing against it.
    written_out = [(part, hit) for part, hit in known if not is_short(part.text)]
    leaf = _leaf([hit for _, hit in known], bodies) or _longer(known, bodies)
    leaf = leaf or _leaf([hit for _, hit in written_out], bodies)
    if leaf is None:
        return Match(several=True)
    unknown = [part for part, hit in hits if hit is None and not _is_note(part) and not _is_owner(part, leaf, bodies)]
    front_known = hits[0][1] is not None
    if not unknown or (front_known and all(part.bracketed or is_short(part.text) for part in unknown)):
        return Match(replace(leaf, rule="names together", reason=f"{leaf.reason}; named with another name of its own"))
    return Match(leaf, rest=" ".join(part.text for part in unknown))


def _part_hit(part: Part, bodies: Bodies) -> Hit | None:
    return bodies.by_name(part.text) or bodies.by_words(part.text)


def _is_note(part: Part) -> bool:
    """Whether a bracket holds a remark, no name: "(koordinaattori)"."""
    return part.bracketed and not any(letter.isupper() for letter in part.text)


def _longer(known: list[tuple[Part, Hit]], bodies: Bodies) -> Hit | None:
    """The body whose name goes on where the other part ends: "Europeiska socialfonden (ESF+)", "... plus"."""
    if len(known) != 2:
        return None
    front, hit = read_name(known[0][0].text).key, known[1][1]
    names = (read_name(name).key for name in bodies.entries[hit.id].names)
    return hit if any(name.startswith(front) and name != front for name in names) else None


def _is_owner(part: Part, leaf: Hit, bodies: Bodies) -> bool:
    """Whether a part is the foundation or association behind a body, named after it: "Varalan säätiö / Varala"."""
    found = _unit(part.text, bodies)
    return bool(found.hit and found.hit.id == leaf.id and is_kind_word(found.rest))


def _leaf(hits: list[Hit], bodies: Bodies) -> Hit | None:
    """The body that all others of the hits are the same as, or that is part of them; None where they are unrelated."""
    for hit in hits:
        if all(other.id == hit.id or bodies.is_within(hit.id, other.id) for other in hits):
            return hit
    return None


def _are_several(parts: tuple[Part, ...], bodies: Bodies) -> bool:
    """Whether every part is a known body of its own and not all are the same: "Turun kaupunki ja Raision kaupunki"."""
    if len(parts) < 2 or not any(part.joined for part in parts):
        return False
    hits = [_part_hit(part, bodies) for part in parts]
    return all(hits) and len({hit.id for hit in hits if hit}) > 1


def _unit(text: str, bodies: Bodies) -> Match:
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
    """A registered brand after a written-out name in a language that the register does not have: "... förbund SuPer"."""
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
    is_plain = owner.rule != "inflected" and len(read_name(front).words) == 1
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


def _misspelt(text: str, bodies: Bodies) -> Match:
    """The best match of the name with its unknown words replaced by known ones that they are slips of."""
    for corrected, score in _corrections(text, bodies):
        found = _match(corrected, bodies)
        if found.hit and score >= MISSPELT_SCORE:
            reason = f"misspelt: read as {corrected}; {found.hit.reason}"
            hit = replace(found.hit, rule="misspelt", score=round(min(score, found.hit.score), 3), reason=reason)
            return replace(found, hit=hit)
    return NOTHING


def _corrections(text: str, bodies: Bodies) -> Iterator[tuple[str, float]]:
    """Readings of a misspelt name, each with the share of its weight (IDF) that agrees."""
    words = text.casefold().replace("-", " - ").split()
    choices: list[list[str]] = []
    for word in words:
        known = not word.isalpha() or bodies.lexicon.knows(word)
        choices.append([word] if known else [slip.word for slip in bodies.lexicon.slips(word)[:2]] or [word])
    for reading in islice(product(*choices), _CORRECTIONS):
        if list(reading) != words:
            yield " ".join(reading).replace(" - ", "-"), _agreement(words, reading, bodies)


def _agreement(words: list[str], reading: tuple[str, ...], bodies: Bodies) -> float:
    weights = [bodies.lexicon.weight(word) if word.isalpha() else 0.0 for word in reading]
    agreeing = sum(
        weight * similarity(word, other) for weight, word, other in zip(weights, words, reading, strict=True)
    )
    return agreeing / sum(weights) if any(weights) else 0.0


@cache
def _links() -> frozenset[str]:
    return words_of("unit_links")


@cache
def _long_links() -> frozenset[str]:
    return words_of("unit_links_long")


@cache
def _ignorable() -> frozenset[str]:
    return frozenset(vocabulary("legal_forms")["group_words"])
