"""Known bodies indexed by every key that a name may meet them by."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from normalise.organisations.register import Entry, register
from normalise.persons.name_forms import surnames
from normalise.resolution.names import (
    Name,
    ascii_fold,
    clean,
    is_abbreviation,
    kind_classes,
    read_name,
    words_of,
)
from normalise.resolution.spellings import brand_of, place_forms, spellings, town_names
from normalise.resolution.words import Lexicon, stem

# Shorter keys are not compared without their marks: "säde" (ray) is not "sade" (rain).
_SHORTEST_FOLDED = 8
# Inflected forms of names up to this length are names and words of their own too often.
_SHORT = 4
_MONEY_TYPES = frozenset({"fund", "programme"})
_SCHOOL_TYPES = frozenset({"provider", "school", "uas", "university"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A body that a name means, by which rule, how surely (0..1), and why."""

    id: str
    rule: str
    score: float
    reason: str
    place: bool = False


@dataclass(slots=True)
class Bodies:
    """Registered bodies and their indexes; made once, then only read."""

    entries: Mapping[str, Entry]
    oids: Mapping[str, str] = field(default_factory=dict)
    lexicon: Lexicon = field(default_factory=lambda: Lexicon(registered=True))
    _keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _folded: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _bags: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _exact: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _domains: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _business_ids: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _classes: dict[str, frozenset[str]] = field(default_factory=dict)
    _places: set[str] = field(default_factory=set)
    _brands: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index every name of every entry."""
        read = [(entry, text, read_name(clean(text))) for entry in self.entries.values() for text in entry.names]
        for _, _, name in read:
            self.lexicon.add(name.words)
        for entry, text, name in read:
            self._index_name(entry, text, name)
        for entry in self.entries.values():
            self._index_entry(entry)
        for entry, text, name in read:
            short = text.split()[-1].strip("()")
            if len(name.words) > 2 and is_abbreviation(short) and short.isupper():
                self._add_alias(entry.id, "".join(name.words[:-1]), name.words[-1])
        self._brands.update(self._derived_brands(read))

    def _index_name(self, entry: Entry, text: str, name: Name) -> None:
        self._classes[entry.id] = self._classes.get(entry.id, frozenset()) | kind_classes(name)
        _add(self._exact, clean(text), entry.id)
        _add(self._keys, name.key, entry.id)
        if len(name.words) > 1:
            _add(self._bags, self.bag(name.words), entry.id)
        if len(name.key) >= _SHORTEST_FOLDED:
            _add(self._folded, ascii_fold(name.key), entry.id)

    def _index_entry(self, entry: Entry) -> None:
        self._places.update(place_forms(entry))
        for key in town_names(entry):
            if key not in self._keys:
                _add(self._keys, key, entry.id)
        for domain in entry.domains:
            _add(self._domains, domain.casefold(), entry.id)
        if entry.business_id:
            _add(self._business_ids, entry.business_id, entry.id)

    def bag(self, words: Iterable[str]) -> str:
        """The words in the nominative, in alphabetical order."""
        return " ".join(sorted(stem(word, self.lexicon) for word in words))

    def by_name(self, text: str) -> Hit | None:
        """The one body that has a cleaned name, in any case form, with or without legal form, glued or spaced."""
        name = read_name(text)
        found = self._only(text, name, self._exact.get(text, ()))
        if found:
            return Hit(found, "registered name", 1.0, "the register has this name", self._is_place(found, name))
        for words, rule, score, reason in spellings(name):
            found = self._only(text, name, self._keys.get("".join(words), ()))
            if found and (rule != "inflected" or self._keeps_case(text, words, found)):
                return Hit(found, rule, score, reason, self._is_place(found, Name(words)))
        return None

    def by_words(self, text: str) -> Hit | None:
        """The one body with the same words in another order, or with its marks (å, ä, ö) left off."""
        name = read_name(text)
        found = self._only(text, name, self._folded.get(ascii_fold(name.key), ()))
        if found:
            return Hit(found, "marks left off", 0.97, "the register has this name with its marks")
        if len(name.words) > 1:
            found = self._only(text, name, self._bags.get(self.bag(name.words), ()))
            if found:
                return Hit(found, "same words", 0.96, "the register has these words in another order or case")
        brand = brand_of(name) or ""
        school = self._brands.get(brand)
        # A surname alone is a family or a firm: "Lund", "Palmgren".
        if school and self._class_fits(name, school) and (len(name.words) > 1 or brand not in surnames()):
            return Hit(school, "brand", 0.92, "the brand of a registered school, with or without a word for schools")
        return None

    def by_domain(self, domain: str) -> str | None:
        """The one body whose web or mail domain this is, or lies under."""
        labels = domain.split(".")
        for start in range(len(labels) - 1):
            found = self._domains.get(".".join(labels[start:]))
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def by_business_id(self, number: str) -> str | None:
        """The one body with a business id; several authorities may share one, and then it tells nothing."""
        found = self._business_ids.get(number, ())
        return found[0] if len(found) == 1 else None

    def is_place_word(self, word: str) -> bool:
        """Whether a word is a municipality's place name, in the nominative or genitive."""
        return word in self._places

    def is_within(self, unit: str, body: str) -> bool:
        """Whether a body is part of another, at any depth; a fund or programme also of the union or state behind it."""
        if body in words_of("general_owners") and self.entries[unit].type in _MONEY_TYPES:
            return True
        seen = {unit}
        parent = self.entries[unit].part_of
        while parent and parent not in seen and parent in self.entries:
            if parent == body:
                return True
            seen.add(parent)
            parent = self.entries[parent].part_of
        return False

    def _add_alias(self, id_: str, long: str, short: str) -> None:
        """An abbreviation that the register gives only behind a body's name: "Turun ammatti-instituutti TAI"."""
        if id_ in self._keys.get(long, ()) and short not in self._keys:
            _add(self._keys, short, id_)

    def _derived_brands(self, read: Iterable[tuple[Entry, str, Name]]) -> Iterator[tuple[str, str]]:
        """The one word that a school's name has besides words for schools, where no other body has that word."""
        having: dict[str, set[str]] = defaultdict(set)
        for entry, _, name in read:
            for word in name.words:
                having[word].add(entry.id)
        for entry, _, name in read:
            brand = brand_of(name)
            if brand and entry.type in _SCHOOL_TYPES and having[brand] == {entry.id} and brand not in self._places:
                yield brand, entry.id

    def _only(self, text: str, name: Name, ids: tuple[str, ...]) -> str | None:
        """The one id that fits; of several, the one with the name in these very letters, then the one still there."""
        fitting = [id_ for id_ in ids if self._class_fits(name, id_)]
        if len(fitting) > 1:
            fitting = [id_ for id_ in fitting if text in self.entries[id_].names] or fitting
        if len(fitting) > 1:
            fitting = [id_ for id_ in fitting if not self.entries[id_].until] or fitting
        return fitting[0] if len(fitting) == 1 else None

    def _keeps_case(self, text: str, words: tuple[str, ...], id_: str) -> bool:
        """Whether a short name stands in an inflected form as it is written: "TAIn"; "Taina" is somebody else."""
        key = "".join(words)
        return len(key) > _SHORT or text[: len(key)] in self.entries[id_].names

    def _class_fits(self, name: Name, id_: str) -> bool:
        """Whether a legal form written in a name can be the body's: "Keronmaa Oy" is not the municipality Keronmaa."""
        if not name.classes or name.classes & self._classes[id_]:
            return True
        if len(name.words) == 1 and name.classes - {"partnership"}:
            return not self._classes[id_] and self.entries[id_].type not in _public_types()
        return self.entries[id_].type not in _public_types() or "partnership" in name.classes

    def _is_place(self, id_: str, name: Name) -> bool:
        entry = self.entries[id_]
        return entry.type == "municipality" and len(name.words) == 1 and not name.classes


def _add(table: dict[str, tuple[str, ...]], key: str, id_: str) -> None:
    if id_ not in table.get(key, ()):
        table[key] = (*table.get(key, ()), id_)


@cache
def _public_types() -> frozenset[str]:
    return words_of("public_types")


@cache
def registered_bodies() -> Bodies:
    """The bodies of the register that ships with the vocabulary."""
    return Bodies(register())


def is_short(text: str) -> bool:
    """Whether a name is an abbreviation or brand, too short to say against what stands beside it."""
    return is_abbreviation(text) or len(text) <= 4
