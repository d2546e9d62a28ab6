"""A body's name taken apart for comparison: words, legal form, brackets, the names that stand side by side in it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from normalise.words import AND, CONJUNCTIONS, joining_words, vocabulary

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("’‘´`", "'") | dict.fromkeys('"“”„«»•·', " "))
# "r.f." -> "rf", "d.o.o." -> "doo"; "Y. Koski" keeps its space.
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,5}|\b[^\W\d_]\.[^\W\d_]\b\.?")
# Case endings after a colon: "OPH:n", "Oy:ltä".
_COLON_CASE = re.compile(r"(?<=\w):(?!mi\b)(?:[a-zåäö]{1,5})\b")
_TOKEN = re.compile(r"[^\W_]+\+?")
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
# A comma after a hyphen belongs to the name: "Elinkeino-, liikenne- ja ympäristökeskus".
_BETWEEN = re.compile(r"(?<!-),\s+|\s*[/|;]\s*|\s+-\s+|(?<=\w):\s+")
_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s*-\s*(?:19|20)?\d\d)?\b")
# No name of the register has more words; what is longer is a sentence.
LONGEST = 24
# Characters; more is no name, and is compared by its beginning.
LONGEST_TEXT = 400
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "đ": "d"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name's words (folded, without connectives and legal form) and the classes of its legal forms."""

    words: tuple[str, ...]
    classes: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """The words without spaces: glued, hyphenated and spaced spellings meet."""
        return "".join(self.words)


@dataclass(frozen=True, slots=True)
class Part:
    """One of several names side by side. ``bracketed``: in brackets. ``joined``: after a conjunction."""

    text: str
    bracketed: bool = False
    joined: bool = False


def clean(text: str) -> str:
    """A name in NFKC with plain dashes and quotes, single spaces, no dots in abbreviations, no case after a colon."""
    text = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).translate(_DASHES)
    text = _INITIALS.sub(lambda found: found[0].replace(".", ""), text)
    return " ".join(_COLON_CASE.sub("", text).split()).strip(" .,;:-")


def read_name(text: str) -> Name:
    """The words and legal classes of a cleaned name: "Oy Laakso Digital Ab" -> laakso digital, {company}."""
    folded = text.casefold()
    for long, short in _long_forms():
        folded = folded.replace(long, short)
    equal = forms_of("equal_words")
    # A text of signs alone is its own word, so that every name has one.
    words = [equal.get(word, word) for word in _TOKEN.findall(folded)[:LONGEST]] or [folded or "-"]
    forms = _forms()
    classes: set[str] = set()
    while len(words) > 1 and words[-1] in forms:
        classes.add(forms[words.pop()])
    while len(words) > 1 and words[0] in _openers():
        classes.add(forms[words.pop(0)])
    return Name(_without_connectives(words), frozenset(classes))


def _without_connectives(words: list[str]) -> tuple[str, ...]:
    """The words but for those that join others: "ja" inside a name, not in "JA Finland"."""
    inside = [word for word in words[1:-1] if word not in connectives()]
    return (*([] if words[0] in joining_words("the") and len(words) > 1 else words[:1]), *inside, *words[1:][-1:])


def without_kind_word(name: Name) -> Name | None:
    """The name without the word for its kind ("osuuskunta", "stiftelsen") at either end; None where it has none."""
    kinds = _kind_words()
    if len(name.words) > 1:
        if name.words[-1] in kinds:
            return Name(name.words[:-1], name.classes | {kinds[name.words[-1]]})
        if name.words[0] in kinds:
            return Name(name.words[1:], name.classes | {kinds[name.words[0]]})
    return None


def kind_classes(name: Name) -> frozenset[str]:
    """The classes of a name's legal form and kind words together."""
    bare = without_kind_word(name)
    classes = bare.classes if bare else name.classes
    # "ky" is a limited partnership (kommandiittiyhtiö) or a joint municipal authority (kuntayhtymä).
    return classes | {"authority"} if "partnership" in classes else classes


def is_legal_form(word: str) -> bool:
    """Whether a word of a cleaned name is a legal form: "ry"."""
    return word.casefold() in _forms()


def is_kind_word(text: str) -> bool:
    """Whether a text is nothing but the word for a kind of body: "säätiö"."""
    return text.casefold() in _kind_words()


def split_parts(text: str) -> tuple[Part, ...]:
    """The names side by side in a cleaned text: divided by brackets, commas, slashes, dashes, then conjunctions."""
    parts = [part for part in _by_signs(text) if part.text]
    return tuple(piece for part in parts for piece in _by_conjunctions(part))


def signed_parts(text: str) -> tuple[Part, ...]:
    """Like `split_parts`, but conjunctions do not divide."""
    return tuple(part for part in _by_signs(text) if part.text)


def _by_signs(text: str) -> Iterator[Part]:
    bracketed = [found[1].strip() for found in _BRACKET.finditer(text)]
    outside = _BRACKET.sub(" , ", text) if bracketed else text
    for piece in _BETWEEN.split(outside):
        yield Part(piece.strip(" ,.;-"))
    for inside in bracketed:
        yield Part(inside, bracketed=True)


def _by_conjunctions(part: Part) -> Iterator[Part]:
    pieces = _conjunction().split(part.text)
    for index, piece in enumerate(pieces):
        yield Part(piece.strip(), part.bracketed, index > 0)


def without_years(text: str) -> str:
    """A programme's name without its years: "Interreg Central Baltic 2021-2027"."""
    return " ".join(_YEARS.sub(" ", text).split()).strip(" ,-")


def ascii_fold(key: str) -> str:
    """A folded key in ASCII letters: "åbo" -> "abo"."""
    if key.isascii():
        return key
    decomposed = unicodedata.normalize("NFKD", key.translate(_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def initials(words: Iterable[str]) -> str:
    """The first letters of words: "suomen saarikunnat" -> "ss"."""
    return "".join(word[0] for word in words)


def is_abbreviation(text: str) -> bool:
    """Whether a text looks like an abbreviation or brand: one word of 2-12 letters with two capitals or more."""
    return 1 < len(text) <= 12 and " " not in text and sum(letter.isupper() for letter in text) > 1


def is_organ(words: tuple[str, ...]) -> bool:
    """Whether the words name an organ or service ("sivistyslautakunta") that is a body only with its owner's name."""
    # A genitive before it is the owner: "Kaarnalahden kirjasto".
    return bool(words) and words[-1].endswith(_organs()) and not any(word[-1] in "ns" for word in words[:-1])


def forms_of(key: str) -> Mapping[str, str]:
    """A table of the vocabulary file `legal_forms` that maps words to words."""
    table: Mapping[str, str] = vocabulary("legal_forms")[key]
    return table


@cache
def words_of(key: str) -> frozenset[str]:
    """A list of the vocabulary file `legal_forms`."""
    return frozenset(vocabulary("legal_forms")[key])


@cache
def connectives() -> frozenset[str]:
    """Words that join: left out of keys."""
    return CONJUNCTIONS | joining_words("the")


@cache
def concepts() -> Mapping[str, int]:
    """Head words that are translations of each other, by the number of their group."""
    return {word: number for number, group in enumerate(vocabulary("legal_forms")["concepts"]) for word in group}


@cache
def _forms() -> Mapping[str, str]:
    return {form: name for name, forms in vocabulary("legal_forms")["forms"].items() for form in forms}


@cache
def _openers() -> frozenset[str]:
    return frozenset(vocabulary("legal_forms")["openers"])


@cache
def _kind_words() -> Mapping[str, str]:
    return {word: name for name, words in vocabulary("legal_forms")["kind_words"].items() for word in words}


@cache
def _long_forms() -> tuple[tuple[str, str], ...]:
    return tuple(forms_of("long_forms").items())


@cache
def _organs() -> tuple[str, ...]:
    return tuple(vocabulary("legal_forms")["organs"])


@cache
def _conjunction() -> re.Pattern[str]:
    # A conjunction after a hyphen belongs to the name: "Opetus- ja kulttuuriministeriö".
    return re.compile(rf"(?<!-)\s+(?:{AND}|&)\s+(?=\S)")
