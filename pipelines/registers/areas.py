"""Statistics Finland's classifications: municipalities and regions with their codes and names in three languages."""

from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import quote

from archive.register_names import Area
from pipelines.registers.errors import RegisterShapeError
from pipelines.registers.fetch import Fetcher
from pipelines.registers.shapes import LANGUAGES, records

BASE = "https://data.stat.fi/api/classifications/v2"
# The classification of the current year; a new one stands at the same address with its own date every January.
DATE = "20260101"
# Fewer than this many is no classification of Finland's municipalities (308) or regions (19).
_FEWEST = {"kunta": 290, "maakunta": 18}


def fetch(fetcher: Fetcher, base: str = BASE, date: str = DATE) -> list[Area]:
    """All municipalities with their regions, then all regions.

    Raises RegisterError where the service does not answer or answers in an unknown shape.
    """
    municipalities = _names(fetcher, base, f"kunta_1_{date}")
    regions = _names(fetcher, base, f"maakunta_1_{date}")
    region_of = _pairs(fetcher, base, f"kunta_1_{date}#maakunta_1_{date}")
    _check(municipalities, regions, region_of)
    towns = [_area("municipality", code, names, region_of[code]) for code, names in municipalities.items()]
    return [*towns, *(_area("region", code, names, None) for code, names in regions.items())]


def read_names(answer: Any, what: str) -> dict[str, str]:
    """Names by code from an answer to ``classificationItems`` in one language."""
    found: dict[str, str] = {}
    for item in records(answer, f"stat.fi: {what}"):
        names = list(item.records("classificationItemNames"))
        if len(names) != 1:
            raise item.wrong("classificationItemNames", "one name", item.raw.get("classificationItemNames"))
        found[item.text("code")] = names[0].text("name")
    return found


def read_pairs(answer: Any, what: str) -> dict[str, str]:
    """Target codes by source code from an answer to ``correspondenceTables/.../maps``."""
    found: dict[str, str] = {}
    for item in records(answer, f"stat.fi: {what}"):
        found[item.record("sourceItem").text("code")] = item.record("targetItem").text("code")
    return found


def _names(fetcher: Fetcher, base: str, what: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for lang in LANGUAGES:
        url = f"{base}/classifications/{what}/classificationItems?content=data&meta=max&format=json&lang={lang}"
        for code, name in read_names(fetcher.get(url), f"{what} ({lang})").items():
            found.setdefault(code, {})[lang] = name
    return dict(sorted(found.items()))


def _pairs(fetcher: Fetcher, base: str, what: str) -> dict[str, str]:
    url = f"{base}/correspondenceTables/{quote(what, safe='')}/maps?content=data&meta=max&format=json"
    return read_pairs(fetcher.get(url), what)


def _check(municipalities: Mapping[str, object], regions: Mapping[str, object], region_of: Mapping[str, str]) -> None:
    for what, found in (("kunta", municipalities), ("maakunta", regions)):
        if len(found) < _FEWEST[what]:
            raise RegisterShapeError(f"stat.fi: {what}: {len(found)} found, at least {_FEWEST[what]} expected")
    lost = sorted(code for code in municipalities if region_of.get(code) not in regions)
    if lost:
        raise RegisterShapeError(f"stat.fi: municipalities without a region: {', '.join(lost[:5])}")


def _area(kind: Literal["municipality", "region"], code: str, names: Mapping[str, str], region: str | None) -> Area:
    if "fi" not in names:
        raise RegisterShapeError(f"stat.fi: {kind} {code} has no Finnish name")
    return Area(kind, code, names["fi"], names.get("sv"), names.get("en"), region)
