"""Blacking out people's contact details in texts, with lengths kept, so that every other fact's place stays right."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from normalise.emails import find_emails
from normalise.phones import find_phones
from publish.evidence import REDACTED

Span = tuple[int, int]
_WORDS = re.compile(r"[^\W\d_]+")
# An address in any hand: what the finder of e-mail addresses might not take for one must not slip through either.
_ADDRESS = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_SHORTEST_NAME = 3


def redact(text: str, names: Iterable[str] = ()) -> str:
    """The text with people's e-mail addresses, telephone numbers and the given names blacked out, as long as before."""
    letters = list(text)
    for start, end in _spans(text, names):
        letters[start:end] = [letter if letter.isspace() else REDACTED for letter in letters[start:end]]
    return "".join(letters)


def redact_all(value: Any, names: Iterable[str] = ()) -> Any:
    """The same for every string in a JSON value."""
    if isinstance(value, str):
        return redact(value, names)
    if isinstance(value, list):
        return [redact_all(member, names) for member in value]
    if isinstance(value, dict):
        return {key: redact_all(member, names) for key, member in value.items()}
    return value


def is_office(email: str) -> bool:
    """Whether an e-mail address is an office's: its first word is one that offices use."""
    words = _WORDS.findall(_folded(email.partition("@")[0]))
    return bool(words) and words[0] in _office_words()


def _spans(text: str, names: Iterable[str]) -> Iterator[Span]:
    for mention in find_emails(text):
        if not mention.is_pattern and not is_office(mention.address):
            yield mention.start, mention.end
    for address in _ADDRESS.finditer(text):
        if not is_office(address.group()):
            yield address.span()
    for phone in find_phones(text):
        yield phone.start, phone.end
    for name in names:
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
