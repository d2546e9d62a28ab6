"""How much speaks for two pages telling of the same project, call or award, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from normalise.identifiers import is_project_code
from pipelines.linking.pages import LinkedPage
from pipelines.linking.profiles import TELLING_DATES, Profile, series_numbers

# Two pages are one thing from this score on. Weights are sums of evidence, no probabilities: an equal long title or a
# link between language versions is enough alone, anything weaker needs a second reason.
THRESHOLD = 0.7
_WEIGHTS = {
    "each is the other in another language": 0.9,
    "one moved to the other's address": 0.9,
    "the only two in other languages with these dates and sums": 0.8,
    "in another language with the same start, sum and partners": 0.7,
    "the same title": 0.6,
    "a long title": 0.15,
    "the same short name": 0.4,
    "one title holds the other": 0.3,
    "the same project code": 0.65,
    "the same identifier": 0.5,
    "an attachment of the other": 0.5,
    "dates agree": 0.25,
    "the same coordinator": 0.3,
    "one coordinator is a part or the successor of the other": 0.3,
    "partners in common": 0.25,
    "a body in common": 0.15,
    "different coordinators": -0.3,
    "a date differs": -0.25,
    "all dates differ": -0.5,
}
_LONG_TITLE_WORDS = 4
_HELD_TITLE_WORDS = 3
_FEWEST_PARTNERS = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """A score (see `THRESHOLD`) and the reasons that it adds up."""

    score: float
    reasons: tuple[str, ...]


def compare(one: Profile, other: Profile, *, are_twins: bool = False, is_deal: bool = False) -> Evidence:
    """What speaks for and against two pages of the same kind being about the same thing.

    ``are_twins``: they alone of their site have the same ``terms``, in two languages; ``is_deal``: see `share_deal`,
    and no page of another title does.
    """
    twins = ("the only two in other languages with these dates and sums",) if are_twins else ()
    deal = ("in another language with the same start, sum and partners",) if is_deal else ()
    reasons = (*twins, *deal, *_reasons(one, other))
    return Evidence(round(sum(_WEIGHTS[reason] for reason in reasons), 3), reasons)


def contradict(one: Profile, other: Profile) -> bool:
    """Whether two pages can never be one thing: numbered parts of a series, or other dates, or other bodies and a date.

    Two pages that name each other as the same in another language are never so, nor a page and what it moved to.
    """
    if _moved(one, other):
        return False
    if other.page.id in one.page.alternates and one.page.id in other.page.alternates:
        return False
    if series_numbers(one.title) != series_numbers(other.title):
        return True
    differing = [name for name in TELLING_DATES[one.page.kind] if _dates_differ(one.page, other.page, name)]
    everything = len(differing) == len(TELLING_DATES[one.page.kind])
    return everything or (bool(differing) and _lead_differs(one, other))


def share_deal(one: Profile, other: Profile) -> bool:
    """Whether two pages state a start and a sum in common, the same lead, and the same partners, two at least."""
    partners, others = _partners(one), _partners(other)
    common = partners & others
    is_whole = len(common) >= _FEWEST_PARTNERS and common in (partners, others)
    return is_whole and bool(one.deals & other.deals) and _same_lead(one, other)


def _reasons(one: Profile, other: Profile) -> Iterator[str]:
    named = tuple(_names(one, other))
    yield from named
    if one.page.id == other.page.parent_id or other.page.id == one.page.parent_id:
        yield "an attachment of the other"
    yield from _dates(one.page, other.page)
    yield from _bodies(one, other)
    # A consortium has many projects: its members tell only where a name does, too.
    if named and _same_lead(one, other) and len(_partners(one) & _partners(other)) >= _FEWEST_PARTNERS:
        yield "partners in common"


def _names(one: Profile, other: Profile) -> Iterator[str]:
    """What the pages call the thing, and whether one leads to the other as the same thing."""
    if other.page.id in one.page.alternates or one.page.id in other.page.alternates:
        yield "each is the other in another language"
    if _moved(one, other):
        yield "one moved to the other's address"
    if one.title and one.title == other.title:
        yield "the same title"
        if len(one.title.split()) >= _LONG_TITLE_WORDS:
            yield "a long title"
    else:
        if _share_short_name(one, other):
            yield "the same short name"
        if _holds(one.title, other.title):
            yield "one title holds the other"
    if shared := one.identifiers & other.identifiers:
        yield "the same project code" if any(map(is_project_code, shared)) else "the same identifier"


def _moved(one: Profile, other: Profile) -> bool:
    return one.page.moved_to == other.page.id or other.page.moved_to == one.page.id


def _share_short_name(one: Profile, other: Profile) -> bool:
    names, others = one.short_names | {one.title}, other.short_names | {other.title}
    return bool((one.short_names & others) | (other.short_names & names))


def _holds(one: str, other: str) -> bool:
    shorter, longer = sorted((set(one.split()), set(other.split())), key=len)
    return len(shorter) >= _HELD_TITLE_WORDS and shorter <= longer


def _dates(one: LinkedPage, other: LinkedPage) -> Iterator[str]:
    names = TELLING_DATES[one.kind]
    differing = [name for name in names if _dates_differ(one, other, name)]
    if differing:
        yield "all dates differ" if len(differing) == len(names) else "a date differs"
    elif any(one.value(name) and other.value(name) for name in names):
        yield "dates agree"


def _bodies(one: Profile, other: Profile) -> Iterator[str]:
    if one.coordinators & other.coordinators:
        yield "the same coordinator"
    elif _same_lead(one, other):
        yield "one coordinator is a part or the successor of the other"
    elif _lead_differs(one, other):
        yield "different coordinators"
    elif one.bodies & other.bodies:
        yield "a body in common"


def _partners(one: Profile) -> frozenset[str]:
    return one.bodies - one.lines


def _lead_differs(one: Profile, other: Profile) -> bool:
    return bool(one.coordinators and other.coordinators) and not one.lines & other.lines


def _same_lead(one: Profile, other: Profile) -> bool:
    """Whether a coordinator of one is that of the other, a body that it is a part of, or one that it went into."""
    return bool(one.coordinators & other.lines or other.coordinators & one.lines)


def _dates_differ(one: LinkedPage, other: LinkedPage, name: str) -> bool:
    """Whether both pages state a date and neither is the other said less exactly."""
    mine, theirs = one.value(name), other.value(name)
    return bool(mine and theirs) and not (str(mine).startswith(str(theirs)) or str(theirs).startswith(str(mine)))
