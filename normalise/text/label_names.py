"""The words of labels: which field of a record a label names."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from normalise.words import AND, vocabulary

LONGEST_LABEL = 60
_NUMBERING = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,2}[.)]?|[a-z]\))\s+")
_BRACKETS = re.compile(r"\s*\([^()]{0,60}\)\s*")
_WORD = re.compile(r"\w+")
# Distinct lines and labels remembered: pages of a site share most of theirs.
_KEPT = 1 << 13
_PAIR = re.compile(rf"\s+(?:{AND}|&)\s+|\s*/\s*|,\s+")


@dataclass(frozen=True, slots=True)
class LabelName:
    """A field that a label's words stand for."""

    field: str
    weak: bool


def fold_label(words: str) -> str:
    """The form in which labels are compared: no case, numbering, brackets, colon or doubled space."""
    plain = words.strip()
    if plain[:1].isdigit() or plain[1:2] == ")":
        plain = _NUMBERING.sub("", plain)
    if "(" in plain:
        plain = _BRACKETS.sub(" ", plain)
    return " ".join(plain.split()).strip(" :.?!*•-–|").casefold()


@cache
def label_table() -> dict[str, tuple[LabelName, ...]]:
    """All labels of the vocabulary, folded, with the fields that they name."""
    table: dict[str, tuple[LabelName, ...]] = {}
    for field, entry in vocabulary("labels")["fields"].items():
        for key, weak in (("labels", False), ("weak", True)):
            for label in entry.get(key, ()):
                table[label] = (*table.get(label, ()), LabelName(field, weak))
    return table


@cache
def _heads() -> tuple[tuple[str, LabelName], ...]:
    fields = vocabulary("labels")["fields"]
    return tuple((head, LabelName(field, False)) for field, e in fields.items() for head in e.get("heads", ()))


@cache
def _qualifiers() -> frozenset[str]:
    return frozenset(vocabulary("labels")["qualifiers"])


@lru_cache(_KEPT)
def name_label(words: str) -> tuple[LabelName, ...]:
    """The fields that a label's words name; empty where the vocabulary does not know them.

    "Hankkeen rahoittaja" is found without its qualifier, "päärahoittaja" by its head, "Kesto ja rahoitus" names two.
    """
    folded = fold_label(words)
    if not folded or len(folded) > LONGEST_LABEL:
        return ()
    found = known_names(folded) or _name_by_head(folded)
    if found:
        return found
    parts = _PAIR.split(folded)
    if len(parts) != 2:
        return ()
    first, second = (known_names(part) for part in parts)
    return (*first, *second) if first and second else ()


def is_known_label(words: str) -> bool:
    """Whether words are a label of the vocabulary itself, not only by their head."""
    return bool(known_names(fold_label(words)))


def known_names(folded: str) -> tuple[LabelName, ...]:
    """The fields of a folded label that stands in the vocabulary, with or without its qualifier."""
    table = label_table()
    if folded in table:
        return table[folded]
    front, _, rest = folded.partition(" ")
    names = known_names(rest) if rest and front in _qualifiers() else ()
    return tuple(map(_of_others, names)) if front in vocabulary("labels")["others"] else names


def _of_others(name: LabelName) -> LabelName:
    """What a label names where others than the one are meant: "övriga genomförare" take part, the one leads."""
    return replace(name, field="partners") if name.field == "coordinator" else name


@cache
def first_words_of_labels() -> frozenset[str]:
    """The words that labels of the vocabulary begin with: none of them, no label (`is_known_label`)."""
    return frozenset(_WORD.findall(label)[0] for label in label_table())


def _name_by_head(folded: str) -> tuple[LabelName, ...]:
    words = folded.split()
    if len(words) > 3 or (len(words) > 1 and words[0].endswith(".")):
        return ()
    return tuple(name for head, name in _heads() if words[-1].endswith(head))[:1]
