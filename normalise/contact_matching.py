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
    # "katri.aho" for Kati Aho, "anna.aho" for Anna Oja: nicknames and former surnames.
    return (
        Match.PART if (first in given or last in family or joined in given | family) and len(joined) > 2 else Match.NONE
    )


def names_somebody(local: str) -> bool:
    """Whether a local part is plainly a person's ("anna.virtanen"), so that it may not be given to anyone else."""
    first, dot, rest = local.partition(".")
    return bool(dot) and "." not in rest and name_forms.fold(first) in _known_by_folded("given") and len(rest) > 2


def spelled_name(local: str) -> str | None:
    """The name that a local part such as "kirsi.ahtola-nieminen" spells; None unless each part is one known name only."""
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
