"""Names among a page's bodies that belong to people: a name, a title or a degree instead of a body."""

from normalise.analysis import Analysis
from normalise.organisations.names import OrganisationMention
from normalise.parties.claims import Claim
from normalise.persons.job_titles import find_roles
from normalise.text.spans import first_from, overlaps

# A post stands right behind a person's name, and is no longer than this (characters).
_POST, _SIGNS = 50, 2


def is_person(analysis: Analysis, claim: Claim) -> bool:
    """Whether a name is a person's, a title or a degree: labels of leaders name people, lists of partners seldom."""
    named = claim.named
    if named.known:
        return _is_degree(analysis, named.name, named.end)
    roles = find_roles(named.name)
    if any(role.title.casefold() == named.name.casefold() for role in roles):
        return True
    start = named.start + (roles[0].end if roles and roles[0].start == 0 else 0)
    people = any(p.is_certain and p.start <= start + 1 and p.end >= named.end - 1 for p in analysis.persons)
    told = start > named.start or _has_post(analysis.text, named.end)
    return people and (claim.role != "partner" or told or "labelled" not in claim.rule)


def is_of_person(analysis: Analysis, mention: OrganisationMention) -> bool:
    """Whether a registered name is a part of a person's: "Sampo" of "Sampo Vihervuori", or a degree before it."""
    if _is_degree(analysis, mention.name, mention.end):
        return True
    person = overlaps(analysis.persons, mention.start, mention.end)
    return person is not None and person.is_certain and person.start <= mention.start and mention.end < person.end


def _is_degree(analysis: Analysis, name: str, end: int) -> bool:
    """Whether an abbreviation that ends before a person's name is a degree rather than a body: "KTM Anna Esimerkki"."""
    person = first_from(analysis.persons, end + 1, end + 2) if name.isupper() else None
    return person is not None and person.is_certain and analysis.text[end] == " "


def _has_post(text: str, end: int) -> bool:
    """Whether a post follows a name: "Anna Esimerkki, projektipäällikkö"."""
    behind = text[end : end + _POST].partition("\n")[0]
    return behind.startswith(", ") and any(role.start <= _SIGNS for role in find_roles(behind))
