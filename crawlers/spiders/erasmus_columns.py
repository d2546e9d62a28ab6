"""The columns of the Erasmus+ lists: by their headings, which differ between the years."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawlers.spiders.vocabulary import terms
from crawlers.table_excerpt import Cells

_NUMBER = re.compile(r"\d{1,3}")
_MOST_PARTNERS = 200


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation's cells: where its name, kind and country stand."""

    name: int
    kind: int
    country: int


@dataclass(frozen=True, slots=True)
class Columns:
    """Where what stands in a row. ``unknown`` are headings that nobody has seen before."""

    places: dict[str, int]
    coordinator: Body
    partners: tuple[Body, ...]
    unknown: tuple[str, ...]

    def cell(self, row: Cells, name: str) -> str:
        """A row's value of that name, in one line; empty where the list has no such column."""
        return self.at(row, self.places.get(name, len(row)))

    def at(self, row: Cells, place: int) -> str:
        """The cell at a place, in one line; empty beyond the row's end."""
        return " ".join(row[place].split()) if place < len(row) else ""

    def is_finnish(self, row: Cells) -> bool:
        """Whether the coordinator or a partner is of Finland."""
        finland, width = terms("erasmus")["finland"], len(row)
        places = (body.country for body in (self.coordinator, *self.partners))
        return any(row[place].lower() in finland for place in places if place < width)


@dataclass(frozen=True, slots=True)
class Missing:
    """Columns without which a list cannot be read."""

    names: tuple[str, ...]


def read_columns(heads: Cells) -> Columns | Missing:
    """The columns by their headings, or what is missing."""
    words = terms("erasmus")
    spelled = [" ".join(head.lower().replace("\u2019", "'").split()) for head in heads]
    spellings = {**words["needed"], **words["known"]}
    places = {name: place for name, known in spellings.items() if (place := _place(spelled, known)) is not None}
    for name, beginning in words["begins"].items():
        places.update((name, place) for place, head in enumerate(spelled) if head.startswith(beginning))
    partners = tuple(_partners(spelled, words["partner"]))
    missing = tuple(name for name in words["needed"] if name not in places)
    if missing or not partners:
        return Missing(missing or ("partner",))
    coordinator = Body(places["coordinator"], places["coordinator_type"], places["coordinator_country"])
    used = {*places.values(), *(place for body in partners for place in (body.name, body.kind, body.country))}
    unknown = (head for place, head in enumerate(spelled) if head and place not in used)
    unread = frozenset(words["unread"])
    return Columns(
        places, coordinator, partners, tuple(head for head in unknown if _NUMBER.sub("{}", head) not in unread)
    )


def _place(spelled: list[str], known: list[str]) -> int | None:
    """Where a heading stands that is spelled in one of the known ways."""
    return next((spelled.index(head) for head in known if head in spelled), None)


def _partners(spelled: list[str], words: dict[str, list[str]]) -> Iterator[Body]:
    """The groups of partners' columns in their order; a number may be left out."""
    for number in range(1, _MOST_PARTNERS + 1):
        found = {name: _place(spelled, [head.format(number) for head in heads]) for name, heads in words.items()}
        name, kind, country = found["name"], found["type"], found["country"]
        if name is not None and kind is not None and country is not None:
            yield Body(name, kind, country)
