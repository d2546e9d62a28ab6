"""How much speaks for two pages telling of the same project, call or award, and why."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from normalise.words import vocabulary
from pipelines.link_kin import Kin
from pipelines.link_pages import LinkedPage

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
    "the same identifier": 0.5,
    "an attachment of the other": 0.5,
    "dates agree": 0.25,
    "the same coordinator": 0.3,
    "one coordinator is a part or the successor of the other": 0.3,
    "a body in common": 0.15,
    "different coordinators": -0.3,
    "a date differs": -0.25,
    "all dates differ": -0.5,
}
_WORD = re.compile(r"\w+")
# "Strapetsi – Strategisen toiminnan johtaminen", "VALO: valmiuksia", "Valmiuksia (VALO)".
_SHORT_BEFORE = re.compile(r"^(?P<short>[^–—:|-]{3,40}?)\s*(?:\s[-–—|]\s|:\s)")
_SHORT_BRACKET = re.compile(r"\((?P<short>[^()]{3,24})\)\s*$")
# Single letters are words ("i" is Swedish for "in"), so they are no numbers.
_ROMAN = {"ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
_LONG_TITLE_WORDS = 4
_HELD_TITLE_WORDS = 3
_SHORTEST_NAME = 4
_FEWEST_PARTNERS = 2
_DAY_DIGITS = len("2026-01-31")
# Which dates must not contradict each other for two pages to be one thing.
_TELLING_DATES = {"project": ("start", "end"), "call": ("closes",), "award": ("published",)}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A score (see `THRESHOLD`) and the reasons that it adds up."""

    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What two pages are compared by."""

    page: LinkedPage
    title: str
    short_names: frozenset[str]
    identifiers: frozenset[str]
    terms: str
    deals: frozenset[str]
    coordinators: frozenset[str]
    lines: frozenset[str]
    bodies: frozenset[str]


def profile(page: LinkedPage, kin: Kin) -> Profile:
    """A page's profile; ``kin`` tells which bodies may stand for its coordinators."""
    title = page.value("title") or ""
    leads = frozenset(fact.organisation for fact in page.facts if fact.organisation and fact.field == "coordinator")
    return Profile(
        page=page,
        title=folded_title(title),
        short_names=frozenset(short_names(title)),
        identifiers=frozenset(map(str, page.values.get("identifiers", ()))),
        terms=_terms(page),
        deals=frozenset(_deals(page)),
        coordinators=leads,
        lines=frozenset(body for lead in leads for body in kin.line(lead)),
        bodies=frozenset(fact.organisation for fact in page.facts if fact.organisation and fact.field != "funder"),
    )


def folded_title(title: str) -> str:
    """A title's telling words in lower case, without punctuation and generic words."""
    return " ".join(telling_words(title))


def telling_words(text: str) -> list[str]:
    """The words of a title or text in lower case, without punctuation and generic words."""
    generic = _generic()
    return [word for word in _WORD.findall(text.casefold()) if word not in generic]


def short_names(title: str) -> Iterator[str]:
    """The short names in a title: what stands before its dash or colon, in its closing brackets, or it alone."""
    found = [match["short"] for match in (_SHORT_BEFORE.search(title), _SHORT_BRACKET.search(title)) if match]
    if len(_WORD.findall(title)) == 1:
        found.append(title)
    yield from (name for name in map(folded_title, found) if len(name) >= _SHORTEST_NAME)


def series_numbers(title: str) -> frozenset[int]:
    """The numbers that tell the parts of a series apart: {2} for "Strapetsi II" and "Strapetsi 2", {} for the first."""
    words = title.split()
    digits = {int(word) for word in words if word.isdecimal() and len(word) < 3}
    return frozenset({*digits, *(_ROMAN[word] for word in words if word in _ROMAN)} - {1})


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
    differing = [name for name in _TELLING_DATES[one.page.kind] if _dates_differ(one.page, other.page, name)]
    everything = len(differing) == len(_TELLING_DATES[one.page.kind])
    return everything or (bool(differing) and _lead_differs(one, other))


def share_deal(one: Profile, other: Profile) -> bool:
    """Whether two pages state a start and a sum in common, the same lead, and the same partners, two at least."""
    partners, others = one.bodies - one.lines, other.bodies - other.lines
    common = partners & others
    is_whole = len(common) >= _FEWEST_PARTNERS and common in (partners, others)
    return is_whole and bool(one.deals & other.deals) and _same_lead(one, other)


def _reasons(one: Profile, other: Profile) -> Iterator[str]:
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
    if one.identifiers & other.identifiers:
        yield "the same identifier"
    if one.page.id == other.page.parent_id or other.page.id == one.page.parent_id:
        yield "an attachment of the other"
    yield from _dates(one.page, other.page)
    yield from _bodies(one, other)


def _terms(page: LinkedPage) -> str:
    """The site with a page's dates, to the day at least, and its sums; nothing where it has not both."""
    dates = [page.value(name) or "" for name in _TELLING_DATES.get(page.kind, ())]
    sums = sorted(f"{amount['role']} {float(amount['eur']):.2f}" for amount in page.values.get("amounts", ()))
    is_exact = bool(dates) and all(len(date) >= _DAY_DIGITS for date in dates)
    return " ".join((page.source_id or page.host, *dates, *sums)) if page.lang and sums and is_exact else ""


def _deals(page: LinkedPage) -> Iterator[str]:
    """The first day of a project with each of its sums, whatever the sum's role."""
    start = page.value("start") or ""
    if page.kind == "project" and page.lang and len(start) >= _DAY_DIGITS:
        yield from (f"{start} {float(amount['eur']):.2f}" for amount in page.values.get("amounts", ()))


def _moved(one: Profile, other: Profile) -> bool:
    return one.page.moved_to == other.page.id or other.page.moved_to == one.page.id


def _share_short_name(one: Profile, other: Profile) -> bool:
    names, others = one.short_names | {one.title}, other.short_names | {other.title}
    return bool((one.short_names & others) | (other.short_names & names))


def _holds(one: str, other: str) -> bool:
    shorter, longer = sorted((set(one.split()), set(other.split())), key=len)
    return len(shorter) >= _HELD_TITLE_WORDS and shorter <= longer


def _dates(one: LinkedPage, other: LinkedPage) -> Iterator[str]:
    names = _TELLING_DATES[one.kind]
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


def _lead_differs(one: Profile, other: Profile) -> bool:
    return bool(one.coordinators and other.coordinators) and not one.lines & other.lines


def _same_lead(one: Profile, other: Profile) -> bool:
    """Whether a coordinator of one is that of the other, a body that it is a part of, or one that it went into."""
    return bool(one.coordinators & other.lines or other.coordinators & one.lines)


def _dates_differ(one: LinkedPage, other: LinkedPage, name: str) -> bool:
    """Whether both pages state a date and neither is the other said less exactly."""
    mine, theirs = one.value(name), other.value(name)
    return bool(mine and theirs) and not (str(mine).startswith(str(theirs)) or str(theirs).startswith(str(mine)))


@cache
def _generic() -> frozenset[str]:
    return frozenset(word for words in vocabulary("linking")["generic"].values() for word in words)
