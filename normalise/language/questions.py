"""A reader's question taken apart: words, exact phrases, beginnings of words, exclusions and fields. Never raises."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from normalise.language.lemmas import words
from normalise.words import vocabulary

TermForm = Literal["word", "phrase", "prefix"]
# Fields that narrow a word to a column of the index; the other fields are facets.
COLUMN_FIELDS = frozenset({"title", "names", "funder", "organisation"})
# Longer questions are pasted pages: their beginning says what is looked for.
_MAX_LENGTH = 500
_MAX_CLAUSES = 24
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"'))
_PART = re.compile(
    r"""(?P<minus>(?<!\S)[-−–])?
        (?:(?P<field>[^\W\d_]{2,20}):)?
        (?: "(?P<phrase>[^"]{0,300})"? | (?P<word>[^\s"]+) )""",
    re.VERBOSE,
)
_CODE = re.compile(r"[\d@/.]")


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing to be found. ``texts``: a phrase's words in order, or the one word. ``field`` narrows it to a column.

    ``alternative``: it may stand in place of the clause before it ("avustus OR tuki").
    """

    form: TermForm
    texts: tuple[str, ...]
    field: str | None = None
    negated: bool = False
    alternative: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """``clauses`` are looked up in the index, ``facets`` are pairs of a facet and a value that hits must have."""

    clauses: tuple[Clause, ...]
    facets: tuple[tuple[str, str], ...] = ()


def parse(question: str) -> Question:
    """Take a question apart. Whatever cannot be understood is looked up as words; an empty question has no clauses."""
    text = " ".join(question.split())[:_MAX_LENGTH].translate(_QUOTES)
    clauses: list[Clause] = []
    facets: list[tuple[str, str]] = []
    alternative = False
    for part in _PART.finditer(text):
        if part["word"] in vocabulary("search_terms")["or"] and not part["field"]:
            alternative = bool(clauses)
            continue
        field = _field(part["field"])
        value = part["phrase"] if part["phrase"] is not None else part["word"]
        if field and field not in COLUMN_FIELDS and not part["minus"]:
            facets.append((field, _value(field, value)))
            continue
        found = list(_clauses(part, field, value))
        clauses += [Clause(c.form, c.texts, c.field, c.negated, alternative and not i) for i, c in enumerate(found)]
        alternative = False
    return Question(tuple(clauses[:_MAX_CLAUSES]), tuple(facets))


def _clauses(part: re.Match[str], field: str | None, value: str) -> Iterator[Clause]:
    negated = bool(part["minus"])
    if part["field"] and not field:
        value = f"{part['field']}:{value}"
    found = tuple(match.group().lower() for match in words(value))
    if not found:
        return
    if part["phrase"] is not None and not (field and part["word"]):
        yield Clause("phrase", found, field, negated)
    elif value.endswith("*"):
        yield from (Clause("word", (word,), field, negated) for word in found[:-1])
        yield Clause("prefix", found[-1:], field, negated)
    elif len(found) > 1 and (_CODE.search(value) or negated):
        yield Clause("phrase", found, field, negated)
    else:
        yield from (Clause("word", (word,), field, negated) for word in found)


@cache
def _fields() -> dict[str, str]:
    return {name: field for field, names in vocabulary("search_terms")["fields"].items() for name in names}


def _field(name: str | None) -> str | None:
    return _fields().get(name.lower()) if name else None


def _value(field: str, value: str) -> str:
    """The facet's own word for what the reader wrote: "hanke" -> "project"."""
    for own, names in vocabulary("search_terms")["values"].get(field, {}).items():
        if value.lower() in names:
            return str(own)
    return value
