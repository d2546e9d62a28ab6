"""Blacking out people's contact details in texts, with lengths kept, so that every other fact's place stays right."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import yaml

from normalise.contacts.emails import find_emails
from normalise.contacts.phones import find_phones
from normalise.persons.name_forms import possible_nominatives
from publish.evidence import REDACTED

Span = tuple[int, int]
_WORDS = re.compile(r"[^\W\d_]+")
# An address in any hand: what the finder of e-mail addresses might not take for one must not slip through either.
_ADDRESS = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_SHORTEST_NAME = 3
_NAME_WORD = re.compile(r"[^\W\d_](?:[\w'’-]{0,60}\w)?")
_BETWEEN = re.compile(r",?\s{1,3}")


class PersonNames:
    """Names of people, found in a text in any case of their last word, in any case of letters and surname first."""

    def __init__(self, names: Iterable[str]) -> None:
        """Index the names; the cost of `spans` does not grow with their number."""
        parts = [tuple(_NAME_WORD.findall(name.casefold())) for name in names]
        whole = [words for words in parts if len("".join(words)) >= _SHORTEST_NAME]
        self._names = {order for words in whole for order in (words, (*words[-1:], *words[:-1]))}
        self._fronts = {words[:-1] for words in self._names}
        self._lengths = sorted({len(words) for words in self._names})

    def spans(self, text: str) -> Iterator[Span]:
        """Where names stand; spans may overlap."""
        words = list(_NAME_WORD.finditer(text)) if self._names else []
        for at in range(len(words)):
            for length in self._lengths:
                run = words[at : at + length]
                if len(run) == length and self._is_name(text, run):
                    yield run[0].start(), run[-1].end()

    def _is_name(self, text: str, run: Sequence[re.Match[str]]) -> bool:
        front, last = tuple(word[0].casefold() for word in run[:-1]), run[-1][0]
        if front not in self._fronts:
            return False
        bases = {last.casefold(), *(base.casefold() for base in possible_nominatives(last))}
        return any((*front, base) in self._names for base in bases) and all(
            _BETWEEN.fullmatch(text, one.end(), other.start()) for one, other in pairwise(run)
        )


def redact(text: str, names: Iterable[str] | PersonNames = ()) -> str:
    """The text with people's e-mail addresses, telephone numbers and the given names blacked out, as long as before."""
    letters = list(text)
    for start, end in _spans(text, names):
        letters[start:end] = [letter if letter.isspace() else REDACTED for letter in letters[start:end]]
    return "".join(letters)


def is_office(email: str) -> bool:
    """Whether an e-mail address is an office's: its first word is one that offices use."""
    words = _WORDS.findall(_folded(email.partition("@")[0]))
    return bool(words) and words[0] in _office_words()


def _spans(text: str, names: Iterable[str] | PersonNames) -> Iterator[Span]:
    for mention in find_emails(text):
        if not mention.is_pattern and not is_office(mention.address):
            yield mention.start, mention.end
    for address in _ADDRESS.finditer(text):
        if not is_office(address.group()):
            yield address.span()
    for phone in find_phones(text):
        yield phone.start, phone.end
    if isinstance(names, PersonNames):
        yield from names.spans(text)
        return
    known = tuple(names)
    yield from PersonNames(known).spans(text)
    for name in known:
        yield from _name_spans(text, name)


def _name_spans(text: str, name: str) -> Iterator[Span]:
    """A name wherever it stands, in any case and with any white space between its parts, also surname first."""
    parts = name.split()
    if len("".join(parts)) < _SHORTEST_NAME:
        return
    orders = [parts, [*parts[-1:], *parts[:-1]]] if len(parts) > 1 else [parts]
    for order in orders:
        pattern = r",?\s{1,3}".join(map(re.escape, order))
        for found in re.finditer(rf"(?<!\w){pattern}\w{{0,6}}", text, re.IGNORECASE):
            yield found.span()


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@cache
def _office_words() -> frozenset[str]:
    words = yaml.safe_load((Path(__file__).parent / "role_mailboxes.yml").read_text("utf-8"))
    return frozenset(map(_folded, words))
