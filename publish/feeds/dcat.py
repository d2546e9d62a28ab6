"""The archive as a data set for open-data portals: DCAT (https://www.w3.org/TR/vocab-dcat-3/) as JSON-LD."""

import json
from collections.abc import Mapping
from typing import Any

from publish.language import LANGUAGES, texts
from publish.queries.rows import Row

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# Distributions that are always there: (path, media type, key of the catalogue's name for it).
_DISTRIBUTIONS = (
    ("search.csv", "text/csv", "exports.formats.csv"),
    ("search.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "exports.formats.xlsx"),
    ("search.json", "application/json", "feeds.json_data"),
    ("changes.atom", "application/atom+xml", "exports.formats.atom"),
    ("deadlines.ics", "text/calendar", "exports.formats.ics"),
)
_DAILY = "http://publications.europa.eu/resource/authority/frequency/DAILY"


def catalogue(base: str, last_run: Row | None, metadata: Mapping[str, Any]) -> str:
    """A dcat:Dataset with titles in three languages. ``base`` is the site's address."""
    content = {
        "@context": _CONTEXT,
        "@id": f"{base}/catalog.jsonld",
        "@type": "dcat:Dataset",
        "dct:title": [
            {"@value": f"Hankearkisto: {texts(lang)('home.title')}", "@language": lang} for lang in LANGUAGES
        ],
        "dct:description": [{"@value": texts(lang)("home.intro"), "@language": lang} for lang in LANGUAGES],
        "dct:language": [
            f"http://publications.europa.eu/resource/authority/language/{code}" for code in ("FIN", "SWE", "ENG")
        ],
        "dct:accrualPeriodicity": {"@id": _DAILY},
        "dcat:landingPage": {"@id": f"{base}/"},
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": "Hankearkisto"},
        "dcat:distribution": [_distribution(base, *entry) for entry in _DISTRIBUTIONS],
    }
    if last_run:
        content["dct:modified"] = {"@value": last_run["ended_at"], "@type": "xsd:dateTime"}
    if metadata.get("license_url"):
        content["dct:license"] = {"@id": metadata["license_url"]}
    return json.dumps(content, ensure_ascii=False, indent=1)


def _distribution(base: str, name: str, media_type: str, key: str) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dct:title": [{"@value": texts(lang)(key), "@language": lang} for lang in LANGUAGES],
        "dcat:accessURL": {"@id": f"{base}/en/exports"},
        "dcat:downloadURL": {"@id": f"{base}/en/{name}"},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
    }
