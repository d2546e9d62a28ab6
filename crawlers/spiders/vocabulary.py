"""The words that strict spiders expect: labels that must be there, states that are known. Words are data."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def terms(spider: str) -> dict[str, Any]:
    """The expected words of a spider, from ``crawlers/spiders/vocabulary.yml``. Treat them as read-only."""
    text = files("crawlers.spiders").joinpath("vocabulary.yml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)[spider]
    return found
