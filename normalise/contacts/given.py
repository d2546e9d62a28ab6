"""People whom a page calls by their given name alone, beside a number or address: "Merja 044 123 4567"."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from normalise.contacts.emails import EmailMention
from normalise.contacts.phones import PhoneMention
from normalise.persons.evidence import NAME
from normalise.persons.finding import PersonMention
from normalise.persons.job_title_words import role_lemma
from normalise.persons.job_titles import RoleMention, find_roles
from normalise.persons.name_forms import fold, is_ambiguous_given_name, is_given_name
from normalise.text.spans import overlaps
from normalise.words import any_of, vocabulary

# The line before a detail, and a bracket behind it, are read this far (characters).
_REACH = 100
_BEHIND = re.compile(rf"\s?\((?P<name>{NAME})\)")
# Before an address that is the name itself: anything on its line, or on the line above a letter's signature.
_NAMESAKE = re.compile(rf"(?:\A|\n)[ \t*•·▪/–-]*(?P<name>{NAME})(?:[ \t,:–-][^\n@]{{0,50}}|[ \t]*\n[ \t]*)\Z")


class GivenName(NamedTuple):
    """A given name at ``start``..``end`` (characters), with the job title right before it."""

    start: int
    end: int
    name: str
    title: RoleMention | None


class GivenNames:
    """Finds given names alone in one document."""

    def __init__(self, text: str, persons: Sequence[PersonMention]) -> None:
        """Take the text and the full names in it, in reading order."""
        self._text = text
        self._persons = persons
        self._namesakes: dict[str, dict[str, int]] = {}
        for index, person in enumerate(persons):
            self._namesakes.setdefault(person.given, {}).setdefault(person.name, index)

    def beside(self, detail: EmailMention | PhoneMention) -> GivenName | None:
        """The given name alone whose detail it is."""
        name = given_name_beside(self._text, detail)
        return None if name is None or overlaps(self._persons, name.start, name.end) else name

    def person(self, name: GivenName) -> int | None:
        """Index of the first mention of the one person of the page who is called so; None for none, or several."""
        indices = [*self._namesakes.get(name.name, {}).values()]
        return indices[0] if len(indices) == 1 else None


def given_name_beside(text: str, detail: EmailMention | PhoneMention) -> GivenName | None:
    """The name that opens the line of a detail, follows it in brackets, or stands before an address of its own."""
    reach = max(0, detail.start - _REACH)
    line = text.rfind("\n", reach, detail.start) + 1
    opens = _before().match(text, line, detail.start) if line or not reach else None
    found = opens or _BEHIND.match(text, detail.end, detail.end + _REACH)
    if found is None and isinstance(detail, EmailMention):
        same = _NAMESAKE.search(text, reach, detail.start)
        found = same if same and detail.local == fold(same["name"]) else None
    if found is None or not _is_name(found["name"]):
        return None
    return GivenName(*found.span("name"), found["name"], _title(text, max(line, reach), found.start("name")))


def _is_name(word: str) -> bool:
    return is_given_name(word) and not is_ambiguous_given_name(word) and not role_lemma(word)


def _title(text: str, start: int, end: int) -> RoleMention | None:
    titles = find_roles(text, start, end) if start < end else ()
    return titles[-1] if titles and not text[titles[-1].end : end].strip() else None


@cache
def _before() -> re.Pattern[str]:
    """A name that opens a line, behind a label or a job title, with a bracket and the detail's own label behind it."""
    labels = any_of([*vocabulary("phones")["labels"], *vocabulary("emails")["labels"]])
    calls, at = any_of(vocabulary("persons")["calls"]), any_of(vocabulary("persons")["reached_at"])
    return re.compile(
        rf"[\s*•·▪/–-]*(?:[^\n:@\d]{{1,60}}:\s?)?(?:[^\W\d_A-ZÅÄÖ][\w-]{{2,30}}\s|(?i:{calls})\s)?"
        rf"(?P<name>{NAME})(?:\s\([^()\n]{{2,40}}\))?[\s,:/–-]{{1,4}}(?:(?:{at})\s)?(?:(?i:{labels})[.:]{{0,2}}\s?)?\Z",
    )
