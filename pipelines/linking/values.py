"""Which value is shown where pages disagree. All values stay in `facts`, each with its page.

The rule: pages that are there over pages that are gone or moved, the coordinator's own site over other sites, newer
over older (by the dates that the pages state), then the lesser page id. The value of the first page that states one is
taken, or the same value said more exactly by a later one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from normalise.facts import DATE_FIELDS
from pipelines.linking.pages import LinkedPage

# Sorts before every date: pages without a date of their own come last among equals.
_UNDATED = ""


def ranked(pages: Iterable[LinkedPage], is_coordinators: Callable[[LinkedPage], bool]) -> list[LinkedPage]:
    """Pages in the order in which their values are believed."""
    by_id = sorted(pages, key=lambda page: page.id)
    newest_first = sorted(by_id, key=_stated_date, reverse=True)
    return sorted(newest_first, key=lambda page: (_is_over(page), not is_coordinators(page)))


def shown(pages: Sequence[LinkedPage], name: str) -> str | None:
    """The value of a field that is shown for pages in the order of `ranked`."""
    values = [value for page in pages if (value := page.value(name))]
    if not values:
        return None
    agreeing = [value for value in values if value.startswith(values[0])]
    return max(agreeing, key=len) if name in DATE_FIELDS else values[0]


def shown_amount(pages: Sequence[LinkedPage], role: str) -> float | None:
    """The largest sum with a role on the first page that has one: sums are never added up."""
    for page in pages:
        sums = [eur for eur, own_role in page.sums if own_role == role]
        if sums:
            return max(sums)
    return None


def most_named(names: Iterable[str]) -> str | None:
    """What most pages name; of equals, the first in the alphabet."""
    counts = Counter(names)
    return min(counts, key=lambda name: (-counts[name], name), default=None)


def gone_at(pages: Iterable[LinkedPage]) -> str | None:
    """When the last of the pages went away; None as long as one is there. One that moved is where it moved to."""
    every = list(pages)
    times = [page.gone_at for page in every if page.moved_to is None] or [page.gone_at for page in every]
    return None if None in times else max(filter(None, times), default=None)


def seen(pages: Sequence[LinkedPage]) -> tuple[str, str]:
    """The first and the last time that any of the pages was seen."""
    return min(page.first_seen for page in pages), max(page.last_seen for page in pages)


def _is_over(page: LinkedPage) -> bool:
    return page.gone_at is not None or page.moved_to is not None


def _stated_date(page: LinkedPage) -> str:
    return page.value("updated") or page.value("published") or _UNDATED
