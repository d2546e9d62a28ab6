"""Which person an e-mail address belongs to, and the address that a pattern gives a person."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from enum import IntEnum
from functools import cache

from normalise.contacts.emails import EmailMention, pattern_address
from normalise.persons import name_forms
from normalise.persons.finding import PersonMention
from normalise.words import vocabulary

# People of one page who share a given name or surname; a longer list is a roll, where only whole names tell.
_MOST_NAMESAKES = 50


class Match(IntEnum):
    """How well the local part of an address fits a name."""

    NONE = 0
    PART = 1
    FULL = 2


def match(local: str, person: PersonMention) -> Match:
    """How the part before the "@" fits a name: both names, or one of them (or an initial with the surname)."""
    given, family = _given_forms(person.given), _family_forms(person.family)
    parts = [part for part in (name_forms.fold(part) for part in re.split(r"[._]", local)) if part]
    if not parts:
        return Match.NONE
    first, last, joined = parts[0], parts[-1], "".join(parts).replace("-", "")
    if len(parts) > 1 and ((first in given and last in family) or (first in family and last in given)):
        return Match.FULL
    if any(joined in (a + b, b + a) for a in given for b in family):
        return Match.FULL
    initials = {form[0] for form in given}
    if any(joined in (initial + form, form + initial) for initial in initials for form in family):
        return Match.PART
    # "katri.aho" for Kati Aho, "anna.aho" for Anna Oja: nicknames and former surnames.
    return (
        Match.PART if (first in given or last in family or joined in given | family) and len(joined) > 2 else Match.NONE
    )


class PeopleIndex:
    """The people of one page by the forms of their names, so that an address finds its own among any number."""

    def __init__(self, persons: Sequence[PersonMention]) -> None:
        """Take the mentions in reading order."""
        self._persons = persons
        self._mentions: dict[str, list[int]] = {}
        self._names: dict[str, list[str]] = {}
        for index, person in enumerate(persons):
            if person.name not in self._mentions:
                for form in _address_forms(person):
                    self._names.setdefault(form, []).append(person.name)
            self._mentions.setdefault(person.name, []).append(index)

    def nearest(self, email: EmailMention, reach: int) -> int | None:
        """Index of the mention that an address spells: whole names first, then the nearest, those before it first.

        A part of a name counts within ``reach`` characters only.
        """
        best: tuple[int, int, int] | None = None
        for name in self._candidates(email.local):
            index, distance = self._nearest_of(self._mentions[name], email)
            fit = match(email.local, self._persons[index])
            if fit is Match.NONE or (fit is Match.PART and distance > reach):
                continue
            best = min(best, (-fit, distance, index)) if best else (-fit, distance, index)
        return best[2] if best else None

    def _candidates(self, local: str) -> set[str]:
        parts = [name_forms.fold(part) for part in re.split(r"[._]", local)]
        forms = {*parts, "".join(parts).replace("-", "")}
        return {name for form in forms for name in self._names.get(form, ())[:_MOST_NAMESAKES]}

    def _nearest_of(self, mentions: list[int], email: EmailMention) -> tuple[int, int]:
        after = bisect_left(mentions, email.start, key=lambda index: self._persons[index].start)
        near = mentions[max(0, after - 1) : after + 1]
        distances = [(_distance(self._persons[index], email), index) for index in near]
        distance, index = min(distances)
        return index, distance


def _distance(person: PersonMention, email: EmailMention) -> int:
    """Characters between a name and an address; a name after its address counts double."""
    return email.start - person.end if person.end <= email.start else 2 * (person.start - email.end) + 20


def _address_forms(person: PersonMention) -> set[str]:
    """Every form in which an address may hold a person's name or a part of it."""
    given, family = _given_forms(person.given), _family_forms(person.family)
    firsts = given | {form[0] for form in given}
    return given | family | {a + b for a in firsts for b in family} | {b + a for a in firsts for b in family}


def names_somebody(local: str) -> bool:
    """Whether a local part is plainly a person's ("anna.virtanen"), so that it may not be given to anyone else."""
    first, dot, rest = local.partition(".")
    return bool(dot) and "." not in rest and name_forms.fold(first) in _known_by_folded("given") and len(rest) > 2


def spelled_name(local: str) -> str | None:
    """The name that a local part such as "kirsi.ahtola-nieminen" spells; None unless each part is one known name."""
    first, dot, rest = local.partition(".")
    given, family = _unfolded(first, "given"), _unfolded(rest, "family")
    return f"{given} {family}" if dot and given and family else None


def _unfolded(part: str, kind: str) -> str | None:
    """A folded name with its å, ä, ö and capitals, each half of a double name known by itself."""
    names = _known_by_folded(kind)
    halves = [names.get(half, ()) for half in part.split("-")]
    return "-".join(half[0].capitalize() for half in halves) if all(len(half) == 1 for half in halves) else None


def derived_address(pattern: EmailMention, person: PersonMention) -> str:
    """The person's address by a pattern such as "etunimi.sukunimi@oph.fi", with å, ä, ö as a, a, o."""
    given = name_forms.fold(person.given.split()[0])
    return pattern_address(pattern.address, given, name_forms.fold(person.family))


def is_refused_mailbox(local: str) -> bool:
    """Whether a local part is a registry's, a technical or a data protection mailbox."""
    refused = vocabulary("contacts")["refused_mailboxes"]
    return local in refused or re.split(r"[._-]", local)[0] in refused


def _given_forms(given: str) -> set[str]:
    """ "Ann-Sofi Maria" -> ann-sofi, annsofi, ann, ann-sofi-maria ..."""
    words = [name_forms.fold(word) for word in given.split()]
    words = [word for word in words if word]
    forms = {words[0], "-".join(words), "".join(words)} if words else set()
    forms |= {form.replace("-", "") for form in forms} | {form.partition("-")[0] for form in forms}
    return {form for form in forms if len(form) > 1}


def _family_forms(family: str) -> set[str]:
    folded = name_forms.fold(family.replace(" ", ""))
    return {form for form in {folded, folded.replace("-", ""), *folded.split("-")} if len(form) > 1}


@cache
def _known_by_folded(kind: str) -> dict[str, tuple[str, ...]]:
    """Known given names or surnames by the form that they have in an address."""
    names: dict[str, tuple[str, ...]] = {}
    for name in name_forms.given_names() if kind == "given" else name_forms.surnames():
        folded = name_forms.fold(name)
        names[folded] = (*names.get(folded, ()), name)
    return names
