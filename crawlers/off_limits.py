"""Hosts that are not crawled, with the reason: `crawlers/off_limits.yml`."""

from functools import cache
from importlib.resources import files

import yaml


@cache
def off_limits() -> dict[str, str]:
    """Reason by host (without ``www.``)."""
    entries = yaml.safe_load(files("crawlers").joinpath("off_limits.yml").read_text("utf-8"))
    return {entry["host"].removeprefix("www."): entry["reason"] for entry in entries}


def why_off_limits(host: str) -> str | None:
    """Why a host (``www.`` and port do not matter) must not be crawled, or None."""
    return off_limits().get(host.removeprefix("www.").rsplit(":", 1)[0])
