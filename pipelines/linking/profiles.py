"""What two pages are compared by: their titles and short names, codes, dates with sums, and bodies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from normalise.words import vocabulary
from pipelines.linking.kin import Kin
from pipelines.linking.pages import LinkedPage

_WORD = re.compile(r"\w+")
# "Strapetsi – Strategisen toiminnan johtaminen", "VALO: valmiuksia", "Valmiuksia (VALO)".
_SHORT_BEFORE = re.compile(r"^(?P<short>[^–—:|-]{3,40}?)\s*(?:\s[-–—|]\s|:\s)")
_SHORT_BRACKET = re.compile(r"\((?P<short>[^()]{3,24})\)\s*$")
# Single letters are words ("i" is Swedish for "in"), so they are no numbers.
_ROMAN = {"ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
_SHORTEST_NAME = 4
_DAY_DIGITS = len("2026-01-31")
# Which dates must not contradict each other for two pages to be one thing.
TELLING_DATES = {"project": ("start", "end"), "call": ("closes",), "award": ("published",)}


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
        identifiers=page.identifiers,
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


def _terms(page: LinkedPage) -> str:
    """The site with a page's dates, to the day at least, and its sums; nothing where it has not both."""
    dates = [page.value(name) or "" for name in TELLING_DATES.get(page.kind, ())]
    sums = sorted(f"{role} {eur:.2f}" for eur, role in page.sums)
    is_exact = bool(dates) and all(len(date) >= _DAY_DIGITS for date in dates)
    return " ".join((page.source_id or page.host, *dates, *sums)) if page.lang and sums and is_exact else ""


def _deals(page: LinkedPage) -> Iterator[str]:
    """The first day of a project with each of its sums, whatever the sum's role."""
    start = page.value("start") or ""
    if page.kind == "project" and page.lang and len(start) >= _DAY_DIGITS:
        yield from (f"{start} {eur:.2f}" for eur, _ in page.sums)


@cache
def _generic() -> frozenset[str]:
    return frozenset(word for words in vocabulary("linking")["generic"].values() for word in words)
