"""Which person an e-mail address belongs to, and the address that a pattern gives a person."""

import re
from enum import IntEnum
from functools import cache

from normalise import name_forms
from normalise.emails import EmailMention, pattern_address
from normalise.persons import PersonMention
from normalise.words import vocabulary


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
    if last in family and len(last) > 2 and (len(parts) == 1 or len(first) <= 3 or first not in name_forms.given_names()):
        return Match.PART
    return Match.PART if len(parts) == 1 and joined in given | family else Match.NONE


def names_somebody(local: str) -> bool:
    """Whether a local part is plainly a person's ("anna.virtanen"), so that it may not be given to anyone else."""
    first, dot, rest = local.partition(".")
    return bool(dot) and "." not in rest and name_forms.fold(first) in _folded_given_names() and len(rest) > 2


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
def _folded_given_names() -> frozenset[str]:
    return frozenset(name_forms.fold(name) for name in name_forms.given_names())
