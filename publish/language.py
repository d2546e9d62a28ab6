"""The user interface's languages: text catalogues, and dates, sums and numbers as each language writes them."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from publish.queries.rows import ZONE

LANGUAGES = ("fi", "sv", "en")
DEFAULT = "fi"
_FOLDER = Path(__file__).parent / "texts"
NO_BREAK = "\u00a0"
MINUS, DASH = "\u2212", "\u2013"


class Texts:
    """The catalogue of one language, ``texts/{lang}.yml``: nested mappings, addressed by dotted keys."""

    def __init__(self, lang: str, content: Mapping[str, Any]) -> None:
        """Hold a loaded catalogue."""
        self.lang = lang
        self._content = content

    def get(self, key: str) -> Any:
        """What stands at a dotted key. Raises KeyError for one that the catalogue lacks."""
        found: Any = self._content
        for part in key.split("."):
            found = found[part]
        return found

    def has(self, key: str) -> bool:
        """Whether the catalogue has a key."""
        try:
            self.get(key)
        except (KeyError, TypeError):
            return False
        return True

    def __call__(self, key: str, **values: object) -> str:
        """The text at a key, ``{names}`` filled in. Raises KeyError for a key that the catalogue lacks."""
        text = str(self.get(key))
        return text.format_map(values) if values else text

    def count(self, key: str, number: int, **values: object) -> str:
        """A text with a number in it (``{n}``): its entries ``one`` and ``other`` say it in the right form."""
        form = "one" if number == 1 else "other"
        return self(f"{key}.{form}", n=self.number(number), **values)

    def term(self, group: str, value: object) -> str:
        """The word for a code (a role, a state, a field); a code without a word stands as it is."""
        key = f"{group}.{str(value).replace('.', '_')}"
        return self(key) if self.has(key) else str(value)

    def terms(self, group: str, values: str) -> str:
        """The words for codes joined by semicolons."""
        return "; ".join(self.term(group, value) for value in values.split("; "))

    def reason(self, group: str, value: str) -> str:
        """As `term`; what stands behind a colon, a word of the page or a share of one, is no code."""
        code, colon, detail = value.partition(": ")
        share = re.fullmatch(r"(\d\.\d\d) of 1", detail)
        return self.term(group, code) + colon + (self.share(float(share[1])) if share else detail)

    def number(self, value: float) -> str:
        """12345.5 as "12 345,5" (in English "12,345.5"), with at most two decimals."""
        plain = f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
        if self.lang == "en":
            return plain
        return plain.replace(",", NO_BREAK).replace(".", ",")

    def share(self, value: float) -> str:
        """A share of one with two decimals, so that a column of them lines up: "0,90"."""
        return f"{value:.2f}" if self.lang == "en" else f"{value:.2f}".replace(".", ",")

    def money(self, eur: float) -> str:
        """A sum of euros as the language writes it."""
        return f"€{self.number(eur)}" if self.lang == "en" else f"{self.number(eur)}{NO_BREAK}€"

    def date(self, value: str | None) -> str:
        """A date of a fact (any ISO precision) in words, without anything that it does not say."""
        if not value:
            return ""
        day, _, clock = value.partition("T")
        words = self._day(day)
        return f"{words} {self('dates.at')} {self.clock(clock)}" if clock else words

    def time(self, value: str | None) -> str:
        """A moment (UTC, ISO 8601) in Finland's time, to the minute."""
        moment = moment_of(value)
        return self.date(moment.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")) if moment else ""

    def day(self, value: str | None) -> str:
        """The day of a moment (UTC, ISO 8601) in Finland's time."""
        moment = moment_of(value)
        return self.date(moment.astimezone(ZONE).strftime("%Y-%m-%d")) if moment else ""

    def period(self, start: str | None, end: str | None) -> str:
        """Two dates as a period, either of which may be missing."""
        if start and end:
            return f"{self.date(start)}{NO_BREAK}{DASH} {self.date(end)}"
        return self._open_ended("from", start) if start else self._open_ended("until", end) if end else ""

    def _open_ended(self, side: str, value: str) -> str:
        day, *_ = value.partition("T")
        year, *rest = day.split("-")
        month = self.get("dates.months")[int(rest[0]) - 1] if len(rest) == 1 and self._day(day) != day else ""
        precision = "month" if month else "year" if not rest else "day"
        return self(f"dates.{side}.{precision}", year=year, month=month, day=self.date(value))

    def _day(self, day: str) -> str:
        parts = day.split("-")
        if not all(part.isdecimal() for part in parts) or len(parts) > 3:
            return day
        if len(parts) == 1:
            return parts[0]
        month = int(parts[1])
        if not 1 <= month <= 12:
            return day
        if len(parts) == 2:
            return f"{self.get('dates.months')[month - 1]} {parts[0]}"
        if self.lang == "en":
            return f"{int(parts[2])}{NO_BREAK}{self.get('dates.months')[month - 1]} {parts[0]}"
        return f"{int(parts[2])}.{month}.{parts[0]}"

    def clock(self, clock: str) -> str:
        """A time of day (``16:15``) as the language writes it."""
        return clock[:5] if self.lang == "en" else clock[:5].replace(":", ".")


@cache
def texts(lang: str) -> Texts:
    """The catalogue of a language. Raises KeyError for a language that the site does not speak."""
    if lang not in LANGUAGES:
        raise KeyError(lang)
    return Texts(lang, yaml.safe_load((_FOLDER / f"{lang}.yml").read_text("utf-8")))


def moment_of(value: str | None) -> datetime | None:
    """A stored time (``2026-11-22T10:10:11Z``) as a moment; None for anything else."""
    try:
        moment = datetime.fromisoformat(value or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def preferred(accept_language: str) -> str:
    """The language that an Accept-Language header (RFC 9110, section 12.5.4) puts first among the site's."""
    weighed: list[tuple[float, int, str]] = []
    for place, item in enumerate(accept_language[:200].split(",")):
        tag, _, rest = item.strip().partition(";")
        lang = tag.strip().casefold().partition("-")[0]
        if lang in LANGUAGES:
            weighed.append((-_weight(rest), place, lang))
    return min(weighed)[2] if weighed else DEFAULT


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
