"""Strict reading of registers' JSON: a field that is missing or of another type is an error that names it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from pipelines.registers.errors import RegisterShapeError

# Swedish-English-Finnish objects and coded descriptions use these languages only.
LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True, slots=True)
class Record:
    """A JSON object and where it stands, for messages: "opintopolku: organisation 1.2.246..."."""

    raw: Mapping[str, Any]
    where: str

    def text(self, key: str) -> str:
        """A text that has to be there. Raises RegisterShapeError otherwise."""
        value = self.raw.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "a text", value)
        return value.strip()

    def optional_text(self, key: str) -> str | None:
        """A text or nothing. Raises RegisterShapeError for any other value."""
        value = self.raw.get(key)
        if value is not None and not isinstance(value, str):
            raise self.wrong(key, "a text or null", value)
        return (value or "").strip() or None

    def number(self, key: str) -> int:
        """A whole number. Raises RegisterShapeError otherwise."""
        value = self.raw.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(key, "a whole number", value)
        return value

    def optional_day(self, key: str) -> str | None:
        """A day as ISO, from an ISO day or time or from milliseconds since 1970; None where it is missing."""
        value = self.raw.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            return self._day_of(key, value)
        try:
            return date.fromisoformat(str(value)[:10]).isoformat()
        except ValueError:
            raise self.wrong(key, "a day", value) from None

    def _day_of(self, key: str, milliseconds: int) -> str:
        try:
            return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()
        except (OverflowError, ValueError, OSError):
            raise self.wrong(key, "a day", milliseconds) from None

    def one_of(self, key: str, allowed: Mapping[str, Any]) -> Any:
        """What a code means. Raises RegisterShapeError for a code that is not known."""
        value = self.raw.get(key)
        if not isinstance(value, str) or value not in allowed:
            raise self.wrong(key, f"one of {', '.join(allowed)}", value)
        return allowed[value]

    def record(self, key: str) -> "Record":
        """An object inside this one."""
        value = self.raw.get(key)
        if not isinstance(value, Mapping):
            raise self.wrong(key, "an object", value)
        return Record(value, f"{self.where}: {key}")

    def records(self, key: str) -> "Iterator[Record]":
        """The objects of a list; a missing list is empty."""
        return records(self.raw.get(key) or [], f"{self.where}: {key}")

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list, in alphabetical order; a missing list is empty."""
        value = self.raw.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(key, "a list of texts", value)
        return tuple(sorted(value))

    def by_language(self, key: str) -> dict[str, str]:
        """An object of texts by language ("fi", "sv", "en"); empty texts are left out, a missing object is empty."""
        value = self.raw.get(key)
        if value is None:
            return {}
        if not isinstance(value, Mapping) or not set(value) <= set(LANGUAGES):
            raise self.wrong(key, "texts by language", value)
        return {lang: str(value[lang]).strip() for lang in LANGUAGES if value.get(lang) and str(value[lang]).strip()}

    def wrong(self, key: str, expected: str, value: object) -> RegisterShapeError:
        """The error for a field."""
        return RegisterShapeError(f"{self.where}: {key}: expected {expected}, found {str(value)[:80]!r}")


def records(value: object, where: str) -> Iterator[Record]:
    """The objects of a JSON list, numbered in messages. Raises RegisterShapeError for anything else."""
    if not isinstance(value, list):
        raise RegisterShapeError(f"{where}: expected a list, found {str(value)[:80]!r}")
    for number, item in enumerate(value, 1):
        yield record(item, f"{where} {number}")


def record(value: object, where: str) -> Record:
    """A JSON object. Raises RegisterShapeError for anything else."""
    if not isinstance(value, Mapping):
        raise RegisterShapeError(f"{where}: expected an object, found {str(value)[:80]!r}")
    return Record(value, where)
