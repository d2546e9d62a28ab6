"""What a name means among the known bodies: the body itself, a unit of it, several bodies, or none."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product

from normalise.resolution.bodies import Bodies, Hit, is_short
from normalise.resolution.names import (
    Part,
    is_kind_word,
    is_legal_form,
    read_name,
    signed_parts,
    split_parts,
    without_years,
)
from normalise.resolution.units import NOTHING, Match, unit_of
from normalise.resolution.words import similarity

# Splits into words and what stands between them.
_LETTERS = re.compile(r"([^\W\d_]+)")
# Share of a name's weight (IDF) that must agree with the registered name for a misspelling of it.
MISSPELT_SCORE = 0.88
# Corrections tried for one name: two candidates for each of at most three words.
_CORRECTIONS = 8


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
    return unit_of(text, bodies)


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
    found = unit_of(part.text, bodies)
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
    words = _LETTERS.split(text.casefold())
    choices: list[list[str]] = []
    for word in words:
        known = not word.isalpha() or bodies.lexicon.knows(word)
        choices.append([word] if known else [slip.word for slip in bodies.lexicon.slips(word)[:2]] or [word])
    for reading in islice(product(*choices), _CORRECTIONS):
        if list(reading) != words:
            yield "".join(reading), _agreement(words, reading, bodies)


def _agreement(words: list[str], reading: tuple[str, ...], bodies: Bodies) -> float:
    told = [word.isalpha() and not is_legal_form(word) for word in reading]
    weights = [bodies.lexicon.weight(word) if tells else 0.0 for word, tells in zip(reading, told, strict=True)]
    agreeing = sum(
        weight * similarity(word, other) for weight, word, other in zip(weights, words, reading, strict=True)
    )
    return agreeing / sum(weights) if any(weights) else 0.0
