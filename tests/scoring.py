"""Holding predicted records against golden ones: which facts are right, which wrong, which missing.

A golden record names every accepted form of a party; `optional` holds what readers could differ on: scored neither way.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from normalise.facts import DATE_FIELDS

Json = Mapping[str, Any]
# A title that shares this much of its letters with an accepted form is the same title.
_SAME_TITLE = 0.9
_DASHES = re.compile(r"\s*[‐‑‒–—―−-]\s*")
_QUOTES = re.compile(r"[\"'”“„’‘`´«»®™]")


@dataclass(slots=True)
class Tally:
    """Facts of one field: right, wrong (predicted, not golden), missed (golden, not predicted)."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, other: "Tally") -> None:
        """Count another page's facts in."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    @property
    def precision(self) -> float:
        """Share of predicted facts that are right; 1 where none was predicted."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of golden facts that were found; 1 where there is none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def fold(text: str) -> str:
    """A form in which names that no reader would tell apart are equal."""
    plain = _QUOTES.sub("", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(_DASHES.sub("-", plain).split()).strip(" .,;:-/()")


def compare(gold: Json, predicted: Json) -> Iterator[tuple[str, Tally]]:
    """One tally a field. Of a page that is none of project, call and award only kind and language count."""
    for field in ("kind", "lang"):
        yield field, _values({gold[field]}, set(), {predicted[field]})
    if gold["kind"] == "other":
        return
    if gold["title"]:
        yield "title", _title(gold["title"], predicted["title"])
    for field in DATE_FIELDS:
        # What time a call's money may be used is told so differently that readers disagree on it.
        if gold["kind"] != "call" or field not in ("start", "end"):
            yield field, _values(_some(gold[field]), set(), _some(predicted[field]))
    optional = gold["optional"]
    yield "funders", names_tally(gold["funders"], optional.get("funders", ()), predicted["funders"])
    yield "partners", names_tally(gold["partners"], optional.get("partners", ()), predicted["partners"])
    yield (
        "coordinator",
        names_tally(
            _some_list(gold["coordinator"]), optional.get("coordinator", ()), _some_list(predicted["coordinator"])
        ),
    )
    yield "partner_count", _values(_some(gold["partner_count"]), set(), _some(predicted["partner_count"]))
    yield from _contacts(gold["contacts"], optional.get("contacts", ()), predicted["contacts"])
    yield from _amounts(gold["amounts"], optional.get("amounts", ()), predicted["amounts"])
    yield (
        "identifiers",
        _values({fold(i) for i in gold["identifiers"]}, set(), {fold(i) for i in predicted["identifiers"]}),
    )


def _some(value: object) -> set[Any]:
    return set() if value is None else {value}


def _some_list(value: Any) -> list[Any]:
    return [] if value is None else [value]


def _values(gold: set[Any], optional: set[Any], predicted: set[Any]) -> Tally:
    return Tally(len(gold & predicted), len(predicted - gold - optional), len(gold - predicted))


def same_title(accepted: Iterable[str], title: str) -> bool:
    """Whether a title is one of the accepted forms, or nearly."""
    words = fold(title)
    return any(words == fold(a) or SequenceMatcher(None, words, fold(a)).ratio() >= _SAME_TITLE for a in accepted)


def _title(accepted: Iterable[str], predicted: str | None) -> Tally:
    right = bool(predicted) and same_title(accepted, predicted or "")
    return Tally(int(right), int(bool(predicted) and not right), int(not right))


def names_tally(gold: Iterable[list[str]], optional: Iterable[list[str]], predicted: Iterable[Json]) -> Tally:
    """Each golden party is found once, by the predicted name or by the aliases that the register adds."""
    accepted = [{fold(form) for form in forms} for forms in gold]
    allowed = {fold(form) for forms in optional for form in forms}
    open_parties, tally = list(range(len(accepted))), Tally()
    for party in predicted:
        name = fold(party["name"])
        forms = {name, *(fold(alias) for alias in party["aliases"])}
        found = next((i for i in open_parties if name in accepted[i]), None)
        found = next((i for i in open_parties if forms & accepted[i]), None) if found is None else found
        if found is not None:
            open_parties.remove(found)
            tally.right += 1
        elif not forms & allowed and not any(name in names for names in accepted):
            tally.wrong += 1
    tally.missed = len(open_parties)
    return tally


def _contacts(gold: Iterable[Json], optional: Iterable[Json], predicted: Iterable[Json]) -> Iterator[tuple[str, Tally]]:
    wanted, allowed, got = _contact_facts(gold), _contact_facts(optional), _contact_facts(predicted)
    for contact in gold:
        if contact.get("email_derived"):
            allowed["contact.email"].add(contact["email"].casefold())
            allowed["contact.pair"].add((fold(contact["name"] or ""), contact["email"].casefold()))
    for field in wanted:
        yield field, _values(wanted[field], allowed[field], got[field])


def _contact_facts(contacts: Iterable[Json]) -> dict[str, set[Any]]:
    """Single facts of contacts, so that half a contact earns half; pairs tie an address or number to its person."""
    facts: dict[str, set[Any]] = {f"contact.{part}": set() for part in ("name", "title", "email", "phone", "pair")}
    for contact in contacts:
        name = fold(contact.get("name") or "")
        if name:
            facts["contact.name"].add(name)
            facts["contact.title"] |= {(name, fold(contact["title"]))} if contact.get("title") else set()
        for part in ("email", "phone"):
            value = (contact.get(part) or "").casefold()
            if value and not (part == "email" and contact.get("email_derived")):
                facts[f"contact.{part}"].add(value)
                facts["contact.pair"] |= {(name, value)} if name else set()
    return facts


def _amounts(gold: Iterable[Json], optional: Iterable[Json], predicted: Iterable[Json]) -> Iterator[tuple[str, Tally]]:
    sides = [{(a["eur"], a["role"]) for a in side} for side in (gold, optional, predicted)]
    yield "amount", _values(*({eur for eur, _ in side} for side in sides))
    yield "amount.role", _values(*sides)
