"""The Patent and Registration Office's open company data (YTJ v3, CC BY 4.0): names by date for a business id."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from archive.register_names import RegisterBody, RegisterName
from normalise.resolution.identifiers import business_id
from pipelines.registers.fetch import Fetcher
from pipelines.registers.shapes import Record, record

BASE = "https://avoindata.prh.fi/opendata-ytj-api/v3"
# Codes of a name's type: registered name, parallel name in another language, auxiliary names and their translations.
_NAME_TYPES: Mapping[str, bool] = {"1": False, "2": False, "3": True, "4": True}


def fetch(fetcher: Fetcher, numbers: Iterable[str], base: str = BASE) -> Iterator[RegisterBody]:
    """The bodies that the register knows of the business ids; joint authorities and sole traders may be missing.

    Raises RegisterError where the service does not answer or answers in an unknown shape.
    """
    for number in sorted(set(numbers)):
        answer = fetcher.get(f"{base}/companies?{urlencode({'businessId': number})}")
        yield from read_companies(answer, number)


def read_companies(answer: Any, number: str) -> Iterator[RegisterBody]:
    """The companies of an answer. Raises RegisterShapeError for an unknown shape or another body's number."""
    whole = record(answer, f"prh: {number}")
    companies = list(whole.records("companies"))
    if whole.number("totalResults") != len(companies):
        raise whole.wrong("totalResults", f"the {len(companies)} companies that are given", whole.raw["totalResults"])
    for item in companies:
        found = item.record("businessId").text("value")
        if found != number or business_id(found) is None:
            raise item.wrong("businessId", number, found)
        yield _body(item, found)


def _body(item: Record, number: str) -> RegisterBody:
    names = tuple(_names(item))
    if not names:
        raise item.wrong("names", "at least one name", item.raw.get("names"))
    return RegisterBody(
        id=f"prh:{number}",
        register="prh",
        kind="company",
        names=names,
        business_id=number,
        starts=item.optional_day("registrationDate"),
        ends=item.optional_day("endDate"),
    )


def _names(item: Record) -> Iterator[RegisterName]:
    for name in item.records("names"):
        is_auxiliary = name.one_of("type", _NAME_TYPES)
        starts = name.optional_day("registrationDate") or ""
        yield RegisterName(name.text("name"), "", starts, name.optional_day("endDate"), is_auxiliary)
